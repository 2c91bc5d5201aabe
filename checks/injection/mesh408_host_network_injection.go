package injection

import (
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

var hostNetworkInjection = &checks.Check{
	ID: "MESH408", Name: "host-network-injection", Severity: checks.Note,
	Summary: "Pods with hostNetwork: true are never part of the mesh",
	Advice:  `remove hostNetwork, or confirm that it is intended: label the pods sidecar.istio.io/inject: "false"`,
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Run: func(p *checks.Pass) {
		for _, w := range p.Workloads() {
			host := w.HostNetwork()
			if p.ControlPlane(w.Object) || p.Gateway(w) || networkAgent(w) || !p.Decide(host.True()) {
				continue
			}
			if p.EnrolledByMetadata(w).Out() || confirmedOut(p, w) {
				continue
			}
			asked := object.Field{}
			for _, by := range []object.Str{w.PodLabel(checks.InjectKey), w.PodAnnotation(checks.InjectKey)} {
				if by.V == "true" && asked.Object() == nil {
					asked = by.Field
				}
			}
			if plane := w.PodLabel(checks.DataPlaneLabel); plane.V == checks.AmbientDataPlane {
				asked = plane.Field
			}
			if asked.Object() != nil {
				p.Report(host, "%s %q has hostNetwork: true, and Istio keeps such pods out of the mesh despite %s: %s",
					w.Kind, w.Name, asked.Name(), asked.Str().V).
					WithSeverity(checks.Warning).WithRelated(asked, "the pods opt in to the mesh here")
				continue
			}
			if w.Kind == "DaemonSet" {
				p.Report(host, "DaemonSet %q is a node agent (hostNetwork: true), which is never part of the mesh: its traffic does not use mutual TLS", w.Name).
					WithAdvice(`label the pods sidecar.istio.io/inject: "false" to confirm that it is intended; what it scrapes or calls must accept plain text (PERMISSIVE)`)
				continue
			}
			p.Report(host, "%s %q has hostNetwork: true: Istio keeps such pods out of the mesh, whatever the labels of their namespace",
				w.Kind, w.Name)
		}
	},
}

// confirmedOut reports whether pods opt out of injection, which is the confirmation that the check asks for, and do not ask for
// ambient mode themselves: there the label alone would not keep them out.
func confirmedOut(p *checks.Pass, w *object.Workload) bool {
	label, annotation := w.PodLabel(checks.InjectKey), w.PodAnnotation(checks.InjectKey)
	out := p.Mesh.InjectsNot(label.V) || label.V == "" && p.Mesh.InjectsNot(annotation.V)
	return out && w.PodLabel(checks.DataPlaneLabel).V != checks.AmbientDataPlane
}

// networkAgentPaths are folders of the node in which network plugins install
// themselves. Source: the Container Network Interface specification and kubelet's
// defaults for plugins and their configuration.
var networkAgentPaths = []string{"/etc/cni", "/opt/cni", "/var/lib/cni", "/run/cni", "/var/run/cni", "/run/netns", "/var/run/netns"}

// networkAgent reports whether a workload is a part of the node's network itself.
func networkAgent(w *object.Workload) bool {
	for _, volume := range w.Volumes() {
		path := volume.HostPath().V
		for _, prefix := range networkAgentPaths {
			if path == prefix || strings.HasPrefix(path, prefix+"/") {
				return true
			}
		}
	}
	return false
}
