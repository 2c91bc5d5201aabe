package injection

import (
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// autoImage is the image that the injector replaces.
const autoImage = "auto"

// templatesKey is the annotation that names the templates of the injector.
const templatesKey = "inject.istio.io/templates"

var imageAutoNotInjected = &checks.Check{
	ID: "MESH411", Name: "image-auto-not-injected", Severity: checks.Error,
	Summary: "A container istio-proxy with image: auto starts only if Istio injects the pod",
	Advice:  `label the pods sidecar.istio.io/inject: "true"`,
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Since:   "1.10",
	Istio:   []string{"IST0146", "IST0147"},
	Run: func(p *checks.Pass) {
		for _, w := range p.Workloads() {
			for _, c := range w.Containers() {
				if c.LongRunning() && c.Name == checks.ProxyName && p.Decide(c.Image().Is(autoImage)) {
					imageAuto(p, w, c)
				}
			}
		}
	},
}

// assumedAuto reports pods that nothing adds to the mesh or keeps out of it. The Namespace may be in the input: where none has
// a label of the mesh, labels are given elsewhere.
func assumedAuto(p *checks.Pass, w *object.Workload, c object.Container) {
	ns, why := p.NamespaceLabels(w), ", which is not known here"
	without := ns.AllKnown()
	if without {
		why = "; the Namespace in the input has none"
	}
	f := p.Report(c.Image(), "container %q of %s %q has image: auto, and starts only if namespace %q has an injection label%s",
		c.Name, w.Kind, w.Name, p.NamespaceOf(w.Object), why).WithSeverity(checks.Note)
	if without {
		f.WithRelated(ns.Object.OwnLabels(), "the labels of the namespace")
	}
}

func imageAuto(p *checks.Pass, w *object.Workload, c object.Container) {
	e := p.Enrolled(w)
	switch {
	case e.State == checks.EnrolUnknown:
	case e.Sidecar() && e.Assumed():
		assumedAuto(p, w, c)
	case !e.Sidecar():
		found := p.Report(c.Image(), "container %q of %s %q has image: auto, but Istio does not inject the pods (%s): the image cannot be pulled",
			c.Name, w.Kind, w.Name, e.Why)
		if e.Field.Object() != nil {
			found.WithRelated(e.Field, "this keeps the sidecar out")
		}
	case p.Gateway(w) && p.Decide(w.PodAnnotation(templatesKey).Written().Not()):
		p.Report(c.Image(), "container %q of %s %q is all that runs in the pods, but nothing names the template gateway: Istio makes a sidecar of it",
			c.Name, w.Kind, w.Name).WithSeverity(checks.Note).WithAdvice("annotate the pods %s: gateway", templatesKey)
	}
}
