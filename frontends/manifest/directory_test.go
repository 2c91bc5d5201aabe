package manifest

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// tree writes files below a directory of the test.
func tree(t *testing.T, files map[string]string) string {
	t.Helper()
	t.Chdir(t.TempDir())
	for name, text := range files {
		if err := os.MkdirAll(filepath.Dir(filepath.Join("d", name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join("d", name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return "d"
}

func isChart(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, "Chart.yaml"))
	return err == nil
}

// options are those of the program, as far as this room knows.
func options() Options {
	return Options{IsChart: isChart, IsPlan: func(text []byte) bool { return strings.Contains(string(text), `"format_version"`) }}
}

func service(name string) string {
	return "apiVersion: v1\nkind: Service\nmetadata: {name: " + name + "}\n"
}

// TestLoadDirectory holds which files are manifests, and that everything else is passed
// over and counted, or is an error.
func TestLoadDirectory(t *testing.T) {
	for _, c := range []struct {
		name  string
		files map[string]string
		want  []string
	}{
		{"files and directories", map[string]string{"b.yaml": service("b"), "a/c.yml": service("c"), "a.json": `{"apiVersion":"v1","kind":"Pod"}`, "x.txt": service("x")},
			[]string{"Service c in d/a/c.yml", "Pod  in d/a.json", "Service b in d/b.yaml"}},
		{"a list", map[string]string{"a.yaml": "apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Pod, metadata: {name: p}}\n"}, []string{"Pod p in d/a.yaml"}},
		{"a chart", map[string]string{"web/Chart.yaml": "name: web", "web/templates/a.yaml": service("a"), "web/charts/x/b.yaml": service("b"), "c.yaml": service("c")},
			[]string{"Service c in d/c.yaml"}},
		{"what tools have fetched", map[string]string{".git/a.yaml": service("a"), "node_modules/x/a.yaml": service("a"), "infra/.terraform/a.yaml": service("a")}, nil},
		{"hidden", map[string]string{".github/workflows/ci.yaml": "on: push", ".k8s/a.yaml": service("a")},
			[]string{"passed over: 2 hidden directories (first d/.github)"}},
		{"no manifests", map[string]string{"values-prod.yaml": "a: 1", ".gitlab-ci.yml": "a: 1", "docker-compose.yml": "services: {}", "x.yaml": "a: 1", "package.json": "{}",
			".mesh-check.yaml": "version: 1", "prod.tfvars.json": "{}"},
			[]string{"passed over: 1 values file (d/values-prod.yaml), 1 CI file (d/.gitlab-ci.yml), 1 Compose file (d/docker-compose.yml), " +
				"2 other files without Kubernetes objects (first d/package.json)"}},
		{"documents beside objects", map[string]string{"a.yaml": "# no object\nx: apiVersion and kind\n---\n" + service("a") + "---\n- 1\n"}, []string{"Service a in d/a.yaml"}},
		{"a word about objects", map[string]string{"a.yaml": "help: apiVersion and kind\n", "b.yaml": "[apiVersion, kind"},
			[]string{"error d/b.yaml:1:1: invalid YAML: did not find expected ',' or ']'", "passed over: 1 other file without Kubernetes objects (d/a.yaml)"}},
		{"broken", map[string]string{"a.yaml": service("a"), "b.yaml": service("b") + "spec: {\n"},
			[]string{"Service a in d/a.yaml", "error d/b.yaml:4:1: invalid YAML: did not find expected node content"}},
		{"templates of other tools", map[string]string{
			"go.yaml":    "apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .Name }}\n",
			"jinja.yaml": "apiVersion: v1\nkind: Service\n{% if x %}\nmetadata: {name: a}\n{% endif %}\n",
			"blank.yaml": "apiVersion: v1\nkind: Service\nmetadata:\n  {{ include \"x\" . }}\n\n  # a comment\n  name: a\n",
			"subst.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec:\n  replicas: ${N}\n",
			"text.yaml":  "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  a: \"{{ $labels.pod }}\"\n",
		}, []string{"ConfigMap a in d/text.yaml", "passed over: 4 templates of other tools (first d/blank.yaml)"}},
		{"a kustomization", map[string]string{
			"kustomization.yaml": "resources: [svc.yaml]\npatches:\n- path: patch.yaml\n- {patch: 'a: b', target: {}}\npatchesStrategicMerge:\n- sub/more.yaml\n- |\n  kind: Pod\n" +
				"configMapGenerator:\n- {name: x, files: [conf.yaml, other=data/b.yaml]}\n",
			"svc.yaml": service("a"), "patch.yaml": service("a"), "sub/more.yaml": service("a"), "conf.yaml": service("a"), "data/b.yaml": service("a"),
			"overlay/kustomization.yml": "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\npatchesJson6902:\n- {path: ../patch2.yaml}\n",
			"patch2.yaml":               service("a"), "component.yaml": "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n",
		}, []string{"Service a in d/svc.yaml", "passed over: 2 kustomizations, which kustomize build turns into manifests (first d/kustomization.yaml), " +
			"5 patches and other parts of kustomizations (first d/conf.yaml), 1 configuration of a tool (d/component.yaml)"}},
		{"tools", map[string]string{"skaffold.yaml": "apiVersion: skaffold/v4beta1\nkind: Config\n", "kubeconfig.yaml": "apiVersion: v1\nkind: Config\n",
			"plan.json": `{"format_version":"1.2","x":{"apiVersion":"v1","kind":"Pod"}}`},
			[]string{"passed over: 1 Terraform plan, which has to be named itself (d/plan.json), 2 configurations of tools (first d/kubeconfig.yaml)"}},
		{"far into a file", map[string]string{"a.yaml": strings.Repeat("# a licence\n", 4000) + service("a"), "b.yaml": "a: " + strings.Repeat("x", 100_000) + "\n---\n" + service("b")},
			[]string{"Service a in d/a.yaml", "passed over: 1 other file without Kubernetes objects (d/b.yaml)"}},
		{"large", map[string]string{"a.yaml": service("a") + "# " + strings.Repeat("x", maxFile)}, []string{"passed over: 1 file larger than 16 MiB (d/a.yaml)"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := LoadDirectory(tree(t, c.files), options())
			got := told(d)
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
			found, passed := Find("d", options())
			if found != (len(d.Objects)+len(d.Errors) > 0) {
				t.Errorf("Find says %v", found)
			}
			if !found && passed.String() != d.Passed.String() {
				t.Errorf("Find passes over %s", &passed)
			}
		})
	}
}

// told is what a directory says, in lines.
func told(d Directory) (lines []string) {
	for _, o := range d.Objects {
		lines = append(lines, fmt.Sprintf("%s in %s", o, o.Root().Origin().Span.File.Name()))
	}
	for _, e := range d.Errors {
		lines = append(lines, "error "+e.Error())
	}
	if d.Passed.Any() {
		lines = append(lines, "passed over: "+d.Passed.String())
	}
	return lines
}

// TestExcluded holds that what the user leaves out is counted and not read.
func TestExcluded(t *testing.T) {
	o := options()
	tree(t, map[string]string{"a.yaml": service("a"), "old/b.yaml": "apiVersion: kind: {", "old/c.yaml": service("c")})
	o.Excluded = func(name string) bool { return filepath.ToSlash(name) == "d/old" }
	want := []string{"Service a in d/a.yaml", "passed over: 1 file or directory that is excluded (d/old)"}
	if diff := cmp.Diff(want, told(LoadDirectory("d", o))); diff != "" {
		t.Error(diff)
	}
}

// TestBounds holds that a directory beyond a bound is read as far as it, and told.
func TestBounds(t *testing.T) {
	files := map[string]string{"a.yaml": service("a"), "b.yaml": service("b"), "c/d/e.yaml": service("e")}
	for name, c := range map[string]struct {
		bounds bounds
		want   []string
	}{
		"none":    {usual, []string{"Service a in d/a.yaml", "Service b in d/b.yaml", "Service e in d/c/d/e.yaml"}},
		"files":   {bounds{100, 1, 1 << 20, 9}, []string{"Service a in d/a.yaml", "error d: the directory contains more than 1 manifests; the rest is not analyzed"}},
		"bytes":   {bounds{100, 9, 80, 9}, []string{"Service a in d/a.yaml", "error d: the directory contains more than 80 bytes of manifests; the rest is not analyzed"}},
		"entries": {bounds{3, 9, 1 << 20, 9}, []string{"Service a in d/a.yaml", "Service b in d/b.yaml", "error d: the directory contains more than 3 files and directories; the rest is not analyzed"}},
		"depth":   {bounds{100, 9, 1 << 20, 1}, []string{"Service a in d/a.yaml", "Service b in d/b.yaml", "error d: the directory contains directories more than 1 deep; the rest is not analyzed"}},
	} {
		t.Run(name, func(t *testing.T) {
			o := options()
			o.bounds = c.bounds
			var got []string
			for _, line := range told(LoadDirectory(tree(t, files), o)) {
				got = append(got, strings.TrimSuffix(line, "; name its directories one by one, or skip some with --exclude"))
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestSets holds that files that write the same object are not judged as one cluster.
func TestSets(t *testing.T) {
	namespace := "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n"
	for _, c := range []struct {
		name  string
		files map[string]string
		want  []string
	}{
		{"one cluster", map[string]string{"a.yaml": service("a"), "x/b.yaml": service("b")}, []string{"a b"}},
		{"a namespace twice", map[string]string{"x/b.yaml": service("b") + "---\n" + namespace, "y/a.yaml": service("a") + "---\n" + namespace}, []string{"b shop a shop"}},
		{"twice in one file", map[string]string{"a.yaml": service("a") + "---\n" + service("a")}, []string{"a a"}},
		{"two clusters", map[string]string{"dev/a.yaml": service("a"), "dev/b.yaml": service("b"), "prod/a.yaml": service("a"), "base.yaml": service("c"), "lib/x.yaml": service("d")},
			[]string{"c d a b", "c d a"}},
		{"two files", map[string]string{"dev.yaml": service("a"), "prod.yaml": service("a"), "c.yaml": service("c")}, []string{"c a", "c a"}},
		{"within", map[string]string{"x/dev/a.yaml": service("a"), "x/prod/a.yaml": service("a"), "x/s.yaml": service("s"), "c.yaml": service("c")}, []string{"c s a", "c s a"}},
		{"unnamed", map[string]string{"a.yaml": "apiVersion: v1\nkind: Pod\n", "b.yaml": "apiVersion: v1\nkind: Pod\n"}, []string{" "}},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := LoadDirectory(tree(t, c.files), options())
			sets, note := d.Sets()
			var got []string
			for _, set := range sets {
				got = append(got, names(set))
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
			if (note != "") != (len(sets) > 1) {
				t.Errorf("note %q", note)
			}
		})
	}
}

func names(set []*object.Object) string {
	var all []string
	for _, o := range set {
		all = append(all, o.Name)
	}
	return strings.Join(all, " ")
}
