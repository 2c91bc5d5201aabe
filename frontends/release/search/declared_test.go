package search

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/mesh-check/mesh-check/frontends/release"
)

// foundWith are the releases of a repository with some files and a configuration.
func foundWith(t *testing.T, all map[string]string, c release.Config) *release.Found {
	t.Helper()
	foundIn(t, all)
	c.Name = ".mesh-check.yaml"
	f, err := Find(Options{Root: ".", Dir: ".", Config: c})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// summary are the releases of a configuration, and what is told besides.
func summary(f *release.Found) (all []string) {
	for _, r := range f.Releases {
		var layers []string
		for _, l := range r.Layers {
			layers = append(layers, filepath.ToSlash(l.File.Name()))
		}
		all = append(all, fmt.Sprintf("%s: %s %s %s", r.Set(), r.Chart, r.Namespace, strings.Join(layers, " ")))
	}
	for _, u := range f.Undecided {
		all = append(all, fmt.Sprintf("%s: %s", u.Why, u.Detail))
	}
	return append(all, f.Notes...)
}

// TestDeclared holds which releases an entry of the configuration declares.
func TestDeclared(t *testing.T) {
	files := map[string]string{"text": ""}
	for _, name := range []string{"a", "b", "b/charts/sub", "eu/charts/c"} {
		files[name+"/Chart.yaml"] = "apiVersion: v2\nname: x\nversion: 1.0.0\n"
	}
	for _, name := range []string{"base", "values-dev", "values-prod", "secrets-prod", "b/values-test", "eu/values", "us/values", "all/1", "all/2", "bad/A b", "eu-x/1", "eu-x/2"} {
		files[name+".yaml"] = "a: 1\n"
	}
	for _, c := range []struct {
		entry release.Entry
		want  []string
	}{
		{release.Entry{Chart: "a"}, []string{"config a: a  "}},
		{release.Entry{Chart: "a", Name: "x-{chart}", Namespace: "y"}, []string{"config x-a: a y "}},
		{release.Entry{Chart: "a", Values: []string{"base.yaml", "values-{env}.yaml", "secrets-{env}.yaml"}, Namespace: "n-{env}"}, []string{
			"config dev/a: a n-dev base.yaml values-dev.yaml", "config prod/a: a n-prod base.yaml values-prod.yaml secrets-prod.yaml",
		}},
		{release.Entry{Chart: "*", Values: []string{"{chart}/values-{env}.yaml"}}, []string{
			"config test/b: b  b/values-test.yaml", `.mesh-check.yaml:1: no values file gives a release of a`,
		}},
		{release.Entry{Chart: "*", Values: []string{"all/*.yaml"}}, []string{"config a: a  all/1.yaml all/2.yaml", "config b: b  all/1.yaml all/2.yaml"}},
		{release.Entry{Chart: "**/charts/*", Values: []string{"base.yaml"}}, []string{"config c: eu/charts/c  base.yaml"}},
		{release.Entry{Chart: "{env}/charts/*", Values: []string{"{env}/values.yaml", "values-{env}.yaml", "{env}-x/*.yaml"}, Namespace: "{env}"}, []string{
			"config eu/c: eu/charts/c eu eu/values.yaml eu-x/1.yaml eu-x/2.yaml", `.mesh-check.yaml:1: values "values-{env}.yaml" fits no file`,
		}},
		{release.Entry{Chart: "a", Values: []string{"gone.yaml"}}, []string{"missing values file: gone.yaml"}},
		{release.Entry{Chart: "a", Values: []string{"../etc/passwd"}}, []string{"path leads outside the repository: ../etc/passwd"}},
		{release.Entry{Chart: "a", Values: []string{"all"}}, []string{"missing values file: all: it is not a regular file"}},
		{release.Entry{Chart: "a", Values: []string{"gone-{env}.yaml"}}, []string{`.mesh-check.yaml:1: values "gone-{env}.yaml" fits no file`}},
		{release.Entry{Chart: "a", Values: []string{"bad/{env}.yaml"}, Namespace: "{env}"}, []string{`not valid: the namespace "A b" of a release of a is not a valid Kubernetes name`}},
		{release.Entry{Chart: "gone"}, []string{"path is not in this repository: gone"}},
		{release.Entry{Chart: "all"}, []string{"directory or kustomization, not a chart: directory"}},
		{release.Entry{Chart: "gone/*"}, []string{`.mesh-check.yaml:1: chart "gone/*" fits no chart`}},
	} {
		if diff := cmp.Diff(c.want, summary(foundWith(t, files, release.Config{Declared: []release.Entry{c.entry}}))); diff != "" {
			t.Errorf("%+v: %s", c.entry, diff)
		}
	}
}

// TestDeclaredLinks holds that no link leads out of the repository, and that one in it is followed.
func TestDeclaredLinks(t *testing.T) {
	outside := filepath.Join(t.TempDir(), "secret.yaml")
	if err := os.WriteFile(outside, []byte("geheim: 1\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	foundIn(t, map[string]string{"a/Chart.yaml": "apiVersion: v2\nname: a\nversion: 1.0.0\n", "base.yaml": "a: 1\n"})
	for name, to := range map[string]string{"values-in.yaml": "base.yaml", "values-out.yaml": outside} {
		if err := os.Symlink(to, name); err != nil {
			t.Skip(err)
		}
	}
	f, err := Find(Options{Root: ".", Dir: ".", Config: release.Config{Declared: []release.Entry{{Chart: "a", Values: []string{"values-{env}.yaml"}}}}})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"config in/a: a  values-in.yaml", "path leads outside the repository: values-out.yaml"}, summary(f)); diff != "" {
		t.Error(diff)
	}
}

// TestDeclaredWithoutEnd holds that patterns that fit everything end soon.
func TestDeclaredWithoutEnd(t *testing.T) {
	files := map[string]string{}
	for i := range 300 {
		files[fmt.Sprintf("c%d/Chart.yaml", i)] = "apiVersion: v2\nname: x\nversion: 1.0.0\n"
	}
	all := release.Entry{Chart: "**", Values: make([]string, 20)}
	for i := range all.Values {
		all.Values[i] = "**/*{env}" + strings.Repeat("*", i)
	}
	c := release.Config{Declared: make([]release.Entry, 200)}
	for i := range c.Declared {
		c.Declared[i] = all
	}
	begun := time.Now()
	f := foundWith(t, files, c)
	if took := time.Since(begun); took > 60*time.Second || len(f.Releases) > maxReleases {
		t.Errorf("%d releases took %s", len(f.Releases), took)
	}
}

// TestIgnored holds that nothing is declared in what the configuration ignores, and that a
// convention is not looked at that does not count.
func TestIgnored(t *testing.T) {
	files := map[string]string{
		"charts/a/Chart.yaml": "apiVersion: v2\nname: a\nversion: 1.0.0\n", "charts/b/Chart.yaml": "apiVersion: v2\nname: a\nversion: 1.0.0\n",
		"apps/Chart.yaml": "apiVersion: v2\nname: apps\nversion: 1.0.0\n", "apps/templates/a.yaml": appText("rendered", "    path: charts/a\n"),
		"apps/templates/b.yaml": appText("other", "    path: charts/b\n"),
		"tests/x/app.yaml":      appText("test", "    path: charts/a\n"), "app.yaml": appText("real", "    path: charts/a\n"),
	}
	for _, c := range []struct {
		config release.Config
		want   []string
	}{
		{release.Config{}, []string{"argocd real", "argocd default/rendered", "argocd default/other", "argocd test"}},
		{release.Config{Ignore: []string{"tests"}}, []string{"argocd real", "argocd default/rendered", "argocd default/other"}},
		{release.Config{Ignore: []string{"tests/**", "apps/templates/*.yaml"}}, []string{"argocd real"}},
		{release.Config{Ignore: []string{"tests", "apps/templates/a.yaml"}}, []string{"argocd real", "argocd default/other"}},
		{release.Config{Ignore: []string{"tests", "apps/templates/b.yaml"}}, []string{"argocd real", "argocd default/rendered"}},
		{release.Config{Ignore: []string{"**"}}, nil},
		{release.Config{Without: []release.By{release.ArgoCD}, Declared: []release.Entry{{Chart: "charts/a"}}}, []string{"config a"}},
	} {
		var sets []string
		for _, r := range foundWith(t, files, c.config).Releases {
			sets = append(sets, r.Set())
		}
		if diff := cmp.Diff(setsOf(c.want), setsOf(sets)); diff != "" {
			t.Errorf("%+v: %s", c.config, diff)
		}
	}
	f := foundWith(t, files, release.Config{Ignore: []string{"tests", "gone"}})
	if want := `.mesh-check.yaml: releases: ignore: "gone" fits nothing`; !strings.Contains(strings.Join(f.Notes, "\n"), want) {
		t.Errorf("the notes %q lack %s", f.Notes, want)
	}
}

func setsOf(names []string) map[string]bool {
	all := map[string]bool{}
	for _, n := range names {
		all[n] = true
	}
	return all
}
