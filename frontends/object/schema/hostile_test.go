package schema_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/mesh-check/mesh-check/frontends/object/schema"
)

// TestHostile holds that no object takes long, whatever is in it.
func TestHostile(t *testing.T) {
	repeat := func(format string, n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, format+", ", i)
		}
		return b.String()
	}
	for name, text := range map[string]string{
		"unknown fields":  head + "spec: {" + repeat("hostname%d: a", 20000) + "}",
		"hosts":           head + "spec: {hosts: [" + repeat("host%d", 20000) + "]}",
		"ports":           se("hosts: [a], ports: [" + repeat("{name: a%[1]d, number: %[1]d}", 5000) + "]"),
		"listeners":       "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: a}\nspec: {gatewayClassName: a, listeners: [" + repeat("{name: a%d, port: 80, protocol: HTTP}", 5000) + "]}",
		"routes":          route("rules: [" + repeat("{name: a%d, matches: [{path: {value: /}}]}", 5000) + "]"),
		"a long text":     head + "spec: {hosts: [" + strings.Repeat("a", 1<<20) + "]}",
		"a deep value":    head + "spec: " + strings.Repeat("{http: [", 2000) + strings.Repeat("]}", 2000),
		"a long wildcard": head + "spec: {http: [{match: [{uri: {regex: '" + strings.Repeat("(a*)*", 200) + "'}}]}]}",
	} {
		for _, o := range decode(t, text) {
			group, version, _ := strings.Cut(o.APIVersion, "/")
			s, _ := schema.Of(group, o.Kind, version)
			for _, release := range []string{"1.19", ""} {
				start := time.Now()
				r := s.Check(o, release)
				w := schema.Admit(o, r)
				if took := time.Since(start); took > 5*time.Second {
					t.Errorf("%s: release %q took %v", name, release, took)
				}
				if len(r.Problems) > 100 || len(w.Problems) > 100 {
					t.Errorf("%s: %d and %d problems", name, len(r.Problems), len(w.Problems))
				}
			}
		}
	}
}
