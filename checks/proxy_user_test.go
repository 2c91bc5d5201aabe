package checks

import "testing"

// TestLastOfRange reads what OpenShift writes.
func TestLastOfRange(t *testing.T) {
	for text, want := range map[string]int64{"1000700000/10000": 1000709999, "1000-2000": 2000, "5/1": 5} {
		if got, ok := lastOfRange(text); !ok || got != want {
			t.Errorf("%s: %d, %v", text, got, ok)
		}
	}
	for _, text := range []string{"", "1000", "a/b", "10/0", "20-10", "99999999999999999999/1"} {
		if got, ok := lastOfRange(text); ok {
			t.Errorf("%q gives %d", text, got)
		}
	}
}
