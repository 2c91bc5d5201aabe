package source

import (
	"bytes"
	"errors"
	"io/fs"
	"path/filepath"
	"time"
)

// opened is an open file of bytes.
type opened struct {
	*bytes.Reader
	info fs.FileInfo
}

// Stat implements fs.File.
func (o opened) Stat() (fs.FileInfo, error) { return o.info, nil }

// Close implements fs.File.
func (opened) Close() error { return nil }

// info describes a file of bytes, or a directory that is there for such a file.
type info struct {
	name string
	size int64
	mode fs.FileMode
}

func fileInfo(name string, data []byte) fs.FileInfo {
	return info{filepath.Base(name), int64(len(data)), 0o644}
}

func dirInfo(name string) fs.FileInfo { return info{filepath.Base(name), 0, fs.ModeDir | 0o755} }

// Name implements fs.FileInfo.
func (i info) Name() string { return i.name }

// Size implements fs.FileInfo.
func (i info) Size() int64 { return i.size }

// Mode implements fs.FileInfo.
func (i info) Mode() fs.FileMode { return i.mode }

// ModTime implements fs.FileInfo; nobody asks for it.
func (i info) ModTime() time.Time { return time.Time{} }

// IsDir implements fs.FileInfo.
func (i info) IsDir() bool { return i.mode.IsDir() }

// Sys implements fs.FileInfo.
func (i info) Sys() any { return nil }

// nowhere is the directory at a real path that is not there: nothing is in it.
type nowhere string

func (n nowhere) none(name string) error {
	return &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// Open implements Tree.
func (n nowhere) Open(name string) (Handle, error) { return nil, n.none(name) }

// OpenAtOnce implements Tree.
func (n nowhere) OpenAtOnce(name string) (Handle, error) { return nil, n.none(name) }

// Stat implements Tree.
func (n nowhere) Stat(name string) (fs.FileInfo, error) { return nil, n.none(name) }

// Lstat implements Tree.
func (n nowhere) Lstat(name string) (fs.FileInfo, error) { return nil, n.none(name) }

// ReadDir implements Tree.
func (n nowhere) ReadDir(name string) ([]fs.DirEntry, error) { return nil, n.none(name) }

// Readlink implements Tree.
func (n nowhere) Readlink(name string) (string, error) { return "", n.none(name) }

// Real implements Tree: where a name would lead.
func (n nowhere) Real(name string) (string, error) {
	if !filepath.IsLocal(name) {
		return "", &fs.PathError{Op: "open", Path: name, Err: errEscapes}
	}
	return filepath.Join(string(n), name), nil
}

// errEscapes is the error that os.Root has for the same.
var errEscapes = errors.New("path escapes from parent")

// Sub implements Tree.
func (n nowhere) Sub(dir string) (Rooted, error) { return nil, n.none(dir) }

// Close implements io.Closer.
func (nowhere) Close() error { return nil }
