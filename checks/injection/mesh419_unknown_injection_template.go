package injection

import (
	"fmt"
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/nearest"
)

// templates are those that Istio's chart installs. Source: istio/istio manifests/charts/istio-control/istio-discovery/templates/
// istiod-injector-configmap.yaml 1.31.
var templates = []string{"sidecar", "gateway", "grpc-simple", "grpc-agent", "waypoint", "kube-gateway", "agentgateway", "agentgateway-waypoint"}

var unknownInjectionTemplate = &checks.Check{
	ID: "MESH419", Name: "unknown-injection-template", Severity: checks.Warning,
	Summary: "The annotation inject.istio.io/templates must name templates that the injector has",
	Advice:  "name one of the injector's templates: sidecar, gateway, grpc-simple, grpc-agent, or one of its configuration",
	Modes:   []checks.Mode{checks.Sidecar},
	Since:   "1.10",
	Run: func(p *checks.Pass) {
		names := slices.Clone(templates)
		var open []object.Field
		for _, path := range []string{"templates", "aliases"} {
			for _, own := range p.InjectorValues("sidecarInjectorWebhook", path) {
				if own.Unknown() || own.Partial() {
					open = append(open, own)
				}
				for _, e := range own.Entries() {
					names = append(names, e.Name())
				}
			}
		}
		for _, w := range p.Workloads() {
			named := w.PodAnnotation(templatesKey)
			if !p.Decide(named.Written()) || p.Enrolled(w).Out() {
				continue
			}
			for i, name := range strings.Split(named.V, ",") {
				if name = strings.TrimSpace(name); slices.Contains(names, name) {
					continue
				}
				if len(open) > 0 {
					p.Undecided(open[0])
					continue
				}
				reportTemplate(p, w, named, i, nearest.Name(name, names))
			}
		}
	},
}

// reportTemplate does not repeat the name: what is in annotations may be a secret.
func reportTemplate(p *checks.Pass, w *object.Workload, named object.Str, i int, near string) {
	what := "a template"
	if strings.Contains(named.V, ",") {
		what = fmt.Sprintf("a template (item %d)", i+1)
	}
	found := p.Report(named, "annotation %s of the pods of %s %q names %s that neither Istio nor the injector's values in the input have: unless its configuration in the cluster has it, the injector refuses the pods", templatesKey, w.Kind, w.Name, what)
	if near != "" {
		found.Message += fmt.Sprintf("; did you mean %q?", near)
		found.WithAdvice("write %s", near)
	}
}
