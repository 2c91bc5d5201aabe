package checks

import (
	"strings"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// directPodAddress finds connections to single pods or to addresses instead of
// Services.
var directPodAddress = &Check{
	ID: "MESH623", Name: "direct-pod-address", Severity: Note,
	Summary: "Pods should be called by their Service: traffic to an address passes without mutual TLS, routing and telemetry",
	Advice:  "call the Service by its name",
	Modes:   []Mode{Sidecar},
	Run: func(p *Pass) {
		for _, w := range p.Workloads() {
			if !p.Enrolled(w).Sidecar() {
				continue
			}
			mounts := p.mounts(w)
			for _, c := range w.Containers() {
				if proxyContainer(c.Name) {
					continue
				}
				for _, s := range p.settings(c, mounts) {
					for _, e := range p.endpoints(s) {
						if e.plain && !named(s.name, ownAddress) {
							directCall(p, w, s, e)
						}
					}
				}
			}
		}
	},
}

// ownAddress are words in names of settings that hold an address of the pod or node
// itself, or one that is not called: where to listen, what to tell others, networks.
var ownAddress = lazily(`(^|_)(BIND|LISTEN|LISTENER|LISTENERS|ADVERTISE|ADVERTISED|ANNOUNCE|PUBLISH|CIDR|CIDRS|SUBNETS?|NETWORKS?|RANGES?|NO_PROXY|TRUSTED|` +
	`ALLOW|ALLOWED|WHITELIST|DNS|NAMESERVERS?|RESOLVERS?|HOST_IP|NODE_IP|POD_IP|LOCAL|EXAMPLE)(_|$)`)

var (
	podName  = lazily(`^(.+)-[0-9]+$`)
	dashedIP = lazily(`^[0-9]{1,3}(-[0-9]{1,3}){3}\..+\.pod(\.|$)`)
)

func directCall(p *Pass, w *object.Workload, s setting, e endpoint) {
	if addr, ok := e.addr(); ok {
		if addr.IsPrivate() {
			p.Report(s.at(e), "%s is the address of a pod, a node or a Service: Istio passes the traffic on without mutual TLS, routing and telemetry", e)
		}
		return
	}
	if dashedIP().MatchString(e.host) {
		p.Report(s.at(e), "%s is the name of one pod: Istio passes the traffic on without mutual TLS, routing and telemetry", e)
		return
	}
	svc, ok := headlessOf(p, w, e.host)
	if !ok || e.port == 0 {
		return
	}
	for _, port := range svc.Ports() {
		for _, number := range []object.Field{port.Number.Field, port.TargetPort.Field} {
			if number.Unknown() {
				p.Open(number)
				return
			}
		}
		if port.Number.V == int64(e.port) || port.TargetPort.Num().V == int64(e.port) {
			return
		}
		for _, target := range p.WorkloadsOf(svc).Sure {
			if n, _, found := port.Resolve(target); found && n == int64(e.port) {
				return
			}
		}
	}
	p.Report(s.at(e), "%s is a pod of headless Service %q, which does not declare port %d: Istio passes the traffic on without mutual TLS, routing and telemetry", e, svc.Name, e.port).
		At(Warning).Do("add port %d to Service %q", e.port, svc.Name).Also(svc.Get("spec", "ports"), "the declared ports")
}

// headlessOf returns the headless Service of the input whose pod a host is a name of:
// web-0.web, web-0.web.prod, web-0.web.prod.svc.cluster.local.
func headlessOf(p *Pass, w *object.Workload, host string) (*object.Service, bool) {
	pod, rest, found := strings.Cut(host, ".")
	if !found || !podName().MatchString(pod) {
		return nil, false
	}
	name := serviceName(rest, p.NamespaceOf(w.Object))
	for _, svc := range p.servicesNamed(name) {
		if p.Sure(svc.Headless()) {
			return svc, true
		}
	}
	return nil, false
}
