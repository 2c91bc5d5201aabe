package traffic

import (
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/commands"
	"github.com/mesh-check/mesh-check/checks/lazyregexp"
	"github.com/mesh-check/mesh-check/checks/running"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// directPodAddress finds connections to single pods or to addresses instead of
// Services.
var directPodAddress = &checks.Check{
	ID: "MESH623", Name: "direct-pod-address", Severity: checks.Note,
	Summary: "Pods should be called through their Service: traffic to an address has no mutual TLS, routing or telemetry",
	Advice:  "call the Service by its name",
	Modes:   []checks.Mode{checks.Sidecar},
	Run: func(p *checks.Pass) {
		for _, w := range p.Workloads() {
			if !p.Enrolled(w).Sidecar() {
				continue
			}
			mounts := running.Mounts(p, w)
			for _, c := range w.Containers() {
				if checks.ProxyContainer(c.Name) {
					continue
				}
				for _, s := range settings(p, c, mounts) {
					for _, e := range endpoints(p, s) {
						if e.Plain && !named(s.name, ownAddress) {
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
var ownAddress = lazyregexp.New(`(^|_)(BIND|LISTEN|LISTENER|LISTENERS|ADVERTISE|ADVERTISED|ANNOUNCE|PUBLISH|CIDR|CIDRS|SUBNETS?|NETWORKS?|RANGES?|NO_PROXY|TRUSTED|` +
	`ALLOW|ALLOWED|WHITELIST|DNS|NAMESERVERS?|RESOLVERS?|HOST_IP|NODE_IP|POD_IP|LOCAL|EXAMPLE)(_|$)`)

var (
	podName  = lazyregexp.New(`^(.+)-[0-9]+$`)
	dashedIP = lazyregexp.New(`^[0-9]{1,3}(-[0-9]{1,3}){3}\..+\.pod(\.|$)`)
)

func directCall(p *checks.Pass, w *object.Workload, s setting, e commands.Endpoint) {
	if addr, ok := e.Addr(); ok {
		if addr.IsPrivate() {
			p.Report(s.at(e), "%s is the address of a pod, a node or a Service: Istio passes the traffic through without mutual TLS, routing or telemetry", e)
		}
		return
	}
	if dashedIP().MatchString(e.Host) {
		p.Report(s.at(e), "%s is the name of one pod: Istio passes the traffic through without mutual TLS, routing or telemetry", e)
		return
	}
	svc, ok := headlessOf(p, w, e.Host)
	if !ok || e.Port == 0 {
		return
	}
	for _, port := range svc.Ports() {
		for _, number := range []object.Field{port.Number.Field, port.TargetPort.Field} {
			if number.Unknown() {
				p.Undecided(number)
				return
			}
		}
		if port.Number.V == int64(e.Port) || port.TargetPort.Num().V == int64(e.Port) {
			return
		}
		for _, target := range p.WorkloadsOf(svc).Sure {
			if n, _, found := port.Resolve(target); found && n == int64(e.Port) {
				return
			}
		}
	}
	p.Report(s.at(e), "%s is a pod of headless Service %q, which does not declare port %d: Istio passes the traffic through without mutual TLS, routing or telemetry", e, svc.Name, e.Port).
		WithSeverity(checks.Warning).WithAdvice("add port %d to Service %q", e.Port, svc.Name).WithRelated(svc.PortList(), "the declared ports")
}

// headlessOf returns the headless Service of the input whose pod a host is a name of:
// web-0.web, web-0.web.prod, web-0.web.prod.svc.cluster.local.
func headlessOf(p *checks.Pass, w *object.Workload, host string) (*object.Service, bool) {
	pod, rest, found := strings.Cut(host, ".")
	if !found || !podName().MatchString(pod) {
		return nil, false
	}
	name := serviceName(rest, p.NamespaceOf(w.Object))
	for _, svc := range servicesNamed(p, name) {
		if p.Decide(svc.Headless()) {
			return svc, true
		}
	}
	return nil, false
}
