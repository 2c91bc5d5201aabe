package capture

import (
	"fmt"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// apiCall is what makes the API server call a Service.
type apiCall struct {
	by *object.Object
	to views.ServiceReference
	// ignored says that what fails is admitted all the same.
	ignored bool
}

// apiCalls are all calls of the API server to Services that the input asks for. Those to a URL
// leave the cluster.
func apiCalls(p *checks.Pass) []apiCall {
	var all []apiCall
	for _, kind := range []string{"MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"} {
		for _, o := range p.ByKind(views.Admission, kind) {
			for _, webhook := range views.AsWebhooks(o).List() {
				policy := webhook.FailurePolicy()
				// v1beta1 ignores failures unless it has another policy.
				ignored := policy.Unknown() || policy.V == "Ignore" || policy.V == "" && strings.HasSuffix(o.APIVersion, "/v1beta1")
				all = append(all, apiCall{o, webhook.Called(), ignored})
			}
		}
	}
	for _, api := range views.APIServices(p.Set) {
		all = append(all, apiCall{api.Object, api.Called(), false})
	}
	for _, crd := range views.Definitions(p.Set) {
		all = append(all, apiCall{crd.Object, crd.ConversionService(), false})
	}
	return all
}

// calledPort is a port of pods that the API server calls.
type calledPort struct {
	w      *object.Workload
	number int64
	port   object.ServicePort
	calls  []apiCall
	// sure is whether one of the calls certainly reaches the port.
	sure object.Truth
}

// calledPorts are the ports of applications in the mesh that the API server calls, each once.
func calledPorts(p *checks.Pass) []*calledPort {
	services := servicesByName(p)
	type key struct {
		w      *object.Workload
		number int64
	}
	known := map[key]*calledPort{}
	var all []*calledPort
	for _, call := range apiCalls(p) {
		for _, svc := range services[call.to.ServiceName().V] {
			in := namedNamespace(p, call.to.ServiceNamespace(), svc)
			if in.False() {
				continue
			}
			for _, port := range svc.Ports() {
				for _, end := range portEnds(p, port, call.to.Port().Is(port.Number.V).And(in)) {
					k := key{end.w, end.number}
					if known[k] == nil {
						known[k] = &calledPort{w: end.w, number: end.number, port: port}
						all = append(all, known[k])
					}
					known[k].calls = append(known[k].calls, call)
					known[k].sure = known[k].sure.Or(end.sure)
				}
			}
		}
	}
	return all
}

// servicesByName are the Services of the input by their names.
func servicesByName(p *checks.Pass) map[string][]*object.Service {
	services := map[string][]*object.Service{}
	for _, svc := range p.Services() {
		services[svc.Name] = append(services[svc.Name], svc)
	}
	return services
}

// namedNamespace reports whether a name of a namespace is that of an object. Names that are not known are the same
// where one expression gives them.
func namedNamespace(p *checks.Pass, name object.Str, svc *object.Service) object.Truth {
	if name.Unknown() && name.Given() != "" && name.Given() == svc.Namespace {
		return object.Yes()
	}
	if own := svc.NamespaceField(); own.Unknown() {
		return object.Undecided(own)
	}
	return name.Is(p.NamespaceOf(svc.Object))
}

// severity is how much it weighs that the calls fail: they certainly do where the pods certainly get a sidecar. In
// ambient mode those from a pod's own node reach it, as probes do. Source: istio/istio cni/pkg/iptables/iptables.go
// (what has a socket on the node).
func (c *calledPort) severity(p *checks.Pass) checks.Severity {
	e := p.Enrolled(c.w)
	if e.Sidecar() && e.Certain() {
		for _, call := range c.calls {
			if !call.ignored {
				return checks.Error
			}
		}
	}
	return checks.Warning
}

// callers names what makes the API server call the port.
func (c *calledPort) callers() string {
	first, more := c.calls[0].by, map[*object.Object]bool{}
	for _, call := range c.calls {
		if call.by != first {
			more[call.by] = true
		}
	}
	text := fmt.Sprintf("%s %q", first.Kind, first.Name)
	if len(more) > 0 {
		text += fmt.Sprintf(" and %d more", len(more))
	}
	return text
}

// relate adds who calls and through what.
func (c *calledPort) relate(f *checks.Finding) {
	const most = 5
	told := map[*object.Object]bool{}
	for _, call := range c.calls {
		if !told[call.by] && len(told) < most {
			told[call.by] = true
			f.WithRelated(call.to.ServiceName(), "%s %q makes kube-apiserver call the Service", call.by.Kind, call.by.Name)
		}
	}
	f.WithRelated(c.port, "the port of Service %q", c.port.Service.Name)
}

// endsTLSItself reports whether a Sidecar of the input may have the proxy end the TLS of others at the port.
func endsTLSItself(p *checks.Pass, called *calledPort) bool {
	for _, o := range p.ByKind(views.Networking, "Sidecar") {
		for _, port := range views.AsSidecar(o).IngressTLS() {
			if !port.Is(called.number).False() && !p.SameNamespace(o, called.w.Object).False() {
				return true
			}
		}
	}
	return false
}
