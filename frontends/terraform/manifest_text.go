package terraform

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/render/source"
)

// textPlaces says where the bytes of a text that an expression gave (yaml_body, values)
// were written: in a heredoc, in a file that the expression reads, or in a template
// that it fills in; else they stand at the expression.
type textPlaces struct {
	text  string
	name  string // of the attribute, with the address
	value *object.Node
	lines []textLine // where the text was found; empty where it was not
	file  *source.File
	begin []int // offsets of the lines of text
	whole source.Origin
	read  bool // the text lies in a file of its own
}

// textLine is one line of the text and the line of the source that made it: both
// agree in the first head and the last tail bytes. A line without number in the
// source (several lines out of one interpolation) has only the range.
type textLine struct {
	start, end int // bytes of the source's line, without indentation that was taken away
	head, tail int
	inner      bool // the line came whole out of something between start and end
}

// newTextPlaces looks for the source of a text.
func newTextPlaces(value *object.Node, name string, files map[string]*source.File) *textPlaces {
	p := &textPlaces{text: value.Text, name: name, value: value, whole: value.Place.Origin()}
	p.begin = lineStarts(p.text)
	spans := []source.Span{p.whole.Span}
	for _, s := range p.whole.Road {
		if s.Role != source.Module {
			spans = append(spans, s.Span)
		}
	}
	for _, s := range spans {
		if s.Valid() && (p.heredoc(s) || p.inFile(s, files)) {
			return p
		}
	}
	return p
}

// heredoc takes the lines of a heredoc that the span begins with.
func (p *textPlaces) heredoc(s source.Span) bool {
	data := s.File.Data
	rest, ok := bytes.CutPrefix(data[s.Start:s.End], []byte("<<"))
	if !ok {
		return false
	}
	rest, flush := bytes.CutPrefix(rest, []byte("-"))
	eol := bytes.IndexByte(rest, '\n')
	if eol < 0 {
		return false
	}
	marker := string(bytes.TrimSpace(rest[:eol]))
	begin := s.End - len(rest) + eol + 1
	for at := begin; at < len(data); {
		end := len(data)
		if i := bytes.IndexByte(data[at:], '\n'); i >= 0 {
			end = at + i + 1
		}
		if string(bytes.TrimSpace(data[at:end])) == marker {
			return p.align(s.File, begin, at, flush)
		}
		at = end
	}
	return false
}

// inFile looks for the text in the files that the expression reads: whole or a part of
// a file, or a template whose name stands in the expression.
func (p *textPlaces) inFile(s source.Span, files map[string]*source.File) bool {
	trimmed := strings.TrimSpace(p.text)
	if trimmed == "" {
		return false
	}
	expression := s.Text()
	names := make([]string, 0, len(files))
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	// A file that the expression names comes before others with the same text.
	slices.SortStableFunc(names, func(a, b string) int {
		named := func(name string) int {
			if strings.Contains(expression, path.Base(name)) {
				return 0
			}
			return 1
		}
		return named(a) - named(b)
	})
	for _, name := range names {
		f := files[name]
		if f == s.File || len(f.Data) < len(trimmed) {
			continue
		}
		if at := bytes.Index(f.Data, []byte(trimmed)); at >= 0 {
			start := at - strings.Index(p.text, trimmed)
			if start >= 0 && p.align(f, start, min(len(f.Data), start+len(p.text)), false) {
				p.read = true
				return true
			}
		}
	}
	for _, name := range names {
		f := files[name]
		if f != s.File && strings.Contains(expression, path.Base(name)) && p.align(f, 0, len(f.Data), false) {
			p.read = true
			return true
		}
	}
	return false
}

// align joins the lines of the text with those of the bytes [start, end) of a file:
// from the top as long as they fit, then from the bottom; what is left between came
// out of what is left between. It is an answer when most lines fit.
func (p *textPlaces) align(f *source.File, start, end int, flush bool) bool {
	raw := rawLines(f.Data, start, end, flush)
	n := len(p.begin)
	lines := make([]textLine, n)
	top := 0
	for top < n && top < len(raw) && p.fits(&lines[top], top, raw[top], f) {
		top++
	}
	bottom := 0
	for bottom < n-top && bottom < len(raw)-top && p.fits(&lines[n-1-bottom], n-1-bottom, raw[len(raw)-1-bottom], f) {
		bottom++
	}
	if top+bottom < n {
		if top+bottom == 0 || top+bottom >= len(raw) && top == 0 {
			return false
		}
		from, to := min(top, len(raw)-1), max(len(raw)-1-bottom, min(top, len(raw)-1))
		for i := top; i < n-bottom; i++ {
			lines[i] = textLine{start: raw[from][0], end: raw[to][1], inner: true}
		}
	}
	p.file, p.lines = f, lines
	return true
}

