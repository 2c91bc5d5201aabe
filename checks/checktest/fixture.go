package checktest

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/helm"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// Fixture runs the check alone over each chart of its folder (chart, chart-VARIANT)
// with the flags of the file beside it (flags, flags-VARIANT), and compares what it
// says with the want comments in the charts' files.
func Fixture(t *testing.T, dir string, c *checks.Check) {
	t.Helper()
	charts, err := filepath.Glob(filepath.Join(dir, "chart*"))
	if err != nil || len(charts) == 0 {
		t.Fatalf("%s has no chart: %v", dir, err)
	}
	total := tally{}
	for _, chart := range charts {
		t.Run(filepath.Base(chart), func(t *testing.T) { total.add(one(t, chart, c)) })
	}
	if total.wants == 0 || total.clean == 0 {
		t.Errorf("%s has %d want comments and %d objects without a finding, and needs both", dir, total.wants, total.clean)
	}
}

// tally counts what a fixture shows.
type tally struct{ wants, clean int }

func (a *tally) add(b tally) { a.wants, a.clean = a.wants+b.wants, a.clean+b.clean }

// one runs the check over one chart, with all its sets of values.
func one(t *testing.T, chart string, c *checks.Check) tally {
	s, err := readFlags(chart)
	if err != nil {
		t.Fatal(err)
	}
	loaded, err := helm.Load(chart, helm.Options{Namespace: s.namespace, KubeVersion: s.kubeVersion()})
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range loaded.Problems() {
		t.Error(err)
	}
	report := &checks.Report{}
	objects := map[string]*object.Object{}
	for _, set := range loaded.Sets() {
		rendered, errs := loaded.Render(set)
		for _, err := range errs {
			t.Errorf("values set %s: %v", set, err)
		}
		if rendered == nil {
			continue
		}
		report.Add(chart, set, judge(c, s, rendered.Objects))
		for _, o := range rendered.Objects {
			objects[o.String()] = o
		}
	}
	report.Finish()
	wants, err := wantsBelow(chart)
	if err != nil {
		t.Fatal(err)
	}
	for _, wrong := range compare(report.Findings, wants, 0) {
		t.Error(wrong)
	}
	for _, f := range report.Findings {
		for name, o := range objects {
			if o.Kind == f.Object.Kind && o.Namespace == f.Object.Namespace && o.Name == f.Object.Name {
				delete(objects, name)
			}
		}
	}
	return tally{wants: len(wants), clean: len(objects)}
}

// readFlags reads the flags of a chart: flags-ambient of chart-ambient.
func readFlags(chart string) (*settings, error) {
	dir, name := filepath.Split(chart)
	text, err := os.ReadFile(filepath.Join(dir, "flags"+strings.TrimPrefix(name, "chart")))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	return parseFlags(strings.Fields(string(text)))
}

// wantsBelow reads the want comments of all files of a chart.
func wantsBelow(chart string) ([]*want, error) {
	var all []*want
	err := filepath.WalkDir(chart, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		wants, err := parseWants(filepath.ToSlash(path), string(text))
		all = append(all, wants...)
		return err
	})
	return all, err
}
