package wire

import (
	"slices"
	"strings"
	"testing"
)

// TestWireProtocols holds the tables of protocols: each row has its source, and what
// an input shows stands for one protocol.
func TestWireProtocols(t *testing.T) {
	spoken := map[string]map[int64]string{}
	usual := map[int64]string{}
	for _, table := range [][]Protocol{serverFirstProtocols, listedByIstio, ClientFirstProtocols} {
		for _, pr := range table {
			if pr.source == "" || pr.Name == "" || len(pr.ports) == 0 {
				t.Errorf("%q lacks its source or its ports", pr.Name)
			}
			for _, n := range pr.usual {
				if !slices.Contains(pr.ports, n) {
					t.Errorf("%s: %d is usual but no port of its software", pr.Name, n)
				}
				if other := usual[n]; other != "" {
					t.Errorf("port %d is usual for %s and %s", n, other, pr.Name)
				}
				usual[n] = pr.Name
				if tlsFirst[n] {
					t.Errorf("%s: port %d begins with TLS", pr.Name, n)
				}
			}
			for _, name := range slices.Concat(pr.software, pr.Words) {
				if name != strings.ToLower(name) || sideTool().MatchString(name) {
					t.Errorf("%s: %q is never found", pr.Name, name)
				}
			}
			for _, name := range pr.software {
				if spoken[name] == nil {
					spoken[name] = map[int64]string{}
				}
				for _, n := range pr.ports {
					if other := spoken[name][n]; other != "" {
						t.Errorf("image %s speaks %s and %s on port %d", name, other, pr.Name, n)
					}
					spoken[name][n] = pr.Name
				}
			}
		}
	}
}

// TestPeers holds the table of peers: each row has its source, and an image is in one row.
func TestPeers(t *testing.T) {
	seen := map[string]bool{}
	for _, row := range peers {
		if row.Name == "" || row.source == "" || len(row.images) == 0 || len(row.Ports)+len(row.HTTP) == 0 {
			t.Errorf("%q lacks its source, its images or its ports", row.Name)
		}
		for _, image := range row.images {
			if seen[image] || image != strings.ToLower(image) {
				t.Errorf("%s: %q is there twice, or is never found", row.Name, image)
			}
			seen[image] = true
		}
	}
}
