package boundaries

import (
	"strconv"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/registry"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// opaque are the protocols of ServiceEntries of which a proxy cannot tell the host, so that only the address
// does; a port without a protocol may be one. Source: istio/istio pkg/config/protocol/instance.go (1.32).
var opaque = map[string]bool{"": true, "TCP": true, "MONGO": true, "MYSQL": true, "REDIS": true}

// withoutHost are the ports of a ServiceEntry whose traffic does not name its host.
func withoutHost(p *checks.Pass, entry views.ServiceEntry) []views.EntryPort {
	var ports []views.EntryPort
	for _, port := range entry.EntryPorts() {
		protocol := port.Protocol()
		if !protocol.Exists() || p.Decide(protocol.Matches(func(v string) bool { return opaque[strings.ToUpper(v)] })) {
			ports = append(ports, port)
		}
	}
	return ports
}

// hostNames are the hosts of a ServiceEntry as messages name them.
func hostNames(entry views.ServiceEntry) string {
	hosts := entry.Hosts().Items()
	if len(hosts) == 0 || hosts[0].Unknown() {
		return "its hosts"
	}
	name := strconv.Quote(hosts[0].Str().V)
	if others := len(hosts) - 1; others > 0 {
		name += " and " + strconv.Itoa(others) + " other " + checks.Plural(others, "host")
	}
	return name
}

// portNames are ports of a ServiceEntry as messages name them: port 80, ports 80 and 443.
func portNames(ports []views.EntryPort) string {
	var names []string
	for _, port := range ports {
		name := strconv.FormatInt(port.Number().V, 10)
		if port.Number().Unknown() {
			name = strconv.Quote(port.PortName().V)
		}
		names = append(names, name)
	}
	text := checks.Plural(len(names), "port") + " "
	if last := len(names) - 1; last > 0 {
		return text + strings.Join(names[:last], ", ") + " and " + names[last]
	}
	return text + names[0]
}

// meet reports whether some namespace sees two ServiceEntries.
func meet(p *checks.Pass, a, b *object.Object) object.Truth {
	const everybody = "*"
	x, y := seenIn(p, a), seenIn(p, b)
	for scope := range x {
		if y[scope] || len(y) > 0 && scope == everybody || y[everybody] {
			return object.Yes()
		}
	}
	for _, o := range []*object.Object{a, b} {
		if _, known := registry.Of(p).Scopes(o); !known {
			return object.Undecided(unknownScope(views.AsServiceEntry(o).ExportTo()))
		}
	}
	return object.No()
}

// seenIn are the namespaces that certainly see a ServiceEntry.
func seenIn(p *checks.Pass, o *object.Object) map[string]bool {
	const nobody = "~"
	seen := map[string]bool{}
	if views.AsServiceEntry(o).ExportTo().Unknown() {
		return seen
	}
	scopes, _ := registry.Of(p).Scopes(o)
	for _, scope := range scopes {
		if scope != nobody {
			seen[scope] = true
		}
	}
	return seen
}

// unknownScope is what is not known of a list of namespaces.
func unknownScope(list object.Field) object.Field {
	for _, f := range list.Items() {
		if f.Unknown() {
			return f
		}
	}
	return list
}
