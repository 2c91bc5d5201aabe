package texts

import (
	"bytes"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/render/source"
)

// Places says where the bytes of a text that an expression gave (yaml_body, values)
// were written: in a heredoc, in a file that the expression reads, or in a template
// that it fills in; else they are at the expression.
type Places struct {
	text  string
	name  string // of the attribute, with the address
	value *object.Node
	files map[string]*source.File

	once  sync.Once
	lines []textLine // where the text was found; empty where it was not
	file  *source.File
	begin []int // offsets of the lines of text
	whole source.Origin
	read  bool // the text is in a file of its own
}

// interpolating is a Locator that knows what templates take in.
type interpolating interface {
	// Interpolated is the step to where the bytes [start, end) of a text are written that
	// its template takes in from elsewhere; none for what is in the template.
	Interpolated(token int, text string, start, end int) []source.Step
}

// textLine is one line of the text and the line of the source that made it: both
// agree in the first head and the last tail bytes.
type textLine struct {
	start, end int // bytes of the source's line, without indentation that was taken away
	head, tail int
	inner      bool // the line came whole out of something between start and end
	found      bool // the line was found by its text alone
}

// New takes a text that an attribute has; it is looked for when a place of it
// is asked for.
func New(value *object.Node, name string, files map[string]*source.File) *Places {
	return &Places{text: value.Text, name: name, value: value, files: files}
}

// find looks for the source of the text, once.
func (p *Places) find() {
	p.once.Do(func() {
		p.whole = p.value.Ref.Origin()
		p.begin = lineStarts(p.text)
		spans := []source.Span{p.whole.Span}
		for _, s := range p.whole.Trace {
			if s.Role != source.Module {
				spans = append(spans, s.Span)
			}
		}
		for _, s := range spans {
			if s.Valid() && (p.heredoc(s) || p.inFile(s, p.files)) {
				return
			}
		}
	})
}

// Located reports whether the text was found in a source.
func (p *Places) Located() bool {
	p.find()
	return len(p.lines) > 0
}

// User is the expression that gives the text.
func (p *Places) User() source.Span {
	p.find()
	return p.whole.Span
}

// heredoc takes the lines of a heredoc that the span begins with.
func (p *Places) heredoc(s source.Span) bool {
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
// a file, or a template whose name is in the expression.
func (p *Places) inFile(s source.Span, files map[string]*source.File) bool {
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

// Origin implements object.TextLocator.
func (p *Places) Origin(start, end int) source.Origin {
	p.find()
	if len(p.lines) == 0 {
		return p.whole
	}
	from, inexact := p.offset(start, false)
	to, more := p.offset(end, true)
	o := source.Origin{Span: source.Span{File: p.file, Start: from, End: max(from, to)}, Kind: source.Text, Exact: true}
	if inexact || more {
		o.Exact, o.Reason = false, "the template renders to a different number of lines"
	}
	if p.read {
		o.Trace = append(o.Trace, source.Step{Role: source.Argument, Name: p.name, Span: p.whole.Span})
	}
	o.Trace = append(p.PutIn(start, end), o.Trace...)
	for _, s := range p.Behind() {
		if s.Span.File != p.file || s.Role == source.Module {
			o.Trace = append(o.Trace, s)
		}
	}
	return o
}

// Behind is the trace behind the text as a whole. What the text is computed from is not on
// it where its lines are known: then that is the origin of its own bytes alone.
func (p *Places) Behind() []source.Step {
	p.find()
	if len(p.lines) == 0 {
		return p.whole.Trace
	}
	return slices.DeleteFunc(slices.Clone(p.whole.Trace), func(s source.Step) bool { return s.Derived })
}

// PutIn is the step to where the bytes [start, end) are written that an interpolation in
// the text puts in; none for what is in the text itself.
func (p *Places) PutIn(start, end int) []source.Step {
	by, ok := p.value.Ref.By.(interpolating)
	if !ok {
		return nil
	}
	return by.Interpolated(p.value.Ref.Token, p.text, start, end)
}

// offset is where a byte of the text is in the source; for the end of a range
// that is behind an interpolation which the range touches.
func (p *Places) offset(at int, end bool) (offset int, inexact bool) {
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
	case l.found:
		return min(l.start+column, l.end), true
	case column < l.head || column == l.head && (end || l.head == length):
		return min(l.start+column, l.end), false
	case l.tail > 0 && (column > length-l.tail || column == length-l.tail && !end):
		return l.end - (length - column), false
	case end:
		return l.end - l.tail, false
	}
	return min(l.start+l.head, l.end), false
}
