package source

import (
	"bytes"
	"path"
	"sort"
	"strings"
	"sync"
	"unicode/utf8"
)

// bom is the UTF-8 byte order mark: bytes of the file, but no column of a line.
const bom = "\ufeff"

// longLine is how many bytes a line must have for its code points to be counted with
// marks.
const longLine = 4 * runesEvery

// File is one text that a person wrote. A File is read once per run and shared;
// two places are in the same file exactly when their File pointers are equal.
type File struct {
	// Root is the directory or archive that Path is relative to, as the user
	// spelled it; empty for a file that stands by itself (a -f file, a manifest).
	Root string
	// Path is slash-separated and relative to Root. A file of a packaged
	// dependency is written charts/sub-1.2.3.tgz!sub/templates/x.yaml.
	Path string
	// Packaged says that the file is in an archive below Root, so that nobody
	// edits it in place.
	Packaged bool
	// Dependency names the vendored sub-chart that the file belongs to, with its version:
	// somebody else's, to which an edit would be lost with the next update. Empty for
	// files of one's own.
	Dependency string
	// Blanked says that nothing of the file may be shown but the places in it: the rest of
	// Data is blanks in place of what is there.
	Blanked bool
	// Data is the file's content, byte for byte.
	Data []byte

	once  sync.Once
	lines []int // byte offset of the start of each line
	runes *Runes
}

// NewFile returns the file at root/path with its content.
func NewFile(root, path string, data []byte) *File {
	return &File{Root: root, Path: path, Data: data}
}

// Name is the file's path as the user would type it: Root joined with Path.
func (f *File) Name() string {
	if f.Root == "" {
		return f.Path
	}
	return path.Join(strings.ReplaceAll(f.Root, `\`, "/"), f.Path)
}

// Position is a line and a column, both 1-based; the column counts code points.
type Position struct {
	Line, Column int
}

// Position returns the line and column of a byte offset. An offset outside the
// file is moved to its nearest end.
func (f *File) Position(offset int) Position {
	f.index()
	offset = min(max(offset, 0), len(f.Data))
	line := sort.Search(len(f.lines), func(i int) bool { return f.lines[i] > offset })
	start := f.lines[line-1]
	if start == 0 && bytes.HasPrefix(f.Data[:offset], []byte(bom)) {
		start += len(bom)
	}
	return Position{Line: line, Column: f.count(start, offset) + 1}
}

// count is the number of code points in a range of bytes of one line.
func (f *File) count(start, end int) int {
	if f.runes == nil {
		return utf8.RuneCount(f.Data[start:end])
	}
	return f.runes.Count(start, end)
}

// Offset returns the byte offset of a line and column (both 1-based, the column
// in code points); a column behind the line's end is the line's end.
func (f *File) Offset(p Position) int {
	start, end := f.lineBounds(p.Line)
	if start == 0 && bytes.HasPrefix(f.Data, []byte(bom)) {
		start += len(bom)
	}
	if f.runes != nil {
		return f.runes.Skip(start, p.Column-1, end)
	}
	for i := 1; i < p.Column && start < end; i++ {
		_, size := utf8.DecodeRune(f.Data[start:end])
		start += size
	}
	return start
}

// Lines is the number of lines; a final newline ends a line and starts none.
func (f *File) Lines() int {
	f.index()
	n := len(f.lines)
	if n > 1 && f.lines[n-1] == len(f.Data) {
		n--
	}
	return n
}

// Line returns the text of a 1-based line without its line end and without a
// byte order mark; a line that does not exist is empty.
func (f *File) Line(line int) string {
	start, end := f.lineBounds(line)
	text := string(f.Data[start:end])
	if start == 0 {
		text = strings.TrimPrefix(text, bom)
	}
	return text
}

// lineBounds returns the byte range of a 1-based line without its line end.
func (f *File) lineBounds(line int) (start, end int) {
	f.index()
	if line < 1 || line > len(f.lines) {
		return len(f.Data), len(f.Data)
	}
	start, end = f.lines[line-1], len(f.Data)
	if line < len(f.lines) {
		end = f.lines[line] - 1
	}
	if end > start && f.Data[end-1] == '\r' {
		end--
	}
	return start, end
}

func (f *File) index() {
	f.once.Do(func() {
		f.lines = append(f.lines, 0)
		longest, last := 0, 0
		for i, b := range f.Data {
			if b == '\n' {
				f.lines = append(f.lines, i+1)
				longest, last = max(longest, i-last), i
			}
		}
		if max(longest, len(f.Data)-last) > longLine {
			f.runes = NewRunes(string(f.Data))
		}
	})
}

// LineSpan returns the text of a 1-based line without the blanks around it.
func (f *File) LineSpan(line int) Span {
	start := f.Offset(Position{Line: line, Column: 1})
	text := f.Line(line)
	end := start + len(strings.TrimRight(text, " \t"))
	start += len(text) - len(strings.TrimLeft(text, " \t"))
	return Span{File: f, Start: min(start, end), End: end}
}
