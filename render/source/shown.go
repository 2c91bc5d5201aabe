package source

import (
	"os"
	"path/filepath"
)

// Shown is a path as the report spells it: relative to the working directory, with
// slashes. It stays as it is where the relative path would lead elsewhere, as it can
// behind symbolic links.
func Shown(t Tree, path string) string {
	path = named(path)
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

// named is a path that is absolute or relative to the working directory: on Windows, a
// person can also type one on the current drive, such as \charts\web, and one relative to
// where another drive stands, such as D:web. Joined to a directory, these lead elsewhere.
func named(path string) string {
	if filepath.IsAbs(path) || filepath.VolumeName(path) == "" && (path == "" || !os.IsPathSeparator(path[0])) {
		return path
	}
	if abs, err := filepath.Abs(path); err == nil {
		return abs
	}
	return path
}
