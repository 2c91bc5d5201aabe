package terraform

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/terraform/eval"
	"github.com/mesh-check/mesh-check/frontends/terraform/kube"
	"github.com/mesh-check/mesh-check/render/source"
)

func TestManifest(t *testing.T) {
	o := only(t, loadText(t, map[string]string{"main.tf": `variable "host" {}
resource "kubernetes_manifest" "vs" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "VirtualService"
    metadata = {
      name = "vs"
      gone = null
    }
    spec = {
      hosts = [var.host]
    }
  }
}
`}))
	if o.String() != "VirtualService default/vs" || o.Address != "kubernetes_manifest.vs" {
		t.Errorf("the object is %s at %s", o, o.Address)
	}
	if got := spot(o.Get("metadata", "name").AtKey().Origin().Span); got != "main.tf:7:7" {
		t.Errorf("the name is at %s", got)
	}
	if o.Get("metadata", "gone").Exists() {
		t.Error("a null stayed")
	}
	if host := o.Get("spec", "hosts").Items()[0]; !host.Unknown() || !strings.Contains(host.Reason(), "var.host") {
		t.Errorf("the host is %v", host.Node())
	}
}

// The provider converts the scalars of a manifest to what the server's types want.
func TestManifestIsConverted(t *testing.T) {
	o := only(t, loadText(t, map[string]string{"main.tf": `
resource "kubernetes_manifest" "s" {
  manifest = {
    apiVersion = "v1"
    kind       = "Service"
    metadata   = { name = "s", labels = { n = 1, b = true } }
    spec = {
      publishNotReadyAddresses = "true"
      ports                    = [{ port = "80", targetPort = "http" }, { port = 81, targetPort = 8081 }]
    }
  }
}
`}))
	want := `{"apiVersion":"v1","kind":"Service","metadata":{"labels":{"b":"true","n":"1"},"name":"s"},"spec":{` +
		`"ports":[{"port":80,"targetPort":"http"},{"port":81,"targetPort":8081}],"publishNotReadyAddresses":true}}`
	if diff := cmp.Diff(want, jsonOf(t, o.Tree)); diff != "" {
		t.Error(diff)
	}
}

func TestManifestThatIsNotKnown(t *testing.T) {
	root := loadText(t, map[string]string{"main.tf": `variable "m" {}
resource "kubernetes_manifest" "x" {
  manifest = var.m
}
resource "kubectl_manifest" "y" {
  yaml_body = var.m
}
resource "kubernetes_manifest" "z" {
  manifest = { kind = "X" }
}
`})
	notes := strings.Join(root.Notes, "\n")
	for _, want := range []string{"kubernetes_manifest.x was not analyzed", "kubectl_manifest.y was not analyzed", "var.m has no value"} {
		if !strings.Contains(notes, want) {
			t.Errorf("notes %q do not say %q", notes, want)
		}
	}
	if len(root.Errors) != 1 || spot(root.Errors[0].At) != "main.tf:9:14" || !strings.Contains(root.Errors[0].What, "no apiVersion") {
		t.Errorf("errors are %v", root.Errors)
	}
}

const service = `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  ports:
  - port: 80
    name: wrong
`

