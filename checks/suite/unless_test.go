package suite_test

import (
	"strings"
	"testing"
)

// TestUnlessInMessages says that a finding that hangs on such labels says so, and that of
// a check that does not ask for enrolment does not.
func TestUnlessInMessages(t *testing.T) {
	const text = "apiVersion: v1\nkind: Pod\nmetadata: {name: p, labels: {app: a}, annotations: {sidecar.istio.io/inject: 'true'}}\n" +
		"spec: {containers: [{name: main, image: a}], securityContext: {runAsUser: 1337}}\n" +
		"---\napiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {selector: {app: a}, ports: [{name: tcp, port: 80, targetPort: 15001}, {name: sctp, port: 81, protocol: HTTP}]}\n"
	set := setOf(t, text)
	set.Workloads()[0].Labels().Node().Partial = "var.labels has no value"
	const unless = " (unless var.labels turns injection off)"
	for id, want := range map[string]bool{"MESH201": true, "MESH502": true, "MESH110": false} {
		findings := runOne(t, id, set).Findings
		if len(findings) != 1 || strings.HasSuffix(findings[0].Message, unless) != want {
			t.Errorf("%s: %d findings, the first of which must say %q: %v", id, len(findings), unless, want)
			for _, f := range findings {
				t.Log(f.Message)
			}
		}
	}
}
