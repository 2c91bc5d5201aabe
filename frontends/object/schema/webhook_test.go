package schema_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/schema"
)

// both are the problems of an object by its CRD and by the webhook.
func both(t testing.TB, o *object.Object) (crd, webhook schema.Result) {
	t.Helper()
	group, version, _ := strings.Cut(o.APIVersion, "/")
	s, ok := schema.Of(group, o.Kind, version)
	if !ok {
		t.Fatalf("no schema of %s", o)
	}
	crd = s.Check(o, "")
	return crd, schema.Admit(o, crd)
}

// refusals are the problems that are more than a warning.
func refusals(problems []schema.Problem) []schema.Problem {
	return slices.DeleteFunc(slices.Clone(problems), func(p schema.Problem) bool { return p.Sort == schema.Warned })
}

// unseen are the faults that webhook.jsonl does not have: an empty list or mapping, which
// Protocol Buffers leave out, and a label.
var unseen = []string{
	"`from` must not be empty", "`to` must not be empty", "port level mTLS, if defined, must have at least one element",
	"is not supported when using waypoints",
}

// TestAdmit holds the objects of Istio's own validation tests: CRD and webhook together
// refuse what Istio refuses, and nothing else.
func TestAdmit(t *testing.T) {
	for _, v := range verdicts(t) {
		crd, webhook := both(t, decode(t, string(v.Object))[0])
		if warned := len(webhook.Problems) > len(refusals(webhook.Problems)); warned && v.Valid && v.Istio == "" {
			t.Errorf("Istio does not warn: %s at %s: %s", webhook.Problems[0].Message, webhook.Problems[0].Field.Path(), v.Object)
		}
		problems := len(crd.Problems) + len(refusals(webhook.Problems))
		if v.Valid && problems > 0 {
			for _, p := range refusals(webhook.Problems) {
				t.Errorf("false: %s: %s: %s", p.Field.Path(), p.Message, v.Object)
			}
		}
		if !v.Valid && problems == 0 {
			if !slices.ContainsFunc(unseen, func(s string) bool { return strings.Contains(v.Istio, s) }) {
				t.Errorf("missed: %s: %s", v.Istio, v.Object)
			}
		}
		if len(webhook.Undecided) > 0 {
			t.Errorf("undecided: %s of %s", webhook.Undecided[0].Path(), v.Object)
		}
	}
}
