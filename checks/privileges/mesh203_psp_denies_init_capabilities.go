package privileges

import (
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

var pspDeniesInitCapabilities = &checks.Check{
	ID: "MESH203", Name: "psp-denies-init-capabilities", Severity: checks.Error,
	Summary: "Pod security policies must allow the pods' service account the capabilities NET_ADMIN and NET_RAW, unless the CNI plugin is used",
	Advice:  "let the service account use a PodSecurityPolicy with allowedCapabilities NET_ADMIN and NET_RAW, or install Istio's CNI plugin (--cni)",
	Modes:   []checks.Mode{checks.Sidecar},
	Absence: true,

	KubernetesUntil: pspUntil,
	Run: func(p *checks.Pass) {
		policies := views.PodSecurityPolicies(p.Set)
		if !p.Mesh.PSPEnforced && len(policies) == 0 {
			return
		}
		// A chart that renders PodSecurityPolicies renders them for a cluster that
		// has them, whatever the newest Kubernetes is.
		if p.Decide(p.CNI()) {
			return
		}
		for _, w := range p.SidecarApplications() {
			if p.Decide(p.CaptureByInit(w)) {
				judgePolicies(p, w, policies)
			}
		}
	},
}

// judgePolicies reports where none of the policies that a workload's service account
// may use admits istio-init.
func judgePolicies(p *checks.Pass, w *object.Workload, policies []views.PodSecurityPolicy) {
	name := w.ServiceAccount()
	if name.Unknown() {
		p.Undecided(name)
		return
	}
	at := name.AtKey() // it is the workload that needs another account, or this one more
	sa := serviceAccount{p.NamespaceOf(w.Object), name.V}
	usables, more := usablePolicies(p, sa, policies)
	for _, u := range usables {
		reasons, undecided := refusesInit(u.policy)
		if len(reasons) == 0 {
			if because, is := undecided.Undecided(); is {
				p.Undecided(because)
			}
			return
		}
	}
	if ns := w.NamespaceField(); ns.Unknown() {
		p.Undecided(ns) // a binding of another namespace may be one of this one
		return
	}
	wants := strings.Join(initCapabilities, " and ")
	switch {
	case !more.False():
	case len(usables) > 0:
		f := p.Report(at, "no PodSecurityPolicy that service account %q may use lets istio-init of %s %q run with %s: %s",
			sa, w.Kind, w.Name, wants, describe(usables)).WithCause("policies " + describe(usables))
		for _, u := range usables {
			reasons, _ := refusesInit(u.policy)
			for _, r := range reasons {
				f.WithRelated(r.at, "PodSecurityPolicy %q %s", u.policy.Name, r.what)
			}
			f.WithRelated(views.AsBinding(u.binding).SubjectList(), "%s %q lets the service account use it", u.binding.Kind, u.binding.Name)
		}
	case len(policies) > 0:
		f := p.Report(at, "service account %q of %s %q may use none of the PodSecurityPolicies here (%s), and istio-init needs one that allows %s; bindings may exist elsewhere",
			sa, w.Kind, w.Name, policyNames(policies), wants).
			WithSeverity(checks.Warning).WithCause("no binding")
		for _, psp := range policies {
			f.WithRelated(psp.NameField(), "PodSecurityPolicy %q, which no binding here grants to the account", psp.Name)
		}
	default:
		p.Report(at, "service account %q of %s %q must be able to use a PodSecurityPolicy that allows %s, and there is none here",
			sa, w.Kind, w.Name, wants).WithSeverity(checks.Note).WithCause("no policy")
	}
}

func policyNames(policies []views.PodSecurityPolicy) string {
	var names []string
	for _, psp := range policies {
		names = append(names, psp.Name)
	}
	return quoted(names)
}
