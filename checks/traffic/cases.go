package traffic

import (
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/wire"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// portCase is a Service port with evidence, and the workload behind it (nil where
// the input has none).
type portCase struct {
	wire.Evidence
	port object.ServicePort
	w    *object.Workload
}

// serverFirstCases returns the Service ports of the input at which servers speak
// first, or do so by Istio's list; one for each port and workload.
func serverFirstCases(p *checks.Pass) []portCase {
	return portCases(p, (*wire.Protocol).ServerFirst)
}

// portCases returns the Service ports of the input that carry a protocol of some
// kind, one for each port and workload.
func portCases(p *checks.Pass, of func(*wire.Protocol) bool) []portCase {
	var cases []portCase
	for _, svc := range p.MeshServices() {
		if !p.Decide(svc.External().Not()) {
			continue
		}
		behind := p.WorkloadsOf(svc)
		workloads := behind.Sure
		if len(workloads) == 0 {
			workloads = []*object.Workload{nil}
		}
		for _, port := range svc.Ports() {
			for _, w := range workloads {
				if e, ok := wire.EvidenceOf(port, w); ok && of(e.Protocol) {
					cases = append(cases, portCase{e, port, w})
				}
			}
			for _, maybe := range behind.Maybe {
				if e, ok := wire.EvidenceOf(port, maybe.Value); ok && of(e.Protocol) {
					p.Undecided(maybe.Because)
				}
			}
		}
	}
	return cases
}

// containerPort is the port of the pods at which the Service port ends.
func (c portCase) containerPort() int64 {
	if c.w != nil {
		if n, _, ok := c.port.Resolve(c.w); ok {
			return n
		}
	}
	return c.port.Number.V
}
