package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"github.com/mesh-check/mesh-check/cmd/mesh-check/worker"
	"github.com/mesh-check/mesh-check/frontends/helm"
	"github.com/mesh-check/mesh-check/frontends/input"
	"github.com/mesh-check/mesh-check/render/source"
	"github.com/mesh-check/mesh-check/sarif/view"
)

func blameCommand(s streams) *cobra.Command {
	var flags helmFlags
	var limits limitFlags
	var outputs []string
	var showSecrets bool
	g, out := newGroup("Helm (as helm template)"), newGroup("Output")
	flags.addTo(g.flags)
	out.flags.StringArrayVarP(&outputs, "output", "o", nil, "`FORMAT[=FILE]`, repeatable: text, json (default text)")
	out.flags.BoolVar(&showSecrets, "show-secrets", false, "print the data of Secrets, which is hidden otherwise")
	return grouped(&cobra.Command{
		Use:   "blame [flags] CHART",
		Short: "Print the rendered manifests, each line with the place it comes from",
		Long: `Print the rendered manifests of a chart, each line next to the file and line that a
person edits to change it, and the value that it was taken from. Files are named
relative to the chart. A ~ marks a place that was found by alignment and is not
proven. The data of Secrets is hidden.`,
		Example: "  mesh-check blame charts/web\n  mesh-check blame --set replicas=3 -o json charts/web",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return errors.New("blame takes one CHART")
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			outputs, err := parseOutputs(outputs, ownFormats)
			if err != nil {
				return err
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
			return blame(s, d, source.Shown(settings.tree(), args[0]), showSecrets, outputs)
		},
	}, g, limits.group(false), out)
}

// blame has a worker explain a chart with its first values set: its default values,
// or those of the flags.
func blame(s streams, d *dispatcher, path string, showSecrets bool, outputs []output) error {
	if err := refusedChart(d.settings.tree(), path); err != nil {
		printError(s.err, err)
		return exit(exitInput)
	}
	j := job{Task: taskBlame, ShowSecrets: showSecrets, Inputs: []input.Input{{Path: path, Kind: input.KindChart}}, Settings: d.settings}
	for _, o := range outputs {
		j.Formats = append(j.Formats, o.format)
	}
	a, err := d.askRetrying(j)
	if err != nil {
		return err
	}
	for _, note := range a.Notes {
		fmt.Fprintln(s.err, "mesh-check: note: "+oneLine(path+": "+note))
	}
	for i, text := range a.blamed {
		if err := outputs[i].put(s.out, text); err != nil {
			return err
		}
	}
	return a.failures(s)
}

// failures prints what went wrong in a worker; the error is the exit code that it makes, nil for none.
func (a *answer) failures(s streams) error {
	for _, b := range a.Bugs {
		printError(s.err, &b)
	}
	for _, fault := range a.Errors {
		printError(s.err, errors.New(fault))
	}
	switch {
	case len(a.Bugs) > 0:
		return exit(exitBug)
	case len(a.Errors) > 0:
		return exit(exitInput)
	}
	return nil
}

// blame explains the chart of the job, in a worker.
func (j *job) blame(c *worker.Call) (a answer) {
	path := j.Inputs[0].Path
	o := j.helmOptions(j.Settings.tree())
	o.Deadline = softDeadline(c.Deadline())
	o.Began = func(template string) { c.Begin(began{0, "", template}.bytes()) }
	fail := func(errs ...*source.Error) {
		for _, err := range errs {
			a.Errors = append(a.Errors, err.Error())
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
	set := chart.Sets()[0]
	rendered, errs := chart.Render(set)
	fail(chart.Problems()...)
	fail(errs...)
	if rendered == nil {
		return a
	}
	a.Notes = rendered.Notes
	rendered.HideSecrets = !j.ShowSecrets
	for _, format := range j.Formats {
		before, text := j.written.n, bufio.NewWriterSize(&j.written, 64<<10)
		if format == "json" {
			err = blameJSON(text, blameDocument{Schema: 1, Chart: path, ValuesSet: set}, rendered.Blame())
		} else {
			err = blameText(text, rendered)
		}
		if err = errors.Join(err, text.Flush()); err != nil {
			panic(err) // a Call does not fail
		}
		a.Blame = append(a.Blame, j.written.n-before)
	}
	return a
}

// blameText prints each line behind its place, in columns as wide as the widest
// place of its template.
func blameText(w io.Writer, r *helm.Rendered) error {
	for file, lines := range r.Lines() {
		proven := ""
		if !file.Exact {
			proven = "  (not proven: " + oneLine(file.Reason) + ")"
		}
		if _, err := fmt.Fprintf(w, "# %s%s\n", oneLine(file.Template), proven); err != nil {
			return err
		}
		places, values := make([]string, len(lines)), make([]string, len(lines))
		var placeWidth, valueWidth int
		for j, line := range lines {
			places[j], values[j] = placeOf(line.Origin), valuesOf(line)
			placeWidth = max(placeWidth, utf8.RuneCountInString(places[j]))
			valueWidth = max(valueWidth, utf8.RuneCountInString(values[j]))
		}
		for j, line := range lines {
			text := fmt.Sprintf("%-*s  %-*s │ %s", placeWidth, places[j], valueWidth, values[j], view.Line(line.Text))
			if _, err := fmt.Fprintln(w, strings.TrimRight(text, " ")); err != nil {
				return err
			}
		}
	}
	return nil
}

// placeOf is file:line of a line's text; ~ where it is not proven.
func placeOf(o source.Origin) string {
	if !o.Span.Valid() {
		return ""
	}
	mark := ""
	if !o.Exact {
		mark = " ~"
	}
	return fmt.Sprintf("%s:%d%s", oneLine(o.Span.File.Path), o.Span.Begin().Line, mark)
}

// takenFrom is how a step is written beside the paths of values, which stand alone.
var takenFrom = map[source.Role]string{
	source.Value: "", source.ChartMeta: "Chart.yaml ", source.ChartFile: ".Files ",
	source.Release: ".Release.", source.Capabilities: ".Capabilities.",
}

// valuesOf are what the words of a line were taken from: paths of values, or flags.
func valuesOf(line helm.BlameLine) string {
	var names []string
	for _, step := range line.Taken {
		prefix, known := takenFrom[step.Role]
		switch {
		case step.Flag != "":
			names = append(names, oneLine(step.Setter()))
		case known && step.Name != "":
			names = append(names, prefix+oneLine(step.Name))
		}
	}
	return strings.Join(names, ", ")
}
