package capture

import (
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/manifest"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// TestStrictAdvice says what is advised for ports that take mutual TLS alone: all of them are named, and nothing is that does
// not help.
func TestStrictAdvice(t *testing.T) {
	const monitor = "\n---\napiVersion: monitoring.coreos.com/v1\nkind: PodMonitor\nmetadata: {name: m}\nspec: {selector: {matchLabels: {app: a}}, podMetricsEndpoints: [{portNumber: 9100, scheme: "
	const service = "\n---\napiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {type: NodePort, selector: {app: a}, ports: [{name: a, port: 3000}, {name: b, port: 2222}]}\n"
	const policy = "\n---\napiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: {name: p}\nspec: {selector: {matchLabels: {app: a}}, mtls: {mode: STRICT}}\n"
	for _, c := range []struct {
		check       *checks.Check
		image, text string
		advice      string
	}{
		{scrapeBehindStrictMTLS, "a", monitor + "https}]}\n",
			"set portLevelMtls: {9100: {mode: PERMISSIVE}} in a PeerAuthentication that selects these pods"},
		{scrapeBehindStrictMTLS, "a", monitor + "http}]}\n",
			"set portLevelMtls: {9100: {mode: PERMISSIVE}} in a PeerAuthentication that selects these pods, or scrape it with scheme: https and Istio's certificates in tlsConfig"},
		{externalTrafficBehindStrictMTLS, "a", service,
			"lead clients through a gateway of Istio, or set portLevelMtls: {3000: {mode: PERMISSIVE}, 2222: {mode: PERMISSIVE}} in a PeerAuthentication that selects these pods"},
		{externalTrafficBehindStrictMTLS, "a", service + policy,
			"lead clients through a gateway of Istio, or set portLevelMtls: {3000: {mode: PERMISSIVE}, 2222: {mode: PERMISSIVE}} in this policy"},
		{externalTrafficBehindStrictMTLS, "ingress-controller/controller:1", service,
			"exclude the ports from the sidecar with the annotation traffic.sidecar.istio.io/excludeInboundPorts: \"3000,2222\" of the pods, or set portLevelMtls: {3000: {mode: PERMISSIVE}, 2222: {mode: PERMISSIVE}} in a PeerAuthentication that selects these pods"},
	} {
		text := "apiVersion: v1\nkind: Pod\nmetadata: {name: a, labels: {app: a}}\nspec: {containers: [{name: a, image: \"" + c.image + "\"}]}\n" + c.text
		objects, errs := manifest.Read("test.yaml", []byte(text))
		for _, err := range errs {
			t.Fatal(err)
		}
		out := checks.Run([]*checks.Check{c.check}, object.NewSet("default", objects), &checks.Mesh{MTLSMode: "STRICT"}, checks.Selection{})
		if len(out.Findings) != 1 || out.Findings[0].Advice != c.advice {
			var got []string
			for _, f := range out.Findings {
				got = append(got, f.Message+": "+f.Advice)
			}
			t.Errorf("%s: %s, want %s", c.text, strings.Join(got, "; "), c.advice)
		}
	}
}
