package traffic

import (
	"testing"

	"github.com/mesh-check/mesh-check/checks/wire"
)

func TestCalled(t *testing.T) {
	var redis *wire.Protocol
	for i, p := range wire.ClientFirstProtocols {
		if p.Name == "Redis" {
			redis = &wire.ClientFirstProtocols[i]
		}
	}
	if redis == nil {
		t.Fatal("the table has no Redis")
	}
	c := portCase{Evidence: wire.Evidence{Protocol: redis}}
	for name, want := range map[string]string{"http": "redis", "http-store": "store", "http2": "redis", "grpc-http": "redis", "web": "web"} {
		if got := c.called(name); got != want {
			t.Errorf("a port %q is to be called tcp-%s, want tcp-%s", name, got, want)
		}
	}
}
