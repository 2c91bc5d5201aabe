package capture

import (
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// reservedPorts returns the ports that Istio's proxy has in the pods of a workload,
// at the numbers to which settings in the input move them.
func reservedPorts(p *checks.Pass, w *object.Workload) []reservedPort {
	if p.Enrolled(w).Ambient() {
		return ambientPorts
	}
	if proxyless := p.Proxyless(w); !p.Decide(proxyless.Not()) {
		return agentPorts(w, proxyless)
	}
	settings := p.ProxySettings(w)
	var ports []reservedPort
	for _, port := range sidecarPorts {
		if p.Mesh.IstioBefore(port.since) {
			continue
		}
		if port.gone != "" {
			switch p.Mesh.RequiredUntil(port.gone) {
			case checks.NoLongerRequired:
				continue
			case checks.OnlyUnsupported:
				port.level, port.use = checks.Note, port.use+" before Istio "+port.gone
			}
		}
		if port.number == proxyDNSPort && capturesDNS(p, settings) {
			port.level, port.use = checks.Error, "DNS capture"
		}
		if port.setting != "" {
			port.number = movedTo(p, w, settings, port)
		}
		ports = append(ports, port)
	}
	return ports
}

// agentPorts are the ports of pods without Envoy: one of Istio's agent, if it is there.
func agentPorts(w *object.Workload, proxyless object.Truth) []reservedPort {
	templates := checks.SplitList(w.PodAnnotation(checks.TemplatesKey).V)
	if !proxyless.True() || !slices.Contains(templates, checks.AgentTemplate) {
		return nil
	}
	return slices.Clone(sidecarPorts[slices.IndexFunc(sidecarPorts, func(port reservedPort) bool { return port.number == statusPort }):][:1])
}

// movedTo is the number of a port that a setting may move.
func movedTo(p *checks.Pass, w *object.Workload, settings checks.ProxySettings, port reservedPort) int64 {
	if port.number == statusPort {
		asked := w.PodAnnotation("status.sidecar.istio.io/port").Num()
		switch {
		case asked.Unknown():
			p.Undecided(asked)
			return noPort
		case asked.OK:
			return asked.V
		}
		if settings.StatusPort != nil {
			return *settings.StatusPort
		}
		return meshNumber(p, port.number, "defaultConfig", port.setting)
	}
	return meshNumber(p, port.number, port.setting)
}

// noPort is the number of a port that depends on an unknown value: no port has it.
const noPort = -1

// meshNumber is a number of the mesh configuration in the input, else a default.
func meshNumber(p *checks.Pass, unset int64, path ...string) int64 {
	for _, f := range p.MeshConfig(path...) {
		if f.Unknown() {
			p.Undecided(f)
			return noPort
		}
		if n := f.Num(); n.OK && n.V > 0 {
			return n.V
		}
	}
	return unset
}

// capturesDNS reports whether proxies answer the DNS questions of their pod.
func capturesDNS(p *checks.Pass, settings checks.ProxySettings) bool {
	const capture = "ISTIO_META_DNS_CAPTURE"
	if own, set := settings.ProxyMetadata[capture]; set {
		return strings.EqualFold(own, "true")
	}
	for _, f := range p.MeshConfig("defaultConfig", "proxyMetadata", capture) {
		if strings.EqualFold(f.Str().V, "true") {
			return true
		}
	}
	return false
}

// reserved returns the port of the proxy that a number and transport of a workload's
// pods collide with.
func reserved(p *checks.Pass, w *object.Workload, number int64, l4 string) (reservedPort, bool) {
	for _, port := range reservedPorts(p, w) {
		if number > 0 && port.number == number && (l4 == "TCP" || l4 == "UDP" && port.udp) {
			return port, true
		}
	}
	return reservedPort{}, false
}

// proxy is what listens on the reserved ports of a workload's pods.
func proxy(p *checks.Pass, w *object.Workload) string {
	if p.Enrolled(w).Ambient() {
		return "ztunnel"
	}
	if p.Proxyless(w).True() {
		return "Istio's agent"
	}
	return "the sidecar"
}

// declares reports whether an application container of a workload declares a port, so
// that the port itself is the place to report.
func declares(w *object.Workload, number int64, l4 string) bool {
	for _, c := range w.Containers() {
		for _, port := range c.Ports() {
			if !checks.ProxyContainer(c.Name) && port.Number.V == number && port.L4() == l4 {
				return true
			}
		}
	}
	return false
}

// settingIn is the line of a setting in the text of an annotation; the text where that cannot be found.
func settingIn(text object.Str, name string) object.Field {
	start := strings.Index(text.V, name)
	if start < 0 {
		return text.Field
	}
	line, _, _ := strings.Cut(text.V[start:], "\n")
	return text.Within(start, start+len(line))
}
