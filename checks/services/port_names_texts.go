package services

import (
	"fmt"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/lazyregexp"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// The texts that name ports of Services: lookups of SRV records, and the variables that
// Kubernetes gives to containers. Source: Kubernetes, "DNS for Services and Pods" and
// "Service", environment variables.
var (
	srvName     = lazyregexp.New(`(?:^|[^A-Za-z0-9_-])_([a-z0-9]+(?:-+[a-z0-9]+)*)\._tcp\.([a-z0-9-]+)(\.[a-z0-9-]+)?(\.?)`)
	portVar     = lazyregexp.New(`\$\(([A-Z][A-Z0-9_]*)_SERVICE_PORT_([A-Z0-9_]+)\)`)
	srvMark     = "._tcp."
	portVarMark = "_SERVICE_PORT_"
)

// textsByName reports texts of containers and ConfigMaps that name ports of Services.
func textsByName(p *checks.Pass) {
	for _, w := range p.Applications() {
		for _, c := range w.Containers() {
			own := map[string]bool{}
			for _, e := range c.Env() {
				own[e.VarName()] = true
				srvNames(p, e.Value())
			}
			for _, f := range append(c.Command().Items(), c.Args().Items()...) {
				srvNames(p, f.Str())
				portVars(p, f.Str(), own)
			}
			for _, e := range c.Env() {
				portVars(p, e.Value(), own)
			}
		}
	}
	for _, o := range p.ByKind("", "ConfigMap") {
		for _, entry := range views.Data(o).Entries() {
			srvNames(p, entry.Str())
		}
	}
}

// srvNames reports the SRV names in a text whose port the Service does not have.
func srvNames(p *checks.Pass, text object.Str) {
	if !strings.Contains(text.V, srvMark) {
		return
	}
	for _, m := range srvName().FindAllStringSubmatchIndex(text.V, -1) {
		name, svc, ns := text.V[m[2]:m[3]], text.V[m[4]:m[5]], p.NamespaceOf(text.Object())
		if m[6] >= 0 {
			ns = text.V[m[6]+1 : m[7]]
		} else if m[8] < m[9] || m[1] < len(text.V) && strings.IndexByte("$*%{<", text.V[m[1]]) >= 0 {
			continue // the namespace comes from elsewhere
		}
		if commented(text.V, m[0]) {
			continue
		}
		at := object.Str{Field: text.Within(m[2], m[3]), V: name}
		dangling(p, at, serviceOwners(p, servicesNamed(p, svc, ns), "TCP"), fmt.Sprintf("%q looks for", "_"+name+srvMark+svc), "the lookup finds nothing")
	}
}

// commented reports whether the line around a place of a text is a comment.
func commented(text string, at int) bool {
	line := strings.TrimSpace(text[strings.LastIndexByte(text[:at], '\n')+1 : at])
	return strings.HasPrefix(line, "#") || strings.HasPrefix(line, "//")
}

// portVars reports the variables of a text that Kubernetes makes of names of ports and that
// no port gives; own are those that the container has by itself.
func portVars(p *checks.Pass, text object.Str, own map[string]bool) {
	if !strings.Contains(text.V, portVarMark) {
		return
	}
	byVariable := variableServices(p)
	for _, m := range portVar().FindAllStringSubmatchIndex(text.V, -1) {
		prefix, name := text.V[m[2]:m[3]], text.V[m[4]:m[5]]
		svc := byVariable[prefix+"."+p.NamespaceOf(text.Object())]
		if svc == nil || own[prefix+portVarMark+name] {
			continue
		}
		found := object.TruthOf(svc.PortList().Unknown())
		for _, port := range svc.Ports() {
			found = found.Or(port.Name.Matches(func(v string) bool { return variable(v) == name }))
		}
		if p.Decide(found.Not()) && !p.OnlyOutsideMesh(svc) {
			at := object.Str{Field: text.Within(m[4], m[5]), V: strings.ReplaceAll(strings.ToLower(name), "_", "-")}
			f := p.Report(at, "$(%s) is made of port %q, but Service %q has no port of that name: the text stays as it is", prefix+portVarMark+name, at.V, svc.Name)
			f.WithRelated(svc.PortList(), "the ports of Service %q", svc.Name)
			adviseName(f, at.V, serviceOwners(p, []*object.Service{svc}, ""))
		}
	}
}

type variableServicesKey struct{}

// variableServices are the Services of the input by the prefix of their variables and their
// namespace; those without an address have none.
func variableServices(p *checks.Pass) map[string]*object.Service {
	return checks.Once(p, variableServicesKey{}, func() map[string]*object.Service {
		found := map[string]*object.Service{}
		for _, svc := range p.Services() {
			if svc.Headless().False() && svc.External().False() {
				found[variable(svc.Name)+"."+p.NamespaceOf(svc.Object)] = svc
			}
		}
		return found
	})
}

// variable is a name as Kubernetes writes it in variables.
func variable(name string) string { return strings.ToUpper(strings.ReplaceAll(name, "-", "_")) }
