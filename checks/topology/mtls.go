package topology

import (
	"slices"
	"strconv"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/meshgraph"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// mixed is the mode of a port of a Service whose workloads have several.
const mixed = "mixed"

// modePorts are the container ports, in their order, for which a PeerAuthentication may say something of its own.
func modePorts(p *checks.Pass) (ports []int64) {
	for _, o := range p.ByKind(views.Security, "PeerAuthentication") {
		for _, f := range views.AsPeerAuthentication(o).PortList().Entries() {
			if n, err := strconv.ParseInt(f.Name(), 10, 64); err == nil && !slices.Contains(ports, n) {
				ports = append(ports, n)
			}
		}
	}
	slices.Sort(ports)
	return ports
}

// hasModes reports whether PeerAuthentications say how a workload takes traffic: not of one outside the mesh, and not of a gateway,
// whose listeners are those of its Gateways. Source: istio/istio pilot/pkg/networking/core listener_inbound.go, gateway.go (1.31).
func (b *builder) hasModes(w *object.Workload) bool { return !b.p.Enrolled(w).Out() && !b.p.Gateway(w) }

// modes are how a workload takes traffic, and on which ports it does so otherwise; unknown where that depends on a value that is not.
func (b *builder) modes(w *object.Workload) (all string, ports []meshgraph.Port) {
	mode, _ := b.p.MTLS(w, 0) // of its ports alike: no port is 0
	for _, n := range b.modePorts {
		if own, _ := b.p.MTLS(w, n); own != mode {
			ports = append(ports, meshgraph.Port{Name: strconv.FormatInt(n, 10), MTLS: modeWord(own)})
		}
	}
	return string(mode), ports
}

func modeWord(mode checks.MTLSMode) string {
	if mode == checks.MTLSUndecided {
		return unknown
	}
	return string(mode)
}

// portMode is how the workloads behind a port of a Service take traffic there, where one of them does so otherwise than on its other
// ports; else empty.
func (b *builder) portMode(at object.ServicePort, selected []*object.Workload) string {
	word, own := "", false
	if len(b.modePorts) == 0 {
		return ""
	}
	for _, w := range selected {
		n, _, ok := at.Resolve(w)
		if !ok || !b.hasModes(w) {
			continue
		}
		mode, _ := b.p.MTLS(w, 0)
		here := mode
		if slices.Contains(b.modePorts, n) {
			here, _ = b.p.MTLS(w, n)
		}
		own = own || here != mode
		switch {
		case word == "":
			word = modeWord(here)
		case word != modeWord(here):
			word = mixed
		}
	}
	if !own {
		return ""
	}
	return word
}
