package services

import (
	"slices"
	"strconv"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/lazyregexp"
	"github.com/mesh-check/mesh-check/checks/wire"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// headlessHTTPAddressedByPodIP finds HTTP ports of headless Services whose pods tell each
// other their addresses.
var headlessHTTPAddressedByPodIP = &checks.Check{
	ID: "MESH119", Name: "headless-http-addressed-by-pod-ip", Severity: checks.Note,
	Summary: "A port of a headless Service at which pods are called by their addresses must be declared as TCP",
	Advice:  "declare the port as TCP: give it a name that starts with tcp-, or appProtocol: tcp",
	Modes:   []checks.Mode{checks.Sidecar},
	Run: func(p *checks.Pass) {
		reported := map[string]bool{}
		for _, w := range p.SidecarApplications() {
			if !hasPeers[w.Kind] && w.Kind != "DaemonSet" {
				continue
			}
			for _, svc := range p.ServicesOf(w).Sure {
				if !svc.Headless().True() {
					continue
				}
				for _, port := range svc.Ports() {
					if key := svc.String() + port.Path(); !reported[key] && port.L4() == "TCP" {
						reported[key] = calledByAddress(p, port, w)
					}
				}
			}
		}
	},
}

// calledByAddress reports an HTTP port of a headless Service at which the pods of a workload
// call each other by their addresses. Source: istio.io "503 error while accessing headless
// services"; istio/istio pilot/pkg/networking/core httproute.go generateVirtualHostDomains.
func calledByAddress(p *checks.Pass, port object.ServicePort, w *object.Workload) bool {
	number, _, ok := port.Resolve(w)
	if !ok {
		return false
	}
	at, why := advertises(w, number)
	if why == "" {
		return false
	}
	protocol, known := p.Protocol(port)
	if !p.Decide(known) || protocol.Family() != checks.FamilyHTTP || !manyPods(p, w) && w.Kind != "DaemonSet" {
		return false
	}
	f := p.Report(checks.DeclarationPlace(port), "port %s of headless Service %q is declared as %s, but %s: sidecars match requests by their host, and forward those to addresses as is, with no mutual TLS",
		port, port.Service.Name, protocol, why).WithRelated(at, "%s", why)
	if mode, _ := p.MTLS(w, number); mode == checks.MTLSStrict {
		f.WithSeverity(checks.Warning)
	}
	if name := port.Name; name.V != "" && !port.AppProtocol.Exists() {
		f.WithAdvice("rename the port to %q and update everything that refers to it, if pods call each other on it", nameFor(checks.TCP, name.V))
	}
	return true
}

// advertised matches flags and variables by which a server tells others at which address it is.
var advertised = lazyregexp.New(`(?i)(advertise|publish|peer|cluster)[a-z_.-]*(address|addr|host|ip|url)`)

// advertises is where a workload's pods tell each other the address of a port, and why one
// may think so; empty where nothing says so.
func advertises(w *object.Workload, number int64) (at object.Field, why string) {
	for _, c := range w.Containers() {
		if software := wire.PeersOf(c.ImageName()); software != nil && slices.Contains(software.HTTP, number) {
			return c.Image().Field, "the pods of " + software.Name + " call each other there by their addresses"
		}
		ip := map[string]bool{}
		for _, e := range c.Env() {
			ip[e.VarName()] = e.FieldPath().V == "status.podIP"
		}
		for _, s := range settingsOf(c) {
			for name, is := range ip {
				if is && strings.Contains(s.value, "$("+name+")") && advertised().MatchString(s.name) && strings.HasSuffix(s.value, ":"+strconv.FormatInt(number, 10)) {
					return s.at, s.name + " gives it to others with the address of the pod"
				}
			}
		}
	}
	return object.Field{}, ""
}
