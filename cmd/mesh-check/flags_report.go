package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/suite"
	"github.com/mesh-check/mesh-check/cmd/mesh-check/config"
)

// reportFlags say what is reported and what fails the run.
type reportFlags struct {
	failOn, primary, baseline, config string
	enable, disable, only, severities []string
	exclude                           []string
	showSuppressed, allResources      bool
	failOnUndecided                   bool
}

func (f *reportFlags) group() group {
	g := newGroup("What to report")
	fs := g.flags
	f.failOnFlag(fs)
	fs.StringSliceVar(&f.only, "only", nil, "run only these `checks` (ids, names, or groups such as MESH2)")
	fs.StringSliceVar(&f.disable, "disable", nil, "skip these `checks` (ids, names, groups or all)")
	fs.StringSliceVar(&f.enable, "enable", nil, "run these `checks` even if --disable skips them")
	fs.StringSliceVar(&f.severities, "severity", nil, "change the severity of a check, as `ID=LEVEL`")
	fs.StringArrayVar(&f.exclude, "exclude", nil,
		"exclude files that match a `GLOB`, relative to the working directory, when directories are searched (** matches any directories)")
	fs.StringVar(&f.config, "config", "",
		"`FILE` with the configuration of all inputs, or none (default "+config.FileName+", searched from each input upwards to the repository's root)")
	fs.StringVar(&f.baseline, "baseline", "", "SARIF `file` of an earlier run: findings in it do not count")
	fs.BoolVar(&f.showSuppressed, "show-suppressed", false, "report suppressed findings too; they do not count")
	fs.BoolVar(&f.allResources, "all-resources", false, "findings on resources that a plan does not change count too; otherwise they are notes")
	fs.StringVar(&f.primary, "primary", "template", "`PLACE` of a finding whose value is written elsewhere: template, value")
	return g
}

func (f *reportFlags) failOnFlag(fs *pflag.FlagSet) {
	fs.StringVar(&f.failOn, "fail-on", "error", "exit with 1 on findings of this `LEVEL` or above: error, warning, note, never")
	fs.BoolVar(&f.failOnUndecided, "fail-on-undecided", false, "exit with 1 if something is undecided because a value is not known")
}

// failing is what fails the run.
type failing struct {
	levels    []checks.Severity
	undecided bool
}

// levels are the severities in falling order, as --fail-on and --severity name them.
var levels = []checks.Severity{checks.Error, checks.Warning, checks.Note}

// failing is what the flags say.
func (f *reportFlags) failing() (failing, error) {
	if err := oneOf("fail-on", &f.failOn, failOnWords...); err != nil {
		return failing{}, err
	}
	at := slices.Index(levels, checks.Severity(f.failOn))
	return failing{levels[:at+1], f.failOnUndecided}, nil // never is not in the list: none
}

// selection checks the names of checks and makes a Selection of the flags.
func (f *reportFlags) selection() (checks.Selection, error) {
	if err := oneOf("primary", &f.primary, primaryWords...); err != nil {
		return checks.Selection{}, err
	}
	sel := checks.Selection{Severity: map[string]checks.Severity{}, AllResources: f.allResources, Release: minorRelease()}
	for _, list := range []struct {
		flag  string
		names []string
		into  *[]string
	}{{"only", f.only, &sel.Only}, {"enable", f.enable, &sel.Enable}, {"disable", f.disable, &sel.Disable}} {
		for _, name := range list.names {
			ids, err := config.CheckIDs(name)
			if err != nil {
				return sel, fmt.Errorf("--%s: %w", list.flag, err)
			}
			*list.into = append(*list.into, ids...)
		}
	}
	if all, _ := new(config.File).Selection(sel); len(all.Disable) == len(suite.Checks) {
		return sel, errors.New("no check is left to run; change --only, --disable or --enable")
	}
	for _, s := range f.severities {
		name, level, ok := strings.Cut(s, "=")
		if !ok {
			return sel, fmt.Errorf("--severity %s: must be ID=LEVEL", oneLine(s))
		}
		id, err := config.CheckID(name)
		if err != nil {
			return sel, fmt.Errorf("--severity: %w", err)
		}
		severity, err := config.Level(level)
		if err != nil {
			return sel, fmt.Errorf("--severity %s: %w", oneLine(s), err)
		}
		if id != config.All {
			sel.Severity[id] = severity
			continue
		}
		for _, c := range suite.Checks {
			if _, own := sel.Severity[c.ID]; !own {
				sel.Severity[c.ID] = severity
			}
		}
	}
	return sel, nil
}
