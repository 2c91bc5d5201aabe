package suite_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/suite"
	"github.com/mesh-check/mesh-check/frontends/manifest"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/render/source/sourcetest"
)

// istioCase is one case of Istio's own analyzer tests with what it expects.
type istioCase struct {
	Name     string
	Version  string `json:"istio_version"`
	Analyzer string
	Inputs   []string
	Context  []string `json:"context_inputs"`
	// Note names, for the cases of istioctl validate, the checks that must find the
	// fault: "-> MESH104 (details) and MESH105 (hello)".
	Note   string
	Expect []expectation
}

// expectation is what Istio's analyzer says of a case.
type expectation struct {
	Code, Kind, Name string
	// Offline is yes where the case's files decide, partly where a part of a cluster does, no where only a cluster does.
	Offline string
	Checks  []string `json:"mesh_checks"`
	// Line is the line that Istio's analyzer gives, 0 for none; Document is the first line of the object's document.
	Line     int `json:"istio_line"`
	Document int `json:"document_line"`
}

// leastFound is which part of Istio's expectations must be found, in percent.
var leastFound = map[string]int{"yes": 98, "partly": 90}

// newestIstio is the target of cases from Istio's newest tests.
const newestIstio = "1.31"

var noted = regexp.MustCompile(`(MESH\d{3})(?: \((\w+)\))?`)

// divergences are the places where this suite and Istio's analyzers differ with
// intent: "case: MESHnnn Kind name", and why.
var divergences = map[string]string{
	"service-multiple-deployments: MESH101 Deployment no-services": "Istio 1.20 dropped the requirement; a note stays",
	"service-with-no-selector: MESH101 Deployment helloworld-v2":   "Istio 1.20 dropped the requirement; a note stays",

	"crd-peer-authentication-partial-selector: MESH806 PeerAuthentication partial-selector":        "the webhook warns of it, and the case is about what it refuses",
	"crd-service-entry-empty-selector: MESH713 ServiceEntry empty-selector":                        "the webhook warns of it, and the case is about what it refuses",
	"validate-invalid-pilot-configuration-v1beta1: MESH713 VirtualService invalid-virtual-service": "istioctl validate refuses it; the case names no check",
	"validate-warning: MESH713 ": "the deprecated field is that of MESH952",
}

// TestIstioCases runs Istio's own analyzer cases: what Istio finds and an
// implemented check is there for must be found on the same object, and such a check
// must find nothing on an object of which Istio's analyzer says nothing.
func TestIstioCases(t *testing.T) {
	dir := sourcetest.Shared(t, "data/istio-cases/cases")
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	count := map[string]int{}
	used := map[string]bool{}
	var missed, lines []string
	var cases []istioCase
	for _, e := range entries {
		cases = append(cases, readCase(t, filepath.Join(dir, e.Name())))
	}
	byAnalyzer := checksOfAnalyzers(cases)
	for _, c := range cases {
		found := judge(t, filepath.Join(dir, c.Name), c)
		expected := map[string]bool{}
		for _, e := range c.Expect {
			object := fmt.Sprintf("%s %q", e.Kind, e.Name)
			expected[object] = true
			ids := implemented(e.Checks)
			count["expectations, offline "+e.Offline]++
			at := slices.IndexFunc(found, func(f finding) bool { return slices.Contains(ids, f.id) && f.names(object) })
			switch {
			case len(ids) == 0:
				count["expectations of checks that are not written yet"]++
			case at >= 0:
				count["found, offline "+e.Offline]++
				if e.Line == 0 || found[at].object != object {
					break
				}
				lines = append(lines, fmt.Sprintf("%s %s: Istio %d, %s %d %s", c.Name, object, e.Line, found[at].id, found[at].line, found[at].path))
				if e.Line > e.Document && found[at].whole() {
					t.Errorf("%s: %s is reported for all of %s, and Istio gives line %d", c.Name, found[at].id, object, e.Line)
				}
			case e.Offline == "yes":
				diverges(t, used, fmt.Sprintf("%s: %s %s %s", c.Name, strings.Join(ids, "/"), e.Kind, e.Name), "not found, though Istio says "+e.Code)
			case e.Offline == "partly":
				missed = append(missed, fmt.Sprintf("%s: %s (%s) %s", c.Name, e.Code, strings.Join(ids, "/"), object))
			}
		}
		for _, m := range noted.FindAllStringSubmatch(c.Note, -1) {
			if _, ok := suite.Find(m[1]); !ok || !strings.HasPrefix(c.Note, "-> ") {
				count["notes on checks that are not written yet"]++
				continue
			}
			count["notes on written checks"]++
			if !slices.ContainsFunc(found, func(f finding) bool { return f.id == m[1] && strings.Contains(f.object, m[2]) }) {
				diverges(t, used, fmt.Sprintf("%s: %s %s", c.Name, m[1], m[2]), "not found, though istioctl validate refuses it")
			}
		}
		for _, f := range found {
			if !slices.Contains(byAnalyzer[c.Analyzer], f.id) {
				continue
			}
			wanted := slices.ContainsFunc(slices.Collect(maps.Keys(expected)), f.names)
			if !wanted {
				diverges(t, used, fmt.Sprintf("%s: %s %s", c.Name, f.id, strings.ReplaceAll(f.object, `"`, "")), "found, though Istio's analyzer is silent: "+f.message)
			}
		}
	}
	for key := range divergences {
		if !used[key] {
			t.Errorf("the divergence %q does not occur any more", key)
		}
	}
	for offline, least := range leastFound {
		if n, all := count["found, offline "+offline], count["expectations, offline "+offline]; 100*n < least*all {
			t.Errorf("%d of %d expectations (offline: %s) are found, fewer than %d %%", n, all, offline, least)
		}
	}
	t.Logf("lines, Istio's and ours:\n%s", strings.Join(lines, "\n"))
	t.Logf("not found, of those that a part of a cluster decides: %s", strings.Join(missed, "; "))
	t.Logf("%d cases: %v", len(cases), count)
}

