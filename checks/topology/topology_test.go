package topology

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/meshgraph"
	"github.com/mesh-check/mesh-check/frontends/manifest"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// shop is a mesh in which everything occurs that a picture can hold. NOT KNOWN stands for a value that is not.
const shop = `
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {istio-injection: enabled}}
---
apiVersion: v1
kind: Namespace
metadata: {name: legacy, labels: {istio-injection: disabled}}
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: {name: default, namespace: shop}
spec: {mtls: {mode: STRICT}}
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: {name: batch, namespace: shop}
spec: {selector: {matchLabels: {app: batch}}, mtls: {mode: PERMISSIVE}}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: front, namespace: shop}
spec: {servers: [{port: {number: 443, name: https, protocol: HTTPS}, hosts: ["*"]}]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: web, namespace: shop}
spec:
  gateways: [front, edge/elsewhere, mesh, NOT KNOWN]
  hosts: [web.example.com]
  http:
  - route:
    - destination: {host: web, port: {number: 80}}
    - destination: {host: nowhere}
    - destination: {host: NOT KNOWN}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {selector: {app: web}, ports: [{name: http, port: 80}, {name: metrics, port: 9090}, {name: tls, port: 443, appProtocol: NOT KNOWN}]}
---
apiVersion: v1
kind: Service
metadata: {name: idle, namespace: shop}
spec: {selector: {app: nothing}, ports: [{name: grpc-x, port: 90}]}
---
apiVersion: v1
kind: Service
metadata: {name: guess, namespace: shop}
spec: {selector: {app: NOT KNOWN}, ports: [{name: tcp, port: 91}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec: {selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: main, image: a}]}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: batch, namespace: shop}
spec: {selector: {matchLabels: {app: batch}}, template: {metadata: {labels: {app: batch}}, spec: {containers: [{name: main, image: a}]}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: old, namespace: legacy}
spec: {selector: {matchLabels: {app: old}}, template: {metadata: {labels: {app: old}}, spec: {containers: [{name: main, image: a}]}}}
`

func setOf(t *testing.T, text string) *object.Set {
	t.Helper()
	objects, errs := manifest.Read("test.yaml", []byte(text))
	for _, err := range errs {
		t.Fatal(err)
	}
	for _, o := range objects {
		unsettle(o.Get("spec").Node())
	}
	return object.NewSet("default", objects)
}

// unsettle makes the values NOT KNOWN such ones.
func unsettle(n *object.Node) {
	if n == nil {
		return
	}
	if n.Text == "NOT KNOWN" {
		*n = object.Node{Kind: object.Unknown, Text: "var.x has no value", Ref: n.Ref}
	}
	for _, e := range n.Entries {
		unsettle(e.Value)
	}
	for _, item := range n.Items {
		unsettle(item)
	}
}

// drawing is a graph as lines.
func drawing(g *meshgraph.Graph) []string {
	var lines []string
	for _, n := range g.Nodes {
		line := fmt.Sprintf("%s: %s", n.Lane, n.Object)
		for _, p := range n.Ports {
			line += " [" + strings.TrimSpace(strings.TrimRight(p.Name+" "+p.Protocol, " ")+" "+p.MTLS) + "]"
		}
		line += strings.Repeat(" missing", bool2int(n.Missing)) + strings.Repeat(" unknown", bool2int(n.Unknown))
		lines = append(lines, strings.TrimRight(line+" "+n.Mesh+" "+n.MTLS, " "))
	}
	for _, e := range g.Edges {
		lines = append(lines, fmt.Sprintf("%s -> %s: %s%s", e.From, e.To, e.Label, strings.Repeat(" ?", bool2int(e.Unsure))))
	}
	return lines
}

func bool2int(is bool) int {
	if is {
		return 1
	}
	return 0
}

func TestOf(t *testing.T) {
	set := setOf(t, shop)
	got := drawing(Of(set, &checks.Mesh{}))
	want := strings.Split(strings.TrimSpace(picture), "\n")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if again := drawing(Of(setOf(t, shop), &checks.Mesh{})); !slices.Equal(got, again) {
		t.Error("two pictures of the same objects differ")
	}
}

// picture is what shop is: the rows of the nodes, then the edges.
const picture = `
gateway: Gateway shop/front [443 HTTPS]
gateway: Gateway edge/elsewhere missing
gateway: unknown gateway shop/var.x has no value unknown
route: VirtualService shop/web
service: Service shop/web [http:80 HTTP] [metrics:9090 auto] [tls:443 unknown]
service: Service shop/idle [grpc-x:90 GRPC]
service: Service shop/guess [tcp:91 TCP]
service: Host nowhere missing
service: unknown host shop/var.x has no value unknown
workload: Deployment shop/web sidecar STRICT
workload: Deployment shop/batch sidecar PERMISSIVE
workload: Deployment legacy/old out
Service shop/web -> Deployment shop/web: selects
Service shop/guess -> Deployment shop/web: may select ?
Service shop/guess -> Deployment shop/batch: may select ?
Gateway shop/front -> VirtualService shop/web: takes
Gateway edge/elsewhere -> VirtualService shop/web: takes
unknown gateway shop/var.x has no value -> VirtualService shop/web: takes ?
VirtualService shop/web -> Service shop/web: routes :80
VirtualService shop/web -> Host nowhere: routes
VirtualService shop/web -> unknown host shop/var.x has no value: routes ?
`

// TestOfMany holds that a picture of very many objects is bounded and counts the others.
func TestOfMany(t *testing.T) {
	var b strings.Builder
	for i := range 500 {
		fmt.Fprintf(&b, "---\napiVersion: v1\nkind: Service\nmetadata: {name: s%03d}\nspec: {selector: {app: a}, ports: [{name: http, port: 80}]}\n", i)
	}
	g := Of(setOf(t, b.String()), &checks.Mesh{})
	if len(g.Nodes) != 300 || g.LeftOut != 200 {
		t.Errorf("%d nodes, %d left out", len(g.Nodes), g.LeftOut)
	}
	b.Reset()
	for i := range 30 {
		fmt.Fprintf(&b, "---\napiVersion: v1\nkind: Service\nmetadata: {name: s%03d}\nspec: {selector: {app: a}, ports: [{name: http, port: 80}]}\n", i)
		fmt.Fprintf(&b, "---\napiVersion: v1\nkind: Pod\nmetadata: {name: p%03d, labels: {app: a}}\nspec: {containers: [{name: main, image: a}]}\n", i)
	}
	if g := Of(setOf(t, b.String()), &checks.Mesh{}); len(g.Edges) != 600 || g.LostEdges != 300 || g.LeftOut != 0 {
		t.Errorf("%d edges, %d without room", len(g.Edges), g.LostEdges)
	}
}
