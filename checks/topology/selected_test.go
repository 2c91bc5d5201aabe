package topology

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// selected has what selects: Gateways, Services, ServiceEntries and subsets, each with what looks alike and is not selected.
const selected = `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: front, namespace: edge}
spec: {selector: {istio: front}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ["*"]}]}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: all, namespace: edge}
spec: {servers: [{port: {number: 81, name: http, protocol: HTTP}, hosts: ["*"]}]}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: guess, namespace: edge}
spec: {selector: {istio: NOT KNOWN}, servers: [{port: {number: 82, name: http, protocol: HTTP}, hosts: ["*"]}]}
---
# a gateway in another namespace than its Gateways
apiVersion: apps/v1
kind: Deployment
metadata: {name: front, namespace: istio-ingress}
spec: {selector: {matchLabels: {istio: front}}, template: {metadata: {labels: {istio: front}, annotations: {inject.istio.io/templates: gateway}}, spec: {containers: [{name: istio-proxy, image: auto}]}}}
---
# has the labels of a gateway, and a sidecar at most, which reads no Gateway
apiVersion: apps/v1
kind: Deployment
metadata: {name: app, namespace: edge}
spec: {selector: {matchLabels: {istio: front}}, template: {metadata: {labels: {istio: front}}, spec: {containers: [{name: main, image: a}]}}}
---
# asks for a sidecar by its name
apiVersion: apps/v1
kind: Deployment
metadata: {name: beside, namespace: edge}
spec: {selector: {matchLabels: {istio: front}}, template: {metadata: {labels: {istio: front}, annotations: {inject.istio.io/templates: sidecar}}, spec: {containers: [{name: main, image: a}]}}}
---
# is a gateway by its template, which nothing adds
apiVersion: apps/v1
kind: Deployment
metadata: {name: refused, namespace: edge}
spec: {selector: {matchLabels: {istio: front}}, template: {metadata: {labels: {istio: front, sidecar.istio.io/inject: "false"}, annotations: {inject.istio.io/templates: gateway}}, spec: {containers: [{name: istio-proxy, image: auto}]}}}
---
# is not injected and has a proxy of its own
apiVersion: apps/v1
kind: Deployment
metadata: {name: own, namespace: edge}
spec: {selector: {matchLabels: {istio: front}}, template: {metadata: {labels: {istio: front, sidecar.istio.io/inject: "false"}}, spec: {containers: [{name: istio-proxy, image: docker.io/istio/proxyv2:1.31.0}]}}}
---
# has a proxy of its own beside an application: it may be a gateway
apiVersion: apps/v1
kind: Deployment
metadata: {name: mixed, namespace: edge}
spec: {selector: {matchLabels: {istio: front}}, template: {metadata: {labels: {istio: front}}, spec: {containers: [{name: istio-proxy, image: a}, {name: main, image: a}]}}}
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: legacy, namespace: shop}
spec: {hosts: [legacy.example.com], location: MESH_INTERNAL, resolution: STATIC, ports: [{number: 80, name: http, protocol: HTTP}], workloadSelector: {labels: {app: web}}}
---
# selects by labels of machines alone, of which it has one more than they do
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: strict, namespace: shop}
spec: {hosts: [strict.example.com], resolution: STATIC, ports: [{number: 80, name: http, protocol: HTTP}], workloadSelector: {labels: {app: web, tier: vm}}}
---
# selects nothing
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: plain, namespace: shop}
spec: {hosts: [plain.example.com], resolution: DNS, ports: [{number: 80, name: http, protocol: HTTP}]}
---
apiVersion: networking.istio.io/v1
kind: WorkloadEntry
metadata: {name: vm, namespace: shop}
spec: {address: 10.0.0.1, labels: {app: web}}
---
# its metadata counts before its spec
apiVersion: networking.istio.io/v1
kind: WorkloadEntry
metadata: {name: renamed, namespace: shop, labels: {app: api}}
spec: {address: 10.0.0.2, labels: {app: web}}
---
apiVersion: networking.istio.io/v1
kind: WorkloadEntry
metadata: {name: doubtful, namespace: shop}
spec: {address: 10.0.0.3, labels: {app: NOT KNOWN}}
---
# another namespace
apiVersion: networking.istio.io/v1
kind: WorkloadEntry
metadata: {name: vm, namespace: other}
spec: {address: 10.0.0.4, labels: {app: web}}
---
# addresses that only DNS resolution takes
apiVersion: networking.istio.io/v1
kind: WorkloadEntry
metadata: {name: called, namespace: shop}
spec: {address: vm.example.com, labels: {app: web}}
---
apiVersion: networking.istio.io/v1
kind: WorkloadEntry
metadata: {name: socket, namespace: vms}
spec: {address: unix:///run/app.sock, labels: {app: web}}
---
apiVersion: networking.istio.io/v1
kind: WorkloadEntry
metadata: {name: local, namespace: vms}
spec: {network: far, labels: {app: api}}
---
# has no labels: it selects all of its namespace
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: everything, namespace: vms}
spec: {hosts: [everything.example.com], resolution: STATIC, ports: [{number: 80, name: http, protocol: HTTP}], workloadSelector: {labels: {}}}
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: by-name, namespace: vms}
spec: {hosts: [name.example.com], resolution: DNS, ports: [{number: 80, name: http, protocol: HTTP}], workloadSelector: {labels: {app: web}}}
---
# does not use its selector
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: none, namespace: vms}
spec: {hosts: [none.example.com], resolution: NONE, ports: [{number: 80, name: http, protocol: HTTP}], workloadSelector: {labels: {app: web}}}
---
# is not given WorkloadEntries
apiVersion: v1
kind: Service
metadata: {name: headless, namespace: vms}
spec: {clusterIP: None, selector: {app: api}, ports: [{name: http, port: 80}]}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {selector: {app: web}, ports: [{name: http, port: 80}]}
---
# Kubernetes ignores the selector of an ExternalName
apiVersion: v1
kind: Service
metadata: {name: outside, namespace: shop}
spec: {type: ExternalName, externalName: example.com, selector: {app: web}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web-v1, namespace: shop}
spec: {selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web, version: v1}}, spec: {containers: [{name: main, image: a}]}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web-v2, namespace: shop}
spec: {selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web, version: v2}}, spec: {containers: [{name: main, image: a}]}}}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: web, namespace: shop}
spec: {host: web, subsets: [{name: v1, labels: {version: v1}}, {name: v2, labels: {version: v2}}, {name: any}, {name: none, labels: {version: v3}}, {name: open, labels: {version: NOT KNOWN}}]}
---
# a Service of the same name in another namespace
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: web, namespace: other}
spec: {host: web, subsets: [{name: wrong, labels: {version: v1}}]}
---
# Istio takes the rule with the name before this one
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: wide, namespace: shop}
spec: {host: "*.shop.svc.cluster.local", subsets: [{name: wide, labels: {version: v1}}]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: web, namespace: shop}
spec:
  hosts: [web]
  http:
  - route: [{destination: {host: web, subset: v1}, weight: 90}, {destination: {host: web, port: {number: 80}, subset: v2}, weight: 5}, {destination: {host: web, subset: NOT KNOWN}, weight: 5}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: mesh, namespace: shop}
spec:
  parentRefs:
  - {group: "", kind: Service, name: web, port: 80}
  - {group: "", kind: Service, name: web, namespace: other}
  - {group: networking.istio.io, kind: ServiceEntry, name: legacy}
  # without its group it is a Service of the Gateway API, which has none
  - {kind: Service, name: outside}
  - {group: NOT KNOWN, kind: Service, name: web}
  - {group: "", kind: Service, name: NOT KNOWN}
  rules: [{backendRefs: [{name: web, port: 80}]}]
`

