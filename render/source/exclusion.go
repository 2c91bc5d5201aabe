package source

import (
	"path/filepath"

	"github.com/bmatcuk/doublestar/v4"
)

// Exclusion is a pattern below a directory: what it fits is left out, and what is in it.
type Exclusion struct {
	// Dir is absolute.
	Dir, Pattern string
}

// Fits reports whether what is at an absolute path is left out.
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
