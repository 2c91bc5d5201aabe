package meshcheck

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/helm"
	"github.com/mesh-check/mesh-check/frontends/input"
)

// chart looks at a chart, once for each of its values sets.
func (a *analyzer) chart(v *inputResult, in input.Input) {
	var set string
	options, deployed := a.helm, a.deploymentOf(in)
	if deployed != nil {
		options.ValuesSets = slices.Concat(options.ValuesSets, deployed.sets)
	}
	options.Began = func(template string) { a.checkpoint(set, template) }
	chart, err := helm.Load(in.Path, options)
	if err != nil {
		v.fail("", input.AsError(in.Path, err))
		return
	}
	v.fail("", chart.Problems()...)
	v.installed = []string{chart.Name(), a.helm.ReleaseName}
	v.tellUnused(chart.Unused())
	objects := map[checks.ObjectRef]bool{}
	outcomes := map[string]checks.Outcome{}
	rendering := map[string]bool{} // templates, and whether they render anything with any set
	defer func() { v.countTemplates(rendering) }()
	sets := chart.Sets()
	if a.together {
		kept := deployed.clustered(sets)
		v.tellLeftOut(sets, kept)
		sets = kept
	}
	v.input.ValuesSets, v.input.Environments = sets, deployed.environmentsOf(sets)
	for i := range sets {
		if set = sets[i]; a.isSkipped(in, set) || a.canceled() {
			continue
		}
		left := 0
		for _, other := range sets[i:] {
			if !a.isSkipped(in, other) {
				left++
			}
		}
		share := a.setDeadline(left)
		chart.Until(share)
		a.extend(share)
		a.checkpoint(set, "")
		v.guard(set, func() {
			v.files = append(v.files, chart.Files(set)...)
			rendered, errs := chart.Render(set)
			v.fail(set, deployed.seen(set, errs)...)
			if rendered == nil {
				return
			}
			v.notes = append(v.notes, rendered.Notes...)
			for name, renders := range rendered.Templates {
				rendering[name] = rendering[name] || renders
			}
			p := deployed.part(set, rendered)
			if judged, is := outcomes[rendered.Same]; is && rendered.Same != "" {
				p.outcome = judged
			} else {
				p = a.outcomeOf(v, p)
			}
			outcomes[set] = p.outcome
			v.parts = append(v.parts, p)
			for _, o := range p.objects {
				objects[checks.ObjectRef{APIVersion: o.APIVersion, Kind: o.Kind, Namespace: o.Namespace, Name: o.Name}] = true
			}
		})
	}
	v.excuseDefault(deployed)
	v.mergeErrors(sets)
	v.input.Objects = len(objects)
}

// tellLeftOut notes the values sets of a chart that are not analyzed together with other inputs.
func (v *inputResult) tellLeftOut(sets, kept []string) {
	left := slices.DeleteFunc(slices.Clone(sets), func(set string) bool { return slices.Contains(kept, set) })
	if len(left) == 0 {
		return
	}
	what := "with only the values set " + kept[0]
	if len(kept) > 1 {
		what = fmt.Sprintf("with the %d values sets that the repository deploys", len(kept))
	}
	v.notes = append(v.notes, fmt.Sprintf("analyzed together %s; left out: %s", what, strings.Join(left, ", ")))
}

// setDeadline is the deadline of the first of n values sets that are left: half of the time,
// so that one that takes too long does not cost the rest, and all of it for the last.
func (a *analyzer) setDeadline(n int) time.Time {
	if a.deadline.IsZero() {
		return a.deadline
	}
	if n > 1 {
		return a.deadline.Add(-time.Until(a.deadline) / 2)
	}
	return a.deadline
}

// isSkipped reports whether a values set is not analyzed.
func (a *analyzer) isSkipped(in input.Input, valuesSet string) bool {
	return slices.ContainsFunc(a.skips, func(l Skip) bool { return l.Input == in.Path && l.ValuesSet == valuesSet })
}
