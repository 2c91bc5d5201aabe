package routing

import (
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/registry"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// virtualServiceHostNotFound finds destinations that nothing in the registry has.
var virtualServiceHostNotFound = &checks.Check{
	ID: "MESH701", Name: "virtual-service-host-not-found", Severity: checks.Warning,
	Summary: "The destinations of a VirtualService must be hosts of Services or ServiceEntries",
	Advice:  "correct the host, add a ServiceEntry, or name it with --known-host if another release installs it",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Istio:   []string{"IST0101"},
	Absence: true,
	Run: func(p *checks.Pass) {
		hosts := registry.Of(p)
		for _, o := range p.ByKind(views.Networking, "VirtualService") {
			for _, to := range views.AsVirtualService(o).Destinations() {
				host := to.Host()
				if !host.Exists() || strings.HasPrefix(host.V, "*") {
					continue // it is not valid
				}
				if found := hosts.Lookup(host); !p.Decide(found.Known) && found.Known.False() {
					reportNoHost(p, hosts, host, found, "requests that are routed there fail with 503")
				}
			}
		}
	},
}

// reportNoHost reports a host that nothing has, or that is not exported to the namespace of the resource that names it.
func reportNoHost(p *checks.Pass, hosts *registry.Registry, host object.Str, found registry.Found, so string) {
	ns := p.NamespaceOf(host.Object())
	if found.Hidden != nil {
		p.Report(host, "%s has host %q, but is not exported to namespace %q: %s", found.Hidden, host.V, ns, so).
			WithAdvice("export %s to namespace %q, or route to another host", found.Hidden, ns).
			WithRelated(found.Hidden.Object.NameField(), "it is here")
		return
	}
	near := hosts.Near(found)
	severity := found.Away.Severity()
	var f *checks.Finding
	switch {
	case found.Away == registry.Outside && strings.HasSuffix(near, ".svc."+p.ClusterDomain()):
		severity = checks.Warning
		f = p.Report(host, "no Service or ServiceEntry has host %q, and Istio completes only names without a dot: %s%s", host.V, so, registry.DidYouMean(near))
	case found.Away == registry.Outside:
		f = p.Report(host, "no ServiceEntry in the input has host %q: %s unless another release has one%s", host.V, so, registry.DidYouMean(near))
	case host.V != found.Host:
		if severity == checks.Note {
			so += " unless another release has it"
		}
		f = p.Report(host, "namespace %q has no Service %q, and nothing else in the input has host %q: %s%s", ns, host.V, found.Host, so, registry.DidYouMean(near))
	default:
		f = p.Report(host, "no Service or ServiceEntry in the input has host %q: %s unless another release has one%s", host.V, so, registry.DidYouMean(near))
	}
	if f.WithSeverity(severity); severity == checks.Note {
		f.WithCause("host " + found.Host) // one release installs it, for all who name it
	}
	if near != "" {
		f.WithAdvice("write %q, or name the host with --known-host if another release installs it", near)
	}
}
