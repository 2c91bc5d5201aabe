package checks

import "testing"

func TestCalled(t *testing.T) {
	var redis *wireProtocol
	for i, p := range clientFirstProtocols {
		if p.name == "Redis" {
			redis = &clientFirstProtocols[i]
		}
	}
	if redis == nil {
		t.Fatal("the table has no Redis")
	}
	c := wireCase{wireEvidence: wireEvidence{protocol: redis}}
	for name, want := range map[string]string{"http": "redis", "http-store": "store", "http2": "redis", "grpc-http": "redis", "web": "web"} {
		if got := c.called(name); got != want {
			t.Errorf("a port %q is to be called tcp-%s, want tcp-%s", name, got, want)
		}
	}
}
