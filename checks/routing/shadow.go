package routing

import (
	"fmt"
	"slices"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// The lists of rules of a VirtualService.
const (
	httpRules = "http"
	tlsRules  = "tls"
	tcpRules  = "tcp"
)

// rule is one rule of a VirtualService, and what earlier ones leave to it.
type rule struct {
	views.Route
	service views.VirtualService
	kind    string
	index   int
	matches []*match
	// after is an earlier rule that takes everything; the rule is then never used.
	after *rule
	// taken are the matches of the rule that are never used, or may not be.
	taken []taken
}

// taken is a match whose traffic an earlier one takes.
type taken struct {
	*match
	by *match
	// sure is a yes, or undecided where a value is not known.
	sure object.Truth
}

// same reports whether the earlier match is certainly for the same traffic.
func (t taken) same() bool { return t.match.takes(t.by).True() }

// String is the rule as messages name it: http[1] "name".
func (r *rule) String() string {
	if name := r.RouteName(); r.kind == httpRules && name.V != "" {
		return fmt.Sprintf("%s[%d] %q", r.kind, r.index, name.V)
	}
	return fmt.Sprintf("%s[%d]", r.kind, r.index)
}

type rulesKey struct{}

// rulesOf are the rules of all VirtualServices with what earlier rules leave to them.
func rulesOf(p *checks.Pass) []*rule {
	return checks.Once(p, rulesKey{}, func() []*rule {
		var all []*rule
		for _, o := range p.ByKind(views.Networking, "VirtualService") {
			service := views.AsVirtualService(o)
			all = append(all, inOrder(service, httpRules, service.HTTP())...)
			all = append(all, inOrder(service, tlsRules, service.TLS())...)
			all = append(all, inOrder(service, tcpRules, service.TCP())...)
		}
		return all
	})
}

// askForRules records the lists of rules that are not known.
func askForRules(p *checks.Pass, service views.VirtualService) {
	for _, list := range service.RuleLists() {
		if list.Unknown() {
			p.Undecided(list)
		}
	}
}

// inOrder goes through one list of rules as Istio does, which stops at the first one that takes everything. Source:
// istio/istio pilot/pkg/networking/core/route/route.go BuildHTTPRoutesForVirtualService, core/tls.go (1.10 to 1.31).
func inOrder(service views.VirtualService, kind string, routes []views.Route) []*rule {
	var (
		rules []*rule
		stop  *rule
		seen  = seenMatches{}
	)
	for i, route := range routes {
		r := &rule{Route: route, service: service, kind: kind, index: i, after: stop}
		rules = append(rules, r)
		if stop != nil || route.MatchList().Unknown() {
			continue
		}
		delegates := route.Delegate()
		for _, at := range route.Matches() {
			m := readMatch(r, at)
			if t, shadowed := seen.before(m); shadowed {
				r.taken = append(r.taken, t)
			}
			r.matches = append(r.matches, m)
			if !delegates.Exists() {
				seen.add(m)
			}
		}
		if delegates.Exists() { // it says what it takes, and the rest goes on to the next rule
			continue
		}
		all := len(r.matches) == 0 || slices.ContainsFunc(r.matches, (*match).unconditional)
		if all && kind != tlsRules { // a rule for TLS without a match is not valid, and takes nothing
			stop = r
		}
	}
	return rules
}

// never reports whether all matches of a rule are taken by earlier rules.
func (r *rule) never() object.Truth {
	if len(r.matches) == 0 {
		return object.No()
	}
	t := object.Yes()
	for _, m := range r.matches {
		at := slices.IndexFunc(r.taken, func(t taken) bool { return t.match == m && t.by.rule != r })
		if at < 0 {
			return object.No()
		}
		t = t.And(r.taken[at].sure)
	}
	return t
}

// seenMatches are the matches above one, filed by a text that those have in common which may take the same traffic: no
// match is compared with all of them.
type seenMatches struct {
	by   map[seenKey][]*match
	keys []seenKey
}

type seenKey struct{ form, text string }

// add files a match under the condition of its path, its port, or the first name of its servers.
func (s *seenMatches) add(m *match) {
	key := seenKey{m.uri.form, m.uri.text.V}
	switch {
	case m.rule.kind == tlsRules && len(m.SNIHosts().Items()) > 0:
		if first := m.SNIHosts().Items()[0].Str(); first.Known() {
			key = seenKey{tlsRules, first.V}
		}
	case m.rule.kind == tcpRules && m.Port().OK:
		key = seenKey{tcpRules, m.Port().Field.Str().V}
	case m.uri.text.Unknown() || m.IgnoreURICase().Unknown() || m.IgnoreURICase().V:
		key = seenKey{}
	}
	if s.by == nil {
		s.by = map[seenKey][]*match{}
	}
	if s.by[key] == nil {
		s.keys = append(s.keys, key)
	}
	s.by[key] = append(s.by[key], m)
}

// before returns the earlier match that takes what a match is for: one that certainly does, else one that may. In its
// own rule only the same match counts: a wider one there changes nothing.
func (s *seenMatches) before(m *match) (taken, bool) {
	var maybe *taken
	for _, key := range s.near(m) {
		for _, earlier := range s.by[key] {
			t := earlier.takes(m)
			switch {
			case t.False() || earlier.rule == m.rule && !m.takes(earlier).True():
			case t.True():
				return taken{m, earlier, t}, true
			case maybe == nil && earlier.rule != m.rule:
				maybe = &taken{m, earlier, t}
			}
		}
	}
	if maybe == nil {
		return taken{}, false
	}
	return *maybe, true
}

// near are the keys under which matches are that may take what a match is for, the most alike first.
func (s *seenMatches) near(m *match) []seenKey {
	hosts := m.SNIHosts()
	switch {
	case m.Unknown() || m.uri.text.Unknown() || m.Port().Unknown() || hosts.Unknown():
		return s.keys
	case m.rule.kind == tcpRules:
		return []seenKey{{tcpRules, m.Port().Field.Str().V}, {}}
	case m.rule.kind == tlsRules && len(hosts.Items()) > 0:
		if first := hosts.Items()[0].Str(); first.Known() {
			return []seenKey{{tlsRules, first.V}, {}}
		}
		return s.keys
	}
	path := m.uri.text.V
	keys := []seenKey{{m.uri.form, path}}
	for i := len(path); i > 0 && m.uri.form != views.Regex; i-- {
		if key := (seenKey{views.Prefix, path[:i]}); key != keys[0] {
			keys = append(keys, key)
		}
	}
	if m.uri.form == "" {
		return keys
	}
	return append(keys, seenKey{})
}
