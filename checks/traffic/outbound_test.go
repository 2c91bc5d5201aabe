package traffic

import (
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/manifest"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// runOn runs one check over manifests in which values are not known: the text
// UNKNOWN, a list [WHOLE] and the boolean false (where types allow no text).
func runOn(t *testing.T, c *checks.Check, mesh *checks.Mesh, text string) checks.Outcome {
	t.Helper()
	objects, errs := manifest.Read("test.yaml", []byte(text))
	for _, err := range errs {
		t.Fatal(err)
	}
	for _, o := range objects {
		hide(o.Tree)
	}
	return checks.Run([]*checks.Check{c}, object.NewSet("default", objects), mesh, checks.Selection{})
}

func hide(n *object.Node) {
	if n.Kind == object.String && n.Text == "UNKNOWN" || n.Kind == object.Bool && n.Text == "false" ||
		n.Kind == object.List && len(n.Items) == 1 && n.Items[0].Text == "WHOLE" {
		n.Kind, n.Text = object.Unknown, "var.x has no value"
	}
	for _, e := range n.Entries {
		hide(e.Value)
	}
	for _, item := range n.Items {
		hide(item)
	}
}

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
		{"command of a Job", jobSidecarNeverCompletes, inMesh, calls("command: [sh, -c, UNKNOWN]"), "spec.containers[0].command[2]"},
		{"args as a whole", jobSidecarNeverCompletes, inMesh, calls("command: [sh, -c], args: [WHOLE]"), "spec.containers[0].args"},
		{"restartPolicy", jobSidecarNeverCompletes, inMesh, strings.Replace(calls("command: [a]"), "Never", "UNKNOWN", 1), "spec.restartPolicy"},
		{"header", hostHeaderMismatch, inMesh, calls(`args: [curl, "http://1.2.3.4", -H, UNKNOWN]`), "spec.containers[0].args[3]"},
		{"quit", quitEndpointWrong, inMesh, calls("args: [curl, UNKNOWN]"), "spec.containers[0].args[1]"},
		{"kill", pkillWithoutSharedPID, inMesh, strings.Replace(calls("args: [pkill, envoy]"), "restartPolicy: Never", "shareProcessNamespace: false", 1), "spec.shareProcessNamespace"},
	} {
		t.Run(test.name, func(t *testing.T) {
			out := runOn(t, test.check, test.mesh, test.text)
			for _, f := range out.Findings {
				t.Errorf("finding: %s", f.Message)
			}
			if len(out.Questions) != 1 || out.Questions[0].Field.Path() != test.path {
				for _, o := range out.Questions {
					t.Logf("open: %s", o.Field.Path())
				}
				t.Errorf("%d open questions, want the one of %s", len(out.Questions), test.path)
			}
			// With the value known the question is closed.
			known := runOn(t, test.check, test.mesh, strings.NewReplacer(
				"ports: [WHOLE]", "ports: [{number: 1}]", "WHOLE", "x", "false", "true", "UNKNOWN", "x").Replace(test.text))
			if len(known.Questions) != 0 {
				t.Errorf("a known value leaves %s open", known.Questions[0].Field.Path())
			}
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
      command: [sh, -c, "curl -u x:s3cret http://s3cret@127.0.0.0/s3cret/quitquitquit; TOKEN=s3cret pkill -f 's3cret pilot-agent'"]
`
	found := 0
	for _, c := range []*checks.Check{registryOnlyMissingServiceEntry, hostHeaderMismatch, directPodAddress, quitEndpointWrong, pkillWithoutSharedPID} {
		out := runOn(t, c, &checks.Mesh{OutboundTrafficPolicy: "REGISTRY_ONLY"}, env)
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
	if found < 4 {
		t.Errorf("%d findings, too few to show anything", found)
	}
}
