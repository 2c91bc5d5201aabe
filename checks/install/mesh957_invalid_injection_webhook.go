package install

import (
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

var invalidInjectionWebhook = &checks.Check{
	ID: "MESH957", Name: "invalid-injection-webhook", Severity: checks.Warning,
	Summary: "Injection webhooks must not select the same pods, and must call a Service that exists",
	Advice:  "give each revision selectors of its own, as Istio's charts do, and remove the webhook that is not needed any more",
	Modes:   []checks.Mode{checks.Sidecar},
	Istio:   []string{"IST0139"},
	Absence: true,
	Run: func(p *checks.Pass) {
		hooks := injectors(p)
		reportOverlaps(p, hooks)
		services := map[string]bool{}
		doubt := object.No()
		for _, svc := range p.Services() {
			services[p.NamespaceOf(svc.Object)+"/"+svc.Name] = true
			if ns := svc.NamespaceField(); ns.Unknown() {
				doubt = object.Undecided(ns)
			}
		}
		reported := map[string]bool{}
		for _, h := range hooks {
			name, ns := h.ServiceName(), h.ServiceNamespace()
			missing := name.Matches(unusual).And(ns.NotEmpty())
			if key := h.of.Name + " " + ns.V + "/" + name.V; missing.True() {
				if reported[key] {
					continue // by another webhook of the configuration
				}
				reported[key] = true
			}
			if missing.True() {
				missing = object.TruthOf(!services[ns.V+"/"+name.V]).And(doubt.Not())
			}
			if p.Decide(missing) {
				p.Report(name, "webhook %q calls Service %q in namespace %q, which nothing here has: without it no pod gets a sidecar", h.WebhookName().V, name.V, ns.V).
					WithSeverity(checks.Note).WithAdvice("check that Istio's control plane is installed there").WithCause("service " + ns.V + "/" + name.V)
			}
		}
	},
}

// unusual reports whether the Service of a webhook has not the name that Istio's charts give it, of which one may
// count on its being installed by another release.
func unusual(name string) bool {
	return name != "" && name != "istiod" && !strings.HasPrefix(name, "istiod-")
}

// hook is a webhook of Istio's injector.
type hook struct {
	views.Webhook
	of *object.Object
	// revisions are those that its selectors name, as far as they are known.
	revisions []string
}

// injectors are the webhooks that inject sidecars: of configurations that name a revision, or of which a webhook is
// Istio's by its name. Source: istio/istio pkg/config/analysis/analyzers/webhook/webhook.go (1.31).
func injectors(p *checks.Pass) []hook {
	var all []hook
	for _, o := range p.ByKind(views.Admission, "MutatingWebhookConfiguration") {
		own := o.Label(checks.RevisionLabel).NotEmpty().True()
		var hooks []hook
		if list := views.AsWebhooks(o).WebhookList(); list.Unknown() && strings.HasPrefix(o.Name, "istio-sidecar-injector") {
			p.Undecided(list)
		}
		for _, w := range views.AsWebhooks(o).List() {
			own = own || strings.HasSuffix(w.WebhookName().V, "istio.io")
			h := hook{Webhook: w, of: o}
			namespaces, objects := w.Selectors()
			for _, v := range append(namespaces.ValuesOf(checks.RevisionLabel), objects.ValuesOf(checks.RevisionLabel)...) {
				h.revisions = append(h.revisions, v.V)
				own = true
			}
			hooks = append(hooks, h)
		}
		if own {
			all = append(all, hooks...)
		}
	}
	return all
}
