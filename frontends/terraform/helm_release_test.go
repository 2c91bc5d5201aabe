package terraform

import (
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// chart is a small chart in charts/web.
func chart(files map[string]string) map[string]string {
	files["charts/web/Chart.yaml"] = "apiVersion: v2\nname: web\nversion: 1.0.0\n"
	files["charts/web/values.yaml"] = "port: 80\nname: http\nuid: 1\nargs: []\npassword: none\n"
	files["charts/web/templates/pod.yaml"] = `apiVersion: v1
kind: Pod
metadata:
  name: {{ .Release.Name }}
  annotations:
    password: {{ .Values.password | quote }}
spec:
  securityContext:
    runAsUser: {{ .Values.uid }}
  containers:
  - name: {{ .Values.name }}
    args: {{ .Values.args | toJson }}
    ports:
    - containerPort: {{ .Values.port }}
`
	return files
}

// fieldTrace is a place with its trace.
func fieldTrace(f object.Field) string {
	o := f.Origin()
	text := spot(o.Span)
	for _, s := range o.Trace {
		text += " | " + string(s.Role) + " " + s.Name + " " + spot(s.Span)
		if s.Flag != "" {
			text += " flag " + s.Flag
		}
	}
	return text
}

func TestReleaseOfALocalChart(t *testing.T) {
	const values = `  values = [
    <<-YAML
    name: grpc
    port: 1
    YAML
    , file("${path.module}/more.yaml"),
    yamlencode({ args = ["x"] }),
  ]
`
	blocks := values + `  set {
    name  = "uid"
    value = "1337"
  }
  set_list {
    name  = "args"
    value = ["a", "b"]
  }
`
	list := values + `  set      = [{ name = "uid", value = "1337" }]
  set_list = [{ name = "args", value = ["a", "b"] }]
`
	for version, body := range map[string]string{"blocks": blocks, "lists": list} {
		t.Run(version, func(t *testing.T) {
			o := only(t, loadText(t, chart(map[string]string{
				"more.yaml": "# more\nport: 15001\n",
				"main.tf": `resource "helm_release" "web" {
  name      = "shop"
  namespace = "prod"
  chart     = "${path.module}/charts/web"
` + body + "}\n",
			})))
			if o.String() != "Pod prod/shop" || o.Address != "helm_release.web" || o.Typed() == nil {
				t.Fatalf("the object is %s at %s", o, o.Address)
			}
			c := o.Get("spec", "containers").Items()[0]
			if got, want := jsonOf(t, c.Get("args").Node()), `["a","b"]`; got != want {
				t.Errorf("args are %s, want %s", got, want)
			}
			set := map[string]string{"blocks": "main.tf:15:13", "lists": "main.tf:13:39"}[version]
			for field, want := range map[object.Field]string{
				o.Get("spec", "securityContext", "runAsUser"): "templates/pod.yaml:9:19 | value uid " + set + " | argument helm_release.web " + set,
				c.Get("name"): "templates/pod.yaml:11:14 | value name main.tf:7:11 | argument helm_release.web main.tf:6:5",
				c.Get("ports").Items()[0].Get("containerPort"): "templates/pod.yaml:14:25 | value port more.yaml:2:7 | argument helm_release.web main.tf:10:7",
				o.Get("kind"): "templates/pod.yaml:2:7 | argument helm_release.web main.tf:1:1",
			} {
				if got := fieldTrace(field); got != want {
					t.Errorf("%s is at\n%s, want\n%s", field.Path(), got, want)
				}
			}
		})
	}
}

func TestReleaseWithWhatIsNotKnown(t *testing.T) {
	root := loadText(t, chart(map[string]string{"main.tf": `variable "password" {
  sensitive = true
  default   = "hunter2"
}
variable "uid" {}
resource "helm_release" "web" {
  name  = "shop"
  chart = "./charts/web"
  set_sensitive {
    name  = "password"
    value = var.password
  }
  set {
    name  = "uid"
    value = var.uid
  }
  set_sensitive {
    name  = "name"
    value = "hunter3"
  }
  set {
    name  = "port"
    value = 8080
  }
}
`}))
	o := only(t, root)
	password, uid := o.Annotation("password"), o.Get("spec", "securityContext", "runAsUser")
	if !password.Unknown() || !uid.Unknown() || !strings.Contains(uid.Reason(), "var.uid has no value") {
		t.Errorf("password %v, uid %v", password.Node(), uid.Node())
	}
	if got := o.Get("spec", "containers").Items()[0].Get("ports").Items()[0].Get("containerPort").Num().V; got != 8080 {
		t.Errorf("the port is %d", got)
	}
	if name := o.Get("spec", "containers").Items()[0].Get("name"); !name.Unknown() {
		t.Errorf("the name is %v", name.Node())
	}
	for _, f := range []object.Field{password.Field, uid} {
		if trace := fieldTrace(f); strings.Contains(trace, "hunter") || strings.Contains(trace, "2001") {
			t.Errorf("the trace tells the value: %s", trace)
		}
	}
}

func TestReleaseWithoutKnownName(t *testing.T) {
	o := only(t, loadText(t, chart(map[string]string{"main.tf": `variable "name" {}
variable "namespace" {}
resource "helm_release" "web" {
  name      = var.name
  namespace = var.namespace
  chart     = "charts/web"
}
`})))
	for _, key := range []string{"name", "namespace"} {
		if f := o.Get("metadata", key); !f.Unknown() || !strings.Contains(f.Reason(), "var."+key+" has no value") {
			t.Errorf("%s is %v", key, f.Node())
		}
	}
	if o.Name != "helm_release.web" || o.Namespace != "${var.namespace}" || o.Get("spec", "securityContext", "runAsUser").Num().V != 1 {
		t.Errorf("the object is %s", o)
	}
}

func TestReleasesThatAreNotAnalysed(t *testing.T) {
	root := loadText(t, chart(map[string]string{"main.tf": `variable "v" {}
resource "helm_release" "a" {
  name       = "a"
  repository = "https://charts.example.org"
  chart      = "a"
}
resource "helm_release" "b" {
  name  = "b"
  chart = "oci://example.org/b"
}
resource "helm_release" "c" {
  name   = "c"
  chart  = "./charts/web"
  values = [var.v]
}
resource "helm_release" "d" {
  name  = "d"
  chart = "../outside"
}
`}))
	if len(root.Objects) != 0 {
		t.Errorf("%d objects", len(root.Objects))
	}
	notes := strings.Join(root.Notes, "\n")
	for _, want := range []string{
		"2 helm_release charts are remote and were not analyzed: helm_release.a, helm_release.b",
		"helm_release.c was not analyzed: values[0] is not known: var.v has no value",
		"helm_release.d was not analyzed: its chart ../outside",
	} {
		if !strings.Contains(notes, want) {
			t.Errorf("the notes do not say %q:\n%s", want, notes)
		}
	}
}

// A chart that does not render is an error that names the release, and values that
// cannot be read are told where they are written.
func TestReleaseErrors(t *testing.T) {
	files := chart(map[string]string{"main.tf": `resource "helm_release" "a" {
  name   = "a"
  chart  = "./charts/web"
  values = [<<YAML
ok: 1
bad: [
YAML
  ]
}
resource "helm_release" "b" {
  name  = "b"
  chart = "./charts/broken"
}
`})
	files["charts/broken/Chart.yaml"] = "apiVersion: v2\nname: broken\nversion: 1.0.0\n"
	files["charts/broken/templates/x.yaml"] = "a: {{ .Values.x.y }}\n"
	root := loadText(t, files)
	if len(root.Errors) != 2 {
		t.Fatalf("errors are %v", root.Errors)
	}
	for i, want := range []string{"helm_release.a: ", "helm_release.b: "} {
		if err := root.Errors[i]; !strings.HasPrefix(err.What, want) {
			t.Errorf("error %v does not begin with %q", err, want)
		}
	}
	if at := root.Errors[0].At; !at.Valid() || at.File.Path != "main.tf" || at.Begin().Line < 5 || at.Begin().Line > 7 {
		t.Errorf("the values' fault is at %s", spot(at))
	}
	if got := spot(root.Errors[1].At); !strings.HasPrefix(got, "templates/x.yaml:1") {
		t.Errorf("the template's fault is at %s", got)
	}
}
