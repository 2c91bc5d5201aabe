package checks

import (
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/frontends/manifest"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// passOf returns a pass of a check over the objects of a text.
func passOf(t *testing.T, mesh *Mesh, text string) *Pass {
	t.Helper()
	objects, errs := manifest.Read("test.yaml", []byte(text))
	for _, err := range errs {
		t.Fatal(err)
	}
	set := object.NewSet("default", objects)
	return newPass(&Check{ID: "MESH000"}, newFacts(set, mesh))
}

// pod is a Pod whose metadata and spec are extended.
func pod(metadata, spec string) string {
	return "apiVersion: v1\nkind: Pod\nmetadata: {name: p" + metadata + "}\nspec: {containers: [{name: main, image: a}]" + spec + "}\n"
}

func namespace(labels string) string {
	return "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: default, labels: {" + labels + "}}\n"
}

func TestEnrolled(t *testing.T) {
	const (
		out = iota
		sidecar
		ambient
		assumed
	)
	label := func(l string) string { return pod(", labels: {"+l+"}", "") }
	tests := []struct {
		name string
		mesh Mesh
		text string
		want int
	}{
		{"nothing is said", Mesh{}, pod("", ""), assumed},
		{"host network", Mesh{}, pod(", labels: {sidecar.istio.io/inject: 'true'}", ", hostNetwork: true"), out},
		{"kube-system", Mesh{}, pod(", namespace: kube-system", ""), out},
		{"label false", Mesh{}, label("sidecar.istio.io/inject: 'false'"), out},
		{"label false before labels counted", Mesh{Istio: "1.8"}, label("sidecar.istio.io/inject: 'false'"), assumed},
		{"label true", Mesh{}, label("sidecar.istio.io/inject: 'true'"), sidecar},
		{"label true in a namespace that is disabled", Mesh{}, label("sidecar.istio.io/inject: 'true'") + namespace("istio-injection: disabled"), out},
		{"annotation false", Mesh{}, pod(", annotations: {sidecar.istio.io/inject: 'false'}", ""), out},
		{"label wins over annotation", Mesh{}, pod(", labels: {sidecar.istio.io/inject: 'true'}, annotations: {sidecar.istio.io/inject: 'false'}", ""), sidecar},
		{"annotation true decides nothing", Mesh{}, pod(", annotations: {sidecar.istio.io/inject: 'true'}", ""), assumed},
		{"a value that is neither decides nothing", Mesh{}, label("sidecar.istio.io/inject: 'no'"), assumed},
		{"up to 1.26 it keeps them out", Mesh{Istio: "1.26"}, label("sidecar.istio.io/inject: 'no'") + namespace("istio-injection: enabled"), out},
		{"but not a word for yes", Mesh{Istio: "1.26"}, label("sidecar.istio.io/inject: 'Yes'") + namespace("istio-injection: enabled"), sidecar},
		{"and the annotation does not count beside it", Mesh{}, pod(", labels: {sidecar.istio.io/inject: 'no'}, annotations: {sidecar.istio.io/inject: 'false'}", ""), assumed},
		{"namespace enabled", Mesh{}, pod("", "") + namespace("istio-injection: enabled"), sidecar},
		{"namespace disabled", Mesh{}, pod("", "") + namespace("istio-injection: disabled"), out},
		{"namespace with revision", Mesh{}, pod("", "") + namespace("istio.io/rev: canary"), sidecar},
		{"pod with revision", Mesh{}, label("istio.io/rev: canary"), sidecar},
		{"ambient pod", Mesh{}, label("istio.io/dataplane-mode: ambient"), ambient},
		{"pod outside ambient", Mesh{}, label("istio.io/dataplane-mode: none") + namespace("istio.io/dataplane-mode: ambient"), out},
		{"a label false is the injector's", Mesh{}, label("sidecar.istio.io/inject: 'false'") + namespace("istio.io/dataplane-mode: ambient"), ambient},
		{"and so is the annotation", Mesh{}, pod(", annotations: {sidecar.istio.io/inject: 'false'}", "") + namespace("istio.io/dataplane-mode: ambient"), ambient},
		{"and a namespace that is disabled", Mesh{}, pod("", "") + namespace("istio.io/dataplane-mode: ambient, istio-injection: disabled"), ambient},
		{"a pod asks for both planes in it", Mesh{}, label("sidecar.istio.io/inject: 'true', istio.io/dataplane-mode: ambient") + namespace("istio-injection: disabled"), ambient},
		{"label false, and none", Mesh{}, label("sidecar.istio.io/inject: 'false', istio.io/dataplane-mode: none") + namespace("istio.io/dataplane-mode: ambient"), out},
		{"ambient namespace", Mesh{}, pod("", "") + namespace("istio.io/dataplane-mode: ambient"), ambient},
		{"sidecar before ambient", Mesh{}, label("istio.io/dataplane-mode: ambient") + namespace("istio-injection: enabled"), sidecar},
		{"namespace without a word", Mesh{}, pod("", "") + namespace("team: shop"), assumed},
		{
			"namespace without a word beside one with", Mesh{},
			pod("", "") + namespace("team: shop") + "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: other, labels: {istio-injection: enabled}}\n", out,
		},
		{"told by a flag", Mesh{NamespaceLabels: map[string]map[string]string{"default": {"istio-injection": "enabled"}}}, pod("", ""), sidecar},
		{"told by a flag not to be", Mesh{NamespaceLabels: map[string]map[string]string{"default": {}}}, pod("", ""), out},
		{"the flag says ambient", Mesh{DataPlane: Ambient}, pod("", ""), ambient},
		{"a proxy of its own", Mesh{}, "apiVersion: v1\nkind: Pod\nmetadata: {name: p, labels: {sidecar.istio.io/inject: 'false'}}\n" +
			"spec: {containers: [{name: main, image: a}, {name: istio-proxy, image: proxyv2}]}\n", sidecar},
		{
			"namespaces by default", Mesh{}, pod("", "") + "---\napiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nmetadata: {name: o}\n" +
				"spec: {values: {sidecarInjectorWebhook: {enableNamespacesByDefault: true}}}\n" + namespace("team: shop"), sidecar,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := passOf(t, &tt.mesh, tt.text)
			e := p.Enrolled(p.Workloads()[0])
			got := map[bool]int{true: out}[e.Out()]
			switch {
			case e.Ambient():
				got = ambient
			case e.Sidecar() && e.Assumed():
				got = assumed
			case e.Sidecar():
				got = sidecar
			}
			if got != tt.want || len(p.open) > 0 {
				t.Errorf("got %d (%s), want %d; open questions: %d", got, e.Why, tt.want, len(p.open))
			}
			if e.Why == "" || !e.Assumed() && e.State != EnrolOut && len(tt.mesh.NamespaceLabels) == 0 && e.Field.Object() == nil {
				t.Errorf("%q does not say what decides", e.Why)
			}
		})
	}
}

