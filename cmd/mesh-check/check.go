package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/suite"
	"github.com/mesh-check/mesh-check/cmd/mesh-check/config"
	"github.com/mesh-check/mesh-check/frontends/input"
	"github.com/mesh-check/mesh-check/render/source"
	"github.com/mesh-check/mesh-check/sarif"
	"github.com/mesh-check/mesh-check/sarif/view"
)

// checkFlags are all flags of the check command.
type checkFlags struct {
	helm      helmFlags
	terraform terraformFlags
	mesh      meshFlags
	report    reportFlags
	show      showFlags
	explore   exploreFlags

	limits   limitFlags
	edits    map[string][]byte // see settings.Edits; no flag sets them
	shard    string
	together bool
	all      []group // of the command
}

func checkCommand(s streams) (*cobra.Command, []group) { return (&checkFlags{}).command(s) }

// command is the check command, with its groups of flags.
func (f *checkFlags) command(s streams) (*cobra.Command, []group) {
	output := f.show.group()
	output.flags.StringVar(&f.shard, "shard", "", "analyze only part `I/N` of the inputs, such as 2/4")
	mesh := f.mesh.group()
	mesh.flags.BoolVar(&f.together, "together", false, "analyze all inputs as one cluster, charts with their first values set")
	exploring := newGroup("Exploring")
	f.explore.addTo(exploring.flags, exploreOff, "also check what a chart renders")
	groups := append(f.helm.groups(), exploring, f.terraform.group(), mesh, f.report.group(), f.limits.group(true), output)
	f.all = groups
	cmd := grouped(&cobra.Command{
		Use:   "check [flags] [PATH...]",
		Short: "Check charts, Terraform and manifests (the default command)",
		Long:  "Check charts, Terraform and manifests against Istio's requirements.",
		Args:  cobra.ArbitraryArgs,
		RunE: func(_ *cobra.Command, paths []string) error {
			return f.run(s, paths)
		},
	}, groups...)
	return cmd, groups
}

// run is the check command: everything that can be wrong with the usage is reported
// before any work.
func (f *checkFlags) run(s streams, paths []string) error {
	started := time.Now()
	if len(paths) == 0 {
		paths = []string{"."}
	}
	outputs, err := parseOutputs(f.show.outputs, view.Names())
	if err != nil {
		return err
	}
	look, err := f.show.options(s.out)
	if err != nil {
		return err
	}
	failing, err := f.report.failing()
	if err != nil {
		return err
	}
	part, parts, err := shardOf(f.shard)
	if err != nil {
		return err
	}
	settings, err := f.settings(s.in, look)
	if err != nil {
		return err
	}
	settings.Graph = slices.ContainsFunc(outputs, func(o output) bool { return view.Draws(o.format) })
	base, err := readBaseline(f.report.baseline, f.limits.timeout)
	if err != nil {
		return err
	}

	d, err := newDispatcher(settings, f.limits, s.in, s.err)
	if err != nil {
		return err
	}
	defer d.close()
	d.written = slices.ContainsFunc(outputs, func(o output) bool { return o.format == "sarif" })
	finder := f.finder()
	left, err := f.excluder(finder)
	if err != nil {
		return err
	}
	d.excluded, d.noted = left.below, left.note
	inputs := input.Finder{Tree: f.tree(), Below: d.below, Hint: missingHint}.Find(paths)
	if d.configured, err = f.configure(s.err, finder, left.faults, paths, inputs); err != nil {
		return err
	}
	tellIdle(s.err, settings.Mesh, d.configured)
	f.tellIdleFlags(s.err, left, inputs)
	inputs, told, err := f.findReleases(s, d, finder, paths, inputs)
	if err != nil {
		return err
	}
	if inputs = shard(inputs, part, parts); len(inputs) == 0 {
		printError(s.err, fmt.Errorf("warning: --shard %s has no input: there are fewer inputs than shards", f.shard))
	}
	p := newProgress(s.err, len(inputs), f.show.quiet)
	found, err := d.checkAll(inputs, told, f.together, p.finished)
	p.close()
	if err != nil {
		return err
	}
	log := found.log
	if base != nil {
		log.ApplyBaseline(base)
	}
	log.MarkShard(part, parts)
	if terminal(s.out) { // what is kept or compared has no time in it
		look.Elapsed = time.Since(started)
	}
	if err := writeAll(s, outputs, log, look, f.show.quiet); err != nil {
		return err
	}
	if !showsErrors(outputs) {
		for _, e := range found.errors {
			printError(s.err, errors.New(oneLine(e)))
		}
		if found.more > 0 {
			printError(s.err, fmt.Errorf("%d more input errors", found.more))
		}
	}
	for _, b := range found.bugs {
		printError(s.err, &b)
	}
	return exitStatus(log, failing, found.bugs)
}

