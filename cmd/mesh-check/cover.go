package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/mesh-check/mesh-check/frontends/input"
)

// coverFlags are the flags of the command cover: of those of check, the ones that say how charts are
// found and rendered.
type coverFlags struct {
	check   checkFlags
	explore exploreFlags

	outputs            []string
	color              string
	verbose            bool
	least, leastBeyond int
	writeCI            string
}

func coverCommand(s streams) *cobra.Command {
	f := &coverFlags{}
	explore, out := newGroup("Exploring"), newGroup("Output")
	f.explore.addTo(explore.flags, exploreDocumented, "reach more lines")
	explore.flags.Lookup("explore").NoOptDefVal = "" // which is the default: --explore off may be typed so
	explore.flags.StringVar(&f.writeCI, "write-ci", "",
		"write the fewest values files that reach what exploring reaches into `DIR`, or its ci/ if it is a chart; files with other content are not overwritten")
	out.flags.StringArrayVarP(&f.outputs, "output", "o", nil, "`FORMAT[=FILE]`, repeatable: text, json (default text)")
	out.flags.BoolVarP(&f.verbose, "verbose", "v", false, "show every file and every range of lines in text")
	out.flags.StringVar(&f.color, "color", "auto", "`WHEN` to use color: auto, always, never")
	out.flags.IntVar(&f.least, "min", 0, "fail (exit code 1) if the values sets of a chart reach less than this `percent` of its lines; exploring does not count, as nothing tests what it reaches")
	out.flags.IntVar(&f.leastBeyond, "min-explored", 0, "the same `percent` for what the values sets and exploring reach together")
	groups := append(f.check.helm.groups(), explore, f.searchGroup(), f.check.limits.group(true), out)
	return grouped(&cobra.Command{
		Use:   "cover [flags] CHART...",
		Short: "Print which lines of a chart's templates its values sets reach, and which settings reach the rest",
		Long: `Print how many lines of each template of a chart are rendered with its values sets: its
default values, those of ci/, of the configuration, of the flags and of the releases that
the repository declares. Then the chart is explored: rendered with other values that it
documents, to find the smallest settings that reach the rest. What is not reached then is
listed with the reason: conditions, definitions that nothing includes, sub-charts that are
left out, refusals (fail) that no values meet. A CHART may be a directory with charts below.

A line counts where it has text of its own; comments, actions alone, NOTES.txt and library
charts do not. A values set that does not render reaches nothing. The bars show what values
sets reach (█), what exploring reaches beyond them (▒), and what nothing does (░).`,
		Example: `  mesh-check cover charts/web
  mesh-check cover --min 90 charts/
  mesh-check cover --write-ci charts/web charts/web
  mesh-check cover --explore off --values-set prod=values-prod.yaml charts/web`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				if _, err := f.explore.options(); err != nil { // --explore has taken the CHART
					return err
				}
				return errors.New("cover takes a CHART or several, or a directory with charts")
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error { return f.run(s, args) },
	}, groups...)
}

// searchGroup are the flags of check that say which charts are found below a directory. What
// else check has keeps its defaults.
func (f *coverFlags) searchGroup() group {
	report := f.check.report.group()
	f.check.mesh.group()
	g := newGroup("Search")
	for _, name := range []string{"exclude", "config"} {
		g.flags.AddFlag(report.flags.Lookup(name))
	}
	return g
}

// run is the command: everything that can be wrong with the usage is reported before any work.
func (f *coverFlags) run(s streams, paths []string) error {
	outputs, err := parseOutputs(f.outputs, ownFormats)
	if err != nil {
		return err
	}
	for _, min := range []struct {
		flag    string
		percent int
	}{{"min", f.least}, {"min-explored", f.leastBeyond}} {
		if min.percent < 0 || min.percent > 100 {
			return fmt.Errorf("--%s %d: must be a percentage from 0 to 100", min.flag, min.percent)
		}
	}
	explore, err := f.explore.options()
	if err != nil {
		return err
	}
	if explore == nil && (f.writeCI != "" || f.leastBeyond > 0) {
		return errors.New("--write-ci and --min-explored need exploring, which --explore off turns off")
	}
	color, err := wantsColor(f.color, s.out)
	if err != nil {
		return err
	}
	if err := writableCI(f.writeCI); err != nil {
		return err
	}
	var settings settings
	if settings.Mesh, _, err = f.check.meshOf(nil); err != nil {
		return err
	}
	if err := settings.take(&f.check.helm, s.in, f.check.limits.timeout); err != nil {
		return err
	}
	d, err := newDispatcher(settings, f.check.limits, s.in, s.err)
	if err != nil {
		return err
	}
	defer d.close()
	inputs, err := f.charts(s, d, paths)
	if err != nil {
		return err
	}
	if f.writeCI != "" && len(inputs) > 1 {
		return fmt.Errorf("--write-ci writes the files of one chart, and these are %d", len(inputs))
	}
	p := newProgress(s.err, len(inputs), false)
	answers, err := d.coverAll(inputs, coverTask{Explore: explore, CIValues: f.writeCI != ""}, p.finished)
	p.close()
	if err != nil {
		return err
	}
	return f.report(s, outputs, color, inputs, answers)
}

