package eval

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"github.com/mesh-check/mesh-check/render/source"
)

// files reads the files of one root, each once, and none outside a directory.
type files struct {
	root  string // as the user spelled it
	tree  source.Tree
	bound *source.Bounded // the same, within that directory
	read  map[string]*source.File
	total int64 // bytes of all files
	// textLinks is the number of links that were checked out as text.
	textLinks int
}

// newFiles opens a root of a tree; see bounded.
func newFiles(t source.Tree, root, within string) (*files, error) {
	bound, err := Bounded(t, root, within)
	if err != nil {
		return nil, &source.Error{What: "the directory cannot be read: " + reasonOfPath(err), Path: root, Err: err}
	}
	return &files{root: root, tree: t, bound: bound, read: map[string]*source.File{}}, nil
}

// Bounded is what a root may read. within is the outermost directory of that; empty is the
// repository around the root, else the root.
func Bounded(t source.Tree, root, within string) (*source.Bounded, error) {
	path, err := t.Real(root)
	if err != nil {
		return nil, err
	}
	if within == "" {
		within, _ = source.Repository(t, path)
	}
	return source.Within(t, within)
}

// reasonOfPath is an error of the file system without the path, which the message
// has already.
func reasonOfPath(err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return source.ErrMissing.Error()
	case errors.Is(err, fs.ErrPermission):
		return "permission denied"
	}
	return source.Cause(err).Error()
}

// inside reports whether a path, with its links resolved, is in the directory that
// files are read from, and whether it is there at all.
func (f *files) inside(path string) error { return f.bound.Inside(path) }

// file returns a file by its path on disk, relative to the working directory.
func (f *files) file(path string) (*source.File, error) {
	path = filepath.Clean(path)
	if file, ok := f.read[path]; ok {
		return file, nil
	}
	if err := f.inside(path); err != nil {
		return nil, err
	}
	if target, ok := f.linkTarget(path); ok {
		file, err := f.file(target)
		if err == nil {
			f.read[path] = file
		}
		return file, err
	}
	info, err := f.bound.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("it is not a regular file")
	}
	if info.Size() > maxFileSize {
		return nil, fmt.Errorf("it is larger than %d MiB", maxFileSize>>20)
	}
	if f.total += info.Size(); f.total > maxAllFiles {
		return nil, fmt.Errorf("the files of the root are larger than %d MiB together", maxAllFiles>>20)
	}
	data, err := source.ReadFile(f.bound, path, maxFileSize)
	if err != nil {
		return nil, err
	}
	if target, ok := f.textLink(path, data); ok {
		file, err := f.file(target)
		if err == nil {
			f.read[path] = file
			f.textLinks++
		}
		return file, err
	}
	file := f.named(path, data)
	f.read[path] = file
	return file, nil
}

// linkTarget is where a symbolic link leads to: what a person edits is there. The path
// is inside already, and a circle of links is not.
func (f *files) linkTarget(path string) (string, bool) {
	target, err := f.bound.Readlink(path)
	if err != nil {
		return "", false
	}
	if !filepath.IsAbs(target) {
		target = filepath.Join(filepath.Dir(path), target)
	}
	return filepath.Clean(target), true
}

// textLink is where a file leads to that git checked out as text instead of as a
// symbolic link (core.symlinks is false, as on Windows): all that it holds is the path
// of another file of its name.
func (f *files) textLink(path string, data []byte) (string, bool) {
	text := string(data)
	if len(text) > 500 || !strings.Contains(text, "/") || filepath.Base(filepath.FromSlash(text)) != filepath.Base(path) || strings.ContainsAny(text, "\n\r\t {}=\"") {
		return "", false
	}
	target := filepath.Join(filepath.Dir(path), filepath.FromSlash(text))
	if target == path || f.inside(target) != nil {
		return "", false
	}
	info, err := f.bound.Stat(target)
	return target, err == nil && info.Mode().IsRegular() && info.Size() > int64(len(data))
}

// named gives a file the name that the user would type: below the root as the root
// was typed, else relative to the working directory.
func (f *files) named(path string, data []byte) *source.File {
	if rel, err := filepath.Rel(filepath.Clean(f.root), path); err == nil && source.LiesIn(".", rel) {
		return source.NewFile(f.root, filepath.ToSlash(rel), data)
	}
	return source.NewFile("", filepath.ToSlash(path), data)
}

// span is the place of an HCL range of a file that was read.
func (f *files) span(r hcl.Range) source.Span {
	file := f.read[r.Filename]
	if file == nil {
		return source.Span{}
	}
	n := len(file.Data)
	start := min(max(r.Start.Byte, 0), n)
	return source.Span{File: file, Start: start, End: min(max(r.End.Byte, start), n)}
}

// between is the place from the start of one range to the end of another.
func (f *files) between(a, b hcl.Range) source.Span {
	s := f.span(a)
	if e := f.span(b); e.File == s.File && e.End > s.End {
		s.End = e.End
	}
	return s
}
