package capture

import (
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// statusKey is the annotation that moves the status port of a pod's sidecar. Source: istio/api annotation
// SidecarStatusPort; pilot/cmd/pilot-agent/config/config.go applyAnnotations, which lets it win over proxy.istio.io/config.
const statusKey = "status.sidecar.istio.io/port"

var statusPortConflict = &checks.Check{
	ID: "MESH512", Name: "status-port-conflict", Severity: checks.Warning,
	Summary: "The status port that a pod gives its sidecar must be free",
	Advice:  "remove the setting, so that the sidecar uses port 15020, or choose a port that nothing in the pod listens on",
	Modes:   []checks.Mode{checks.Sidecar},
	Run: func(p *checks.Pass) {
		for _, w := range p.SidecarApplications() {
			annotation := w.PodAnnotation(statusKey)
			switch asked := annotation.Num(); {
			case asked.Unknown():
				p.Undecided(asked)
			case asked.OK && asked.V == 0:
				probesWithoutPort(p, w, annotation)
			case asked.OK && asked.V != statusPort: // at the usual port the container is what is wrong (MESH501)
				statusPortTaken(p, w, annotation.Field, "annotation "+statusKey, asked.V, checks.Error)
			case !annotation.Exists():
				config := w.PodAnnotation(checks.ProxyConfigKey)
				if port := p.ProxySettings(w).StatusPort; port != nil && *port != 0 && *port != statusPort {
					statusPortTaken(p, w, settingIn(config, statusSetting), "statusPort in "+checks.ProxyConfigKey, *port, checks.Error)
				}
			}
		}
	},
}

// givesStatusPort reports whether a workload gives its sidecar a port that a container declares, so that the setting is the
// place to report, and not what names the port.
func givesStatusPort(w *object.Workload, taken reservedPort) bool {
	given := w.PodAnnotation(statusKey).Exists() || w.PodAnnotation(checks.ProxyConfigKey).Exists()
	return taken.setting == statusSetting && taken.number != statusPort && given && declares(w, taken.number, "TCP")
}

// statusPortTaken reports a status port that a container of the pods declares, or that the proxy itself has for something
// else.
func statusPortTaken(p *checks.Pass, w *object.Workload, at object.Field, setting string, number int64, level checks.Severity) {
	for _, c := range w.Containers() {
		if checks.ProxyContainer(c.Name) || !c.LongRunning() {
			continue
		}
		for _, port := range c.Ports() {
			if !p.Decide(port.Number.Is(number)) || !p.OverTCP(port.Protocol) {
				continue
			}
			p.Report(at, "%s of %s %q is %d, on which container %q listens too: only one of the two can start",
				setting, w.Kind, w.Name, number, c.Name).WithSeverity(level).WithRelated(port.Number, "the port of the container")
			return
		}
	}
	for _, taken := range sidecarPorts {
		if taken.number == number && taken.level == checks.Error && taken.setting == "" {
			p.Report(at, "%s of %s %q is %d, which the sidecar uses for %s: it does not start", setting, w.Kind, w.Name, number, taken.use).
				WithSeverity(level)
		}
	}
}

// tcpRewrittenSince is the release from which the injector redirects probes that only connect. Source: istio/istio
// pkg/kube/inject/app_probe.go of 1.9.9 and 1.12.9.
const tcpRewrittenSince = "1.12"

// probesWithoutPort reports probes that the injector lets ask port 0, since the pods have switched the status port off.
// Source: istio/istio pkg/kube/inject/app_probe.go patchRewriteProbe, which does not look for 0.
func probesWithoutPort(p *checks.Pass, w *object.Workload, off object.Str) {
	var first *object.Probe
	for _, c := range w.Containers() {
		if checks.ProxyContainer(c.Name) || !c.LongRunning() || c.Role == object.Restartable && p.Mesh.IstioBefore(initRewrittenSince) {
			continue
		}
		for _, probe := range c.Probes() {
			if first == nil && redirected(p, probe) {
				first = &probe
			}
		}
	}
	if first == nil || !p.Decide(redirectsProbes(p, w)) {
		return
	}
	p.Report(off, "annotation %s of %s %q is 0, and the injector makes the %s of container %q ask that port: Kubernetes refuses the pods",
		statusKey, w.Kind, w.Name, first.Kind, first.Container.Name).WithSeverity(checks.Error).
		WithAdvice("remove the annotation, or also set %s: \"false\"", rewriteKey).
		WithRelated(first.AtKey(), "the probe")
}

// redirected reports whether the injector redirects such a probe.
func redirected(p *checks.Pass, probe object.Probe) bool {
	switch {
	case lifecycle(probe) && p.Mesh.IstioBefore(lifecycleRewrittenSince):
		return false
	case probe.HTTPGet().Exists():
		return true
	case probe.GRPC().Exists():
		return !p.Mesh.IstioBefore(grpcRewrittenSince)
	}
	return probe.Port().Exists() && !p.Mesh.IstioBefore(tcpRewrittenSince)
}

// redirectsProbes reports whether the injector redirects the probes of a workload's pods: what they say, else the values of
// Istio's charts in the input, else yes. Source: istio/istio pkg/kube/inject/app_probe.go ShouldRewriteAppHTTPProbers.
func redirectsProbes(p *checks.Pass, w *object.Workload) object.Truth {
	own := w.PodAnnotation(rewriteKey)
	if own.Unknown() {
		return object.Undecided(own.Field)
	}
	if value, is := parsedBool(own); is {
		return object.TruthOf(value)
	}
	for _, f := range p.InjectorValues("sidecarInjectorWebhook", "rewriteAppHTTPProbe") {
		return f.Flag().True()
	}
	return object.Yes()
}
