package source

import (
	"path/filepath"

	"github.com/bmatcuk/doublestar/v4"
)

// Exclusion is a pattern below a directory: what it fits is left out, and what is in it.
type Exclusion struct {
	// Dir is absolute.
	Dir, Pattern string

	used *bool // set where the pattern fits; may be nil
}

// Noting is the same exclusion, which sets used when it leaves something out. It is for one
// goroutine, and not sent along.
func (x Exclusion) Noting(used *bool) Exclusion {
	x.used = used
	return x
}

// Fits reports whether what is at an absolute path is left out.
func (x Exclusion) Fits(abs string) bool {
	rel, err := filepath.Rel(x.Dir, abs)
	if err != nil || !filepath.IsLocal(rel) || rel == "." {
		return false
	}
	for name := filepath.ToSlash(rel); name != "."; name = filepath.ToSlash(filepath.Dir(name)) {
		if doublestar.MatchUnvalidated(x.Pattern, name) {
			if x.used != nil {
				*x.used = true
			}
			return true
		}
	}
	return false
}
