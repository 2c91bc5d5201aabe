package schema

import (
	"strings"
	"testing"
)

// BenchmarkLoad reads the table anew: the lines of the kinds, and the nodes of one kind
// or of all.
func BenchmarkLoad(b *testing.B) {
	b.Run("kinds", func(b *testing.B) {
		for b.Loop() {
			readTable()
		}
	})
	b.Run("VirtualService", func(b *testing.B) {
		for b.Loop() {
			readTable().schema("networking.istio.io", "VirtualService", "v1")
		}
	})
	b.Run("all", func(b *testing.B) {
		for b.Loop() {
			t := readTable()
			for _, k := range t.kinds {
				t.root(k.Root)
			}
		}
	})
}

// TestTable holds that each line of the table can be read, that each is used, and that
// the fields of its sentences exist.
func TestTable(t *testing.T) {
	table := readTable()
	if len(table.nodes) != table.Nodes || len(table.rules) != table.Rules {
		t.Fatalf("%d nodes and %d rules, want %d and %d", len(table.nodes), len(table.rules), table.Nodes, table.Rules)
	}
	nodes, rules := map[*node]bool{}, map[string]bool{}
	for _, k := range table.kinds {
		table.root(k.Root)
		for _, n := range table.known {
			nodes[n] = true
			for _, rule := range n.rules {
				rules[rule.fact] = true
				if rule.Say == "" || rule.Do == "" {
					t.Errorf("%s says nothing", rule.fact)
				}
			}
			for fact, release := range n.Since {
				if minor(release) == newest {
					t.Errorf("%s is since %q", fact, release)
				}
				if name, member := strings.CutPrefix(fact, "."); member && n.props[name] == nil {
					t.Errorf("there is no member %s", name)
				}
			}
			if n.pattern != nil {
				n.pattern()
			}
		}
	}
	if len(nodes) != table.Nodes || len(rules) != table.Rules {
		t.Errorf("%d nodes and %d rules are used, of %d and %d", len(nodes), len(rules), table.Nodes, table.Rules)
	}
}