func TestPlacesOfYAML(t *testing.T) {
	indented := strings.ReplaceAll(service, "\n", "\n    ")
	for _, tc := range []struct {
		name   string
		files  map[string]string
		places map[string]string // by path: place, then the trace
	}{
		{"heredoc", map[string]string{"main.tf": "resource \"kubectl_manifest\" \"x\" {\n  yaml_body = <<YAML\n" + service + "YAML\n}\n"},
			map[string]string{"metadata.name": "main.tf:6:9", "spec.ports[0].name": "main.tf:10:11"}},
		{"flush heredoc", map[string]string{"main.tf": "resource \"kubectl_manifest\" \"x\" {\n  yaml_body = <<-YAML\n    " + strings.TrimRight(indented, " ") + "  YAML\n}\n"},
			map[string]string{"metadata.name": "main.tf:6:13", "spec.ports[0].name": "main.tf:10:15"}},
		{"heredoc with interpolation", map[string]string{"main.tf": "locals {\n  n = \"web\"\n}\nresource \"kubectl_manifest\" \"x\" {\n  yaml_body = <<YAML\n" +
			strings.Replace(service, "name: web", "name: a-${local.n}-b", 1) + "YAML\n}\n"},
			map[string]string{"metadata.name": "main.tf:9:9", "spec.ports[0].name": "main.tf:13:11"}},
		{"file", map[string]string{"main.tf": "resource \"kubectl_manifest\" \"x\" {\n  yaml_body = file(\"${path.module}/a.yaml\")\n}\n", "a.yaml": service},
			map[string]string{"metadata.name": "a.yaml:4:9 main.tf:2:15", "spec.ports[0].name": "a.yaml:8:11 main.tf:2:15"}},
		{"templatefile", map[string]string{"main.tf": "resource \"kubectl_manifest\" \"x\" {\n  yaml_body = templatefile(\"a.tftpl\", { n = \"web\" })\n}\n",
			"a.tftpl": strings.Replace(service, "name: web", "name: ${n}", 1)},
			map[string]string{"metadata.name": "a.tftpl:4:9 main.tf:2:46 main.tf:2:15", "spec.ports[0].name": "a.tftpl:8:11 main.tf:2:15"}},
		{"template with a loop", map[string]string{"main.tf": "resource \"kubectl_manifest\" \"x\" {\n  yaml_body = templatefile(\"a.tftpl\", { ports = [80, 81] })\n}\n",
			"a.tftpl": "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  ports:\n%{ for p in ports ~}\n  - port: ${p}\n    name: wrong-${p}\n%{ endfor ~}\n  type: ClusterIP\n"},
			map[string]string{"metadata.name": "a.tftpl:4:9 main.tf:2:15", "spec.ports[0].name": "a.tftpl:7:1 main.tf:2:15 inexact",
				"spec.type": "a.tftpl:11:9 main.tf:2:15"}},
		{"several lines of one interpolation", map[string]string{"main.tf": "resource \"kubectl_manifest\" \"x\" {\n  yaml_body = <<YAML\napiVersion: v1\nkind: Service\nmetadata:\n  name: web\n" +
			"  labels:\n    ${indent(4, yamlencode({ a = \"1\", b = \"2\" }))}\n  annotations:\n    x: ${\"why\"}\nspec:\n  type: ClusterIP\nYAML\n}\n"},
			map[string]string{"metadata.name": "main.tf:6:9", "metadata.labels.b": "main.tf:8:1 inexact",
				"metadata.annotations.x": "main.tf:8:1 inexact", "spec.type": "main.tf:12:9"}},
		{"yamlencode", map[string]string{"main.tf": `resource "kubectl_manifest" "x" {
  yaml_body = yamlencode({
    apiVersion = "v1"
    kind       = "Service"
    metadata   = { name = "web" }
    spec = {
      ports = [{
        port = 80
        name = "wrong"
      }]
    }
  })
}
`}, map[string]string{"metadata.name": "main.tf:5:27", "spec.ports[0].name": "main.tf:9:16"}},
		{"documents of a file", map[string]string{"main.tf": `data "kubectl_file_documents" "d" {
  content = file("${path.module}/all.yaml")
}
resource "kubectl_manifest" "x" {
  for_each  = data.kubectl_file_documents.d.manifests
  yaml_body = each.value
}
`, "all.yaml": "# nothing\n---\n" + service},
			map[string]string{"metadata.name": "all.yaml:6:9 main.tf:6:15", "spec.ports[0].name": "all.yaml:10:11 main.tf:6:15"}},
		{"documents of a path", map[string]string{"main.tf": `data "kubectl_path_documents" "d" {
  pattern = "${path.module}/m/*.yaml"
  vars    = { n = "web" }
}
resource "kubectl_manifest" "x" {
  count     = length(data.kubectl_path_documents.d.documents)
  yaml_body = element(data.kubectl_path_documents.d.documents, count.index)
}
`, "m/all.yaml": service},
			map[string]string{"metadata.name": "m/all.yaml:4:9 main.tf:7:15"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			o := only(t, loadText(t, tc.files))
			if o.Name == "" || o.Namespace != "default" || o.Typed() == nil {
				t.Errorf("the object is %s, %T", o, o.Typed())
			}
			for path, want := range tc.places {
				f := o.Root()
				for _, key := range object.SplitPath(path) {
					if key == "0" {
						f = f.Items()[0]
					} else {
						f = f.Get(key)
					}
				}
				origin := f.Origin()
				got := spot(origin.Span)
				for _, s := range origin.Trace {
					if s.Role == source.Argument {
						got += " " + spot(s.Span)
					}
				}
				if !origin.Exact {
					got += " inexact"
				}
				if got != want {
					t.Errorf("%s is at %s, want %s", path, got, want)
				}
			}
		})
	}
}

