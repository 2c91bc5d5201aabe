package checktest

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/manifest"
	"github.com/mesh-check/mesh-check/frontends/object"
)

var checkID = regexp.MustCompile(`MESH\d{3}`)

// Manifests runs a suite over a file of manifests, whose first line may be "# flags:" with flags of the mesh, and
// returns the checks that its want comments name. A want comment is about "MESH201 error: message", so that each names
// its check; what the suite says otherwise is not compared, but a check that is named says nothing else.
func Manifests(t *testing.T, path string, suite []*checks.Check) map[string]bool {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var flags []string
	if first, _, _ := strings.Cut(string(text), "\n"); strings.HasPrefix(first, "# flags: ") {
		flags = strings.Fields(first)[2:]
	}
	s, err := parseFlags(flags)
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.ToSlash(path)
	objects, faults := manifest.Read(name, text)
	for _, fault := range faults {
		t.Error(fault)
	}
	wants, err := parseWants(name, string(text))
	if err != nil {
		t.Fatal(err)
	}
	named := map[string]bool{}
	for _, w := range wants {
		id := checkID.FindString(w.text)
		if id == "" {
			t.Errorf("%s names no check", w)
		}
		named[id] = true
	}
	report := &checks.Report{}
	report.Add(name, "", checks.Run(suite, object.NewSet(s.namespace, objects), &s.mesh, checks.Selection{}))
	report.Finish()
	for _, f := range report.Findings {
		said := f.Check.ID + " " + string(f.Severity) + ": " + f.Message
		at := placeOf(f.Origin.Span)
		if named[f.Check.ID] && !meet(wants, wantFinding, at, said) {
			t.Errorf("%s:%d: unexpected finding: %s", at.file, at.line, said)
		}
	}
	for _, w := range wants {
		if !w.met {
			t.Errorf("%s is not found", w)
		}
	}
	return named
}
