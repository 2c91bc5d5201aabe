package source

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Disk are the files of the machine. Links lead wherever they lead: see Strayed and
// Within for those that a stranger may have made.
var Disk Tree = disk{}

type disk struct{}

// Open implements Tree.
func (disk) Open(name string) (Handle, error) { return handle(os.Open(name)) }

// OpenAtOnce implements Tree.
func (disk) OpenAtOnce(name string) (Handle, error) {
	return handle(os.OpenFile(name, os.O_RDONLY|nonblocking, 0))
}

// Stat implements Tree.
func (disk) Stat(name string) (fs.FileInfo, error) { return os.Stat(name) }

// Lstat implements Tree.
func (disk) Lstat(name string) (fs.FileInfo, error) { return os.Lstat(name) }

// ReadDir implements Tree.
func (disk) ReadDir(name string) ([]fs.DirEntry, error) { return os.ReadDir(name) }

// Readlink implements Tree.
func (disk) Readlink(name string) (string, error) { return os.Readlink(name) }

// Real implements Tree.
func (disk) Real(name string) (string, error) { return realPath(name) }

// Sub implements Tree.
func (disk) Sub(dir string) (Rooted, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	return &directory{root: root, path: dir}, nil
}

// realPath is the absolute path with all links resolved.
func realPath(name string) (string, error) {
	abs, err := filepath.Abs(name)
	if err != nil {
		return "", err
	}
	return filepath.EvalSymlinks(abs)
}

// handle is an open file as a Handle; nil with an error.
func handle(f *os.File, err error) (Handle, error) {
	if err != nil {
		return nil, err
	}
	return f, nil
}

// directory is a Rooted of the machine. The system itself refuses what leads out of it.
type directory struct {
	root *os.Root
	path string // as the program would open it
}

// Open implements Tree.
func (d *directory) Open(name string) (Handle, error) { return handle(d.root.Open(name)) }

// OpenAtOnce implements Tree.
func (d *directory) OpenAtOnce(name string) (Handle, error) {
	return handle(d.root.OpenFile(name, os.O_RDONLY|nonblocking, 0))
}

// Stat implements Tree.
func (d *directory) Stat(name string) (fs.FileInfo, error) { return d.root.Stat(name) }

// Lstat implements Tree.
func (d *directory) Lstat(name string) (fs.FileInfo, error) { return d.root.Lstat(name) }

// ReadDir implements Tree.
func (d *directory) ReadDir(name string) ([]fs.DirEntry, error) {
	f, err := d.root.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	entries, err := f.ReadDir(-1)
	byName(entries)
	return entries, err
}

// Readlink implements Tree.
func (d *directory) Readlink(name string) (string, error) { return d.root.Readlink(name) }

// Real implements Tree.
func (d *directory) Real(name string) (string, error) {
	if _, err := d.root.Stat(name); err != nil {
		return "", err // nothing is said about what is outside
	}
	return realPath(filepath.Join(d.path, filepath.FromSlash(name)))
}

// Sub implements Tree.
func (d *directory) Sub(dir string) (Rooted, error) {
	root, err := d.root.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	return &directory{root: root, path: filepath.Join(d.path, filepath.FromSlash(dir))}, nil
}

// Close implements io.Closer.
func (d *directory) Close() error { return d.root.Close() }

// IsOutside reports whether an error of a Rooted is that of a name or link that leads out of
// it.
func IsOutside(err error) bool {
	return err != nil && strings.Contains(err.Error(), "escapes from parent") // os has no name for it
}
