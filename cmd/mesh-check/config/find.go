package config

import (
	"errors"
	"io"
	"io/fs"
	"path/filepath"
	"syscall"

	"github.com/mesh-check/mesh-check/render/source"
)

// misnamed is a name that people give to the file and under which nobody finds it.
const misnamed = ".mesh-check.yml"

// Finder finds the configuration of inputs and reads each file once.
type Finder struct {
	// Boundary is the directory above which nothing is looked for, absolute, and
	// whether it is the root of a repository. It is asked for the absolute directory of
	// an input.
	Boundary func(dir string) (root string, repository bool)
	// Shown spells a name, which may be absolute, as the user would type it.
	Shown func(name string) string
	// Tree is where the files are; nil is the disk.
	Tree source.Tree

	dirs  map[string]string // the file of a directory; empty: none
	files map[string]*File
	bad   map[string]bool
	over  map[string]bool // for which there was no room
	spent int             // of maxAll
}

// For returns the configuration of an input that is in a directory: the nearest
// file at or above it, not above the boundary; nil without one. The faults of a file
// are reported once, for the first input that needs it.
func (f *Finder) For(dir string) (*File, []*source.Error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, []*source.Error{{What: err.Error(), Path: dir, Err: err}}
	}
	boundary, _ := f.Boundary(dir)
	name, err := f.nearest(dir, boundary)
	if err != nil {
		fault := cannotRead(f.Shown(name), err)
		if OfInput(fault) {
			return nil, []*source.Error{fault}
		}
		return nil, f.reportOnce(name, fault)
	}
	if name == "" {
		return nil, nil
	}
	return f.read(name, f.Shown(name), boundary)
}

// At returns the configuration in a directory itself, such as the root of a repository; nil
// without one.
func (f *Finder) At(dir string) (*File, []*source.Error) {
	file, faults := f.For(dir)
	if abs, err := filepath.Abs(dir); file != nil && (err != nil || file.Dir != abs) {
		return nil, nil
	}
	return file, faults
}

// Pinned returns the configuration of a name on the command line. A link may lead
// anywhere, unless it is in a repository: there a stranger can make one.
func (f *Finder) Pinned(name string) (*File, []*source.Error) {
	abs, err := filepath.Abs(name)
	if err != nil {
		return nil, []*source.Error{{What: err.Error(), Path: name, Err: err}}
	}
	boundary, repository := f.Boundary(filepath.Dir(abs))
	if !repository {
		boundary = ""
	}
	return f.read(abs, f.Shown(name), boundary)
}

// nearest is the file for a directory; empty where there is none.
func (f *Finder) nearest(dir, boundary string) (string, error) {
	if name, ok := f.dirs[dir]; ok {
		return name, nil
	}
	name, err := f.here(dir)
	if up := filepath.Dir(dir); name == "" && err == nil && dir != boundary && up != dir {
		name, err = f.nearest(up, boundary)
	}
	if err == nil {
		if f.dirs == nil {
			f.dirs = map[string]string{}
		}
		f.dirs[dir] = name
	}
	return name, err
}

// here is the file in a directory; empty where there is none. A name that is nearly
// right is an error: it would be skipped in silence.
func (f *Finder) here(dir string) (string, error) {
	tree, name := source.Or(f.Tree), filepath.Join(dir, FileName)
	_, err := tree.Lstat(name)
	if err == nil {
		return name, nil
	}
	if !gone(err) {
		return name, err
	}
	near := filepath.Join(dir, misnamed)
	if info, err := tree.Lstat(near); err == nil && !info.IsDir() {
		return near, errMisnamed
	}
	return "", nil
}

var errMisnamed = errors.New("is not read")

// gone reports whether an error means that nothing is there.
func gone(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) || errors.Is(err, syscall.ENAMETOOLONG)
}

// reportOnce is a fault of a file, unless it was reported before.
func (f *Finder) reportOnce(name string, faults ...*source.Error) []*source.Error {
	if f.bad[name] {
		return nil
	}
	if f.bad == nil {
		f.bad = map[string]bool{}
	}
	f.bad[name] = true
	return faults
}

// read reads and checks a file, no link of which may lead out of the boundary; empty
// is none. Faults call it by the shown name.
func (f *Finder) read(name, shown, boundary string) (*File, []*source.Error) {
	if file, ok := f.files[name]; ok {
		return file, nil
	}
	if f.over[name] {
		return nil, []*source.Error{beyond(shown)}
	}
	data, err := readFile(source.Or(f.Tree), name, boundary)
	if err != nil {
		return nil, f.reportOnce(name, cannotRead(shown, err))
	}
	if len(data) <= maxBytes && !f.affords(data) {
		if f.over == nil {
			f.over = map[string]bool{}
		}
		f.over[name] = true
		return nil, []*source.Error{beyond(shown)}
	}
	file, faults := Parse(source.NewFile("", shown, data))
	if faults != nil {
		return nil, f.reportOnce(name, faults...)
	}
	file.Dir = filepath.Dir(name)
	if f.files == nil {
		f.files = map[string]*File{}
	}
	f.files[name] = file
	return file, nil
}

// cannotRead is the fault of a file of which nothing can be read.
func cannotRead(name string, err error) *source.Error {
	e := &source.Error{Path: name, Err: err}
	switch {
	case errors.Is(err, errMisnamed):
		e.What, e.Do = errMisnamed.Error(), "name the configuration "+FileName
	case errors.Is(err, errOutside):
		e.What, e.Do = errOutside.Error(), "put the file itself there, or name it with --config"
	case errors.Is(err, fs.ErrNotExist):
		e.What = source.ErrMissing.Error()
	default:
		e.What = "cannot be read: " + source.Cause(err).Error() // its name is reported already
	}
	return e
}

// errOutside says that a configuration is a link that leads out of the repository.
var errOutside = errors.New("is a link that leads out of the repository")

// readFile reads a regular file of at most maxBytes, and one byte more of a larger one.
// What is not a regular file is told apart before it is opened, which can wait for ever,
// and behind that, since it can be another one by then.
func readFile(tree source.Tree, name, boundary string) ([]byte, error) {
	if boundary != "" {
		rel, err := filepath.Rel(boundary, name)
		if err != nil {
			return nil, err
		}
		root, err := tree.Sub(boundary)
		if err != nil {
			return nil, err
		}
		defer root.Close()
		tree, name = root, filepath.ToSlash(rel)
	}
	info, err := tree.Stat(name)
	if err == nil {
		err = regular(info)
	}
	if err != nil {
		if source.IsOutside(err) {
			return nil, errOutside
		}
		return nil, err
	}
	file, err := tree.OpenAtOnce(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	if info, err = file.Stat(); err == nil {
		err = regular(info)
	}
	if err != nil {
		return nil, err
	}
	return io.ReadAll(io.LimitReader(file, maxBytes+1))
}

func regular(info fs.FileInfo) error {
	switch {
	case info.IsDir():
		return errors.New("it is a directory")
	case !info.Mode().IsRegular():
		return errors.New("it is not a regular file")
	}
	return nil
}
