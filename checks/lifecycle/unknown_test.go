package lifecycle

import (
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/checktest"
)

// An unknown value that a verdict hangs on is neither a finding nor silence.
func TestUnknownIsOpen(t *testing.T) {
	inMesh := &checks.Mesh{NamespaceLabels: map[string]map[string]string{"default": {"istio-injection": "enabled"}}}
	runs := func(container string) string {
		return "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {restartPolicy: Never, containers: [{name: a, image: i, " + container + "}]}\n"
	}
	for _, test := range []struct {
		name  string
		check *checks.Check
		text  string
		path  string // of the open question
	}{
		{"command of a Job", jobSidecarNeverCompletes, runs("command: [sh, -c, UNKNOWN]"), "spec.containers[0].command[2]"},
		{"args as a whole", jobSidecarNeverCompletes, runs("command: [sh, -c], args: [WHOLE]"), "spec.containers[0].args"},
		{"restartPolicy", jobSidecarNeverCompletes, strings.Replace(runs("command: [a]"), "Never", "UNKNOWN", 1), "spec.restartPolicy"},
		{"quit", quitEndpointWrong, runs("args: [curl, UNKNOWN]"), "spec.containers[0].args[1]"},
		{"kill", pkillWithoutSharedPID, strings.Replace(runs("args: [pkill, envoy]"), "restartPolicy: Never", "shareProcessNamespace: false", 1), "spec.shareProcessNamespace"},
		{"sleep", preStopOutlivesProxy, strings.Replace(runs("lifecycle: {preStop: {exec: {command: [sleep, UNKNOWN]}}}"), "Never", "Always", 1), "spec.containers[0].lifecycle.preStop.exec.command[1]"},
	} {
		t.Run(test.name, func(t *testing.T) {
			checktest.Open(t, test.check, inMesh, test.text, test.path)
		})
	}
}

// The same, with the CNI plugin.
func TestUnknownIsOpenWithCNI(t *testing.T) {
	pod := func(init string) string {
		return "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: a, image: i}], initContainers: [{name: b, image: i, " + init + "}]}\n"
	}
	for text, path := range map[string]string{
		pod("command: [sh, -c, UNKNOWN]"): "spec.initContainers[0].command[2]",
		pod("command: [curl, UNKNOWN]"):   "spec.initContainers[0].command[1]",
		pod("args: [WHOLE]"):              "spec.initContainers[0].args",
	} {
		t.Run(path, func(t *testing.T) {
			checktest.Open(t, initContainerNetworkWithCNI, &checks.Mesh{CNI: true, NativeSidecars: "off"}, text, path)
		})
	}
}

// Messages and advice name the host and nothing else of a URL or command.
func TestMessagesHoldNoSecret(t *testing.T) {
	const pod = `
apiVersion: v1
kind: Pod
metadata: {name: p}
spec:
  restartPolicy: Never
  containers:
    - name: a
      image: i
      command: [sh, -c, "curl -u x:s3cret http://s3cret@127.0.0.0/s3cret/quitquitquit; TOKEN=s3cret pkill -f 's3cret pilot-agent'"]
`
	for _, c := range []*checks.Check{quitEndpointWrong, pkillWithoutSharedPID} {
		out := checktest.RunUnknown(t, c, &checks.Mesh{}, pod)
		if len(out.Findings) == 0 {
			t.Errorf("%s reports nothing", c.ID)
		}
		for _, f := range out.Findings {
			text := f.Message + f.Advice
			for _, r := range f.Related {
				text += r.Message
			}
			if strings.Contains(text, "s3cret") {
				t.Errorf("%s: %s", c.ID, text)
			}
		}
	}
}
