package lifecycle

import (
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// nativeSidecarAnnotation decides for one workload whether its sidecar is an init
// container that is restarted always. Source: istio/istio pkg/kube/inject/webhook.go
// of 1.24 and newer.
const nativeSidecarAnnotation = "sidecar.istio.io/nativeSidecar"

// nativeAnnotationSince is the release whose templates brought the annotation. Source: istio/istio
// manifests/charts/istio-control/istio-discovery/files/injection-template.yaml.
const nativeAnnotationSince = "1.24"

// nativeAnswer reports whether a sidecar is a native one.
type nativeAnswer struct {
	is bool
	// unless says, as part of a message, on what it depends that is not known.
	unless string
	// likely says that it is a native one as far as the target tells that somebody set;
	// without one the nodes may be as old as any.
	likely bool
	// remark says, as the end of a message, that --native-sidecars on has no effect.
	remark string
}

// nativeSidecar reports whether the sidecar of a workload's pods is a native one, which
// Kubernetes ends with the application. A value that could make it so and is not known
// is recorded as an open question, and counts as yes.
func nativeSidecar(p *checks.Pass, w *object.Workload) nativeAnswer {
	impossible := p.Mesh.NoNativeSidecars()
	if a := w.PodAnnotation(nativeSidecarAnnotation); a.Exists() && impossible == "" && !p.Mesh.IstioBefore(nativeAnnotationSince) {
		if a.Unknown() {
			p.Undecided(a)
			return nativeAnswer{is: true}
		}
		switch a.V {
		case "true":
			return nativeAnswer{is: true}
		case "false":
			return nativeAnswer{}
		}
	}
	switch on := p.Mesh.NativeSidecars == "on"; {
	case on && impossible != "":
		return nativeAnswer{remark: " (" + p.Mesh.IdleNativeSidecars() + ")"}
	case on:
		return nativeAnswer{is: true}
	case p.Mesh.NativeSidecars == "off" || !p.Mesh.IstioFrom(checks.NativeAutoSince):
		return nativeAnswer{}
	case p.Mesh.Kubernetes == "":
		return nativeAnswer{unless: " unless every node has Kubernetes " + checks.NativeAutoKubernetes, likely: p.Mesh.Istio != ""}
	}
	return nativeAnswer{is: p.Mesh.KubernetesFrom(checks.NativeAutoKubernetes)}
}
