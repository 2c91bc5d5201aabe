package meshcheck

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/suite"
	"github.com/mesh-check/mesh-check/frontends/input"
	"github.com/mesh-check/mesh-check/frontends/manifest"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/ignore"
	"github.com/mesh-check/mesh-check/render/source"
)

const exploredPod = `apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec:
  containers:
    - name: web
      image: example.com/web:1.0
      securityContext: {runAsUser: 1337}
    - name: known
      image: example.com/web:1.0
      # mesh-check:ignore MESH201 -- it is not in the mesh
      securityContext: {runAsUser: 1337}
---
broken: [ # mesh-check:ignore MESH970 -- nobody uses it
  also: [
`

// TestExploredParts holds that findings of exploring reach the report with their settings, that ignore comments hold for
// them and for broken branches, and that nothing else of exploring is reported.
func TestExploredParts(t *testing.T) {
	text, _, _ := strings.Cut(exploredPod, "---")
	objects, errs := manifest.Read("pod.yaml", []byte(text))
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	file := source.NewFile("", "pod.yaml", []byte(exploredPod))
	at := func(text string) source.Span {
		i := strings.Index(exploredPod, text)
		return source.Span{File: file, Start: i, End: i + len(text)}
	}
	outcome := checks.Run(suite.Checks, object.NewSet("default", objects), &checks.Mesh{}, checks.Selection{Only: []string{"MESH201"}})
	outcome.Settings = []string{"--set a=true"}
	outcome.Questions = []checks.Question{{Check: outcome.Findings[0].Check, Field: objects[0].Root(), Reason: "nobody knows"}}
	broken := object.NewSet("default", nil).WithBroken([]checks.Broken{
		{Settings: []string{"--set b=true"}, Template: "pod.yaml", Error: &source.Error{What: "invalid YAML: one", At: at("broken: [")}},
		{Settings: []string{"--set b=true"}, Template: "pod.yaml", Error: &source.Error{What: "Pod web: spec must be a mapping", At: at("also: ["), Do: "write a mapping"}},
	})
	v := newResult(input.Input{Path: "charts/web", Kind: input.KindChart})
	v.parts = []setOutcome{{outcome: outcome}, {outcome: checks.Run(suite.Checks, broken, &checks.Mesh{}, checks.Selection{})}}
	v.comments = ignore.Read([]*source.File{file}, "2026-11-29")
	r := &checks.Report{}
	v.addTo(r)
	r.Finish()
	var got []string
	for _, f := range r.Findings {
		got = append(got, fmt.Sprintf("%d %s %s %q %s; %s", f.Origin.Span.Begin().Line, f.Check.ID, f.Severity, f.Suppressed, f.Message, f.Advice))
	}
	want := []string{
		`8 MESH201 note "" `, `12 MESH201 note "it is not in the mesh" `, `14 MESH970 warning "nobody uses it" `,
		`15 MESH970 warning "" Pod web: spec must be a mapping; the API server refuses what pod.yaml renders (rendered only with --set b=true); write a mapping`,
	}
	if !slices.EqualFunc(got, want, strings.HasPrefix) || len(r.Undecided) > 0 {
		t.Errorf("got\n%s\nand %d questions, want\n%s", strings.Join(got, "\n"), len(r.Undecided), strings.Join(want, "\n"))
	}
}
