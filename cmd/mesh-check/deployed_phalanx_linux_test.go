package main

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mesh-check/mesh-check/render/source/sourcetest"
)

// What the deployment repository of the Rubin Observatory declares: its environments deploy its
// charts by one chart that renders Applications.
const (
	phalanx             = "lsst-sqre+phalanx"
	phalanxReleases     = 525
	phalanxCharts       = 100
	phalanxEnvironments = 24
	phalanxPlaces       = 324 // of findings, at least
	phalanxSeconds      = 40  // of processors; it takes about 15
	phalanxMB           = 384 // of a worker; it takes about 280
)

var phalanxRun, phalanxOff, phalanxTogether deployedOnce

// TestDeployedPhalanx holds that each release of a large repository is analyzed within the default
// limits, that none fails, and that nothing is lost of what is found without them.
func TestDeployedPhalanx(t *testing.T) {
	r := phalanxRun.of(t, phalanx, "--jobs=2")
	sets := r.report.sets()
	roots := slices.DeleteFunc(slices.Clone(sets), func(s string) bool { return !strings.HasPrefix(s, phalanx+"/environments: ") })
	charts := map[string]bool{}
	for _, set := range sets {
		chart, _, _ := strings.Cut(set, ": ")
		charts[chart] = true
	}
	delete(charts, phalanx+"/environments")
	if n := len(sets) - len(roots); n != phalanxReleases || len(roots) != phalanxEnvironments || len(charts) != phalanxCharts {
		t.Errorf("%d releases of %d charts in %d environments are analyzed; there are %d of %d in %d",
			n, len(charts), len(roots), phalanxReleases, phalanxCharts, phalanxEnvironments)
	}
	for _, e := range r.report.Errors {
		if strings.HasPrefix(e.ValuesSet, "argocd ") {
			t.Errorf("%s with %s: %s", e.Input, e.ValuesSet, e.Message)
		}
	}
	if want := "525 releases of 100 charts"; !r.report.told(want) {
		t.Errorf("no note says %q", want)
	}
	places := r.report.places()
	if len(places) < phalanxPlaces {
		t.Errorf("%d places have findings, %d are known", len(places), phalanxPlaces)
	}
	off := phalanxOff.of(t, phalanx, "--releases=off")
	for _, lost := range slices.Sorted(maps.Keys(off.report.places())) {
		if !places[lost] {
			t.Errorf("%s has a finding without releases, and none with them", lost)
		}
	}
	if r.cpu.Seconds() > phalanxSeconds {
		t.Errorf("%s of processors", r.cpu)
	}
	if worker := (r.peaks - r.first) / 2; worker > phalanxMB {
		t.Errorf("%d MB of a worker, at most %d are allowed", worker, phalanxMB)
	}
	t.Logf("%d releases, %d places (%d without releases), %s of processors in %s (%s in %s), %d MB at one time, %d MB of the first process",
		len(sets)-len(roots), len(places), len(off.report.places()), r.cpu, r.wall, off.cpu, off.wall, r.peaks, r.first)
}

// TestDeployedPhalanxTogether holds that no input is lost where each environment is one cluster, and
// that what is not found in this way, because a part of a chart is not here, is told.
func TestDeployedPhalanxTogether(t *testing.T) {
	alone, r := phalanxRun.of(t, phalanx, "--jobs=2"), phalanxTogether.of(t, phalanx, "--together")
	if diff := cmp.Diff(alone.report.inputsOf(), r.report.inputsOf()); diff != "" {
		t.Errorf("other inputs are analyzed together:\n%s", diff)
	}
	if diff := cmp.Diff(alone.report.sets(), r.report.sets()); diff != "" {
		t.Errorf("other releases are analyzed together:\n%.2000s", diff)
	}
	environments := map[string]bool{}
	for _, set := range r.report.sets() {
		_, name, _ := strings.Cut(set, ": argocd ")
		name, _, _ = strings.Cut(name, "/")
		environments[name] = true
	}
	if len(environments) != phalanxEnvironments {
		t.Errorf("%d environments: %q", len(environments), slices.Sorted(maps.Keys(environments)))
	}
	// What each chart says by itself is said of all of them, but for what depends on the others.
	places, lost := r.report.places(), map[string]int{}
	for _, f := range alone.report.Findings {
		if !places[place{File: f.Location.File, Line: f.Location.Line}.String()] {
			lost[f.ID]++
		}
	}
	for id, n := range lost {
		if id != "MESH401" && id != "MESH114" && id != "MESH101" {
			t.Errorf("%d findings of %s are not there together", n, id)
		}
	}
	t.Logf("%d places together, %d alone; gone: %v; %s of processors, %d MB at one time", len(places), len(alone.report.places()), lost, r.cpu, r.peaks)
}

// TestDeployedDeterminism holds that the number of workers makes no difference: on a part of the repository, or
// on all of it with `make bad`.
func TestDeployedDeterminism(t *testing.T) {
	if testing.Short() {
		t.Skip("some seconds")
	}
	dir, name := t.TempDir(), "in"
	if thorough() {
		dir, name = sourcetest.Shared(t, "data/gitops"), phalanx
	} else {
		plantPhalanx(t, dir)
	}
	two, one := checkDeployed(t, dir, "--jobs=2", name), checkDeployed(t, dir, "--jobs=1", name)
	if n := len(one.report.sets()); n < 50 {
		t.Errorf("%d releases: too few to tell anything", n)
	}
	for _, c := range []struct{ format, is, was string }{
		{"sarif", one.sarif, two.sarif}, {"json", one.json, two.json}, {"text", timeless(one.stdout), timeless(two.stdout)},
	} {
		if c.is != c.was {
			t.Errorf("--jobs=1 gives another %s report:\n%.2000s", c.format, cmp.Diff(strings.Split(c.was, "\n"), strings.Split(c.is, "\n")))
		}
	}
}

// timeless is a text report without the last line, which tells the time.
func timeless(text string) string {
	text = strings.TrimSuffix(text, "\n")
	return text[:strings.LastIndex(text, "\n")+1]
}
