package traffic

import (
	"testing"

	"github.com/mesh-check/mesh-check/checks"
)

func TestHostMatches(t *testing.T) {
	for _, test := range []struct {
		pattern, host string
		want          bool
	}{
		{"a.com", "a.com", true}, {"A.com", "a.com", true}, {"*.a.com", "b.a.com", true}, {"*.a.com", "c.b.a.com", true},
		{"*.a.com", "a.com", false}, {"*.a.com", "ba.com", false}, {"*", "a.com", true}, {"b.com", "a.com", false},
	} {
		if got := checks.HostMatches(test.pattern, test.host); got != test.want {
			t.Errorf("HostMatches(%q, %q) = %v", test.pattern, test.host, got)
		}
	}
}
