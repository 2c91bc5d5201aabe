package traffic

import (
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/checktest"
)

// An unknown value that a verdict hangs on is neither a finding nor silence.
func TestUnknownIsOpen(t *testing.T) {
	registryOnly := &checks.Mesh{OutboundTrafficPolicy: "REGISTRY_ONLY"}
	inMesh := &checks.Mesh{NamespaceLabels: map[string]map[string]string{"default": {"istio-injection": "enabled"}}}
	calls := func(container string) string {
		return "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {restartPolicy: Never, containers: [{name: a, image: i, " + container + "}]}\n"
	}
	const paypal = `env: [{name: A, value: "https://api.paypal.com"}]`
	for _, test := range []struct {
		name  string
		check *checks.Check
		mesh  *checks.Mesh
		text  string
		path  string // of the open question
	}{
		{"port name", serverFirstUndeclared, &checks.Mesh{}, service("{name: UNKNOWN, port: 22}"), "spec.ports[0].name"},
		{"appProtocol", serverFirstDeclaredHTTP, &checks.Mesh{}, service("{name: http, port: 25, appProtocol: UNKNOWN}"), "spec.ports[0].appProtocol"},
		{"tls mode", serverFirstMTLSConflict, &checks.Mesh{}, service("{name: tcp, port: 22}") +
			"---\napiVersion: v1\nkind: Pod\nmetadata: {name: p, labels: {app: s}}\nspec: {containers: [{name: a, image: i, ports: [{containerPort: 22}]}]}\n" +
			"---\napiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: {name: d}\nspec: {host: s, trafficPolicy: {tls: {mode: UNKNOWN}}}\n", "spec.trafficPolicy.tls.mode"},
		{"host of an entry", registryOnlyMissingServiceEntry, registryOnly, calls(paypal) + entry("hosts: [UNKNOWN], ports: [{number: 443}]"), "spec.hosts[0]"},
		{"port of an entry", registryOnlyMissingServiceEntry, registryOnly, calls(paypal) + entry("hosts: [api.paypal.com], ports: [WHOLE]"), "spec.ports"},
		{"exportTo", registryOnlyMissingServiceEntry, registryOnly, calls(paypal) + entry("hosts: [api.paypal.com], ports: [{number: 443}], exportTo: [UNKNOWN]"), "spec.exportTo[0]"},
		{"policy", registryOnlyMissingServiceEntry, &checks.Mesh{}, calls(paypal) +
			"---\napiVersion: networking.istio.io/v1\nkind: Sidecar\nmetadata: {name: d}\nspec: {outboundTrafficPolicy: {mode: UNKNOWN}}\n", "spec.outboundTrafficPolicy.mode"},
		{"value", registryOnlyMissingServiceEntry, registryOnly, calls("env: [{name: API_URL, value: UNKNOWN}]"), "spec.containers[0].env[0].value"},
		{"peer", directPodAddress, &checks.Mesh{}, calls("env: [{name: PEER, value: UNKNOWN}]"), "spec.containers[0].env[0].value"},
		{"header", hostHeaderMismatch, inMesh, calls(`args: [curl, "http://1.2.3.4", -H, UNKNOWN]`), "spec.containers[0].args[3]"},
	} {
		t.Run(test.name, func(t *testing.T) {
			checktest.Open(t, test.check, test.mesh, test.text, test.path)
		})
	}
}

func service(port string) string {
	return "apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {selector: {app: s}, ports: [" + port + "]}\n"
}

func entry(spec string) string {
	return "---\napiVersion: networking.istio.io/v1\nkind: ServiceEntry\nmetadata: {name: e}\nspec: {" + spec + "}\n"
}

// Messages and advice name the host and nothing else of a URL.
func TestMessagesHoldNoSecret(t *testing.T) {
	const env = `
apiVersion: v1
kind: Pod
metadata: {name: p}
spec:
  restartPolicy: Never
  containers:
    - name: a
      image: i
      env:
        - {name: A, value: "https://user:s3cret@api.paypal.com:8443/s3cret?key=s3cret#s3cret"}
        - {name: B, value: "http://s3cret@10.1.2.3/s3cret"}
      args: [curl, -u, "user:s3cret", "http://s3cret:s3cret@1.2.3.4/s3cret?s3cret", -H, "Host: web", -X, GET]
`
	found := 0
	for _, c := range []*checks.Check{registryOnlyMissingServiceEntry, hostHeaderMismatch, directPodAddress} {
		out := checktest.RunUnknown(t, c, &checks.Mesh{OutboundTrafficPolicy: "REGISTRY_ONLY"}, env)
		for _, f := range out.Findings {
			found++
			text := f.Message + f.Advice
			for _, r := range f.Related {
				text += r.Message
			}
			if strings.Contains(text, "s3cret") {
				t.Errorf("%s: %s", c.ID, text)
			}
		}
	}
	if found < 3 {
		t.Errorf("%d findings, too few to show anything", found)
	}
}
