package object_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mesh-check/mesh-check/frontends/object"
)

const cluster = `
{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {template: {metadata: {labels: {app: a, tier: x}}, spec: {
  containers: [{name: c, ports: [{name: http, containerPort: 8080}, {name: http, containerPort: 53, protocol: UDP}]}]}}}}
---
{apiVersion: batch/v1, kind: CronJob, metadata: {name: b, namespace: other}, spec: {jobTemplate: {spec: {template: {metadata: {labels: {app: a}}}}}}}
---
{apiVersion: v1, kind: Pod, metadata: {name: c, namespace: ns, labels: {app: c}}, spec: {initContainers: [{name: i, restartPolicy: Always}, {name: j}]}}
---
{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {selector: {app: a}, ports: [{port: 80, targetPort: http}, {port: 81}, {port: 82, targetPort: 0}, {port: 83, targetPort: x}, {port: 84, targetPort: "9"}]}}
---
{apiVersion: v1, kind: Service, metadata: {name: a2}, spec: {selector: {app: a, tier: x}, ports: [{port: 53, targetPort: http, protocol: UDP}]}}
---
{apiVersion: v1, kind: Service, metadata: {name: all, namespace: ns}, spec: {}}
---
{apiVersion: v1, kind: Service, metadata: {name: outside}, spec: {type: ExternalName, selector: {app: a}}}
---
{apiVersion: v1, kind: Service, metadata: {name: c}, spec: {selector: {app: c, extra: q}}}
`

func TestSet(t *testing.T) {
	d := decode(cluster, object.Helm)
	if len(d.Errors) > 0 {
		t.Fatal(d.Errors)
	}
	set := object.NewSet("ns", d.Objects)
	var got []string
	for _, w := range set.Workloads() {
		line := set.NamespaceOf(w.Object) + "/" + w.Name + ":"
		for _, s := range set.ServicesOf(w).Sure {
			line += " " + s.Name
		}
		for _, c := range w.Containers() {
			line += fmt.Sprintf(" (%s %d)", c.Name, c.Role)
		}
		got = append(got, line)
	}
	want := []string{"ns/a: a a2 (c 0)", "other/b:", "ns/c: (i 1) (j 2)"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	got = nil
	for _, s := range set.Services() {
		for _, w := range set.WorkloadsOf(s).Sure {
			for _, p := range s.Ports() {
				number, at, ok := p.Resolve(w)
				got = append(got, fmt.Sprintf("%s %s %s -> %d %v %s", s.Name, p, p.L4(), number, ok, at.Path()))
			}
		}
	}
	container := "spec.template.spec.containers[0].ports"
	want = []string{
		"a 80 TCP -> 8080 true " + container + "[0].containerPort", "a 81 TCP -> 81 true spec.ports[1].port", "a 82 TCP -> 82 true spec.ports[2].port",
		"a 83 TCP -> 0 false spec.ports[3].targetPort", "a 84 TCP -> 9 true spec.ports[4].targetPort", "a2 53 UDP -> 53 true " + container + "[1].containerPort",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestSetIsWhatSelectsSays compares the index with the plain question for each pair,
// known and unknown.
func TestSetIsWhatSelectsSays(t *testing.T) {
	var objects []*object.Object
	for i, labels := range []string{"{a: x}", "{a: x, b: y}", "{b: y}", "{}", "{a: x, b: UNKNOWN}", "UNKNOWN"} {
		objects = append(objects,
			tree(t, fmt.Sprintf("{apiVersion: v1, kind: Pod, metadata: {name: p%d, labels: %s}}", i, labels)),
			tree(t, fmt.Sprintf("{apiVersion: v1, kind: Service, metadata: {name: s%d}, spec: {selector: %s}}", i, labels)))
	}
	objects = append(objects, tree(t, "{apiVersion: v1, kind: Service, metadata: {name: far, namespace: UNKNOWN}, spec: {selector: {a: x}}}"))
	set := object.NewSet("ns", objects)
	for _, w := range set.Workloads() {
		var sure, maybe []string
		for _, s := range set.Services() {
			truth := set.SameNamespace(s.Object, w.Object).And(object.Selects(s.Selector, w.Labels()))
			if _, is := truth.Undecided(); is {
				maybe = append(maybe, s.Name)
			} else if truth.True() {
				sure = append(sure, s.Name)
			}
		}
		var gotSure, gotMaybe []string
		for _, s := range set.ServicesOf(w).Sure {
			gotSure = append(gotSure, s.Name)
		}
		for _, m := range set.ServicesOf(w).Maybe {
			gotMaybe = append(gotMaybe, m.Value.Name)
		}
		if diff := cmp.Diff(sure, gotSure) + cmp.Diff(maybe, gotMaybe); diff != "" {
			t.Errorf("%s: %s", w.Name, diff)
		}
	}
}

// tree decodes an object whose values UNKNOWN are unknown ones.
func tree(t *testing.T, text string) *object.Object {
	t.Helper()
	o := decode(strings.TrimSpace(text), object.Helm).Objects[0]
	var forget func(*object.Node)
	forget = func(n *object.Node) {
		if n.Text == "UNKNOWN" {
			*n = *unknown
		}
		for _, e := range n.Entries {
			forget(e.Value)
		}
		for _, item := range n.Items {
			forget(item)
		}
	}
	forget(o.Tree)
	return o
}
