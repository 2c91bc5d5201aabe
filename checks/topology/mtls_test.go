package topology

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mesh-check/mesh-check/checks"
)

// portModes are two workloads of one Service, one of which has modes of ports, and a gateway, which has none. Those of the policy without a selector do not
// count, and what its own policy says of 8080 is what it says of all.
const portModes = `
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: {name: default, namespace: shop}
spec: {mtls: {mode: STRICT}, portLevelMtls: {8080: {mode: DISABLE}}}
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: {name: web, namespace: shop}
spec: {selector: {matchLabels: {version: v1}}, mtls: {mode: STRICT}, portLevelMtls: {8080: {mode: STRICT}, 9091: {mode: DISABLE}, 7777: {mode: PERMISSIVE}, 7000: {mode: NOT KNOWN}}}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {selector: {app: web}, ports: [{name: http, port: 80, targetPort: 8080}, {name: http-admin, port: 90, targetPort: admin}, {name: tcp, port: 7000}]}
---
apiVersion: v1
kind: Service
metadata: {name: first, namespace: shop}
spec: {selector: {app: web, version: v1}, ports: [{name: http-admin, port: 90, targetPort: 9091}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web-v1, namespace: shop}
spec: {selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web, version: v1}}, spec: {containers: [{name: main, image: a, ports: [{name: admin, containerPort: 9091}]}]}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web-v2, namespace: shop}
spec: {selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web, version: v2}}, spec: {containers: [{name: main, image: a, ports: [{name: admin, containerPort: 9091}]}]}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: gateway, namespace: shop}
spec: {selector: {matchLabels: {app: gateway}}, template: {metadata: {labels: {app: gateway}, annotations: {inject.istio.io/templates: gateway}}, spec: {containers: [{name: istio-proxy, image: auto}]}}}
`

const portPicture = `
service: Service shop/web [http:80 HTTP] [http-admin:90 HTTP mixed] [tcp:7000 TCP mixed]
service: Service shop/first [http-admin:90 HTTP DISABLE]
workload: Deployment shop/web-v1 [7000 unknown] [7777 PERMISSIVE] [9091 DISABLE] sidecar STRICT
workload: Deployment shop/web-v2 sidecar STRICT
workload: Deployment shop/gateway sidecar
`

func TestPortModes(t *testing.T) {
	got := drawing(Of(setOf(t, portModes), &checks.Mesh{}))
	if diff := cmp.Diff(strings.Split(strings.TrimSpace(portPicture), "\n"), got[:5]); diff != "" {
		t.Error(diff)
	}
}
