package checktest

import (
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/manifest"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// RunUnknown runs one check over manifests in which values are not known: the text UNKNOWN, a list [WHOLE] and
// the boolean false (where types allow no text).
func RunUnknown(t *testing.T, c *checks.Check, mesh *checks.Mesh, text string) checks.Outcome {
	t.Helper()
	objects, errs := manifest.Read("test.yaml", []byte(text))
	for _, err := range errs {
		t.Fatal(err)
	}
	for _, o := range objects {
		hide(o.Tree)
	}
	return checks.Run([]*checks.Check{c}, object.NewSet("default", objects), mesh, checks.Selection{Only: []string{c.ID}})
}

func hide(n *object.Node) {
	if n.Kind == object.String && n.Text == "UNKNOWN" || n.Kind == object.Bool && n.Text == "false" ||
		n.Kind == object.List && len(n.Items) == 1 && n.Items[0].Text == "WHOLE" {
		n.Kind, n.Text = object.Unknown, "var.x has no value"
	}
	for _, e := range n.Entries {
		hide(e.Value)
	}
	for _, item := range n.Items {
		hide(item)
	}
}

// Open tests that a value that is not known in manifests, as RunUnknown has them, is neither a finding nor silence:
// the one open question is at a path, and is closed when the value is known.
func Open(t *testing.T, c *checks.Check, mesh *checks.Mesh, text, path string) {
	t.Helper()
	out := RunUnknown(t, c, mesh, text)
	for _, f := range out.Findings {
		t.Errorf("finding: %s", f.Message)
	}
	if len(out.Questions) != 1 || out.Questions[0].Field.Path() != path {
		for _, o := range out.Questions {
			t.Logf("open: %s", o.Field.Path())
		}
		t.Errorf("%d open questions, want the one of %s", len(out.Questions), path)
	}
	known := RunUnknown(t, c, mesh, strings.NewReplacer(
		"ports: [WHOLE]", "ports: [{number: 1}]", "WHOLE", "x", "false", "true", "UNKNOWN", "x").Replace(text))
	if len(known.Questions) != 0 {
		t.Errorf("a known value leaves %s open", known.Questions[0].Field.Path())
	}
}
