package capture

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"testing"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/render/source/sourcetest"
)

// portRow is a row of a table "Ports used by Istio": the number, the protocol, and who uses it or what for.
var portRow = regexp.MustCompile(`(?m)^\|? ?([0-9]+) \| ([A-Z0-9]+) \| +([^|]+?) \|`)

// TestPortsOfSeeds compares the ports of the sidecar with the three tables of Istio's documentation that the project began
// with: each names the ports of a release. What belongs to other pods is not taken.
func TestPortsOfSeeds(t *testing.T) {
	for _, seed := range []struct {
		file, release string
		// users are who uses the sidecar's ports in that table; empty where its first rows are the sidecar's.
		user  string
		first int
		rows  int
	}{
		{"000_a7d7eadbe9d0128e.txt", "1.8", "Envoy", 0, 12},
		{"001_b4ea61d2fd1fcde7.txt", "1.7", "Envoy", 0, 17},
		{"002_67286addaa6ea663.txt", "1.19", "", 10, 16},
	} {
		text, err := os.ReadFile(sourcetest.Shared(t, filepath.Join("seeds", seed.file)))
		if err != nil {
			t.Fatal(err)
		}
		p := capturePass(t, &checks.Mesh{Istio: seed.release}, onePod)
		var ours []int64
		for _, port := range reservedPorts(p, p.Workloads()[0]) {
			ours = append(ours, port.number)
		}
		rows := portRow.FindAllStringSubmatch(string(text), -1)
		if len(rows) != seed.rows {
			t.Errorf("%s has %d rows of ports, and %d are expected", seed.file, len(rows), seed.rows)
		}
		for i, row := range rows {
			number, err := strconv.ParseInt(row[1], 10, 64)
			if err != nil {
				t.Fatal(err)
			}
			ofSidecar := seed.user != "" && row[3] == seed.user || i < seed.first
			if ofSidecar != slices.Contains(ours, number) {
				t.Errorf("%s: port %d is of the sidecar: %v; in the table for Istio %s: %v", seed.file, number, ofSidecar, seed.release, !ofSidecar)
			}
		}
		t.Logf("%s: %d rows, Istio %s", seed.file, len(rows), seed.release)
	}
}
