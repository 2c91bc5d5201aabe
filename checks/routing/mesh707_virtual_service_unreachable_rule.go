package routing

import (
	"fmt"
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

var virtualServiceUnreachableRule = &checks.Check{
	ID: "MESH707", Name: "virtual-service-unreachable-rule", Severity: checks.Warning,
	Summary: "Every rule of a VirtualService must be reachable",
	Advice:  "move the rule above the wider one, or remove it",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Istio:   []string{"IST0130"},
	Run: func(p *checks.Pass) {
		for _, o := range p.ByKind(views.Networking, "VirtualService") {
			askForRules(p, views.AsVirtualService(o))
		}
		rest := map[*rule]*checks.Finding{} // what is said of the rules behind one that takes everything
		count := map[*rule]int{}
		for _, r := range rulesOf(p) {
			if r.after != nil {
				count[r.after]++
			}
		}
		for _, r := range rulesOf(p) {
			switch {
			case r.after != nil && rest[r.after] == nil:
				behind := ""
				switch n := count[r.after] - 1; {
				case n == 1:
					behind = ", like the rule below it,"
				case n > 1:
					behind = fmt.Sprintf(", like the %d rules below it,", n)
				}
				rest[r.after] = p.Report(r.Route, "%s of VirtualService %q%s is never used: %s above matches everything", r, r.service.Name, behind, r.after).
					WithRelated(r.after.Route, "the rule that matches everything").
					WithAdvice("move %s to the end, or give it a match", r.after)
			case r.after == nil && p.Decide(r.never()):
				f := p.Report(r.Route, "%s of VirtualService %q is never used: %s", r, r.service.Name, r.takenBy())
				for _, t := range r.taken {
					f.WithRelated(t.by, "matches the traffic of match[%d]", slices.Index(r.matches, t.match))
				}
			}
		}
	},
}

// takenBy says which rules take the traffic of all matches of a rule.
func (r *rule) takenBy() string {
	var by []string
	for _, t := range r.taken {
		if name := t.by.rule.String(); !slices.Contains(by, name) {
			by = append(by, name)
		}
	}
	switch {
	case len(r.matches) == 1 && r.taken[0].same():
		return by[0] + " above has the same match"
	case len(r.matches) == 1:
		return by[0] + " above has a wider match"
	}
	return fmt.Sprintf("earlier rules (%s) match all of its traffic", strings.Join(by, ", "))
}
