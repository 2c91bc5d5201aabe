//go:build linux

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// sparse is which part of the faults is tried where MESHCHECK_BAD is not set.
const sparse = 48

// TestReadFaults fails each call to the system by which the program reads its inputs,
// one at a time, in the parent and in its workers: strace makes the calls fail. Each
// failure is an error that names the file, or changes nothing at all: never silence,
// never the end of the program. `make bad` tries all of them, else some.
func TestReadFaults(t *testing.T) {
	if testing.Short() {
		t.Skip("hundreds of runs")
	}
	needStrace(t)
	program := built(t)
	dir := t.TempDir()
	readable(t, dir)
	tried, told := 0, 0
	// What is read below a directory is read as the charts and roots by themselves are, so
	// that every third of its calls is enough.
	const directory = "charts in a directory"
	for _, s := range []struct {
		name string
		args []string
	}{
		{"chart", []string{"web"}},
		{"chart with values", []string{"-f", "prod.yaml", "--set-file", "motd=motd.txt", "--baseline", "base.sarif", "web"}},
		{"archive", []string{"pack-0.1.0.tgz"}},
		{directory, []string{"."}},
		{"terraform", []string{"--var-file", "prod.tfvars", "infra"}},
		{"plan", []string{"--source", "planned", "planned/plan.json"}},
		{"manifest", []string{"m.yaml"}},
	} {
		t.Run(s.name, func(t *testing.T) {
			f := withFault{program: program, dir: dir, args: s.args}
			f.clean, _ = f.run(t, "", "", "")
			if f.clean.code > exitFindings {
				t.Fatalf("without a fault: exit code %d\n%s%s", f.clean.code, f.clean.stdout, f.clean.stderr)
			}
			for i, c := range f.calls(t) {
				if !thorough() && i%sparse != 0 || s.name == directory && i%3 != 0 {
					continue
				}
				for _, when := range []string{"", ":when=1", ":when=2+"} {
					if when != "" && c.count < 2 {
						continue
					}
					tried++
					if f.try(t, c, when) {
						told++
					}
				}
			}
		})
	}
	t.Logf("%d faults tried, %d told, the others without effect", tried, told)
	if tried < 10 || told < tried/8 {
		t.Errorf("%d of %d faults told: the faults do not reach the program", told, tried)
	}
}

// needStrace skips the test where strace cannot make calls fail.
func needStrace(t *testing.T) {
	t.Helper()
	out, err := exec.Command("strace", "-f", "--seccomp-bpf", "-e", "trace=openat", "-e", "inject=openat:error=EIO", "-P", "/dev/null",
		"sh", "-c", ": < /dev/null").CombinedOutput()
	if !bytes.Contains(out, []byte("INJECTED")) {
		t.Skipf("strace is not here or may not trace, so that no read can be made to fail: %v", err)
	}
}

// withFault is a run of which one call to the system fails.
type withFault struct {
	program, dir string
	args         []string
	clean        ending // without faults; its stdout is the report
}

// call is one kind of call on one file, as a run makes it.
type call struct {
	name    string   // of the call
	path    string   // as the call spells it, or of its descriptor
	targets []string // the paths from the top, where it is spelled from elsewhere
	count   int
}

// reading are the calls by which files are found and read.
const reading = "openat,read,pread64,getdents64,newfstatat,fstat,readlinkat"

// run runs the program, with a call on a path failing, if one is given, and returns
// what strace has seen.
func (f withFault) run(t *testing.T, name, path, when string) (ending, string) {
	t.Helper()
	trace := filepath.Join(t.TempDir(), "trace")
	before := []string{"strace", "-f", "-y", "--seccomp-bpf", "-qq", "-e", "signal=none", "-o", trace}
	if name == "" {
		before = append(before, "-e", "trace="+reading)
	} else {
		before = append(before, "-e", "trace="+name, "-e", "inject="+name+":error=EIO"+when, "-P", path)
		if !filepath.IsAbs(path) {
			before = append(before, "-P", filepath.Join(f.dir, path))
		}
	}
	o := tree{
		program: f.program, dir: f.dir, args: append([]string{"-o", "json"}, f.args...), seconds: 20, before: append(before, "--"),
	}.run(t)
	seen, err := os.ReadFile(trace)
	if err != nil {
		t.Fatal(err)
	}
	return o, string(seen)
}

