package search

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mesh-check/mesh-check/frontends/manifest"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/render/source"
	"github.com/mesh-check/mesh-check/render/source/sourcetest"
)

// A Namespace of an Application has the Application's places: that of a label, of its key, of what
// is missing, and of the name.
func TestNamespacePlaces(t *testing.T) {
	app := "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: a}\nspec:\n  source: {path: chart}\n" +
		"  destination:\n    namespace: shop\n    server: https://kubernetes.default.svc\n  syncPolicy:\n    syncOptions: [CreateNamespace=true]\n" +
		"    managedNamespaceMetadata:\n      labels:\n        team: shop\n        istio.io/rev: stable\n"
	for name, files := range map[string]map[string]string{
		"alone":              {"app.yaml": app},
		"with others, agree": {"app.yaml": app, "b.yaml": strings.Replace(app, "name: a", "name: b", 1)},
	} {
		f := found(t, "", files)
		o := f.Releases[0].Namespaces[0].Object
		for want, field := range map[string]object.Field{
			"14:23": o.Get("metadata", "labels", "istio.io/rev"), "14:9": o.Get("metadata", "labels", "istio.io/rev").AtKey(), "12:7": o.Get("metadata", "labels", "none"),
			"11:5": o.Get("metadata", "annotations"), "7:16": o.NameField(), "7:5": o.NameField().AtKey(),
		} {
			at := field.Origin()
			if got := fmt.Sprintf("%d:%d", at.Span.Begin().Line, at.Span.Begin().Column); got != want || !at.Exact || at.Span.File.Name() != "app.yaml" {
				t.Errorf("%s: %s is at %s of %v, want %s", name, field.Path(), got, at.Span.File, want)
			}
		}
		if path := o.Get("metadata", "labels", "istio.io/rev").Path(); path != `metadata.labels["istio.io/rev"]` || o.String() != "Namespace shop" {
			t.Errorf("%s: %s of %s", name, path, o)
		}
	}
}

// Where it is not known whether Argo CD makes the namespace, or with what, its labels are not.
func TestNamespaceUnknown(t *testing.T) {
	for path, want := range map[string]string{
		"syncPolicy": "+", "syncPolicy.syncOptions": "+", "syncPolicy.managedNamespaceMetadata": "+", "syncPolicy.managedNamespaceMetadata.labels": "+", "destination": "",
	} {
		file := source.NewFile("", "app.yaml", []byte(appIn("a", "shop", manages("mesh: in"))))
		o := object.DecodeObjects(string(file.Data), manifest.Place(file), object.Kubectl).Objects[0]
		keys := strings.Split("spec."+path, ".")
		of := o.Get(keys[:len(keys)-1]...)
		for i, e := range of.Node().Entries {
			if e.Key == keys[len(keys)-1] {
				of.Node().Entries[i].Value = &object.Node{Kind: object.Unknown, Text: "who knows", Ref: e.Value.Ref}
			}
		}
		made := managed(o)
		if want == "" {
			if made != nil {
				t.Errorf("%s: %s", path, made)
			}
			continue
		}
		if label := made.Label("mesh"); !label.Unknown() || label.Reason() != "who knows" || label.Origin().Span.File == nil {
			t.Errorf("%s: %+v", path, label)
		}
	}
}

