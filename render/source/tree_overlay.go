package source

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"path/filepath"
)

// Overlay is a tree with other bytes in some of its files, by their names, and with files
// that it has not: as an editor holds them that are not saved. Everything else about a
// file stays, such as the links that lead to it, so that what is read is what would be
// read if the bytes were written.
func Overlay(t Tree, files map[string][]byte) Tree {
	if len(files) == 0 {
		return t
	}
	e := &edits{files: map[string][]byte{}, made: map[string]bool{}}
	for name, data := range files {
		path := pathOf(t, name)
		e.files[path] = data
		for dir := filepath.Dir(path); !e.made[dir]; dir = filepath.Dir(dir) {
			if _, err := t.Lstat(dir); !errors.Is(err, fs.ErrNotExist) {
				break
			}
			e.made[dir] = true
		}
	}
	return &overlay{base: t, edits: e}
}

// edits are the bytes of an overlay by the real paths of their files.
type edits struct {
	files map[string][]byte
	made  map[string]bool // directories that are there for these files alone
}

// pathOf is the real path of a name; of one that is not there, where it would be.
func pathOf(t Tree, name string) string {
	rest := ""
	for dir := filepath.Clean(name); ; {
		if path, err := t.Real(dir); err == nil {
			return filepath.Join(path, rest)
		}
		up := filepath.Dir(dir)
		if up == dir {
			return filepath.Join(dir, rest)
		}
		dir, rest = up, filepath.Join(filepath.Base(dir), rest)
	}
}

// overlay is a tree under edits.
type overlay struct {
	base  Tree
	edits *edits
}

// at returns the path of a name, and the bytes of an edited file.
func (o *overlay) at(name string) (path string, data []byte, edited bool) {
	path, err := o.base.Real(name)
	if errors.Is(err, fs.ErrNotExist) {
		path, err = pathOf(o.base, name), nil
	}
	if err != nil {
		return "", nil, false // nothing is edited where nothing may be read
	}
	data, edited = o.edits.files[path]
	return path, data, edited
}

// Open implements Tree.
func (o *overlay) Open(name string) (Handle, error) {
	if _, data, edited := o.at(name); edited {
		return opened{bytes.NewReader(data), fileInfo(name, data)}, nil
	}
	return o.base.Open(name)
}

// OpenAtOnce implements Tree.
func (o *overlay) OpenAtOnce(name string) (Handle, error) {
	if _, _, edited := o.at(name); edited {
		return o.Open(name)
	}
	return o.base.OpenAtOnce(name)
}

// Stat implements Tree.
func (o *overlay) Stat(name string) (fs.FileInfo, error) {
	path, data, edited := o.at(name)
	switch {
	case edited:
		return fileInfo(name, data), nil
	case o.edits.made[path]:
		return dirInfo(name), nil
	}
	return o.base.Stat(name)
}

// Lstat implements Tree.
func (o *overlay) Lstat(name string) (fs.FileInfo, error) {
	info, err := o.base.Lstat(name)
	if err == nil && info.Mode()&fs.ModeSymlink != 0 || err != nil && !errors.Is(err, fs.ErrNotExist) {
		return info, err
	}
	return o.Stat(name)
}

// ReadDir implements Tree.
func (o *overlay) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := o.base.ReadDir(name)
	path, _, _ := o.at(name)
	if errors.Is(err, fs.ErrNotExist) && o.edits.made[path] {
		err = nil
	}
	if err != nil {
		return entries, err
	}
	more := map[string]fs.FileInfo{}
	for file, data := range o.edits.files {
		if filepath.Dir(file) == path {
			more[filepath.Base(file)] = fileInfo(file, data)
		}
	}
	for dir := range o.edits.made {
		if filepath.Dir(dir) == path && dir != path {
			more[filepath.Base(dir)] = dirInfo(dir)
		}
	}
	for i, e := range entries {
		info, edited := more[e.Name()]
		if edited && e.Type().IsRegular() {
			entries[i] = fs.FileInfoToDirEntry(info)
		}
		delete(more, e.Name())
	}
	for _, info := range more {
		entries = append(entries, fs.FileInfoToDirEntry(info))
	}
	byName(entries)
	return entries, nil
}

// Readlink implements Tree.
func (o *overlay) Readlink(name string) (string, error) { return o.base.Readlink(name) }

// Real implements Tree.
func (o *overlay) Real(name string) (string, error) {
	path, _, edited := o.at(name)
	if edited || o.edits.made[path] {
		return path, nil
	}
	return o.base.Real(name)
}

// Sub implements Tree.
func (o *overlay) Sub(dir string) (Rooted, error) {
	base, err := o.base.Sub(dir)
	if path, _, _ := o.at(dir); errors.Is(err, fs.ErrNotExist) && o.edits.made[path] {
		base, err = nowhere(path), nil
	}
	if err != nil {
		return nil, err
	}
	return rootedOverlay{&overlay{base, o.edits}, base}, nil
}

// rootedOverlay is a Rooted under edits.
type rootedOverlay struct {
	*overlay
	root io.Closer
}

// Close implements io.Closer.
func (o rootedOverlay) Close() error { return o.root.Close() }
