package security

import (
	"slices"
	"strconv"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

var headlessIgnoresWorkloadPeerAuthentication = &checks.Check{
	ID: "MESH814", Name: "headless-ignores-workload-peer-authentication", Severity: checks.Warning,
	Summary: "Pods of a headless Service whose mutual TLS mode is not that of their namespace need a DestinationRule",
	Advice:  "add a DestinationRule for the host of the Service with the tls mode of the pods",
	Modes:   []checks.Mode{checks.Sidecar},
	Absence: true,
	Run: func(p *checks.Pass) {
		if len(p.ByKind(peerAuthentications.group, peerAuthentications.kind)) == 0 || infersOtherwise(p) {
			return
		}
		for _, svc := range p.Services() {
			if len(svc.Selector.Entries()) == 0 || !p.Decide(svc.Headless().And(svc.External().Not())) || !allInMesh(p, svc) {
				continue
			}
			if namespace := wideMode(p, p.NamespaceOf(svc.Object)); namespace != checks.MTLSUndecided {
				compareModes(p, svc, namespace)
			}
		}
	},
}

// infersOtherwise reports whether clients do not look at modes, or look at those of the pods
// behind a headless Service as they do behind any other.
func infersOtherwise(p *checks.Pass) bool {
	for _, auto := range p.MeshConfig("enableAutoMtls") {
		if !auto.Flag().V {
			return true // off, or not known
		}
	}
	for _, eds := range p.InjectorValues("pilot", "env", "PILOT_ENABLE_EDS_FOR_HEADLESS_SERVICES") {
		if eds.Unknown() || eds.Str().V == "true" {
			return true
		}
	}
	return false
}

// allInMesh reports whether all pods behind a Service get a sidecar: where one does not, clients
// send plain text to all of them.
func allInMesh(p *checks.Pass, svc *object.Service) bool {
	pods := p.WorkloadsOf(svc)
	for _, w := range pods.Sure {
		if !p.Enrolled(w).Sidecar() {
			return false
		}
	}
	return len(pods.Sure) > 0 && len(pods.Maybe) == 0
}

// wideMode is the mode that clients of a headless Service see: that of its namespace or the
// mesh. Source: istio/istio 1.7 to 1.32 pilot/pkg/model/push_context.go
// BestEffortInferServiceMTLSMode.
func wideMode(p *checks.Pass, namespace string) checks.MTLSMode {
	policies := p.SelectorsOf(peerAuthentications.group, peerAuthentications.kind, matchLabels)
	for i, ns := range []string{namespace, p.RootNamespace()} {
		if i == 1 && p.Mesh.MTLSMode != "" {
			break // the command line wins over the mesh-wide policy
		}
		if wide := policies.Wide(ns); len(wide) > 0 {
			o := wide[0]
			mode := views.AsPeerAuthentication(o).Mode()
			if labels := matchLabels(o); mode.Unknown() || labels.Unknown() || labels.Partial() {
				p.Undecided(mode)
				return checks.MTLSUndecided
			}
			if mode.V != "" && mode.V != "UNSET" {
				return checks.MTLSMode(mode.V)
			}
		}
	}
	if p.Mesh.MTLSMode != "" {
		return checks.MTLSMode(strings.ToUpper(p.Mesh.MTLSMode))
	}
	return checks.MTLSPermissive
}

// excludeOutbound is the annotation with the ports to which pods send without their proxy.
const excludeOutbound = "traffic.sidecar.istio.io/excludeOutboundPorts"

// compareModes reports, once for each place that sets a mode, where pods take other
// connections than clients send.
func compareModes(p *checks.Pass, svc *object.Service, namespace checks.MTLSMode) {
	reported := map[string]bool{}
	for _, w := range p.WorkloadsOf(svc).Sure {
		excluded := checks.SplitList(w.PodAnnotation(excludeOutbound).V)
		for _, in := range inboundOf(p, w) {
			if in.port.Service.Object != svc.Object || slices.Contains(excluded, strconv.FormatInt(in.port.Number.V, 10)) {
				continue
			}
			mode, says := p.MTLS(w, in.number)
			if says.Object() == nil || len(matchLabels(says.Object()).Entries()) == 0 {
				continue
			}
			sent, accepts := "mutual TLS", "only plain text"
			if namespace == checks.MTLSDisable {
				sent, accepts = "plain text", "only mutual TLS"
			}
			clash := mode == checks.MTLSDisable && namespace != checks.MTLSDisable || mode == checks.MTLSStrict && namespace == checks.MTLSDisable
			at := says.Object().String() + says.Path()
			if !clash || reported[at] || hasClientTLS(p, in.port) {
				continue
			}
			reported[at] = true
			p.Report(says, "clients of the headless Service %q do not see mode %s: they follow %s, the mode of the namespace, and send %s to port %s, which accepts %s",
				svc.Name, mode, namespace, sent, in.port, accepts).
				WithAdvice("add a DestinationRule for host %q with tls mode %s for port %s", p.ServiceHost(svc), clientMode(mode), strconv.FormatInt(in.port.Number.V, 10)).
				WithRelated(in.port, "the port of the headless Service")
		}
	}
}

// clientMode is the tls mode with which clients do what pods take.
func clientMode(mode checks.MTLSMode) string {
	if mode == checks.MTLSDisable {
		return "DISABLE"
	}
	return "ISTIO_MUTUAL"
}

// hasClientTLS reports whether a DestinationRule of the input may say how clients speak to a
// port.
func hasClientTLS(p *checks.Pass, port object.ServicePort) bool {
	for _, rule := range p.DestinationRules(p.ServiceHost(port.Service)) {
		if covers := p.RuleCovers(rule, port.Service); covers.False() {
			continue
		} else if !p.Decide(covers) {
			return true
		}
		policy := views.AsDestinationRule(rule).TrafficPolicy()
		if policy.Unknown() || policy.TLSMode().Exists() {
			return true
		}
		for _, settings := range policy.Ports() {
			if !settings.Port().Is(port.Number.V).False() && settings.TLSMode().Exists() {
				return true
			}
		}
	}
	return false
}
