package object_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	appsv1 "k8s.io/api/apps/v1"
	k8sjson "sigs.k8s.io/json"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// everything is one document of each kind of field that the decoder treats apart.
const everything = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  creationTimestamp: null
  labels: {app: web, "a.b/c": "1"}
  unknownField: {x: 1}
spec:
  replicas: 2.0
  Replicas: wrong case, no field
  strategy:
    rollingUpdate: {maxSurge: 25%, maxUnavailable: 1}
  template:
    metadata: {annotations: {}}
    spec:
      nodeSelector: ~
      containers:
      - name: a
        image: x:1
        env:
        - {name: A, value: "1"}
        - {name: B, valueFrom: {resourceFieldRef: {resource: limits.cpu, divisor: 1}}}
        ports: [{containerPort: 80, protocol: TCP}]
        resources: {limits: {cpu: 0.5, memory: 1Gi}, requests: {cpu: 100m}}
        livenessProbe: {httpGet: {path: /, port: http}, periodSeconds: 5}
        readinessProbe: {tcpSocket: {port: 80}}
        securityContext: {runAsUser: 9007199254740993, capabilities: {drop: [ALL]}}
      volumes:
      - name: v
        configMap: {name: c, defaultMode: 0644}
---
apiVersion: v1
kind: Secret
metadata: {name: s, creationTimestamp: 2024-01-02T03:04:05Z}
data: {a: aGk=, b: ""}
stringData: {c: d}
---
apiVersion: apps/v1
kind: ControllerRevision
metadata: {name: r}
data: {spec: {a: [1, x, true]}}
revision: 3
---
apiVersion: policy/v1beta1
kind: PodSecurityPolicy
metadata: {name: p}
spec:
  allowedCapabilities: [NET_ADMIN, '*']
  runAsUser: {rule: MustRunAs, ranges: [{min: 1, max: 65535}]}
  seLinux: {rule: RunAsAny}
  supplementalGroups: {rule: RunAsAny}
  fsGroup: {rule: RunAsAny}
