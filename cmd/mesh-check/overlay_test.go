package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	meshcheck "github.com/mesh-check/mesh-check"
	"github.com/mesh-check/mesh-check/cmd/mesh-check/config"
	"github.com/mesh-check/mesh-check/frontends/input"
)

// The inputs of TestEdits: each says 1000 where an edit writes 1337, which MESH201 finds.
const (
	editedChart = "apiVersion: v2\nname: web\nversion: 1.0.0\n"
	editedPod   = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: web:1\n" +
		"      securityContext: {runAsUser: 1000}\n"
	editedBlock = "resource \"kubernetes_pod\" \"web\" {\n  metadata {\n    name = \"web\"\n  }\n  spec {\n    container {\n      name = \"web\"\n" +
		"      image = \"web:1\"\n      security_context {\n        run_as_user = UID\n      }\n    }\n  }\n}\n"
	editedVariable = "variable \"uid\" {\n  type    = string\n  default = \"1\"\n}\n"
	editedPlan     = `{"format_version":"1.2","terraform_version":"1.9.0","planned_values":{"root_module":{"resources":[{"address":"kubernetes_pod.web",
"mode":"managed","type":"kubernetes_pod","name":"web","values":{"metadata":[{"name":"web"}],"spec":[{"container":[{"name":"web","image":"web:1",
"security_context":[{"run_as_user":"1000"}]}]}]}}]}}}
`
)

var (
	editedTemplate = strings.Replace(editedPod, "1000", "{{ .Values.uid }}", 1)
	editedRoot     = editedVariable + strings.Replace(editedBlock, "UID", "var.uid", 1)
	editedRelease  = "resource \"helm_release\" \"web\" {\n  name   = \"web\"\n  chart  = \"../charts/web\"\n  values = [file(\"${path.module}/values/web.yaml\")]\n}\n"
)

// chartFiles are the files of a chart in a directory.
func chartFiles(dir string) map[string]string {
	return map[string]string{dir + "/Chart.yaml": editedChart, dir + "/values.yaml": "uid: 1000\n", dir + "/templates/pod.yaml": editedTemplate}
}

