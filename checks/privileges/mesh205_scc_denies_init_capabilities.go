package privileges

import (
	"fmt"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// sccDeniesInitCapabilities is MESH203 for OpenShift, where Istio's own profile installs the CNI plugin: only meshes that do
// without have istio-init.
var sccDeniesInitCapabilities = &checks.Check{
	ID: "MESH205", Name: "scc-denies-init-capabilities", Severity: checks.Warning,
	Summary: "On OpenShift the pods' service account needs SecurityContextConstraints with NET_ADMIN and NET_RAW, unless the CNI plugin is used",
	Advice:  "install Istio with its CNI plugin (--cni), as its OpenShift profile does, or let the service account use SecurityContextConstraints that allow NET_ADMIN, NET_RAW and UID 0",
	Modes:   []checks.Mode{checks.Sidecar},
	Absence: true,
	Run: func(p *checks.Pass) {
		constraints, cni := views.Constraints(p.Set), p.CNI()
		if len(constraints) == 0 && !withoutCNI(p, cni) || p.Decide(cni) {
			return
		}
		for _, w := range p.SidecarApplications() {
			if p.Decide(p.CaptureByInit(w)) {
				judgeConstraints(p, w, constraints)
			}
		}
	},
}

// withoutCNI reports whether the mesh is on OpenShift and the input turns the CNI plugin off, which the platform's profile turns
// on. Source: istio/istio manifests/helm-profiles/platform-openshift.yaml.
func withoutCNI(p *checks.Pass, cni object.Truth) bool {
	return p.Mesh.Platform == "openshift" && cni.False()
}

// judgeConstraints reports where none of the constraints that a workload's service account may use admits istio-init.
func judgeConstraints(p *checks.Pass, w *object.Workload, constraints []views.SecurityContextConstraints) {
	name := w.ServiceAccount()
	if name.Unknown() {
		p.Undecided(name)
		return
	}
	sa := serviceAccount{p.NamespaceOf(w.Object), name.V}
	if p.Decide(mayUseBuiltin(p, sa)) {
		return
	}
	var refused []string
	related := map[int][]refusal{}
	var used []views.SecurityContextConstraints
	for _, scc := range constraints {
		may := mayUse(p, sa, scc)
		if _, open := may.Undecided(); p.Decide(may) || open {
			reasons, undecided := refusesCapabilities(scc, admitsRootOf(scc))
			switch because, is := undecided.Undecided(); {
			case open:
				return // it may be one that admits istio-init
			case len(reasons) == 0 && is:
				p.Undecided(because)
				return
			case len(reasons) == 0:
				return
			}
			related[len(used)], used = reasons, append(used, scc)
			var whats []string
			for _, r := range reasons {
				whats = append(whats, r.what)
			}
			refused = append(refused, fmt.Sprintf("%q %s", scc.Name, strings.Join(whats, ", ")))
		}
	}
	wants, at := strings.Join(initCapabilities, " and "), name.AtKey()
	if len(used) == 0 {
		if withoutCNI(p, p.CNI()) {
			p.Report(at, "service account %q of %s %q may use no SecurityContextConstraints here, and istio-init needs some that allow %s: those of all accounts (restricted-v2) do not",
				sa, w.Kind, w.Name, wants).WithSeverity(checks.Note).WithCause("no constraints")
		}
		return
	}
	all := strings.Join(refused, "; ")
	f := p.Report(at, "none of the SecurityContextConstraints that service account %q may use lets istio-init of %s %q run with %s: %s",
		sa, w.Kind, w.Name, wants, all).WithCause("constraints " + all)
	for i, scc := range used {
		for _, r := range related[i] {
			f.WithRelated(r.at, "SecurityContextConstraints %q %s", scc.Name, r.what)
		}
	}
}
