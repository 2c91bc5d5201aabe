package main

import (
	"fmt"
	"io"
	"log"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"helm.sh/helm/v3/pkg/chart/loader"
	"helm.sh/helm/v3/pkg/chartutil"
	"helm.sh/helm/v3/pkg/engine"
	"helm.sh/helm/v3/pkg/strvals"

	"github.com/mesh-check/mesh-check/render/chart"
)

// helmChart is a chart that Helm alone reads and renders: nothing of it comes from our own render, which the
// tests of exploring judge by it.
type helmChart struct {
	name  string
	files []*loader.BufferedFile
	// lax says that its schema is not asked: it refuses the default values, or wants the network.
	lax bool
}

// helmChartAt reads the directory of a chart, without what drop says.
func helmChartAt(t *testing.T, dir string, drop func(name string) bool) *helmChart {
	t.Helper()
	c := &helmChart{}
	err := filepath.WalkDir(dir, func(file string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		name, err := filepath.Rel(dir, file)
		if err != nil {
			return err
		}
		if name = filepath.ToSlash(name); drop != nil && drop(name) {
			return nil
		}
		text, err := os.ReadFile(file)
		c.files = append(c.files, &loader.BufferedFile{Name: name, Data: text})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.render(nil); err != nil {
		c.lax = true
		if _, err := c.render(nil); err != nil {
			t.Fatalf("%s does not render with its default values: %v", dir, err)
		}
	}
	return c
}

// with is the chart with other texts of files.
func (c *helmChart) with(texts map[string]string) *helmChart {
	other := &helmChart{name: c.name, lax: c.lax}
	for _, f := range c.files {
		if text, is := texts[f.Name]; is {
			f = &loader.BufferedFile{Name: f.Name, Data: []byte(text)}
		}
		other.files = append(other.files, f)
	}
	return other
}

// text is that of a file.
func (c *helmChart) text(name string) string {
	for _, f := range c.files {
		if f.Name == name {
			return string(f.Data)
		}
	}
	return ""
}

// write writes the chart into a directory.
func (c *helmChart) write(t *testing.T, dir string) {
	t.Helper()
	for _, f := range c.files {
		file := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		write(t, file, string(f.Data))
	}
}

// render is what `helm template` with the settings renders, by template.
func (c *helmChart) render(settings []string) (map[string]string, error) {
	defer log.SetOutput(log.Writer())
	log.SetOutput(io.Discard) // Helm warns of values of other types
	flags, err := plainFlagsOf(settings)
	if err != nil {
		return nil, err
	}
	helm, err := loader.LoadFiles(c.files)
	if err != nil {
		return nil, err
	}
	if err := chartutil.ProcessDependenciesWithMerge(helm, flags.values); err != nil {
		return nil, err
	}
	caps := chartutil.DefaultCapabilities.Copy()
	version, err := chartutil.ParseKubeVersion(flags.kubeVersion)
	if err != nil {
		return nil, err
	}
	caps.KubeVersion, caps.APIVersions = *version, slices.Concat(caps.APIVersions, flags.apiVersions)
	if want := helm.Metadata.KubeVersion; want != "" && !chartutil.IsCompatibleRange(want, version.Version) {
		return nil, fmt.Errorf("the chart requires Kubernetes %s", want)
	}
	release := chartutil.ReleaseOptions{Name: helm.Name(), Namespace: "default", Revision: 1, IsInstall: !flags.upgrade, IsUpgrade: flags.upgrade}
	top, err := chartutil.ToRenderValuesWithSchemaValidation(helm, flags.values, release, caps, c.lax)
	if err != nil {
		return nil, err
	}
	return engine.Render(helm, top)
}

// plainFlags are flags of `helm template`.
type plainFlags struct {
	values      map[string]any
	apiVersions []string
	kubeVersion string
	upgrade     bool
}

// valueFlag is a flag that sets values.
type valueFlag struct {
	name  string
	parse func(text string, into map[string]any) error
}

// valueFlags are in the order in which Helm reads them.
var valueFlags = []valueFlag{
	{"--set-json", strvals.ParseJSON},
	{"--set", strvals.ParseInto},
	{"--set-string", strvals.ParseIntoString},
	{"--set-literal", strvals.ParseLiteralInto},
}

// plainFlagsOf reads settings as Helm reads flags: one without a name is that of --set.
func plainFlagsOf(settings []string) (flags plainFlags, err error) {
	flags = plainFlags{values: map[string]any{}, kubeVersion: chart.DefaultKubeVersion}
	set := map[string][]string{}
	for _, s := range settings {
		name, text := "--set", s
		if strings.HasPrefix(s, "--") {
			end := strings.IndexAny(s+"=", "= ")
			name, text = s[:end], strings.TrimLeft(s[min(end, len(s)):], "= ")
			text = strings.TrimSuffix(strings.TrimPrefix(text, "'"), "'")
		}
		switch name {
		case "--api-versions":
			flags.apiVersions = append(flags.apiVersions, strings.Split(text, ",")...)
		case "--kube-version":
			flags.kubeVersion = text
		case "--is-upgrade":
			flags.upgrade = true
		default:
			if !slices.ContainsFunc(valueFlags, func(f valueFlag) bool { return f.name == name }) {
				return flags, fmt.Errorf("the setting %q is not a flag of Helm", s)
			}
			set[name] = append(set[name], text)
		}
	}
	for _, p := range valueFlags {
		for _, text := range set[p.name] {
			if err := p.parse(text, flags.values); err != nil {
				return flags, fmt.Errorf("%s %s: %w", p.name, text, err)
			}
		}
	}
	return flags, nil
}

// manifestsOf is what was rendered as one stream of documents, without the notes.
func manifestsOf(rendered map[string]string) string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(rendered)) {
		if path.Base(name) == "NOTES.txt" || strings.HasPrefix(path.Base(name), "_") {
			continue
		}
		fmt.Fprintf(&b, "---\n# Source: %s\n%s\n", name, rendered[name])
	}
	return b.String()
}

// TestExploredFlags holds how settings are read.
func TestExploredFlags(t *testing.T) {
	flags, err := plainFlagsOf([]string{"a.b=true", "--set-string=c=1", `--set-json e={"f":[1]}`, "--api-versions=x/v1,y/v2", "--is-upgrade", "--kube-version=1.20.0"})
	if err != nil {
		t.Fatal(err)
	}
	got := fmt.Sprint(flags)
	if want := "{map[a:map[b:true] c:1 e:map[f:[1]]] [x/v1 y/v2] 1.20.0 true}"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	for _, bad := range []string{"--values=x", "--nothing", "a"} {
		if _, err := plainFlagsOf([]string{bad}); err == nil {
			t.Errorf("%q is read", bad)
		}
	}
}
