package main

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/pflag"

	"github.com/mesh-check/mesh-check/sarif/view"
)

// A form is a way to give a value on the command line; C stands for a canary in its words
// and in its file.
type form struct {
	words string // separated by blanks
	file  string // what the file "given" has
	stdin bool   // the file is standard input
	// sound says that the value is taken and the input analyzed; else the form is an error.
	sound bool
}

// valueForms are the forms of each flag that carries values: those that are sound, and
// those that are not. Helm flags are tried with a chart, Terraform flags with a root.
var valueForms = map[string][]form{
	"set": {
		{words: "--set password=C", sound: true}, {words: "--set=password=C", sound: true}, {words: "--set a.b=x,password=C", sound: true},
		{words: "--set C"}, {words: "--set password=C,C"}, {words: "--set password={C"}, {words: "--set password[C]=x"}, {words: "--set password[-1]=C"},
		{words: "--set name=x --set name.b=C,C"}, {words: "-spassword=C"}, {words: "--sett=C"},
	},
	"set-string":  {{words: "--set-string password=C", sound: true}, {words: "--set-string C"}, {words: "--set-string password=C,C"}},
	"set-literal": {{words: "--set-literal password=C,C", sound: true}, {words: "--set-literal C"}},
	"set-json": {
		{words: `--set-json password="C"`, sound: true}, {words: `--set-json {"password":"C"}`, sound: true},
		{words: "--set-json password=C"}, {words: `--set-json password={"a":C`}, {words: `--set-json {"password":"C"`}, {words: "--set-json C"},
	},
	"set-file": {{words: "--set-file password=given", file: "C", sound: true}, {words: "--set-file given", file: "C"}, {words: "--set-file password=given,C", file: "C"}},
	"values": {
		{words: "-f given", file: "password: C\n", sound: true}, {words: "--values=given", file: "password: C\n", sound: true},
		{words: "-f -", file: "password: C\n", stdin: true, sound: true},
		{words: "-f given", file: "password: [C\n"}, {words: "-f given", file: "C\n"}, {words: "-f given", file: "password: \"C\n"},
		{words: "-f given", file: "password: C\npassword: C: C\n"}, {words: "-f -", file: "password: {C\n", stdin: true}, {words: "-f given", file: "- C\n"},
	},
	"values-set": {
		{words: "--values-set mine=given", file: "password: C\n", sound: true}, {words: "--values-set mine=given", file: "password: [C\n"},
		{words: "--values-set mine=given", file: "C\n"},
	},
	"var": {
		{words: "--var password=C", sound: true}, {words: "--var=password=C", sound: true},
		{words: "--var C"}, {words: "--var number=C"}, {words: `--var list=["C"`}, {words: "--var checked=C"}, {words: `--var list={a="C"}`},
	},
	"var-file": {
		{words: "--var-file given", file: "password = \"C\"\n", sound: true},
		{words: "--var-file given", file: "password = \"C\n"}, {words: "--var-file given", file: "password = [C\n"},
		{words: "--var-file given", file: "number = \"C\"\n"}, {words: "--var-file given", file: "C\n"}, {words: "--var-file given", file: "checked = \"C\"\n"},
	},
}

// withoutValues are the flags that take a word which is no value of a chart or a
// configuration, with what it is.
var withoutValues = map[string]string{
	"namespace": "a name", "release-name": "a name", "kube-version": "a version", "api-versions": "versions",
	"workspace": "a name", "source": "a directory",
	"istio-version": "a version", "data-plane": "a word", "native-sidecars": "a word", "istio-namespace": "a name", "mtls-mode": "a word",
	"outbound-traffic-policy": "a word", "platform": "a word", "known-host": "names", "known-gateway": "names", "namespace-labels": "labels",
	"fail-on": "a word", "only": "checks", "disable": "checks", "enable": "checks", "severity": "checks", "config": "a file",
	"baseline": "a file", "primary": "a word", "jobs": "a number", "timeout": "a time", "max-memory": "a size",
	"output": "formats and files", "exclude": "a pattern", "color": "a word", "shard": "numbers", "releases": "a word",
	"explore": "a word", "explore-budget": "a number",
}

