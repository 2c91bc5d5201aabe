package checks

// declaredHTTP reports the ports that are declared as HTTP or gRPC and carry one of some
// protocols that are neither, each once. weigh says how much a case weighs and whether it
// counts, message what comes of it.
func (p *Pass) declaredHTTP(of func(*wireProtocol) bool, weigh func(wireCase) (Severity, bool), message func(wireCase, Protocol) string) {
	reported := map[string]bool{}
	for _, c := range p.wireCases(of) {
		key := c.port.Service.String() + c.port.Path()
		if reported[key] {
			continue
		}
		severity, counts := weigh(c)
		if !counts {
			continue
		}
		protocol, known := p.Protocol(c.port)
		if !p.Sure(known) || protocol.Family() != FamilyHTTP {
			continue
		}
		if c.w != nil && p.Enrolled(c.w).Out() {
			severity = Note // the proxies of clients take it for HTTP all the same
		}
		reported[key] = true
		finding := p.Report(declarationPlace(c.port), "%s", message(c, protocol)).At(severity)
		if name := c.port.Name; name.V != "" && !c.port.AppProtocol.Exists() {
			finding.Do("name the port %q or set appProtocol: tcp", "tcp-"+c.called(name.V))
		}
		finding.Also(c.field, "%s", c.what)
	}
}

// called is what is to stand behind the protocol in the name of a port: what stands there
// now, or what the port carries, where the name is a protocol and nothing else.
func (c wireCase) called(name string) string {
	rest := withoutProtocol(name)
	if ParseProtocol(rest, nil) != Unsupported && len(c.protocol.words) > 0 {
		return c.protocol.words[0]
	}
	return rest
}

// severity is how sure the evidence of a case is: the image is, all else is a convention.
func (c wireCase) severity() Severity {
	if c.image {
		return Error
	}
	return Warning
}
