package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestSeedMissed holds that a fault counts as found only where it was planted.
func TestSeedMissed(t *testing.T) {
	yes, no := true, false
	found := func(edit func(*reportFinding)) *report {
		f := reportFinding{ID: "MESH201", Input: "07", Location: place{File: "07/values.yaml", Line: 4, Exact: &yes}}
		edit(&f)
		return &report{Findings: []reportFinding{f}}
	}
	s := &seed{id: "MESH201", chart: &seededChart{dir: "07"}, at: []place{{File: "values.yaml", Line: 4}}}
	helper := &seed{id: "MESH201", chart: s.chart, at: []place{{File: seedHelpers, Line: 4}}}
	origin := func(f *reportFinding) { // which a helper must not be
		f.Origins = []place{{File: "07/" + helper.at[0].File, Line: 4}, {File: "07/values.yaml", Line: 4}}
		f.Location.Line = 9
	}
	for name, c := range map[string]struct {
		seed  *seed
		is    *report
		found bool
	}{
		"there":             {s, found(func(*reportFinding) {}), true},
		"from there":        {s, found(origin), true},
		"nothing":           {s, &report{}, false},
		"a line below":      {s, found(func(f *reportFinding) { f.Location.Line++ }), false},
		"another file":      {s, found(func(f *reportFinding) { f.Location.File = "07/other.yaml" }), false},
		"another check":     {s, found(func(f *reportFinding) { f.ID = "MESH202" }), false},
		"another chart":     {s, found(func(f *reportFinding) { f.Input = "08" }), false},
		"without proof":     {s, found(func(f *reportFinding) { f.Location.Exact = &no }), false},
		"suppressed":        {s, found(func(f *reportFinding) { f.Suppressed = []byte(`"ignored"`) }), false},
		"through a helper":  {helper, found(origin), false},
		"in a broken chart": {s, &report{Errors: append((&report{}).Errors, brokenInput("07"))}, false},
	} {
		if missed := c.seed.missed(c.is); (missed == "") != c.found {
			t.Errorf("%s: %q", name, missed)
		}
	}
}

func brokenInput(dir string) (e struct {
	Input, Message string
	Location       place
},
) {
	e.Input = dir
	return e
}

// TestSeedPlant holds where the lines of a fault are in each place, and that only its block is elsewhere.
func TestSeedPlant(t *testing.T) {
	c := &seededChart{files: map[string]string{"values.yaml": "a: 1", seedHelpers: "{{/* none */}}\n"}}
	s, b := cut([]string{"spec:", "  labels:", "    app: web", "  hosts:", "  - a", "other: 1"}, []int{3, 4})
	for where, want := range map[string]struct {
		files map[string]string
		at    []place
	}{
		pageTemplate: {
			map[string]string{s.file: "spec:\n  labels:\n    app: web\n  hosts:\n  - a\nother: 1\n"},
			[]place{{File: s.file, Line: 4}, {File: s.file, Line: 5}},
		},
		pageValues: {
			map[string]string{
				s.file:        "spec:\n  labels:\n    app: web\n{{- toYaml $.Values.planted | nindent 2 }}\nother: 1\n",
				"values.yaml": "a: 1\nplanted:\n  hosts:\n  - a\n",
			},
			[]place{{File: "values.yaml", Line: 3}, {File: "values.yaml", Line: 4}},
		},
		pageHelper: {
			map[string]string{
				s.file:      "spec:\n  labels:\n    app: web\n{{- include \"planted\" $ | nindent 2 }}\nother: 1\n",
				seedHelpers: "{{/* none */}}\n{{- define \"planted\" -}}\nhosts:\n- a\n{{- end -}}\n",
			},
			[]place{{File: seedHelpers, Line: 3}, {File: seedHelpers, Line: 4}},
		},
	} {
		files, at := s.plant(c, where, b)
		if diff := cmp.Diff(want.files, files); diff != "" {
			t.Errorf("%s:\n%s", where, diff)
		}
		if diff := cmp.Diff(want.at, at); diff != "" {
			t.Errorf("%s:\n%s", where, diff)
		}
	}
	if marked := blockOf("a: #!\n  b: 1"); strings.Join(marked.lines, "|") != "a:|  b: 1" || len(marked.at) != 1 || marked.at[0] != 0 {
		t.Errorf("%+v", marked)
	}
}
