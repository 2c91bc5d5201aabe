package helm

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// TestHideManySecrets says that a list of many Secrets takes no longer than its length.
func TestHideManySecrets(t *testing.T) {
	var text strings.Builder
	text.WriteString("apiVersion: v1\nkind: List\nitems:\n")
	const n = 20_000
	for i := range n {
		fmt.Fprintf(&text, "- apiVersion: v1\n  kind: Secret\n  stringData: {a.b: SECRET%d}\n  metadata: {name: data}\n", i)
	}
	decoded := object.Decode(text.String(), nil, object.Helm)
	if len(decoded.Documents) != 1 {
		t.Fatalf("%d documents", len(decoded.Documents))
	}
	tree := decoded.Documents[0]
	var doc BlameDocument
	for i := range n {
		doc.Nodes = append(doc.Nodes, BlameNode{Path: fmt.Sprintf(`items[%d].stringData["a.b"]`, i), Part: "value", Value: "SECRET"},
			BlameNode{Path: fmt.Sprintf("items[%d].metadata.name", i), Part: "value", Value: "data"},
			BlameNode{Path: fmt.Sprintf(`items[%d].stringData["a.b"]`, i), Part: "key", Value: "a.b"})
	}
	begun := time.Now()
	doc.hideSecrets(tree)
	if took := time.Since(begun); took > 10*time.Second {
		t.Errorf("it takes %v", took)
	}
	for _, node := range doc.Nodes {
		if (node.Value == hidden) != (node.Part == "value" && strings.Contains(node.Path, ".stringData[")) {
			t.Fatalf("%s of %s is %q", node.Part, node.Path, node.Value)
		}
	}
	var lines []BlameLine
	for line := range strings.Lines(text.String()) {
		lines = append(lines, BlameLine{Text: strings.TrimSuffix(line, "\n")})
	}
	file{decoded: decoded}.hideSecrets(lines)
	for _, line := range lines {
		if strings.Contains(line.Text, "SECRET") {
			t.Fatalf("a line is %q", line.Text)
		}
	}
}
