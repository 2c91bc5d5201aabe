package source_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/mesh-check/mesh-check/render/source"
)

const bom = "\ufeff"

func TestPosition(t *testing.T) {
	for _, tc := range []struct {
		name, text string
		offset     int
		want       source.Position
	}{
		{"start", "a\nb", 0, source.Position{Line: 1, Column: 1}},
		{"second line", "a\nb", 2, source.Position{Line: 2, Column: 1}},
		{"line end belongs to its line", "ab\ncd", 2, source.Position{Line: 1, Column: 3}},
		{"crlf", "ab\r\ncd", 4, source.Position{Line: 2, Column: 1}},
		{"code points, not bytes", "ü😀x", 6, source.Position{Line: 1, Column: 3}},
		{"a byte order mark is no column", bom + "ab", 4, source.Position{Line: 1, Column: 2}},
		{"behind the end", "ab", 99, source.Position{Line: 1, Column: 3}},
		{"before the start", "ab", -1, source.Position{Line: 1, Column: 1}},
		{"empty file", "", 0, source.Position{Line: 1, Column: 1}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := source.NewFile("", "f", []byte(tc.text)).Position(tc.offset); got != tc.want {
				t.Errorf("Position(%d) = %v, want %v", tc.offset, got, tc.want)
			}
		})
	}
}

func TestLines(t *testing.T) {
	f := source.NewFile("charts/web", "templates/x.yaml", []byte(bom+"one\r\ntwo\n\nfour\n"))
	if got := f.Name(); got != "charts/web/templates/x.yaml" {
		t.Errorf("Name() = %q", got)
	}
	if got := f.Lines(); got != 4 {
		t.Errorf("Lines() = %d, want 4", got)
	}
	for line, want := range map[int]string{0: "", 1: "one", 2: "two", 3: "", 4: "four", 5: "", 99: ""} {
		if got := f.Line(line); got != want {
			t.Errorf("Line(%d) = %q, want %q", line, got, want)
		}
	}
}

func TestOneLine(t *testing.T) {
	f := source.NewFile("", "f", []byte("ab\r\ncd\n"))
	for _, tc := range []struct {
		start, end int
		want       string
	}{{0, 7, "ab"}, {1, 2, "b"}, {4, 7, "cd"}, {2, 6, ""}} {
		s := source.Span{File: f, Start: tc.start, End: tc.end}.OneLine()
		if got := s.Text(); got != tc.want {
			t.Errorf("OneLine of [%d,%d) = %q, want %q", tc.start, tc.end, got, tc.want)
		}
	}
	if s := (source.Span{}).OneLine(); s.Valid() {
		t.Error("the zero span became a place")
	}
}

// TestPositionRoundTrip holds that every offset at the start of a character survives the
// way to line and column and back, so that no conversion at the output can move a
// place: in all texts of at most six characters of the kinds that matter.
func TestPositionRoundTrip(t *testing.T) {
	kinds := []string{"a", "ü", "日", "😀", "\t", "\n", "\r", bom}
	texts := []string{""}
	for from, longest := 0, 6; longest > 0; longest-- {
		for _, text := range texts[from:] {
			from++
			for _, kind := range kinds {
				texts = append(texts, text+kind)
			}
		}
	}
	if len(texts) != 299593 { // the sum of 8 to the powers of 0 to 6
		t.Fatalf("%d texts", len(texts))
	}
	for _, text := range texts {
		file := source.NewFile("", "f", []byte(text))
		for offset := range text {
			if offset == 0 && strings.HasPrefix(text, bom) || text[offset] == '\n' || text[offset] == '\r' {
				continue
			}
			if got := file.Offset(file.Position(offset)); got != offset {
				t.Fatalf("offset %d became %v became %d in %q", offset, file.Position(offset), got, text)
			}
		}
	}
}

func TestErrorIsOneLine(t *testing.T) {
	f := source.NewFile("web", "values.yaml", []byte("a: 1\nb: 2\n"))
	err := &source.Error{What: "b must be text", At: source.Span{File: f, Start: 5, End: 6}, Do: "quote it"}
	if got, want := err.Error(), "web/values.yaml:2:1: b must be text; quote it"; got != want {
		t.Errorf("Error() = %q, want %q", got, want)
	}
	if got, want := (&source.Error{What: "no Chart.yaml", Path: "web"}).Error(), "web: no Chart.yaml"; got != want {
		t.Errorf("Error() = %q, want %q", got, want)
	}
}

func TestValueStep(t *testing.T) {
	o := source.Origin{Trace: []source.Step{{Role: source.Include, Name: "web.labels"}, {Role: source.Value, Name: "image.tag"}}}
	if s, ok := o.ValueStep(); !ok || s.Name != "image.tag" {
		t.Errorf("ValueStep() = %v, %v", s, ok)
	}
	if _, ok := (source.Origin{Trace: o.Trace[:1]}).ValueStep(); ok {
		t.Error("a call is no value")
	}
}

// TestLongLines compares positions in a long line with those counted byte by byte,
// there and back.
func TestLongLines(t *testing.T) {
	for _, unit := range []string{"a", "ü", "😀x", "ab\ufffd€"} {
		for _, head := range []string{"", bom, "first\n"} {
			text := head + strings.Repeat(unit, 9000/len(unit)) + "\nlast"
			f := source.NewFile("", "f", []byte(text))
			start := len(head)
			line := 1 + strings.Count(head, "\n")
			column := 1
			for offset := start; text[offset] != '\n'; column++ {
				want := source.Position{Line: line, Column: column}
				if got := f.Position(offset); got != want {
					t.Fatalf("%q behind %q: Position(%d) = %v, want %v", unit, head, offset, got, want)
				}
				if got := f.Offset(want); got != offset {
					t.Fatalf("%q behind %q: Offset(%v) = %d, want %d", unit, head, want, got, offset)
				}
				_, size := utf8.DecodeRuneInString(text[offset:])
				offset += size
			}
			if got, want := f.Offset(source.Position{Line: line, Column: column + 5000}), strings.Index(text[start:], "\n")+start; got != want {
				t.Errorf("%q behind %q: behind the end is %d, want %d", unit, head, got, want)
			}
		}
	}
	broken := source.NewFile("", "f", []byte(strings.Repeat("a\xff", 4000)))
	if got := broken.Position(7999); got != (source.Position{Line: 1, Column: 8000}) {
		t.Errorf("no UTF-8: %v", got)
	}
	full := source.NewFile("", "f", []byte(strings.Repeat("a", 8*1024)))
	if got := full.Position(8 * 1024); got != (source.Position{Line: 1, Column: 8*1024 + 1}) {
		t.Errorf("the end: %v", got)
	}
}
