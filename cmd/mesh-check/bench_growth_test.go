package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	meshcheck "github.com/mesh-check/mesh-check"
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/input"
)

// growthObjects are the objects that the n-th part of a generated cluster has: one of
// everything that checks compare with something else. %[1]d is n, %[2]s its namespace.
const growthObjects = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web-%[1]d, namespace: %[2]s, labels: {app: web-%[1]d}}
spec:
  replicas: 2
  selector: {matchLabels: {app.kubernetes.io/name: growing-cluster, app.kubernetes.io/component: web-%[1]d}}
  template:
    metadata:
      labels: {app.kubernetes.io/name: growing-cluster, app.kubernetes.io/instance: r, app.kubernetes.io/component: web-%[1]d, tier: t-%[1]d}
    spec:
      serviceAccountName: sa-%[1]d
      containers:
      - name: main
        image: registry.example.org/mysql:8
        ports: [{name: db, containerPort: 3306}, {name: http-web, containerPort: 8080}]
        env:
        - {name: UPSTREAM_URL, value: "http://api-%[1]d.vendor.com/v1"}
        - {name: PEER, value: "10.0.0.1:80,web-0.db-%[1]d.%[2]s:3306"}
        args: ["sh", "-c", "curl -H 'Host: svc-%[1]d' http://other-%[1]d/"]
        volumeMounts: [{name: conf, mountPath: /etc/nginx}]
      volumes: [{name: conf, configMap: {name: conf-%[1]d}}]
---
apiVersion: batch/v1
kind: Job
metadata: {name: job-%[1]d, namespace: %[2]s}
spec:
  template:
    metadata: {labels: {app.kubernetes.io/name: growing-cluster, app.kubernetes.io/instance: r, app.kubernetes.io/component: job-%[1]d, tier: j-%[1]d}}
    spec: {restartPolicy: Never, containers: [{name: main, image: a, securityContext: {runAsUser: 1337}}]}
---
apiVersion: v1
kind: Service
metadata: {name: db-%[1]d, namespace: %[2]s}
spec:
  clusterIP: None
  selector: {app.kubernetes.io/name: growing-cluster, app.kubernetes.io/instance: r, app.kubernetes.io/component: web-%[1]d, tier: t-%[1]d}
  ports: [{name: mysql, port: 3306, targetPort: db}, {name: web, port: 80, targetPort: http-web}]
---
apiVersion: v1
kind: Service
metadata: {name: out-%[1]d, namespace: %[2]s}
spec: {type: ExternalName, externalName: x-%[1]d.vendor.com, ports: [{port: 443}]}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: conf-%[1]d, namespace: %[2]s}
data:
  nginx.conf: "server { location / { proxy_pass http://up-%[1]d; proxy_set_header Host other-%[1]d; } }"
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: se-%[1]d, namespace: %[2]s}
spec: {hosts: ["api-%[1]d.vendor.com", "*.se-%[1]d.net"], location: MESH_EXTERNAL, ports: [{number: 443, name: https, protocol: HTTPS}], workloadSelector: {labels: {vm: v-%[1]d}}}
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: {name: pa-%[1]d, namespace: %[2]s}
spec: {selector: {matchLabels: {app.kubernetes.io/name: growing-cluster, tier: t-%[1]d}}, mtls: {mode: STRICT}}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: dr-%[1]d, namespace: %[2]s}
spec: {host: db-%[1]d, trafficPolicy: {tls: {mode: DISABLE}}}
---
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: {name: sc-%[1]d, namespace: %[2]s}
spec: {workloadSelector: {labels: {tier: t-%[1]d}}, outboundTrafficPolicy: {mode: REGISTRY_ONLY}, egress: [{hosts: ["./*"]}]}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: subsets-%[1]d, namespace: %[2]s}
spec: {host: out-%[1]d, subsets: [{name: v1, labels: {tier: t-%[1]d}}, {name: v2, labels: {tier: none}}]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: vs-%[1]d, namespace: %[2]s}
spec:
  hosts: [db-%[1]d, h-%[1]d.shop.com]
  gateways: [mesh, gw-%[1]d]
  http:
  - match: [{uri: {prefix: /a}}, {uri: {regex: "/b.*"}}]
    route: [{destination: {host: db-%[1]d, port: {number: 81}}}, {destination: {host: out-%[1]d, subset: v3}}]
  - route: [{destination: {host: lost-%[1]d.%[2]s.svc.cluster.local}}]
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: gw-%[1]d, namespace: %[2]s}
spec: {selector: {gateway: g-%[1]d}, servers: [{port: {number: 443, name: https, protocol: HTTPS}, hosts: ["h-%[1]d.shop.com"], tls: {mode: SIMPLE, credentialName: cert-%[1]d}}]}
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: ap-%[1]d, namespace: %[2]s}
spec:
  selector: {matchLabels: {tier: t-%[1]d}}
  rules: [{from: [{source: {namespaces: [lost-%[1]d]}}], to: [{operation: {methods: [GET], ports: ["3306"]}}]}]
