package config

import (
	"fmt"
	"path/filepath"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/mesh-check/mesh-check/render/source"
)

// maxExcludes bounds the work of matching: each pattern is asked about each file.
const maxExcludes = 200

// Exclude checks a pattern of a flag, relative to a directory that is absolute.
func Exclude(dir, pattern string) (source.Exclusion, error) {
	clean := strings.TrimSuffix(strings.TrimPrefix(filepath.ToSlash(pattern), "./"), "/")
	fault, do := excludeFault(clean)
	if fault != "" {
		if do != "" {
			do = "; " + do
		}
		return source.Exclusion{}, fmt.Errorf("%s %s%s", quoted(pattern), fault, do)
	}
	return source.Exclusion{Dir: dir, Pattern: clean}, nil
}

// excludeFault is what is wrong with a pattern of what is excluded.
func excludeFault(p string) (fault, do string) {
	if fault, do = anyFault(p); fault == "" {
		fault, do = pathFault(p)
	}
	if fault == "" && p == "" {
		fault = "is empty"
	}
	return fault, strings.ReplaceAll(strings.ReplaceAll(do, "what is to be ignored", "what is to be excluded"), "one rule", "one pattern")
}

// Exclusions are what the file leaves out.
func (f *File) Exclusions() (all []source.Exclusion) {
	if f == nil {
		return nil
	}
	for _, p := range f.Exclude {
		all = append(all, source.Exclusion{Dir: f.Dir, Pattern: p})
	}
	return all
}

func (w *walker) exclude(f *File, n *yaml.Node) {
	f.Exclude = w.excluded(n, "exclude")
}

// excluded are patterns of what is left out.
func (w *walker) excluded(n *yaml.Node, what string) (patterns []string) {
	for _, item := range w.list(n, what, "write a list of patterns, as in [old/**]", maxExcludes) {
		text, ok := w.text(item, "an entry of "+what, false)
		if !ok {
			continue
		}
		text = strings.TrimSuffix(text, "/")
		if fault, do := excludeFault(text); fault != "" {
			w.fault(w.at(item), do, "%s %s %s", what, quoted(text), fault)
			continue
		}
		patterns = append(patterns, text)
	}
	return patterns
}