var tracedCall = regexp.MustCompile(`^\d+ +(\w+)\((?:(?:\d+|AT_FDCWD)(?:<([^>]*)>)?)?(?:, )?(?:"((?:[^"\\]|\\.)*)")?`)

// calls are the kinds of calls on files below the directory that a run makes.
func (f withFault) calls(t *testing.T) []call {
	t.Helper()
	_, seen := f.run(t, "", "", "")
	var all []call
	for line := range strings.Lines(seen) {
		m := tracedCall.FindStringSubmatch(line)
		if m == nil || strings.Contains(line, "+++") {
			continue
		}
		name, under, path := m[1], m[2], m[3]
		if name == "read" || name == "pread64" || name == "getdents64" || name == "fstat" || path == "" {
			path = under // the quotes hold data
		}
		target := path
		if !filepath.IsAbs(target) {
			target = filepath.Join(under, path)
		}
		if inside, err := filepath.Rel(f.dir, target); err != nil || !filepath.IsLocal(inside) || path == "." {
			continue
		}
		i := slices.IndexFunc(all, func(c call) bool { return c.name == name && c.path == path })
		if i < 0 {
			all = append(all, call{name: name, path: path, count: 1, targets: []string{target}})
			continue
		}
		all[i].count++
		all[i].targets = append(all[i].targets, target)
	}
	if len(all) < 2 {
		t.Fatalf("only %d kinds of calls seen in\n%s", len(all), seen)
	}
	return all
}

// try makes a call fail and says whether the program told it.
func (f withFault) try(t *testing.T, c call, when string) (told bool) {
	t.Helper()
	o, seen := f.run(t, c.name, c.path, when)
	what := fmt.Sprintf("%s of %s fails%s", c.name, c.path, when)
	if o.killed || o.signal != "" || o.code < exitClean || o.code > exitUsage {
		t.Errorf("%s: exit code %d, signal %q\n%.2000s", what, o.code, o.signal, o.stderr)
		return false
	}
	for _, bad := range []string{"panic:", "goroutine "} {
		if strings.Contains(o.stdout+o.stderr, bad) {
			t.Errorf("%s: an output contains %q", what, bad)
		}
	}
	if !strings.Contains(seen, "INJECTED") || o.code == f.clean.code && o.stdout == f.clean.stdout {
		return false
	}
	if o.code != exitInput && o.code != exitUsage {
		lost, err := f.lost(o)
		if err != nil {
			t.Errorf("%s: exit code %d, and the report is none: %v\n%.2000s%.2000s", what, o.code, err, o.stdout, o.stderr)
			return false
		}
		if lost != "" {
			t.Errorf("%s: exit code %d, no error, and lost %s:\n%.3000s", what, o.code, lost,
				cmp.Diff(strings.Split(f.clean.stdout, "\n"), strings.Split(o.stdout, "\n")))
		}
		return false
	}
	// The file, or a directory around it, which then could not be looked into.
	if !slices.ContainsFunc(c.targets, func(target string) bool {
		way := strings.Split(strings.TrimPrefix(target, f.dir), "/")
		if len(way) == 1 {
			return true // the directory that all lies in: .
		}
		return slices.ContainsFunc(way[1:], func(part string) bool { return strings.Contains(o.stdout+o.stderr, part) })
	}) {
		t.Errorf("%s: the error names no file: %s%.3000s", what, o.stderr, o.stdout)
	}
	return true
}

// lost is what the report without faults has and this one has not: an input, or a
// finding.
func (f withFault) lost(o ending) (string, error) {
	var was, is report
	for text, to := range map[string]*report{f.clean.stdout: &was, o.stdout: &is} {
		if err := json.Unmarshal([]byte(text), to); err != nil {
			return "", err
		}
	}
	for _, in := range was.Inputs {
		if !slices.ContainsFunc(is.Inputs, func(other reportInput) bool { return reflect.DeepEqual(in, other) }) {
			return fmt.Sprintf("the input %+v", in), nil
		}
	}
	for _, finding := range was.Findings {
		if !slices.ContainsFunc(is.Findings, func(other reportFinding) bool { return reflect.DeepEqual(finding, other) }) {
			return fmt.Sprintf("the finding %+v", finding), nil
		}
	}
	return "", nil
}

