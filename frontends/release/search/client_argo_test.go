package search

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sigs.k8s.io/yaml"

	"github.com/mesh-check/mesh-check/frontends/manifest"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/release"
	"github.com/mesh-check/mesh-check/frontends/release/argocd"
	"github.com/mesh-check/mesh-check/render/source"
)

// argoApp has the fields of an Application that Argo CD makes the command line of Helm of.
type argoApp struct {
	Kind     string
	Metadata struct{ Name string }
	Spec     struct {
		Project     string
		Destination struct{ Namespace string }
		Source      *argoSource
		Sources     []argoSource
	}
}

type argoSource struct {
	RepoURL, Path, TargetRevision, Chart, Ref string
	Plugin                                    json.RawMessage
	Helm                                      struct {
		ReleaseName, Namespace, Values string
		ValueFiles                     []string
		ValuesObject                   json.RawMessage
		IgnoreMissingValueFiles        bool
		SkipCrds                       bool
		Parameters                     []struct {
			Name, Value string
			ForceString bool
		}
	}
}

// commandLine is what Argo CD gives to `helm template` for a source, but the chart: read
// from its source, and not with what finds the releases. The repositories have no patterns,
// no fileParameters and no remote files, which it does not know.
func (a *argoApp) commandLine(t *testing.T, root string, s argoSource) (args []string) {
	t.Helper()
	env := map[string]string{
		"ARGOCD_APP_NAME": a.Metadata.Name, "ARGOCD_APP_NAMESPACE": a.Spec.Destination.Namespace, "ARGOCD_APP_PROJECT_NAME": a.Spec.Project,
		"ARGOCD_APP_SOURCE_PATH": s.Path, "ARGOCD_APP_SOURCE_REPO_URL": s.RepoURL, "ARGOCD_APP_SOURCE_TARGET_REVISION": s.TargetRevision,
	}
	substituted := func(text string) string {
		return os.Expand(text, func(name string) string {
			if name == "$" {
				return "$"
			}
			return env[name]
		})
	}
	name, namespace := a.Metadata.Name, a.Spec.Destination.Namespace
	if s.Helm.ReleaseName != "" {
		name = s.Helm.ReleaseName
	}
	if s.Helm.Namespace != "" {
		namespace = s.Helm.Namespace
	}
	args = append(args, "--name-template", name)
	if namespace != "" {
		args = append(args, "--namespace", namespace)
	}
	for _, p := range s.Helm.Parameters {
		flag := "--set"
		if p.ForceString {
			flag = "--set-string"
		}
		args = append(args, flag, p.Name+"="+commas(substituted(p.Value)))
	}
	for _, file := range s.Helm.ValueFiles {
		base := filepath.Join(root, s.Path)
		for _, other := range a.Spec.Sources {
			if rest, is := strings.CutPrefix(file, "$"+other.Ref+"/"); is && other.Ref != "" {
				base, file = root, rest
			}
		}
		path := filepath.Join(base, substituted(file))
		if strings.HasPrefix(file, "/") {
			path = filepath.Join(root, substituted(file))
		}
		if _, err := os.Stat(path); err != nil && s.Helm.IgnoreMissingValueFiles {
			continue
		}
		args = append(args, "--values", path)
	}
	inline := []byte(s.Helm.Values)
	if len(s.Helm.ValuesObject) > 0 {
		inline = s.Helm.ValuesObject
	}
	if len(inline) > 0 {
		path := filepath.Join(t.TempDir(), "inline.yaml")
		if err := os.WriteFile(path, inline, 0o644); err != nil {
			t.Fatal(err)
		}
		args = append(args, "--values", path)
	}
	if !s.Helm.SkipCrds {
		args = append(args, "--include-crds")
	}
	return args
}

// commas is Argo CD's cleanSetParameters.
func commas(value string) string {
	if strings.HasPrefix(value, "{") && strings.HasSuffix(value, "}") {
		return value
	}
	return strings.ReplaceAll(strings.ReplaceAll(value, `\,`, ","), ",", `\,`)
}

// declaredApp is an Application, and the set of the chart that has rendered it.
type declaredApp struct {
	root string
	app  argoApp
}

// writtenApps are the Applications of the manifests of a repository. Those that
// ApplicationSets make are taken from what finds the releases.
func writtenApps(t *testing.T, root string) (all []declaredApp) {
	t.Helper()
	r := &release.Repository{Tree: sourceDisk(t, root), Root: root}
	_ = filepath.WalkDir(root, func(path string, d fs.DirEntry, _ error) error {
		if d.IsDir() && d.Name() == "templates" {
			return fs.SkipDir
		}
		data, _ := os.ReadFile(path)
		if filepath.Ext(path) != ".yaml" || !bytes.Contains(data, []byte("kind: Application")) {
			return nil
		}
		for _, o := range object.DecodeObjects(string(data), manifest.Place(source.NewFile("", path, data)), object.Kubectl).Objects {
			made := []*object.Object{o}
			if o.Kind == "ApplicationSet" {
				made, _ = argocd.ApplicationSet(r, o)
			}
			for _, o := range made {
				text, err := json.Marshal(o.Tree.Interface())
				if err != nil {
					t.Fatal(err)
				}
				all = append(all, declaredApp{"", appOf(t, text)})
			}
		}
		return nil
	})
	return all
}

// renderedApps are those that a chart renders with the client of Helm, with each
// values-NAME.yaml, or with its default values.
func (h helmClient) renderedApps(chart string) (all []declaredApp) {
	h.t.Helper()
	sets := map[string][]string{}
	files, _ := filepath.Glob(filepath.Join(chart, "values-*.yaml"))
	for _, file := range files {
		sets[strings.TrimSuffix(strings.TrimPrefix(filepath.Base(file), "values-"), ".yaml")] = []string{"--values", file}
	}
	if len(files) == 0 {
		sets["default"] = nil
	}
	for _, set := range slices.Sorted(maps.Keys(sets)) {
		out, err := h.template(chart, sets[set])
		if err != nil {
			h.t.Fatal(err)
		}
		for _, d := range documents(out) {
			if strings.Contains(d, "kind: Application\n") {
				all = append(all, declaredApp{set, appOf(h.t, []byte(d))})
			}
		}
	}
	return all
}

func appOf(t *testing.T, text []byte) (a argoApp) {
	t.Helper()
	if err := yaml.Unmarshal(text, &a); err != nil {
		t.Fatal(err)
	}
	return a
}
