package terraform

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/terraform/eval"
	"github.com/mesh-check/mesh-check/render/source"
)

// laidOut writes the files of a root, by their path, and returns its directory.
func laidOut(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		p := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// loadText loads a root whose files are given by their paths.
func loadText(t *testing.T, files map[string]string) *Root {
	t.Helper()
	dir := laidOut(t, files)
	root, err := Load(dir, Options{Options: eval.Options{Within: dir}})
	if err != nil {
		t.Fatal(err)
	}
	return root
}

// only is the one object of a root that has no errors.
func only(t *testing.T, root *Root) *object.Object {
	t.Helper()
	for _, err := range root.Errors {
		t.Errorf("error: %v", err)
	}
	if len(root.Objects) != 1 {
		t.Fatalf("%d objects, want 1; notes %q", len(root.Objects), root.Notes)
	}
	return root.Objects[0]
}

// spot is the place of a field as file:line:column without the directory.
func spot(s source.Span) string {
	if !s.Valid() {
		return "-"
	}
	name := s.File.Name()
	if s.File.Root != "" {
		name = s.File.Path
	}
	text := s.String()
	return name + text[len(s.File.Name()):]
}

func jsonOf(t *testing.T, n *object.Node) string {
	t.Helper()
	data, err := json.Marshal(n.Interface())
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestConversions(t *testing.T) {
	o := only(t, loadText(t, map[string]string{"main.tf": `
resource "kubernetes_deployment" "web" {
  wait_for_rollout = false
  timeouts {
    create = "1m"
  }
  lifecycle {
    ignore_changes = [spec]
  }
  metadata {
    name = "web"
  }
  spec {
    replicas = "2"
    strategy {
      rolling_update {
        max_surge       = "25%"
        max_unavailable = "1"
      }
    }
    template {
      metadata {
        labels = { empty = "", gone = null, n = 1 }
      }
      spec {
        host_ipc                         = false
        termination_grace_period_seconds = 30
        security_context {
          run_as_user = "1337"
          fs_group    = ""
        }
        container {
          name = "c"
          env {
            name  = "N"
            value = 8080
          }
          port {
            container_port = "8080"
          }
          port {
            container_port = 53
            protocol       = "UDP"
          }
          resources {
            limits = { cpu = 1, memory = "1Gi" }
          }
          liveness_probe {
            http_get {
              port = "http"
            }
          }
          readiness_probe {
            tcp_socket {
              port = 8080
            }
          }
        }
        volume {
          name = "tmp"
          empty_dir {}
        }
        volume {
          name = "s"
          secret {
            secret_name  = "s"
            default_mode = "0400"
            items {
              key  = "k"
              path = "p"
              mode = 400
            }
          }
        }
      }
    }
  }
}
`}))
	want := `{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web","namespace":"default"},"spec":{"replicas":2,` +
		`"strategy":{"rollingUpdate":{"maxSurge":"25%","maxUnavailable":1}},"template":{"metadata":{"labels":{"empty":"","n":"1"}},"spec":{` +
		`"containers":[{"env":[{"name":"N","value":"8080"}],"livenessProbe":{"httpGet":{"port":"http"}},"name":"c",` +
		`"ports":[{"containerPort":8080,"protocol":"TCP"},{"containerPort":53,"protocol":"UDP"}],"readinessProbe":{"tcpSocket":{"port":8080}},` +
		`"resources":{"limits":{"cpu":"1","memory":"1Gi"}}}],"hostIPC":false,"securityContext":{"runAsUser":1337},"terminationGracePeriodSeconds":30,` +
		`"volumes":[{"emptyDir":{},"name":"tmp"},{"name":"s","secret":{"defaultMode":256,"items":[{"key":"k","mode":256,"path":"p"}],"secretName":"s"}}]}}}}`
	if diff := cmp.Diff(want, jsonOf(t, o.Tree)); diff != "" {
		t.Error(diff)
	}
	if o.Typed() == nil {
		t.Error("the object has no typed value")
	}
	if got, want := o.Namespace, "default"; got != want {
		t.Errorf("namespace %q, want %q", got, want)
	}
}

func TestPlacesOfTypedResources(t *testing.T) {
	o := only(t, loadText(t, map[string]string{"main.tf": `variable "uid" {
  default = 1337
}
resource "kubernetes_pod_v1" "p" {
  metadata {
    name   = "p"
    labels = { app = "p" }
  }
  spec {
    security_context {
      run_as_user = var.uid
    }
    container {
      name = "c"
    }
  }
}
`}))
	for _, tc := range []struct {
		field object.Field
		want  string
	}{
		{o.Get("spec", "securityContext", "runAsUser"), "main.tf:11:21"},
		{o.Get("spec", "securityContext", "runAsUser").AtKey(), "main.tf:11:7"},
		{o.Get("metadata", "labels", "app").AtKey(), "main.tf:7:16"},
		{o.Get("metadata", "labels", "version"), "main.tf:7:5"}, // missing: at its parent
		{o.Get("metadata", "annotations", "a"), "main.tf:5:3"},  // missing with its parent
		{o.Get("metadata", "namespace"), "main.tf:5:3"},         // the provider's default
		{o.Get("spec", "hostNetwork"), "main.tf:9:3"},           // missing
		{o.Get("spec", "containers").Items()[0].Get("ports"), "main.tf:13:5"},
		{o.Get("kind"), "main.tf:4:1"},
	} {
		if got := spot(tc.field.Origin().Span); got != tc.want {
			t.Errorf("%s is at %s, want %s", tc.field.Path(), got, tc.want)
		}
	}
	trace := o.Get("spec", "securityContext", "runAsUser").Origin().Trace
	if len(trace) == 0 || trace[0].Role != source.Default || spot(trace[0].Span) != "main.tf:2:13" {
		t.Errorf("the trace is %v", trace)
	}
}

func TestSecretsAreEncoded(t *testing.T) {
	o := only(t, loadText(t, map[string]string{"main.tf": `
resource "kubernetes_secret" "s" {
  metadata {
    name = "s"
  }
  data        = { password = "x" }
  binary_data = { blob = "AAE=" }
}
`}))
	if got, want := jsonOf(t, o.Tree.Get("data")), `{"blob":"AAE=","password":"eA=="}`; got != want {
		t.Errorf("data is %s, want %s", got, want)
	}
}

func TestUnknownNames(t *testing.T) {
	root := loadText(t, map[string]string{"main.tf": `
resource "kubernetes_pod" "p" {
  count = 2
  metadata {
    name = "p${count.index}"
  }
  spec {
    kontainer {
      name = "c"
    }
    no_such_attribute = 1
  }
}
resource "kubernetes_future_thing" "x" {
}
`})
	var got []string
	for _, err := range root.Errors {
		got = append(got, spot(err.At)+": "+err.What+"; "+err.Do)
	}
	want := []string{
		`main.tf:8:5: kubernetes_pod.p[0]: unknown block "kontainer" in spec; write "container"`,
		`main.tf:11:5: kubernetes_pod.p[0]: unknown attribute "no_such_attribute" in spec; `,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if !strings.Contains(strings.Join(root.Notes, "\n"), "1 resource of a type that is not known was not analyzed: kubernetes_future_thing") {
		t.Errorf("notes are %q", root.Notes)
	}
	if len(root.Objects) != 2 {
		t.Errorf("%d objects, want 2", len(root.Objects))
	}
}

func TestPodSecurityPolicy(t *testing.T) {
	o := only(t, loadText(t, map[string]string{"main.tf": `
resource "kubernetes_pod_security_policy" "p" {
  metadata {
    name = "p"
  }
  spec {
    privileged                 = false
    allow_privilege_escalation = false
    allowed_capabilities       = ["NET_ADMIN"]
    volumes                    = ["configMap"]
    run_as_user {
      rule = "MustRunAs"
      range {
        min = 1
        max = 65535
      }
    }
    se_linux {
      rule = "RunAsAny"
    }
    supplemental_groups {
      rule = "RunAsAny"
    }
    fs_group {
      rule = "RunAsAny"
    }
    host_ports {
      min = 0
      max = 65535
    }
  }
}
`}))
	p, ok := o.Typed().(*object.PodSecurityPolicy)
	if !ok || o.APIVersion != "policy/v1beta1" || o.Namespace != "" {
		t.Fatalf("%T in %s, namespace %q", o.Typed(), o.APIVersion, o.Namespace)
	}
	if p.Spec.RunAsUser.Ranges[0].Max != 65535 || p.Spec.HostPorts[0].Max != 65535 || p.Spec.SELinux.Rule != "RunAsAny" {
		t.Errorf("the policy is %+v", p.Spec)
	}
}

// TestVersionOfAutoscalers holds that the version of an autoscaler depends on its metrics.
func TestVersionOfAutoscalers(t *testing.T) {
	hpa := func(body string) string {
		return only(t, loadText(t, map[string]string{"main.tf": `
resource "kubernetes_horizontal_pod_autoscaler" "h" {
  metadata {
    name = "h"
  }
  spec {
    max_replicas = 3
    ` + body + `
  }
}
`})).APIVersion
	}
	if got := hpa("target_cpu_utilization_percentage = 50"); got != "autoscaling/v1" {
		t.Errorf("without metrics it is %s", got)
	}
	if got := hpa("metric {\n type = \"Resource\"\n }"); got != "autoscaling/v2beta2" {
		t.Errorf("with metrics it is %s", got)
	}
}

func TestOnlyTheFirstBlockCounts(t *testing.T) {
	root := loadText(t, map[string]string{"main.tf": `resource "kubernetes_service" "s" {
  metadata {
    name = "a"
  }
  metadata {
    name = "b"
  }
}
`})
	if o := only(t, root); o.Name != "a" {
		t.Errorf("the name is %q", o.Name)
	}
	if notes := strings.Join(root.Notes, "\n"); !strings.Contains(notes, "main.tf:5:3: kubernetes_service.s: only the first block metadata counts") {
		t.Errorf("notes are %q", notes)
	}
}
