package checks

import "github.com/mesh-check/mesh-check/frontends/object"

// wireCase is a Service port with evidence, and the workload behind it (nil where
// the input has none).
type wireCase struct {
	wireEvidence
	port object.ServicePort
	w    *object.Workload
}

// serverFirstCases returns the Service ports of the input at which servers speak
// first, or do so by Istio's list; one for each port and workload.
func (p *Pass) serverFirstCases() []wireCase {
	return p.wireCases((*wireProtocol).serverFirst)
}

// wireCases returns the Service ports of the input that carry a protocol of some
// kind, one for each port and workload.
func (p *Pass) wireCases(of func(*wireProtocol) bool) []wireCase {
	var cases []wireCase
	for _, svc := range p.MeshServices() {
		if !p.Sure(svc.External().Not()) {
			continue
		}
		behind := p.WorkloadsOf(svc)
		workloads := behind.Sure
		if len(workloads) == 0 {
			workloads = []*object.Workload{nil}
		}
		for _, port := range svc.Ports() {
			for _, w := range workloads {
				if e, ok := p.wireEvidence(port, w); ok && of(e.protocol) {
					cases = append(cases, wireCase{e, port, w})
				}
			}
			for _, maybe := range behind.Maybe {
				if e, ok := p.wireEvidence(port, maybe.Of); ok && of(e.protocol) {
					p.Open(maybe.Because)
				}
			}
		}
	}
	return cases
}

// containerPort is the port of the pods at which the Service port ends.
func (c wireCase) containerPort() int64 {
	if c.w != nil {
		if n, _, ok := c.port.Resolve(c.w); ok {
			return n
		}
	}
	return c.port.Number.V
}
