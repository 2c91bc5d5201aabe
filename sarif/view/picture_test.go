package view

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/meshgraph"
	"github.com/mesh-check/mesh-check/render/source"
	"github.com/mesh-check/mesh-check/sarif"
)

// flow is what a line of a flowchart may be: labels are letters, digits, a few marks, and numbers of other characters.
var flow = func() *regexp.Regexp {
	const label = `(?:[\pL\p{Nd} ./,…-]|#\d+;)+`
	return regexp.MustCompile(`^(?:flowchart LR|  subgraph g\d+(?:n\d+)?\["` + label + `"\]|    o\d+\["` + label + `(?:<br/>` + label + `)*"\]|    class o\d+ (?:error|warning|missing)` +
		`|  end|  o\d+ (?:-->|-\.->)\|"` + label + `"\| o\d+|  (?:more|none)\["` + label + `"\]|  classDef [a-z]+ [a-z0-9#:, -]+)$`)
}()

// TestHostileFlowchart holds that no name ends a label, a frame or a line of a flowchart.
func TestHostileFlowchart(t *testing.T) {
	for _, text := range append([]string{`"]; click o0 href "javascript:alert(1)"`, "end\nend", "%%{init: {}}%%", "o0 --> o1", "a|b|c", "&quot;&#34;#quot;", "\\\"", "<br/><script>"}, hostileTexts...) {
		out := show(t, "mermaid", everywhere(text), Options{})
		for line := range strings.Lines(out) {
			if !flow.MatchString(strings.TrimSuffix(line, "\n")) {
				t.Errorf("%.80q makes the line %q", text, line)
			}
		}
	}
}

// release is an input with three values sets: two have the same picture, the third one of production has another, and each of the
// findings is there with one of them.
func release(others int) *sarif.Log {
	f := source.NewFile("web.yaml", "web.yaml", []byte("kind: Service\n"))
	svc := checks.ObjectRef{APIVersion: "v1", Kind: "Service", Namespace: "a", Name: "web"}
	nodes := func(port string) []meshgraph.Node {
		return []meshgraph.Node{{Object: meshgraph.Ref(svc), Lane: meshgraph.ServiceLane, Ports: []meshgraph.Port{{Name: port, Protocol: "HTTP"}}}}
	}
	r := &checks.Report{Inputs: []checks.Input{{
		Path: "web", Kind: "chart", ValuesSets: []string{"default", "dev", "prod"}, Environments: map[string]string{"dev": "development", "prod": "production"}, Objects: 1, Result: checks.OK,
	}}}
	r.Graphs.Add("web", "default", "", &meshgraph.Graph{Nodes: nodes("80")})
	r.Graphs.Add("web", "dev", "development", &meshgraph.Graph{Nodes: nodes("80")})
	r.Graphs.Add("web", "prod", "production", &meshgraph.Graph{Nodes: nodes("443")})
	r.Graphs[0].Others = others
	for i, set := range r.Inputs[0].ValuesSets {
		r.Findings = append(r.Findings, &checks.Reported{
			Check:    &checks.Check{ID: fmt.Sprintf("MESH99%d", i), Name: "reserved", Summary: "a summary", Advice: "do", Modes: []checks.Mode{checks.Sidecar}},
			Severity: []checks.Severity{checks.Note, checks.Warning, checks.Error}[i], Message: "found with " + set, Input: "web", ValuesSets: []string{set}, Object: svc, Path: "kind",
			Origin: source.Origin{Span: source.Span{File: f, Start: 6, End: 13}, Kind: source.Text, Exact: true},
		})
	}
	return sarif.Build(r, sarif.Options{Version: "0.1.0"})
}

// TestPicturesOfSets holds that each values set is in a picture, that a picture is marked with what is found with its own sets
// alone, and that what is left out is said.
func TestPicturesOfSets(t *testing.T) {
	out := show(t, "html", release(2), Options{})
	for _, want := range []string{
		"<option>development: default, dev (1 object, 1 warning, 1 note)</option><option>production: prod (1 object, 1 error)</option>",
		`<small class="error">2 pictures, 1 error, 1 warning, 1 note</small>`, "2 more values sets without a picture here",
		`class="graph" data-environments="development&#10;"`, `class="graph" hidden data-environments="production&#10;"`,
	} {
		if !strings.Contains(out, want) {
			t.Errorf("no %s in the page", want)
		}
	}
	first, second, _ := strings.Cut(out, `class="graph" hidden`)
	second, _, _ = strings.Cut(second, "</section>")
	if !strings.Contains(first, `class="node warning"`) || strings.Contains(first, `class="node error"`) || !strings.Contains(second, `class="node error"`) {
		t.Error("a picture is marked with what is found elsewhere")
	}
	flowchart := show(t, "mermaid", release(0), Options{})
	for _, want := range []string{`["web #40;3 values sets in one#41;"]`, `o0["Service<br/>web<br/>80 HTTP"]`, "class o0 error"} {
		if !strings.Contains(flowchart, want) {
			t.Errorf("no %s in:\n%s", want, flowchart)
		}
	}
}
