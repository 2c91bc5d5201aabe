package search

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/mesh-check/mesh-check/frontends/manifest"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/release"
	"github.com/mesh-check/mesh-check/render/source"
)

// appIn is an Application of the chart of found, in the cluster of Argo CD, with what its
// syncPolicy has.
func appIn(name, namespace, policy string) string {
	return "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: " + name + "}\nspec:\n" +
		"  source: {path: chart}\n  destination: {namespace: " + namespace + ", server: https://kubernetes.default.svc}\n" + policy
}

// manages is a syncPolicy with labels of the namespace.
func manages(labels string) string {
	return "  syncPolicy:\n    managedNamespaceMetadata:\n      labels: {" + labels + "}\n    syncOptions: [CreateNamespace=true]\n"
}

func namespaceText(name, labels string) string {
	return "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: " + name + ", labels: {" + labels + "}}\n"
}

// labelsOf are the namespaces of a release as words: "+" for one of its own, the labels, and
// "?" where there may be more.
func labelsOf(r *release.Release) string {
	var all []string
	for _, n := range r.Namespaces {
		words := []string{n.Object.Name + ":"}
		if n.Own {
			words[0] = "+" + words[0]
		}
		labels := n.Object.OwnLabels()
		for _, l := range labels.Entries() {
			words = append(words, l.Name()+"="+l.Str().V)
		}
		if labels.Unknown() || labels.Partial() {
			words = append(words, "?")
		}
		all = append(all, strings.Join(words, " "))
	}
	return strings.Join(all, "; ")
}

