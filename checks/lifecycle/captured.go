package lifecycle

import (
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// dnsCaptureKey is the setting of a proxy by which it takes the DNS requests of its pod. Source: istio/istio
// tools/istio-iptables/pkg/cmd, pilot/pkg/features.
const dnsCaptureKey = "ISTIO_META_DNS_CAPTURE"

// capturesDNS reports whether the proxy of a workload takes DNS requests.
func capturesDNS(p *checks.Pass, w *object.Workload) bool {
	return proxyMetadata(p, w, dnsCaptureKey) == "true"
}

// proxyMetadata is a value of proxyMetadata: that of the pods' annotation, else that of a mesh configuration of the input.
func proxyMetadata(p *checks.Pass, w *object.Workload, key string) string {
	if own, is := p.ProxySettings(w).ProxyMetadata[key]; is {
		return own
	}
	of := p.MeshConfig("defaultConfig", "proxyMetadata", key)
	if len(of) == 0 {
		return ""
	}
	if of[0].Unknown() {
		p.Undecided(of[0])
	}
	return of[0].Str().V
}

// exclusions are what leaves connections alone: annotations of pods, and values of the mesh. Source: istio/api annotation;
// istio/istio manifests/charts/istio-control/istio-discovery/values.yaml (global.proxy).
var exclusions = []struct{ annotation, value string }{
	{"traffic.sidecar.istio.io/excludeOutboundIPRanges", "excludeIPRanges"},
	{"traffic.sidecar.istio.io/excludeOutboundPorts", "excludeOutboundPorts"},
}

// inclusions, where they are not "*", leave all else alone.
var inclusions = []struct{ annotation, value string }{{"traffic.sidecar.istio.io/includeOutboundIPRanges", "includeIPRanges"}}

// bypassed reports whether annotations, or values of the mesh, leave some or all connections of a workload's pods alone:
// nobody knows which of them a program makes. What is not known could do so. Source: istio.io, "Install the Istio CNI node agent",
// compatibility with init containers.
func bypassed(p *checks.Pass, w *object.Workload) bool {
	set := func(annotation, value string, leaves func(string) bool) bool {
		settings := []object.Str{w.PodAnnotation(annotation)}
		if !settings[0].Exists() && settings[0].Known() {
			settings = nil
			for _, f := range p.InjectorValues("global", "proxy", value) {
				settings = append(settings, f.Str())
			}
		}
		for _, s := range settings {
			if s.Unknown() {
				p.Undecided(s)
			}
			if s.Unknown() || leaves(s.V) {
				return true
			}
		}
		return false
	}
	for _, e := range exclusions {
		if set(e.annotation, e.value, func(v string) bool { return v != "" }) {
			return true
		}
	}
	for _, i := range inclusions {
		if set(i.annotation, i.value, func(v string) bool { return v != "*" }) {
			return true
		}
	}
	return false
}