// selectedEdges are the edges of it.
const selectedEdges = `
Gateway edge/front -> Deployment istio-ingress/front: runs on
Gateway edge/front -> Deployment edge/own: runs on
Gateway edge/front -> Deployment edge/mixed: perhaps runs on ?
Gateway edge/all -> Deployment istio-ingress/front: runs on
Gateway edge/all -> Deployment edge/own: runs on
Gateway edge/guess -> Deployment istio-ingress/front: perhaps runs on ?
Gateway edge/guess -> Deployment edge/own: perhaps runs on ?
Gateway edge/guess -> Deployment edge/mixed: perhaps runs on ?
Service shop/web -> Deployment shop/web-v1: selects, subsets v1, any, perhaps open
Service shop/web -> Deployment shop/web-v2: selects, subsets v2, any, perhaps open
Service shop/web -> WorkloadEntry shop/vm: selects
Service shop/web -> WorkloadEntry shop/doubtful: may select ?
ServiceEntry shop/legacy -> Deployment shop/web-v1: selects
ServiceEntry shop/legacy -> Deployment shop/web-v2: selects
ServiceEntry shop/legacy -> WorkloadEntry shop/vm: selects
ServiceEntry shop/legacy -> WorkloadEntry shop/doubtful: may select ?
ServiceEntry vms/everything -> WorkloadEntry vms/local: selects
ServiceEntry vms/by-name -> WorkloadEntry vms/socket: selects
VirtualService shop/web -> Service shop/web: routes, subset v1
VirtualService shop/web -> Service shop/web: routes :80, subset v2
VirtualService shop/web -> Service shop/web: routes, subset ?
Service shop/web -> HTTPRoute shop/mesh: takes :80
Service other/web -> HTTPRoute shop/mesh: takes
ServiceEntry shop/legacy -> HTTPRoute shop/mesh: takes
Service shop/web -> HTTPRoute shop/mesh: takes ?
unknown host shop/var.x has no value -> HTTPRoute shop/mesh: takes ?
HTTPRoute shop/mesh -> Service shop/web: routes :80
`

func TestSelected(t *testing.T) {
	if diff := cmp.Diff(strings.Split(strings.TrimSpace(selectedEdges), "\n"), edgesOf(t, selected)); diff != "" {
		t.Error(diff)
	}
}

// TestSelectedOtherwise holds that an installation of the input has its say: Gateways stay in their namespace, and neither Services nor
// ServiceEntries select what is of the other world.
func TestSelectedOtherwise(t *testing.T) {
	const istiod = `---
apiVersion: apps/v1
kind: Deployment
metadata: {name: istiod, namespace: istio-system}
spec: {selector: {matchLabels: {app: istiod}}, template: {metadata: {labels: {app: istiod}}, spec: {containers: [{name: discovery, image: a, env: [
  {name: PILOT_SCOPE_GATEWAY_TO_NAMESPACE, value: "true"}, {name: PILOT_ENABLE_K8S_SELECT_WORKLOAD_ENTRIES, value: "false"}, {name: PILOT_ENABLE_SERVICEENTRY_SELECT_PODS, value: "false"}]}]}}}
`
	for _, edge := range edgesOf(t, selected+istiod) {
		for _, wrong := range []string{"Deployment istio-ingress/front: runs on", "Service shop/web -> WorkloadEntry", "ServiceEntry shop/legacy -> Deployment"} {
			if strings.Contains(edge, wrong) {
				t.Errorf("%s", edge)
			}
		}
	}
}
