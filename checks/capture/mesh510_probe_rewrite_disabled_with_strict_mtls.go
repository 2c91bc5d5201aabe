package capture

import (
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// probeRewriteDisabledWithStrictMTLS finds probes that the kubelet, which is not in the mesh, sends to ports that take
// mutual TLS alone. In ambient mode ztunnel lets the kubelet through.
var probeRewriteDisabledWithStrictMTLS = &checks.Check{
	ID: "MESH510", Name: "probe-rewrite-disabled-with-strict-mtls", Severity: checks.Warning,
	Summary: "With mode STRICT, probes must be rewritten to target the sidecar's agent",
	Advice:  "let the injector rewrite the probes: remove the setting, or set it to true",
	Modes:   []checks.Mode{checks.Sidecar},
	Run: func(p *checks.Pass) {
		if !p.NamesMTLS() {
			return
		}
		for _, w := range p.SidecarApplications() {
			judgeRewriting(p, w)
		}
	},
}

// judgeRewriting reports the first probe of a workload that fails because of a setting, which is one thing to correct, and
// each one that the target's injector does not know.
func judgeRewriting(p *checks.Pass, w *object.Workload) {
	told := false
	for _, c := range w.Containers() {
		for _, probe := range kubeletAsks(c, false) {
			off := unrewritten{}
			switch {
			case p.Mesh.IstioBefore(grpcRewrittenSince) && probe.GRPC().Exists():
				off.why = "Istio rewrites gRPC probes from " + grpcRewrittenSince
			case p.Mesh.IstioBefore(initRewrittenSince) && c.Role == object.Restartable:
				off.why = "Istio rewrites probes of init containers from " + initRewrittenSince
			case told:
				continue
			default:
				setting, is := settingsOff(p, w)
				if !is {
					continue
				}
				off = setting
			}
			told = reportProbe(p, w, probe, off) && off.at.Object() != nil || told
		}
	}
}

func reportProbe(p *checks.Pass, w *object.Workload, probe object.Probe, off unrewritten) bool {
	number, ok := probed(p, probe)
	if !ok {
		return false
	}
	says, strict := p.StrictInbound(w, number)
	if !strict {
		return false
	}
	at := off.at
	if at.Object() == nil {
		at = probe.Port().Field
	}
	f := p.Report(at, "%s, and mode STRICT%s makes the sidecar reject the %s of container %q, which the kubelet sends to port %d without a certificate of the mesh",
		off.why, optionOf(says), probe.Kind, probe.Container.Name, number)
	if off.at.Object() == nil {
		f.WithAdvice("%s, or probe with exec", permissiveAdvice(says, number))
	} else {
		f.WithRelated(probe.Port(), "the %s of container %q", probe.Kind, probe.Container.Name)
	}
	if says.Object() != nil {
		f.WithRelated(says, "the mode of the port")
	}
	return true
}