// fits compares a line of the text with one of the source. They fit when they are
// equal, or when the source has an interpolation where they differ.
func (p *textPlaces) fits(to *textLine, line int, raw [2]int, f *source.File) bool {
	text, src := p.lineText(line), string(f.Data[raw[0]:raw[1]])
	text = strings.TrimSuffix(text, "\r")
	head := 0
	for head < len(text) && head < len(src) && text[head] == src[head] {
		head++
	}
	if head == len(text) && strings.TrimSpace(src[head:]) == "" {
		*to = textLine{start: raw[0], end: raw[1], head: len(text)}
		return true
	}
	open := max(strings.LastIndex(src[:min(head+3, len(src))], "${"), strings.LastIndex(src[:min(head+3, len(src))], "%{"))
	if open < 0 {
		return false
	}
	head = min(head, open)
	tail := 0
	for tail < len(text)-head && tail < len(src)-head && text[len(text)-1-tail] == src[len(src)-1-tail] {
		tail++
	}
	if end := strings.LastIndexByte(src, '}'); end >= 0 {
		tail = min(tail, len(src)-1-end)
	}
	*to = textLine{start: raw[0], end: raw[1], head: head, tail: tail}
	return true
}

func (p *textPlaces) lineText(line int) string {
	end := len(p.text)
	if line+1 < len(p.begin) {
		end = p.begin[line+1] - 1
	}
	return p.text[p.begin[line]:end]
}

// rawLines are the byte ranges of lines, without line ends and, for a heredoc with
// <<-, without the indentation that all of them share.
func rawLines(data []byte, start, end int, flush bool) [][2]int {
	var lines [][2]int
	indent := -1
	for at := start; at < end; {
		stop, next := end, end
		if i := bytes.IndexByte(data[at:end], '\n'); i >= 0 {
			stop, next = at+i, at+i+1
		}
		line := bytes.TrimRight(data[at:stop], "\r")
		if blank := len(line) - len(bytes.TrimLeft(line, " \t")); blank < len(line) && (indent < 0 || blank < indent) {
			indent = blank
		}
		lines = append(lines, [2]int{at, at + len(line)})
		at = next
	}
	// A text that ends with a line end has an empty line behind it, as lineStarts has.
	if end > start && data[end-1] == '\n' {
		lines = append(lines, [2]int{end, end})
	}
	if flush && indent > 0 {
		for i := range lines {
			lines[i][0] = min(lines[i][0]+indent, lines[i][1])
		}
	}
	return lines
}

func lineStarts(text string) []int {
	starts := []int{0}
	for i := range len(text) {
		if text[i] == '\n' {
			starts = append(starts, i+1)
		}
	}
	return starts
}

// Origin implements object.TextLocator.
func (p *textPlaces) Origin(start, end int) source.Origin {
	if len(p.lines) == 0 {
		return p.whole
	}
	from, inexact := p.offset(start, false)
	to, more := p.offset(end, true)
	o := source.Origin{Span: source.Span{File: p.file, Start: from, End: max(from, to)}, Kind: source.Text, Exact: true}
	if inexact || more {
		o.Exact, o.Reason = false, "the line comes out of an interpolation of several lines"
	}
	if p.read {
		o.Road = append(o.Road, source.Step{Role: source.Argument, Name: p.name, Span: p.whole.Span})
	}
	for _, s := range p.whole.Road {
		if s.Span.File != p.file || s.Role == source.Module {
			o.Road = append(o.Road, s)
		}
	}
	return o
}

// offset is where a byte of the text stands in the source; for the end of a range
// that is behind an interpolation which the range touches.
func (p *textPlaces) offset(at int, end bool) (offset int, inexact bool) {
	line, found := slices.BinarySearch(p.begin, at)
	if !found {
		line--
	}
	l := p.lines[min(line, len(p.lines)-1)]
	column, length := at-p.begin[line], len(p.lineText(line))
	switch {
	case l.inner && end:
		return l.end, true
	case l.inner:
		return l.start, true
	case column < l.head || column == l.head && (end || l.head == length):
		return min(l.start+column, l.end), false
	case l.tail > 0 && (column > length-l.tail || column == length-l.tail && !end):
		return l.end - (length - column), false
	case end:
		return l.end - l.tail, false
	}
	return min(l.start+l.head, l.end), false
}
