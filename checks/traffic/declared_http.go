package traffic

import (
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/wire"
)

// declaredHTTP reports the ports that are declared as HTTP or gRPC and carry one of some
// protocols that are neither, each once. weigh says how much a case weighs and whether it
// counts, message what comes of it.
func declaredHTTP(p *checks.Pass, of func(*wire.Protocol) bool, weigh func(portCase) (checks.Severity, bool), message func(portCase, checks.Protocol) string) {
	reported := map[string]bool{}
	for _, c := range portCases(p, of) {
		key := c.port.Service.String() + c.port.Path()
		if reported[key] {
			continue
		}
		severity, counts := weigh(c)
		if !counts {
			continue
		}
		protocol, known := p.Protocol(c.port)
		if !p.Decide(known) || protocol.Family() != checks.FamilyHTTP {
			continue
		}
		if c.w != nil && p.Enrolled(c.w).Out() {
			severity = checks.Note // the proxies of clients take it for HTTP all the same
		}
		reported[key] = true
		finding := p.Report(checks.DeclarationPlace(c.port), "%s", message(c, protocol)).WithSeverity(severity)
		if name := c.port.Name; name.V != "" && !c.port.AppProtocol.Exists() {
			finding.WithAdvice("name the port %q or set appProtocol: tcp", "tcp-"+c.called(name.V))
		}
		finding.WithRelated(c.Field, "%s", c.What)
	}
}

// called is what comes after the protocol in the name of a port: what is there
// now, or what the port carries, where the name is a protocol and nothing else.
func (c portCase) called(name string) string {
	rest := checks.WithoutProtocol(name)
	if checks.ParseProtocol(rest, nil) != checks.Unsupported && len(c.Protocol.Words) > 0 {
		return c.Protocol.Words[0]
	}
	return rest
}

// severity is how sure the evidence of a case is: the image is, all else is a convention.
func (c portCase) severity() checks.Severity {
	if c.Image {
		return checks.Error
	}
	return checks.Warning
}
