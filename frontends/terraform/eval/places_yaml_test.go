package eval

import (
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/frontends/object"
)

const twoManifests = `apiVersion: v1
kind: Service
metadata: {name: web}
---
apiVersion: v1
kind: Pod
metadata:
  name: web
  labels: &labels {app: web}
spec:
  hostname: 017
  nodeName: |
    one
  securityContext: {runAsUser: 1337}
`

// TestPlacesInYAML follows values through the functions that read YAML to their lines in
// the file, however the text comes to them.
func TestPlacesInYAML(t *testing.T) {
	second := `all.yaml:14:32 1337 <- argument kubernetes_manifest.m.manifest main.tf:`
	for name, c := range map[string]struct{ main, path, want string }{
		"split": {`locals {
  docs = split("---\n", file("${path.module}/all.yaml"))
}
resource "kubernetes_manifest" "m" {
  manifest = [for d in local.docs : yamldecode(d)][1]
}`, "spec.securityContext.runAsUser", second + "5:37 yamldecode(d)"},
		"trimmed, and the empty ones left out": {`resource "kubernetes_manifest" "m" {
  manifest = yamldecode([for d in compact(split("---", "${file("all.yaml")}")) : trimspace(d) if trimspace(d) != ""][1])
}`, "spec.securityContext.runAsUser", second + "2:14 "},
		"manifest_decode_multi": {`resource "kubernetes_manifest" "m" {
  manifest = provider::kubernetes::manifest_decode_multi(file("all.yaml"))[1]
}`, "spec.securityContext.runAsUser", second + "2:14 "},
		"merge": {`resource "kubernetes_manifest" "m" {
  manifest = merge(provider::kubernetes::manifest_decode(split("---\n", file("all.yaml"))[1]), { spec = { x = 1 } })
}`, "metadata.name", "all.yaml:8:9 web <- argument kubernetes_manifest.m.manifest main.tf:2:20 "},
		"what merge puts in": {`resource "kubernetes_manifest" "m" {
  manifest = merge(provider::kubernetes::manifest_decode(split("---\n", file("all.yaml"))[1]), { spec = { x = 1 } })
}`, "spec.x", "main.tf:2:"},
		"a variable": {`variable "text" {
  default = <<-EOT
    apiVersion: v1
    kind: Pod
    metadata:
      name: x
  EOT
}
resource "kubernetes_manifest" "m" {
  manifest = yamldecode(var.text)
}`, "metadata.name", "main.tf:6:13 x <- argument kubernetes_manifest.m.manifest main.tf:10:14 "},
		"a template": {`resource "kubernetes_manifest" "m" {
  manifest = yamldecode(templatefile("pod.tftpl", { name = "n" }))
}`, "spec.securityContext.runAsUser", "pod.tftpl:4:37 1337 <- argument kubernetes_manifest.m.manifest main.tf:2:14 "},
		"both read the scalar in their way": {`resource "kubernetes_manifest" "m" {
  manifest = yamldecode(split("---\n", file("all.yaml"))[1])
}`, "spec.hostname", "all.yaml:11:13 017 <- argument"},
		"a block scalar": {`resource "kubernetes_manifest" "m" {
  manifest = yamldecode(split("---\n", file("all.yaml"))[1])
}`, "spec.nodeName", "all.yaml:13:5 one <- argument"},
		"no file": {`resource "kubernetes_manifest" "m" {
  manifest = yamldecode(upper(join("\n", ["kind: pod", "a: b"])))
}`, "KIND", "main.tf:2:14 yamldecode("},
		"a key that only the library reads so": {`resource "kubernetes_manifest" "m" {
  manifest = yamldecode("{017: 1, apiVersion: v1}")
}`, "17", "main.tf:2:14 "},
	} {
		t.Run(name, func(t *testing.T) {
			files := map[string]string{"main.tf": c.main, "all.yaml": twoManifests,
				"pod.tftpl": "apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\nspec: {securityContext: {runAsUser: 1337}}\n"}
			got := evaluated(t, files, Options{})
			place := placed(at(t, got, "kubernetes_manifest.m", "manifest."+c.path).Ref.Origin())
			if !strings.HasPrefix(place, c.want) {
				t.Errorf("it is written at\n  %s, want\n  %s", place, c.want)
			}
		})
	}
}

// TestPlacesOfYAMLInTypedResources holds that an expression for one attribute is what a
// person edits, with the trace to the line in the file.
func TestPlacesOfYAMLInTypedResources(t *testing.T) {
	c := evaluated(t, map[string]string{
		"main.tf": "locals {\n  c = yamldecode(file(\"c.yaml\"))\n}\n" + pod("local.c.labels", "local.c.uid"),
		"c.yaml":  "uid: 01337\nlabels:\n  app: web\n",
	}, Options{})
	for path, want := range map[string]string{
		podUser:                  "main.tf:11:21 local.c.uid <- local local.c c.yaml:1:6 01337",
		"metadata[0].labels.app": "main.tf:7:14 local.c.labels <- local local.c c.yaml:3:8 web",
	} {
		if got := placed(at(t, c, "kubernetes_pod.p", path).Ref.Origin()); got != want {
			t.Errorf("%s at\n  %s, want\n  %s", path, got, want)
		}
	}
	if n := at(t, c, "kubernetes_pod.p", podUser); n.Kind != object.Int || n.Text != "1337" {
		t.Errorf("the user is %v %s", n.Kind, n.Text)
	}
}
