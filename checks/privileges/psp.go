package privileges

import (
	"fmt"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// initCapabilities are what istio-init adds, and it runs as root. Source: istio/istio
// manifests/charts/istio-control/istio-discovery/files/injection-template.yaml.
var initCapabilities = []string{"NET_ADMIN", "NET_RAW"}

// pspGroups are the API groups in which PodSecurityPolicy lived. Source: Kubernetes
// API reference 1.8 .. 1.24; it is gone since 1.25.
var pspGroups = []string{"policy", "extensions"}

// pspGone is the first Kubernetes without PodSecurityPolicies.
const pspGone = "1.25"

// securityPolicy is the view of a PodSecurityPolicy. Kubernetes dropped the type, so
// it is read from the tree alone.
type securityPolicy struct{ *object.Object }

// securityPolicies returns the PodSecurityPolicies of the input.
func securityPolicies(p *checks.Pass) []securityPolicy {
	var all []securityPolicy
	for _, group := range pspGroups {
		for _, o := range p.Of(group, "PodSecurityPolicy") {
			all = append(all, securityPolicy{o})
		}
	}
	return all
}

// refusal is a reason why a policy refuses a container: the field that must change,
// and what it does.
type refusal struct {
	at   object.Field
	what string
}

// refusesInit returns why the policy refuses istio-init; none where it admits it. An
// undecided answer is in open.
func (psp securityPolicy) refusesInit() (reasons []refusal, open object.Truth) {
	open = object.No()
	note := func(t object.Truth) bool {
		if _, undecided := t.Undecided(); undecided {
			open = open.Or(t)
		}
		return t.True()
	}
	spec := psp.Get("spec")
	allowed, defaults, dropped := spec.Get("allowedCapabilities"), spec.Get("defaultAddCapabilities"), spec.Get("requiredDropCapabilities")
	var missing, lost []string
	for _, capability := range initCapabilities {
		if drop := listed(dropped, oneOf(capability, "ALL")); note(drop) {
			lost = append(lost, capability)
			continue
		}
		// What is added by default is allowed too.
		may := listed(allowed, oneOf(capability, "*")).Or(listed(defaults, oneOf(capability)))
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
	if user := spec.Get("runAsUser"); note(admitsRoot(user).Not()) {
		reasons = append(reasons, refusal{user.Get("rule"), "refuses UID 0, as which istio-init runs"})
	}
	return reasons, open
}

// admitsRoot says whether the rule for users lets a container run as UID 0.
func admitsRoot(user object.Field) object.Truth {
	rule := user.Get("rule").Str()
	ranges := user.Get("ranges")
	fromZero := object.No()
	if ranges.Unknown() {
		fromZero = object.Undecided(ranges)
	}
	for _, r := range ranges.Items() {
		fromZero = fromZero.Or(r.Get("min").Num().Is(0))
	}
	return rule.Is("MustRunAsNonRoot").Not().And(rule.Is("MustRunAs").Not().Or(fromZero))
}

// usable is a policy that a service account may use, by a binding.
type usable struct {
	policy  securityPolicy
	binding *object.Object
}

// usablePolicies returns the policies that an account may certainly use. What is
// undecided is recorded, and open says that there was some.
func usablePolicies(p *checks.Pass, sa serviceAccount, policies []securityPolicy) (all []usable, open bool) {
	for _, psp := range policies {
		may, binding := can(p, sa, access{
			verb: "use", resource: "podsecuritypolicies", groups: pspGroups, name: psp.Get("metadata", "name").Str(),
		})
		if p.Sure(may) {
			all = append(all, usable{psp, binding})
		}
		open = open || !may.True() && !may.False()
	}
	return all, open
}

// describe says what each policy of some refuses, for a message.
func describe(usables []usable) string {
	var texts []string
	for _, u := range usables {
		reasons, _ := u.policy.refusesInit()
		var whats []string
		for _, r := range reasons {
			whats = append(whats, r.what)
		}
		texts = append(texts, fmt.Sprintf("%q %s", u.policy.Name, strings.Join(whats, ", ")))
	}
	return strings.Join(texts, "; ")
}
