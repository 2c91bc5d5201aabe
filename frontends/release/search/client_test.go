package search

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/mesh-check/mesh-check/frontends/release"

	"github.com/google/go-cmp/cmp"
	helmchart "helm.sh/helm/v3/pkg/chart"
	"sigs.k8s.io/yaml"

	"github.com/mesh-check/mesh-check/frontends/helm"
	"github.com/mesh-check/mesh-check/render"
	"github.com/mesh-check/mesh-check/render/chart"
	"github.com/mesh-check/mesh-check/render/source"
	"github.com/mesh-check/mesh-check/render/source/sourcetest"
)

const clientKube = "1.34.0"

// TestArgoClient holds that each release of public repositories renders the very documents
// that Helm's client renders with the arguments that Argo CD gives it. `make releases` runs it.
func TestArgoClient(t *testing.T) {
	h := newHelmClient(t)
	for _, c := range []struct {
		repository, parent string
		releases           int
	}{
		{"lsst-sqre+phalanx", "environments", 525},
		{"kostis-codefresh+multi-sources-example", "", 16},
		{"JuliusOmoleye+microservices-demo", "", 10},
		{"argoproj+argocd-example-apps", "apps", 3},
	} {
		t.Run(c.repository, func(t *testing.T) {
			root := sourcetest.Shared(t, "data/gitops/"+c.repository)
			h := h.in(t)
			pairs := h.pairs(root, c.parent)
			if len(pairs) != c.releases {
				t.Errorf("%d releases, want %d", len(pairs), c.releases)
			}
			var faults sync.Map
			seen := map[string]bool{}
			inTwo(pairs, func(p pair) bool { // equal ones once
				key := p.release.Key() + strings.Join(p.args, "\x00")
				again := seen[key]
				seen[key] = true
				return !again
			}, func(p pair) {
				if diff := h.compare(p); diff != "" {
					faults.Store(p.release.Root+"/"+p.release.Name, diff)
				}
			})
			faults.Range(func(name, diff any) bool {
				t.Errorf("%s: %.1500s", name, diff)
				return true
			})
			t.Logf("%d releases, %d renders", len(pairs), len(seen))
		})
	}
}

// TestArgoClientOrder holds that the comparison sees a wrong order of the values, a wrong
// name and a parameter that is lost.
func TestArgoClientOrder(t *testing.T) {
	h := newHelmClient(t)
	all := h.pairs(sourcetest.Shared(t, "data/gitops/lsst-sqre+phalanx"), "environments")
	i := slices.IndexFunc(all, func(p pair) bool { return p.release.Root == "idfprod" && p.release.Name == "nublado" })
	if i < 0 {
		t.Fatal("there is no release idfprod/nublado")
	}
	if diff := h.compare(all[i]); diff != "" {
		t.Fatal(diff)
	}
	for name, fault := range map[string]func(*release.Release){
		"order":     func(r *release.Release) { r.Layers[0], r.Layers[1] = r.Layers[1], r.Layers[0] },
		"name":      func(r *release.Release) { r.Name = "other" },
		"namespace": func(r *release.Release) { r.Namespace = "other" },
		"parameter": func(r *release.Release) { r.Layers = r.Layers[:len(r.Layers)-1] },
	} {
		planted := *all[i].release
		planted.Layers = slices.Clone(planted.Layers)
		fault(&planted)
		if h.compare(pair{&planted, all[i].args}) == "" {
			t.Errorf("a wrong %s is not seen", name)
		}
	}
}

// pair is a release, and the arguments that Argo CD gives to Helm for it.
type pair struct {
	release *release.Release
	args    []string
}

// inTwo does the work on all that are wanted, two at a time.
func inTwo(all []pair, wanted func(pair) bool, work func(pair)) {
	var wg sync.WaitGroup
	next := make(chan pair)
	for range 2 {
		wg.Go(func() {
			for p := range next {
				work(p)
			}
		})
	}
	for _, p := range all {
		if wanted(p) {
			next <- p
		}
	}
	close(next)
	wg.Wait()
}

// helmClient is the client of Helm 3.
type helmClient struct {
	t       *testing.T
	program string
	home    string    // without configuration
	charts  *sync.Map // copies, by chart
}

func newHelmClient(t *testing.T) helmClient {
	t.Helper()
	program := os.Getenv("MESHCHECK_HELM3")
	if program == "" {
		t.Skip("MESHCHECK_HELM3 is not set: make releases builds Helm's client")
	}
	return helmClient{t, program, t.TempDir(), &sync.Map{}}
}

func (h helmClient) in(t *testing.T) helmClient { return helmClient{t, h.program, h.home, &sync.Map{}} }

