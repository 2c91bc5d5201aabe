package config

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/render/source"
)

// FuzzConfig holds for any text: it is either a configuration or has at least one fault;
// each fault has a place in the text and is one clean line; and a configuration that is
// written anew means the same.
func FuzzConfig(f *testing.F) {
	f.Add([]byte(whole))
	f.Add([]byte("version: 1\nchecks: {all: {enabled: false}}\n"))
	f.Add([]byte("version: 1\nignore:\n- {path: '**/a[b-c]?/*.yaml', reason: x}\n"))
	f.Add([]byte("version: 1\nignore:\n- {object: '*/*/[!a]', reason: \"\\e[31m\\u202e\"}\n"))
	f.Add([]byte("\ufeffversion: 1\r\nmesh:\r\n  known-hosts: [é😀]\r\n"))
	f.Add([]byte("version: 1\nreleases: {find: [], declared: [{chart: '{env}/*', values: ['a-{env}/[b]**']}]}\ncharts: {'oci://a/*': 'b/*'}\n"))
	f.Add([]byte("version: &a 1\nchecks: *a\n"))
	f.Add([]byte("%YAML 1.1\n---\n!!map {? version : !!int 1}\n...\n"))
	f.Add([]byte("version: 1\n---\n---\nversion: 1\n"))
	f.Add([]byte("a: {b\n\tc: ]\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		file, faults := Parse(source.NewFile("", FileName, data))
		if (file == nil) == (len(faults) == 0) {
			t.Fatalf("a file: %v, and %d faults", file != nil, len(faults))
		}
		for _, fault := range faults {
			if !fault.At.Valid() {
				t.Errorf("%s: no place", fault.What)
			}
			if strings.ContainsFunc(fault.Error(), func(r rune) bool { return r < ' ' || r == 0x7f || r == '\u202e' }) {
				t.Errorf("%q has control characters", fault.Error())
			}
			if len(fault.Error()) > 1000 {
				t.Errorf("a fault of %d bytes", len(fault.Error()))
			}
		}
		if file == nil {
			return
		}
		again, faults := Parse(source.NewFile("", FileName, rewritten(t, data)))
		if again == nil {
			t.Fatalf("written anew it has a fault: %v", faults[0])
		}
		if diff := cmp.Diff(meaning(file), meaning(again)); diff != "" {
			t.Errorf("written anew it means something else:\n%s", diff)
		}
		for _, r := range file.Rules {
			if r.Reason == "" || r.Check == "" && r.Path == "" && r.Object == "" || !r.At.Valid() {
				t.Errorf("the rule %+v says too little", r)
			}
			r.MeantFor("/repo", "/repo/charts/web")
		}
	})
}

// rewritten is a YAML text written by the library, in its own style.
func rewritten(t *testing.T, data []byte) []byte {
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		t.Fatalf("the library does not read what we read: %v", err)
	}
	var plain func(n *yaml.Node)
	plain = func(n *yaml.Node) {
		n.Style &^= yaml.FlowStyle | yaml.FoldedStyle | yaml.LiteralStyle
		n.HeadComment, n.LineComment, n.FootComment = "", "", ""
		for _, c := range n.Content {
			plain(c)
		}
	}
	plain(&doc)
	var b bytes.Buffer
	if err := yaml.NewEncoder(&b).Encode(&doc); err != nil {
		t.Skipf("the library does not write what it reads: %v", err)
	}
	return b.Bytes()
}

// said is what a file says, without its places.
type said struct {
	Selection checks.Selection
	Changed   Changed
	Mesh      *checks.Mesh
	Set       []string
	Rules     []Rule
	Exclude   []string
	Inputs    []Input
	Releases  Releases
	Charts    []ChartSource
	Required  string
}

func meaning(f *File) (s said) {
	s.Selection, s.Changed = f.Selection(checks.Selection{})
	s.Mesh, s.Set = f.MeshWith(nil)
	for _, r := range f.Rules {
		r.At = source.Span{}
		s.Rules = append(s.Rules, r)
	}
	for _, in := range f.Inputs {
		in.At = source.Span{}
		s.Inputs = append(s.Inputs, in)
	}
	s.Releases = f.Releases
	s.Releases.Declared = nil
	for _, d := range f.Releases.Declared {
		d.At = source.Span{}
		s.Releases.Declared = append(s.Releases.Declared, d)
	}
	for _, c := range f.Charts {
		c.At = source.Span{}
		s.Charts = append(s.Charts, c)
	}
	s.Exclude, s.Required = f.Exclude, f.Required.Text
	return s
}
