package injection

import (
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

var windowsPodInjected = &checks.Check{
	ID: "MESH423", Name: "windows-pod-injected", Severity: checks.Error,
	Summary: "Pods on Windows must stay outside the mesh: Istio's proxy is for Linux only",
	Advice:  `label the pods sidecar.istio.io/inject: "false"`,
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Run: func(p *checks.Pass) {
		for _, w := range p.Workloads() {
			by, windows := onWindows(w)
			if !p.Decide(windows) {
				continue
			}
			switch e := p.Enrolled(w); {
			case e.Out():
			case e.Ambient():
				p.Report(by, "the pods of %s %q run on Windows, which ambient mode does not support", w.Kind, w.Name).
					WithSeverity(checks.Note).WithAdvice("label the pods istio.io/dataplane-mode: none to confirm that it is intended")
			case e.Assumed():
				p.Report(by, "the pods of %s %q run on Windows, for which Istio has no proxy: they do not start if namespace %q is injected",
					w.Kind, w.Name, p.NamespaceOf(w.Object)).WithSeverity(checks.Warning)
			default:
				found := p.Report(by, "the pods of %s %q run on Windows, for which Istio has no proxy, but they are injected (%s): they do not start", w.Kind, w.Name, e.Why)
				if e.Field.Object() != nil {
					found.WithRelated(e.Field, "the sidecar is asked for here")
				}
			}
		}
	},
}

// onWindows reports whether pods run on Windows, and what says so.
func onWindows(w *object.Workload) (object.Field, object.Truth) {
	os := views.NodeOS(w)
	if options := views.WindowsOptions(w); !os.Exists() && options.Exists() {
		return options, options.Written()
	}
	return os.Field, os.Is("windows")
}