// TestEnrolledOpen says that an unknown value is no answer, is recorded, and only
// where it matters.
func TestEnrolledOpen(t *testing.T) {
	unknown := func(text string) *Pass {
		p := passOf(t, &Mesh{}, strings.ReplaceAll(text, "UNKNOWN", "x"))
		for _, o := range p.Objects() {
			blur(o.Tree)
		}
		return passAgain(p)
	}
	p := unknown(pod(", labels: {sidecar.istio.io/inject: x}", ""))
	if e := p.Enrolled(p.Workloads()[0]); !e.Out() || e.State != EnrolUnknown || len(p.open) != 1 {
		t.Errorf("an unknown label gives %+v and %d open questions", e, len(p.open))
	}
	p = unknown(pod(", labels: {sidecar.istio.io/inject: 'false'}, annotations: {sidecar.istio.io/inject: x}", ""))
	if e := p.Enrolled(p.Workloads()[0]); e.State != EnrolOut || len(p.open) != 0 {
		t.Errorf("an unknown annotation behind a label gives %+v and %d open questions", e, len(p.open))
	}
}

// blur makes every text x of a tree unknown.
func blur(n *object.Node) {
	if n.Kind == object.String && n.Text == "x" {
		n.Kind, n.Text = object.Unknown, "var.x has no value"
	}
	for _, e := range n.Entries {
		blur(e.Value)
	}
	for _, item := range n.Items {
		blur(item)
	}
}

func passAgain(p *Pass) *Pass {
	set := object.NewSet("default", p.Objects())
	return newPass(p.check, newFacts(set, p.Mesh))
}

