package sarif

import (
	"errors"
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/render/source"
)

// The checks of the sample report; their ids belong to no check of the suite, whose
// pages would come into the goldens.
var (
	reservedUID = &checks.Check{
		ID: "MESH991", Name: "reserved-uid", Severity: checks.Error,
		Summary: "no container runs as UID 1337", Advice: "use any other UID",
		Modes: []checks.Mode{checks.Sidecar, checks.Ambient}, Istio: []string{"IST0144"},
	}
	portName = &checks.Check{
		ID: "MESH994", Name: "port-name-convention", Severity: checks.Note,
		Summary: "the name of a port says its protocol", Advice: "name the port http-web",
		Modes: []checks.Mode{checks.Sidecar},
	}
	appLabel = &checks.Check{
		ID: "MESH992", Name: "missing-app-label", Severity: checks.Warning,
		Summary: "pods have the labels app and version", Advice: "add the label", Modes: []checks.Mode{checks.Sidecar},
	}
	sampleChecks = []*checks.Check{portName, reservedUID, appLabel}
)

const deploymentYAML = `apiVersion: apps/v1
kind: Deployment
spec:
  template:
    spec:
      securityContext:
        {{- toYaml .Values.podSecurityContext | nindent 8 }}
      containers:
      - name: "日本" # 名前
	    image: {{ .Values.image }}
`

const valuesYAML = `podSecurityContext:
  runAsUser: 1337
  fsGroup: 1337
password: hunter2
image: "x:1"
`

const helpersYAML = "{{- define \"web.labels\" }}\napp: web\n{{- end }}\n{{ include \"web.all\" . }}\n"

// at finds the n-th occurrence (from 1) of a text in a file.
func at(t testing.TB, f *source.File, text string, n int) source.Span {
	t.Helper()
	start := 0
	for i := 1; ; i++ {
		found := strings.Index(string(f.Data[start:]), text)
		if found < 0 {
			t.Fatalf("%s has no %d. %q", f.Name(), n, text)
		}
		if i == n {
			return source.Span{File: f, Start: start + found, End: start + found + len(text)}
		}
		start += found + len(text)
	}
}

// sample is a report in which everything occurs that a report can hold.
func sample(t testing.TB) *checks.Report {
	t.Helper()
	deployment := source.NewFile("charts/web", "templates/deployment.yaml", []byte(deploymentYAML))
	values := source.NewFile("charts/web", "values.yaml", []byte(valuesYAML))
	helpers := source.NewFile("charts/web", "templates/_helpers.tpl", []byte(helpersYAML))
	packed := source.NewFile("charts/web", "charts/sub-1.2.3.tgz!sub/templates/service.yaml", []byte("ports:\n- name: web\n"))
	packed.Packaged = true
	wide := source.NewFile("charts/web", "templates/long: name.yaml",
		[]byte("{{/* "+strings.Repeat("x", 500)+" */}}labels: {version: v1} # "+strings.Repeat("y", 500)+"\n"))
	tf := source.NewFile("infra", "main.tf", []byte("resource \"kubernetes_pod\" \"a\" {\r\n  run_as_user = 1337\r\n}\r\n"))
	web := checks.ObjectRef{APIVersion: "apps/v1", Kind: "Deployment", Namespace: "default", Name: "prod-web"}
	service := checks.ObjectRef{APIVersion: "v1", Kind: "Service", Namespace: "default", Name: "prod-web"}

	uid := source.Origin{
		Span: at(t, deployment, "toYaml .Values.podSecurityContext | nindent 8", 1), Kind: source.Action, Exact: true,
		Trace: []source.Step{
			{Role: source.Include, Name: "web.labels", Span: at(t, helpers, `include "web.all" .`, 1)},
			{Role: source.Value, Name: "podSecurityContext.runAsUser", Span: at(t, values, "1337", 1)},
		},
	}
	text := func(f *source.File, s string, n int) source.Origin {
		return source.Origin{Span: at(t, f, s, n), Kind: source.Text, Exact: true}
	}
	r := &checks.Report{
		Inputs: []checks.Input{
			{Path: "charts/web", Kind: "chart", ValuesSets: []string{"default", "ci/hardened-values.yaml"}, Objects: 12, Result: checks.Partial},
			{Path: "infra", Kind: "terraform", Objects: 1, Result: checks.OK},
			{Path: "charts/broken", Kind: "chart", Result: checks.Failed},
		},
		Findings: []*checks.Reported{
			{
				Check: reservedUID, Severity: checks.Error,
				Message: `container "web" runs as UID 1337, which Istio reserves for its sidecar: its traffic bypasses the mesh`,
				Advice:  "use any other UID; fsGroup: 1337 may stay", Input: "charts/web",
				ValuesSets: []string{"default", "ci/hardened-values.yaml"}, Object: web,
				Path: "spec.template.spec.securityContext.runAsUser", Rendered: "runAsUser: 1337", Origin: uid,
				Related: []checks.RelatedPlace{
					{Message: "the container is here", Origin: text(deployment, "日本", 1)},
					{Message: "the service account comes from the cluster", Origin: source.Origin{Reason: "not in the input"}},
				},
			},
			{
				Check: appLabel, Severity: checks.Warning, Message: "the image has no label",
				Advice: "add the label", Input: "charts/web", ValuesSets: []string{"default"}, Object: web,
				Path: "spec.template.spec.containers[0].image", Rendered: "image: x:1",
				Origin: source.Origin{
					Span: at(t, deployment, ".Values.image", 1), Kind: source.Action, Reason: "the template uses randAlphaNum",
					Trace: []source.Step{{Role: source.Value, Name: "image", Flag: "--set image=x:1", Derived: true}},
				},
			},
			{
				Check: appLabel, Severity: checks.Warning, Message: "no label app: the workload has no name in telemetry",
				Advice: "add the label app", Input: "charts/web", ValuesSets: []string{"default"}, Object: web,
				Path: "spec.template.metadata.labels", Origin: text(wide, "labels", 1),
			},
			{
				Check: appLabel, Severity: checks.Warning, Message: "an object without a place", Advice: "look at it",
				Input: "charts/web", ValuesSets: []string{"default"}, Object: web, Path: "spec",
				Origin: source.Origin{Reason: "the frontend does not know the place"},
			},
			{
				Check: portName, Severity: checks.Note, Message: `port "web" names no protocol`, Advice: "name the port http-web",
				Input: "charts/web", ValuesSets: []string{"default"}, Object: service, Path: "spec.ports[0].name",
				Origin: text(packed, "web", 1),
			},
			{
				Check: portName, Severity: checks.Note, Message: `port "web" names no protocol`, Advice: "name the port http-web",
				Input: "charts/web", ValuesSets: []string{"default"}, Object: service, Path: "spec.ports[0].name",
				Origin: text(packed, "web", 1), Suppressed: "the annotation mesh-check.io/ignore",
			},
			{
				Check: reservedUID, Severity: checks.Error, Message: `container "a" runs as UID 1337`, Advice: "use any other UID",
				Input: "infra", Object: checks.ObjectRef{APIVersion: "v1", Kind: "Pod", Namespace: "x", Name: "a"},
				Addresses: []string{`kubernetes_pod.a["x"]`, `kubernetes_pod.a["y"]`}, Path: "spec.securityContext.runAsUser",
				Origin: text(tf, "1337", 1),
			},
		},
		Undecided: []*checks.Undecided{{
			Check: reservedUID, Input: "infra", Object: checks.ObjectRef{APIVersion: "v1", Kind: "Pod", Name: "b"},
			Addresses: []string{`kubernetes_pod.b["x"]`, `kubernetes_pod.b["y"]`},
			Path:      "spec.securityContext.runAsUser", Reason: "var.uid has no value", Origin: text(tf, "run_as_user", 1),
		}, {
			Check: portName, Input: "infra", Object: checks.ObjectRef{APIVersion: "v1", Kind: "Pod", Name: "c"},
			Addresses: []string{`kubernetes_pod.c`},
			Path:      "spec.securityContext.runAsUser", Reason: "var.uid has no value", Origin: text(tf, "run_as_user", 1),
		}, {
			Check: reservedUID, Input: "infra", Object: checks.ObjectRef{APIVersion: "v1", Kind: "Pod", Name: "c"},
			Addresses: []string{`kubernetes_pod.c`},
			Path:      "spec.containers[0].name", Reason: "its value is marked sensitive", Origin: text(tf, "run_as_user", 1),
		}},
		Errors: []checks.InputError{
			{Input: "charts/web", ValuesSet: "ci/hardened-values.yaml", Err: &source.Error{
				What: "nil pointer evaluating interface {}.tag", At: at(t, deployment, ".Values.image", 1),
				Do: "set image.tag", Err: errors.New("nil"),
			}},
			{Input: "charts/broken", Err: &source.Error{What: "Chart.yaml is missing", Path: "charts/broken"}},
		},
		Notes: []checks.InputNote{{Input: "infra", Message: "12 resources have no instances with these variables"}},
	}
	return r
}

