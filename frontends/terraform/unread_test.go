package terraform

import "testing"

// TestUnreadParts says of which faults a part of a configuration is not read.
func TestUnreadParts(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want bool
	}{
		"syntax":     {"locals {\n  a = [\n}\n", true},
		"expression": {"resource \"kubernetes_pod\" \"p\" {\n  metadata { name = nothing.here }\n}\n", false},
	} {
		got := loadText(t, map[string]string{"main.tf": c.text})
		unread := false
		for _, err := range got.Errors {
			unread = unread || err.Unread
		}
		if unread != c.want {
			t.Errorf("%s: unread is %v, want %v: %v", name, unread, c.want, got.Errors)
		}
	}
}
