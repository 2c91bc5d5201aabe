package config

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
	"go.yaml.in/yaml/v3"
)

// maxExcludes bounds the work of matching: each pattern is asked about each file.
const maxExcludes = 200

// Exclusion is a pattern below a directory: what it fits is left out, and what lies in it.
type Exclusion struct {
	// Dir is absolute.
	Dir, Pattern string
}

// Fits says whether what lies at an absolute path is left out.
func (x Exclusion) Fits(abs string) bool {
	rel, err := filepath.Rel(x.Dir, abs)
	if err != nil || !filepath.IsLocal(rel) || rel == "." {
		return false
	}
	for name := filepath.ToSlash(rel); name != "."; name = filepath.ToSlash(filepath.Dir(name)) {
		if doublestar.MatchUnvalidated(x.Pattern, name) {
			return true
		}
	}
	return false
}

// Exclude checks a pattern of a flag, relative to a directory that is absolute.
func Exclude(dir, pattern string) (Exclusion, error) {
	clean := strings.TrimSuffix(strings.TrimPrefix(filepath.ToSlash(pattern), "./"), "/")
	fault, do := excludeFault(clean)
	if fault != "" {
		if do != "" {
			do = "; " + do
		}
		return Exclusion{}, fmt.Errorf("%s %s%s", quoted(pattern), fault, do)
	}
	return Exclusion{dir, clean}, nil
}

// excludeFault is what is wrong with a pattern of what is excluded.
func excludeFault(p string) (fault, do string) {
	if fault, do = anyFault(p); fault == "" {
		fault, do = pathFault(p)
	}
	if fault == "" && p == "" {
		fault = "says nothing"
	}
	return fault, strings.ReplaceAll(strings.ReplaceAll(do, "what is to be ignored", "what is to be left out"), "one rule", "one pattern")
}

// Exclusions are what the file leaves out.
func (f *File) Exclusions() (all []Exclusion) {
	if f == nil {
		return nil
	}
	for _, p := range f.Exclude {
		all = append(all, Exclusion{f.Dir, p})
	}
	return all
}

func (w *walker) exclude(f *File, n *yaml.Node) {
	for _, item := range w.list(n, "exclude", "write a list of patterns, as [old/**]", maxExcludes) {
		text, ok := w.text(item, "an entry of exclude", false)
		if !ok {
			continue
		}
		text = strings.TrimSuffix(text, "/")
		if fault, do := excludeFault(text); fault != "" {
			w.fault(w.at(item), do, "exclude %s %s", quoted(text), fault)
			continue
		}
		f.Exclude = append(f.Exclude, text)
	}
}
