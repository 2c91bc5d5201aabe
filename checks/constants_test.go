package checks

import (
	"maps"
	"slices"
	"testing"

	"github.com/mesh-check/mesh-check/render/source/sourcetest"
)

// TestConstantsOfIstio compares the tables of this room with what was read in Istio's code.
func TestConstantsOfIstio(t *testing.T) {
	var istio struct {
		Ignored    []string `json:"ignored_namespaces"`
		User       int      `json:"proxy_uid"`
		Group      int      `json:"proxy_gid"`
		Proxy      string   `json:"proxy_container"`
		Containers []string `json:"init_containers"`
		Native     struct {
			Since      string `json:"opt_in_since"`
			Auto       string `json:"auto_since"`
			Kubernetes string `json:"auto_min_kubelet"`
		} `json:"native_sidecar"`
	}
	table(t, "constants.json", &istio)
	if !slices.Equal(istio.Ignored, ignoredNamespaces) {
		t.Errorf("Istio ignores %v, the table has %v", istio.Ignored, ignoredNamespaces)
	}
	if istio.User != ProxyID || istio.Group != ProxyID {
		t.Errorf("the proxy runs as %d:%d, here as %d", istio.User, istio.Group, ProxyID)
	}
	for _, name := range append(istio.Containers, istio.Proxy) {
		if !ProxyContainer(name) {
			t.Errorf("the container %s is Istio's own", name)
		}
	}
	if n := istio.Native; n.Since != nativeSince || n.Auto != NativeAutoSince || n.Kubernetes != NativeAutoKubernetes {
		t.Errorf("native sidecars: Istio has %+v", n)
	}
}

// TestWellKnownPorts compares the ports that Istio takes for TCP by their number with those of its code.
func TestWellKnownPorts(t *testing.T) {
	var istio struct {
		TCP map[string]int64 `json:"server_first_auto_tcp"`
	}
	sourcetest.JSON(t, "data/istio-cases/tables/reserved_ports.json", &istio)
	ours := map[string]int64{}
	for port, name := range wellKnownTCP {
		ours[name] = port
	}
	if !maps.Equal(istio.TCP, ours) {
		t.Errorf("Istio has %v, the table %v", istio.TCP, ours)
	}
}