// editedArchive is a chart as an archive.
func editedArchive(t *testing.T, uid string) string {
	t.Helper()
	var b bytes.Buffer
	zip := gzip.NewWriter(&b)
	out := tar.NewWriter(zip)
	for name, text := range chartFiles("web") {
		text = strings.Replace(text, "uid: 1000", "uid: "+uid, 1)
		err := out.WriteHeader(&tar.Header{Name: name, Mode: 0o644, Size: int64(len(text))})
		if _, writeErr := out.Write([]byte(text)); err != nil || writeErr != nil {
			t.Fatal(err, writeErr)
		}
	}
	if err := errors.Join(out.Close(), zip.Close()); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestEdits holds for every kind of input that edits which nobody has saved give the
// report that they give when they are saved, byte for byte, in workers and in this process
// alike, and that it is another report than without them.
func TestEdits(t *testing.T) {
	ofTwo := func(files, more map[string]string) map[string]string {
		for name, text := range more {
			files[name] = text
		}
		return files
	}
	for _, c := range []struct {
		name  string
		files map[string]string
		args  []string
		edits map[string]string // the whole text; as relative names
	}{
		{"values.yaml", chartFiles("web"), []string{"web"}, map[string]string{"web/values.yaml": "# of today\nuid: 1337\n"}},
		{"a template", chartFiles("web"), []string{"web"}, map[string]string{"web/templates/pod.yaml": strings.Replace(editedPod, "1000", "1337", 1)}},
		{"a new template in a new directory", chartFiles("web"), []string{"web"}, map[string]string{
			"web/templates/more/pod.yaml": strings.Replace(editedPod, "1000", "1337", 1),
		}},
		{"Chart.yaml", chartFiles("web"), []string{"web"}, map[string]string{"web/Chart.yaml": "apiVersion: v2\nname: [web\n"}},
		{".helmignore", chartFiles("web"), []string{"web"}, map[string]string{"web/.helmignore": "templates/pod.yaml\n"}},
		{"a chart that is new", chartFiles("web"), []string{"."}, map[string]string{
			"api/Chart.yaml": editedChart, "api/values.yaml": "uid: 1337\n", "api/templates/pod.yaml": editedTemplate,
		}},
		{"-f", ofTwo(chartFiles("web"), map[string]string{"prod.yaml": "uid: 1000\n"}), []string{"-f", "prod.yaml", "web"}, map[string]string{"prod.yaml": "uid: 1337\n"}},
		{"--set-file", ofTwo(chartFiles("web"), map[string]string{"uid.txt": "1000"}), []string{"--set-file", "uid=uid.txt", "web"}, map[string]string{"uid.txt": "1337"}},
		{"--values-set", ofTwo(chartFiles("web"), map[string]string{"prod.yaml": "uid: 1000\n"}), []string{"--values-set", "prod=prod.yaml", "web"},
			map[string]string{"prod.yaml": "uid: 1337\n"}},
		{"ci/", ofTwo(chartFiles("web"), map[string]string{"web/ci/a-values.yaml": "uid: 1000\n"}), []string{"web"}, map[string]string{
			"web/ci/a-values.yaml": "uid: 1337\n", "web/ci/new-values.yaml": "uid: 1337\n",
		}},
		{"values beside values.yaml", chartFiles("web"), []string{"web"}, map[string]string{"web/values-prod.yaml": "uid: 1337\n"}},
		{"an archive", map[string]string{"web.tgz": editedArchive(t, "1000")}, []string{"web.tgz"}, map[string]string{"web.tgz": editedArchive(t, "1337")}},
		{"a vendored archive", ofTwo(chartFiles("shop"), map[string]string{"shop/charts/web.tgz": editedArchive(t, "1000")}), []string{"shop"},
			map[string]string{"shop/charts/web.tgz": editedArchive(t, "1337")}},
		{"a manifest", map[string]string{"pod.yaml": editedPod}, []string{"pod.yaml"}, map[string]string{"pod.yaml": strings.Replace(editedPod, "1000", "1337", 1)}},
		{"a manifest of a directory", map[string]string{"k8s/pod.yaml": editedPod}, []string{"k8s"}, map[string]string{
			"k8s/pod.yaml": strings.Replace(editedPod, "1000", "1337", 1), "k8s/new/pod.yaml": strings.ReplaceAll(editedPod, "web", "api"),
		}},
		{"a kustomization", map[string]string{"k8s/pod.yaml": strings.Replace(editedPod, "1000", "1337", 1)}, []string{"k8s"}, map[string]string{
			"k8s/kustomization.yaml": "patches: [{path: pod.yaml}]\n",
		}},
		{"a .tf file", map[string]string{"infra/main.tf": editedRoot}, []string{"infra"}, map[string]string{
			"infra/main.tf": "# more\n" + strings.Replace(editedRoot, "var.uid", "1337", 1),
		}},
		{"tfvars", map[string]string{"infra/main.tf": editedRoot, "infra/terraform.tfvars": "uid = 1000\n"}, []string{"infra"},
			map[string]string{"infra/terraform.tfvars": "uid = 1337\n"}},
		{"tfvars that are new", map[string]string{"infra/main.tf": editedRoot}, []string{"infra"}, map[string]string{"infra/x.auto.tfvars": "uid = 1337\n"}},
		{"--var-file", map[string]string{"infra/main.tf": editedRoot, "prod.tfvars": "uid = 1000\n"}, []string{"--var-file", "prod.tfvars", "infra"},
			map[string]string{"prod.tfvars": "uid = 1337\n"}},
		{"a module", map[string]string{"infra/main.tf": "module \"web\" {\n  source = \"./web\"\n}\n", "infra/web/main.tf": editedRoot}, []string{"infra"},
			map[string]string{"infra/web/main.tf": strings.Replace(editedRoot, "\"1\"", "1337", 1)}},
		{"values of a release", ofTwo(chartFiles("charts/web"), map[string]string{"infra/main.tf": editedRelease, "infra/values/web.yaml": "uid: 1000\n"}), []string{"infra"},
			map[string]string{"infra/values/web.yaml": "uid: 1337\n"}},
		{"the chart of a release", ofTwo(chartFiles("charts/web"), map[string]string{"infra/main.tf": editedRelease, "infra/values/web.yaml": "x: 1\n"}), []string{"infra"},
			map[string]string{"charts/web/values.yaml": "uid: 1337\n"}},
		{"a plan", map[string]string{"infra/plan.json": editedPlan, "infra/main.tf": editedRoot}, []string{"infra/plan.json"},
			map[string]string{"infra/plan.json": strings.Replace(editedPlan, "1000", "1337", 1)}},
		{"the sources of a plan", map[string]string{"infra/plan.json": strings.Replace(editedPlan, "1000", "1337", 1), "infra/main.tf": editedRoot},
			[]string{"infra/plan.json"}, map[string]string{"infra/main.tf": "# one line more\n" + editedRoot}},
		{"the named sources of a plan", map[string]string{"plan.json": strings.Replace(editedPlan, "1000", "1337", 1), "infra/main.tf": editedRoot},
			[]string{"--source", "infra", "plan.json"}, map[string]string{"infra/main.tf": "# one line more\n" + editedRoot}},
		{"a configuration", map[string]string{"pod.yaml": strings.Replace(editedPod, "1000", "1337", 1), config.FileName: "version: 1\nchecks: {MESH104: {enabled: false}}\n"},
			[]string{"pod.yaml"}, map[string]string{config.FileName: "version: 1\nchecks: {MESH201: {enabled: false}}\n"}},
		{"a configuration that is new", chartFiles("web"), []string{"."}, map[string]string{
			config.FileName: "version: 1\ninputs:\n  - path: web\n    values-sets:\n      prod: [prod.yaml]\n", "web/prod.yaml": "uid: 1337\n",
		}},
		{"a configuration that is pinned", map[string]string{"pod.yaml": strings.Replace(editedPod, "1000", "1337", 1), "ours.yaml": "version: 1\nchecks: {MESH104: {enabled: false}}\n"},
			[]string{"--config", "ours.yaml", "pod.yaml"}, map[string]string{"ours.yaml": "version: 1\nchecks: {MESH201: {enabled: false}}\n"}},
		{"all together", ofTwo(chartFiles("web"), map[string]string{"infra/main.tf": editedRoot, "k8s/pod.yaml": strings.ReplaceAll(editedPod, "web", "api")}),
			[]string{"--together", "."}, map[string]string{"web/values.yaml": "uid: 1337\n", "infra/main.tf": "\n" + editedRoot, "k8s/pod.yaml": ""}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			layAll(t, c.files)
			edits := map[string][]byte{}
			for name, text := range c.edits {
				abs, err := filepath.Abs(name)
				if err != nil {
					t.Fatal(err)
				}
				edits[abs] = []byte(text)
			}
			before, edited, editedHere := reportWith(t, nil, c.args), reportWith(t, edits, c.args), reportHere(t, edits, c.args)
			layAll(t, c.edits)
			saved, savedHere := reportWith(t, nil, c.args), reportHere(t, nil, c.args)
			if diff := cmp.Diff(strings.Split(saved, "\n"), strings.Split(edited, "\n")); diff != "" {
				t.Errorf("edits that are not saved give another report:\n%s", diff)
			}
			if diff := cmp.Diff(strings.Split(savedHere, "\n"), strings.Split(editedHere, "\n")); diff != "" {
				t.Errorf("in this process, they give another report:\n%s", diff)
			}
			if saved == before {
				t.Error("the edit changes nothing")
			}
			if !json.Valid([]byte(saved[:strings.LastIndex(saved, "}")+1])) {
				t.Errorf("no report:\n%s", saved)
			}
		})
	}
}

