package capture

import (
	"slices"
	"strconv"
	"testing"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/manifest"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/render/source/sourcetest"
)

// TestReservedPortsOfIstio compares the tables with the ports that were read in
// Istio's own documentation and code.
func TestReservedPortsOfIstio(t *testing.T) {
	var table struct {
		Sidecar []struct {
			Port int64
			Hard bool
		} `json:"sidecar"`
		Ambient map[string]string      `json:"ambient_in_pod"`
		Legacy  []struct{ Port int64 } `json:"legacy_seed001_only"`
		Istiod  []struct{ Port int64 } `json:"istiod"`
		Merging map[string]string      `json:"metrics_merge_reserved_HEAD"`
	}
	sourcetest.JSON(t, "data/istio-cases/tables/reserved_ports.json", &table)
	if len(table.Sidecar) != len(sidecarPorts) || len(table.Ambient) != len(ambientPorts) {
		t.Errorf("Istio has %d and %d ports, the tables %d and %d", len(table.Sidecar), len(table.Ambient), len(sidecarPorts), len(ambientPorts))
	}
	find := func(in []reservedPort, number int64) *reservedPort {
		i := slices.IndexFunc(in, func(p reservedPort) bool { return p.number == number })
		if i < 0 {
			return nil
		}
		return &in[i]
	}
	for _, p := range table.Sidecar {
		if ours := find(sidecarPorts, p.Port); ours == nil || (ours.level == checks.Error) != p.Hard {
			t.Errorf("port %d (hard: %v) is %+v here", p.Port, p.Hard, ours)
		}
	}
	for port := range table.Ambient {
		n, _ := strconv.ParseInt(port, 10, 64)
		if find(ambientPorts, n) == nil {
			t.Errorf("ztunnel's port %s is missing", port)
		}
	}
	for port := range table.Merging {
		n, _ := strconv.ParseInt(port, 10, 64)
		if find(sidecarPorts, n) == nil {
			t.Errorf("port %s, at which the agent does not ask for metrics, is missing", port)
		}
	}
	var constants struct {
		Inbound []string `json:"always_excluded_inbound"`
	}
	sourcetest.JSON(t, "data/istio-cases/tables/constants.json", &constants)
	for _, port := range constants.Inbound {
		n, _ := strconv.ParseInt(port, 10, 64)
		if ours := find(sidecarPorts, n); ours == nil || ours.level != checks.Error {
			t.Errorf("port %s, which is never captured, is %+v here", port, ours)
		}
	}
	for _, p := range append(table.Legacy, table.Istiod...) {
		if find(sidecarPorts, p.Port) != nil && p.Port != 15004 {
			t.Errorf("port %d is of another pod", p.Port)
		}
	}
}

// TestReservedPortsByVersion says from and until when a port is taken.
func TestReservedPortsByVersion(t *testing.T) {
	for _, c := range []struct {
		istio string
		want  []int64
	}{
		{"1.7", []int64{15000, 15001, 15002, 15006, 15008, 15020, 15021, 15090}},
		{"1.8", []int64{15000, 15001, 15002, 15006, 15008, 15020, 15021, 15053, 15090}},
		{"1.9", []int64{15000, 15001, 15002, 15004, 15006, 15008, 15009, 15020, 15021, 15053, 15090}},
		{"1.19", []int64{15000, 15001, 15002, 15004, 15006, 15008, 15009, 15020, 15021, 15053, 15090}},
		{"1.20", []int64{15000, 15001, 15002, 15004, 15006, 15008, 15020, 15021, 15053, 15090}},
		{"", []int64{15000, 15001, 15002, 15004, 15006, 15008, 15009, 15020, 15021, 15053, 15090}},
	} {
		p := capturePass(t, &checks.Mesh{Istio: c.istio}, onePod)
		var got []int64
		for _, port := range reservedPorts(p, p.Workloads()[0]) {
			got = append(got, port.number)
		}
		slices.Sort(got)
		if !slices.Equal(got, c.want) {
			t.Errorf("Istio %q: %v, want %v", c.istio, got, c.want)
		}
	}
}

// TestReservedPortsMoved reads the settings that move ports.
func TestReservedPortsMoved(t *testing.T) {
	operator := func(config string) string {
		return "---\napiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nmetadata: {name: o}\nspec: {meshConfig: {" + config + "}}\n"
	}
	for _, c := range []struct {
		name, text  string
		taken, free []int64
	}{
		{"annotation", pod(`, annotations: {status.sidecar.istio.io/port: "16000"}`, ""), []int64{16000}, []int64{15020}},
		{"no status port", pod(`, annotations: {status.sidecar.istio.io/port: "0"}`, ""), []int64{15021}, []int64{0, 15020}},
		{"proxy config", pod(`, annotations: {proxy.istio.io/config: "statusPort: 16001"}`, ""), []int64{16001}, []int64{15020}},
		{"proxy config that is no YAML", pod(`, annotations: {proxy.istio.io/config: "{"}`, ""), []int64{15020}, nil},
		{"outbound", onePod + operator("proxyListenPort: 16002"), []int64{16002, 15006}, []int64{15001}},
		{"inbound", onePod + operator("proxyInboundListenPort: 16003"), []int64{16003, 15001}, []int64{15006}},
		{"status of the mesh", onePod + operator("defaultConfig: {statusPort: 16004}"), []int64{16004}, []int64{15020}},
	} {
		p := capturePass(t, &checks.Mesh{}, c.text)
		w := p.Workloads()[0]
		for _, n := range c.taken {
			if _, is := reserved(p, w, n, "TCP"); !is {
				t.Errorf("%s: %d is free", c.name, n)
			}
		}
		for _, n := range c.free {
			if _, is := reserved(p, w, n, "TCP"); is {
				t.Errorf("%s: %d is taken", c.name, n)
			}
		}
	}
}

// capturePass is a pass over the objects of a text.
func capturePass(t *testing.T, mesh *checks.Mesh, text string) *checks.Pass {
	t.Helper()
	objects, errs := manifest.Read("test.yaml", []byte(text))
	for _, err := range errs {
		t.Fatal(err)
	}
	return checks.NewPass(&checks.Check{ID: "MESH000"}, object.NewSet("default", objects), mesh)
}

const onePod = "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: main, image: a}]}\n"

// pod is a Pod whose metadata and spec are extended.
func pod(metadata, spec string) string {
	return "apiVersion: v1\nkind: Pod\nmetadata: {name: p" + metadata + "}\nspec: {containers: [{name: main, image: a}]" + spec + "}\n"
}
