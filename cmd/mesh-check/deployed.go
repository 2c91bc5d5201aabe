package main

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"time"

	meshcheck "github.com/mesh-check/mesh-check"
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/cmd/mesh-check/config"
	"github.com/mesh-check/mesh-check/frontends/input"
	"github.com/mesh-check/mesh-check/frontends/release"
	"github.com/mesh-check/mesh-check/render/source"
)

// repositoryNotes are what is to be said about the releases that a repository declares.
type repositoryNotes struct {
	root  string
	notes []string
	bugs  []bug
}

// findReleases has a worker look for the releases of each repository in which charts lie, and leaves
// those inputs their repository of which it declares some: the workers that analyze these
// search it again, each once. A search that fails costs the releases and not the charts.
// Of a repository something is said where the run is about all of it, or about a chart that it deploys;
// archives that it deploys are inputs then, too.
func (f *checkFlags) findReleases(s streams, d *dispatcher, finder *config.Finder, paths []string, inputs []input.Input) (all []input.Input, told []repositoryNotes, err error) {
	deployed := map[string]map[string]bool{}
	isHeld := func(root string) bool {
		return slices.ContainsFunc(paths, func(path string) bool { return holds(path, root) })
	}
	d.settings.Releases = map[string]release.Config{}
	d.searched = map[string]time.Duration{}
	for _, in := range inputs {
		if in.Repository == "" || deployed[in.Repository] != nil || !f.helm.deployed() {
			continue
		}
		charts, notes, err := f.releasesIn(s, d, finder, in.Repository)
		if err != nil {
			return nil, nil, err
		}
		deployed[in.Repository], told = charts, append(told, notes)
		if isHeld(in.Repository) {
			inputs = append(inputs, d.archives(in, charts, inputs)...)
		}
	}
	for i, in := range inputs {
		abs, err := filepath.Abs(in.Path)
		if err != nil || !deployed[in.Repository][abs] {
			inputs[i].Repository = ""
		}
	}
	return inputs, slices.DeleteFunc(told, func(r repositoryNotes) bool {
		deploys := slices.ContainsFunc(inputs, func(in input.Input) bool { return in.Repository == r.root })
		return !deploys && !isHeld(r.root)
	}), nil
}

// archives are the archives among the charts that a repository deploys, which are no inputs where they are
// found. They have the configuration of an input of the repository.
func (d *dispatcher) archives(of input.Input, charts map[string]bool, inputs []input.Input) (more []input.Input) {
	for _, chart := range slices.Sorted(maps.Keys(charts)) {
		name := source.Shown(source.Disk, chart)
		info, err := source.Disk.Stat(name)
		if err != nil || info.IsDir() || slices.ContainsFunc(inputs, func(in input.Input) bool { return in.Path == name }) {
			continue
		}
		more = append(more, input.Input{Path: name, Kind: input.KindChart, Repository: of.Repository})
		if c := d.configured[of.Path]; c != nil {
			d.configured[name] = c
		}
	}
	return more
}

// holds reports whether a directory is another one, or has it somewhere below.
func holds(dir, inner string) bool {
	outer, err := filepath.Abs(dir)
	if err != nil {
		return false
	}
	abs, err := filepath.Abs(inner)
	return err == nil && source.LiesIn(outer, abs)
}

// releasesIn has a worker look for the releases of one repository: the charts that have some, by
// their absolute paths.
func (f *checkFlags) releasesIn(s streams, d *dispatcher, finder *config.Finder, root string) (charts map[string]bool, told repositoryNotes, err error) {
	declared, notes, faults := f.releasesOf(finder, root)
	for _, fault := range faults {
		printError(s.err, errors.New(oneLine(fault.Error())))
	}
	if len(faults) > 0 {
		return nil, told, exit(exitUsage)
	}
	d.settings.Releases[root] = declared
	begun := time.Now()
	a, err := d.askRetrying(job{Task: taskReleases, Inputs: []input.Input{{Path: root}}, Settings: d.settings, Mentioned: true})
	if err != nil {
		return nil, told, err
	}
	d.searched[root] = time.Since(begun)
	if a.Deployed == nil {
		for _, e := range a.Errors {
			printError(s.err, errors.New("warning: releases are not analyzed (--releases off does not look for them): "+oneLine(e)))
		}
	}
	charts = map[string]bool{}
	for _, chart := range a.Deployed {
		if abs, err := filepath.Abs(chart); err == nil {
			charts[abs] = true
		}
	}
	return charts, repositoryNotes{root, append(notes, a.releaseNotes()...), a.Bugs}, nil
}

