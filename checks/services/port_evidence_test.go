package services

import (
	"testing"

	"github.com/mesh-check/mesh-check/checks"
)

func TestNameFor(t *testing.T) {
	for _, c := range []struct {
		protocol   checks.Protocol
		name, want string
	}{
		{checks.GRPC, "otlp-grpc", "grpc-otlp"}, {checks.HTTP, "web", "http-web"}, {checks.HTTPS, "", "https"},
		{checks.GRPC, "grpc", "grpc"}, {checks.HTTPS, "http-api", "https-api"}, {checks.HTTP, "otlp-http-2", "http-otlp-2"},
	} {
		if got := nameFor(c.protocol, c.name); got != c.want {
			t.Errorf("%s %q: %s, want %s", c.protocol, c.name, got, c.want)
		}
	}
}
