package release

import (
	"fmt"
	"slices"
	"testing"

	"github.com/mesh-check/mesh-check/render/source"
)

// TestNameSets holds that the values sets of one chart have different names, the same ones each
// time, and that a name has no more in it than tells it apart.
func TestNameSets(t *testing.T) {
	in := func(file string) Declaration {
		return Declaration{Name: "Application x", Span: source.Span{File: source.NewFile("", file, []byte("x\n")), End: 1}}
	}
	all := []*Release{
		{By: ArgoCD, Chart: "a", Name: "nublado", Root: "idfprod"},
		{By: ArgoCD, Chart: "a", Name: "web", Namespace: "shop", Declared: in("r/apps/1.yaml")},
		{By: ArgoCD, Chart: "a", Name: "web", Namespace: "shop", Declared: in("r/apps/2.yaml")},
		{By: ArgoCD, Chart: "a", Name: "web", Namespace: "mail", Declared: in("r/apps/2.yaml")},
		{By: ArgoCD, Chart: "a", Name: "web", Namespace: "mail", Declared: in("r/apps/2.yaml")},
		{By: ArgoCD, Chart: "a", Name: "web (mail, apps/2.yaml)", Namespace: "x"}, // a name that another one would get
		{By: ArgoCD, Chart: "b", Name: "web", Namespace: "shop", Declared: in("r/apps/1.yaml")},
		{By: ArgoCD, Chart: "b", Name: "db", Namespace: "shop"},
		{By: ArgoCD, Chart: "b", Name: "db", Namespace: "mail"},
		{By: Configured, Chart: "b", Name: "web", Root: "prod"},
		{By: Kustomize, Chart: "b", Name: "web", Declared: in("r/overlays/prod/kustomization.yaml")},
		{By: Terraform, Chart: "b", Name: "web", Declared: Declaration{Name: "module.a.helm_release.web"}},
		{By: ArgoCD, Chart: "b", Declared: Declaration{Name: "Application "}},
	}
	want := []string{
		"argocd idfprod/nublado",
		"argocd web (shop, apps/1.yaml)", "argocd web (shop, apps/2.yaml)",
		"argocd web (mail, apps/2.yaml) 2", "argocd web (mail, apps/2.yaml) 3", "argocd web (mail, apps/2.yaml)",
		"argocd web", "argocd db (shop)", "argocd db (mail)", "config prod/web", "kustomize overlays/prod/web",
		"terraform module.a.helm_release.web", "argocd Application ",
	}
	for range 2 { // naming them again changes nothing
		NameSets("r", all)
		var names []string
		seen := map[string]bool{}
		for _, r := range all {
			names = append(names, r.Set())
			if key := r.Chart + " " + r.Set(); seen[key] {
				t.Errorf("%s is there twice", key)
			} else {
				seen[key] = true
			}
		}
		if !slices.Equal(names, want) {
			t.Errorf("the names are\n%q, want\n%q", names, want)
		}
	}
}

// TestNameSetsOfMany holds that thousands of releases with one name take no time.
func TestNameSetsOfMany(t *testing.T) {
	var all []*Release
	const many = 5_000
	for range many {
		all = append(all, &Release{Chart: "a", Name: "web"})
	}
	NameSets("", all)
	if want := fmt.Sprintf("argocd web %d", many); all[many-1].Set() != want {
		t.Errorf("the last one is %q, want %q", all[many-1].Set(), want)
	}
}
