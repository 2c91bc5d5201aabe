package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// oddPod is a manifest with one finding.
const oddPod = `apiVersion: v1
kind: Pod
metadata:
  name: web
  labels: {sidecar.istio.io/inject: "true"}
spec:
  securityContext:
    runAsUser: 1337
  containers:
  - name: web
    image: web:1
`

// openPipe is a pipe that nothing comes from and nobody closes.
func openPipe(t *testing.T) *os.File {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close(); w.Close() })
	return r
}

// TestPipes holds that what never ends is over at --timeout, wherever it is named, and
// costs itself alone.
func TestPipes(t *testing.T) {
	program := built(t)
	dir := t.TempDir()
	texts(t, dir, map[string]string{"good.yaml": oddPod, "chart/Chart.yaml": chartYAML, "chart/templates/pod.yaml": oddPod})
	fifo(t, filepath.Join(dir, "in", "pipe.yaml"))
	link(t, "/dev/stdin", filepath.Join(dir, "in", "link.yaml"))
	for _, c := range []struct {
		args []string
		code int
		told []string
	}{
		{[]string{"in/pipe.yaml", "in/link.yaml", "in/good.yaml"}, exitInput, []string{
			"in/pipe.yaml: error: not read completely after 2s", "in/link.yaml: error: is a link", "in/good.yaml:8:16: error: ",
		}},
		{[]string{"-", "in/good.yaml"}, exitInput, []string{"-: error: not read completely after 2s", "in/good.yaml:8:16: error: "}},
		{[]string{"--together", "in/pipe.yaml", "in/good.yaml"}, exitInput, []string{"in/pipe.yaml: error: not read", "in/good.yaml:8:16: error: "}},
		{[]string{"--baseline", "in/pipe.yaml", "in/good.yaml"}, exitUsage, []string{"--baseline in/pipe.yaml: read the SARIF log: its end was not reached after 2s"}},
		{[]string{"-f", "in/pipe.yaml", "in/chart"}, exitUsage, []string{"--values in/pipe.yaml: its end was not reached after 2s"}},
		{[]string{"-f", "-", "in/chart"}, exitUsage, []string{"values from standard input: its end was not reached after 2s"}},
	} {
		t.Run(strings.Join(c.args, " "), func(t *testing.T) {
			t.Parallel()
			o := tree{
				program: program, dir: dir, args: append([]string{"--timeout", "2s", "-o", "line"}, c.args...),
				stdin: openPipe(t), seconds: 20,
			}.run(t)
			if o.killed || o.code != c.code {
				t.Errorf("exit code %d, stopped from outside: %t; want %d", o.code, o.killed, c.code)
			}
			for _, want := range c.told {
				if !strings.Contains(o.stdout+o.stderr, want) {
					t.Errorf("it does not say %q but\n%s%s", want, o.stdout, o.stderr)
				}
			}
		})
	}
}

// TestTimeOfInput holds that --timeout is the time of an input, of all values sets and
// all tries together, and that a values set which uses up its share does not cost the
// others.
func TestTimeOfInput(t *testing.T) {
	program := built(t)
	const slow = "{{ if .Values.slow }}{{ $s := repeat 8000000 \"a\" }}\na: {{ regexMatch \"(a?){1000}b\" $s }}{{ end }}\n" // one call, which nobody can interrupt
	chart := func(sets map[string]string) string {
		dir := t.TempDir()
		files := map[string]string{"Chart.yaml": chartYAML, "values.yaml": "slow: true\n", "templates/x.yaml": slow, "templates/pod.yaml": oddPod}
		for set, values := range sets {
			files["ci/"+set+"-values.yaml"] = values
		}
		texts(t, dir, files)
		return dir
	}
	all := chart(map[string]string{"a": "slow: true\n", "b": "slow: true\n", "c": "slow: true\n", "d": "slow: true\n"})
	start := time.Now()
	o := tree{program: program, dir: all, args: []string{"--timeout", "2s", "-o", "line", "in"}, seconds: 6}.run(t)
	if o.killed || o.code != exitInput || !strings.Contains(o.stdout, "templates/x.yaml") {
		t.Errorf("exit code %d after %s, want %d and templates/x.yaml at fault\n%s%s", o.code, time.Since(start), exitInput, o.stdout, o.stderr)
	}
	if o.spent > 5*time.Second {
		t.Errorf("it took %s of which 2 s are allowed for the input", o.spent)
	}
	one := chart(map[string]string{"quick": "slow: false\n"})
	o = tree{program: program, dir: one, args: []string{"--timeout", "6s", "-o", "line", "in"}, seconds: 12}.run(t)
	if o.code != exitInput || !strings.Contains(o.stdout, "templates/pod.yaml:8:16: error: ") {
		t.Errorf("exit code %d: the values set that is quick is not reported\n%s%s", o.code, o.stdout, o.stderr)
	}
}
