package search

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"sigs.k8s.io/yaml"

	"github.com/mesh-check/mesh-check/frontends/helm"
	"github.com/mesh-check/mesh-check/frontends/manifest"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/release"
	"github.com/mesh-check/mesh-check/render/source"
)

// kustomizeEntry has the fields of an entry of helmCharts that kustomize makes the command
// line of Helm of.
type kustomizeEntry struct {
	Name, Version, Repo, ReleaseName, Namespace, NameTemplate, KubeVersion, ValuesFile, ValuesMerge string
	AdditionalValuesFiles, APIVersions                                                              []string
	ValuesInline                                                                                    map[string]any
	IncludeCRDs, SkipHooks, SkipTests                                                               bool
}

// commandLine is what kustomize gives to `helm template` for an entry: read from its source,
// and not with what finds the releases. Of its merges those without null are known here.
func (e kustomizeEntry) commandLine(t *testing.T, dir, home string) (args []string) {
	t.Helper()
	if home == "" {
		home = "charts"
	}
	if home = filepath.Join(dir, home); e.Version != "" && e.Repo != "" {
		home = filepath.Join(home, e.Name+"-"+e.Version)
	}
	args = []string{"template"}
	if e.ReleaseName != "" {
		args = append(args, e.ReleaseName)
	} else {
		args = append(args, "--generate-name")
	}
	args = append(args, filepath.Join(home, e.Name))
	if e.Namespace != "" {
		args = append(args, "--namespace", e.Namespace)
	}
	if e.NameTemplate != "" {
		args = append(args, "--name-template", e.NameTemplate)
	}
	values := filepath.Join(dir, e.ValuesFile)
	if e.ValuesFile == "" {
		values = filepath.Join(home, e.Name, "values.yaml")
	}
	if len(e.ValuesInline) > 0 {
		file, merged := map[string]any{}, e.ValuesInline
		data, err := os.ReadFile(values)
		if err != nil || yaml.Unmarshal(data, &file) != nil {
			t.Fatal("values are not read")
		}
		switch e.ValuesMerge {
		case "merge":
			merged = overlaid(merged, file)
		case "replace":
		default:
			merged = overlaid(file, merged)
		}
		if data, err = yaml.Marshal(merged); err != nil {
			t.Fatal(err)
		}
		values = filepath.Join(t.TempDir(), e.Name+"-kustomize-values.yaml")
		if err := os.WriteFile(values, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	args = append(args, "-f", values)
	for _, file := range e.AdditionalValuesFiles {
		args = append(args, "-f", filepath.Join(dir, file))
	}
	for _, version := range e.APIVersions {
		args = append(args, "--api-versions", version)
	}
	if e.KubeVersion == "" {
		e.KubeVersion = clientKube
	}
	args = append(args, "--kube-version", e.KubeVersion)
	for flag, given := range map[string]bool{"--include-crds": e.IncludeCRDs, "--skip-tests": e.SkipTests, "--no-hooks": e.SkipHooks} {
		if given {
			args = append(args, flag)
		}
	}
	return args
}

// overlaid is a mapping with another one put on it.
func overlaid(under, over map[string]any) map[string]any {
	out := map[string]any{}
	for k, v := range under {
		out[k] = v
	}
	for k, v := range over {
		if a, ok := out[k].(map[string]any); ok {
			if b, ok := v.(map[string]any); ok {
				v = overlaid(a, b)
			}
		}
		out[k] = v
	}
	return out
}

// TestKustomizeClient holds that the releases of kustomizations render the very objects that
// Helm's client renders with the arguments that kustomize gives it.
// `make releases` runs it.
func TestKustomizeClient(t *testing.T) {
	h := newHelmClient(t)
	const chart = "overlays/prod/charts/web/"
	files := map[string]string{
		chart + "values.yaml": "a: 1\nmap: {x: 1, w: 2}\nlist: [1, 2]\n",
		chart + "templates/web.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: \"{{ .Release.Name }}\", namespace: \"{{ .Release.Namespace }}\"}\ndata:\n" +
			"  values: {{ toJson .Values | quote }}\n  kube: {{ .Capabilities.KubeVersion.Version }}\n  own: \"{{ .Capabilities.APIVersions.Has \"own.example.com/v1\" }}\"\n",
		chart + "templates/hook.yaml":      "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: hook, annotations: {helm.sh/hook: \"pre-install,pre-upgrade\"}}\n",
		chart + "templates/test.yaml":      "apiVersion: v1\nkind: Pod\nmetadata: {name: test, annotations: {helm.sh/hook: test}}\nspec: {containers: [{name: a, image: a}]}\n",
		chart + "templates/crds/more.yaml": "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: more.example.com}\n",
		chart + "crds/own.yaml":            "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: own.example.com}\n",
		"overlays/prod/v.yaml":             "a: 2\nmap: {x: 2, z: 2}\n", "overlays/prod/w.yaml": "a: 4\nmap: {w: 4}\nlist: [4]\n",
	}
	for _, entry := range []string{
		"name: web", "name: web\n  releaseName: shop\n  namespace: prod", "name: web\n  nameTemplate: shop", "name: web\n  valuesFile: v.yaml",
		"name: web\n  additionalValuesFiles: [v.yaml, w.yaml]", "name: web\n  valuesFile: w.yaml\n  additionalValuesFiles: [v.yaml]",
		"name: web\n  valuesInline: {a: 3, map: {v: 3}, list: []}", "name: web\n  valuesFile: v.yaml\n  valuesInline: {a: 3, map: {x: 3}}\n  additionalValuesFiles: [w.yaml]",
		"name: web\n  valuesFile: v.yaml\n  valuesMerge: merge\n  valuesInline: {a: 3, b: 3, map: {x: 3, u: 3}}",
		"name: web\n  valuesFile: v.yaml\n  valuesMerge: replace\n  valuesInline: {b: 3, map: {u: 3}}",
		"name: web\n  includeCRDs: true", "name: web\n  skipHooks: true", "name: web\n  skipTests: true\n  includeCRDs: true",
		"name: web\n  kubeVersion: 1.29.3\n  apiVersions: [own.example.com/v1]",
	} {
		f := kustomized(t, "helmCharts:\n- "+entry+"\n", files)
		h.sameAsClient(t, ".", f)
	}
}

// sameAsClient compares the releases of the kustomizations of a repository.
func (h helmClient) sameAsClient(t *testing.T, root string, f *release.Found) {
	t.Helper()
	n := 0
	for _, r := range f.Releases {
		file := r.Declared.Span.File
		if !release.IsKustomization(file.Name()) {
			continue
		}
		var k struct {
			HelmGlobals struct{ ChartHome string }
			HelmCharts  []kustomizeEntry
			Namespace   string
		}
		if err := yaml.Unmarshal(file.Data, &k); err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(k.HelmCharts, func(e kustomizeEntry) bool { return e.ReleaseName == r.Name || len(k.HelmCharts) == 1 })
		if k.HelmCharts[i].Namespace == "" {
			k.HelmCharts[i].Namespace = k.Namespace
		}
		dir, err := filepath.Abs(filepath.Dir(file.Name()))
		if err != nil {
			t.Fatal(err)
		}
		args := k.HelmCharts[i].commandLine(t, dir, k.HelmGlobals.ChartHome)
		out, err := h.run(args)
		if err != nil {
			t.Fatal(err)
		}
		n++
		if diff := cmp.Diff(objectsOf(object.DecodeObjects(out, manifest.Place(source.NewFile("", "helm", []byte(out))), object.Helm).Objects), h.deployed(t, r)); diff != "" {
			t.Errorf("%s in %s: %s", r.Declared.Name, root, diff)
		}
	}
	if n == 0 {
		t.Errorf("%s: no release is compared: %+v", root, f.Undecided)
	}
	t.Logf("%s: %d releases", root, n)
}

// deployed are the objects that a release deploys.
func (h helmClient) deployed(t *testing.T, r *release.Release) []string {
	t.Helper()
	c, err := helm.Load(r.Chart, r.Options(helm.Options{KubeVersion: clientKube}))
	if err != nil {
		t.Fatal(err)
	}
	rendered, errs := c.Render(c.Sets()[0])
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	return objectsOf(slices.DeleteFunc(slices.Clone(rendered.Objects), func(o *object.Object) bool { return !r.Deploys(o) }))
}

// objectsOf are objects as texts, in the order of these.
func objectsOf(objects []*object.Object) (all []string) {
	for _, o := range objects {
		text, _ := json.MarshalIndent(o.Tree.Interface(), "", " ")
		all = append(all, string(text))
	}
	slices.Sort(all)
	return all
}
