package commands

import (
	"sort"
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// shellWord is one word of a shell command.
type shellWord struct {
	// Text is the word without its quotes; an expansion stays as it is written.
	Text string
	// Plain says that no expansion takes part: Text is what the program gets.
	Plain bool
	// from says for each byte of text where it is in the text that the word was
	// read in; nil for a word that is that text.
	from []int32
}

// offset is where a byte of the word is in the text that the word was read in.
func (w shellWord) offset(at int) int {
	if w.from == nil {
		return at
	}
	return int(w.from[at])
}

// span is where the bytes [start, end) of the word are in the text that the word was
// read in; both are 0 where there are none.
func (w shellWord) span(start, end int) (from, to int) {
	if start >= end {
		return 0, 0
	}
	return w.offset(start), w.offset(end-1) + 1
}

// within is a word that was read in the text of another one, as if it had been read
// where that one was.
func (w shellWord) within(outer shellWord) shellWord {
	if len(outer.from) == 0 {
		return w
	}
	from := make([]int32, len(w.from))
	for i, at := range w.from {
		from[i] = outer.from[min(int(at), len(outer.from)-1)]
	}
	w.from = from
	return w
}

// cut is the bytes [start, end) of the word.
func (w shellWord) cut(start, end int) shellWord {
	from := make([]int32, 0, end-start)
	for i := start; i < end; i++ {
		from = append(from, int32(w.offset(i)))
	}
	return shellWord{w.Text[start:end], w.Plain, from}
}

// putBack moves the words of calls from a text whose lines end in a line feed alone to
// the text as it was, with its carriage returns.
func putBack(calls []shellCall, text string) {
	var taken []int // where a carriage return stood before a byte
	for i := 0; ; {
		next := strings.Index(text[i:], "\r\n")
		if next < 0 {
			break
		}
		taken = append(taken, i+next-len(taken))
		i += next + 2
	}
	for _, c := range calls {
		for _, w := range c.words {
			for i, at := range w.from {
				w.from[i] += int32(sort.SearchInts(taken, int(at)+1))
			}
		}
	}
}

// wordReader reads the words of a text that begins at an offset of another one.
type wordReader struct {
	text string
	at   int
}

// source is what stands for a part of the syntax.
func (r wordReader) source(n syntax.Node) string {
	return r.text[min(int(n.Pos().Offset()), len(r.text)):min(int(n.End().Offset()), len(r.text))]
}

// word joins the parts of a word.
func (r wordReader) word(parts []syntax.WordPart) shellWord {
	w := wordWriter{reader: r, plain: true}
	w.parts(parts, false)
	if w.lost && len(parts) > 0 {
		// Within backquotes a word is another text than what is there: only where
		// it begins is certain.
		for i := range w.from {
			w.from[i] = int32(r.at + int(parts[0].Pos().Offset()))
		}
	}
	return shellWord{w.text.String(), w.plain, w.from}
}

// wordWriter is a word while it is put together.
type wordWriter struct {
	reader wordReader
	text   strings.Builder
	plain  bool
	from   []int32
	lost   bool // another byte is at one of from
}

func (w *wordWriter) parts(parts []syntax.WordPart, quoted bool) {
	for _, part := range parts {
		begin := int(part.Pos().Offset())
		switch part := part.(type) {
		case *syntax.Lit:
			w.literal(part, quoted)
		case *syntax.SglQuoted:
			begin++
			if part.Dollar {
				begin++
				w.plain = false
			}
			for i := range len(part.Value) {
				w.add(part.Value[i], begin+i)
			}
		case *syntax.DblQuoted:
			w.parts(part.Parts, true)
		default:
			source := w.reader.source(part)
			for i := range len(source) {
				w.add(source[i], begin+i)
			}
			w.plain = false
		}
	}
}

// add adds a byte that is at an offset of the text.
func (w *wordWriter) add(b byte, at int) {
	w.text.WriteByte(b)
	w.from = append(w.from, int32(w.reader.at+at))
	w.lost = w.lost || at >= len(w.reader.text) || w.reader.text[at] != b
}

// literal takes the backslashes of a literal away as a shell does. The parser has taken
// away continued lines; these are stepped over in the source.
func (w *wordWriter) literal(part *syntax.Lit, quoted bool) {
	lit, source, at := part.Value, w.reader.source(part), int(part.Pos().Offset())
	drop := func() {
		for len(lit) < len(source) && strings.HasPrefix(source, "\\\n") {
			source, at = source[2:], at+2
		}
	}
	next := func() byte {
		b := lit[0]
		lit = lit[1:]
		if source != "" {
			source, at = source[1:], at+1
		}
		drop()
		return b
	}
	for drop(); lit != ""; {
		begin := at
		b := next()
		if b != '\\' || lit == "" {
			w.add(b, begin)
			continue
		}
		switch {
		case lit[0] == '\n': // a continued line
			next()
		case quoted && !strings.ContainsRune("\"\\$`", rune(lit[0])):
			w.add('\\', begin) // stays inside double quotes
		default:
			begin = at
			w.add(next(), begin)
		}
	}
}
