package object_test

import (
	"fmt"
	"math/rand"
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// TestParts changes the byte at the place of each byte of each value: the value must
// change in that byte, or no longer be read at all. Where no place is reported, the field lies
// where its text does.
func TestParts(t *testing.T) {
	told := 0
	for _, layout := range append(layouts,
		"a: |\n  set -e\n  if x; then\n    curl a\n\n  fi\nb: >\n  curl\n  -X ü\n\n  POST\n    deep\n  end\n",
		"a: [sh, -c, 'set -e\n\n  it''s x', \"a\\tb \\\n  c\"]\nb: &x |-\n\n  y\n\nc: *x\nd: !!str |\n  z\n",
	) {
		for _, text := range []string{layout, strings.ReplaceAll(layout, "\n", "\r\n")} {
			text = "apiVersion: v1\nkind: X\nv:\n  " + strings.ReplaceAll(text, "\n", "\n  ") + "\n"
			d := decode(text, object.Kubectl)
			if len(d.Objects) != 1 {
				continue // a separator of lines that the indentation makes another text
			}
			told += checkParts(t, text, d.Objects[0].Root())
		}
	}
	if told < 300 {
		t.Errorf("%d bytes have a place", told)
	}
}

func checkParts(t *testing.T, text string, f object.Field) (told int) {
	t.Helper()
	for _, inner := range append(f.Items(), f.Entries()...) {
		told += checkParts(t, text, inner)
	}
	value := f.Str().V
	if f.Node().Kind != object.String {
		return told
	}
	for i := range len(value) {
		at := f.Within(i, i+1).Origin()
		if at.Span == f.Origin().Span {
			continue
		}
		told++
		if !at.Exact || at.Span.End <= at.Span.Start {
			t.Fatalf("%q: byte %d of %s lies at %v", text, i, f.Path(), at)
		}
		if at.Span.Text() != value[i:i+1] {
			if strings.IndexByte("\\'\r\n \xe2", text[at.Span.Start]) < 0 {
				t.Errorf("%q: byte %d of %s %q is %q", text, i, f.Path(), value, at.Span.Text())
			}
			continue
		}
		changed := text[:at.Span.Start] + "Q" + text[at.Span.End:]
		d := decode(changed, object.Kubectl)
		if len(d.Objects) != 1 {
			continue
		}
		want := value[:i] + "Q" + value[i+1:]
		now := d.Objects[0].Root()
		for _, step := range object.SplitPath(f.Path()) {
			if items := now.Items(); items != nil {
				n := 0
				fmt.Sscan(step, &n)
				now = items[min(n, len(items)-1)]
			} else {
				now = now.Get(step)
			}
		}
		if got := now.Str().V; got == value || value[i] != ' ' && len(got) == len(want) && got != want {
			t.Errorf("%q: byte %d of %s: changed to %q", text, i, f.Path(), got)
		}
	}
	return told
}

// FuzzParts holds that a part of a value that is copied stands where the field says.
func FuzzParts(f *testing.F) {
	for _, layout := range layouts {
		f.Add("apiVersion: v1\nkind: X\n"+layout, int64(1))
	}
	f.Fuzz(func(t *testing.T, text string, seed int64) {
		r := rand.New(rand.NewSource(seed))
		for _, o := range decode(text, object.Kubectl).Objects {
			var visit func(at object.Field)
			visit = func(at object.Field) {
				for _, inner := range append(at.Items(), at.Entries()...) {
					visit(inner)
				}
				value := at.Str().V
				if len(value) == 0 {
					return
				}
				start := r.Intn(len(value))
				span := at.Within(start, start+1+r.Intn(len(value)-start)).Origin().Span
				if !span.Valid() {
					t.Errorf("%s: span %d-%d of %d bytes", at.Path(), span.Start, span.End, len(text))
				}
			}
			visit(o.Root())
		}
	})
}
