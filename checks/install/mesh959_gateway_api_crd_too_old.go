package install

import (
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

var gatewayAPICRDTooOld = &checks.Check{
	ID: "MESH959", Name: "gateway-api-crd-too-old", Severity: checks.Warning,
	Summary: "The CRDs of the Gateway API must be of a release that Istio reads",
	Advice:  "install the CRDs of a newer release of the Gateway API",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Since:   "1.22",
	Istio:   []string{"IST0176"},
	Run: func(p *checks.Pass) {
		for _, crd := range views.Definitions(p.Set) {
			least := leastBundle(p.Mesh, crd.Name)
			bundle := crd.Bundle()
			old := bundle.Matches(func(v string) bool {
				v = strings.TrimPrefix(v, "v")
				return v != "" && strings.Trim(v[:1], "0123456789") == "" && checks.CompareVersions(v, least) < 0
			})
			if least != "" && p.Decide(old) {
				p.Report(bundle, "%s is of Gateway API %s, and the oldest that %s read is %s: all objects of this kind are ignored",
					crd.Name, strings.TrimPrefix(bundle.V, "v"), p.Mesh.Target(), least).
					WithAdvice("install the CRDs of Gateway API v%s or newer", least)
			}
		}
	},
}

// leastBundles are the oldest releases of the Gateway API whose CRDs Istio reads, and since when. Source: istio/istio
// pkg/kube/kclient/crdwatcher.go of 1.22 to 1.29, pkg/config/schema/gatewayapi/minimumversions.go of 1.30 and 1.31.
var leastBundles = map[string]struct{ bundle, since string }{
	"grpcroutes.gateway.networking.k8s.io":         {"1.1.0", "1.22"},
	"backendtlspolicies.gateway.networking.k8s.io": {"1.4.0", "1.28"},
	"tlsroutes.gateway.networking.k8s.io":          {"1.5.0", "1.30"},
	"tcproutes.gateway.networking.k8s.io":          {"1.6.0", "1.31"},
}

// leastBundle is the oldest release that each target of a mesh refuses to read less than; empty where some target
// reads any.
func leastBundle(m *checks.Mesh, crd string) string {
	least := leastBundles[crd]
	if least.since == "" || !m.IstioFrom(least.since) {
		return ""
	}
	return least.bundle
}
