package source

import (
	"errors"
	"io/fs"
	"path/filepath"
	"strings"
	"sync"
)

// Repository is the nearest directory with .git at or above an absolute directory, and
// reports whether there is one; else it is that directory itself.
func Repository(t Tree, dir string) (root string, is bool) {
	for d := dir; ; d = filepath.Dir(d) {
		if _, err := t.Lstat(filepath.Join(d, ".git")); err == nil {
			return d, true
		}
		if d == filepath.Dir(d) {
			return dir, false
		}
	}
}

// LiesIn reports whether a path is in a directory or is it, by their words alone. Both are
// absolute, or both are relative.
func LiesIn(dir, path string) bool {
	rel, err := filepath.Rel(dir, path)
	return err == nil && filepath.IsLocal(rel)
}

// ErrOutside says that a path leads out of the directory that files are read from.
var ErrOutside = errors.New("it is outside the directory that is checked")

// Bounded is a tree that gives nothing from outside a directory, its border. Names are
// those of the tree itself, and may lead through links.
type Bounded struct {
	tree   Tree
	border string // with links resolved

	mu   sync.Mutex
	real map[string]string
}

// Within bounds a tree.
func Within(t Tree, border string) (*Bounded, error) {
	path, err := t.Real(border)
	if err != nil {
		return nil, err
	}
	return &Bounded{tree: t, border: path, real: map[string]string{}}, nil
}

// Inside reports whether a name leads to something within the border: the error is
// ErrOutside, or that of the tree. What is outside cannot be told apart by whether it
// is there.
func (b *Bounded) Inside(name string) error {
	name = filepath.Clean(name)
	if served(filepath.VolumeName(name), filepath.VolumeName(b.border)) {
		return ErrOutside
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	path, known := b.real[name]
	if !known {
		var err error
		if path, err = b.tree.Real(name); err != nil {
			if abs, absErr := filepath.Abs(name); absErr != nil || !LiesIn(b.border, abs) {
				return ErrOutside
			}
			return err
		}
		b.real[name] = path
	}
	if !LiesIn(b.border, path) {
		return ErrOutside
	}
	return nil
}

// served reports whether a volume of Windows is not a drive but a server or a device, such as
// \\server\share and \\.\pipe, other than the border's own: to ask it whether a file is there
// opens a connection, which no input may do.
func served(volume, border string) bool {
	return len(volume) > len("C:") && !strings.EqualFold(volume, border)
}

// Open implements Tree.
func (b *Bounded) Open(name string) (Handle, error) {
	if err := b.Inside(name); err != nil {
		return nil, err
	}
	return b.tree.Open(name)
}

// OpenAtOnce implements Tree.
func (b *Bounded) OpenAtOnce(name string) (Handle, error) {
	if err := b.Inside(name); err != nil {
		return nil, err
	}
	return b.tree.OpenAtOnce(name)
}

// Stat implements Tree.
func (b *Bounded) Stat(name string) (fs.FileInfo, error) {
	if err := b.Inside(name); err != nil {
		return nil, err
	}
	return b.tree.Stat(name)
}

// Lstat implements Tree.
func (b *Bounded) Lstat(name string) (fs.FileInfo, error) {
	if err := b.Inside(name); err != nil {
		return nil, err
	}
	return b.tree.Lstat(name)
}

// ReadDir implements Tree.
func (b *Bounded) ReadDir(name string) ([]fs.DirEntry, error) {
	if err := b.Inside(name); err != nil {
		return nil, err
	}
	return b.tree.ReadDir(name)
}

// Readlink implements Tree.
func (b *Bounded) Readlink(name string) (string, error) {
	if err := b.Inside(name); err != nil {
		return "", err
	}
	return b.tree.Readlink(name)
}

// Real implements Tree.
func (b *Bounded) Real(name string) (string, error) {
	if err := b.Inside(name); err != nil {
		return "", err
	}
	return b.tree.Real(name)
}

// Sub implements Tree.
func (b *Bounded) Sub(dir string) (Rooted, error) {
	if err := b.Inside(dir); err != nil {
		return nil, err
	}
	return b.tree.Sub(dir)
}