// charts are the charts among the inputs that paths name, as check finds them; what of the rest cannot
// be read is an input with a fault.
func (f *coverFlags) charts(s streams, d *dispatcher, paths []string) ([]input.Input, error) {
	finder := f.check.finder()
	left, err := f.check.excluder(finder)
	if err != nil {
		return nil, err
	}
	d.excluded, d.noted = left.below, left.note
	var charts []input.Input
	for _, path := range paths {
		found := input.Finder{Tree: f.check.tree(), Below: d.below, Hint: missingHint}.Find([]string{path})
		some := len(charts)
		for _, in := range found {
			if in.Kind == input.KindChart || in.Fault != nil && !in.Empty {
				charts = append(charts, in)
			}
		}
		if len(charts) == some {
			charts = append(charts, input.Invalid(path, "there is no chart (a directory with Chart.yaml) here or below", "name a chart, or a directory with charts"))
		}
	}
	charts = eachOnce(charts)
	if d.configured, err = f.check.configure(s.err, finder, left.faults, paths, charts); err != nil {
		return nil, err
	}
	for _, pattern := range left.idle() {
		printError(s.err, fmt.Errorf("warning: --exclude %s excludes nothing", oneLine(pattern)))
	}
	charts, told, err := f.check.findReleases(s, d, finder, paths, charts)
	for _, r := range told {
		for _, note := range r.notes {
			fmt.Fprintln(s.err, "mesh-check: note: "+oneLine(r.root+": "+note))
		}
	}
	return charts, err
}

// eachOnce are inputs of several paths, each once.
func eachOnce(all []input.Input) (once []input.Input) {
	seen := map[string]bool{}
	for _, in := range all {
		if !seen[in.Path] {
			once = append(once, in)
		}
		seen[in.Path] = true
	}
	return once
}

// report writes what the workers have answered, and says what fails.
func (f *coverFlags) report(s streams, outputs []output, color bool, inputs []input.Input, answers []answer) error {
	doc := &coverDocument{Schema: 1}
	var whole answer
	for i, a := range answers {
		for _, note := range a.Notes {
			fmt.Fprintln(s.err, "mesh-check: note: "+oneLine(inputs[i].Path+": "+note))
		}
		if a.Cover != nil {
			doc.add(a.Cover)
		}
		whole.Errors, whole.Bugs = append(whole.Errors, a.Errors...), append(whole.Bugs, a.Bugs...)
	}
	for _, o := range outputs {
		text, err := doc.text(coverLook{verbose: f.verbose, color: color && o.file == ""}), error(nil)
		if o.format == "json" {
			text, err = doc.json()
		}
		if err != nil {
			return err
		}
		if err := o.put(s.out, text); err != nil {
			return err
		}
	}
	if f.writeCI != "" && len(answers) == 1 && answers[0].Cover != nil && answers[0].Cover.Explores {
		if err := writeCI(s.err, f.writeCI, answers[0].Cover, answers[0].CI); err != nil {
			return err
		}
	}
	if err := whole.failures(s); err != nil {
		return err
	}
	return f.tooLittle(s, doc)
}

// tooLittle says which charts have less than they must; the error is the exit code then.
func (f *coverFlags) tooLittle(s streams, doc *coverDocument) (err error) {
	for _, c := range doc.Charts {
		for _, of := range []struct {
			reached, least int
			flag, by       string
		}{{c.Given, f.least, "min", "the values sets"}, {c.Explored, f.leastBeyond, "min-explored", "the values sets and exploring"}} {
			if 100*of.reached < of.least*c.Lines {
				printError(s.err, fmt.Errorf("cover: %s: %d of %d lines are reached by %s (%d %%), --%s is %d",
					oneLine(c.Chart), of.reached, c.Lines, of.by, percent(of.reached, c.Lines), of.flag, of.least))
				err = exit(exitFindings)
			}
		}
	}
	return err
}
