package routing

import (
	"fmt"
	"math"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// level is one of the traffic policies of a DestinationRule.
type level struct {
	views.TrafficPolicy
	// of says for messages what the policy is for: nothing for the whole host.
	of string
	// subset is the one that the policy is for, if any; port has a number if it is for one.
	subset *views.Subset
	port   object.Num
}

// levels are all policies of a rule: that of the host, then those of the subsets, each with those of its ports behind it.
func levels(rule views.DestinationRule) []level {
	all := portLevels(rule.TrafficPolicy(), nil, "")
	for _, s := range rule.Subsets() {
		all = append(all, portLevels(s.TrafficPolicy(), &s, ` for subset "`+s.SubsetName().V+`"`)...)
	}
	return all
}

// forHost says for messages what part of a host the policy is for.
func (l level) forHost(host string) string {
	if l.of == "" {
		return fmt.Sprintf(" for %q", host)
	}
	return fmt.Sprintf("%s of %q", l.of, host)
}

func portLevels(policy views.TrafficPolicy, subset *views.Subset, of string) []level {
	if !policy.Exists() {
		return nil
	}
	all := []level{{TrafficPolicy: policy, of: of, subset: subset}}
	for _, port := range policy.Ports() {
		all = append(all, level{TrafficPolicy: port, of: of + " for port " + port.Port().Field.Str().V, subset: subset, port: port.Port()})
	}
	return all
}

// portsWithout are the policies of single ports that take the place of one level: there, all of it is void.
func portsWithout(all []level, i int) []level {
	var ports []level
	for _, l := range all[i+1:] {
		if all[i].port.Exists() || !l.port.Exists() || l.subset != all[i].subset {
			break
		}
		ports = append(ports, l)
	}
	return ports
}

type specificityKey struct{ of *object.Service }

// specificity is the length of the most specific host of the rules that are, or may be, about a Service; one without a
// "*" is the longest. Rules of longer hosts win. Source: istio/istio pilot/pkg/model/push_context.go destinationRule:
// of the rules in a namespace, that of the most specific host.
func specificity(p *checks.Pass, svc *object.Service) int {
	return checks.Once(p, specificityKey{svc}, func() int {
		most := 0
		for _, o := range p.DestinationRules(p.ServiceHost(svc)) {
			switch host := views.AsDestinationRule(o).Host(); {
			case p.RuleCovers(o, svc).False():
			case !strings.Contains(host.V, "*"):
				return math.MaxInt
			default:
				most = max(most, len(host.V))
			}
		}
		return most
	})
}

// subsetKey is a subset of a host, in full and in lower case.
type subsetKey struct{ host, subset string }

type routedKey struct{}

// routed are the subsets that VirtualServices route to.
type routed struct {
	to map[subsetKey]bool
	// open are destinations of which the host or the subset is not known, by hosts; "" for any.
	open map[string]object.Field
	// hosts are those that have some subset that is routed to.
	hosts []string
}

// routedSubsets are the subsets that the VirtualServices of the input name.
func routedSubsets(p *checks.Pass) *routed {
	return checks.Once(p, routedKey{}, func() *routed {
		r := &routed{map[subsetKey]bool{}, map[string]object.Field{}, nil}
		seen := map[string]bool{}
		for _, o := range p.ByKind(views.Networking, "VirtualService") {
			service := views.AsVirtualService(o)
			for _, list := range service.RuleLists() {
				if list.Unknown() {
					r.open[""] = list
				}
			}
			for _, d := range service.Destinations() {
				host, subset := d.Host(), d.Subset()
				full := strings.ToLower(p.FullHost(host.V, o))
				switch {
				case host.Unknown():
					r.open[""] = host.Field
				case subset.Unknown():
					r.open[full] = subset.Field
				case subset.V != "":
					r.to[subsetKey{full, subset.V}] = true
					if !seen[full] {
						seen[full] = true
						r.hosts = append(r.hosts, full)
					}
				}
			}
		}
		return r
	})
}

// reaches reports whether some route goes to a subset of a host, which may have a "*".
func (r *routed) reaches(host string, subset object.Str) object.Truth {
	if subset.Unknown() {
		return object.Undecided(subset.Field)
	}
	t := object.TruthOf(r.to[subsetKey{host, subset.V}])
	if strings.HasPrefix(host, "*") {
		for _, to := range r.hosts {
			if checks.HostMatches(host, to) {
				t = t.Or(object.TruthOf(r.to[subsetKey{to, subset.V}]))
			}
		}
	}
	for _, at := range []string{host, ""} {
		if open, is := r.open[at]; is {
			t = t.Or(object.Undecided(open))
		}
	}
	return t
}
