package sarif

import (
	"testing"

	"github.com/mesh-check/mesh-check/render/source"
)

// A finding is at the template; at the value's line where the user asks for it,
// and where the template lies in an archive, in which nobody edits.
func TestPrimary(t *testing.T) {
	file := func(packaged bool) source.Span {
		f := source.NewFile("web", "f.yaml", []byte("a: 1\n"))
		f.Packaged = packaged
		return source.Span{File: f, Start: 3, End: 4}
	}
	for _, tc := range []struct {
		name             string
		template, values source.Span
		by               Primary
		want             int // the step of the trace; -1 is the template
	}{
		{"template", file(false), file(false), Template, -1},
		{"asked for the value", file(false), file(false), Value, 1},
		{"asked for a value without a file", file(false), source.Span{}, Value, -1},
		{"packaged template", file(true), file(false), Template, 1},
		{"packaged template, its own values", file(true), file(true), Template, -1},
		{"packaged template, value of a flag", file(true), source.Span{}, Template, -1},
	} {
		t.Run(tc.name, func(t *testing.T) {
			o := source.Origin{Span: tc.template, Trace: []source.Step{
				{Role: source.Include, Name: "x", Span: file(true)}, {Role: source.Value, Name: "a", Span: tc.values},
			}}
			span, step := (&builder{Options: Options{Primary: tc.by}}).primary(o)
			want := tc.template
			if tc.want >= 0 {
				want = tc.values
			}
			if step != tc.want || span != want {
				t.Errorf("step %d at %v, want step %d at %v", step, span, tc.want, want)
			}
		})
	}
}