// maxPrintedErrors is how many errors of inputs standard error has; the report has more.
const maxPrintedErrors = 500

// showsErrors reports whether standard output shows what could not be analyzed.
func showsErrors(outputs []output) bool {
	return slices.ContainsFunc(outputs, func(o output) bool {
		return o.file == "" && (o.format == "text" || o.format == "line" || o.format == "github")
	})
}

// exitStatus is the exit code of a run, as an error.
func exitStatus(log *sarif.Log, on failing, bugs []bug) error {
	if len(bugs) > 0 {
		return exit(exitBug)
	}
	if len(log.Failures()) > 0 {
		return exit(exitInput)
	}
	for _, level := range on.levels {
		if log.Count(string(level)) > 0 {
			return exit(exitFindings)
		}
	}
	if on.undecided && len(log.Undecided())+log.Omitted("undecided") > 0 {
		return exit(exitFindings)
	}
	return nil
}

// settings are what the flags say about the inputs.
func (f *checkFlags) settings(stdin io.Reader, look view.Options) (settings, error) {
	s := settings{
		Sources: f.terraform.source, Edits: f.edits,
		Log: logSettings{Root: look.Root, Dir: look.Cwd, Primary: f.report.primary, ShowSuppressed: f.report.showSuppressed},
	}
	var err error
	if s.Today, err = today(); err != nil {
		return s, err
	}
	if s.Mesh, _, err = f.meshOf(nil); err != nil {
		return s, err
	}
	if s.Selection, err = f.report.selection(); err != nil {
		return s, err
	}
	if s.Explore, err = f.explore.options(); err != nil {
		return s, err
	}
	if err = s.take(&f.helm, stdin, f.limits.timeout); err != nil {
		return s, err
	}
	for _, v := range f.terraform.vars {
		s.give(v.File, f.limits.timeout)
	}
	s.Terraform, err = f.terraform.options(f.tree())
	return s, err
}

// helpOf is a check's page for the log.
func helpOf(c *checks.Check) sarif.Help {
	text, markdown := checks.Help(c, suite.Page(c))
	return sarif.Help{Text: text, Markdown: markdown, URI: suite.PageURI(c)}
}

// shardOf reads I/N; nothing is 1/1.
func shardOf(flag string) (part, parts int, err error) {
	if flag == "" {
		return 1, 1, nil
	}
	i, n, ok := strings.Cut(flag, "/")
	part, err1 := strconv.Atoi(i)
	parts, err2 := strconv.Atoi(n)
	if !ok || err1 != nil || err2 != nil || part < 1 || part > parts {
		return 0, 0, fmt.Errorf("--shard %s: must be I/N with I from 1 to N", oneLine(flag))
	}
	return part, parts, nil
}

// shard is every parts-th input, from the part-th on.
func shard(all []input.Input, part, parts int) []input.Input {
	var some []input.Input
	for i, in := range all {
		if i%parts == part-1 {
			some = append(some, in)
		}
	}
	return some
}

// tree is where all files of the inputs are.
func (f *checkFlags) tree() source.Tree { return source.Overlay(source.Disk, f.edits) }

// finder finds configurations.
func (f *checkFlags) finder() *config.Finder {
	t := f.tree()
	return &config.Finder{
		Tree:     t,
		Boundary: func(dir string) (string, bool) { return configBoundary(t, dir) },
		Shown:    func(name string) string { return shownConfig(t, name) },
	}
}
