package routing

import (
	"fmt"
	"slices"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

var virtualServiceIneffectiveMatch = &checks.Check{
	ID: "MESH708", Name: "virtual-service-ineffective-match", Severity: checks.Note,
	Summary: "Every match of a VirtualService must be reachable",
	Advice:  "move the narrower match above the wider one, or remove it",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Istio:   []string{"IST0131"},
	Run: func(p *checks.Pass) {
		for _, o := range p.ByKind(views.Networking, "VirtualService") {
			askForRules(p, views.AsVirtualService(o))
		}
		for _, r := range rulesOf(p) {
			for _, t := range r.taken {
				if !p.Decide(t.sure) {
					continue
				}
				what := "already matches all of its traffic" + t.by.path()
				if t.same() {
					what = "has the same match"
				}
				p.Report(t.match, "match[%d]%s of %s of VirtualService %q is never used: %s above %s",
					slices.Index(r.matches, t.match), t.match.path(), r, r.service.Name, t.by.rule, what).
					WithRelated(t.by, "the match above")
			}
		}
	},
}

// path is the condition of a match's path for messages, in parentheses.
func (m *match) path() string {
	if m.uri.form != views.Exact && m.uri.form != views.Prefix || m.uri.text.Unknown() {
		return ""
	}
	return fmt.Sprintf(" (uri %s %q)", m.uri.form, m.uri.text.V)
}
