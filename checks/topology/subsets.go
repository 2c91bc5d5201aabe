package topology

import (
	"cmp"
	"strings"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// subsetsOf are the subsets of a Service that DestinationRules of the input make by its own name. One with a "*" counts only where no
// rule has the name, which may be that of another input.
func (b *builder) subsetsOf(svc *object.Service) (all []views.Subset) {
	for _, o := range b.p.DestinationRules(b.p.ServiceHost(svc)) {
		rule := views.AsDestinationRule(o)
		if b.p.RuleCovers(o, svc).True() && !strings.HasPrefix(rule.Host().V, "*") {
			all = append(all, rule.Subsets()...)
		}
	}
	return all
}

// subsetWords name those of some subsets that the pods of a workload are in, behind a comma; empty for none.
func subsetWords(all []views.Subset, w *object.Workload) string {
	var in []string
	known := map[string]bool{}
	for _, s := range all {
		labels := s.Labels()
		is := object.Selects(labels, w.Labels())
		if labels.Known() && !labels.Partial() && len(labels.Entries()) == 0 {
			is = object.Yes() // all endpoints of the host
		}
		if is.False() {
			continue
		}
		name := subsetName(s.SubsetName())
		if _, open := is.Undecided(); open {
			name = "perhaps " + name
		}
		if !known[name] {
			known[name] = true
			in = append(in, name)
		}
	}
	switch len(in) {
	case 0:
		return ""
	case 1:
		return subsetWord + in[0]
	}
	return ", subsets " + strings.Join(in, ", ")
}

const subsetWord = ", subset "

// toSubset names the subset that a route leads to, behind a comma; empty for none.
func toSubset(name object.Str) string {
	if name.Known() && name.V == "" {
		return ""
	}
	return subsetWord + subsetName(name)
}

func subsetName(name object.Str) string {
	if name.Unknown() {
		return "?"
	}
	return cmp.Or(name.V, "?")
}