// pairs are the releases that are found, each with the arguments of the Application of the
// same name that is found without them.
func (h helmClient) pairs(root, parent string) (all []pair) {
	h.t.Helper()
	found, err := Find(Options{Root: root, Dir: root, Helm: helm.Options{KubeVersion: clientKube}})
	if err != nil {
		h.t.Fatal(err)
	}
	apps := writtenApps(h.t, root)
	if parent != "" {
		apps = append(apps, h.renderedApps(filepath.Join(root, parent))...)
	}
	byName := map[string][][]string{}
	for _, d := range apps {
		for _, s := range append([]argoSource{deref(d.app.Spec.Source)}, d.app.Spec.Sources...) {
			if _, err := os.Stat(filepath.Join(root, s.Path, "Chart.yaml")); err == nil && s.Chart == "" && s.Path != "" && s.Plugin == nil {
				key := d.root + "/" + d.app.Metadata.Name
				byName[key] = append(byName[key], append([]string{filepath.Join(root, s.Path)}, d.app.commandLine(h.t, root, s)...))
			}
		}
	}
	for _, r := range found.Releases {
		key := r.Root + "/" + path.Base(strings.TrimPrefix(r.Declared.Name, "Application "))
		args := byName[key]
		if len(args) == 0 {
			h.t.Errorf("%s is found, but no Application declares it", key)
			continue
		}
		if abs, err := filepath.Abs(r.Chart); err != nil || args[0][0] != abs {
			h.t.Errorf("%s deploys %s, want %s", key, r.Chart, args[0][0])
		}
		all, byName[key] = append(all, pair{r, args[0][1:]}), args[1:]
	}
	for key, rest := range byName {
		if len(rest) > 0 {
			h.t.Errorf("%s is not found", key)
		}
	}
	return all
}

func deref(s *argoSource) (none argoSource) {
	if s == nil {
		return none
	}
	return *s
}

// compare says how the documents of a release differ from those of the client.
func (h helmClient) compare(p pair) string {
	ours, ourFault := h.rendered(p.release)
	out, theirFault := h.template(h.loadable(p.release.Chart), p.args)
	if ourFault != nil && theirFault != nil {
		return "" // a release that fails
	}
	if err := errors.Join(ourFault, theirFault); err != nil {
		return err.Error()
	}
	return cmp.Diff(documents(out), ours)
}

// rendered are the documents that our engine renders, as the client prints them.
func (h helmClient) rendered(r *release.Release) ([]string, error) {
	o := r.Options(helm.Options{KubeVersion: clientKube})
	loaded, err := chart.LoadFrom(source.Disk, r.Chart)
	if err != nil {
		return nil, err
	}
	result, err := render.Render(loaded, render.Options{
		ReleaseName: o.ReleaseName, Namespace: o.Namespace, KubeVersion: o.KubeVersion, APIVersions: o.APIVersions, Layers: o.Layers,
	})
	if err != nil {
		return nil, err
	}
	var all strings.Builder
	for _, m := range result.Manifests {
		all.WriteString("\n---\n" + m.Text)
	}
	return documents(all.String()), nil
}

// template runs the client.
func (h helmClient) template(chart string, args []string) (string, error) {
	return h.run(append([]string{"template", chart, "--kube-version", clientKube}, args...))
}

func (h helmClient) run(args []string) (string, error) {
	cmd := exec.Command(h.program, args...)
	cmd.Env = append(os.Environ(), "HOME="+h.home, "KUBECONFIG="+os.DevNull)
	out, err := cmd.Output()
	var failed *exec.ExitError
	if errors.As(err, &failed) {
		err = fmt.Errorf("helm template: %s", failed.Stderr)
	}
	return string(out), err
}

// loadable is a chart without the dependencies that are declared and not there, with which
// the client refuses it: a copy, where there are some.
func (h helmClient) loadable(dir string) string {
	if at, ok := h.charts.Load(dir); ok {
		return at.(string)
	}
	data, err := os.ReadFile(filepath.Join(dir, "Chart.yaml"))
	var meta helmchart.Metadata
	if err := errors.Join(err, yaml.Unmarshal(data, &meta)); err != nil {
		h.t.Error(err)
	}
	declared := len(meta.Dependencies)
	meta.Dependencies = slices.DeleteFunc(meta.Dependencies, func(d *helmchart.Dependency) bool {
		_, err := os.Stat(filepath.Join(dir, "charts", d.Name))
		return err != nil
	})
	at := dir
	if len(meta.Dependencies) < declared {
		at = filepath.Join(h.t.TempDir(), filepath.Base(dir))
		data, err := yaml.Marshal(meta)
		err = errors.Join(err, os.CopyFS(at, os.DirFS(dir)))
		if err = errors.Join(err, os.WriteFile(filepath.Join(at, "Chart.yaml"), data, 0o644)); err != nil {
			h.t.Error(err)
		}
		for _, lock := range []string{"Chart.lock", "requirements.lock"} {
			_ = os.Remove(filepath.Join(at, lock))
		}
	}
	h.charts.Store(dir, at)
	return at
}

// documents are those of a text, without the lines that name their templates, in the order
// of their texts: the client has one of its own.
func documents(text string) (all []string) {
	for _, d := range strings.Split("\n"+strings.ReplaceAll(text, "\r\n", "\n"), "\n---") {
		lines := strings.Split(d, "\n")
		lines = slices.DeleteFunc(lines, func(l string) bool { return strings.HasPrefix(l, "# Source: ") })
		if d = strings.TrimSpace(strings.Join(lines, "\n")); d != "" {
			all = append(all, d)
		}
	}
	slices.Sort(all)
	return all
}

func sourceDisk(t *testing.T, root string) source.Tree {
	t.Helper()
	tree, err := source.Within(source.Disk, root)
	if err != nil {
		t.Fatal(err)
	}
	return tree
}
