package chart

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/mesh-check/mesh-check/render/source"
)

// IsChart reports whether a path of a tree is a chart: a directory with a Chart.yaml, or a
// gzip archive, whatever its name. Whether the chart is sound, Load says: also of a
// Chart.yaml that is a pipe or a link to nothing, and of a directory that cannot be
// looked into, which else would be skipped in silence.
func IsChart(t source.Tree, path string) bool {
	info, err := t.Stat(path)
	switch {
	case err != nil:
		return !errors.Is(err, fs.ErrNotExist)
	case info.IsDir():
		info, err = t.Lstat(filepath.Join(path, chartFile))
		return err == nil && !info.IsDir() || err != nil && !errors.Is(err, fs.ErrNotExist)
	case !info.Mode().IsRegular():
		return false
	}
	return isGzip(t, path)
}

func isGzip(t source.Tree, path string) bool {
	head, err := source.ReadHead(t, path, int64(len(gzipMagic)))
	return err == nil && string(head) == gzipMagic
}

// read reads a chart's directory or archive.
func read(t source.Tree, path string) (*fileSet, error) {
	info, err := t.Stat(path)
	switch {
	case err != nil:
		return nil, &source.Error{What: OneLine(cannotRead(err)), Path: path, Err: err}
	case info.IsDir():
		return readDirectory(t, path)
	case !info.Mode().IsRegular():
		return nil, &source.Error{What: "is not a regular file", Path: path}
	case !isGzip(t, path):
		return nil, &source.Error{What: "is not a chart: neither a directory nor a gzip archive", Path: path}
	}
	return readArchive(t, path)
}

// readDirectory reads the files of a chart's directory as Helm's loader does,
// but as a tree of its own, which follows no link out of the directory.
func readDirectory(t source.Tree, dir string) (*fileSet, error) {
	root, err := t.Sub(dir)
	if err != nil {
		return nil, &source.Error{What: OneLine(cannotRead(err)), Path: dir, Err: err}
	}
	defer root.Close()
	d := directory{root: root, set: newFileSet(dir, dir)}
	text, err := d.ignoreText()
	if err != nil {
		return nil, err
	}
	if d.rules, err = d.set.rules(text); err != nil {
		return nil, err
	}
	if err := d.walk(root, "", nil); err != nil {
		return nil, err
	}
	return d.set, nil
}

// directory is one walk through a chart's directory.
type directory struct {
	root  source.Rooted
	rules ignoreRules
	set   *fileSet
}

func (d *directory) ignoreText() ([]byte, error) {
	info, err := d.root.Stat(ignoreFile)
	if err != nil || !info.Mode().IsRegular() {
		return nil, nil // absent or no file: the walk tells the latter
	}
	return d.read(d.root, ignoreFile, ignoreFile)
}

// walk reads the directory that is at dir ("" for the top) in lexical order.
// above are the real directories on the way, so that a link to one of them ends.
func (d *directory) walk(here source.Rooted, dir string, above []fs.FileInfo) error {
	info, err := here.Stat(".")
	var list []fs.DirEntry
	if err == nil {
		list, err = here.ReadDir(".")
	}
	switch {
	case err != nil && dir == "": // nothing of the chart is known
		return &source.Error{What: OneLine(cannotRead(err)), Path: d.set.path, Err: err}
	case err != nil:
		return d.fault(dir, cannotRead(err), "")
	}
	if len(above) >= maxFolders {
		return d.set.limit(dir, "directories are nested more than %d deep", maxFolders)
	}
	if slices.ContainsFunc(above, func(a fs.FileInfo) bool { return os.SameFile(a, info) }) {
		return d.fault(dir, "link leads back to a directory above it and was skipped", "remove the link")
	}
	above = append(above[:len(above):len(above)], info)
	for _, e := range list {
		if err := d.visit(here, dir, e, above); err != nil {
			return err
		}
	}
	return nil
}

// visit takes one entry of a directory. What is no link is opened from the
// directory itself, which saves the way from the top; a link from the top, since
// it may lead anywhere in the chart.
func (d *directory) visit(here source.Rooted, dir string, e fs.DirEntry, above []fs.FileInfo) error {
	name, from, short := path.Join(dir, e.Name()), here, e.Name()
	mode := e.Type()
	if mode&fs.ModeSymlink != 0 {
		from, short = d.root, name
		info, err := d.root.Stat(name)
		switch {
		case err == nil:
			mode = info.Mode().Type()
		case d.rules.Ignore(name, entryInfo{name: name}) || d.rules.Ignore(name, entryInfo{name: name, dir: true}):
			return nil
		case errors.Is(err, fs.ErrNotExist):
			return d.fault(name, "link is broken and was skipped", "remove the link")
		default:
			// The tree refuses a link that leaves the directory with an error of
			// its own that has no name; a link to itself comes here too.
			return d.fault(name, "link was skipped because it leads out of the chart or is broken: "+cause(err),
				"put the file itself into the chart")
		}
	}
	if d.rules.Ignore(name, entryInfo{name: name, dir: mode.IsDir()}) {
		return nil
	}
	if err := d.set.countOne(name); err != nil {
		return err
	}
	switch {
	case mode.IsDir():
		sub, err := from.Sub(short)
		if err != nil {
			return d.fault(name, cannotRead(err), "")
		}
		defer sub.Close()
		return d.walk(sub, name, above)
	case !mode.IsRegular():
		return d.fault(name, "is not a regular file and was skipped", "remove it from the chart, or list it in .helmignore")
	}
	data, err := d.read(from, short, name)
	if err != nil {
		return err
	}
	return d.set.add(name, source.NewFile(d.set.root, name, data))
}

// read reads a file of the chart; short is its name from the root that it is
// opened from.
func (d *directory) read(from source.Rooted, short, name string) ([]byte, error) {
	fail := func(err error) ([]byte, error) {
		return nil, &source.Error{What: OneLine(cannotRead(err)), Path: pathText(path.Join(d.set.path, name)), Err: err}
	}
	f, err := from.Open(short)
	if err != nil {
		return fail(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return fail(err)
	}
	var data bytes.Buffer
	data.Grow(int(min(info.Size(), maxFileBytes)) + bytes.MinRead)
	if _, err := data.ReadFrom(io.LimitReader(f, maxFileBytes+1)); err != nil {
		return fail(err)
	}
	return data.Bytes(), nil
}

// fault notes a file that was left out.
func (d *directory) fault(name, what, do string) error {
	d.set.problems = append(d.set.problems, &source.Error{
		What: OneLine(what), Path: pathText(path.Join(d.set.path, name)), Do: do,
	})
	return nil
}