---
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: {name: ra-%[1]d, namespace: %[2]s}
spec: {selector: {matchLabels: {tier: t-%[1]d}}, jwtRules: [{issuer: "https://i-%[1]d.vendor.com"}]}
---
apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: {name: tel-%[1]d, namespace: %[2]s}
spec: {selector: {matchLabels: {tier: t-%[1]d}}, accessLogging: [{}]}
---
apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: {name: ef-%[1]d, namespace: %[2]s}
spec:
  workloadSelector: {labels: {tier: t-%[1]d}}
  configPatches: [{applyTo: HTTP_FILTER, match: {context: ANY}, patch: {operation: INSERT_BEFORE, value: {name: f-%[1]d}}}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: kube-%[1]d, namespace: %[2]s, labels: {istio.io/waypoint-for: service}}
spec: {gatewayClassName: istio-waypoint, listeners: [{name: mesh, port: 15008, protocol: HBONE}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: route-%[1]d, namespace: %[2]s}
spec: {parentRefs: [{kind: Service, group: "", name: db-%[1]d}], rules: [{backendRefs: [{name: db-%[1]d, port: 80}]}]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: np-%[1]d, namespace: %[2]s}
spec: {podSelector: {matchLabels: {tier: t-%[1]d}}, policyTypes: [Ingress, Egress], ingress: [{ports: [{port: 3306}]}], egress: [{to: [{podSelector: {}}]}]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: in-%[1]d, namespace: %[2]s}
spec: {rules: [{host: h-%[1]d.shop.com}]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: role-%[1]d, namespace: %[2]s}
rules: [{apiGroups: [policy], resources: [podsecuritypolicies], verbs: [use], resourceNames: [psp]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: rb-%[1]d, namespace: %[2]s}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: role-%[1]d}
subjects: [{kind: ServiceAccount, name: sa-%[1]d, namespace: %[2]s}]
---
`

// growthOnce are the objects that a generated cluster has once.
const growthOnce = `apiVersion: policy/v1beta1
kind: PodSecurityPolicy
metadata: {name: psp}
spec: {allowedCapabilities: [NET_ADMIN], runAsUser: {rule: RunAsAny}}
`

// growing are inputs of any size: each writes one with n parts to a directory and
// returns what to look at.
var growing = map[string]func(t *testing.T, dir string, n int) input.Input{
	"manifest, one namespace": func(_ *testing.T, dir string, n int) input.Input {
		return input.Input{Path: filepath.Join(dir, "all.yaml"), Kind: input.KindManifest, Data: growthText(n, func(int) string { return "one" })}
	},
	"manifest, a namespace each": func(_ *testing.T, dir string, n int) input.Input {
		return input.Input{Path: filepath.Join(dir, "all.yaml"), Kind: input.KindManifest, Data: growthText(n, func(i int) string {
			return fmt.Sprintf("ns-%d\n---\napiVersion: v1\nkind: Namespace\nmetadata: {name: ns-%[1]d, labels: {istio-injection: enabled}}", i)
		})}
	},
	"manifest, one line": func(_ *testing.T, dir string, n int) input.Input {
		var text strings.Builder
		text.WriteString(`{"apiVersion": "v1", "kind": "List", "items": [`)
		for i := range n {
			if i > 0 {
				text.WriteString(", ")
			}
			fmt.Fprintf(&text, `{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p%d"}, "spec": {"containers": [{"name": "é", "securityContext": {"runAsUser": 1337}}]}}`, i)
		}
		text.WriteString("]}")
		return input.Input{Path: filepath.Join(dir, "line.yaml"), Kind: input.KindManifest, Data: []byte(text.String())}
	},
	"chart": func(t *testing.T, dir string, n int) input.Input {
		body := strings.NewReplacer("%[1]d", "{{ $i }}", "%[2]s", "{{ $.Release.Namespace }}").Replace(growthObjects)
		body = strings.ReplaceAll(body, "{app.kubernetes.io/name: growing-cluster", `{ {{ include "name" $ }}`)
		for name, text := range map[string]string{
			"Chart.yaml":             "apiVersion: v2\nname: grow\nversion: 1.0.0\n",
			"values.yaml":            fmt.Sprintf("parts: %d\n", n),
			"templates/_helpers.tpl": `{{ define "name" }}app.kubernetes.io/name: growing-cluster{{ end }}`,
			"templates/all.yaml":     "{{ range $i := until (int .Values.parts) }}" + body + "{{ end }}",
			"templates/once.yaml":    growthOnce,
		} {
			growthFile(t, filepath.Join(dir, name), text)
		}
		return input.Input{Path: dir, Kind: input.KindChart}
	},
	"terraform": func(t *testing.T, dir string, n int) input.Input {
		var text strings.Builder
		text.WriteString("variable \"image\" { default = \"mysql:8\" }\nlocals { labels = { part-of = \"grow\" } }\n")
		for i := range n {
			fmt.Fprintf(&text, `resource "kubernetes_deployment" "d%[1]d" {
  metadata { name = "d-%[1]d" }
  spec {
    selector { match_labels = { app = "a-%[1]d" } }
    template {
      metadata { labels = merge(local.labels, { app = "a-%[1]d" }) }
      spec {
        container {
          name  = "main"
          image = var.image
          security_context { run_as_user = 1337 }
        }
      }
    }
  }
}
resource "kubernetes_service" "s%[1]d" {
  metadata { name = "s-${kubernetes_deployment.d%[1]d.metadata[0].name}" }
  spec {
    selector = { app = kubernetes_deployment.d%[1]d.spec[0].template[0].metadata[0].labels.app }
    port { port = 3306 }
  }
}
`, i)
		}
		growthFile(t, filepath.Join(dir, "main.tf"), text.String())
		return input.Input{Path: dir, Kind: input.KindTerraform}
	},
}

func growthFile(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func growthText(n int, namespace func(i int) string) []byte {
	var text bytes.Buffer
	for i := range n {
		// The namespace of the last object may bring its Namespace along.
		ns, more, _ := strings.Cut(namespace(i), "\n")
		fmt.Fprintf(&text, growthObjects, i, ns)
		if more != "" {
			text.WriteString(strings.TrimPrefix(more, "---\n") + "\n---\n")
		}
	}
	text.WriteString(growthOnce)
	return text.Bytes()
}

// work is what a step has needed; took is the time of processors.
type work struct {
	allocations, bytes uint64
	took               time.Duration
}

// growth looks at an input as a worker does and returns what each step needs.
func growth(t *testing.T, in input.Input) map[string]work {
	t.Helper()
	done := map[string]work{}
	var before runtime.MemStats
	var started time.Duration
	begin := func() {
		runtime.ReadMemStats(&before)
		started = processorTime(t)
	}
	end := func(step string) {
		took := processorTime(t) - started
		var after runtime.MemStats
		runtime.ReadMemStats(&after)
		done[step] = work{after.Mallocs - before.Mallocs, after.TotalAlloc - before.TotalAlloc, took}
		begin()
	}
	j := job{Task: taskTogether, Settings: settings{Mesh: &checks.Mesh{}}}
	request := j.request()
	request.Inputs = []input.Input{in}
	begin()
	r, err := meshcheck.Analyze(t.Context(), request)
	if err != nil {
		t.Fatal(err)
	}
	end("analysis")
	if err := j.Settings.Log.build(r).Write(&bytes.Buffer{}); err != nil {
		t.Error(err)
	}
	end("log")
	for _, e := range r.Errors {
		t.Fatal(e.Err)
	}
	if len(r.Findings) == 0 {
		t.Fatal("no findings: the test sees nothing")
	}
	return done
}

// maxGrowth is how many times more a step may need for ten times as much input. What
// compared everything with everything was at 55 here.
const maxGrowth = 13.0

// TestGrowth holds that no step compares everything with everything: ten times as
// many objects take about ten times as many allocations and bytes. Under `make bench`
// the times are told and held too.
func TestGrowth(t *testing.T) {
	small, large := 30, 300
	timed := os.Getenv("MESHCHECK_BENCH") != ""
	if timed {
		small, large = 100, 1000
	}
	for name, write := range growing {
		t.Run(name, func(t *testing.T) {
			growth(t, write(t, t.TempDir(), small)) // what is made once is made
			few, many := growth(t, write(t, t.TempDir(), small)), growth(t, write(t, t.TempDir(), large))
			for i := 0; timed && i < 2; i++ { // a busy machine makes no step faster
				few = least(few, growth(t, write(t, t.TempDir(), small)))
				many = least(many, growth(t, write(t, t.TempDir(), large)))
			}
			for _, step := range []string{"analysis", "log"} {
				a, b := few[step], many[step]
				t.Logf("%-7s %8d -> %9d allocations (x%.1f), %6.1f -> %7.1f MB (x%.1f), %7s -> %7s (x%.1f)", step,
					a.allocations, b.allocations, ratio(a.allocations, b.allocations), float64(a.bytes)/1e6, float64(b.bytes)/1e6, ratio(a.bytes, b.bytes),
					a.took.Round(10*time.Microsecond), b.took.Round(10*time.Microsecond), ratio(a.took, b.took))
				if ratio(a.allocations, b.allocations) > maxGrowth || ratio(a.bytes, b.bytes) > maxGrowth {
					t.Errorf("%s: ten times as many objects take more than %.0f times as much", step, maxGrowth)
				}
				if timed && b.took > 100*time.Millisecond && ratio(a.took, b.took) > 2.5*maxGrowth {
					t.Errorf("%s: ten times as many objects take %.0f times as long", step, ratio(a.took, b.took))
				}
			}
		})
	}
}

// least is the shorter time of each step of two runs.
func least(a, b map[string]work) map[string]work {
	for step, w := range b {
		w.took = min(w.took, a[step].took)
		b[step] = w
	}
	return b
}

func ratio[T uint64 | time.Duration](a, b T) float64 { return float64(b) / float64(max(a, 1)) }