// What a parent chart renders counts for what it deploys: with its places, as each of its sets says.
func TestNamespacesOfParents(t *testing.T) {
	files := map[string]string{
		"app.yaml":                "",
		"parent/Chart.yaml":       "apiVersion: v2\nname: parent\nversion: 1.0.0\n",
		"parent/values-prod.yaml": "shop:\n  mesh: in\n  other: x\n",
		"parent/values-test.yaml": "shop:\n  mesh: out\n  other: x\n",
		"parent/templates/a.yaml": namespaceText("shop", "mesh: {{ .Values.shop.mesh | quote }}") + "---\n" + appIn("a", "shop", "") + "---\n" +
			appIn("b", "shop-b", manages("mesh: {{ .Values.shop.mesh | quote }}")),
	}
	f := found(t, "", files)
	var got []string
	for _, r := range f.Releases {
		o := r.Namespaces[0].Object
		got = append(got, r.Set()+" "+labelsOf(r)+" "+strings.Join(road(o.Get("metadata", "labels", "mesh").Origin()), " < "))
	}
	want := []string{
		"argocd prod/a shop: mesh=in parent/templates/a.yaml:4 < parent/values-prod.yaml:2 shop.mesh",
		"argocd prod/b +shop-b: mesh=in parent/templates/a.yaml:21 < parent/values-prod.yaml:2 shop.mesh",
		"argocd test/a shop: mesh=out parent/templates/a.yaml:4 < parent/values-test.yaml:2 shop.mesh",
		"argocd test/b +shop-b: mesh=out parent/templates/a.yaml:21 < parent/values-test.yaml:2 shop.mesh",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// Parents that an Application deploys: what is beside that Application counts too, unless it deploys
// them to another cluster.
func TestNamespacesOfGrandparents(t *testing.T) {
	files := func(server string) map[string]string {
		return map[string]string{
			"app.yaml": strings.NewReplacer("path: chart", "path: parent", "https://kubernetes.default.svc", server).Replace(appIn("root", "argocd", "")) +
				namespaceText("shop", "mesh: in") + namespaceText("bank", "mesh: in"),
			"parent/Chart.yaml":       "apiVersion: v2\nname: parent\nversion: 1.0.0\n",
			"parent/templates/a.yaml": appIn("a", "shop", "") + "---\n" + appIn("b", "bank", "") + namespaceText("bank", "mesh: out"),
		}
	}
	for server, want := range map[string][]string{
		"https://kubernetes.default.svc": {"", "shop: mesh=in", "bank: mesh=out"},
		"https://prod.example.com":       {"", "", "bank: mesh=out"},
	} {
		var got []string
		for _, r := range found(t, "", files(server)).Releases {
			got = append(got, labelsOf(r))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", server, diff)
		}
	}
}

// An ApplicationSet: the labels of each element, with the road to it.
func TestNamespacesOfSets(t *testing.T) {
	f := setOf(t, "  generators:\n    - list:\n        elements:\n          - {name: a, mesh: in-a}\n          - {name: b, mesh: in-b}\n"+
		"  template:\n    metadata: {name: '{{name}}'}\n    spec:\n      source: {path: 'charts/{{name}}'}\n      destination: {namespace: 'ns-{{name}}', name: prod}\n"+
		strings.ReplaceAll("    "+manages("mesh: '{{mesh}}'"), "\n", "\n    ")+"\n", nil)
	var got []string
	for _, r := range f.Releases {
		got = append(got, labelsOf(r)+" "+strings.Join(road(r.Namespaces[0].Object.Get("metadata", "labels", "mesh").Origin()), " < "))
	}
	want := []string{"+ns-a: mesh=in-a set.yaml:17 < set.yaml:8 elements[0].mesh", "+ns-b: mesh=in-b set.yaml:17 < set.yaml:9 elements[1].mesh"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s %+v", diff, f.Undecided)
	}
}

// The namespaces of a public repository whose parent chart makes them beside its Applications.
func TestNamespacesOfRepository(t *testing.T) {
	if testing.Short() {
		t.Skip("it renders the Applications of a whole repository")
	}
	root := sourcetest.Shared(t, "data/gitops/lsst-sqre+phalanx")
	f, err := Find(Options{Root: root, Dir: root})
	if err != nil {
		t.Fatal(err)
	}
	without, labels := map[string]int{}, map[string]int{}
	for _, r := range f.Releases {
		if len(r.Namespaces) == 0 {
			without[r.Namespace]++
		}
		for _, n := range r.Namespaces {
			if n.Own || n.Object.Name != r.Namespace || n.Object.OwnLabels().Partial() {
				t.Errorf("%s: %s", r.Set(), labelsOf(r))
			}
			for _, l := range n.Object.OwnLabels().Entries() {
				labels[l.Name()]++
				if o := l.Origin(); !o.Exact || len(o.Trace) == 0 {
					t.Errorf("%s: %s is at %v", r.Set(), l.Path(), road(o))
				}
			}
		}
	}
	// Those whose templates have an Application alone.
	if diff := cmp.Diff(map[string]int{"argocd": 24, "nublado-users": 15, "ocps-uws-job": 3, "gke": 3}, without); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(map[string]int{"cloud.google.com/default-compute-class": 23, "k8up-enabled": 4, "lsst.io/discover": 3}, labels); diff != "" {
		t.Error(diff)
	}
}
