package topology

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mesh-check/mesh-check/checks"
)

// named names Gateways, Services and hosts in every way that there is, and Services ask for labels that an operator sets.
const named = `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gw, namespace: edge}
spec: {gatewayClassName: istio, listeners: [{name: http, port: 80, protocol: HTTP}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: web, namespace: shop}
spec:
  parentRefs: [{name: gw, namespace: edge}, {name: lost}, {group: "", kind: Service, name: web}]
  rules:
  - backendRefs: [{name: web, port: 80}, {name: web, namespace: other, port: 80}]
  - backendRefs: [{group: networking.istio.io, kind: Hostname, name: api.example.com, port: 443}]
  - backendRefs: [{group: inference.networking.k8s.io, kind: InferencePool, name: llm}]
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {selector: {app: web}, ports: [{name: http, port: 80, targetPort: 8080}, {name: grpc-admin, port: 9090, targetPort: admin}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec: {selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web, version: v1}}, spec: {containers: [{name: main, image: a, ports: [{name: admin, containerPort: 9091}]}]}}}
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: api, namespace: shop}
spec: {hosts: [api.example.com], ports: [{number: 443, name: tls, protocol: TLS}], resolution: DNS}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: front, namespace: edge}
spec: {selector: {istio: ingress}, servers: [{port: {number: 443, name: https, protocol: HTTPS}, hosts: ["*"], tls: {mode: PASSTHROUGH}}]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: vs, namespace: edge}
spec:
  hosts: ["*"]
  gateways: [./front, front.edge.svc.cluster.local, mesh]
  http:
  - match: [{gateways: [front]}]
    route: [{destination: {host: web.shop.svc.cluster.local, port: {number: 80}}}]
    mirror: {host: api.example.com}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: ing, namespace: shop}
spec: {defaultBackend: {service: {name: web, port: {name: http}}}}
---
apiVersion: monitoring.coreos.com/v1
kind: Prometheus
metadata: {name: main, namespace: shop}
spec: {podMetadata: {labels: {team: a}}}
---
apiVersion: v1
kind: Service
metadata: {name: prometheus, namespace: shop}
spec: {selector: {app.kubernetes.io/name: prometheus, prometheus: main, team: a}, ports: [{name: http, port: 9090}]}
---
apiVersion: v1
kind: Service
metadata: {name: other-team, namespace: shop}
spec: {selector: {prometheus: main, team: b}, ports: [{name: http, port: 9090}]}
---
apiVersion: v1
kind: Service
metadata: {name: other-prometheus, namespace: shop}
spec: {selector: {prometheus: second}, ports: [{name: http, port: 9090}]}
`

// namedEdges are the edges of it.
const namedEdges = `
Service shop/web -> Deployment shop/web: selects
Service shop/prometheus -> Prometheus shop/main: may select ?
Gateway edge/front -> VirtualService edge/vs: takes
VirtualService edge/vs -> Service shop/web: routes :80
VirtualService edge/vs -> ServiceEntry shop/api: routes
Gateway edge/gw -> HTTPRoute shop/web: takes
Gateway shop/lost -> HTTPRoute shop/web: takes
Service shop/web -> HTTPRoute shop/web: takes
HTTPRoute shop/web -> Service shop/web: routes :80
HTTPRoute shop/web -> Service other/web: routes :80
HTTPRoute shop/web -> ServiceEntry shop/api: routes :443
HTTPRoute shop/web -> InferencePool shop/llm: routes
Ingress shop/ing -> Service shop/web: routes :http
`

func edgesOf(t *testing.T, text string) (edges []string) {
	t.Helper()
	for _, line := range drawing(Of(setOf(t, text), &checks.Mesh{})) {
		if strings.Contains(line, " -> ") {
			edges = append(edges, line)
		}
	}
	return edges
}

func TestEdges(t *testing.T) {
	if diff := cmp.Diff(strings.Split(strings.TrimSpace(namedEdges), "\n"), edgesOf(t, named)); diff != "" {
		t.Error(diff)
	}
}

// TestUnsureEdges holds that what may be there under a name that is not known is not missing for sure.
func TestUnsureEdges(t *testing.T) {
	text := strings.NewReplacer("name: web, namespace: shop}\nspec: {selector", "name: NOT KNOWN, namespace: shop}\nspec: {selector", "name: front", "name: NOT KNOWN").Replace(named)
	objects := setOf(t, text)
	for _, o := range objects.Objects() {
		unsettle(o.Get("metadata").Node())
	}
	got := strings.Join(drawing(Of(objects, &checks.Mesh{})), "\n")
	for _, want := range []string{
		"Gateway edge/front -> VirtualService edge/vs: takes ?", "HTTPRoute shop/web -> Service shop/web: routes :80 ?", "HTTPRoute shop/web -> Service other/web: routes :80\n",
	} {
		if !strings.Contains(got+"\n", want) {
			t.Errorf("no %q in:\n%s", want, got)
		}
	}
}
