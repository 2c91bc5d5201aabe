package install

import (
	"net/netip"
	"net/url"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

var externalControlPlaneURL = &checks.Check{
	ID: "MESH958", Name: "external-control-plane-url", Severity: checks.Warning,
	Summary: "The webhooks of an external control plane need a valid URL, best with a host name",
	Advice:  "write the https URL under which the cluster of the control plane is reached",
	Modes:   []checks.Mode{checks.Sidecar},
	Istio:   []string{"IST0163", "IST0164"},
	Run: func(p *checks.Pass) {
		for _, of := range istioWebhooks {
			for _, o := range p.ByKind(views.Admission, of.kind) {
				if strings.HasPrefix(o.Name, of.prefix) {
					reportURLs(p, views.AsWebhooks(o))
				}
			}
		}
	},
}

// istioWebhooks are how the names of Istio's webhook configurations begin. Source: istio/istio
// pkg/config/analysis/analyzers/externalcontrolplane/externalcontrolplane.go (1.31).
var istioWebhooks = []struct{ kind, prefix string }{
	{"ValidatingWebhookConfiguration", "istio-validator"},
	{"ValidatingWebhookConfiguration", "istiod-default-validator"},
	{"MutatingWebhookConfiguration", "istio-sidecar-injector"},
}

func reportURLs(p *checks.Pass, config views.Webhooks) {
	if list := config.WebhookList(); list.Unknown() {
		p.Undecided(list)
	}
	said := map[string]bool{} // the webhooks of a configuration mostly have one URL
	for _, w := range config.List() {
		at, name := w.URL(), w.WebhookName().V
		switch {
		case at.Unknown():
			p.Undecided(at)
		case !at.Exists() && !w.Service().Exists():
			p.Report(at, "webhook %q has neither a url nor a service: the API server cannot call Istio", name)
		case !at.Exists(): // it is in the cluster
		case !said[at.V]:
			said[at.V] = true
			reportURL(p, at, name)
		}
	}
}

func reportURL(p *checks.Pass, at object.Str, name string) {
	u, err := url.Parse(at.V)
	switch {
	case err != nil || u.Hostname() == "":
		p.Report(at, "webhook %q has the url %q, which has no host: the API server cannot call Istio", name, at.V)
	case u.Scheme != "https":
		p.Report(at, "webhook %q has the url %q: the API server calls https only", name, at.V)
	default:
		if _, err := netip.ParseAddr(u.Hostname()); err == nil {
			p.Report(at, "webhook %q calls the address %s of the external control plane: it fails when the address changes", name, u.Hostname()).
				WithSeverity(checks.Note).WithAdvice("use a host name, for which the control plane's certificate can be made")
		}
	}
}
