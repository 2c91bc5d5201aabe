package terraform

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/terraform/eval"
	"github.com/mesh-check/mesh-check/render/source/sourcetest"
)

// configurations are what the fuzzer starts from: each a construct of its own.
var configurations = []string{
	`resource "kubernetes_pod_v1" "p" {
  metadata {
    name   = "p"
    labels = merge({ app = "web" }, { release = var.release })
  }
  spec {
    container {
      name  = "a"
      image = "b"
      dynamic "port" {
        for_each = toset(["80", "443"])
        content { container_port = port.value }
      }
    }
  }
}
variable "release" {}
`,
	`locals {
  a = local.b
  b = [for i in range(3) : "${i}-${local.a}"]
}
resource "kubernetes_service" "s" {
  count = length(local.b)
  metadata { name = "s-${count.index}" }
  spec {
    selector = { app = kubernetes_deployment.d["x"].metadata.0.labels.app }
    port { port = 80 }
  }
}
resource "kubernetes_deployment" "d" {
  for_each = { x = 1, y = 2 }
  metadata {
    name   = each.key
    labels = { app = upper(each.key) }
  }
}
`,
	"resource \"kubectl_manifest\" \"m\" {\n  yaml_body = <<-EOT\n    apiVersion: v1\n    kind: Service\n    metadata: {name: ${var.n}}\n  EOT\n}\nvariable \"n\" { default = \"x\" }\n",
	`resource "kubernetes_manifest" "m" {
  manifest = yamldecode(yamlencode({ apiVersion = "v1", kind = "Namespace", metadata = { name = try(var.x.y, "n"), labels = null } }))
}
variable "x" {
  type    = object({ y = optional(string, "d") })
  default = {}
}
`,
	`module "m" {
  source   = "./."
  for_each = var.s
  s        = each.value
}
variable "s" { default = ["a"] }
`,
	`resource "kubernetes_labels" "l" {
  api_version = "v1"
  kind        = "Namespace"
  metadata { name = sensitive("x") }
  labels = { "istio-injection" = file("main.tf") == "" ? null : "enabled" }
}
`,
	"resource \"kubernetes_manifest\" \"a\x1b\n\x00\" {}\n", "x = ((((((((1))))))))", "a {", "\xff\xfe", "resource \"\" \"\" {}\n", "locals { a = 1e999999 }\n", "locals { a = \"${1e99}${true ? 1 : [] }\" }\n",
}

// maxFuzzed bounds what is tried in bytes: longer texts take time and find nothing new.
const maxFuzzed = 1 << 14

// FuzzConfiguration evaluates any text as a configuration: it ends soon, no fault of
// it is ours, and every place lies in its file.
func FuzzConfiguration(f *testing.F) {
	for _, c := range configurations {
		f.Add(c)
	}
	for _, c := range sourcetest.Seeds(f, "data/terraform/corpus", 2000, 40, sourcetest.Ending(".tf")) {
		f.Add(c)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > maxFuzzed {
			return
		}
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "main.tf"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		begin := time.Now()
		out, err := Load(dir, Options{Options: eval.Options{Within: dir}})
		if err != nil {
			t.Fatal(err)
		}
		if took := time.Since(begin); took > 10*time.Second {
			t.Errorf("it took %s", took)
		}
		sound(t, out)
	})
}

// FuzzPlan reads any text as a plan: whatever is told of it has a place inside of it or
// names it.
func FuzzPlan(f *testing.F) {
	for _, plan := range []string{
		fmt.Sprintf(planOf, podChange(0, `"create"`)),
		`{"format_version": "1.2", "planned_values": {"root_module": {"resources": [null, 5, {"type": 7, "values": []},
		{"type": "kubernetes_pod_v1", "values": null}, {"address": "kubernetes_pod_v1.a", "type": "kubernetes_pod_v1", "values": {"spec": {"container": "x"}}}],
		"child_modules": [null]}}}`,
		`{"format_version": "1.0", "resource_changes": [{"address": "kubernetes_manifest.a", "type": "kubernetes_manifest",
		"change": {"after": {"manifest": {"apiVersion": "v1", "kind": "Pod", "spec": [1, {}]}}, "after_unknown": {"manifest": [true]}, "after_sensitive": [true]}}]}`,
		`{"format_version":"1.2","resource_changes":[{"address":"kubernetes_pod_v1.p","mode":"managed","type":"kubernetes_pod_v1","name":"p","change":{"actions":["create"],"after":{"metadata":[{"name":"p","labels":{"a":"b"}}],"spec":[{"security_context":[{"run_as_user":"1337"}]}]},"after_unknown":{"metadata":[{"uid":true}]},"after_sensitive":{"metadata":[{"labels":{"a":true}}]}}}]}`,
		`{"format_version":"1.0","errored":true,"planned_values":{"root_module":{"resources":[null,{"address":1}],"child_modules":[{}]}}}`,
		`{"format_version":"1.2","resource_changes":[{"address":"a","type":"kubernetes_service","change":{"actions":["no-op"],"after":[],"after_unknown":true}}],"configuration":{"root_module":{"resources":[{"expressions":{}}]}}}`,
		`PK` + "\x03\x04", `[]`, `{`, ``, `{"format_version":"99"}`,
	} {
		f.Add(plan)
	}
	for _, plan := range sourcetest.Seeds(f, "data/terraform/plans", maxFuzzed, 10, sourcetest.Ending("plan.json")) {
		f.Add(plan)
	}
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > maxFuzzed {
			return
		}
		begin := time.Now()
		out, err := LoadPlan("plan.json", []byte(text), Options{Options: eval.Options{Within: dir}}, dir)
		if took := time.Since(begin); took > 10*time.Second {
			t.Errorf("it took %s", took)
		}
		if err != nil {
			if err.Error() == "" {
				t.Error("an error without words")
			}
			return
		}
		sound(t, out)
		for _, e := range out.Errors {
			if !e.At.Valid() && e.Path == "" {
				t.Errorf("%v has no place", e)
			}
		}
		for _, o := range out.Objects {
			for path, field := range leaves(o) {
				if !field.Origin().Span.Valid() {
					t.Errorf("%s %s has no place", o, path)
				}
			}
		}
	})
}

// sound tests what holds of whatever was read.
func sound(t *testing.T, out *Root) {
	t.Helper()
	for _, err := range out.Errors {
		if strings.Contains(err.Do, "report it") || strings.Contains(err.What, "cannot be evaluated") {
			t.Errorf("a fault of ours: %v", err)
		}
		if at := err.At; at.File != nil && (at.Start < 0 || at.End < at.Start || at.End > len(at.File.Data)) {
			t.Errorf("an error at bytes %d to %d of %d", at.Start, at.End, len(at.File.Data))
		}
		if strings.ContainsFunc(err.Error(), unicode.IsControl) {
			t.Errorf("not one line: %q", err)
		}
	}
	for _, o := range out.Objects {
		eachField(o.Root(), func(f object.Field) {
			if wrong := misplaced(f.Origin()); wrong != "" {
				t.Errorf("%s: %s", f.Path(), wrong)
			}
			if f.Unknown() && f.Reason() == "" {
				t.Errorf("%s is unknown without a reason", f.Path())
			}
		})
	}
}
