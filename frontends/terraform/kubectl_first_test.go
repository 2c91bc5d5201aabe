package terraform

import (
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/frontends/terraform/eval"
)

// TestFirstOfDocuments cuts texts as the provider of kubectl_manifest does.
func TestFirstOfDocuments(t *testing.T) {
	for text, want := range map[string][2]string{
		"a: 1\n":                               {"a: 1\n", ""},
		"a: 1\n---\nb: 2\n":                    {"a: 1\n", "b: 2"},
		"---\na: 1\n---\nb: 2\n---\nc: 3\n":    {"---\na: 1\n", "b: 2"},
		"# why\n---\na: 1\n---\n# no more\n":   {"# why\n---\na: 1\n---\n# no more\n", ""},
		"a: 1\n--- {b: 2}\n":                   {"a: 1\n", "--- {b: 2}"},
		"--- {a: 1}\n---\r\n\r\nb: 2\r\n":      {"--- {a: 1}\n", "b: 2"},
		"a: 1\n---\n---\n# x\n---\nb: 2":       {"a: 1\n", "b: 2"},
		"a: |\n  one\n  ---\n  two\nb: ---x\n": {"a: |\n  one\n  ---\n  two\nb: ---x\n", ""},
		"a: |\n  one\n---x\n":                  {"a: |\n  one\n---x\n", ""},
		"":                                     {"", ""},
		"# nothing\n---\n":                     {"# nothing\n---\n", ""},
	} {
		first, next := eval.FirstOfDocuments(text)
		if got := [2]string{first, text[next.Start:next.End]}; got != want {
			t.Errorf("%q is cut into %q, want %q", text, got, want)
		}
	}
}

// TestOneDocumentOfYAMLBody holds that what the provider does not apply is told at its
// line, and neither judged nor a fault.
func TestOneDocumentOfYAMLBody(t *testing.T) {
	got := loadText(t, map[string]string{"main.tf": `resource "kubectl_manifest" "x" {
  yaml_body = <<YAML
apiVersion: v1
kind: Namespace
metadata: {name: shop}
---
apiVersion: v1
kind: Pod
metadata: {name: [lost]}
YAML
}
`})
	if len(got.Objects) != 1 || got.Objects[0].Kind != "Namespace" || len(got.Errors) != 0 {
		t.Errorf("objects %v, errors %v", got.Objects, got.Errors)
	}
	told := strings.Join(got.Notes, "\n")
	if !strings.Contains(told, "main.tf:7:1: the yaml_body of kubectl_manifest.x goes on with another document here") {
		t.Errorf("the notes are %q", told)
	}
}