// hostile is a text that tries to get out of every format.
const hostile = "a\x1b[31m\r\n::error file=x::pwned\n%0A, [evil](1) ](http://evil)\u202eRTL\u0007\u2028<b>&\\\x00\xff"

// hostileReport says hostile things wherever a report can say something.
func hostileReport(t testing.TB, text string) *checks.Report {
	t.Helper()
	name := strings.ReplaceAll(text, "\x00", "")
	f := source.NewFile(name, "templates/"+name, []byte("key: "+text+"\n"+text+"\n"))
	origin := source.Origin{
		Span: source.Span{File: f, Start: 5, End: min(7, len(f.Data))}, Kind: source.Kind(text), Reason: text,
		Trace: []source.Step{
			{Role: source.Include, Name: text, Span: source.Span{File: f, Start: 0, End: 3}},
			{Role: source.Value, Name: text, Flag: text},
			{Role: source.Value, Name: text, Span: source.Span{File: f, Start: len(f.Data) - 1, End: len(f.Data)}},
		},
	}
	ref := checks.ObjectRef{APIVersion: text, Kind: text, Namespace: text, Name: text}
	r := &checks.Report{
		Inputs: []checks.Input{{Path: text, Kind: text, ValuesSets: []string{text}, Objects: 1, Result: checks.Result(text)}},
		Errors: []checks.InputError{{Input: text, ValuesSet: text, Err: &source.Error{What: text, Do: text, At: origin.Span, Path: text}}},
		Notes:  []checks.InputNote{{Input: text, Message: text}},
		Undecided: []*checks.Undecided{{
			Check: reservedUID, Input: text, Object: ref, Addresses: []string{text}, Path: text, Reason: text, Origin: origin,
		}},
	}
	for _, s := range []checks.Severity{checks.Error, checks.Warning, checks.Note} {
		r.Findings = append(r.Findings, &checks.Reported{
			Check: reservedUID, Severity: s, Message: text, Advice: text, Input: text, ValuesSets: []string{text},
			Object: ref, Addresses: []string{text}, Path: text, Rendered: text, Origin: origin,
			Related: []checks.RelatedPlace{{Message: text, Origin: origin}},
		})
	}
	return r
}
