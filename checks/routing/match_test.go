package routing

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/mesh-check/mesh-check/frontends/manifest"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// serviceOf is a VirtualService with rules of one kind, written as JSON or YAML in one line each; x is not known.
func serviceOf(t *testing.T, kind string, rules ...string) views.VirtualService {
	t.Helper()
	text := "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: v}\nspec:\n  " + kind + ":\n"
	for _, rule := range rules {
		text += "  - {" + rule + "}\n"
	}
	objects, errs := manifest.Read("test.yaml", []byte(text))
	if len(errs) > 0 || len(objects) != 1 {
		t.Fatalf("%v in\n%s", errs, text)
	}
	blur(objects[0].Tree)
	return views.AsVirtualService(objects[0])
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

func answer(t object.Truth) string {
	if _, is := t.Undecided(); is {
		return "undecided"
	}
	return map[bool]string{true: "yes", false: "no"}[t.True()]
}

func TestTakes(t *testing.T) {
	for _, c := range []struct{ kind, upper, lower, want string }{
		{"http", "uri: {prefix: /a}", "uri: {prefix: /a}", "yes"},
		{"http", "name: n, uri: {prefix: /a}", "uri: {prefix: /a}", "yes"},
		{"http", "uri: {prefix: /a}", "uri: {prefix: /ab}", "yes"},
		{"http", "uri: {prefix: /ab}", "uri: {prefix: /a}", "no"},
		{"http", "uri: {prefix: /a}", "uri: {exact: /a}", "yes"},
		{"http", "uri: {exact: /a}", "uri: {prefix: /a}", "no"},
		{"http", "uri: {prefix: /a}", "uri: {regex: /a}", "no"},
		{"http", "uri: {regex: /a.*}", "uri: {regex: /a.*}", "yes"},
		{"http", "uri: {regex: .*}", "uri: {regex: /a.*}", "yes"},
		{"http", "uri: {prefix: /}", "headers: {h: {exact: v}}", "yes"},
		{"http", "uri: {prefix: /a}", "headers: {h: {exact: v}}", "no"},
		{"http", "uri: {prefix: /a}, ignoreUriCase: true", "uri: {prefix: /AB}", "yes"},
		{"http", "uri: {prefix: /a}", "uri: {prefix: /a}, ignoreUriCase: true", "no"},
		{"http", "uri: {prefix: /1}", "uri: {prefix: /1}, ignoreUriCase: true", "yes"},
		// Istio's analyzer takes a match without a method for one of GET; it is one of every method.
		{"http", "uri: {prefix: /a}, method: {exact: GET}", "uri: {prefix: /a}", "no"},
		{"http", "uri: {prefix: /a}", "uri: {prefix: /a}, method: {exact: GET}", "yes"},
		{"http", "method: {exact: GET}", "method: {exact: POST}", "no"},
		{"http", "headers: {H: {prefix: v}}", "headers: {h: {exact: v1}, other: {}}", "yes"},
		{"http", "headers: {h: {}}", "headers: {h: {exact: v1}}", "yes"},
		{"http", "headers: {h: {exact: v1}}", "headers: {h: {}}", "no"},
		{"http", "headers: {h: {exact: v}, other: {exact: v}}", "headers: {h: {exact: v}}", "no"},
		{"http", "withoutHeaders: {h: {exact: v}}", "withoutHeaders: {h: {prefix: v}}", "yes"},
		{"http", "withoutHeaders: {h: {prefix: v}}", "withoutHeaders: {h: {exact: v}}", "no"},
		{"http", "queryParams: {q: {exact: v}}", "headers: {q: {exact: v}}", "no"},
		{"http", "port: 80", "port: 80, uri: {prefix: /}", "yes"},
		{"http", "port: 80", "uri: {prefix: /}", "no"},
		{"http", "sourceLabels: {app: a}", "sourceLabels: {app: a, version: v1}", "yes"},
		{"http", "sourceLabels: {app: a, version: v1}", "sourceLabels: {app: a}", "no"},
		{"http", "sourceNamespace: a", "sourceNamespace: b", "no"},
		{"http", "gateways: [g, mesh]", "gateways: [g]", "yes"},
		{"http", "gateways: [mesh]", "uri: {prefix: /}", "yes"},
		{"http", "gateways: [g]", "uri: {prefix: /}", "no"},
		// A list of gateways makes the labels of clients void.
		{"http", "sourceLabels: {app: a}", "sourceLabels: {app: a}, gateways: [mesh]", "no"},
		{"http", "statPrefix: a", "uri: {prefix: /}", "yes"},
		{"http", "future: {a: [1]}", "uri: {prefix: /}", "no"},
		{"http", "future: {a: [1]}", "future: {a: [1]}, uri: {prefix: /}", "yes"},
		{"http", "uri: {prefix: x}", "uri: {prefix: /a}", "undecided"},
		{"http", "uri: {prefix: x}, port: 80", "uri: {prefix: /a}, port: 81", "no"},
		{"http", "uri: {prefix: /a}", "uri: {prefix: x}", "undecided"},
		{"http", "uri: {prefix: /}", "uri: {prefix: x}", "yes"},
		{"http", "headers: {h: x}", "headers: {h: {exact: v}}", "undecided"},
		{"http", "headers: x", "headers: {h: {exact: v}}", "undecided"},
		{"http", "headers: {h: {exact: v}}", "headers: x", "undecided"},
		{"tcp", "port: 1", "port: 1", "yes"},
		{"tcp", "port: 1", "port: 1, destinationSubnets: [10.0.0.0/8]", "yes"},
		{"tcp", "destinationSubnets: [10.0.0.0/8]", "destinationSubnets: [10.1.0.0/16]", "no"},
		{"tcp", "destinationSubnets: [10.0.0.0/8]", "port: 1", "no"},
		{"tcp", "sourceLabels: {app: a}", "sourceLabels: {app: a}, gateways: [mesh]", "yes"},
		{"tls", "port: 1, sniHosts: [a.b]", "port: 1, sniHosts: [a.b]", "yes"},
		{"tls", "sniHosts: [a.b]", "port: 1, sniHosts: [a.b]", "yes"},
		// Envoy prefers the most specific name whatever the order.
		{"tls", `sniHosts: ["*.b"]`, "sniHosts: [a.b]", "no"},
		{"tls", "sniHosts: [a.b]", "sniHosts: [a.b, c.b]", "no"},
	} {
		s := serviceOf(t, c.kind, "match: [{"+c.upper+"}]", "match: [{"+c.lower+"}]")
		var rules []*match
		for i, route := range s.Routes() {
			rules = append(rules, readMatch(&rule{Route: route, service: s, kind: c.kind, index: i}, route.Matches()[0]))
		}
		if got := answer(rules[0].takes(rules[1])); got != c.want {
			t.Errorf("%s: {%s} takes {%s}: %s, want %s", c.kind, c.upper, c.lower, got, c.want)
		}
		// The index must find what the comparison finds.
		var seen seenMatches
		seen.add(rules[0])
		if _, found := seen.before(rules[1]); found != (c.want != "no") {
			t.Errorf("%s: {%s} before {%s}: found is %v, want %s", c.kind, c.upper, c.lower, found, c.want)
		}
	}
}

// TestInOrder names the rules that are never used, and those behind one that takes everything.
func TestInOrder(t *testing.T) {
	for _, c := range []struct {
		kind, want string
		rules      []string
	}{
		{"http", "1 after, 2 after", []string{"route: []", "match: [{uri: {prefix: /a}}]", "route: []"}},
		{"http", "", []string{"match: [{uri: {prefix: /a}}]", "match: [{uri: {prefix: /b}}]", "route: []"}},
		{"http", "1 after", []string{"match: [{uri: {prefix: /}}]", "match: [{uri: {prefix: /b}}]"}},
		{"http", "1 after", []string{"match: [{uri: {exact: /a}}, {}]", "route: []"}},
		{"http", "", []string{"match: [{uri: {prefix: /}, port: 80}]", "route: []"}},
		{"http", "1 yes", []string{"match: [{uri: {prefix: /a}}, {uri: {prefix: /b}}]", "match: [{uri: {prefix: /bc}}, {uri: {exact: /a}}]"}},
		{"http", "1 no", []string{"match: [{uri: {prefix: /a}}]", "match: [{uri: {prefix: /a}}, {uri: {prefix: /b}}]"}},
		{"http", "0 no", []string{"match: [{uri: {prefix: /a}}, {uri: {prefix: /a}}, {uri: {prefix: /ab}}]"}},
		{"http", "1 undecided", []string{"match: [{uri: {prefix: x}}]", "match: [{uri: {prefix: /a}}]"}},
		{"http", "", []string{"match: x", "match: [{uri: {prefix: /a}}]"}},
		// Requests that the rules of the delegate do not match go on to the next rule.
		{"http", "", []string{"delegate: {name: d}", "match: [{uri: {prefix: /a}}], delegate: {name: d}", "match: [{uri: {prefix: /a}}]", "route: []"}},
		{"tcp", "1 after", []string{"route: []", "route: []"}},
		{"tcp", "1 no", []string{"match: [{port: 1}]", "match: [{port: 1}, {port: 2}]"}},
		{"tls", "", []string{"route: []", "match: [{sniHosts: [a]}]"}},
	} {
		s := serviceOf(t, c.kind, c.rules...)
		var got []string
		for _, r := range inOrder(s, c.kind, s.Routes()) {
			switch {
			case r.after != nil:
				got = append(got, fmt.Sprintf("%d after", r.index))
			case len(r.taken) > 0:
				got = append(got, fmt.Sprintf("%d %s", r.index, answer(r.never())))
			}
		}
		if s := strings.Join(got, ", "); s != c.want {
			t.Errorf("%s: %q gives %q, want %q", c.kind, c.rules, s, c.want)
		}
	}
}

// TestManyMatches holds that a match is not compared with all others.
func TestManyMatches(t *testing.T) {
	var rules []string
	for i := range 4_000 {
		rules = append(rules, fmt.Sprintf("match: [{uri: {prefix: /service-%d/}}]", i))
	}
	s := serviceOf(t, "http", rules...)
	start := time.Now()
	inOrder(s, "http", s.HTTP())
	if took := time.Since(start); took > 2*time.Second {
		t.Errorf("%v for %d rules", took, len(rules))
	}
}
