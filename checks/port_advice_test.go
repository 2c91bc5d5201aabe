package checks

import "testing"

func TestNameFor(t *testing.T) {
	for _, c := range []struct {
		protocol   Protocol
		name, want string
	}{
		{GRPC, "otlp-grpc", "grpc-otlp"}, {HTTP, "web", "http-web"}, {HTTPS, "", "https"},
		{GRPC, "grpc", "grpc"}, {HTTPS, "http-api", "https-api"}, {HTTP, "otlp-http-2", "http-otlp-2"},
	} {
		if got := nameFor(c.protocol, c.name); got != c.want {
			t.Errorf("%s %q: %s, want %s", c.protocol, c.name, got, c.want)
		}
	}
}
