package sarif

import (
	"errors"
	"fmt"
	"reflect"
	"slices"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/mesh-check/mesh-check/sarif/property"
)

// writtenMembers are the members that mesh-check writes, by the type that has them.
var writtenMembers = map[reflect.Type][]string{
	reflect.TypeFor[sarif.Report]():        {"$schema", "version", "runs"},
	reflect.TypeFor[sarif.Run]():           {"tool", "originalUriBaseIds", "columnKind", "invocations", "properties", "results", "graphs"},
	reflect.TypeFor[sarif.Tool]():          {"driver"},
	reflect.TypeFor[sarif.ToolComponent](): {"name", "version", "semanticVersion", "informationUri", "rules", "language", "contents", "isComprehensive"},
	reflect.TypeFor[sarif.Invocation]():    {"executionSuccessful", "toolExecutionNotifications"},
}

// ownRun is the run of a log as Build or Merge made it.
func (l *Log) ownRun() (*sarif.Run, error) {
	if len(l.report.Runs) != 1 || l.report.Runs[0] == nil {
		return nil, fmt.Errorf("has %d runs where mesh-check writes one; only logs of mesh-check can be merged", len(l.report.Runs))
	}
	run := l.report.Runs[0]
	if !writtenByUs(run) {
		name := "no tool"
		if d := driver(run); d != nil && clean(deref(d.Name)) != "" {
			name = clean(deref(d.Name))
		}
		return nil, fmt.Errorf("is a log of %s; only logs of mesh-check can be merged", name)
	}
	if run.Properties == nil || len(run.Invocations) != 1 || run.Invocations[0] == nil {
		return nil, errors.New("has no inputs or no invocation, which mesh-check writes; merge logs as they were written")
	}
	for _, part := range []any{*l.report, *run, *run.Tool, *run.Tool.Driver, *run.Invocations[0]} {
		if member := foreignMember(reflect.ValueOf(part)); member != "" {
			return nil, fmt.Errorf("has %s, which mesh-check does not write; merge logs as they were written", member)
		}
	}
	if name := property.Foreign[property.Run](run.Properties); name != "" {
		return nil, fmt.Errorf("has the property %s, which mesh-check does not write; merge logs as they were written", clean(name))
	}
	return run, nil
}

// foreignMember is a member of a struct that says something and that mesh-check does
// not write; empty: there is none.
func foreignMember(v reflect.Value) string {
	for i, name := range property.Members(v.Type()) {
		if name != "" && !property.IsDefault(name, v.Field(i)) && !slices.Contains(writtenMembers[v.Type()], name) {
			return name
		}
	}
	return ""
}
