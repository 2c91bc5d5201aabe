package terraform

import (
	"strings"
	"testing"
)

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
	if !strings.Contains(told, "main.tf:7:1: the yaml_body of kubectl_manifest.x has another document here") {
		t.Errorf("the notes are %q", told)
	}
}
