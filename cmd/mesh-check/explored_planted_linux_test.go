package main

import (
	"cmp"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/render/source/sourcetest"
)

const (
	// wantedPlants is how many faults are planted, at most plantsOfChart in a chart.
	wantedPlants  = 200
	plantsOfChart = 4
	// maxPlantedDepth is how many branches may be around a fault: a finding has at most four settings.
	maxPlantedDepth = 3
	// minPlantsFound is in percent.
	minPlantsFound = 90
	// minSomeFound is that of some of the charts, which may be the difficult ones.
	minSomeFound = 65

	// explainMissed asks which of the faults that are not found exploring comes to, which takes twice as long.
	explainMissed = "MESHCHECK_EXPLAIN"

	// ownCharts are Istio's own: what is a fault in an application is none in a gateway, ztunnel or istiod.
	ownCharts = "istio+istio/"

	plantedFlags = "--dependencies --explore=all"
)

// hiddenPlants are the faults that could be planted in a chart where its default values do not come to.
func hiddenPlants(t *testing.T, c *helmChart) (all []*plant) {
	t.Helper()
	marked, number := map[string]string{}, 0
	for _, f := range c.files {
		text := c.text(f.Name)
		if !renderedFile(f.Name) || strings.Contains(text, "\r") {
			continue
		}
		var of []*plant
		for _, b := range branchesOf(f.Name, text) {
			number++
			p := plantIn(b, text, number)
			if p == nil || len(b.around) > maxPlantedDepth || slices.ContainsFunc(of, func(o *plant) bool { return o.at == p.at }) {
				continue
			}
			p.chart = c
			of = append(of, p)
		}
		slices.SortFunc(of, func(a, b *plant) int { return cmp.Compare(b.at, a.at) }) // what stands below is marked first
		for _, p := range of {
			text = p.marked(text)
		}
		if len(of) > 0 {
			marked[f.Name] = text
		}
		all = append(all, of...)
	}
	rendered, err := c.with(marked).render(nil)
	if err != nil {
		t.Logf("%s: %v", c.name, err)
		return nil
	}
	shown := manifestsOf(rendered)
	return slices.DeleteFunc(all, func(p *plant) bool { return strings.Contains(shown, p.mark()) })
}

// inCI says what is left out of the copies of charts: what its values reach is to be reached by exploring.
func inCI(name string) bool { return strings.HasPrefix(name, "ci/") }

// choosePlants takes faults of all sorts and kinds, by turns, from all over the charts: at most so many of a chart,
// and one of a file.
func choosePlants(all []*plant) (chosen []*plant) {
	queues := map[string][]*plant{}
	for _, p := range all {
		queues[p.sort+" "+p.kind] = append(queues[p.sort+" "+p.kind], p)
	}
	for name, queue := range queues {
		queues[name] = spread(queue)
	}
	ofChart, ofFile := map[*helmChart]int{}, map[string]bool{}
	for left := true; left && len(chosen) < wantedPlants; {
		left = false
		for _, name := range slices.Sorted(maps.Keys(queues)) {
			queue := queues[name]
			for len(queue) > 0 && (ofChart[queue[0].chart] >= plantsOfChart || ofFile[queue[0].chart.name+queue[0].file]) {
				queue = queue[1:]
			}
			if len(queue) > 0 && len(chosen) < wantedPlants {
				p := queue[0]
				chosen, queue, left = append(chosen, p), queue[1:], true
				ofChart[p.chart]++
				ofFile[p.chart.name+p.file] = true
			}
			queues[name] = queue
		}
	}
	return chosen
}

// spread is a list in steps over all of it that are always the same, so that its start has some of all parts.
func spread[T any](list []T) (all []T) {
	step := len(list)*5/8 | 1
	for gcd(step, len(list)) > 1 {
		step += 2
	}
	for i := range list {
		all = append(all, list[i*step%len(list)])
	}
	return all
}

func gcd(a, b int) int {
	for b > 0 {
		a, b = b, a%b
	}
	return a
}