func TestOverrideNamespace(t *testing.T) {
	o := only(t, loadText(t, map[string]string{"main.tf": "resource \"kubectl_manifest\" \"x\" {\n  override_namespace = \"prod\"\n  yaml_body = <<YAML\n" + service + "YAML\n}\n"}))
	if o.Namespace != "prod" || spot(o.Get("metadata", "namespace").Origin().Span) != "main.tf:2:24" {
		t.Errorf("the namespace is %s at %s", o.Namespace, spot(o.Get("metadata", "namespace").Origin().Span))
	}
}

func TestPatches(t *testing.T) {
	root := loadText(t, map[string]string{"main.tf": `resource "kubernetes_namespace" "n" {
  metadata {
    name   = "prod"
    labels = { team = "a" }
  }
}
resource "kubernetes_labels" "n" {
  api_version = "v1"
  kind        = "Namespace"
  metadata {
    name = kubernetes_namespace.n.metadata[0].name
  }
  labels = {
    "istio-injection" = "enabled"
  }
}
resource "kubernetes_deployment" "d" {
  metadata {
    name = "d"
  }
  spec {
    template {
      metadata {}
      spec {
        container {
          name = "app"
          env {
            name  = "A"
            value = "old"
          }
        }
      }
    }
  }
}
resource "kubernetes_annotations" "d" {
  api_version = "apps/v1"
  kind        = "Deployment"
  metadata {
    name = "d"
  }
  annotations          = { a = "b" }
  template_annotations = { "sidecar.istio.io/inject" = "false" }
}
resource "kubernetes_env" "d" {
  container   = "app"
  api_version = "apps/v1"
  kind        = "Deployment"
  metadata {
    name = "d"
  }
  env {
    name  = "A"
    value = "new"
  }
}
`})
	for _, err := range root.Errors {
		t.Error(err)
	}
	if len(root.Objects) != 2 {
		t.Fatalf("%d objects, want 2", len(root.Objects))
	}
	n, d := root.Objects[0], root.Objects[1]
	label := n.Label("istio-injection")
	if label.V != "enabled" || spot(label.Origin().Span) != "main.tf:14:25" || n.Label("team").V != "a" {
		t.Errorf("the label is %q at %s", label.V, spot(label.Origin().Span))
	}
	want := `{"metadata":{"annotations":{"sidecar.istio.io/inject":"false"}},"spec":{"containers":[{"env":[{"name":"A","value":"new"}],"name":"app"}]}}`
	if diff := cmp.Diff(want, jsonOf(t, d.Tree.Get("spec").Get("template"))); diff != "" {
		t.Error(diff)
	}
	if d.Annotation("a").V != "b" || d.Address != "kubernetes_deployment.d" {
		t.Errorf("%s has annotations %v", d.Address, d.Tree.Get("metadata"))
	}
}

