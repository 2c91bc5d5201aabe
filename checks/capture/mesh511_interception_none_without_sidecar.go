package capture

import (
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/registry"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// The annotation that says how connections get into the sidecar, and its value for not at all. Source: istio/api annotation
// SidecarInterceptionMode.
const (
	interceptionKey = "sidecar.istio.io/interceptionMode"
	noInterception  = "NONE"
)

var interceptionNoneWithoutSidecar = &checks.Check{
	ID: "MESH511", Name: "interception-none-without-sidecar", Severity: checks.Warning,
	Summary: "Pods with interceptionMode NONE need a Sidecar resource with ingress listeners",
	Advice:  "remove the setting, or add a Sidecar that selects the pods and has an ingress listener for each of their ports",
	Modes:   []checks.Mode{checks.Sidecar},
	Absence: true,
	Run: func(p *checks.Pass) {
		for _, w := range p.SidecarApplications() {
			setting, written := w.PodAnnotation(interceptionKey), "annotation "+interceptionKey
			if !setting.Exists() && !setting.Unknown() && p.ProxySettings(w).InterceptionMode == noInterception {
				judgeIngress(p, w, settingIn(w.PodAnnotation(checks.ProxyConfigKey), "interceptionMode"), "interceptionMode in "+checks.ProxyConfigKey)
			} else if p.Decide(setting.Is(noInterception)) {
				judgeIngress(p, w, setting.Field, written)
			}
		}
	},
}

// judgeIngress reports pods without an inbound listener. Source: istio/istio pilot/pkg/networking/core/listener_inbound.go
// buildInboundChainConfigs: for NONE it makes none of the Services, since the application itself listens on their ports.
func judgeIngress(p *checks.Pass, w *object.Workload, at object.Field, setting string) {
	before := len(p.Questions())
	applies := registry.Of(p).SidecarOf(w)
	if len(p.Questions()) > before {
		return // it may be another one
	}
	if applies != nil {
		if ingress := views.AsSidecar(applies).Ingress(); ingress.Unknown() {
			p.Undecided(ingress)
			return
		} else if len(ingress.Items()) > 0 {
			return
		}
	}
	const does = "connections reach the application past the sidecar, without policies, and mutual TLS that clients send fails"
	var f *checks.Finding
	if applies == nil {
		f = p.Report(at, "%s of %s %q is NONE, and the sidecar gets no inbound listener without a Sidecar resource that has one: %s", setting, w.Kind, w.Name, does)
	} else {
		f = p.Report(at, "%s of %s %q is NONE, and the sidecar gets no inbound listener, since Sidecar %q has no ingress: %s", setting, w.Kind, w.Name, applies.Name, does).
			WithRelated(applies.NameField(), "the Sidecar that applies to the pods")
	}
	if !called(p, w) {
		f.WithSeverity(checks.Note) // perhaps the pods only call others
	}
}

// called reports whether a Service of the input leads to the pods of a workload.
func called(p *checks.Pass, w *object.Workload) bool {
	for _, svc := range p.ServicesOf(w).Sure {
		if len(svc.Ports()) > 0 {
			return true
		}
	}
	return false
}
