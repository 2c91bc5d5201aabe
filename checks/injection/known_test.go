package injection

import (
	"slices"
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/render/source/sourcetest"
)

// inPatches are annotations that the first patch of a release does not have as its last one has.
var inPatches = map[string]string{
	"1.10 inject.istio.io/templates":                "came with 1.10.1",
	"1.10 proxy.istio.io/overrides":                 "came with 1.10.1",
	"1.22 traffic.istio.io/excludeInboundPorts":     "1.22.0 had it, 1.22.1 did not, and no Istio reads it",
	"1.22 traffic.istio.io/excludeInterfaces":       "the same",
	"1.22 traffic.istio.io/excludeOutboundIPRanges": "the same",
	"1.22 traffic.istio.io/excludeOutboundPorts":    "the same",
	"1.22 traffic.istio.io/includeInboundPorts":     "the same",
	"1.22 traffic.istio.io/includeOutboundIPRanges": "the same",
	"1.22 traffic.istio.io/includeOutboundPorts":    "the same",
}

// ofOther are labels that count in releases that do not document them, and istio-injection, which none does.
var ofOther = []string{"istio-injection"}

// TestTablesOfIstio compares the tables with those that were read in Istio's own sources.
func TestTablesOfIstio(t *testing.T) {
	type row struct {
		Name       string
		Status     string
		Deprecated bool
		Resources  []string
	}
	var table map[string]struct {
		API         string `json:"api_tag"`
		Annotations []row
		Labels      []row
	}
	sourcetest.JSON(t, "data/istio-cases/tables/annotations_labels_by_version.json", &table)
	if len(table) < 10 {
		t.Fatalf("only %d releases", len(table))
	}
	for version, of := range table {
		release := version
		if version == "HEAD" {
			release = checks.NewestIstio
		}
		compare := func(ours map[string]*known, theirs []row) {
			var names []string
			for _, r := range theirs {
				names = append(names, r.Name)
				k := ours[r.Name]
				switch {
				case inPatches[version+" "+r.Name] != "":
				case k == nil || !k.in(release):
					t.Errorf("Istio %s has %s, the table has not", version, r.Name)
				case (k.deprecated != "" && checks.CompareVersions(release, k.deprecated) >= 0) != r.Deprecated && version != "1.7":
					t.Errorf("%s is deprecated in Istio %s: %v", r.Name, version, r.Deprecated)
				case version == "HEAD" && r.Status != "" && k.mature != (r.Status != "Alpha"):
					t.Errorf("%s is %s", r.Name, r.Status)
				case version == "HEAD" && !slices.Contains(r.Resources, "Any") && k.kinds != "Any":
					ours, theirs := slices.Sorted(slices.Values(k.places())), slices.Sorted(slices.Values(r.Resources))
					if !slices.Equal(ours, theirs) {
						t.Errorf("%s works on %v, in the table on %v", r.Name, theirs, ours)
					}
				}
			}
			for name, k := range ours {
				if k.in(release) && !slices.Contains(names, name) && inPatches[version+" "+name] == "" && !slices.Contains(ofOther, name) {
					t.Errorf("the table has %s in Istio %s, which has not", name, version)
				}
			}
		}
		compare(annotationsByName(), of.Annotations)
		if len(of.Labels) > 0 {
			compare(labelsByName(), of.Labels)
		}
	}
}

// in reports whether a release has it.
func (k *known) in(release string) bool {
	return (k.since == "" || checks.CompareVersions(release, k.since) >= 0) && (k.gone == "" || checks.CompareVersions(release, k.gone) < 0)
}

func TestNearKey(t *testing.T) {
	for key, want := range map[string]string{
		"sidecar.istio.io/proxyCpu":                   "sidecar.istio.io/proxyCPU",
		"sidecar.istio.io/excludeOutboundPorts":       "traffic.sidecar.istio.io/excludeOutboundPorts",
		"traffic.istio.io/excludeInboundPorts":        "traffic.sidecar.istio.io/excludeInboundPorts",
		"traffic.sidecar.istio.io/excludeInboundPort": "traffic.sidecar.istio.io/excludeInboundPorts",
		"istio.io/excludeInboundPort":                 "traffic.sidecar.istio.io/excludeInboundPorts",
		"networking.istio.io/exportThree":             "",
		"istio.io/ingress.class":                      "kubernetes.io/ingress.class",
		"sidecar.istio.io/foo":                        "",
		"example.istio.io/something-else":             "",
		"proxy.istio.io/configs":                      "proxy.istio.io/config",
	} {
		if got := nearKey(key, annotationsByName()); got != want {
			t.Errorf("near %s is %q, want %q", key, got, want)
		}
	}
	for key, want := range map[string]string{
		"sidecar.isito.io/inject": "sidecar.istio.io/inject", "sidecar.istio.com/inject": "sidecar.istio.io/inject", "istio/rev": "istio.io/rev",
		"sidecar.jaegertracing.io/inject": "", "sidecar.istio.com/other": "", "anistio.com/rev": "",
	} {
		if got := misspeltDomain(key, labelsByName()); got != want {
			t.Errorf("%s in a domain of Istio is %q, want %q", key, got, want)
		}
	}
}

func TestAnnotationValues(t *testing.T) {
	for annotation, values := range map[string]struct{ valid, wrong string }{
		"sidecar.istio.io/interceptionMode":                {"REDIRECT|TPROXY|NONE", "redirect|"},
		"status.sidecar.istio.io/port":                     {"15020|0| 1 ", "65536|-1||a"},
		"readiness.status.sidecar.istio.io/periodSeconds":  {"1|0", "1s|-1|"},
		"traffic.sidecar.istio.io/includeOutboundIPRanges": {"*||10.0.0.0/8|10.0.0.0/8,fd00::/8", "10.0.0.1|10.0.0.0/8, 10.1.0.0/16|10.0.0.0/8;10.1.0.0/16|*,10.0.0.0/8"},
		"traffic.sidecar.istio.io/excludeOutboundIPRanges": {"|10.0.0.0/8", "*"},
		"traffic.sidecar.istio.io/includeInboundPorts":     {"*||80|80, 81", "80;81|http|80,*"},
		"traffic.sidecar.istio.io/excludeInboundPorts":     {"|80| 80 ,81", "*|80-90|70000"},
		"traffic.sidecar.istio.io/excludeInterfaces":       {"|eth1|eth0, net1", "eth0,|a-very-long-interface"},
		"prometheus.istio.io/merge-metrics":                {"true|false|1", "yes|"},
		"sidecar.istio.io/proxyCPU":                        {"1|0.5|100m|.5|1e3|+1|2E|1E2", "100 m|1core||m|100M i|1.2.3"},
		"sidecar.istio.io/proxyMemory":                     {"128Mi|1G|1.5Gi", "128MB|128mi|1 Gi|512Kib"},
	} {
		wrong := annotationValuesByName()[annotation].wrong
		for _, v := range strings.Split(values.valid, "|") {
			if w := wrong(v); w != "" {
				t.Errorf("%s: %q is valid, and not: %s", annotation, v, w)
			}
		}
		for _, v := range strings.Split(values.wrong, "|") {
			if w := wrong(v); w == "" {
				t.Errorf("%s: %q is not valid", annotation, v)
			}
		}
	}
}