func layAll(t *testing.T, files map[string]string) {
	t.Helper()
	for name, text := range files {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		write(t, name, text)
	}
}

// reportWith is what the program says on standard output and standard error with edits,
// which no flag has: workers do the work.
func reportWith(t *testing.T, edits map[string][]byte, args []string) string {
	t.Helper()
	var out, errs bytes.Buffer
	f := &checkFlags{edits: edits}
	cmd, _ := f.command(streams{strings.NewReader(""), &out, &errs})
	cmd.SetArgs(append([]string{"-o", "sarif", "--quiet"}, args...))
	cmd.SilenceErrors, cmd.SilenceUsage = true, true
	if err := cmd.Execute(); err != nil {
		errs.WriteString(err.Error())
	}
	return out.String() + errs.String()
}

// reportHere is what a worker would say, made in this process.
func reportHere(t *testing.T, edits map[string][]byte, args []string) string {
	t.Helper()
	f := &checkFlags{edits: edits}
	cmd, _ := f.command(streams{})
	if err := cmd.ParseFlags(args); err != nil {
		t.Fatal(err)
	}
	look, err := f.show.options(&bytes.Buffer{})
	if err != nil {
		t.Fatal(err)
	}
	s, err := f.settings(strings.NewReader(""), look)
	if err != nil {
		t.Fatal(err)
	}
	tree := f.tree()
	finder := input.Finder{Tree: tree, Below: func(dir string) []input.Input { return input.Below(tree, dir, nil) }}
	inputs := finder.Find(cmd.Flags().Args())
	of, err := f.configure(&bytes.Buffer{}, f.finder(), nil, cmd.Flags().Args(), inputs)
	if err != nil {
		t.Fatal(err)
	}
	d := &dispatcher{settings: s, configured: of}
	var all bytes.Buffer
	for _, in := range inputs {
		j := job{Task: taskCheck, Inputs: []input.Input{in}}
		j.Settings = d.settingsOf(j)
		r, err := meshcheck.Analyze(t.Context(), j.request())
		if err != nil {
			t.Fatal(err)
		}
		if err := j.Settings.Log.build(r).Write(&all); err != nil {
			t.Fatal(err)
		}
	}
	return all.String()
}
