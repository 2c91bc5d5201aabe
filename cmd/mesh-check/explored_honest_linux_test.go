package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestExploredHonest holds that each finding of exploring is one that a person gets with the settings that it names:
// the same check reports the same object in the manifests that Helm alone renders with them, and more often than in
// those that it renders without.
func TestExploredHonest(t *testing.T) {
	runs := exploredDocumented.of(t, "documented")
	program, dir := built(t), t.TempDir()
	trials := trialsOf(t, runs, dir)
	reports := make([]*exploredRun, len(trials))
	inParallel(len(trials), func(i int) {
		reports[i] = explore(program, dir, "--dependencies", trials[i].file("default"), trials[i].file("set"))
	})
	var findings, reproduced int
	for i, trial := range trials {
		if reports[i].err != nil {
			t.Errorf("%s: %v", trial, reports[i].err)
			continue
		}
		for _, f := range trial.findings {
			findings++
			with, without := reports[i].count(trial.file("set"), f), reports[i].count(trial.file("default"), f)
			switch {
			case with == 0:
				t.Errorf("%s: Helm's manifests with the settings do not have it: %s", trial.run.chart.Name, f)
			case without >= with:
				t.Errorf("%s: Helm's manifests have it without the settings: %s", trial.run.chart.Name, f)
			default:
				reproduced++
			}
		}
	}
	t.Logf("%d of %d findings are reproduced, with %d different settings", reproduced, findings, len(trials))
	if findings < minExplored/exploredEvery(t) {
		t.Errorf("%d findings are too few to tell anything", findings)
	}
}

// minExplored is how many findings the real charts have at least that only exploring has.
const minExplored = 100

// trial is a chart with settings, and the findings that are said to come of them.
type trial struct {
	number   int
	run      *exploredRun
	settings []string
	findings []*exploredFinding
}

func (r *trial) String() string { return fmt.Sprintf("%s %q", r.run.chart.Name, r.settings) }

// file is that of the manifests.
func (r *trial) file(what string) string { return fmt.Sprintf("%04d-%s.yaml", r.number, what) }

// trialsOf has Helm render each chart with each of the settings of its findings, and without.
func trialsOf(t *testing.T, runs []*exploredRun, dir string) (trials []*trial) {
	t.Helper()
	known := map[string]*trial{}
	explored(runs, func(r *exploredRun, f *exploredFinding) {
		if f.ID == brokenBranch {
			return // there are no objects: TestExploredBroken judges it
		}
		key := r.chart.Name + "\x00" + strings.Join(f.Settings, "\x00")
		if known[key] == nil {
			known[key] = &trial{number: len(trials), run: r, settings: f.Settings}
			trials = append(trials, known[key])
		}
		known[key].findings = append(known[key].findings, f)
	})
	charts := map[*exploredRun]*helmChart{}
	return slices.DeleteFunc(trials, func(r *trial) bool {
		c := charts[r.run]
		if c == nil {
			c = helmChartAt(t, r.run.chart.Dir, nil)
			charts[r.run] = c
		}
		for what, settings := range map[string][]string{"default": nil, "set": r.settings} {
			rendered, err := c.render(settings)
			if err != nil {
				t.Errorf("%s: Helm refuses: %v", r, err)
				return true
			}
			write(t, filepath.Join(dir, r.file(what)), manifestsOf(rendered))
		}
		return false
	})
}

// count is how many findings of the same check an input has about the object.
func (r *exploredRun) count(input string, like *exploredFinding) (n int) {
	for i := range r.report.Findings {
		f := &r.report.Findings[i]
		if f.ID == like.ID && f.Input == input && slices.ContainsFunc(append(f.Objects, f.Object), like.Object.drawn) {
			n++
		}
	}
	return n
}

// randomText is what our render has in the place of random characters, which Helm draws.
var randomText = regexp.MustCompile(`(a0){2,}a?`)

// drawn says whether an object that Helm rendered is one of our render.
func (o objectName) drawn(other objectName) bool {
	name := "^" + randomText.ReplaceAllString(regexp.QuoteMeta(o.Name), "[A-Za-z0-9]+") + "$"
	return o.Kind == other.Kind && regexp.MustCompile(name).MatchString(other.Name)
}

// TestExploredManner holds what a finding of exploring looks like: few settings, each once, which its message names;
// a note; and not about a value that exploring has made up.
func TestExploredManner(t *testing.T) {
	bySettings := map[int]int{}
	explored(exploredDocumented.of(t, "documented"), func(r *exploredRun, f *exploredFinding) {
		bySettings[len(f.Settings)]++
		fault := func(format string, args ...any) {
			t.Errorf("%s: %s: %s", r.chart.Name, fmt.Sprintf(format, args...), f)
		}
		if len(f.Settings) > maxSettings {
			fault("%d settings", len(f.Settings))
		}
		if unique := slices.Compact(slices.Sorted(slices.Values(f.Settings))); len(unique) < len(f.Settings) {
			fault("a setting twice")
		}
		if want := "note"; f.ID != brokenBranch && f.Severity != want {
			fault("of level %s", f.Severity)
		}
		for _, s := range f.Settings {
			text := s
			if strings.HasPrefix(s, "--") {
				_, text, _ = strings.Cut(s, "=")
			}
			if !strings.Contains(f.Message, text[:min(len(text), 100)]) { // a message has the beginning of a long one
				fault("the message does not name %s", s)
			}
			if value := injected(s, text); value != "" && f.about(t, r, value) {
				fault("it is about the value of %s", s)
			}
		}
	})
	t.Logf("findings by the number of their settings: %v", bySettings)
}

// plainValue are values that switch and say nothing, and what is never the text of a fault.
var plainValue = regexp.MustCompile(`^(true|false|null|[\[{].*)?$`)

// injected is the value of a setting, where that could be the fault.
func injected(setting, text string) string {
	if strings.HasPrefix(setting, "--") && !strings.HasPrefix(setting, "--set") {
		return ""
	}
	_, value, _ := strings.Cut(text, "=")
	if plainValue.MatchString(value) {
		return ""
	}
	return value
}

// about says whether the finding quotes a value that its place does not have in the template: it was put there.
func (f *exploredFinding) about(t *testing.T, r *exploredRun, value string) bool {
	t.Helper()
	message, _, _ := strings.Cut(f.Message, " (")
	if !strings.Contains(message, fmt.Sprintf("%q", value)) {
		return false
	}
	text, err := os.ReadFile(filepath.Join(r.chart.Dir, filepath.FromSlash(f.Location.File)))
	lines := linesOf(string(text))
	return err != nil || f.Location.Line > len(lines) || !strings.Contains(lines[f.Location.Line-1], value)
}