// TestExploredPlanted plants faults into branches of real charts that their default values do not come to: exploring
// finds them on their lines, and with the settings that it reports for each, and not without one of them, Helm
// renders what was planted.
func TestExploredPlanted(t *testing.T) {
	every := exploredEvery(t)
	program, dir := built(t), t.TempDir()
	var all []*plant
	for _, shared := range sourcetest.Charts(t) {
		if strings.HasPrefix(shared.Name, ownCharts) {
			continue
		}
		c := helmChartAt(t, shared.Dir, inCI)
		c.name = shared.Name
		all = append(all, hiddenPlants(t, c)...)
	}
	chosen := choosePlants(all)
	if len(chosen) < wantedPlants {
		t.Fatalf("%d faults can be planted, want %d", len(chosen), wantedPlants)
	}
	chosen = chosen[:len(chosen)/every]
	of := map[*helmChart][]*plant{}
	var charts []*helmChart
	for _, p := range chosen {
		if of[p.chart] == nil {
			charts = append(charts, p.chart)
		}
		of[p.chart] = append(of[p.chart], p)
	}
	slices.SortFunc(charts, func(a, b *helmChart) int { return strings.Compare(a.name, b.name) })
	runs, changed := make([]*exploredRun, len(charts)), make([]*helmChart, len(charts))
	for i, c := range charts {
		texts := map[string]string{}
		for _, p := range of[c] {
			texts[p.file] = p.planted(c.text(p.file))
		}
		changed[i] = c.with(texts)
		changed[i].write(t, filepath.Join(dir, fmt.Sprint(i)))
	}
	inParallel(len(charts), func(i int) {
		runs[i] = explore(program, filepath.Join(dir, fmt.Sprint(i)), append(strings.Fields(plantedFlags), ".")...)
	})
	tally := newPlantTally()
	for i, c := range charts {
		if runs[i].err != nil {
			t.Errorf("%s: %v", c.name, runs[i].err)
			continue
		}
		tally.spent += runs[i].spent
		missed := map[*plant]string{}
		var unseen []*plant
		for _, p := range of[c] {
			shows := func(settings []string) bool {
				plain := explore(program, filepath.Join(dir, fmt.Sprint(i)), append(asFlags(settings), "--dependencies", ".")...)
				return plain.err != nil || plain.report.at(p.file, p.line, p.check) != nil
			}
			if missed[p] = p.missed(changed[i], &runs[i].report, shows); missed[p] == nothingThere {
				unseen = append(unseen, p)
			}
		}
		if len(unseen) > 0 && os.Getenv(explainMissed) != "" {
			for p, values := range reachedWith(program, filepath.Join(dir, fmt.Sprint(i)), unseen) {
				missed[p] = nothingThere + ", which is reached with values that are " + values
			}
		}
		for _, p := range of[c] {
			tally.add(p, missed[p])
		}
	}
	tally.log(t)
	t.Logf("%d charts, %d places where a fault could be", len(charts), len(all))
	least := minPlantsFound
	if every > 1 {
		least = minSomeFound
	}
	if tally.found*100 < len(chosen)*least {
		t.Errorf("%d of %d faults are found, want %d %%", tally.found, len(chosen), least)
	}
	if len(tally.wrong) > 0 {
		t.Errorf("settings that are not right:\n%s", strings.Join(tally.wrong, "\n"))
	}
}

// missed says why a fault is not found with the right settings; empty is found. Where it begins with "wrong", a
// person would be told what is not true. shows reports whether the program finds the fault with settings, without
// exploring: faults that are planted beside it, such as hostNetwork, may hide it.
func (p *plant) missed(changed *helmChart, is *exploredReport, shows func(settings []string) bool) string {
	for _, e := range is.Errors {
		return "an error of the chart: " + e.Message
	}
	var here []*exploredFinding
	for i := range is.Findings {
		if f := &is.Findings[i]; f.Location.File == p.file && f.Location.Line == p.line {
			here = append(here, f)
		}
	}
	if len(here) == 0 {
		return nothingThere
	}
	i := slices.IndexFunc(here, func(f *exploredFinding) bool { return f.ID == p.check })
	if i < 0 {
		return fmt.Sprintf("another check reports: %s", here[0])
	}
	f := here[i]
	switch {
	case len(f.Settings) == 0:
		return "wrong: without settings"
	case len(f.Settings) > maxSettings:
		return fmt.Sprintf("wrong: %d settings: %q", len(f.Settings), f.Settings)
	case f.Severity != "note":
		return "wrong: of level " + f.Severity
	}
	if err := p.renderedBy(changed, f.Settings); err != "" {
		return fmt.Sprintf("wrong: %q: %s", f.Settings, err)
	}
	for i := range f.Settings {
		if fewer := slices.Delete(slices.Clone(f.Settings), i, i+1); p.renderedBy(changed, fewer) == "" && shows(fewer) {
			return fmt.Sprintf("wrong: %q: %q is not needed", f.Settings, f.Settings[i])
		}
	}
	return ""
}

// at is the finding of a check at a line; nil where there is none.
func (r *exploredReport) at(file string, line int, check string) *exploredFinding {
	for i := range r.Findings {
		if f := &r.Findings[i]; f.Location.File == file && f.Location.Line == line && f.ID == check {
			return f
		}
	}
	return nil
}

// asFlags are settings of a report as flags of the program.
func asFlags(settings []string) (flags []string) {
	for _, s := range settings {
		if !strings.HasPrefix(s, "--") {
			s = "--set=" + s
		}
		flags = append(flags, s)
	}
	return flags
}

// renderedBy says why Helm does not render the fault with settings; empty is that it does.
func (p *plant) renderedBy(changed *helmChart, settings []string) string {
	rendered, err := changed.render(settings)
	switch {
	case err != nil:
		return fmt.Sprintf("Helm refuses: %.200s", err)
	case !strings.Contains(manifestsOf(rendered), p.mark()):
		return "Helm does not render it"
	}
	return ""
}
