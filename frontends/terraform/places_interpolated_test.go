package terraform

import (
	"strings"
	"testing"
)

// TestOriginsOfInterpolations holds that what a template takes in is edited where the
// template has it, and leads to where its value is written.
func TestOriginsOfInterpolations(t *testing.T) {
	const head = "locals {\n  uid = 1337\n  name = \"web\"\n  both = \"${local.name}-x\"\n}\n"
	const pod = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a-${N}-b\nspec:\n  securityContext:\n    runAsUser: ${U}\n"
	for name, c := range map[string]struct{ n, u, wantName, wantUser string }{
		"locals":      {"local.name", "local.uid", "main.tf:11:9 a-${local.name}-b", "main.tf:14:16 ${local.uid} <- local local.uid main.tf:2:9 1337"},
		"expressions": {"upper(local.name)", "local.uid + 0", "main.tf:11:9 a-${upper(local.name)}-b", "main.tf:14:16 ${local.uid + 0} <- local local.uid main.tf:2:9 1337 (derived)"},
		"in between":  {"local.name", `local.uid == 1 ? 2 : local.uid`, "main.tf:11:9 ", "main.tf:14:16 ${local.uid == 1 ? 2 : local.uid} <- local local.uid main.tf:2:9 1337"},
	} {
		t.Run(name, func(t *testing.T) {
			text := strings.NewReplacer("${N}", "${"+c.n+"}", "${U}", "${"+c.u+"}").Replace(pod)
			o := only(t, loadText(t, map[string]string{"main.tf": head + "resource \"kubectl_manifest\" \"x\" {\n  yaml_body = <<YAML\n" + text + "YAML\n}\n"}))
			for f, want := range map[string]string{
				"name": c.wantName, "user": c.wantUser,
			} {
				got := placed(o.Get("metadata", "name").Origin())
				if f == "user" {
					got = placed(o.Get("spec", "securityContext", "runAsUser").Origin())
				}
				if !strings.HasPrefix(got, want) {
					t.Errorf("the %s is at\n  %s, want\n  %s", f, got, want)
				}
			}
		})
	}
}

// TestOriginsInTemplateFiles follows the variables of templatefile() to where the call
// has them from.
func TestOriginsInTemplateFiles(t *testing.T) {
	files := map[string]string{
		"pod.tftpl": "apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec:\n  securityContext:\n    runAsUser: ${uid}\n",
		"main.tf": `variable "settings" {
  default = {
    uid = 1337
  }
}
resource "kubectl_manifest" "x" {
  yaml_body = templatefile("pod.tftpl", var.settings)
}
resource "kubernetes_manifest" "y" {
  manifest = yamldecode(templatefile("pod.tftpl", { uid = var.settings.uid }))
}
`,
	}
	const template = "pod.tftpl:6:16 ${uid} <- default var.settings main.tf:3:11 1337 <- argument "
	for i, want := range []string{template + "kubectl_manifest.x.yaml_body main.tf:7:15 ", template + "kubernetes_manifest.y.manifest main.tf:10:14 "} {
		got := placed(loadText(t, files).Objects[i].Get("spec", "securityContext", "runAsUser").Origin())
		if !strings.HasPrefix(got, want) {
			t.Errorf("the user is at\n  %s, want\n  %s", got, want)
		}
	}
}

// TestOriginsInValuesOfReleases holds that values of a release that are written elsewhere
// lead there.
func TestOriginsInValuesOfReleases(t *testing.T) {
	for name, c := range map[string]struct{ values, want string }{
		"a heredoc": {"<<YAML\nuid: ${local.values.uid}\nYAML\n", "value uid main.tf:9:6 | local local.values main.tf:3:11 | argument helm_release.web main.tf:8:13"},
		"encoded":   {"yamlencode(local.values)", "value uid main.tf:3:11 | argument helm_release.web main.tf:8:13"},
		"merged":    {"yamlencode(merge({ uid = 1 }, local.values))", "value uid main.tf:3:11 | argument helm_release.web main.tf:8:13"},
		"a list":    {"jsonencode({ uid = local.values.uid })", "value uid main.tf:3:11 | argument helm_release.web main.tf:8:13"},
	} {
		t.Run(name, func(t *testing.T) {
			o := only(t, loadText(t, chart(map[string]string{"main.tf": "locals {\n  values = {\n    uid = 1337\n  }\n}\nresource \"helm_release\" \"web\" {\n  chart = \"./charts/web\"\n  values = [" +
				c.values + "]\n  name = \"web\"\n}\n"})))
			want := "templates/pod.yaml:9:19 | " + c.want
			if got := fieldTrace(o.Get("spec", "securityContext", "runAsUser")); got != want {
				t.Errorf("the user is at\n  %s, want\n  %s", got, want)
			}
		})
	}
}
