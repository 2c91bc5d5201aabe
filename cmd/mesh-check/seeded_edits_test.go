package main

import (
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// perEdit is in how many charts an edit is made, at most, for each way in which it can be written.
const perEdit = 2

// edit is a fault that is written into an object that charts have.
type edit struct {
	id      string
	kinds   string   // of the objects, a regular expression
	how     how      // in relation to the key
	key     string   // a path; the line on which it stands is in the template of the object itself
	without []string // what the object must not have: paths, and all that begins like them; with + in front, what it must have
	lines   string   // that are written, with marks at the fault
}

// how is where lines go.
type how int

const (
	before  how = iota // in front of the key, as its neighbours
	below              // in the key's mapping, as its first
	ahead              // in the key's list, as its first items
	instead            // of the key and of the one line below it, which writes all of its value
	swapped            // for the line of the key and its value
)

const (
	aWorkload = "^(Deployment|StatefulSet)$"
	aService  = "^Service$"
	aPodSpec  = "spec.template.spec"
	podLabels = "spec.template.metadata.labels"
	podNotes  = "spec.template.metadata.annotations"
	aContext  = "spec.template.spec.securityContext"
)

// outOfMesh workloads say themselves whether they are in the mesh.
var outOfMesh = []string{podNotes + `["sidecar.istio.io/inject"]`, podLabels + `["sidecar.istio.io/inject"]`}

// theEdits are the faults of existing objects.
var theEdits = []edit{
	{"MESH201", aWorkload, before, aPodSpec + ".containers", []string{aContext, aPodSpec + ".containers[0].securityContext"}, "securityContext:\n  runAsUser: 1337 #!"},
	{"MESH201", aWorkload, before, aPodSpec + ".containers[0].image", []string{aPodSpec + ".containers[0].securityContext"}, "securityContext:\n  runAsUser: 1337 #!"},
	{"MESH202", aWorkload, before, aPodSpec + ".containers[0].image", []string{aPodSpec + ".containers[0].securityContext"},
		"securityContext:\n  runAsUser: 1000\n  runAsGroup: 1337 #!"},
	{"MESH304", aWorkload, instead, podLabels, []string{`+metadata.labels["app.kubernetes.io/name"]`}, "labels: #!\n  component: planted"},
	{"MESH403", aWorkload, below, podLabels, nil, "istio.io/dataplane-mode: ambient #!\nsidecar.istio.io/inject: \"true\""},
	{"MESH404", aWorkload, before, podLabels, []string{podNotes}, "annotations:\n  sidecar.istio.io/inject: \"false\" #!"},
	{"MESH406", aWorkload, before, "metadata.labels", []string{"metadata.annotations"}, "annotations:\n  sidecar.istio.io/inject: \"false\" #!"},
	{"MESH407", aWorkload, below, podLabels, nil, "sidecar.istio.io/inject: maybe #!"},
	{"MESH408", aWorkload, before, aPodSpec + ".containers", []string{aPodSpec + ".hostNetwork"}, "hostNetwork: true #!"},
	{"MESH412", aWorkload, before, podLabels, []string{podNotes}, "annotations:\n  sidecar.istio.io/proxyCpu: 100m #!"},
	{"MESH412", aWorkload, below, podLabels, nil, "sidecar.istio.io/injekt: \"true\" #!"},
	{"MESH413", aWorkload, before, "metadata.labels", []string{"metadata.annotations"}, "annotations:\n  proxy.istio.io/config: '{holdApplicationUntilProxyStarts: true}' #!"},
	{"MESH414", aWorkload, before, podLabels, []string{podNotes}, "annotations:\n  traffic.sidecar.istio.io/excludeInboundPorts: \"80;81\" #!"},
	{"MESH415", aWorkload, before, podLabels, []string{podNotes}, "annotations:\n  sidecar.istio.io/statsInclusionPrefixes: cluster.outbound #!"},
	{"MESH416", aWorkload, before, podLabels, []string{podNotes}, "annotations:\n  sidecar.istio.io/interceptionMode: TPROXY #!"},
	{"MESH419", aWorkload, before, podLabels, []string{podNotes}, "annotations:\n  inject.istio.io/templates: gatway #!"},
	{"MESH421", aWorkload, before, aPodSpec + ".containers", []string{aPodSpec + ".dnsPolicy"}, "dnsPolicy: Default #!"},
	{"MESH423", aWorkload, before, aPodSpec + ".containers", []string{aPodSpec + ".nodeSelector"}, "nodeSelector:\n  kubernetes.io/os: windows #!"},
	{"MESH424", aService, before, "metadata.labels", []string{"metadata.annotations"}, "annotations:\n  galley.istio.io/analyze-suppress: IST118 #!"},
	{"MESH501", aWorkload, ahead, aPodSpec + ".containers[0].ports[0]", nil, "- name: tcp-planted\n  containerPort: 15020 #!"},
	{"MESH110", aWorkload, ahead, aPodSpec + ".containers[0].ports[0]", nil, "- name: planted\n  containerPort: 9876\n  protocol: HTTP #!"},
	{"MESH504", aWorkload, before, aPodSpec + ".containers[0].image", []string{aPodSpec + ".containers[0].startupProbe"},
		"startupProbe:\n  httpGet:\n    path: /\n    port: 15020 #!"},
	{"MESH623", aWorkload, before, aPodSpec + ".containers[0].image", []string{aPodSpec + ".containers[0].env"},
		"env:\n  - name: PEER\n    value: http://10.1.2.3:8080 #!"},
	{"MESH622", aWorkload, before, aPodSpec + ".containers[0].image", []string{aPodSpec + ".containers[0].args", aPodSpec + ".containers[0].command"},
		"command:\n  - curl\n  - 1.2.3.4\n  - -H\n  - \"Host: httpbin.default\" #!"},
	{"MESH961", aWorkload, swapped, "apiVersion", nil, "apiVersion: apps/v1beta2 #!"},
	{"MESH501", aWorkload, swapped, aPodSpec + ".containers[0].ports[0].containerPort", nil, "containerPort: 15020 #!"},
	{"MESH504", aWorkload, swapped, aPodSpec + ".containers[0].livenessProbe.httpGet.port", nil, "port: 15020 #!"},
	{"MESH104", aService, ahead, "spec.ports[0]", nil, "- name: planted #!\n  port: 9876"},
	{"MESH105", aService, ahead, "spec.ports[0]", nil, "- port: 9876 #!"},
	{"MESH106", aService, ahead, "spec.ports[0]", nil, "- name: http-planted\n  port: 9876\n  appProtocol: h2c #!"},
	{"MESH107", aService, ahead, "spec.ports[0]", nil, "- name: http-planted #!\n  port: 9876\n  appProtocol: https"},
	{"MESH108", aService, ahead, "spec.ports[0]", nil, "- name: httpplanted #!\n  port: 9876"},
	{"MESH109", aService, ahead, "spec.ports[0]", nil, "- name: udp-planted\n  port: 9876\n  protocol: TCP #!"},
	{"MESH110", aService, ahead, "spec.ports[0]", nil, "- name: http-planted\n  port: 9876\n  protocol: HTTP #!"},
	{"MESH110", aService, swapped, "spec.ports[0].protocol", nil, "protocol: HTTP #!"},
	{"MESH113", aService, instead, "spec.selector", nil, "selector: #!\n  app: planted-nowhere"},
	{"MESH114", aService, ahead, "spec.ports[0]", nil, "- name: http-planted\n  port: 9876\n  targetPort: planted #!"},
	{"MESH114", aService, swapped, "spec.ports[0].targetPort", nil, "targetPort: planted #!"},
	{"MESH120", aService, ahead, "spec.ports[0]", nil,
		"- {name: http-planted, port: 9876, targetPort: 9875}\n- {name: grpc-planted, port: 9877, targetPort: 9875} #!"},
	{"MESH124", aService, before, "spec.ports", []string{"spec.sessionAffinity"}, "sessionAffinity: ClientIP #!"},
	{"MESH502", aService, ahead, "spec.ports[0]", nil, "- name: http-planted\n  port: 9876\n  targetPort: 15001 #!"},
	{"MESH502", aService, swapped, "spec.ports[0].targetPort", nil, "targetPort: 15001 #!"},
	{"MESH503", aService, ahead, "spec.ports[0]", nil, "- name: http-planted\n  port: 15021 #!\n  targetPort: 9876"},
}

// edits makes each edit in the first charts with a place for it, and with nothing that the check reports there.
func (b *seedbed) edits(t *testing.T) (all []*seed) {
	t.Helper()
	for i := range theEdits {
		e := &theEdits[i]
		made := 0
		for j := range b.charts {
			if made == perEdit {
				break
			}
			c := b.charts[(i+j)%len(b.charts)] // so that not all edits are in the same charts
			at, found := e.in(c)
			if !found {
				continue
			}
			made++
			for _, where := range []string{editTemplate, editValues, editHelper} {
				s := at.seed(c, e.id, where, "", blockOf(e.lines))
				if !b.has(c, e.id, s.at[0]) {
					all = append(all, s)
				}
			}
		}
		if made == 0 {
			t.Errorf("%s: no chart has a place for %q at %s", e.id, e.lines, e.key)
		}
	}
	return all
}

// in is the first spot of a chart for the edit.
func (e *edit) in(c *seededChart) (spot, bool) {
	kinds := regexp.MustCompile(e.kinds)
	for i := range c.nodes {
		n := &c.nodes[i]
		if !kinds.MatchString(n.kind) || n.Part != "key" || !isTemplate(n.at().File) || !c.fits(n.object, e.without) || !c.fits(n.object, outOfMesh) {
			continue
		}
		item := e.how == ahead && strings.HasPrefix(n.Path, e.key+".")
		if n.Path != e.key && !item {
			continue
		}
		lines := linesOf(c.files[n.at().File])
		at := n.at().Line - 1
		if at >= len(lines) {
			continue
		}
		line := lines[at]
		s := spot{file: n.at().File, above: lines[:at], rest: lines[at:], indent: indentOf(line)}
		text := line[s.indent:]
		whole := text == n.Value+":" && at+1 < len(lines)
		switch {
		case e.how == before && strings.HasPrefix(text, n.Value+":"):
			return s, true
		case e.how == swapped && strings.HasPrefix(text, n.Value+": ") && (at+1 == len(lines) || indentOf(lines[at+1]) <= s.indent):
			s.rest = lines[at+1:]
			return s, true
		case e.how == ahead && strings.HasPrefix(text, "- "+n.Value+":"):
			return s, true
		case e.how == below && whole:
			s.above, s.rest, s.indent = lines[:at+1], lines[at+1:], under(lines[at+1], s.indent)
			return s, true
		case e.how == instead && whole && strings.Contains(lines[at+1], "{{- include") && (at+2 == len(lines) ||
			!strings.Contains(lines[at+2], "{{") && indentOf(lines[at+2]) < s.indent):
			s.rest = lines[at+2:]
			return s, true
		}
	}
	return spot{}, false
}

var nindent = regexp.MustCompile(`nindent (\d+)`)

// under is how far to the right the children of a key are, by their first line.
func under(line string, key int) int {
	if m := nindent.FindStringSubmatch(line); m != nil {
		by, _ := strconv.Atoi(m[1])
		return by
	}
	if text := strings.TrimSpace(line); text != "" && !strings.HasPrefix(text, "{{") && indentOf(line) > key {
		return indentOf(line)
	}
	return key + 2
}

// fits says whether an object has all that it must have, and nothing that it must not have.
func (c *seededChart) fits(object string, without []string) bool {
	for _, w := range without {
		begin, must := strings.CutPrefix(w, "+")
		has := slices.ContainsFunc(c.nodes, func(n seededNode) bool { return n.object == object && strings.HasPrefix(n.Path, begin) })
		if has != must {
			return false
		}
	}
	return true
}

// isTemplate says whether a file is a template of the chart itself, and not of one in charts/, whose values are
// others, nor a file of helpers.
func isTemplate(file string) bool {
	return strings.HasPrefix(file, "templates/") && path.Ext(file) != ".tpl"
}
