package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os/exec"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/checks/suite"
)

// TestSeeded plants faults into copies of the real charts of the shared data and runs the program over
// them, with its workers: each fault is found at the line on which it was planted, and when all are taken
// out again, the report is the one from before, byte for byte.
//
// What is planted: the bad example of each check's page as a template more (seeded_pages_test.go), edits of
// the objects that the charts have (seeded_edits_test.go), and edits of values and helpers that they have
// (seeded_values_test.go). A check for which none of them stands needs a reason.
func TestSeeded(t *testing.T) {
	if testing.Short() {
		t.Skip("hundreds of charts")
	}
	bed := newSeedbed(t)
	before := bed.run(t, "", bed.charts)
	bed.remember(t, before)
	seeds := slices.Concat(bed.pages(t), bed.edits(t), bed.written(t))
	done := seedTally{}
	for _, round := range rounds(seeds) {
		var planted []*seededChart
		for _, s := range round {
			bed.write(t, s.chart, s.files)
			planted = append(planted, s.chart)
		}
		var is report
		if err := json.Unmarshal(bed.run(t, round[0].flags, planted), &is); err != nil {
			t.Fatal(err)
		}
		for _, s := range round {
			if fault := s.missed(&is); fault != "" {
				t.Errorf("%s %s in %s: %s", s.id, s.where, s.chart.name, fault)
			} else {
				done.found(s)
			}
			done.planted(s)
			bed.restore(t, s.chart)
		}
	}
	if after := bed.run(t, "", bed.charts); !bytes.Equal(before, after) {
		t.Error("with all faults taken out, the report is not the one from before")
	}
	done.log(t)
	for _, c := range suite.Checks {
		reason := notSeeded[c.ID]
		if planted := done[c.ID] != nil; planted == (reason != "") {
			t.Errorf("%s: planted: %t; the reason why not: %q", c.ID, planted, reason)
		}
	}
	for id := range notSeeded {
		if _, known := suite.Find(id); !known {
			t.Errorf("%s has a reason, and the suite does not know it", id)
		}
	}
}

// seed is one fault in one chart.
type seed struct {
	id    string
	where string // in what it is planted: one of the columns of the table
	flags string // with which the program runs, separated by spaces
	chart *seededChart
	files map[string]string // of the chart that differ, with their whole texts
	at    []place           // where its findings must be, in the chart
}

// missed says what is wrong with the report of a chart with the fault; empty is nothing.
func (s *seed) missed(is *report) string {
	for _, e := range is.Errors {
		if e.Input == s.chart.dir {
			return fmt.Sprintf("an error of the input: %s: %s", e.Location, e.Message)
		}
	}
	for _, want := range s.at {
		var others []string
		found := false
		for _, f := range is.Findings {
			if f.ID != s.id || f.Input != s.chart.dir {
				continue
			}
			found = found || s.leads(&f, want)
			others = append(others, fmt.Sprintf("%s (from %v): %s", f.Location, f.Origins, f.Message))
		}
		if !found {
			return fmt.Sprintf("no finding at %s, but %q", want, others)
		}
	}
	return ""
}

// leads says whether the finding is at a place of the chart: a value may have been written there.
func (s *seed) leads(f *reportFinding, want place) bool {
	at := []place{f.Location}
	if path.Base(want.File) == "values.yaml" {
		at = append(at, f.Origins...)
	}
	return f.counts() && !f.Location.inexact() && slices.ContainsFunc(at, func(p place) bool {
		return p.File == path.Join(s.chart.dir, want.File) && p.Line == want.Line
	})
}

// rounds are the seeds by runs of the program: in each, a chart has one fault, and all have the same flags.
func rounds(seeds []*seed) (all [][]*seed) {
	next := map[string]int{} // the first round of these flags in which the chart has none
	of := map[string]int{}   // the index of a round of these flags
	for _, s := range seeds {
		chart := s.flags + "\x00" + s.chart.dir
		key := fmt.Sprintf("%s\x00%d", s.flags, next[chart])
		next[chart]++
		i, known := of[key]
		if !known {
			i, of[key] = len(all), len(all)
			all = append(all, nil)
		}
		all[i] = append(all[i], s)
	}
	return all
}

// run runs the program over charts and returns the report in JSON.
func (b *seedbed) run(t *testing.T, flags string, charts []*seededChart) []byte {
	t.Helper()
	args := append([]string{"-o", "json", "--fail-on=never", "--quiet", "--config=none", "--enable=" + optionalChecks()}, strings.Fields(flags)...)
	for _, c := range charts {
		args = append(args, c.dir)
	}
	cmd := exec.Command(b.program, args...)
	cmd.Dir = b.dir
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil && cmd.ProcessState.ExitCode() != exitInput || stdout.Len() == 0 {
		t.Fatalf("%v\n%s", err, stderr.String())
	}
	b.spent += cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	return stdout.Bytes()
}

// optionalChecks are the checks that run only where they are asked for.
func optionalChecks() string {
	var ids []string
	for _, c := range suite.Checks {
		if c.Optional {
			ids = append(ids, c.ID)
		}
	}
	return strings.Join(ids, ",")
}

// seedTally counts what was planted and found, by check and by where.
type seedTally map[string]map[string]*[2]int

func (d seedTally) of(s *seed) *[2]int {
	if d[s.id] == nil {
		d[s.id] = map[string]*[2]int{}
	}
	if d[s.id][s.where] == nil {
		d[s.id][s.where] = &[2]int{}
	}
	return d[s.id][s.where]
}

func (d seedTally) planted(s *seed) { d.of(s)[0]++ }
func (d seedTally) found(s *seed)   { d.of(s)[1]++ }

// log writes the table: for each check, how many of the faults planted in each place were found.
func (d seedTally) log(t *testing.T) {
	t.Helper()
	header := fmt.Sprintf("%-9s", "CHECK")
	for _, where := range seedPlaces {
		header += fmt.Sprintf(" %16s", where)
	}
	lines := []string{header}
	sum := map[string]*[2]int{}
	for _, where := range seedPlaces {
		sum[where] = &[2]int{}
	}
	row := func(name string, of map[string]*[2]int) {
		line := fmt.Sprintf("%-9s", name)
		for _, where := range seedPlaces {
			cell := "-"
			if n := of[where]; n != nil {
				cell = fmt.Sprintf("%d/%d", n[1], n[0])
			}
			line += fmt.Sprintf(" %16s", cell)
		}
		lines = append(lines, strings.TrimRight(line, " "))
	}
	for _, id := range slices.Sorted(maps.Keys(d)) {
		row(id, d[id])
		for where, n := range d[id] {
			sum[where][0] += n[0]
			sum[where][1] += n[1]
		}
	}
	row("ALL", sum)
	t.Logf("found/planted:\n%s", strings.Join(lines, "\n"))
}