func TestMTLS(t *testing.T) {
	policy := func(namespace, spec string) string {
		return "---\napiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: {name: a, namespace: " + namespace + "}\nspec: {" + spec + "}\n"
	}
	app := pod(", labels: {app: a}", "")
	strict, own := "mtls: {mode: STRICT}", "selector: {matchLabels: {app: a}}"
	tests := []struct {
		name string
		mesh Mesh
		text string
		want MTLSMode
	}{
		{"nothing is said", Mesh{}, app, MTLSPermissive},
		{"the flag", Mesh{MTLSMode: "STRICT"}, app, MTLSStrict},
		{"the whole mesh", Mesh{}, app + policy("istio-system", strict), MTLSStrict},
		{"another root namespace", Mesh{IstioNamespace: "mesh"}, app + policy("istio-system", strict), MTLSPermissive},
		{"the namespace wins over the mesh", Mesh{}, app + policy("istio-system", strict) + policy("default", "mtls: {mode: DISABLE}"), MTLSDisable},
		{"the workload wins over the namespace", Mesh{}, app + policy("default", strict) + policy("default", own+", mtls: {mode: PERMISSIVE}"), MTLSPermissive},
		{"unset goes on", Mesh{}, app + policy("default", own+", mtls: {mode: UNSET}") + policy("default", strict), MTLSStrict},
		{"the port wins", Mesh{}, app + policy("default", own+", mtls: {mode: PERMISSIVE}, portLevelMtls: {80: {mode: STRICT}}"), MTLSStrict},
		{"another port does not", Mesh{}, app + policy("default", own+", portLevelMtls: {81: {mode: STRICT}}"), MTLSPermissive},
		{"a port without selector does not count", Mesh{}, app + policy("default", "portLevelMtls: {80: {mode: STRICT}}"), MTLSPermissive},
		{"another workload", Mesh{}, app + policy("default", "selector: {matchLabels: {app: b}}, "+strict), MTLSPermissive},
		{"another namespace", Mesh{}, app + policy("other", strict), MTLSPermissive},
		{"unknown", Mesh{}, app + policy("default", "mtls: {mode: x}"), MTLSUndecided},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := passOf(t, &tt.mesh, tt.text)
			for _, o := range p.Objects() {
				blur(o.Tree)
			}
			p = passAgain(p)
			if got, _ := p.MTLS(p.Workloads()[0], 80); got != tt.want || (tt.want == MTLSUndecided) != (len(p.open) == 1) {
				t.Errorf("got %q and %d open questions, want %q", got, len(p.open), tt.want)
			}
		})
	}
}

func TestMeshConfig(t *testing.T) {
	p := passOf(t, &Mesh{}, `
apiVersion: install.istio.io/v1alpha1
kind: IstioOperator
metadata: {name: o}
spec: {meshConfig: {outboundTrafficPolicy: {mode: REGISTRY_ONLY}}}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: istio, namespace: istio-system, annotations: {galley.istio.io/analyze-suppress: "*"}}
data:
  mesh: |-
    outboundTrafficPolicy:
      mode: ALLOW_ANY
---
apiVersion: v1
kind: ConfigMap
metadata: {name: istio, namespace: broken}
data: {mesh: "[", other: x}
`)
	var got []string
	for _, f := range p.MeshConfig("outboundTrafficPolicy", "mode") {
		got = append(got, f.Str().V+" at "+f.Path())
		if span := f.Origin().Span; !span.Valid() {
			t.Errorf("%s has no place", f.Path())
		}
	}
	want := "REGISTRY_ONLY at spec.meshConfig.outboundTrafficPolicy.mode, ALLOW_ANY at data.mesh.outboundTrafficPolicy.mode"
	if s := strings.Join(got, ", "); s != want {
		t.Errorf("got %s, want %s", s, want)
	}
	f := &Finding{Check: p.check, Field: p.MeshConfig("outboundTrafficPolicy")[1]}
	if suppressedByAnnotation(f) == "" {
		t.Error("the annotations of the object are lost inside its text")
	}
}

func TestSuppressedByAnnotation(t *testing.T) {
	c := &Check{ID: "MESH104", Name: "port-name-convention", Istio: []string{"IST0118"}}
	for value, want := range map[string]bool{
		"*": true, "IST0118": true, "IST0001, IST0118": true, "MESH104": true, "port-name-convention": true,
		"": false, "IST0001": false, "IST01180": false, ",": false,
	} {
		p := passOf(t, &Mesh{}, "apiVersion: v1\nkind: Service\nmetadata: {name: s, annotations: {galley.istio.io/analyze-suppress: '"+value+"'}}\n")
		by := suppressedByAnnotation(&Finding{Check: c, Field: p.Objects()[0].Root()})
		if (by != "") != want {
			t.Errorf("%q suppresses: %q", value, by)
		}
	}
}

// TestOwnInstallation says what counts as Istio's own.
func TestOwnInstallation(t *testing.T) {
	tests := map[string]struct{ control, gateway bool }{
		pod("", ""):                                                         {false, false},
		pod(", labels: {istio: pilot}", ""):                                 {true, false},
		pod(", labels: {release: istio}", ""):                               {true, false},
		pod(", labels: {release: shop}", ""):                                {false, false},
		pod(", namespace: istio-system", ""):                                {true, false},
		pod(", labels: {gateway.istio.io/managed: x}", ""):                  {false, true},
		pod(", annotations: {inject.istio.io/templates: 'a, gateway'}", ""): {false, true},
		"apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: istio-proxy, image: auto}]}\n":                      {false, true},
		"apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: istio-proxy, image: auto}, {name: b, image: c}]}\n": {false, false},
	}
	for text, want := range tests {
		p := passOf(t, &Mesh{}, text)
		w := p.Workloads()[0]
		if got := p.ControlPlane(w.Object); got != want.control {
			t.Errorf("control plane: %v, want %v:\n%s", got, want.control, text)
		}
		if got := p.Gateway(w); got != want.gateway {
			t.Errorf("gateway: %v, want %v:\n%s", got, want.gateway, text)
		}
	}
}