`

// sameAsKubernetes fails where an object's typed value is another one than the
// decoder of the API server makes.
func sameAsKubernetes(t *testing.T, o *object.Object) {
	t.Helper()
	if o.Typed() == nil {
		return
	}
	want := reflect.New(reflect.TypeOf(o.Typed()).Elem()).Interface()
	if err := k8sjson.UnmarshalCaseSensitivePreserveInts([]byte(jsonOf(o.Tree)), want); err != nil {
		t.Errorf("%s: Kubernetes refuses it: %v", o, err)
		return
	}
	if !reflect.DeepEqual(want, o.Typed()) {
		t.Errorf("%s differs from Kubernetes' reading (-want +got):\n%s", o, cmp.Diff(want, o.Typed()))
	}
}

func TestTypedIsWhatKubernetesReads(t *testing.T) {
	d := decode(everything, object.Kubectl)
	if len(d.Errors) > 0 || len(d.Objects) != 4 {
		t.Fatalf("%d objects, errors %v", len(d.Objects), d.Errors)
	}
	for _, o := range d.Objects {
		if o.Typed() == nil {
			t.Errorf("%s has no typed value", o)
		}
		sameAsKubernetes(t, o)
	}
	if got := *d.Objects[0].Typed().(*appsv1.Deployment).Spec.Replicas; got != 2 {
		t.Errorf("replicas = %d, want 2", got)
	}
}

// TestTypedFaults tells each wrong field at its place; the API server refuses the
// object too.
func TestTypedFaults(t *testing.T) {
	const head = "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n"
	for _, c := range []struct{ text, at, want string }{
		{"    ports: [{containerPort: \"80\"}]\n", "80", "spec.containers[0].ports[0].containerPort must be a whole number, not a string; remove the quotes"},
		{"    ports: [{containerPort: 80.5}]\n", "80.5", "must be a whole number, not a number"},
		{"    ports: [{containerPort: 99999999999}]\n", "99999999999", "is too large a number"},
		{"    env: [{name: A, value: 1}]\n", "1", "spec.containers[0].env[0].value must be a string, not a whole number; put it in quotes"},
		{"    env: {A: 1}\n", "env", "spec.containers[0].env must be a list, not a mapping"},
		{"    stdin: \"true\"\n", "true", "must be a boolean, not a string; remove the quotes"},
		{"    resources: {limits: {cpu: lots}}\n", "lots", "spec.containers[0].resources.limits.cpu is not a quantity"},
		{"    resources: {limits: {cpu: \"\"}}\n", `""`, `limits.cpu is "", which is not a quantity such as 100m or 1Gi; set the value, give it a default, demand it with required`},
		{"    stdin: \"\"\n", `""`, "stdin must be a boolean, not an empty string; set the value, give it a default,"},
		{"    livenessProbe: {httpGet: {port: [1]}}\n", "port", "is not a whole number or string"},
		{"    securityContext: on\n", "on", "must be a mapping, not a boolean"},
	} {
		text := head + c.text
		d := decode(text, object.Helm)
		if len(d.Errors) != 1 || len(d.Objects) != 1 {
			t.Errorf("%s: %d objects, errors %v", c.text, len(d.Objects), d.Errors)
			continue
		}
		if got := d.Errors[0].Error(); !strings.Contains(got, c.want) || d.Errors[0].At.Text() != c.at {
			t.Errorf("%s:\n got %s at %q\nwant %s at %q", c.text, got, d.Errors[0].At.Text(), c.want, c.at)
		}
		o := d.Objects[0]
		if o.Typed() != nil {
			t.Errorf("%s: a typed value in spite of the fault", c.text)
		}
		if err := k8sjson.UnmarshalCaseSensitivePreserveInts([]byte(jsonOf(o.Tree)), reflect.New(reflect.TypeOf(pod(t))).Interface()); err == nil {
			t.Errorf("%s: Kubernetes takes it", c.text)
		}
	}
}

func pod(t *testing.T) any {
	t.Helper()
	d := decode("apiVersion: v1\nkind: Pod\n", object.Helm)
	return reflect.ValueOf(d.Objects[0].Typed()).Elem().Interface()
}

// TestWrongGroup tells a kind that its group does not have, and judges it as its kind.
func TestWrongGroup(t *testing.T) {
	for _, c := range []struct{ apiVersion, kind, group, want string }{
		{"v1", "Deployment", "apps", "Deployment x: Kubernetes has no kind Deployment in apiVersion v1; it is checked as apps/v1; write apiVersion: apps/v1"},
		{"apps/v1", "CronJob", "batch", "in apiVersion apps/v1; it is checked as batch/v1"},
		{"apps/v1", "Service", "", "in apiVersion apps/v1; it is checked as v1"},
		{"batch/v1", "Ingress", "networking.k8s.io", "it is checked as networking.k8s.io/v1"},
		// The kind is in the group, be the version known or not.
		{"apps/v1beta9", "Deployment", "apps", ""},
		{"extensions/v1beta1", "Deployment", "extensions", ""},
		{"policy/v1", "PodSecurityPolicy", "policy", ""},
		// Groups of others have kinds of the same name.
		{"serving.knative.dev/v1", "Service", "serving.knative.dev", ""},
		{"gateway.networking.k8s.io/v1", "Deployment", "gateway.networking.k8s.io", ""},
		{"v1", "Rollout", "", ""},
	} {
		d := decode("apiVersion: "+c.apiVersion+"\nkind: "+c.kind+"\nmetadata: {name: x}\n", object.Kubectl)
		if len(d.Objects) != 1 || d.Objects[0].Group() != c.group || d.Objects[0].APIVersion != c.apiVersion {
			t.Errorf("%s %s: %v", c.apiVersion, c.kind, d.Objects)
			continue
		}
		if (c.want == "") != (len(d.Errors) == 0) || c.want != "" && !strings.Contains(d.Errors[0].Error(), c.want) {
			t.Errorf("%s %s: errors %v, want %q", c.apiVersion, c.kind, d.Errors, c.want)
		}
	}
	d := decode("apiVersion: v1\nkind: Deployment\nmetadata: {name: x}\nspec: {template: {spec: {containers: [{name: c}]}}}\n", object.Kubectl)
	if w := object.NewSet("default", d.Objects).Workloads(); len(w) != 1 || len(w[0].Containers()) != 1 {
		t.Errorf("a Deployment in v1 is no workload: %v", w)
	}
}

func TestUnknownValuesAreLeftOut(t *testing.T) {
	unknown := &object.Node{Kind: object.Unknown, Text: "var.x has no value"}
	o := &object.Object{APIVersion: "v1", Kind: "ConfigMap", Tree: &object.Node{Kind: object.Map, Entries: []object.Entry{
		{Key: "metadata", Value: unknown},
		{Key: "data", Value: &object.Node{Kind: object.Map, Entries: []object.Entry{{Key: "a", Value: unknown}}}},
	}}}
	if errs := o.TypeErrors(); len(errs) > 0 || o.Typed() == nil {
		t.Errorf("typed %v, errors %v", o.Typed(), errs)
	}
}