func TestPatchOfWhatIsElsewhere(t *testing.T) {
	root := loadText(t, map[string]string{"main.tf": `resource "kubernetes_env" "d" {
  container   = "app"
  api_version = "apps/v1"
  kind        = "Deployment"
  metadata {
    name      = "d"
    namespace = "prod"
  }
  env {
    name  = "A"
    value = "b"
  }
}
`})
	o := only(t, root)
	if o.String() != "Deployment prod/d" || o.Address != "kubernetes_env.d" {
		t.Errorf("the object is %s at %s", o, o.Address)
	}
	c := o.Get("spec", "template", "spec", "containers").Items()[0]
	if c.Get("name").Str().V != "app" || c.Get("env").Items()[0].Get("value").Str().V != "b" {
		t.Errorf("the container is %v", c.Node())
	}
	for _, f := range []object.Field{c.Get("image"), c.Get("ports"), o.Get("spec", "selector"), o.Get("metadata", "labels", "app")} {
		if !f.Unknown() || !strings.Contains(f.Reason(), "kubernetes_env.d patches an object outside") {
			t.Errorf("%s is known", f.Path())
		}
	}
}

// A plan marks yaml_body as sensitive and repeats it without what is.
func TestManifestOfAPlan(t *testing.T) {
	text := func(kind object.Kind, s string) *object.Node { return &object.Node{Kind: kind, Text: s} }
	r := &eval.Resource{Address: "kubectl_manifest.x", Type: "kubectl_manifest", Values: &object.Node{Kind: object.Map, Entries: []object.Entry{
		{Key: "yaml_body", Value: text(object.Unknown, eval.SensitiveReason)},
		{Key: "yaml_body_parsed", Value: text(object.String, service)},
	}}}
	objs, notes, errs := kube.Objects([]*eval.Resource{r}, kube.Options{Input: "plan.json"})
	if len(objs) != 1 || len(notes) != 0 || len(errs) != 0 || objs[0].String() != "Service default/web" || objs[0].Input != "plan.json" {
		t.Errorf("objects %v, notes %q, errors %v", objs, notes, errs)
	}
}

func TestInstancesThatMayNotExist(t *testing.T) {
	root := loadText(t, map[string]string{"main.tf": `variable "enabled" {}
resource "kubernetes_service_account" "a" {
  count = var.enabled ? 1 : 0
  metadata {
    name = "a"
  }
}
`})
	only(t, root)
	notes := strings.Join(root.Notes, "\n")
	if want := "it is not known whether 1 resource exists, and how often: it is checked as if it existed once: kubernetes_service_account.a"; !strings.Contains(notes, want) {
		t.Errorf("the notes do not say %q:\n%s", want, notes)
	}
}

func TestRootsWithoutResources(t *testing.T) {
	root := loadText(t, map[string]string{"main.tf": "resource \"aws_instance\" \"x\" {\n}\n"})
	if len(root.Objects) != 0 || !strings.Contains(strings.Join(root.Notes, "\n"), "has no kubernetes_*") {
		t.Errorf("%d objects, notes %q", len(root.Objects), root.Notes)
	}
	root = loadText(t, map[string]string{"main.tf": "resource \"kubernetes_pod\" \"x\" {\n  count = 0\n}\n"})
	if len(root.Objects) != 0 || root.Resources != 1 || root.Instances != 0 || !strings.Contains(strings.Join(root.Notes, "\n"), "no instances with these variables") {
		t.Errorf("%d objects, %d resources, notes %q", len(root.Objects), root.Resources, root.Notes)
	}
}

// What a patch does not say of a Namespace that lies elsewhere is not known.
func TestLabelsOfANamespaceElsewhere(t *testing.T) {
	o := only(t, loadText(t, map[string]string{"main.tf": `resource "kubernetes_labels" "n" {
  api_version = "v1"
  kind        = "Namespace"
  metadata {
    name = "prod"
  }
  labels = { team = "a" }
}
`}))
	if o.String() != "Namespace prod" || o.Label("team").V != "a" {
		t.Errorf("the object is %s with %v", o, o.Tree.Get("metadata"))
	}
	if l := o.Label("istio-injection"); !l.Unknown() || spot(l.Origin().Span) != "main.tf:7:3" {
		t.Errorf("the label is known, at %s", spot(l.Origin().Span))
	}
}
