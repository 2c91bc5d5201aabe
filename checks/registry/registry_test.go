package registry_test

import (
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/registry"
	"github.com/mesh-check/mesh-check/frontends/manifest"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// cluster is what the lookups below find, and may not see.
const cluster = `
apiVersion: v1
kind: Service
metadata: {name: reviews, namespace: shop}
spec: {ports: [{name: http, port: 9080}]}
---
apiVersion: v1
kind: Service
metadata: {name: details, namespace: catalog}
spec: {ports: [{name: http, port: 9080}]}
---
apiVersion: v1
kind: Service
metadata: {name: hidden, namespace: catalog, annotations: {networking.istio.io/exportTo: "., other"}}
spec: {ports: [{name: http, port: 9080}]}
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: external, namespace: catalog}
spec: {hosts: [Api.Example.com, "*.cdn.example.com"], ports: [{number: 443, name: https, protocol: HTTPS}]}
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: private, namespace: catalog}
spec: {hosts: [private.example.com], exportTo: ["."], ports: [{number: 443, name: https, protocol: HTTPS}]}
`

// shared is a Service of several clusters.
const shared = `
---
apiVersion: multicluster.x-k8s.io/v1alpha1
kind: ServiceImport
metadata: {name: reviews, namespace: shop}
`

// asked is a DestinationRule that names a host.
const asked = `
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: asks, namespace: NAMESPACE}
spec: {host: "HOST"}
`

// lookup looks a host up as a resource of a namespace names it.
func lookup(t *testing.T, more, host, namespace string) (registry.Found, string) {
	t.Helper()
	text := cluster + more + asked
	for from, to := range map[string]string{"HOST": host, "NAMESPACE": namespace} {
		text = replace(text, from, to)
	}
	objects, errs := manifest.Read("cluster.yaml", []byte(text))
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	set := object.NewSet("default", objects)
	p := checks.NewPass(&checks.Check{ID: "MESH000"}, set, &checks.Mesh{KnownHosts: []string{"*.corp.example.net"}})
	rules := set.ByKind(views.Networking, "DestinationRule")
	reg := registry.Of(p)
	found := reg.Lookup(views.AsDestinationRule(rules[len(rules)-1]).Host())
	return found, reg.Near(found)
}

func TestLookup(t *testing.T) {
	for _, test := range []struct {
		host, namespace string
		known           bool
		full, near      string
		away            registry.Away
	}{
		{"reviews", "shop", true, "reviews.shop.svc.cluster.local", "reviews", registry.Here},
		{"reviews.shop.svc.cluster.local", "catalog", true, "reviews.shop.svc.cluster.local", "reviews.shop.svc.cluster.local", registry.Here},
		{"Reviews", "shop", true, "reviews.shop.svc.cluster.local", "reviews", registry.Here},
		{"reviewz", "shop", false, "reviewz.shop.svc.cluster.local", "reviews", registry.Here},
		{"reviews", "catalog", false, "reviews.catalog.svc.cluster.local", "reviews.shop.svc.cluster.local", registry.Here},
		{"reviews", "empty", false, "reviews.empty.svc.cluster.local", "reviews.shop.svc.cluster.local", registry.Elsewhere},
		{"details.catalog", "shop", false, "details.catalog", "details.catalog.svc.cluster.local", registry.Outside},
		{"details.catalog.svc", "shop", false, "details.catalog.svc", "details.catalog.svc.cluster.local", registry.Outside},
		{"detail.catalog.svc.cluster.local", "shop", false, "detail.catalog.svc.cluster.local", "details.catalog.svc.cluster.local", registry.Here},
		{"blue.shop.svc.cluster.local", "catalog", false, "blue.shop.svc.cluster.local", "", registry.Here},
		{"reviews.shoq.svc.cluster.local", "catalog", false, "reviews.shoq.svc.cluster.local", "reviews.shop.svc.cluster.local", registry.Elsewhere},
		{"api.example.com", "shop", true, "api.example.com", "api.example.com", registry.Outside},
		{"apy.example.com", "shop", false, "apy.example.com", "api.example.com", registry.Outside},
		{"img.cdn.example.com", "shop", true, "img.cdn.example.com", "", registry.Outside},
		{"cdn.example.com", "shop", false, "cdn.example.com", "api.example.com", registry.Outside},
		{"hidden.catalog.svc.cluster.local", "shop", false, "hidden.catalog.svc.cluster.local", "", registry.Here},
		{"hidden.catalog.svc.cluster.local", "other", true, "hidden.catalog.svc.cluster.local", "", registry.Here},
		{"hidden", "catalog", true, "hidden.catalog.svc.cluster.local", "hidden", registry.Here},
		{"private.example.com", "catalog", true, "private.example.com", "", registry.Outside},
		{"private.example.com", "shop", false, "private.example.com", "", registry.Outside},
		{"ldap.corp.example.net", "shop", true, "ldap.corp.example.net", "", registry.Outside},
		{"kubernetes.default.svc.cluster.local", "shop", true, "kubernetes.default.svc.cluster.local", "", registry.Elsewhere},
		{"istiod.istio-system.svc.cluster.local", "shop", true, "istiod.istio-system.svc.cluster.local", "", registry.Elsewhere},
		{"reviews.shop.svc.clusterset.local", "shop", true, "reviews.shop.svc.clusterset.local", "", registry.Outside},
		{"details.shop.svc.clusterset.local", "shop", false, "details.shop.svc.clusterset.local", "", registry.Outside},
		{"*.catalog.svc.cluster.local", "shop", true, "*.catalog.svc.cluster.local", "", registry.Outside},
		{"*.nobody.svc.cluster.local", "shop", false, "*.nobody.svc.cluster.local", "", registry.Elsewhere},
		{"*", "shop", true, "*", "", registry.Outside},
	} {
		found, near := lookup(t, shared, test.host, test.namespace)
		if found.Known.True() != test.known || found.Host != test.full || found.Away != test.away && !test.known {
			t.Errorf("%s in %s: known %v as %q, away %d", test.host, test.namespace, found.Known.True(), found.Host, found.Away)
		}
		if !test.known && found.Hidden == nil && near != test.near {
			t.Errorf("%s in %s: near is %q, want %q", test.host, test.namespace, near, test.near)
		}
	}
}

// TestLookupOfDefaults holds that the mesh's defaults and its domain count.
func TestLookupOfDefaults(t *testing.T) {
	const mesh = `
---
apiVersion: install.istio.io/v1alpha1
kind: IstioOperator
metadata: {name: mesh, namespace: istio-system}
spec:
  meshConfig: {defaultServiceExportTo: ["."]}
  values: {global: {proxy: {clusterDomain: corp.local}}}
`
	found, _ := lookup(t, mesh, "reviews.shop.svc.corp.local", "catalog")
	if found.Known.True() || found.Hidden == nil {
		t.Errorf("the Service is seen by other namespaces, or not found: %+v", found)
	}
	if found, _ := lookup(t, mesh, "reviews", "shop"); !found.Known.True() || found.Host != "reviews.shop.svc.corp.local" {
		t.Errorf("the host is %q, known %v", found.Host, found.Known.True())
	}
}

// TestUnknownHosts holds that what is not known is neither found nor missing.
func TestUnknownHosts(t *testing.T) {
	unknown := &object.Node{Kind: object.Unknown, Text: "var.x has no value"}
	objects, _ := manifest.Read("cluster.yaml", []byte(cluster+replace(replace(asked, "HOST", "gone"), "NAMESPACE", "shop")))
	set := object.NewSet("default", objects)
	rule := views.AsDestinationRule(set.ByKind(views.Networking, "DestinationRule")[0])
	for i, e := range objects[0].Tree.Entries {
		if e.Key == "metadata" {
			for j, m := range e.Value.Entries {
				if m.Key == "name" {
					objects[0].Tree.Entries[i].Value.Entries[j].Value = unknown
				}
			}
		}
	}
	p := checks.NewPass(&checks.Check{ID: "MESH000"}, object.NewSet("default", objects), &checks.Mesh{})
	if found := registry.Of(p).Lookup(rule.Host()); found.Known.True() || found.Known.False() {
		t.Error("a Service without a known name may have the host")
	}
}

func replace(text, from, to string) string { return strings.ReplaceAll(text, from, to) }