// TestCanaryFlags gives a random text as a value, in each form that a flag has, to the
// built program: no output of any format and no error repeats it. A flag that is neither in
// valueForms nor in withoutValues fails.
func TestCanaryFlags(t *testing.T) {
	command, _ := checkCommand(streams{})
	command.Flags().VisitAll(func(f *pflag.Flag) {
		_, forms := valueForms[f.Name]
		_, none := withoutValues[f.Name]
		if f.NoOptDefVal == "" && forms == none && f.Name != "help" {
			t.Errorf("--%s takes a value: its forms must be in valueForms, or what it is in withoutValues", f.Name)
		}
	})
	for name := range valueForms {
		if command.Flags().Lookup(name) == nil {
			t.Errorf("there is no flag --%s", name)
		}
	}
	if testing.Short() {
		t.Skip("the program is built")
	}
	program := built(t)
	t.Run("blame shows the line", func(t *testing.T) { // so that a value arrives, and would be found
		dir := t.TempDir()
		layCanaries(t, dir)
		told, _ := (form{}).run(t, program, dir, "", []string{"blame", "--set", "password=ZARRIVES", "chart"})
		if !strings.Contains(told, "ZARRIVES") {
			t.Errorf("the line lacks the value:\n%s", told)
		}
	})
	for name, forms := range valueForms {
		t.Run(name, func(t *testing.T) {
			for _, f := range forms {
				f.test(t, program, strings.HasPrefix(name, "var"))
			}
		})
	}
}

// canaryInputs are a chart and a root that take values, each with a finding.
var canaryInputs = map[string]string{
	"chart/Chart.yaml":  "apiVersion: v2\nname: chart\nversion: 1.0.0\n",
	"chart/values.yaml": "password: none\nname: web\n",
	"chart/templates/pod.yaml": `apiVersion: v1
kind: Pod
metadata: {name: web, annotations: {hash: {{ .Values.password | sha256sum }}}}
spec:
  securityContext: {runAsUser: 1337}
  containers: [{name: web, image: web, env: [{name: PASSWORD, value: {{ .Values.password | quote }}}]}]
`,
	"root/main.tf": `variable "password" { default = "none" }
variable "number" {
  type    = number
  default = 1
}
variable "list" {
  type    = list(string)
  default = []
}
variable "checked" {
  default = "x"
  validation {
    condition     = length(var.checked) < 3
    error_message = "not ${var.checked}"
  }
}
resource "kubernetes_pod" "web" {
  metadata { name = "web" }
  spec {
    security_context { run_as_user = 1337 }
    container {
      name  = "web${var.number}"
      image = "web"
      args  = var.list
      env {
        name  = "PASSWORD"
        value = "${var.password}${var.checked}"
      }
    }
  }
}
`,
}

// layCanaries writes canaryInputs into a directory.
func layCanaries(t *testing.T, dir string) {
	t.Helper()
	for name, text := range canaryInputs {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		write(t, name, text)
	}
}

// test runs the program with the form, once with all formats, and where it is an error of
// the command line also as blame.
func (f form) test(t *testing.T, program string, terraform bool) {
	t.Helper()
	dir, canary := t.TempDir(), "Z"+rand.Text()[:20]
	layCanaries(t, dir)
	given := strings.ReplaceAll(f.file, "C", canary)
	write(t, filepath.Join(dir, "given"), given)
	args := []string{"--config", "none", "-o", "text", "--notes"}
	for _, format := range view.Names() {
		if format != "text" {
			args = append(args, "-o", format+"="+format+".out")
		}
	}
	words := strings.Fields(strings.ReplaceAll(f.words, "C", canary))
	input := "chart"
	if terraform {
		input = "root"
	}
	told, code := f.run(t, program, dir, given, slices.Concat(args, words, []string{input}))
	for _, format := range view.Names() {
		data, _ := os.ReadFile(filepath.Join(dir, format+".out")) // of wrong usage there are none
		told += string(data)
	}
	f.silent(t, canary, told)
	switch {
	case f.sound && (code != exitFindings || !strings.Contains(told, "MESH201")):
		t.Errorf("%s %q: exit code %d, or the finding is not there\n%.600s", f.words, f.file, code, told)
	case !f.sound && code != exitUsage && code != exitInput:
		t.Errorf("%s %q: exit code %d, want an error\n%.600s", f.words, f.file, code, told)
	}
	if !f.sound && !terraform && !strings.HasPrefix(f.words, "--values-set") {
		told, _ := f.run(t, program, dir, given, slices.Concat([]string{"blame"}, words, []string{"chart"}))
		f.silent(t, canary, told)
	}
}

func (f form) run(t *testing.T, program, dir, given string, args []string) (told string, code int) {
	t.Helper()
	cmd := exec.Command(program, args...)
	cmd.Dir = dir
	if f.stdin {
		cmd.Stdin = strings.NewReader(given)
	}
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	_ = cmd.Run() // the code tells
	return out.String(), cmd.ProcessState.ExitCode()
}

// silent holds that a canary is in no output, as it is or in another spelling.
func (f form) silent(t *testing.T, canary, told string) {
	t.Helper()
	low := strings.ToLower(told)
	for _, spelled := range []string{canary, hex.EncodeToString([]byte(canary)), base64.StdEncoding.EncodeToString([]byte(canary))[:24]} {
		if at := strings.Index(low, strings.ToLower(spelled)); at >= 0 {
			t.Errorf("%s %q: the value is told: …%s…", f.words, f.file, told[max(0, at-200):min(len(told), at+60)])
		}
	}
}
