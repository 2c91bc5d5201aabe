package render

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"helm.sh/helm/v3/pkg/ignore"

	"github.com/mesh-check/mesh-check/render/source"
)

// What one chart may hold, with everything below it, unpacked. Real charts stay
// far below (the largest of 121 public ones has 3 MB and 430 files); Helm itself
// limits a file, and an archive, but neither a directory nor archives in archives.
const (
	maxFileBytes  = 5 << 20  // Helm's own limit
	maxTotalBytes = 64 << 20 // all files of a chart and its sub-charts
	maxFiles      = 10_000   // files, and archive entries, empty ones included
	maxArchives   = 3        // archives inside each other
	maxFolders    = 100      // directories inside each other, through links too
)

const ignoreFile = ignore.HelmIgnore

// entry is one file with the name that Helm's loader gets for it. The files of a
// packaged sub-chart are handed over unpacked, below charts/sub-1.0.0.tgz!sub/:
// to Helm that is a directory like any other, and to us the file's own path.
type entry struct {
	name string
	file *source.File
}

// fileSet collects the files of one chart within the limits.
type fileSet struct {
	root     string // Root of the chart's files
	path     string // the input as the user spelled it
	entries  []entry
	names    map[string]bool
	problems []*source.Error
	total    int64
	count    int
}

func newFileSet(root, path string) *fileSet {
	return &fileSet{root: root, path: path, names: map[string]bool{}}
}

// IsChart says whether path is a chart: a directory with a Chart.yaml, or a
// gzip archive, whatever its name. Whether the chart is sound, Load says.
func IsChart(path string) bool {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return false
	case info.IsDir():
		info, err = os.Stat(filepath.Join(path, "Chart.yaml"))
		return err == nil && info.Mode().IsRegular()
	case !info.Mode().IsRegular():
		return false
	}
	return isGzip(path)
}

func isGzip(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	var magic [3]byte
	_, err = io.ReadFull(f, magic[:])
	return err == nil && string(magic[:]) == gzipMagic
}

// read reads a chart's directory or archive.
func read(path string) (*fileSet, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, &source.Error{What: "cannot read: " + oneLine(cause(err)), Path: path, Err: err}
	case info.IsDir():
		return readDirectory(path)
	case !info.Mode().IsRegular():
		return nil, &source.Error{What: "is no regular file", Path: path}
	case !isGzip(path):
		return nil, &source.Error{What: "is no chart: neither a directory nor a gzip archive", Path: path}
	}
	return readArchive(path)
}

