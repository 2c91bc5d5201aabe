package lifecycle

import (
	"slices"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// applicationStartsBeforeProxy finds applications that need the network at once and do not wait for their proxy.
var applicationStartsBeforeProxy = &checks.Check{
	ID: "MESH645", Name: "application-starts-before-proxy", Severity: checks.Note,
	Summary: "An application that needs the network at its start must wait for its proxy",
	Advice:  `annotate the pods proxy.istio.io/config: '{"holdApplicationUntilProxyStarts": true}'`,
	Modes:   []checks.Mode{checks.Sidecar},
	Since:   "1.7",
	// Most applications try again, or are started again by Kubernetes.
	Optional: true,
	Run: func(p *checks.Pass) {
		for _, w := range p.SidecarApplications() {
			native := nativeSidecar(p, w)
			if native.is || w.Hook("test") || byHand(w) || waits(p, w) || !p.Decide(p.CaptureByInit(w)) || bypassed(p, w) {
				continue
			}
			for _, c := range w.Containers() {
				if c.Role == object.App && !checks.ProxyContainer(c.Name) {
					startsOnline(p, c, native)
				}
			}
		}
	},
}

// startsOnline reports the first call of a container to the network, unless its script goes on or tries again where it fails.
func startsOnline(p *checks.Pass, c object.Container, native nativeAnswer) {
	if slices.ContainsFunc(c.Env(), func(env object.EnvVar) bool { return slices.Contains(quitVariables, env.VarName()) }) {
		return // scuttle waits for the proxy
	}
	if calls := onlineCalls(p, c, capturesDNS(p, c.Workload)); len(calls) > 0 && !calls[0].handled {
		p.Report(calls[0], "container %q uses the network (%s) at its start, and nothing makes it wait for the sidecar%s: connections fail until the proxy is ready",
			c.Name, calls[0].program, native.unless)
	}
}

// byHand reports whether containers of Istio are written into the pods: whether the application waits is then a matter of their
// order and hooks, and the annotation of the advice, which the injector reads, need not do anything.
func byHand(w *object.Workload) bool {
	return slices.ContainsFunc(w.Containers(), func(c object.Container) bool {
		return (c.Name == checks.ProxyName || c.Name == initName) && c.Image().V != autoImage
	})
}

// initName is the init container that redirects the traffic of pods, and autoImage what the injector replaces: a container with
// it holds settings of the sidecar. Source: istio/istio manifests/charts/istio-control/istio-discovery/files/injection-template.yaml.
const (
	initName  = "istio-init"
	autoImage = "auto"
)

// waits reports whether a workload's containers start behind the proxy. The hooks of the value global.proxy.lifecycle take
// the place of the one that waits: these are the matter of MESH962. What is not known could make them wait.
func waits(p *checks.Pass, w *object.Workload) bool {
	const key = "holdApplicationUntilProxyStarts"
	for _, f := range p.InjectorValues("global", "proxy", "lifecycle") {
		if p.Decide(f.Written()) || f.Unknown() {
			return true
		}
	}
	if w.PodAnnotation(checks.ProxyConfigKey).Unknown() {
		p.ProxySettings(w) // records the open question
		return true
	}
	if own := p.ProxySettings(w).HoldApplication; own != nil {
		return *own
	}
	for _, f := range append(p.InjectorValues("global", "proxy", key), p.MeshConfig("defaultConfig", key)...) {
		if p.Decide(f.Flag().True()) || f.Unknown() {
			return true
		}
	}
	return false
}
