package privileges

import (
	"fmt"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// initCapabilities are what istio-init adds, and it runs as root. Source: istio/istio
// manifests/charts/istio-control/istio-discovery/files/injection-template.yaml.
var initCapabilities = []string{"NET_ADMIN", "NET_RAW"}

// pspUntil is the last Kubernetes with PodSecurityPolicies. Source: kubernetes.io "Deprecated API Migration Guide", 1.25.
const pspUntil = "1.24"

// refusal is a reason why a policy refuses a container: the field that must change,
// and what it does.
type refusal struct {
	at   object.Field
	what string
}

// capabilityPolicy is a policy that says which capabilities and users containers may have.
type capabilityPolicy interface {
	AllowedCapabilities() object.Field
	DefaultAddCapabilities() object.Field
	RequiredDropCapabilities() object.Field
	UserRule() object.Str
}

// refusesInit returns why the policy refuses istio-init; none where it admits it. An
// undecided answer is in open.
func refusesInit(psp views.PodSecurityPolicy) (reasons []refusal, open object.Truth) {
	return refusesCapabilities(psp, admitsRoot(psp))
}

// refusesCapabilities is refusesInit for a policy of any kind; root is yes where it lets containers run as UID 0.
func refusesCapabilities(policy capabilityPolicy, root object.Truth) (reasons []refusal, open object.Truth) {
	open = object.No()
	note := func(t object.Truth) bool {
		if _, undecided := t.Undecided(); undecided {
			open = open.Or(t)
		}
		return t.True()
	}
	allowed, defaults, dropped := policy.AllowedCapabilities(), policy.DefaultAddCapabilities(), policy.RequiredDropCapabilities()
	var missing, lost []string
	for _, capability := range initCapabilities {
		if drop := object.AnyItem(dropped, oneOf(capability, "ALL")); note(drop) {
			lost = append(lost, capability)
			continue
		}
		// What is added by default is allowed too.
		may := object.AnyItem(allowed, oneOf(capability, "*")).Or(object.AnyItem(defaults, oneOf(capability)))
		if note(may.Not()) {
			missing = append(missing, capability)
		}
	}
	if len(missing) > 0 {
		reasons = append(reasons, refusal{allowed, "does not allow " + strings.Join(missing, " and ")})
	}
	if len(lost) > 0 {
		reasons = append(reasons, refusal{dropped, "drops " + strings.Join(lost, " and ")})
	}
	if note(root.Not()) {
		reasons = append(reasons, refusal{policy.UserRule().Field, "does not allow UID 0, which istio-init runs as"})
	}
	return reasons, open
}

// admitsRoot reports whether the rule for users lets a container run as UID 0.
func admitsRoot(psp views.PodSecurityPolicy) object.Truth {
	rule := psp.UserRule()
	fromZero := object.No()
	if ranges := psp.UserRanges(); ranges.Unknown() {
		fromZero = object.Undecided(ranges)
	}
	for _, lowest := range psp.LowestUsers() {
		fromZero = fromZero.Or(lowest.Is(0))
	}
	return rule.Is("MustRunAsNonRoot").Not().And(rule.Is("MustRunAs").Not().Or(fromZero))
}

// usable is a policy that a service account may use, by a binding.
type usable struct {
	policy  views.PodSecurityPolicy
	binding *object.Object
}

// usablePolicies returns the policies that an account may certainly use, and whether there
// may be more of them: what is undecided is recorded.
func usablePolicies(p *checks.Pass, sa serviceAccount, policies []views.PodSecurityPolicy) (all []usable, more object.Truth) {
	for _, psp := range policies {
		may, binding := can(p, sa, access{
			verb: "use", resource: "podsecuritypolicies", groups: views.PodSecurityGroups(), name: psp.NameField().Str(),
		})
		if p.Decide(may) {
			all = append(all, usable{psp, binding})
		}
		if _, undecided := may.Undecided(); undecided {
			more = more.Or(may)
		}
	}
	return all, more
}

// describe says what each policy of some refuses, for a message.
func describe(usables []usable) string {
	var texts []string
	for _, u := range usables {
		reasons, _ := refusesInit(u.policy)
		var whats []string
		for _, r := range reasons {
			whats = append(whats, r.what)
		}
		texts = append(texts, fmt.Sprintf("%q %s", u.policy.Name, strings.Join(whats, ", ")))
	}
	return strings.Join(texts, "; ")
}
