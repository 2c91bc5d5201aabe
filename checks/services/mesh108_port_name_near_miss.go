package services

import (
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/lazyregexp"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// glued is a protocol with something behind it that no hyphen parts.
var glued = lazyregexp.New(`^(http2?|https|grpc(?:-?web)?|tcp|tls|mongo(?:db)?|mysql|redis|udp)([a-z0-9_.]+)$`)

// postgres is PostgreSQL in its spellings; PostgREST is an HTTP server.
var postgres = lazyregexp.New(`^postgres(?:ql|sql|db|s)?[0-9]*$`)

// misnamed are whole names that look like protocols and are none, and what Istio
// calls them. Source: istio/istio pkg/config/protocol/instance.go has none of them.
var misnamed = map[string]string{
	"grpcs": "tls-grpcs", "grpcweb": "grpc-web", "ws": "http-ws", "wss": "http-wss", "h2c": "http2", "mongodb": "mongo",
}

// misspelt are protocols with a letter in the wrong place, as they are seen; what is also a word is not here.
var misspelt = map[string]string{
	"grcp": "grpc", "gprc": "grpc", "gprcp": "grpc", "htpp": "http", "htttp": "http", "httpp": "http", "hhtp": "http", "hhttp": "http", "htp": "http",
	"htpp2": "http2", "htttps": "https", "htpps": "https", "htps": "https", "httsp": "https", "tpc": "tcp", "tpcp": "tcp", "mogno": "mongo",
	"msyql": "mysql", "myslq": "mysql", "rdis": "redis", "reids": "redis",
}

// lookedUp are names that clients look up in DNS, so that they must stay, with the protocol
// to declare beside them. Source: gRFC A5, gRPCLB in DNS (SRV records of _grpclb._tcp).
var lookedUp = map[string]string{"grpclb": "grpc"}

var portNameNearMiss = &checks.Check{
	ID: "MESH108", Name: "port-name-near-miss", Severity: checks.Warning,
	Summary:  "A Service port's name declares a protocol only if a hyphen follows it",
	Advice:   "put a hyphen after the protocol, as in http-api, and update everything that refers to the port by name",
	Modes:    []checks.Mode{checks.Sidecar, checks.Ambient},
	Istio:    []string{"IST0118"},
	Replaces: []string{"MESH104", "MESH105"},
	Run: func(p *checks.Pass) {
		for _, port := range p.NamedPorts() {
			better, miss := nearMiss(port)
			if !miss || !p.Undetected(port) {
				continue
			}
			if protocol, fixed := lookedUp[port.Name.V]; fixed {
				p.Report(port.Name, "port name %q of Service %q declares no protocol that Istio knows", port.Name.V, port.Service.Name).
					WithAdvice("set appProtocol: %s; keep the name, because clients look it up in DNS", protocol)
				continue
			}
			if better == "http-wss" && p.SpokenOn(port) == checks.HTTPS {
				better = "https-wss" // the pods end TLS themselves; as a rule a balancer does
			}
			why := ""
			if e, told := evident(p, port); told {
				why = ": " + e.what
				if !agrees(checks.ParseProtocol(better, nil), e.protocol) {
					better = nameFor(e.protocol, better)
				}
			}
			p.Report(port.Name, "port name %q of Service %q declares no protocol that Istio knows; did you mean %q",
				port.Name.V, port.Service.Name, better).
				WithAdvice("rename the port to %s and update everything that refers to it by name, or set its appProtocol%s", better, why)
		}
	},
}

// nearMiss returns what the author of a port's name probably meant.
func nearMiss(port object.ServicePort) (better string, miss bool) {
	name := strings.ToLower(port.Name.V)
	if better, ok := misnamed[name]; ok {
		return better, true
	}
	if postgres().MatchString(name) {
		return "tcp-" + name, true
	}
	if first, rest, more := strings.Cut(name, "-"); misspelt[first] != "" && more {
		return misspelt[first] + "-" + rest, true
	} else if misspelt[first] != "" {
		return misspelt[first], true
	}
	m := glued().FindStringSubmatch(name)
	if m == nil {
		return "", false
	}
	protocol, rest := m[1], m[2]
	// "https" in front is a protocol only where the rest is a word of its own:
	// httpserver is http, and the number of the port decides the others.
	if protocol == "http" && strings.HasPrefix(rest, "s") && len(rest) > 1 && port.Number.V%1000 == 443 {
		protocol, rest = "https", rest[1:]
	}
	return strings.TrimSuffix(strings.ReplaceAll(protocol, "mongodb", "mongo"), "-") + "-" + strings.TrimLeft(rest, "_."), true
}
