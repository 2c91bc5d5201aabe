package config

import (
	"path/filepath"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
	"go.yaml.in/yaml/v3"
)

// pattern checks a pattern with a function that says what is wrong with it and what to
// do; no words, nothing wrong.
func (w *walker) pattern(n *yaml.Node, what, text string, wrong func(string) (fault, do string)) string {
	fault, do := anyFault(text)
	if fault == "" {
		fault, do = wrong(text)
	}
	if fault != "" {
		w.fault(w.at(n), do, "%s %s %s", what, quoted(text), fault)
	}
	return text
}

// anyFault is what can be wrong with a pattern of any kind. Alternatives {a,b} are not
// read: a few of them in a row stand for millions of patterns.
func anyFault(p string) (fault, do string) {
	switch {
	case len(p) > maxPattern:
		return "is too long", ""
	case strings.TrimSpace(p) != p || strings.ContainsAny(p, "\n\r\t"):
		return "has spaces around it", "remove them"
	case strings.HasPrefix(p, "!"):
		return "begins with !, which does not negate a pattern here", "write what is to be ignored"
	case unescaped(p, '{'):
		return "contains {", "write one rule for each alternative"
	case !doublestar.ValidatePattern(p):
		return "is not a valid pattern", "* and ? match anything between two slashes, ** matches directories, [ab] matches a or b"
	}
	for i := 0; i < len(p); i++ {
		if p[i] != '\\' {
			continue
		}
		if i++; i == len(p) || strings.IndexByte(`*?[]{}\`, p[i]) < 0 {
			return `contains \`, "write / between directories"
		}
	}
	return "", ""
}

// unescaped reports whether a pattern has a character that no backslash escapes.
func unescaped(p string, c byte) bool {
	for i := 0; i < len(p); i++ {
		switch p[i] {
		case '\\':
			i++
		case c:
			return true
		}
	}
	return false
}

// MeantFor reports whether everything that the rule can fit, its path being relative to a
// directory, is at a name or below it; both are absolute.
func (r *Rule) MeantFor(dir, name string) bool {
	base := dir
	if r.Path != "" {
		fixed, _ := doublestar.SplitPattern(r.Path)
		base = filepath.Join(dir, filepath.FromSlash(fixed))
	}
	if rel, err := filepath.Rel(name, base); err == nil && filepath.IsLocal(rel) {
		return true
	}
	rel, err := filepath.Rel(dir, name)
	return err == nil && r.Path != "" && filepath.IsLocal(rel) && doublestar.MatchUnvalidated(r.Path, filepath.ToSlash(rel))
}

// pathFault is what is wrong with the pattern of a path.
func pathFault(p string) (fault, do string) {
	switch {
	case strings.HasPrefix(p, "/"):
		return "begins with /", "write it relative to the directory of this file"
	case strings.HasSuffix(p, "/"):
		return "ends with /", "write " + quoted(p+"**") + " for everything below it"
	}
	for _, step := range strings.Split(p, "/") {
		switch {
		case step == "":
			return "has two slashes in a row", ""
		case step == "." || step == "..":
			return "contains the element " + step, "write it relative to the directory of this file, to a place below it"
		case step != "**" && strings.Contains(strings.ReplaceAll(step, `\*`, ""), "**"):
			return "has ** next to other characters, where it means the same as *", "write **/ or /**"
		}
	}
	return "", ""
}

// objectFault is what is wrong with the pattern of an object.
func objectFault(p string) (fault, do string) {
	steps := strings.Split(p, "/")
	switch {
	case strings.Contains(p, "**"):
		return "contains **", "write * for any kind, namespace or name"
	case len(steps) < 2 || len(steps) > 3:
		return "is not an object", "write Kind/name or Kind/namespace/name"
	}
	for _, step := range steps {
		if step == "" {
			return "has an empty part", "write Kind/name, Kind/namespace/name, or * for any"
		}
	}
	return "", ""
}
