package kube

import (
	"testing"
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
		first, next := firstOfDocuments(text)
		if got := [2]string{first, text[next.start:next.end]}; got != want {
			t.Errorf("%q is cut into %q, want %q", text, got, want)
		}
	}
}