func TestNamespaces(t *testing.T) {
	const create = "  syncPolicy: {syncOptions: [CreateNamespace=true]}\n"
	two := func(file string) map[string]string {
		return map[string]string{"app.yaml": appIn("a", "shop", ""), file: appIn("b", "shop", "")}
	}
	with := func(files map[string]string, more ...string) map[string]string {
		for i := 0; i < len(more); i += 2 {
			files[more[i]] += more[i+1]
		}
		return files
	}
	for _, c := range []struct {
		name  string
		files map[string]string
		want  []string // of each release, in the order of the files
	}{
		{"what the Application manages", map[string]string{"app.yaml": appIn("a", "shop", manages("mesh: in, team: shop"))}, []string{"+shop: mesh=in team=shop"}},
		{"nothing without CreateNamespace=true", map[string]string{"app.yaml": appIn("a", "shop", strings.Replace(manages("mesh: in"), "=true", "=false", 1))}, []string{""}},
		{"nothing without options", map[string]string{"app.yaml": appIn("a", "shop", "  syncPolicy: {managedNamespaceMetadata: {labels: {mesh: in}}}\n")}, []string{""}},
		{"a namespace that is made without labels says nothing of one that may be there", map[string]string{"app.yaml": appIn("a", "shop", create)}, []string{""}},
		{"the destination's namespace, not Helm's", map[string]string{"app.yaml": strings.Replace(appIn("a", "shop", manages("mesh: in")), "{path: chart}", "{path: chart, helm: {namespace: other}}", 1)},
			[]string{"+shop: mesh=in"}},
		{"Helm's besides", map[string]string{"app.yaml": strings.Replace(appIn("a", "shop", manages("mesh: in")), "{path: chart}", "{path: chart, helm: {namespace: other}}", 1) +
			namespaceText("other", "mesh: out")}, []string{"+shop: mesh=in; other: mesh=out"}},
		{"another cluster, too", map[string]string{"app.yaml": strings.Replace(appIn("a", "shop", manages("mesh: in")), "kubernetes.default.svc", "prod.example.com", 1)},
			[]string{"+shop: mesh=in"}},
		{"annotations alone", map[string]string{"app.yaml": appIn("a", "shop", strings.Replace(manages("mesh: in"), "labels", "annotations", 1))}, []string{"+shop:"}},

		{"a Namespace in the manifest", map[string]string{"app.yaml": appIn("a", "shop", "") + namespaceText("shop", "mesh: in") + namespaceText("other", "mesh: out")},
			[]string{"shop: mesh=in"}},
		{"in another manifest, in JSON", with(map[string]string{"app.yaml": appIn("a", "shop", "")}, "ns/shop.json",
			`{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"shop","labels":{"mesh":"in"}}}`), []string{"shop: mesh=in"}},
		{"by the name of the cluster", map[string]string{"app.yaml": strings.Replace(appIn("a", "shop", ""), "server: https://kubernetes.default.svc", "name: in-cluster", 1) +
			namespaceText("shop", "mesh: in")}, []string{"shop: mesh=in"}},
		{"it is not in another cluster", map[string]string{"app.yaml": strings.Replace(appIn("a", "shop", ""), "kubernetes.default.svc", "prod.example.com", 1) +
			namespaceText("shop", "mesh: in")}, []string{""}},
		{"a template of a chart is not one", with(map[string]string{"app.yaml": appIn("a", "shop", "")}, "chart/templates/ns.yaml", namespaceText("shop", "mesh: in")), []string{""}},
		{"another kind of that name", map[string]string{"app.yaml": appIn("a", "shop", "") + "---\napiVersion: example.com/v1\nkind: Namespace\nmetadata: {name: shop}\n"}, []string{""}},
		{"a manifest that cannot be read", with(map[string]string{"app.yaml": appIn("a", "shop", "")}, "ns.yaml", "kind: Namespace\n  x: [\n"), []string{""}},

		{"equal ones", with(two("b.yaml"), "n1.yaml", namespaceText("shop", "mesh: in"), "n2.yaml", namespaceText("shop", "mesh: in")),
			[]string{"shop: mesh=in", "shop: mesh=in"}},
		{"different ones: what they agree on", with(two("b.yaml"), "x/n.yaml", namespaceText("shop", "mesh: in, team: shop, stage: prod"), "y/n.yaml", namespaceText("shop", "mesh: out, team: shop")),
			[]string{"shop: team=shop ?", "shop: team=shop ?"}},
		{"one without labels", with(two("b.yaml"), "x/n.yaml", namespaceText("shop", "mesh: in"), "y/n.yaml", "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n"),
			[]string{"shop: ?", "shop: ?"}},
		{"the nearest one", map[string]string{
			"app.yaml":                appIn("root", "none", ""),
			"clusters/prod/a.yaml":    appIn("a", "shop", ""),
			"clusters/prod/ns/n.yaml": namespaceText("shop", "mesh: in"),
			"clusters/test/a.yaml":    appIn("a", "shop", ""),
			"clusters/test/ns/n.yaml": namespaceText("shop", "mesh: out"),
			"clusters/play/a.yaml":    appIn("a", "shop", ""),
		}, []string{"", "", "shop: mesh=in", "shop: mesh=out"}},
		{"one of all", map[string]string{
			"app.yaml": appIn("root", "none", ""), "prod/a.yaml": appIn("a", "shop", ""), "test/a.yaml": appIn("a", "shop", ""), "all/n.yaml": namespaceText("shop", "mesh: in"),
		}, []string{"", "shop: mesh=in", "shop: mesh=in"}},
		{"of a file with several clusters", map[string]string{
			"app.yaml":  appIn("root", "none", ""),
			"prod.yaml": appIn("a", "shop", "") + namespaceText("shop", "mesh: in"), "test.yaml": appIn("a", "shop", "") + namespaceText("shop", "mesh: out"),
		}, []string{"", "shop: mesh=in", "shop: mesh=out"}},
		{"what kustomize adds", with(map[string]string{"app.yaml": appIn("a", "shop", "")}, "x/base/n.yaml", namespaceText("shop", "mesh: in"), "x/kustomization.yaml", "resources: [base/n.yaml]\n"),
			[]string{"shop: mesh=in ?"}},

		{"Argo CD puts its labels over those of the Namespace", map[string]string{"app.yaml": appIn("a", "shop", manages("mesh: in")) + namespaceText("shop", "team: shop, mesh: 'in'")},
			[]string{"+shop: mesh=in team=shop"}},
		{"each undoes what the other does", map[string]string{"app.yaml": appIn("a", "shop", manages("mesh: in, tier: a")) + namespaceText("shop", "mesh: out, team: shop")},
			[]string{"+shop: tier=a team=shop ?"}},
		{"another Application says the same", with(two("b.yaml"), "app.yaml", manages("mesh: in"), "b.yaml", manages("mesh: in")), []string{"+shop: mesh=in", "+shop: mesh=in"}},
		{"one says nothing", with(two("b.yaml"), "app.yaml", manages("mesh: in")), []string{"+shop: mesh=in", "shop: mesh=in"}},
		{"the last one to be synchronized wins", with(two("b.yaml"), "app.yaml", manages("mesh: in, team: shop"), "b.yaml", manages("mesh: out, team: shop, tier: a")),
			[]string{"+shop: team=shop ?", "+shop: team=shop ?"}},
		{"of another directory nothing is known", with(two("other/b.yaml"), "app.yaml", manages("mesh: in"), "other/b.yaml", manages("mesh: out")),
			[]string{"+shop: mesh=in", "+shop: mesh=out"}},
		{"an Application of two charts", map[string]string{"app.yaml": strings.Replace(appIn("a", "shop", manages("mesh: in")), "source: {path: chart}", "sources: [{path: chart}, {path: chart}]", 1)},
			[]string{"+shop: mesh=in", "shop: mesh=in"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := found(t, "", c.files)
			var got []string
			for _, r := range f.Releases {
				got = append(got, labelsOf(r))
			}
			if diff := cmp.Diff(c.want, got); diff != "" || len(f.Errors)+len(f.Undecided) > 0 {
				t.Errorf("namespaces (-want +got):\n%s errors %v, undecided %v", diff, f.Errors, f.Undecided)
			}
		})
	}
}

