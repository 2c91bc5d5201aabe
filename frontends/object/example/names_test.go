package example

import (
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/util/validation"
)

// TestNames holds that what we make up is valid as a name, a label and its value.
func TestNames(t *testing.T) {
	for _, test := range [][2]string{
		{"fullnameOverride", "example"},
		{"server.fullnameOverride", "example-server"},
		{"queryFrontend.serviceAccount.name", "example-queryfrontend-serviceaccount"},
		{"_internal_defaults_do_not_set.global.fullnameOverride", "example-internal-defaults-do-not-set-global"},
		{"Ünïcode.$.--.fullnameOverride", "example-n-code"},
		{strings.Repeat("x", 70) + ".y.fullnameOverride", "example-y"},
	} {
		v, ok := Value(strings.Split(test[0], "."), "string")
		name, _ := v.(string)
		if !ok || name != test[1] {
			t.Errorf("%s: %q, want %q", test[0], name, test[1])
		}
		if wrong := validation.IsDNS1123Label(name); len(wrong) > 0 {
			t.Errorf("%q is not a name: %q", name, wrong)
		}
	}
	if wrong := validation.IsValidLabelValue(word); len(wrong) > 0 {
		t.Error(wrong)
	}
	if wrong := validation.IsQualifiedName(word); len(wrong) > 0 {
		t.Error(wrong)
	}
	if wrong := validation.IsValidPortName("tcp-example"); len(wrong) > 0 {
		t.Error(wrong)
	}
	keys := map[string]bool{}
	for _, path := range []string{"podLabels", "commonLabels", "global.commonLabels", "primary.podLabels", strings.Repeat("x", 45) + ".podLabels", strings.Repeat("x", 45) + "Labels"} {
		v, _ := Value(strings.Split(path, "."), "map")
		for key := range v.(map[string]any) {
			if wrong := validation.IsQualifiedName(key); len(wrong) > 0 || keys[key] && len(path) < 45 {
				t.Errorf("%s has the key %q: %q", path, key, wrong)
			}
			keys[key] = true
		}
	}
	seen := map[int64]string{}
	for _, path := range []string{"service.nodePorts.http", "service.nodePorts.https", "service.nodePort", "metrics.service.nodePorts.http", "service.healthCheckNodePort"} {
		v, _ := Value(strings.Split(path, "."), "string")
		port, _ := v.(int64)
		if port < 30000 || port > 32767 || seen[port] != "" {
			t.Errorf("%s has the port %v, as %q", path, v, seen[port])
		}
		seen[port] = path
	}
}
