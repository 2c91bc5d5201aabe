package documented

import (
	"regexp"
	"slices"
	"strings"
	"sync"
)

// namedPath is a path that a comment names, and the line of the block from which on it is
// about that.
type namedPath struct {
	line  int
	entry *entry // nil where the path is not known
}

var (
	// paramPattern is a line of bitnami's readme generator; docsPattern an older one of
	// helm-docs, which names its path as well.
	paramPattern = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^@(?:param|extra|skip|section|descriptionStart|descriptionEnd)\b\s*([^\s\[]*)`)
	})
	docsPattern = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^([A-Za-z][\w-]*(?:\.[A-Za-z][\w-]*)*) -- `)
	})
)

// namedPaths finds the paths that a block names.
func (b *block) namedPaths(root *entry) []namedPath {
	var all []namedPath
	for i, c := range b.lines {
		var path string
		if found := paramPattern().FindStringSubmatch(c.text); found != nil {
			path = found[1]
		} else if found := docsPattern().FindStringSubmatch(c.text); found != nil {
			path = found[1]
		} else {
			continue
		}
		e := root
		for _, name := range strings.Split(path, ".") {
			if e = e.find([]string{name}); e == nil || !e.exists {
				e = nil
				break
			}
		}
		all = append(all, namedPath{i, e})
	}
	return all
}

// about is the path that was named last in front of a line of the block.
func about(named []namedPath, line int) (e *entry, names bool) {
	i, found := slices.BinarySearchFunc(named, line, func(p namedPath, line int) int { return p.line - line })
	if !found {
		i--
	}
	if i < 0 {
		return nil, false
	}
	return named[i].entry, true
}