// readable writes inputs of every kind, with every kind of file that is read.
func readable(t *testing.T, dir string) {
	t.Helper()
	const service = "apiVersion: v1\nkind: Service\nmetadata:\n  name: %s\nspec:\n  ports:\n    - name: %s\n      port: 80\n"
	const hcl = "resource \"kubernetes_service_v1\" %q {\n  metadata {\n    name = %s\n  }\n  spec {\n    port {\n      name = \"http\"\n      port = 80\n    }\n  }\n}\n"
	chart := func(name string) string { return "apiVersion: v2\nname: " + name + "\nversion: 0.1.0\n" }
	files := map[string]string{
		"web/Chart.yaml":                 chart("web"),
		"web/.helmignore":                "*.bak\n",
		"web/values.yaml":                "port: http\n",
		"web/values.schema.json":         `{"type":"object"}`,
		"web/templates/_h.tpl":           "{{ define \"name\" }}web{{ end }}",
		"web/templates/service.yaml":     fmt.Sprintf(service, `{{ include "name" . }}`, "{{ .Values.port }}") + "  {{- .Files.Get \"files/more.txt\" | nindent 2 }}\n",
		"web/files/more.txt":             "selector:\n  app: web\n",
		"web/ci/other-values.yaml":       "port: web\n",
		"web/charts/sub/Chart.yaml":      chart("sub"),
		"web/charts/sub/values.yaml":     "port: tcp\n",
		"web/charts/sub/templates/s.yml": fmt.Sprintf(service, "sub", "{{ .Values.port }}"),
		"prod.yaml":                      "port: grpc\n",
		"motd.txt":                       "hello\n",
		"base.sarif":                     `{"version":"2.1.0","$schema":"https://json.schemastore.org/sarif-2.1.0.json","runs":[]}`,
		"m.yaml":                         fmt.Sprintf(service, "m", "http"),
		"infra/main.tf":                  "module \"app\" {\n  source = \"./app\"\n  name   = var.name\n}\n" + fmt.Sprintf(hcl, "s", "file(\"${path.module}/name.txt\")"),
		"infra/variables.tf":             "variable \"name\" {\n  type = string\n}\nvariable \"zone\" {\n  type    = string\n  default = \"a\"\n}\n",
		"infra/terraform.tfvars":         "name = \"shop\"\n",
		"infra/more.auto.tfvars.json":    `{"zone":"b"}`,
		"infra/name.txt":                 "named",
		"infra/app/app.tf":               "variable \"name\" {}\n" + fmt.Sprintf(hcl, "t", "var.name"),
		"prod.tfvars":                    "zone = \"c\"\n",
		"planned/planned.tf":             fmt.Sprintf(hcl, "p", "\"p\""),
		"planned/plan.json": `{"format_version":"1.2","terraform_version":"1.9.0","planned_values":{"root_module":{"resources":[{"address":"kubernetes_service_v1.p",` +
			`"mode":"managed","type":"kubernetes_service_v1","name":"p","provider_name":"registry.terraform.io/hashicorp/kubernetes","schema_version":1,` +
			`"values":{"metadata":[{"name":"p"}],"spec":[{"port":[{"name":"http","port":80}]}]}}]}},"configuration":{"root_module":{}}}`,
	}
	pack := packed(t, map[string][]byte{
		"pack/Chart.yaml": []byte(chart("pack")), "pack/values.yaml": []byte("port: udp\n"),
		"pack/templates/p.yaml": []byte(fmt.Sprintf(service, "pack", "{{ .Values.port }}")),
	})
	files["pack-0.1.0.tgz"], files["web/charts/pack-0.1.0.tgz"] = string(pack), string(pack)
	for name, text := range files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
