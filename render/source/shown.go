package source

import (
	"os"
	"path/filepath"
)

// Shown is a path as the report spells it: relative to the working directory, with
// slashes. It stays as it is where the relative path would lead elsewhere, as it can
// behind symbolic links.
func Shown(t Tree, path string) string {
	if !filepath.IsAbs(path) {
		return filepath.ToSlash(filepath.Clean(path))
	}
	cwd, err := os.Getwd()
	if err != nil {
		return filepath.ToSlash(path)
	}
	rel, err := filepath.Rel(cwd, path)
	if err != nil {
		return filepath.ToSlash(path)
	}
	here, err := t.Real(rel)
	there, err2 := t.Real(path)
	if err != nil || err2 != nil || here != there {
		return filepath.ToSlash(path)
	}
	return filepath.ToSlash(rel)
}
