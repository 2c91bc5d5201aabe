package capture

import (
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// lifecycleHandlerBehindStrictMTLS finds lifecycle handlers that the kubelet, which is not in the mesh, sends to ports that
// take mutual TLS alone.
var lifecycleHandlerBehindStrictMTLS = &checks.Check{
	ID: "MESH516", Name: "lifecycle-handler-behind-strict-mtls", Severity: checks.Warning,
	Summary: "With mode STRICT, httpGet lifecycle handlers must be rewritten to target the sidecar's agent",
	Advice:  "let an exec handler ask the application at 127.0.0.1",
	Modes:   []checks.Mode{checks.Sidecar},
	Run: func(p *checks.Pass) {
		if !p.NamesMTLS() {
			return
		}
		for _, w := range p.SidecarApplications() {
			for _, c := range w.Containers() {
				for _, handler := range kubeletAsks(c, true) {
					judgeHandler(p, w, handler)
				}
			}
		}
	},
}

func judgeHandler(p *checks.Pass, w *object.Workload, handler object.Probe) {
	const old = "Istio rewrites lifecycle handlers from " + lifecycleRewrittenSince
	required := p.Mesh.RequiredUntil(lifecycleRewrittenSince)
	off, is := settingsOff(p, w)
	switch {
	case required == checks.StillRequired:
		off, is = unrewritten{why: old}, true
	case !is && required == checks.OnlyUnsupported:
		off, is = unrewritten{why: old}, true
	}
	number, ok := int64(0), is
	if ok {
		number, ok = probed(p, handler)
	}
	if !ok {
		return
	}
	says, strict := p.StrictInbound(w, number)
	if !strict {
		return
	}
	at, consequence := off.at, "the container stops at once"
	if at.Object() == nil {
		at = handler.Port().Field
	}
	if handler.Kind == "postStart" {
		consequence = "the kubelet kills the container"
	}
	f := p.Report(at, "%s, and mode STRICT%s makes the sidecar reject the %s of container %q, which the kubelet sends to port %d without a certificate of the mesh: %s",
		off.why, optionOf(says), handler.Kind, handler.Container.Name, number, consequence)
	switch {
	case off.at.Object() != nil:
		f.WithAdvice("let the injector rewrite the handler: remove the setting, or set it to true").WithRelated(handler.Port(), "the %s", handler.Kind)
	case required == checks.OnlyUnsupported:
		f.WithSeverity(checks.Note)
	case handler.Kind == "postStart" && p.Enrolled(w).Certain():
		f.WithSeverity(checks.Error)
	}
	if says.Object() != nil {
		f.WithRelated(says, "the mode of the port")
	}
}
