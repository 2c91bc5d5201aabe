package install

import (
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

var istioOperatorInCluster = &checks.Check{
	ID: "MESH954", Name: "istio-operator-in-cluster", Severity: checks.Warning,
	Summary: "An IstioOperator is read by istioctl: since Istio 1.24, nothing in a cluster reads it",
	Advice:  "install Istio with its charts (base, istiod, gateway), or give the file to istioctl install",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Run: func(p *checks.Pass) {
		for _, o := range p.ByKind(views.Operators, "IstioOperator") {
			gone := every(p.Mesh, func(release string) bool { return checks.CompareVersions(release, operatorGone) >= 0 })
			at := views.APIVersion(o)
			switch {
			case !applied(o):
				// A file for istioctl needs no name and lies by itself; what lies beside others is likely to be applied with them.
				if gone && o.Name != "" && accompanied(p, o) {
					p.Report(at, "IstioOperator %q is for istioctl: the cluster has no such kind, and kubectl apply fails on it", o.Name).WithSeverity(checks.Note).
						WithAdvice("keep the file apart from those that kubectl applies").WithCause("for istioctl")
				}
			case !gone:
				if !operated(p) {
					p.Report(at, "IstioOperator %q needs Istio's operator in the cluster, which nothing here installs", o.Name).WithSeverity(checks.Note)
				}
			case p.Decide(defined(p, views.Operators, o.Kind)):
				p.Report(at, "IstioOperator %q has no effect: Istio has no operator in the cluster since %s that would read it", o.Name, operatorGone)
			case defined(p, views.Operators, o.Kind).False():
				p.Report(at, "the cluster has no kind IstioOperator: Istio has no operator in the cluster since %s, and the API server refuses %q", operatorGone, o.Name)
			}
		}
	},
}

// operatorGone is the first release without the operator and its CRD. Source: istio/istio manifests/charts of 1.23.6
// and 1.24.6.
const operatorGone = "1.24"

// applied reports whether a chart or Terraform creates the object in a cluster, and not only a file has it.
func applied(o *object.Object) bool {
	if o.Address != "" {
		return true
	}
	file := o.Root().Origin().Span.File
	if len(o.Tree.Entries) > 0 && file == nil {
		file = views.APIVersion(o).Origin().Span.File
	}
	return file != nil && file.Root == o.Input && inTemplates(file.Path)
}

// accompanied reports whether the input that an object is from has objects of other kinds.
func accompanied(p *checks.Pass, o *object.Object) bool {
	return slices.ContainsFunc(p.Objects(), func(other *object.Object) bool { return other.Kind != o.Kind && other.Input == o.Input })
}

// inTemplates reports whether a file is one that Helm renders.
func inTemplates(path string) bool {
	return strings.HasPrefix(path, "templates/") || strings.Contains(path, "/templates/")
}

type operatedKey struct{}

// operated reports whether the input installs the operator, or its CRD.
func operated(p *checks.Pass) bool {
	return checks.Once(p, operatedKey{}, func() bool {
		for _, w := range p.Workloads() {
			for _, c := range w.Containers() {
				if c.Name == "istio-operator" {
					return true
				}
			}
		}
		return !defined(p, views.Operators, "IstioOperator").False()
	})
}
