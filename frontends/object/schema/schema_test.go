package schema_test

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/mesh-check/mesh-check/frontends/object/schema"
)

const head = "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: a, whatever: 1}\n"

func TestCheck(t *testing.T) {
	for _, test := range []struct{ name, release, text, want string }{
		{"valid", "", head + "spec: {hosts: [a]}\nstatus: {anything: 1}", ""},
		{"unknown field at the top", "", head + "sepc: {hosts: [a]}", "sepc: unknown-field: write spec"},
		{"unknown field with a near one", "", head + "spec: {host: [a]}", "spec.host: unknown-field: write hosts"},
		{"unknown field in snake case", "", head + "spec: {http: [{cors_policy: {}}]}", "spec.http[0].cors_policy: unknown-field: write corsPolicy"},
		{"unknown field with none near", "", head + "spec: {colour: red}", "spec.colour: unknown-field: remove it"},
		{"wrong type, list", "", head + "spec: {hosts: a}", "spec.hosts: wrong-type: write a list: put - in front of each item"},
		{"wrong type, text", "", head + "spec: {hosts: [1]}", "spec.hosts[0]: wrong-type: put it in quotes"},
		{"wrong type, number", "", head + `spec: {http: [{route: [{destination: {host: a}, weight: "5"}]}]}`, "spec.http[0].route[0].weight: wrong-type: take the quotes away"},
		{"wrong type, text that is no number", "", head + `spec: {http: [{route: [{destination: {host: a}, weight: much}]}]}`, "spec.http[0].route[0].weight: wrong-type: write a whole number"},
		{"a whole number with a point", "", head + `spec: {http: [{route: [{destination: {host: a}, weight: 5.0}]}]}`, ""},
		{"null is not written", "", head + "spec: {hosts: null, http: null}", ""},
		{"null in a list", "", head + "spec: {hosts: [null]}", "spec.hosts[0]: wrong-type: write text"},
		{"null is missing", "", head + "spec: {http: [{route: [{destination: {host: null}}]}]}", "spec.http[0].route[0].destination.host: missing: set host"},
		{"too large", "", head + "spec: {http: [{route: [{destination: {host: a, port: {number: 5000000000}}}]}]}", "spec.http[0].route[0].destination.port.number: value: write a smaller number"},
		{"one of", "", head + "spec: {http: [{match: [{uri: {exact: a, prefix: b}}]}]}", "spec.http[0].match[0].uri.prefix: exclusive: keep one of them"},
		{"enum", "", dr("trafficPolicy: {tls: {mode: ISTIO_MUTAL}}"), "spec.trafficPolicy.tls.mode: value: write ISTIO_MUTUAL"},
		{"a wrong part leaves the other rules", "", dr("trafficPolicy: {connectionPool: {tcp: {connectTimeout: banana}}, tls: {mode: 5}}"),
			"spec.trafficPolicy.connectionPool.tcp.connectTimeout: rule: write a duration such as 5s or 1m; spec.trafficPolicy.tls.mode: wrong-type: put it in quotes"},
		{"a rule says nothing of a part that is wrong", "", dr("trafficPolicy: {connectionPool: {tcp: {connectTimeout: 5}}}"),
			"spec.trafficPolicy.connectionPool.tcp.connectTimeout: wrong-type: put it in quotes"},
		{"a field before its release", "1.22", dr("trafficPolicy: {loadBalancer: {warmup: {duration: 5s}}}"),
			"spec.trafficPolicy.loadBalancer.warmup: too-new: remove it, or install Istio 1.24"},
		{"and in its release", "1.24.1", dr("trafficPolicy: {loadBalancer: {warmup: {duration: 5s}}}"), ""},
		{"a value before its release", "1.20", dr("trafficPolicy: {proxyProtocol: {version: V1}}"), "spec.trafficPolicy.proxyProtocol: too-new: remove it, or install Istio 1.21"},
		{"a rule before its release", "1.23", se("hosts: ['*'], ports: [{name: a, number: 80, protocol: HTTP}]"), ""},
		{"and in its release", "1.24", se("hosts: ['*'], ports: [{name: a, number: 80, protocol: HTTP}]"), "spec.hosts[0]: rule: write host names"},
		{"a rule that ended", "1.23", target("GatewayClass"), "spec.targetRefs[0].kind: rule: refer to a Service, a ServiceEntry or a Gateway of the Gateway API"},
		{"and after it", "1.27", target("GatewayClass"), ""},
		{"a requirement that ended", "1.22", "apiVersion: security.istio.io/v1\nkind: RequestAuthentication\nspec: {jwtRules: [{jwksUri: 'https://a'}]}", "spec.jwtRules[0].issuer: missing: set issuer"},
		{"and after it", "1.27", "apiVersion: security.istio.io/v1\nkind: RequestAuthentication\nspec: {jwtRules: [{jwksUri: 'https://a'}]}", ""},
		{"defaults make rules hold", "", route("rules: [{backendRefs: [{name: a, port: 80}]}]"), ""},
		{"and break them", "", route("rules: [{backendRefs: [{name: a}]}]"), "spec.rules[0].backendRefs[0]: rule: set port"},
		{"equal items of a list", "", se("hosts: [a], ports: [{name: a, number: 80}, {name: a, number: 81}]"), "spec.ports[1].name: value: change or remove one of them"},
		{"equal numbers", "", se("hosts: [a], ports: [{name: a, number: 80}, {name: b, number: 80}]"), "spec.ports[1].number: rule: give each port its own number"},
	} {
		r, objects := check(t, test.text, test.release)
		var found []string
		for _, p := range r.Problems {
			found = append(found, p.Field.Path()+": "+string(p.Sort)+": "+p.Advice)
		}
		if got := strings.Join(found, "; "); got != test.want || objects != 1 {
			t.Errorf("%s:\n got %q\nwant %q", test.name, got, test.want)
		}
	}
}

