package main

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// written is a fault in the text of values or helpers that charts have.
type written struct {
	id      string
	where   string         // ownValues or ownHelper
	line    *regexp.Regexp // of the file; the first group is its indentation
	instead bool           // of the line, or below it
	lines   string         // that are written, with marks at the fault
	used    []string       // what a template must have, so that an object comes of it
	under   string         // a line that must be among the four above; empty for any
}

// emptyMap is a value that is an empty mapping.
func emptyMap(name string) *regexp.Regexp { return regexp.MustCompile(`^( *)` + name + `: *\{\} *$`) }

// selectorLabels is the helper with the labels by which a workload's pods are selected.
var selectorLabels = regexp.MustCompile(`^()\{\{-? *define "[\w.-]*selectorLabels" *-?\}\}$`)

// theWritten are the faults in values and helpers.
var theWritten = []written{
	{"MESH201", ownValues, emptyMap("podSecurityContext"), true, "podSecurityContext:\n  runAsUser: 1337 #!", []string{"toYaml .Values.podSecurityContext "}, ""},
	{"MESH201", ownValues, emptyMap("securityContext"), true, "securityContext:\n  runAsUser: 1337 #!", []string{"toYaml .Values.securityContext "}, ""},
	{"MESH202", ownValues, emptyMap("securityContext"), true, "securityContext:\n  runAsUser: 1000\n  runAsGroup: 1337 #!", []string{"toYaml .Values.securityContext "}, ""},
	{"MESH404", ownValues, emptyMap("podAnnotations"), true, "podAnnotations:\n  sidecar.istio.io/inject: \"false\" #!", []string{".Values.podAnnotations"}, ""},
	{"MESH412", ownValues, emptyMap("podAnnotations"), true, "podAnnotations:\n  sidecar.istio.io/proxyCpu: 100m #!", []string{".Values.podAnnotations"}, ""},
	{"MESH414", ownValues, emptyMap("podAnnotations"), true, "podAnnotations:\n  traffic.sidecar.istio.io/excludeInboundPorts: \"80;81\" #!", []string{".Values.podAnnotations"}, ""},
	{"MESH415", ownValues, emptyMap("podAnnotations"), true, "podAnnotations:\n  sidecar.istio.io/statsInclusionPrefixes: a #!", []string{".Values.podAnnotations"}, ""},
	{"MESH419", ownValues, emptyMap("podAnnotations"), true, "podAnnotations:\n  inject.istio.io/templates: gatway #!", []string{".Values.podAnnotations"}, ""},
	{"MESH407", ownValues, emptyMap("podLabels"), true, "podLabels:\n  sidecar.istio.io/inject: maybe #!", []string{".Values.podLabels"}, ""},
	{"MESH423", ownValues, emptyMap("nodeSelector"), true, "nodeSelector:\n  kubernetes.io/os: windows #!", []string{".Values.nodeSelector"}, ""},
	{"MESH503", ownValues, regexp.MustCompile(`^( +)port: (?:80|8080|9090)$`), true, "port: 15021 #!",
		[]string{"port: {{ .Values.service.port }}\n", "name: http\n", "kind: Service\n"}, "service:"},
	{"MESH407", ownHelper, selectorLabels, false, "sidecar.istio.io/inject: maybe #!", []string{"selectorLabels"}, ""},
	{"MESH412", ownHelper, selectorLabels, false, "sidecar.istio.io/injekt: \"true\" #!", []string{"selectorLabels"}, ""},
}

// written makes each of these faults in the first charts with a place for it.
func (b *seedbed) written(t *testing.T) (all []*seed) {
	t.Helper()
	for i := range theWritten {
		w := &theWritten[i]
		made := 0
		for _, c := range b.charts {
			if s, found := w.in(c); found && made < perEdit && !b.has(c, w.id, s.at[0]) {
				all = append(all, s)
				made++
			}
		}
		if made == 0 {
			t.Errorf("%s: no chart has a place for %q in its %s", w.id, w.lines, w.where)
		}
	}
	return all
}

// in is the fault in a chart with a place for it.
func (w *written) in(c *seededChart) (*seed, bool) {
	file := "values.yaml"
	if w.where == ownHelper {
		file = seedHelpers
	}
	used := false
	for i := range c.nodes {
		text := c.files[c.nodes[i].at().File]
		used = used || !slices.ContainsFunc(w.used, func(part string) bool { return !strings.Contains(text, part) })
	}
	if !used {
		return nil, false
	}
	lines := linesOf(c.files[file])
	for i, line := range lines {
		m := w.line.FindStringSubmatch(line)
		if m == nil || w.under != "" && !slices.Contains(lines[max(0, i-4):i], w.under) {
			continue
		}
		from, to := i+1, i+1
		if w.instead {
			from = i
		}
		b := blockOf(w.lines)
		s := &seed{id: w.id, where: w.where, chart: c}
		for _, at := range b.at {
			s.at = append(s.at, place{File: file, Line: from + at + 1})
		}
		all := append(append(append([]string{}, lines[:from]...), b.indented(len(m[1]))...), lines[to:]...)
		s.files = map[string]string{file: strings.Join(all, "\n") + "\n"}
		return s, true
	}
	return nil, false
}
