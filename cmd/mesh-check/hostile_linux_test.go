package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// What many hostile charts may take at most, whatever they hold.
const (
	hostileCharts   = 400
	hostileSeconds  = 60
	hostileFirstMB  = 256  // of the first process at any time
	hostileTreeMB   = 1024 // of all processes that there are at one time, with what each had at most
	hostileGood     = 8
	goodOneAmong    = hostileCharts / hostileGood
	hostileServices = 70
)

// hostileKinds are the charts, one after the other: little text that makes much of what
// the first process reads or is told.
var hostileKinds = []struct {
	name, template string
	config         bool // it has a configuration of 1 MB beside it
}{
	{name: "configuration", template: "a: 1\n", config: true},
	{name: "findings", template: fmt.Sprintf(`{{ range until %d }}---
apiVersion: v1
kind: Service
metadata:
  name: "s{{ . }}{{ repeat 250 "x" }}"
  namespace: "n{{ repeat 250 "n" }}"
spec:
  ports:
  - {name: "foo{{ repeat 250 "x" }}", port: 15001, targetPort: 15001}
{{ end }}`, hostileServices)},
	{name: "errors", template: `{{ range until 20 }}---
{{ repeat 1500 "e" }}{{ . }}: [
{{ end }}`},
	{name: "bomb", template: "a: {{ until 1000000000 | len }}\n"},
	{name: "failure", template: "{{ fail (repeat 20000 \"<!--\") }}\n"},
}

// TestHostileCharts holds what the program takes for many hostile charts at once: its
// first process, and all of them together; and that the good ones among them are reported.
// `make bad` runs it.
func TestHostileCharts(t *testing.T) {
	if !thorough() {
		t.Skip("MESHCHECK_BAD is not set: make bad runs it")
	}
	program, dir := built(t), t.TempDir()
	good := makeHostile(t, dir)
	r := runBad(t, tree{program: program, dir: dir, args: []string{"in"}, seconds: hostileSeconds, alone: canBeAlone()}, "", []string{"sarif", "json"})
	t.Logf("exit code %d, %.1f s, %d MB of the first process, %d MB of all, %d with what each had at most",
		r.code, r.spent.Seconds(), r.first, r.peak, r.peaks)
	no := false
	c := badCase{
		Exit: []int{exitInput}, Kind: "error", MaxSeconds: hostileSeconds, MaxMB: hostileTreeMB, MaxParentMB: hostileFirstMB, Network: &no,
		MustNotContain: []string{"panic:", "goroutine ", "runtime error", "fatal error"},
	}
	var f faults
	c.ended(&f, r.ending)
	c.reported(t, &f, r)
	if r.peaks > hostileTreeMB {
		f.add("all processes took %d MB, at most %d MB are allowed", r.peaks, hostileTreeMB)
	}
	if r.first == 0 || r.peaks < r.first {
		f.add("nothing was measured")
	}
	if n := len(r.json.Inputs); n != hostileCharts+hostileGood {
		f.add("%d inputs are reported, there are %d", n, hostileCharts+hostileGood)
	}
	for _, name := range good {
		if !r.findingAt(badPlace{RuleHint: "uid-1337", File: name + "/templates/pod.yaml", Line: float64(6)}) {
			f.add("the finding in %s is not reported", name)
		}
	}
	f.report(t)
}

// makeHostile writes hostile charts below dir/in, with good ones among them, whose
// directories it returns.
func makeHostile(t *testing.T, dir string) (good []string) {
	t.Helper()
	hosts := &strings.Builder{}
	for i := range 48_000 {
		fmt.Fprintf(hosts, "h%d.example.com,", i)
	}
	config := filepath.Join(dir, "config.yaml")
	write(t, config, "version: 1\nmesh:\n  known-hosts: ["+hosts.String()+"]\n")
	for i := range hostileCharts {
		kind := hostileKinds[i%len(hostileKinds)]
		name := fmt.Sprintf("c%03d-%s", i, kind.name)
		texts(t, dir, map[string]string{name + "/Chart.yaml": chartYAML, name + "/templates/x.yaml": kind.template})
		if kind.config {
			link := filepath.Join(dir, "in", name, ".mesh-check.yaml")
			if err := os.Link(config, link); err != nil && !errors.Is(err, fs.ErrExist) {
				t.Fatal(err)
			}
		}
		if i%goodOneAmong == 0 {
			name = fmt.Sprintf("c%03d-good", i)
			good = append(good, "in/"+name)
			texts(t, dir, map[string]string{
				name + "/Chart.yaml":         chartYAML,
				name + "/templates/pod.yaml": "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  securityContext:\n    runAsUser: 1337\n  containers: [{name: web, image: web}]\n",
			})
		}
	}
	return slices.Clip(good)
}
