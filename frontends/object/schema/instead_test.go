package schema_test

import (
	"testing"

	"github.com/mesh-check/mesh-check/frontends/object/schema"
)

func TestInstead(t *testing.T) {
	const istio, security, gateway = "networking.istio.io", "security.istio.io", "gateway.networking.k8s.io"
	for _, test := range []struct {
		group, kind, meant string
		ok                 bool
	}{
		{istio, "Gateway", "", false},
		{"example.com", "Gateway", "", false},
		{security, "Gateway", istio + "/Gateway", true},
		{istio, "HTTPRoute", gateway + "/HTTPRoute", true},
		{gateway, "HttpRoute", gateway + "/HTTPRoute", true},
		{istio, "VirtualServcie", istio + "/VirtualService", true},
		{istio, "Ingress", "", true},
	} {
		meant, ok := schema.Instead(test.group, test.kind)
		got := ""
		if meant.Kind != "" {
			got = meant.Group + "/" + meant.Kind
		}
		if got != test.meant || ok != test.ok {
			t.Errorf("%s/%s: got %q, %v, want %q, %v", test.group, test.kind, got, ok, test.meant, test.ok)
		}
	}
}
