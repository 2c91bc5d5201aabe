package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/frontends/input"
)

// chartFlags are flags that say something about charts alone, and rootFlags about Terraform:
// who gives one with other inputs expects something that does not happen.
var (
	chartFlags = []string{"values", "set", "set-string", "set-file", "set-json", "set-literal", "values-set", "no-ci-values", "release-name"}
	rootFlags  = []string{"var", "var-file", "workspace"}
)

// tellIdleFlags warns of flags that have no effect on these inputs.
func (f *checkFlags) tellIdleFlags(stderr io.Writer, left *excluder, inputs []input.Input) {
	for _, pattern := range left.idle() {
		printError(stderr, fmt.Errorf("warning: --exclude %s excludes nothing", oneLine(pattern)))
	}
	has := func(kinds ...string) bool {
		return slices.ContainsFunc(inputs, func(in input.Input) bool { return slices.Contains(kinds, in.Kind) })
	}
	if len(inputs) == 0 || has(input.KindUnknown) {
		return
	}
	f.tellIdleOf(stderr, chartFlags, "chart", has(input.KindChart))
	f.tellIdleOf(stderr, rootFlags, "Terraform root or plan", has(input.KindTerraform, input.KindPlan, input.KindText))
}

// tellIdleOf warns of those of some flags that are given, in one line, where no input is of
// the kind that they are for.
func (f *checkFlags) tellIdleOf(stderr io.Writer, names []string, kind string, is bool) {
	var given []string
	for _, g := range f.all {
		for _, name := range names {
			if flag := g.flags.Lookup(name); flag != nil && flag.Changed {
				given = append(given, "--"+name)
			}
		}
	}
	switch {
	case is || len(given) == 0:
	case len(given) == 1:
		printError(stderr, fmt.Errorf("warning: %s has no effect: no input is a %s", given[0], kind))
	default:
		printError(stderr, fmt.Errorf("warning: %s have no effect: no input is a %s", strings.Join(given, ", "), kind))
	}
}
