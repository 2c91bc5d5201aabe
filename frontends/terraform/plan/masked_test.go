package plan

import (
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/render/source"
)

// A secret of a plan is nowhere in the file that outputs show, and columns stay.
func TestMasked(t *testing.T) {
	for _, tc := range []struct{ text, keep string }{
		{`{"a": "é😀x", "k": 1}`, `"k"`},
		{"a\nb\r\nc", "b"},
	} {
		file := source.NewFile("", "plan.json", []byte(tc.text))
		start := strings.Index(tc.text, tc.keep)
		got := masked(file, []source.Span{{File: file, Start: start, End: start + len(tc.keep)}})
		if len(got.Data) != len(file.Data) || got.Position(start) != file.Position(start) || string(got.Data[start:start+len(tc.keep)]) != tc.keep {
			t.Errorf("masked(%q) = %q", tc.text, got.Data)
		}
		if rest := strings.Replace(string(got.Data), tc.keep, "", 1); strings.ContainsAny(rest, `aéx😀{}:1c`) {
			t.Errorf("masked(%q) shows %q", tc.text, rest)
		}
	}
}