// readDirectory reads the files of a chart's directory as Helm's loader does,
// but through os.Root, which follows no link out of the directory.
func readDirectory(dir string) (*fileSet, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, &source.Error{What: "cannot read: " + oneLine(cause(err)), Path: dir, Err: err}
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
	root  *os.Root
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

// walk reads the directory that lies at dir ("" for the top) in lexical order.
// above are the real directories on the way, so that a link to one of them ends.
func (d *directory) walk(here *os.Root, dir string, above []fs.FileInfo) error {
	f, err := here.Open(".")
	if err != nil {
		return d.fault(dir, "cannot read: "+cause(err), "")
	}
	info, err := f.Stat()
	var list []fs.DirEntry
	if err == nil {
		list, err = f.ReadDir(-1)
	}
	f.Close()
	if err != nil {
		return d.fault(dir, "cannot read: "+cause(err), "")
	}
	if len(above) >= maxFolders {
		return d.set.limit(dir, "more than %d directories inside each other", maxFolders)
	}
	if slices.ContainsFunc(above, func(a fs.FileInfo) bool { return os.SameFile(a, info) }) {
		return d.fault(dir, "link leads back to a directory above it and was left out", "remove the link")
	}
	above = append(above[:len(above):len(above)], info)
	slices.SortFunc(list, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
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
func (d *directory) visit(here *os.Root, dir string, e fs.DirEntry, above []fs.FileInfo) error {
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
			return d.fault(name, "link leads to nothing and was left out", "remove the link")
		default:
			// os.Root refuses a link that leaves the directory with an error of
			// its own that has no name; a link to itself comes here too.
			return d.fault(name, "link was left out, it leads out of the chart or nowhere: "+cause(err),
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
		sub, err := from.OpenRoot(short)
		if err != nil {
			return d.fault(name, "cannot read: "+cause(err), "")
		}
		defer sub.Close()
		return d.walk(sub, name, above)
	case !mode.IsRegular():
		return d.fault(name, "is no regular file and was left out", "remove it from the chart, or list it in .helmignore")
	}
	data, err := d.read(from, short, name)
	if err != nil {
		return err
	}
	return d.set.add(name, source.NewFile(d.set.root, name, data))
}

// read reads a file of the chart; short is its name from the root that it is
// opened from.
func (d *directory) read(from *os.Root, short, name string) ([]byte, error) {
	fail := func(err error) ([]byte, error) {
		return nil, &source.Error{What: "cannot read: " + oneLine(cause(err)), Path: pathText(path.Join(d.set.path, name)), Err: err}
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
		What: oneLine(what), Path: pathText(path.Join(d.set.path, name)), Do: do,
	})
	return nil
}

// countOne counts a file, directory or archive entry.
func (s *fileSet) countOne(name string) error {
	s.count++
	if s.count > maxFiles {
		return s.limit(name, "more than %d files and directories in the chart", maxFiles)
	}
	return nil
}

// add takes a file into the set; a packaged sub-chart is taken apart.
func (s *fileSet) add(name string, f *source.File) error {
	if len(f.Data) > maxFileBytes {
		return s.limit(name, "file is larger than %d bytes, the limit of Helm", maxFileBytes)
	}
	if s.total += int64(len(f.Data)); s.total > maxTotalBytes {
		return s.limit(name, "chart is larger than %d bytes", maxTotalBytes)
	}
	if isPackage(name) {
		return s.unpack(name, f)
	}
	if s.names[name] {
		// An archive can hold a name twice. Helm takes the last Chart.yaml and
		// values.yaml but keeps both templates, so that no order is right.
		return &source.Error{What: "file is there twice", Path: pathText(f.Name()), Do: "package the chart again"}
	}
	s.names[name] = true
	s.entries = append(s.entries, entry{name, f})
	return nil
}

func (s *fileSet) limit(name, format string, limit int) error {
	return &source.Error{
		What: fmt.Sprintf(format, limit),
		Path: pathText(path.Join(s.path, name)),
		Do:   "leave out of the chart what is no part of it, for example by .helmignore",
	}
}

// ignoreRules are the rules of .helmignore.
type ignoreRules struct{ *ignore.Rules }

// rules reads .helmignore; no text is no rules but Helm's default ones.
func (s *fileSet) rules(text []byte) (ignoreRules, error) {
	rules, err := ignore.Parse(bytes.NewReader(text))
	if err != nil {
		e := &source.Error{What: oneLine(err.Error()), Path: path.Join(s.path, ignoreFile), Err: err}
		f := source.NewFile(s.root, ignoreFile, text)
		e.At = ignoreLine(f)
		if errors.Is(err, bufio.ErrTooLong) {
			e.What = "line is too long"
		}
		return ignoreRules{}, e
	}
	rules.AddDefaults()
	return ignoreRules{rules}, nil
}

// ignoreLine is the first line that Helm's parser refuses by itself.
func ignoreLine(f *source.File) source.Span {
	for line := 1; line <= f.Lines(); line++ {
		if _, err := ignore.Parse(strings.NewReader(f.Line(line))); err != nil {
			return lineSpan(f, line)
		}
	}
	return source.Span{}
}

// excludes says whether a file, or a directory above it, is left out.
func (r ignoreRules) excludes(name string) bool {
	for i, b := range name {
		if b == '/' && r.Ignore(name[:i], entryInfo{name: name[:i], dir: true}) {
			return true
		}
	}
	return r.Ignore(name, entryInfo{name: name})
}

// entryInfo is as much of a file as the rules of .helmignore look at.
type entryInfo struct {
	fs.FileInfo
	name string
	dir  bool
}

func (e entryInfo) IsDir() bool  { return e.dir }
func (e entryInfo) Name() string { return path.Base(e.name) }

// cause is the text of an error of the file system without the path, which the
// message names anyway.
func cause(err error) string {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err.Error()
	}
	return err.Error()
}

const bom = "\ufeff"

// withoutBOM is what Helm's loader makes of a file's bytes.
func withoutBOM(data []byte) []byte { return bytes.TrimPrefix(data, []byte(bom)) }