func dr(spec string) string {
	return "apiVersion: networking.istio.io/v1beta1\nkind: DestinationRule\nmetadata: {name: a}\nspec: {host: a, " + spec + "}"
}

func se(spec string) string {
	return "apiVersion: networking.istio.io/v1beta1\nkind: ServiceEntry\nmetadata: {name: a}\nspec: {" + spec + "}"
}

func target(kind string) string {
	return "apiVersion: telemetry.istio.io/v1alpha1\nkind: Telemetry\nmetadata: {name: a}\nspec: {targetRefs: [{group: gateway.networking.k8s.io, kind: " + kind + ", name: a}]}"
}

func route(spec string) string {
	return "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: a}\nspec: {parentRefs: [{name: a}], " + spec + "}"
}

// TestPlaces holds where a problem is reported: a field that is written at itself, a missing
// one at its nearest parent.
func TestPlaces(t *testing.T) {
	const text = "apiVersion: networking.istio.io/v1\nkind: ServiceEntry\nspec:\n  hostss: [a]\n  ports:\n  - number: 80\n    protocol: 5\n    targetPort: 70000\n"
	r, _ := check(t, text, "")
	var got []string
	for _, p := range r.Problems {
		got = append(got, p.Message+" at "+p.Field.Origin().Span.Text())
	}
	want := []string{
		`there is no field "hostss" here at hostss`,
		"protocol must be text, not a whole number at 5",
		`targetPort is "70000": the port must be between 1 and 65535 at 70000`,
		"name is missing at number",
		"hosts is missing at spec",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestKinds(t *testing.T) {
	kinds := schema.Kinds()
	if len(kinds) != 28 {
		t.Errorf("%d kinds, want 28", len(kinds))
	}
	versions := 0
	for _, k := range kinds {
		for version := range k.Versions {
			versions++
			if _, ok := schema.Of(k.Group, k.Kind, version); !ok {
				t.Errorf("no schema of %s %s/%s", k.Kind, k.Group, version)
			}
		}
		if !schema.KnowsGroup(k.Group) {
			t.Errorf("the group %s is not known", k.Group)
		}
	}
	if versions < 50 {
		t.Errorf("%d versions of kinds", versions)
	}
	for _, none := range [][3]string{{"networking.istio.io", "VirtualService", "v2"}, {"networking.istio.io", "VirtualServices", "v1"}, {"apps", "Deployment", "v1"}} {
		if _, ok := schema.Of(none[0], none[1], none[2]); ok {
			t.Errorf("there is a schema of %v", none)
		}
	}
	if schema.KnowsGroup("apps") || schema.KnowsGroup("") {
		t.Error("groups of Kubernetes are known")
	}
	if s, _ := schema.Of("networking.istio.io", "VirtualService", "v1"); s.Since() != "1.22" {
		t.Errorf("VirtualService v1 is served since %q", s.Since())
	}
	if r := schema.Releases(); r[0] != "1.19" || r[len(r)-1] != "1.32" {
		t.Errorf("the releases are %v", r)
	}
}

// TestSentences holds what messages look like: one line that does not begin with a
// capital, unless it is a name.
func TestSentences(t *testing.T) {
	for _, v := range verdicts(t) {
		old, _ := check(t, string(v.Object), "1.19")
		crd, webhook := both(t, decode(t, string(v.Object))[0])
		for _, p := range slices.Concat(old.Problems, crd.Problems, webhook.Problems) {
			for _, s := range []string{p.Message, p.Advice} {
				first := []rune(s + " ")[0]
				if strings.ContainsAny(s, "\n\r") || s == "" || unicode.IsUpper(first) && !strings.HasPrefix(s, "Istio ") || strings.HasSuffix(s, ".") {
					t.Errorf("a sentence of another form: %q", s)
				}
			}
		}
	}
}

// TestFrom holds that all releases from Result.From on say the same of Istio's objects.
func TestFrom(t *testing.T) {
	older := 0
	for _, v := range verdicts(t) {
		o := decode(t, string(v.Object))[0]
		group, version, _ := strings.Cut(o.APIVersion, "/")
		s, _ := schema.Of(group, o.Kind, version)
		all := schema.Releases()
		newest := s.Check(o, all[len(all)-1])
		for _, release := range all {
			r := s.Check(o, release)
			same := len(r.Problems) == len(newest.Problems)
			if !same {
				older++
			}
			if from := strings.TrimPrefix(newest.From, "1."); !same && len(from) == 2 && strings.TrimPrefix(release, "1.") >= from || !same && newest.From == "1.0" {
				t.Errorf("from %s on all is the same, but %s finds %d problems and not %d: %s", newest.From, release, len(r.Problems), len(newest.Problems), v.Object)
			}
		}
	}
	if older == 0 {
		t.Error("no release differs")
	}
}
