package source

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"slices"
)

// Tree is a read-only tree of files: all that an analysis reads, it reads through one.
// Disk is the one of the machine; others are laid over it, or take its place.
//
// A name is spelled as a person types it, relative to the working directory or absolute,
// and errors are *fs.PathError or wrap one. A tree is safe for several goroutines.
type Tree interface {
	// Open opens what a name leads to. That may wait: for who writes into a pipe.
	Open(name string) (Handle, error)
	// OpenAtOnce is Open for files that must not be waited for.
	OpenAtOnce(name string) (Handle, error)
	// Stat describes what a name leads to, Lstat the name itself, which may be a link.
	Stat(name string) (fs.FileInfo, error)
	Lstat(name string) (fs.FileInfo, error)
	// ReadDir lists a directory in the order of the names. What was listed before an error
	// is returned with it.
	ReadDir(name string) ([]fs.DirEntry, error)
	// Readlink returns where a link leads, as it is written.
	Readlink(name string) (string, error)
	// Real returns the absolute path of what a name leads to, without links: two names
	// lead to the same file where these are equal.
	Real(name string) (string, error)
	// Sub opens a directory as a tree of its own.
	Sub(dir string) (Rooted, error)
}

// Rooted is a directory as a tree of its own. Its names are relative to the directory,
// with slashes, "." being the directory itself, and nothing leads out of it: neither a
// name nor a link, also not one that is made while it is read. IsOutside tells that error.
type Rooted interface {
	Tree
	io.Closer
}

// Handle is an open file of a Tree.
type Handle interface {
	fs.File
	io.ReaderAt
}

// Or is the tree itself, and Disk where there is none.
func Or(t Tree) Tree {
	if t == nil {
		return Disk
	}
	return t
}

// ReadFile reads a file of at most limit bytes: what a name leads to may be a device
// or a pipe that never ends, whatever its size says. The error is a *fs.PathError.
func ReadFile(t Tree, name string, limit int64) ([]byte, error) {
	data, err := ReadHead(t, name, limit+1)
	if err == nil && int64(len(data)) > limit {
		return nil, &fs.PathError{Op: "read", Path: name, Err: fmt.Errorf("it is larger than %d MiB", limit>>20)}
	}
	return data, err
}

// ReadHead reads the first n bytes of a file, or all of it where it has fewer. The error
// is a *fs.PathError.
func ReadHead(t Tree, name string, n int64) ([]byte, error) {
	f, err := t.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, n))
	if err != nil {
		return nil, err
	}
	return data, nil
}

// Walk is filepath.WalkDir for a tree: it calls visit for a directory and all below it, in
// the order of the names, and follows no links.
func Walk(t Tree, dir string, visit fs.WalkDirFunc) error {
	info, err := t.Lstat(dir)
	if err != nil {
		err = visit(dir, nil, err)
	} else {
		err = walk(t, dir, fs.FileInfoToDirEntry(info), visit)
	}
	if errors.Is(err, fs.SkipDir) || errors.Is(err, fs.SkipAll) {
		return nil
	}
	return err
}

func walk(t Tree, name string, d fs.DirEntry, visit fs.WalkDirFunc) error {
	err := visit(name, d, nil)
	if err == nil && d.IsDir() {
		var entries []fs.DirEntry
		if entries, err = t.ReadDir(name); err != nil {
			err = visit(name, d, err) // what was listed is analyzed all the same
		}
		for _, e := range entries {
			if err != nil {
				break
			}
			err = walk(t, filepath.Join(name, e.Name()), e, visit)
			if errors.Is(err, fs.SkipDir) { // of a file: the rest of its directory
				return nil
			}
		}
	}
	if errors.Is(err, fs.SkipDir) && d.IsDir() {
		return nil
	}
	return err
}

// byName sorts the entries of a directory.
func byName(entries []fs.DirEntry) {
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return cmp.Compare(a.Name(), b.Name()) })
}

// ErrMissing says that a file or directory is not there, in the words that every message has
// for that. It is an fs.ErrNotExist.
var ErrMissing error = errMissing{}

type errMissing struct{}

func (errMissing) Error() string        { return "there is no such file or directory" }
func (errMissing) Is(target error) bool { return target == fs.ErrNotExist }

// Cause is what is wrong with a name, without the name: messages tell that already.
func Cause(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return ErrMissing
	}
	if at, ok := errors.AsType[*fs.PathError](err); ok {
		return at.Err
	}
	return err
}
