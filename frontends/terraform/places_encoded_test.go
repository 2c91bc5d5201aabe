package terraform

import (
	"strings"
	"testing"
)

// encodedRoot has objects that are written in one place and encoded in another.
const encodedRoot = `variable "uid" { default = 1337 }
variable "deployment" {
  default = {
    apiVersion = "v1"
    kind       = "Pod"
    metadata   = { name = "v" }
    spec = {
      securityContext = { runAsUser = 1337 }
    }
  }
}
locals {
  pod = {
    apiVersion = "v1"
    kind       = "Pod"
    metadata   = { name = "web", labels = local.labels }
    spec = {
      securityContext = { runAsUser = 1337 }
      hostname        = var.uid == 1337 ? "a" : "b"
      dnsPolicy       = lower(local.policy)
    }
  }
  policy = "DEFAULT"
  labels = {
    app = "web"
  }
  body = yamlencode({
    apiVersion = "v1"
    kind       = "Pod"
    metadata   = { name = "b" }
    spec       = { securityContext = { runAsUser = 1337 } }
  })
}
`

// TestPlacesOfEncodedObjects follows values through yamlencode() and jsonencode() to where
// each of them is written.
func TestPlacesOfEncodedObjects(t *testing.T) {
	const uid = "spec.securityContext.runAsUser"
	for name, c := range map[string]struct{ body, path, want string }{
		"a local":               {`yamlencode(local.pod)`, uid, "main.tf:38:26 local.pod <- local local.pod main.tf:18:39 1337"},
		"a local in JSON":       {`jsonencode(local.pod)`, uid, "main.tf:38:26 local.pod <- local local.pod main.tf:18:39 1337"},
		"a local in a local":    {`yamlencode(local.pod)`, "metadata.labels.app", "main.tf:38:26 local.pod <- local local.labels main.tf:25:11 web"},
		"a default":             {`yamlencode(var.deployment)`, uid, "main.tf:38:26 var.deployment <- default var.deployment main.tf:8:39 1337"},
		"merge, the local":      {`yamlencode(merge(local.pod, { metadata = { name = "m" } }))`, uid, "main.tf:38:32 local.pod <- local local.pod main.tf:18:39 1337"},
		"merge, what is put in": {`yamlencode(merge(local.pod, { metadata = { name = "m" } }))`, "metadata.name", "main.tf:38:65 m"},
		"an expression":         {`yamlencode(local.pod)`, "spec.hostname", "main.tf:38:26 local.pod <- local local.pod main.tf:19:43 a"},
		"computed":              {`yamlencode(local.pod)`, "spec.dnsPolicy", "main.tf:38:26 local.pod <- local local.policy main.tf:23:12 DEFAULT (derived)"},
		"trimmed":               {`chomp(yamlencode(local.pod))`, uid, "main.tf:38:32 local.pod <- local local.pod main.tf:18:39 1337"},
		"made anew":             {`yamlencode({ for k, v in local.pod : k => v })`, uid, "main.tf:38:57 v <- local local.pod main.tf:18:39 1337"},
		"nothing guessed":       {`yamlencode(zipmap(keys(local.pod), values(local.pod)))`, uid, "main.tf:38:26 zipmap(keys(local.pod), values(local.pod))"},
		"encoded elsewhere":     {`local.body`, uid, "main.tf:31:52 1337 <- argument yaml_body main.tf:38:15 local.body"},
		"read and encoded":      {`yamlencode(yamldecode(file("pod.yaml")))`, uid, "pod.yaml:4:37 1337 <- argument kubectl_manifest.m.yaml_body main.tf:38:26 yamldecode("},
	} {
		t.Run(name, func(t *testing.T) {
			root := loadText(t, map[string]string{
				"main.tf":  encodedRoot + "# 34\n# 35\nresource \"kubectl_manifest\" \"m\" {\n  # 37\n  yaml_body = " + c.body + "\n}\n",
				"pod.yaml": "apiVersion: v1\nkind: Pod\nmetadata: {name: f}\nspec: {securityContext: {runAsUser: 1337}}\n",
			})
			if got := placed(only(t, root).Get(strings.Split(c.path, ".")...).Origin()); !strings.HasPrefix(strings.ReplaceAll(got, `"`, ""), c.want) {
				t.Errorf("%s is at\n  %s, want\n  %s", c.path, got, c.want)
			}
		})
	}
}

// TestPlacesOfDecodedObjects follows values through what reads an encoded text again.
func TestPlacesOfDecodedObjects(t *testing.T) {
	for name, c := range map[string]struct{ manifest, path, want string }{
		"YAML":        {`yamldecode(yamlencode(local.pod))`, "spec.securityContext.runAsUser", "main.tf:38:36 local.pod <- local local.pod main.tf:18:39 1337"},
		"JSON":        {`jsondecode(jsonencode(local.pod))`, "metadata.labels.app", "main.tf:38:36 local.pod <- local local.labels main.tf:25:11 web"},
		"a JSON file": {`jsondecode(file("pod.json"))`, "spec.securityContext.runAsUser", "pod.json:4:44 1337 <- argument kubernetes_manifest.m.manifest main.tf:38:14 jsondecode("},
		"a set":       {`jsondecode(jsonencode(merge(local.pod, { x = toset(["b", local.policy]) })))`, "x[0]", "main.tf:38:71 local.policy <- local local.policy main.tf:23:12 DEFAULT"},
	} {
		t.Run(name, func(t *testing.T) {
			place := placed(valueAt(t, map[string]string{
				"main.tf":  encodedRoot + "# 34\n# 35\nresource \"kubernetes_manifest\" \"m\" {\n  # 37\n  manifest = " + c.manifest + "\n}\n",
				"pod.json": "{\"apiVersion\": \"v1\",\n\t\"kind\": \"Pod\",\n\t\"metadata\": {\"name\": \"f\"},\n\t\"spec\": {\"securityContext\": {\"runAsUser\": 1337}}}\n",
			}, "kubernetes_manifest.m", "manifest."+c.path).Ref.Origin())
			if !strings.HasPrefix(strings.ReplaceAll(place, `"`, ""), c.want) {
				t.Errorf("%s is at\n  %s, want\n  %s", c.path, place, c.want)
			}
		})
	}
}