// A Namespace that the chart renders takes the place of what others say of it.
func TestNamespacesAround(t *testing.T) {
	files := map[string]string{"app.yaml": strings.Replace(appIn("a", "shop", manages("mesh: in")), "{path: chart}", "{path: chart, helm: {namespace: bank}}", 1) +
		namespaceText("bank", "mesh: out")}
	r := found(t, "", files).Releases[0]
	for text, want := range map[string]string{
		"": "[Namespace shop] [Namespace bank]", namespaceText("shop", ""): "[] [Namespace bank]", namespaceText("bank", ""): "[Namespace shop] []",
		"apiVersion: v1\nkind: Service\nmetadata: {name: shop}\n": "[Namespace shop] [Namespace bank]",
	} {
		file := source.NewFile("", "x.yaml", []byte(text))
		own, others := r.Around(object.DecodeObjects(text, manifest.Place(file), object.Kubectl).Objects)
		if got := fmt.Sprint(own, others); got != want {
			t.Errorf("%q: %s", text, got)
		}
	}
}

// Thousands of namespaces, of one name or of many, with many labels, beside thousands of
// Applications: the time does not grow with the product.
func TestManyNamespaces(t *testing.T) {
	many := func(n int, text func(i int) string) string {
		var all strings.Builder
		for i := range n {
			all.WriteString("---\n" + text(i))
		}
		return all.String()
	}
	labels := make([]string, 100)
	for i := range labels {
		labels[i] = fmt.Sprintf("l%d: x", i)
	}
	deep := strings.Repeat("d/", 50)
	for name, files := range map[string]map[string]string{
		"of one name": {"app.yaml": many(500, func(i int) string { return appIn(fmt.Sprint("a", i), "shop", manages(fmt.Sprintf("l%d: x", i))) }),
			"n.yaml": many(10_000, func(i int) string { return namespaceText("shop", fmt.Sprintf("l%d: x", i)) })},
		"of many names": {"app.yaml": many(500, func(i int) string { return appIn(fmt.Sprint("a", i), fmt.Sprint("n", i), "") }),
			"n.yaml": many(10_000, func(i int) string { return namespaceText(fmt.Sprint("n", i), "mesh: in") })},
		"of many labels": {"app.yaml": many(500, func(i int) string { return appIn(fmt.Sprint("a", i), "shop", manages("mesh: in")) }),
			"n.yaml": namespaceText("shop", strings.Join(labels, ", "))},
		"too many labels": {"app.yaml": many(500, func(i int) string { return appIn(fmt.Sprint("a", i), "shop", manages("mesh: in")) }),
			"n.yaml": namespaceText("shop", strings.Join(slices.Concat([]string{"mesh: in"}, strings.Split(many(20_000, func(i int) string { return fmt.Sprintf("k%d: x", i) }), "---\n")[1:]), ", "))},
		"deep": {"app.yaml": "", deep + "a.yaml": many(500, func(i int) string { return appIn(fmt.Sprint("a", i), "shop", "") }),
			"n.yaml": many(10_000, func(int) string { return namespaceText("shop", "mesh: in") })},
	} {
		begun := time.Now()
		f := found(t, "", files)
		if len(f.Releases) < 500 || len(f.Errors) > 0 || len(f.Releases[0].Namespaces) != 1 {
			t.Errorf("%s: %d releases, errors %v", name, len(f.Releases), f.Errors)
		}
		if took := time.Since(begun); took > 20*time.Second && !detecting() {
			t.Errorf("%s: took %s", name, took)
		}
	}
}

// The search reads what has a Namespace, and not each manifest that names one.
func TestHasNamespace(t *testing.T) {
	for text, want := range map[string]bool{
		"kind: Namespace": true, "kind: Namespace\n": true, `{"kind":"Namespace","a":1}`: true, "kind: 'Namespace'\r\n": true, "{kind: Namespace}": true,
		"kind: A\nkind:\tNamespace # x": true, "kind: Service\nx: CreateNamespace=true": false, "kind: NamespaceList": false, "namespace: x\nkind: y": false,
		"x: Namespace": false, `{"kind": "Panel", "title": "Namespace"}`: false, "kind: |\n  Namespace": false, "\"kind\"\t:\n 'Namespace'": true, "": false, "kind: x\nNamespaces": false,
	} {
		if got := hasNamespace([]byte(text)); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}
