package boundaries

import "testing"

func TestParseCredential(t *testing.T) {
	for text, want := range map[string]credential{
		"shop":                          {"", "shop"},
		"shop/tls":                      {"shop", "tls"},
		"kubernetes://tls":              {"", "tls"},
		"kubernetes://shop/tls":         {"shop", "tls"},
		"kubernetes-gateway://shop/tls": {"shop", "tls"},
	} {
		if got, ok := parseCredential(text); !ok || got != want {
			t.Errorf("%s is %v, %v, want %v", text, got, ok, want)
		}
	}
	for _, text := range []string{"builtin://", "invalid://", "configmap://shop/ca", "file:///etc/certs"} {
		if got, ok := parseCredential(text); ok {
			t.Errorf("%s names the Secret %v", text, got)
		}
	}
}