// withoutReleases has a job look for no releases where a worker was lost before it came to a values
// set, as one is that does not get through with the search: that costs no chart. It reports
// whether the job is another one now.
func (j *job) withoutReleases(l meshcheck.Skip) bool {
	if j.Task != taskCheck && j.Task != taskCover || l.ValuesSet != "" || j.Inputs[0].Repository == "" {
		return false
	}
	in := j.Inputs[0]
	in.Repository, in.Note = "", "analyzed without the releases of its repository: "+l.Fault.What
	j.Inputs, j.Sequential = []input.Input{in}, false
	return true
}

// searching is the deadline of inputs whose worker may search their repository for releases before:
// it may take twice the time that it took first, beside other workers, and costs the inputs none of theirs.
func (d *dispatcher) searching(inputs []input.Input, deadline time.Time) time.Time {
	longest := time.Duration(0)
	for _, in := range inputs {
		if in.Repository != "" {
			longest = max(longest, d.searched[in.Repository])
		}
	}
	if deadline.IsZero() {
		return deadline
	}
	return deadline.Add(2 * longest)
}

// releaseNotes are what a log says about the releases of a repository.
func (a *answer) releaseNotes() (notes []string) {
	if len(a.Releases) > 0 {
		charts, environments := map[string]bool{}, map[string]bool{}
		for _, r := range a.Releases {
			charts[r.Chart] = true
			if environment, _, _ := strings.Cut(r.Set, "/"); environment != "" {
				environments[environment] = true
			}
		}
		note := fmt.Sprintf("this repository declares %s of %s", countOf(len(a.Releases), "release"), countOf(len(charts), "chart"))
		if len(environments) > 0 {
			note += ", in " + countOf(len(environments), "environment")
		}
		notes = append(notes, note)
	}
	notes = append(notes, a.undecidedNotes()...)
	for _, note := range a.Notes {
		notes = append(notes, "releases: "+note)
	}
	for _, e := range a.Errors {
		notes = append(notes, "releases: not all of them are found: "+e)
	}
	return notes
}

// undecidedNotes say of which declarations there is no release, each reason once.
func (a *answer) undecidedNotes() (notes []string) {
	byReason := map[string][]undecidedRow{}
	var reasons []string
	for _, u := range a.Undecided {
		if byReason[u.Reason] == nil {
			reasons = append(reasons, u.Reason)
		}
		byReason[u.Reason] = append(byReason[u.Reason], u)
	}
	slices.SortStableFunc(reasons, func(x, y string) int { return cmp.Compare(len(byReason[y]), len(byReason[x])) })
	for _, reason := range reasons {
		rows := byReason[reason]
		first := rows[0].By.Name
		if rows[0].Detail != "" {
			first += ": " + rows[0].Detail
		}
		if rows[0].By.File != "" {
			first = fmt.Sprintf("%s:%d: %s", rows[0].By.File, rows[0].By.Line, first)
		}
		note := fmt.Sprintf("%s not analyzed: %s: %s", countOf(len(rows), "declared release"), reason, first)
		if len(rows) > 1 {
			note += fmt.Sprintf(" and %d more; the command releases lists them", len(rows)-1)
		}
		notes = append(notes, note)
	}
	return notes
}

// log is a log of the notes alone.
func (r *repositoryNotes) log(s logSettings) ([]byte, error) {
	report := &checks.Report{}
	for _, note := range r.notes {
		report.Notes = append(report.Notes, checks.InputNote{Input: r.root, Message: note, Repository: true})
	}
	report.Finish()
	return s.build(report).Encode()
}
