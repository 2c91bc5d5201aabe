package capture

import (
	"fmt"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// rewriteKey is the annotation that turns on and off that the injector sends what the kubelet asks a pod to the sidecar's agent,
// which asks the application in its stead. Source: istio/api annotation SidecarRewriteAppHTTPProbers.
const rewriteKey = "sidecar.istio.io/rewriteAppHTTPProbers"

// What the injector rewrites, and since when; httpGet probes of containers always. Source: istio/istio
// pkg/kube/inject/app_probe.go at the tags 1.9.0 to 1.25.0.
const (
	grpcRewrittenSince      = "1.13"
	initRewrittenSince      = "1.19"
	lifecycleRewrittenSince = "1.25"
)

// unrewritten is why the kubelet asks the application itself: a setting, at a field, or the version of Istio.
type unrewritten struct {
	why string
	at  object.Field // of no object where the version is the reason
}

// settingsOff are the settings that turn rewriting off for a workload. Source: istio/istio
// pkg/kube/inject/app_probe.go ShouldRewriteAppHTTPProbers.
func settingsOff(p *checks.Pass, w *object.Workload) (unrewritten, bool) {
	own := w.PodAnnotation(rewriteKey)
	if own.Unknown() {
		p.Undecided(own)
		return unrewritten{}, false
	}
	if value, is := parsedBool(own); is {
		return unrewritten{fmt.Sprintf("annotation %s is %q", rewriteKey, own.V), own.Field}, !value
	}
	for _, of := range p.InjectorValues("sidecarInjectorWebhook", "rewriteAppHTTPProbe") {
		if of.Unknown() {
			p.Undecided(of)
			return unrewritten{}, false
		}
		if value, is := parsedBool(of.Str()); is && !value {
			return unrewritten{"rewriteAppHTTPProbe of the injector is false", of}, true
		}
	}
	return unrewritten{}, false
}

// lifecycle reports whether a probe is a handler of the container's lifecycle.
func lifecycle(probe object.Probe) bool { return probe.Kind == "postStart" || probe.Kind == "preStop" }

// kubeletAsks are the probes, or the lifecycle handlers, of a container that the kubelet asks by HTTP or gRPC over the
// network: what is rewritten already, in a manifest that was injected, is none. A connection alone always succeeds:
// the proxy accepts it.
func kubeletAsks(c object.Container, handlers bool) []object.Probe {
	if checks.ProxyContainer(c.Name) || !c.LongRunning() {
		return nil
	}
	var all []object.Probe
	for _, probe := range c.Probes() {
		asks := probe.HTTPGet().Exists() || probe.GRPC().Exists() && !handlers
		if asks && lifecycle(probe) == handlers && !injected(probe) {
			all = append(all, probe)
		}
	}
	return all
}

// injected reports whether the injector has rewritten a probe.
func injected(probe object.Probe) bool {
	path := probe.HTTPPath().V
	return strings.HasPrefix(path, "/app-health/") || strings.HasPrefix(path, "/app-lifecycle/")
}
