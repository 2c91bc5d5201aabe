package main

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/mesh-check/mesh-check/cmd/mesh-check/worker"
	"github.com/mesh-check/mesh-check/frontends/helm"
	"github.com/mesh-check/mesh-check/frontends/input"
	"github.com/mesh-check/mesh-check/render/source"
)

func coverCommand(s streams) *cobra.Command {
	var flags helmFlags
	var limits limitFlags
	var outputs []string
	var least int
	given, sets, out := newGroup("Helm (as helm template)"), newGroup("Values sets"), newGroup("Output")
	flags.addTo(given.flags)
	flags.addSetsTo(sets.flags)
	out.flags.StringArrayVarP(&outputs, "output", "o", nil, "`FORMAT[=FILE]`, repeatable: text, json (default text)")
	out.flags.IntVar(&least, "min", 0, "fail (exit code 1) if less than this `percent` of the lines is reached")
	return grouped(&cobra.Command{
		Use:   "cover [flags] CHART",
		Short: "Print which lines of a chart's templates its values sets reach",
		Long: `Print how many lines of each template of a chart are rendered with its default values,
those of ci/ and those of the flags, and what is not: each branch with its condition,
definitions that nothing includes, sub-charts that are left out, and refusals (fail) that
no values set meets. A line counts where it has text of its own; comments, actions alone,
NOTES.txt and library charts do not. A values set that does not render reaches nothing.`,
		Example: "  mesh-check cover charts/web\n  mesh-check cover --values-set prod=values-prod.yaml --min 90 charts/web",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return errors.New("cover takes one CHART")
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			outputs, err := parseOutputs(outputs, []string{"text", "json"})
			if err != nil {
				return err
			}
			if least < 0 || least > 100 {
				return fmt.Errorf("--min %d: must be a percentage from 0 to 100", least)
			}
			var settings settings
			if err := settings.take(&flags, s.in, limits.timeout); err != nil {
				return err
			}
			d, err := newDispatcher(settings, limits, s.in, s.err)
			if err != nil {
				return err
			}
			defer d.close()
			return cover(s, d, source.Shown(settings.tree(), args[0]), least, outputs)
		},
	}, given, sets, limits.group(false), out)
}

// cover has a worker render a chart with all of its values sets.
func cover(s streams, d *dispatcher, path string, least int, outputs []output) error {
	if err := refusedChart(d.settings.tree(), path); err != nil {
		printError(s.err, err)
		return exit(exitInput)
	}
	a, err := d.askRetrying(job{Task: taskCover, Inputs: []input.Input{{Path: path, Kind: input.KindChart}}, Settings: d.settings})
	if err != nil {
		return err
	}
	for _, note := range a.Notes {
		fmt.Fprintln(s.err, "mesh-check: note: "+oneLine(path+": "+note))
	}
	if c := a.Cover; c != nil {
		for _, o := range outputs {
			write := c.text
			if o.format == "json" {
				write = c.json
			}
			text, err := write()
			if err != nil {
				return err
			}
			if err := o.put(s.out, text); err != nil {
				return err
			}
		}
	}
	if err := a.failures(s); err != nil {
		return err
	}
	if c := a.Cover; c != nil && 100*c.Reached < least*c.Lines {
		printError(s.err, fmt.Errorf("cover: %s: %d of %d lines are reached (%d %%), --min is %d", oneLine(path), c.Reached, c.Lines, c.percent(), least))
		return exit(exitFindings)
	}
	return nil
}

// cover renders the chart of the job with all values sets, in a worker.
func (j *job) cover(c *worker.Call) (a answer) {
	path := j.Inputs[0].Path
	o := j.helmOptions(j.Settings.tree())
	set := ""
	o.Deadline = softDeadline(c.Deadline())
	o.Began = func(template string) { c.Begin(began{0, set, template}.bytes()) }
	fail := func(errs ...*source.Error) {
		for _, err := range errs {
			if text := err.Error(); !slices.Contains(a.Errors, text) { // of several values sets
				a.Errors = append(a.Errors, text)
			}
			if b := bugOf(path, err); b != nil && len(a.Bugs) == 0 {
				a.Bugs = append(a.Bugs, *b)
			}
		}
	}
	chart, err := helm.Load(path, o)
	if err != nil {
		fail(input.AsError(path, err))
		return a
	}
	fail(chart.Problems()...)
	doc := &coverDocument{Schema: 1, Chart: path}
	for _, set = range chart.Sets() {
		rendered, errs := chart.Render(set)
		if rendered == nil {
			fail(errs...)
			continue
		}
		doc.ValuesSets = append(doc.ValuesSets, set)
		a.Notes = append(a.Notes, rendered.Notes...)
	}
	doc.Lines, doc.Reached = chart.Coverage()
	for _, covered := range chart.Covered() {
		doc.Files = append(doc.Files, coverFileOf(covered))
	}
	slices.SortStableFunc(doc.Files, func(a, b coverFile) int {
		return cmp.Or(cmp.Compare(a.Chart, b.Chart), cmp.Compare(a.File, b.File))
	})
	a.Cover = doc
	return a
}
