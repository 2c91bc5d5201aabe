package checks

import (
	"slices"
	"testing"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/render/source"
)

// somewhere is a Locator of a file with as many places as bytes.
type somewhere struct{ file *source.File }

func (s somewhere) Locate(token int) source.Origin {
	return source.Origin{Span: source.Span{File: s.file, Start: token, End: token + 1}, Kind: source.Text, Exact: true}
}

// TestUndecidedOfInstances says that a question about instances of one Terraform block
// is one with all addresses, whether their names are known or not, and that questions
// of two blocks stay two though both names are unknown.
func TestUndecidedOfInstances(t *testing.T) {
	by := somewhere{source.NewFile("root", "main.tf", []byte("ab"))}
	open := func(name, address string, at int) Question {
		unknown := &object.Node{Kind: object.Unknown, Text: "var.uid has no value", Ref: object.Ref{By: by, Token: at}}
		tree := &object.Node{Kind: object.Map, Entries: []object.Entry{{Key: "spec", Value: unknown}}}
		o := &object.Object{APIVersion: "v1", Kind: "Pod", Name: name, Address: address, Tree: tree}
		return Question{Check: &Check{ID: "MESH201"}, Field: o.Get("spec"), Reason: unknown.Text}
	}
	for _, c := range []struct {
		name string
		open []Question
		want [][]string
	}{
		{"instances", []Question{open("one", `a["1"]`, 0), open("two", `a["2"]`, 0)}, [][]string{{`a["1"]`, `a["2"]`}}},
		{"blocks", []Question{open("", "a", 0), open("", "b", 1)}, [][]string{{"a"}, {"b"}}},
		{"charts", []Question{open("one", "", 0), open("two", "", 0), open("one", "", 0)}, [][]string{nil, nil}},
	} {
		r := &Report{}
		r.Add("root", "", Outcome{Questions: c.open})
		r.Finish()
		var got [][]string
		for _, u := range r.Undecided {
			got = append(got, u.Addresses)
		}
		if !slices.EqualFunc(got, c.want, slices.Equal[[]string]) {
			t.Errorf("%s: addresses %q, want %q", c.name, got, c.want)
		}
	}
}
