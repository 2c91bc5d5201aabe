package source

import "testing"

// TestServed holds that nothing is asked of a server or a device which a name in a repository
// says. Windows has such names, and takes their first part for a volume.
func TestServed(t *testing.T) {
	for _, c := range []struct {
		volume, border string
		want           bool
	}{
		{"", "", false},
		{"", `C:`, false},
		{`C:`, `C:`, false},
		{`D:`, `C:`, false}, // it can be the same disk: links resolve it
		{`\\server\share`, `C:`, true},
		{`\\.\pipe`, `C:`, true},
		{`\\?\UNC\server\share`, `C:`, true},
		{`\\server\share`, `\\backup\share`, true},
		{`\\SERVER\share`, `\\server\share`, false},
	} {
		if got := served(c.volume, c.border); got != c.want {
			t.Errorf("%s of %s: %t, want %t", c.volume, c.border, got, c.want)
		}
	}
}