func diverges(t *testing.T, used map[string]bool, key, what string) {
	t.Helper()
	if divergences[key] == "" {
		t.Errorf("%s: %s", key, what)
	}
	used[key] = true
}

func readCase(t *testing.T, dir string) istioCase {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, "expect.json"))
	if err != nil {
		t.Fatal(err)
	}
	c := istioCase{}
	if err := json.Unmarshal(data, &c); err != nil {
		t.Fatalf("%s: %v", dir, err)
	}
	c.Name = filepath.Base(dir)
	if c.Version == "" {
		c.Version = newestIstio
	}
	return c
}

func implemented(ids []string) []string {
	var have []string
	for _, id := range ids {
		if _, ok := suite.Find(id); ok {
			have = append(have, id)
		}
	}
	return have
}

// checksOfAnalyzers tells which written checks answer for an analyzer of Istio.
func checksOfAnalyzers(cases []istioCase) map[string][]string {
	of := map[string][]string{}
	for _, c := range cases {
		for _, e := range c.Expect {
			for _, id := range implemented(e.Checks) {
				if !slices.Contains(of[c.Analyzer], id) {
					of[c.Analyzer] = append(of[c.Analyzer], id)
				}
			}
		}
	}
	return of
}

// finding is what is compared of a finding: its check, the object it stands at as
// Kind "name", and the message, which names the other objects in the same way.
type finding struct {
	id, object, message, path string
	line                      int
}

// whole reports whether the finding is at the object and not at a field of it.
func (f finding) whole() bool { return f.path == "" || f.path == "metadata.name" || f.path == "kind" }

// names says whether the finding is about an object: Istio reports what concerns
// two objects at one of them, and this suite at the one to edit.
func (f finding) names(object string) bool {
	return f.object == object || strings.Contains(f.message, object)
}

// judge runs the whole suite over a case.
func judge(t *testing.T, dir string, c istioCase) []finding {
	t.Helper()
	var objects []*object.Object
	for _, name := range slices.Concat(c.Inputs, c.Context) {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		read, _ := manifest.Read(name, data) // some cases are broken on purpose
		objects = append(objects, read...)
	}
	mesh := &checks.Mesh{Istio: minorOf(c.Version)}
	var found []finding
	for _, f := range checks.Run(suite.Checks, object.NewSet("default", objects), mesh, checks.Selection{Enable: []string{"all"}}).Findings {
		if f.Suppressed == "" {
			o := f.Field.Object()
			found = append(found, finding{
				f.Check.ID, fmt.Sprintf("%s %q", o.Kind, o.Name), f.Message, f.Field.Path(), f.Field.Origin().Span.Begin().Line,
			})
		}
	}
	return found
}

func minorOf(version string) string {
	parts := strings.Split(version, ".")
	if len(parts) < 2 {
		return ""
	}
	return parts[0] + "." + parts[1]
}
