package sarif

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	gosarif "github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/render/source"
	"github.com/mesh-check/mesh-check/sarif/property"
)

// everything is the log of a report in which every property has something to say.
func everything(t *testing.T) *Log {
	t.Helper()
	r := sample(t)
	r.Inputs[0].Templates, r.Inputs[0].EmptyTemplates = 3, 1
	r.Inputs[0].Lines, r.Inputs[0].ReachedLines = 40, 20
	r.Inputs[0].Explored = &checks.Explored{Lines: 30, Renders: 5, Dropped: 1, Stopped: "it takes too long"}
	r.Findings[1].Settings = []string{"--set a=true"}
	r.Findings[0].Change, r.Findings[1].Origin.Part = "no-op", "spec.image"
	r.Findings[2].Addresses = []string{"helm_release.web"}
	r.Findings[3].Others = []checks.Other{{ObjectRef: r.Findings[4].Object, At: r.Findings[4].Origin.Span}}
	// A value of a vendored sub-chart is shown before the template of a packaged one.
	vendored := source.NewFile("charts/web", "charts/sub/values.yaml", []byte("port: web\n"))
	vendored.Dependency = "sub 1.2.3"
	r.Findings[4].Origin.Trace = []source.Step{{Role: source.Value, Name: "port", Span: at(t, vendored, "web", 1)}}
	r.Inputs[0].Environments = map[string]string{"default": "int", "ci/hardened-values.yaml": "prod"}
	r.Findings[1].ValuesSets = []string{"ci/hardened-values.yaml"}
	r.Findings[0].Traces = releases(12).Findings[0].Traces
	r.Notes = append(r.Notes, checks.InputNote{Input: "infra", Message: "it declares 2 releases", Repository: true})
	r.Comments = []checks.CommentedFile{{
		File: "charts/web/values.yaml", Idle: []checks.CommentFault{{Line: 2, Column: 1}}, Faults: []checks.CommentFault{{Line: 1, Column: 3, What: "is no check"}},
	}}
	r.Findings[5].IgnoredAt = at(t, source.NewFile("charts/web", "values.yaml", []byte(valuesYAML)), "hunter2", 1)
	o := options()
	o.Configurations = []Configuration{{
		File: ".mesh-check.yaml", Dir: ".", Inputs: []string{"infra"}, Disabled: []string{"MESH102"}, Mesh: []string{"mtls-mode"},
		Severities: map[string]string{"MESH991": "note"}, Settings: []string{"namespace"},
		Rules: []IgnoreRule{{Check: "MESH991", Reason: "why", Line: 3, Column: 5, Due: true}, {Check: "MESH999", Line: 4, Column: 5, Due: true}},
	}}
	l := Build(r, o)
	setOmitted(l.report.Runs[0], omitted{string(checks.Error): 1})
	l.MarkShard(1, 2)
	return l
}

// bags are the properties of a log as structs, by where they stand.
func bags(l *Log) map[string]any {
	all := map[string]any{}
	run := l.report.Runs[0]
	all["run"] = ownProperties(run)
	for i, n := range run.Invocations[0].ToolExecutionNotifications {
		all[fmt.Sprint("notification ", i)] = property.Read(n.Properties, property.Notification{})
	}
	for i, rule := range run.Tool.Driver.Rules {
		all[fmt.Sprint("rule ", i)] = property.Read(rule.Properties, property.Rule{})
	}
	for i, r := range run.Results {
		all[fmt.Sprint("result ", i)] = property.Read(r.Properties, property.Result{Exact: true})
		for j, at := range slices.Concat(r.Locations, r.RelatedLocations) {
			all[fmt.Sprint("location ", i, j)] = property.Read(at.Properties, property.Location{})
			if at.PhysicalLocation != nil {
				all[fmt.Sprint("artifact ", i, j)] = property.Read(at.PhysicalLocation.ArtifactLocation.Properties, property.Artifact{})
			}
		}
	}
	return all
}

// TestPropertiesSurvive holds that every member of every property bag is written by Build
// and read again as it was.
func TestPropertiesSurvive(t *testing.T) {
	fresh := everything(t)
	data, err := fresh.Encode()
	if err != nil {
		t.Fatal(err)
	}
	read, err := Parse(data)
	if err != nil {
		t.Fatal(err)
	}
	made, again, said := bags(fresh), bags(read), map[string]bool{}
	for where, properties := range made {
		want, _ := json.Marshal(properties)
		if got, _ := json.Marshal(again[where]); !bytes.Equal(got, want) {
			t.Errorf("%s is\n%s, and read again\n%s", where, want, got)
		}
		mark(reflect.ValueOf(again[where]), said)
	}
	for _, member := range slices.Sorted(maps.Keys(said)) {
		if !said[member] {
			t.Errorf("%s is nowhere in the log", member)
		}
	}
}

// mark tells which members of structs have a value somewhere.
func mark(v reflect.Value, said map[string]bool) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			mark(v.Elem(), said)
		}
	case reflect.Slice:
		for i := range v.Len() {
			mark(v.Index(i), said)
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[property.Place]() {
			return
		}
		for i := range v.NumField() {
			field := v.Field(i)
			empty := field.IsZero() || (field.Kind() == reflect.Slice || field.Kind() == reflect.Map) && field.Len() == 0
			said[v.Type().Name()+"."+v.Type().Field(i).Name] = said[v.Type().Name()+"."+v.Type().Field(i).Name] || !empty
			mark(field, said)
		}
	default: // a text, a number, a bool or a map of them
	}
}

// TestWrongShapes holds that a log of which somebody has made the properties other things
// reads as one without them, whatever method asks.
func TestWrongShapes(t *testing.T) {
	for _, wrong := range []any{nil, "x", 5, true, []any{5, nil}, map[string]any{"x": 1}} {
		l := everything(t)
		for _, b := range wrongBags(l) {
			names := map[string]any{}
			for _, s := range []any{property.Run{}, property.Notification{}, property.Result{}, property.Location{}, property.Artifact{}} {
				for _, name := range property.Members(reflect.TypeOf(s)) {
					names[name] = wrong
				}
			}
			b.Properties = names
		}
		data, err := l.Encode()
		if err != nil {
			t.Fatal(err)
		}
		read, err := Parse(data)
		if err != nil {
			t.Fatal(err)
		}
		if n := len(read.Inputs()) + len(read.Undecided()) + len(read.Configurations()) + len(read.Comments()); n > 0 {
			t.Errorf("%v: %d entries are read", wrong, n)
		}
		for _, r := range read.Results() {
			text, isText := wrong.(string)
			if !isText {
				text = strings.TrimSuffix(r.Message, ".")
			}
			if r.Message != text || len(r.ValuesSets)+len(r.Addresses)+len(r.Origins)+len(r.Objects) > 0 || r.Object != (Object{}) || r.Message == "" {
				t.Errorf("%v: the result is %+v", wrong, r)
			}
		}
		if len(read.Failures()) != 2 || wrong != 5 && read.Suppressed() != 0 {
			t.Errorf("%v: %d failures, %d suppressed", wrong, len(read.Failures()), read.Suppressed())
		}
	}
}

func wrongBags(l *Log) (all []*gosarif.PropertyBag) {
	run := l.report.Runs[0]
	all = append(all, run.Properties)
	for _, n := range run.Invocations[0].ToolExecutionNotifications {
		all = append(all, n.Properties)
	}
	for _, r := range run.Results {
		all = append(all, r.Properties)
		for _, at := range slices.Concat(r.Locations, r.RelatedLocations) {
			if at.Properties != nil {
				all = append(all, at.Properties)
			}
		}
	}
	return all
}
