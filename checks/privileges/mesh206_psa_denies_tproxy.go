package privileges

import (
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// psaDeniesTProxy finds pods whose proxy has rights that their namespace does not admit, also where the CNI plugin has made
// istio-init needless. Source: istio/istio manifests/charts/istio-control/istio-discovery/files/injection-template.yaml: TPROXY adds
// NET_ADMIN to istio-proxy and makes it run as UID 0, and so does capNetBindService with NET_BIND_SERVICE, which both levels
// allow; k8s.io/pod-security-admission v0.34.1 policy: NET_ADMIN violates baseline, runAsNonRoot: false violates restricted.
var psaDeniesTProxy = &checks.Check{
	ID: "MESH206", Name: "psa-denies-tproxy", Severity: checks.Warning,
	Summary: "A namespace that enforces a Pod Security level rejects proxies that intercept by TPROXY, with the CNI plugin too",
	Advice:  "set the interception mode to REDIRECT, or let the namespace enforce the level privileged",
	Modes:   []checks.Mode{checks.Sidecar},
	Run: func(p *checks.Pass) {
		if p.Mesh.KubernetesBefore(podSecuritySince) {
			return
		}
		for _, w := range p.SidecarApplications() {
			if p.NamespaceOf(w.Object) == p.Mesh.SystemNamespace() {
				continue
			}
			level := enforcedLevel(p, w)
			if mode := p.InterceptionMode(w); p.Decide(level.In(baselineLevel, restrictedLevel).And(mode.Is("TPROXY"))) {
				reportRejected(p, w, level, mode, "interception mode TPROXY gives the proxy of %s %q NET_ADMIN and UID 0, and namespace %q enforces the Pod Security level %q, which rejects the pods")
			}
			if binds := w.PodAnnotation("sidecar.istio.io/capNetBindService"); p.Decide(level.Is(restrictedLevel).And(binds.Is("true"))) {
				reportRejected(p, w, level, binds, "capNetBindService makes the proxy of %s %q run as UID 0, and namespace %q enforces the Pod Security level %q, which rejects the pods").
					WithAdvice("remove the annotation, or let the namespace enforce the level baseline")
			}
		}
	},
}

// enforcedLevel is the Pod Security level of a workload's namespace, from the input or the command line; missing where neither
// says one.
func enforcedLevel(p *checks.Pass, w *object.Workload) told {
	name := p.NamespaceOf(w.Object)
	if ns := p.Namespace(name); ns != nil {
		return told{Str: ns.Label(podSecurityLabel + enforceMode)}
	}
	level := p.Mesh.NamespaceLabels[name][podSecurityLabel+enforceMode]
	return told{Str: object.Str{V: level}, byFlag: level != ""}
}

// told is a label of a namespace; one that the command line tells is in no object.
type told struct {
	object.Str
	byFlag bool
}

// In reports whether the label is one of some values.
func (l told) In(wants ...string) object.Truth {
	for _, want := range wants {
		if l.byFlag && l.V == want {
			return object.Yes()
		}
	}
	return l.Str.In(wants...)
}

// Is reports whether the label is a value.
func (l told) Is(want string) object.Truth { return l.In(want) }

func reportRejected(p *checks.Pass, w *object.Workload, level told, at checks.Located, format string) *checks.Finding {
	f := p.Report(at, format, w.Kind, w.Name, p.NamespaceOf(w.Object), level.V)
	if level.Object() != nil {
		f.WithRelated(level, "the level of the namespace")
	}
	return f
}
