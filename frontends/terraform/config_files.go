package terraform

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"github.com/mesh-check/mesh-check/render/source"
)

// files reads the files of one root, each once, and none outside of a directory.
type files struct {
	root   string // as the user spelled it
	within string // with symbolic links resolved
	real   map[string]string
	read   map[string]*source.File
	total  int64 // bytes of all files
	// textLinks is the number of links that were checked out as text.
	textLinks int
}

// newFiles opens a root. within is the outermost directory of which files are read;
// empty is the repository around the root, else the root.
func newFiles(root, within string) (*files, error) {
	realRoot, err := realPath(root)
	if err != nil {
		return nil, &source.Error{What: "the directory cannot be read: " + reasonOfPath(err), Path: root, Err: err}
	}
	if within == "" {
		within = repository(realRoot)
	} else if within, err = realPath(within); err != nil {
		return nil, &source.Error{What: "the directory cannot be read: " + reasonOfPath(err), Path: root, Err: err}
	}
	return &files{root: root, within: within, real: map[string]string{}, read: map[string]*source.File{}}, nil
}

// realPath is the absolute path with all symbolic links resolved.
func realPath(path string) (string, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	return filepath.EvalSymlinks(abs)
}

// repository is the nearest directory with a .git around a directory, else that
// directory itself.
func repository(dir string) string {
	for d := dir; ; d = filepath.Dir(d) {
		if _, err := os.Lstat(filepath.Join(d, ".git")); err == nil {
			return d
		}
		if d == filepath.Dir(d) {
			return dir
		}
	}
}

// reasonOfPath is an error of the file system without the path, which the message
// has already.
func reasonOfPath(err error) string {
	var p *fs.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "it does not exist"
	case errors.Is(err, fs.ErrPermission):
		return "permission denied"
	case errors.As(err, &p):
		return p.Err.Error()
	}
	return err.Error()
}

// errOutside says that a path leads out of the directory that files are read from.
var errOutside = errors.New("it lies outside of the directory that is checked")

// inside says whether a path, with its links resolved, lies in the directory that
// files are read from, and whether it is there at all.
func (f *files) inside(path string) error {
	path = filepath.Clean(path)
	resolved, ok := f.real[path]
	if !ok {
		var err error
		if resolved, err = realPath(path); err != nil {
			if !f.lexicallyInside(path) {
				return errOutside
			}
			return err
		}
		f.real[path] = resolved
	}
	if !below(f.within, resolved) {
		return errOutside
	}
	return nil
}

// lexicallyInside keeps what lies outside from being told apart by whether it is
// there.
func (f *files) lexicallyInside(path string) bool {
	abs, err := filepath.Abs(path)
	return err == nil && below(f.within, abs)
}

func below(dir, path string) bool {
	rel, err := filepath.Rel(dir, path)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// file returns a file by its path on disk, relative to the working directory.
func (f *files) file(path string) (*source.File, error) {
	path = filepath.Clean(path)
	if file, ok := f.read[path]; ok {
		return file, nil
	}
	if err := f.inside(path); err != nil {
		return nil, err
	}
	if target, ok := linkTarget(path); ok {
		file, err := f.file(target)
		if err == nil {
			f.read[path] = file
		}
		return file, err
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("it is no regular file")
	}
	if info.Size() > maxFileSize {
		return nil, fmt.Errorf("it is larger than %d MiB", maxFileSize>>20)
	}
	if f.total += info.Size(); f.total > maxAllFiles {
		return nil, fmt.Errorf("the files of the root are larger than %d MiB together", maxAllFiles>>20)
	}
	data, err := source.ReadFile(source.Disk, path, maxFileSize)
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
func linkTarget(path string) (string, bool) {
	target, err := os.Readlink(path)
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
	info, err := os.Stat(target)
	return target, err == nil && info.Mode().IsRegular() && info.Size() > int64(len(data))
}

// named gives a file the name that the user would type: below the root as the root
// was typed, else relative to the working directory.
func (f *files) named(path string, data []byte) *source.File {
	if rel, err := filepath.Rel(filepath.Clean(f.root), path); err == nil && below(".", rel) {
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
