package services

import (
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// evident is what a Service port certainly speaks by what the input shows of it: probes
// of all pods behind it, monitors, routes, annotations, and a word of its own name. It is
// nothing where these contradict each other.
func evident(p *checks.Pass, port object.ServicePort) (portEvidence, bool) {
	if port.L4() != "TCP" {
		return portEvidence{}, false
	}
	var all []portEvidence
	for _, w := range p.WorkloadsOf(port.Service).Sure {
		all = append(all, evidenceOf(p, port, w)...)
	}
	if e, told := wordEvidence(port); told {
		all = append(all, e)
	}
	if len(all) == 0 || slices.ContainsFunc(all, func(e portEvidence) bool { return e.protocol != all[0].protocol }) {
		return portEvidence{}, false
	}
	return all[0], true
}

// wordEvidence is what a word of a port's name behind its first one says: grpc in otlp-grpc.
func wordEvidence(port object.ServicePort) (portEvidence, bool) {
	words := strings.Split(port.Name.V, "-")
	for i := len(words) - 1; i > 0; i-- {
		switch protocol := checks.ParseProtocol(words[i], nil); protocol {
		case checks.HTTP, checks.HTTPS, checks.GRPC:
			return portEvidence{protocol, "its name says " + words[i], port.Name.Field, false}, true
		}
	}
	return portEvidence{}, false
}

// nameFor is the name that declares a protocol and keeps the rest of a port's name.
func nameFor(protocol checks.Protocol, name string) string {
	value := strings.ToLower(string(protocol))
	words := slices.DeleteFunc(strings.Split(checks.WithoutProtocol(name), "-"), func(word string) bool {
		return word == "" || strings.EqualFold(word, value)
	})
	return strings.Join(append([]string{value}, words...), "-")
}

// adviseProtocol makes the advice of a finding about an undeclared protocol name the very
// value to write, where the input shows what the port speaks.
func adviseProtocol(p *checks.Pass, f *checks.Finding, port object.ServicePort) {
	e, told := evident(p, port)
	if !told {
		return
	}
	does := "rename it to"
	if port.Name.V == "" {
		does = "name it"
	}
	f.WithAdvice("%s %s and update everything that refers to it, or set appProtocol: %s: %s",
		does, nameFor(e.protocol, port.Name.V), strings.ToLower(string(e.protocol)), e.what)
}

// adviseDeclaration says which of a port's name and its appProtocol is to be corrected,
// where the input shows what the port speaks and one of them says so.
func adviseDeclaration(p *checks.Pass, f *checks.Finding, port object.ServicePort, named, declared checks.Protocol) {
	e, told := evident(p, port)
	switch {
	case !told:
	case agrees(declared, e.protocol):
		f.WithAdvice("rename it to %s: %s", nameFor(declared, port.Name.V), e.what)
	case agrees(named, e.protocol):
		f.WithAdvice("set appProtocol: %s: %s", strings.ToLower(string(named)), e.what)
	}
}
