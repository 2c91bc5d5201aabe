package helm

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mesh-check/mesh-check/render/source"
)

func TestBlame(t *testing.T) {
	c := load(t, web, Options{ReleaseName: "r", NoCI: true})
	r, errs := c.Render("default")
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	var got []string
	for f := range r.Blame() {
		for _, d := range f.Documents {
			got = append(got, fmt.Sprintf("%s %v %s %s %s %v", f.Template, f.Exact, d.APIVersion, d.Kind, d.Name, d.Hook))
			for _, n := range d.Nodes {
				if d.Kind != "Service" && n.Part == "key" {
					continue
				}
				line := fmt.Sprintf("  %s %s = %q: %s:%d:%d %s", n.Part, n.Path, n.Value, n.Template.File, n.Template.Line, n.Template.Column, n.Template.Kind)
				for _, call := range n.Chain {
					line += fmt.Sprintf(" <- %s %s %s:%d:%d", call.Kind, call.Name, call.File, call.Line, call.Column)
				}
				if o := n.Origin; o != nil {
					line += fmt.Sprintf(" of %s %s %s:%d:%d", o.Kind, o.Path, o.File, o.Line, o.Column)
				}
				got = append(got, line)
			}
		}
	}
	want := strings.Split(strings.TrimSpace(blamed), "\n")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	data, err := json.Marshal(slices.Collect(r.Blame()))
	if err != nil || !strings.Contains(string(data), `"chain":[]`) || strings.Contains(string(data), ":null,\"chain\"") {
		t.Errorf("%v in %.200s", err, data)
	}
}

const blamed = `
crds/crd.yaml true apiextensions.k8s.io/v1 CustomResourceDefinition a.b []
  value apiVersion = "apiextensions.k8s.io/v1": crds/crd.yaml:1:13 text
  value kind = "CustomResourceDefinition": crds/crd.yaml:2:7 text
  value metadata.name = "a.b": crds/crd.yaml:3:18 text
templates/a-hook.yaml true v1 Pod h [pre-install post-upgrade]
  value apiVersion = "v1": templates/a-hook.yaml:1:13 text
  value kind = "Pod": templates/a-hook.yaml:2:7 text
  value metadata.name = "h": templates/a-hook.yaml:4:9 text
  value metadata.annotations["helm.sh/hook"] = "pre-install, post-upgrade": templates/a-hook.yaml:6:19 text
templates/a-hook.yaml true v1 List  []
  value kind = "List": templates/a-hook.yaml:8:7 text
  value apiVersion = "v1": templates/a-hook.yaml:9:13 text
  value items[0].apiVersion = "v1": templates/a-hook.yaml:11:16 text
  value items[0].kind = "ConfigMap": templates/a-hook.yaml:11:26 text
  value items[0].metadata.name = "c": templates/a-hook.yaml:11:54 text
  value items[0].data.a = "2": templates/a-hook.yaml:11:77 text
templates/b-service.yaml true v1 Service r []
  key apiVersion = "apiVersion": templates/b-service.yaml:1:1 text
  value apiVersion = "v1": templates/b-service.yaml:1:13 text
  key kind = "kind": templates/b-service.yaml:2:1 text
  value kind = "Service": templates/b-service.yaml:2:7 text
  key metadata = "metadata": templates/b-service.yaml:3:1 text
  key metadata.name = "name": templates/b-service.yaml:4:3 text
  value metadata.name = "r": templates/b-service.yaml:4:12 action of release Name :0:0
  key metadata.labels = "labels": templates/b-service.yaml:5:3 text
  key metadata.labels.app = "app": templates/_helpers.tpl:2:1 text <- include web.labels templates/b-service.yaml:5:15
  value metadata.labels.app = "web": templates/_helpers.tpl:2:6 text <- include web.labels templates/b-service.yaml:5:15
  key metadata.labels.role = "role": templates/_helpers.tpl:3:1 text <- include web.labels templates/b-service.yaml:5:15
  value metadata.labels.role = "front": templates/_helpers.tpl:3:10 action <- include web.labels templates/b-service.yaml:5:15 of values role values.yaml:2:7
  key spec = "spec": templates/b-service.yaml:6:1 text
  key spec.ports = "ports": templates/b-service.yaml:7:3 text
  key spec.ports[0].port = "port": templates/b-service.yaml:8:5 text
  value spec.ports[0].port = "80": templates/b-service.yaml:8:14 action of values port values.yaml:1:7
  key spec.ports[0].name = "name": templates/b-service.yaml:9:5 text
  value spec.ports[0].name = "http": templates/b-service.yaml:9:12 text
  key spec.ports[0].protocol = "protocol": templates/b-service.yaml:10:6 text
  value spec.ports[0].protocol = "": templates/b-service.yaml:10:6 text
`

// TestLines gives every line of the manifests with the place of its text.
func TestLines(t *testing.T) {
	c := load(t, web, Options{ReleaseName: "r", NoCI: true})
	r, _ := c.Render("default")
	var files [][]BlameLine
	for _, lines := range r.Lines() {
		files = append(files, lines)
	}
	if blamed := slices.Collect(r.Blame()); len(files) != len(blamed) {
		t.Fatalf("%d files, blame has %d", len(files), len(blamed))
	}
	var got []string
	for _, line := range files[2] {
		if line.Origin.Span.File == nil {
			continue
		}
		text := strings.TrimSpace(line.Text) + " | " + relative(c, line.Origin.Span.String())
		if step, ok := line.Origin.ValueStep(); ok && step.Role == source.Value {
			text += " " + step.Name
		}
		got = append(got, text)
	}
	if diff := cmp.Diff(wantLines, got); diff != "" {
		t.Error(diff)
	}
}

var wantLines = []string{
	"apiVersion: v1 | templates/b-service.yaml:1:1",
	"kind: Service | templates/b-service.yaml:2:1",
	"metadata: | templates/b-service.yaml:3:1",
	"name: r | templates/b-service.yaml:4:3",
	"labels: | templates/b-service.yaml:5:3",
	"app: web | templates/_helpers.tpl:2:1",
	"role: front | templates/_helpers.tpl:3:1 role",
	"spec: | templates/b-service.yaml:6:1",
	"ports: | templates/b-service.yaml:7:3",
	"- port: 80 | templates/b-service.yaml:8:3 port",
	"name: 'http' | templates/b-service.yaml:9:5",
	`"protocol": | templates/b-service.yaml:10:5`,
}
