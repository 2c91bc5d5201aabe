package chart

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"helm.sh/helm/v3/pkg/ignore"

	"github.com/mesh-check/mesh-check/render/source"
)

// What one chart may hold, with everything below it, unpacked. Real charts stay
// far below (the largest of 121 public ones has 3 MB and 430 files); Helm itself
// limits a file, and an archive, but neither a directory nor archives in archives.
const (
	maxFileBytes  = 5 << 20  // Helm's own limit
	maxMetaBytes  = 1 << 20  // Chart.yaml, Chart.lock and their like, which are parsed several times
	maxTotalBytes = 64 << 20 // all files of a chart and its sub-charts
	maxFiles      = 10_000   // files, and archive entries, empty ones included
	maxArchives   = 3        // archives inside each other
	maxFolders    = 100      // directories inside each other, through links too
)

// metadata are the files that Helm parses before anything is rendered.
var metadata = map[string]bool{"Chart.yaml": true, "Chart.lock": true, "requirements.yaml": true, "requirements.lock": true}

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
	if metadata[path.Base(name)] && len(f.Data) > maxMetaBytes {
		return s.limit(name, "file is larger than %d bytes", maxMetaBytes)
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
		return &source.Error{What: "file is included twice", Path: pathText(f.Name()), Do: "package the chart again"}
	}
	s.names[name] = true
	s.entries = append(s.entries, entry{name, f})
	return nil
}

func (s *fileSet) limit(name, format string, limit int) *source.Error {
	return &source.Error{
		What: fmt.Sprintf(format, limit),
		Path: pathText(path.Join(s.path, name)),
		Do:   "remove what is not part of the chart, or list it in .helmignore",
	}
}

// linkText is where a file leads to that git has checked out as text instead of as a
// symbolic link (core.symlinks is false, as on Windows): all that it holds is the path
// of another file of its name. Empty for other files.
func linkText(f *source.File) string {
	const longest = 500
	if len(f.Data) > longest || path.Base(string(f.Data)) != path.Base(f.Path) || bytes.IndexByte(f.Data, '/') < 0 {
		return ""
	}
	text := pathText(string(f.Data))
	if strings.ContainsAny(text, " {}=\"") {
		return ""
	}
	return text
}

// ignoreRules are the rules of .helmignore.
type ignoreRules struct{ *ignore.Rules }

// rules reads .helmignore; no text is no rules but Helm's default ones.
func (s *fileSet) rules(text []byte) (ignoreRules, error) {
	rules, err := ignore.Parse(bytes.NewReader(text))
	if err != nil {
		e := &source.Error{What: OneLine(err.Error()), Path: path.Join(s.path, ignoreFile), Err: err}
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
			return f.LineSpan(line)
		}
	}
	return source.Span{}
}

// excludes reports whether a file, or a directory above it, is left out.
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

// cannotRead says that something cannot be read, and why.
func cannotRead(err error) string {
	if errors.Is(err, fs.ErrNotExist) {
		return cause(err)
	}
	return "cannot read: " + cause(err)
}

// cause is the text of an error of the file system without the path, which the
// message names anyway.
func cause(err error) string { return source.Cause(err).Error() }
