package nearest_test

import (
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/frontends/object/nearest"
)

func TestName(t *testing.T) {
	names := []string{"hosts", "http", "exportTo", "spec", "corsPolicy"}
	for name, want := range map[string]string{
		"host": "hosts", "exportto": "exportTo", "export_to": "exportTo", "sepc": "spec", "htpp": "http",
		"gateways": "", "x": "", "": "", strings.Repeat("hosts", 1000): "",
	} {
		if got := nearest.Name(name, names); got != want {
			t.Errorf("near %q is %q, want %q", name, got, want)
		}
	}
}
