package suite_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/suite"
	"github.com/mesh-check/mesh-check/render/source/sourcetest"
)

var update = flag.Bool("update", false, "write docs/istioctl.md and docs/requirements.md")

// istioctlPage is the page that compares the suite with istioctl.
var istioctlPage = filepath.Join("..", "..", "docs", "istioctl.md")

// validateRules are the families of rules of istioctl validate, and the checks for them, or why there are none.
// Source: istio/istio istioctl/pkg/validate, pkg/config/validation, operator/pkg/apis/validation (1.32).
var validateRules = []struct {
	rule   string
	checks []string
	why    string
}{
	{"fields, types, values and rules of the CRDs of Istio and of the Gateway API", []string{"MESH713"}, ""},
	{"VirtualService, DestinationRule, Gateway, ServiceEntry, Sidecar, WorkloadEntry, WorkloadGroup", []string{"MESH713", "MESH714"}, ""},
	{"AuthorizationPolicy", []string{"MESH804", "MESH907"}, ""},
	{"PeerAuthentication", []string{"MESH806"}, ""},
	{"RequestAuthentication", []string{"MESH809", "MESH907"}, ""},
	{"Telemetry, WasmPlugin, ProxyConfig", []string{"MESH713", "MESH907"}, ""},
	{"EnvoyFilter", []string{"MESH713", "MESH822"}, ""},
	{"unreachable and ineffective rules of VirtualServices", []string{"MESH707", "MESH708"}, ""},
	{"deprecated fields", []string{"MESH952"}, ""},
	{"names of Service ports", []string{"MESH104", "MESH105"}, ""},
	{"appProtocol of Service ports", []string{"MESH106"}, ""},
	{"the labels app and version of Deployments", []string{"MESH301", "MESH302"}, ""},
	{"IstioOperator", []string{"MESH955", "MESH956"}, ""},
	{"IstioOperator: all values of Istio's charts", nil, "the charts' own schema has them: render the charts with these values"},
}

// TestIstioctlPage holds that docs/istioctl.md is what the suite gives, that each code of istioctl analyze has a check or
// a reason, and each family of rules of istioctl validate too.
func TestIstioctlPage(t *testing.T) {
	answers := map[string][]string{}
	for _, c := range suite.Checks {
		for _, code := range c.Istio {
			answers[code] = append(answers[code], c.ID)
		}
	}
	var page bytes.Buffer
	page.WriteString(`# mesh-check beside istioctl

Made from the suite by ` + "`go test ./checks/suite -run TestIstioctlPage -update`" + `.

` + "`istioctl analyze`" + ` looks at a cluster, or at rendered manifests, of which it skips what it does not know. mesh-check looks at charts, Terraform and
manifests before anything is deployed, and points at the line of the template or of the values that a person wrote. Every code of istioctl analyze
since Istio 1.6 is here; a code in the annotation ` + "`galley.istio.io/analyze-suppress`" + ` suppresses the findings of its checks.

## istioctl analyze

| code | name | checks |
|---|---|---|
`)
	link := func(id string) string {
		c, ok := suite.Find(id)
		if !ok {
			t.Errorf("%s is not in the suite", id)
			return id
		}
		return fmt.Sprintf("[%s](../checks/%s/%s)", id, suite.Folder(c), c.PageFile())
	}
	for _, code := range checks.IstioCodes {
		var cell []string
		for _, id := range answers[code.Code] {
			cell = append(cell, link(id))
		}
		says := strings.Join(cell, " ")
		switch {
		case (len(cell) > 0) == (code.Why != ""):
			t.Errorf("%s has the checks %v, and the reason %q for none", code.Code, answers[code.Code], code.Why)
		case len(cell) == 0:
			says = "none: " + code.Why
		}
		name := code.Name
		if code.Until != "" {
			name += " (until " + code.Until + ")"
		}
		fmt.Fprintf(&page, "| %s | %s | %s |\n", code.Code, name, says)
	}
	page.WriteString("\n## istioctl validate\n\n| rules | checks |\n|---|---|\n")
	for _, r := range validateRules {
		var cell []string
		for _, id := range r.checks {
			cell = append(cell, link(id))
		}
		if len(cell) == 0 {
			cell = []string{"none: " + r.why}
		}
		fmt.Fprintf(&page, "| %s | %s |\n", r.rule, strings.Join(cell, " "))
	}
	for code := range answers {
		if !slices.ContainsFunc(checks.IstioCodes, func(c checks.IstioCode) bool { return c.Code == code }) {
			t.Errorf("%v answer to %s, which istioctl does not have", answers[code], code)
		}
	}
	if *update {
		if err := os.WriteFile(istioctlPage, page.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if have, err := os.ReadFile(istioctlPage); err != nil || !bytes.Equal(have, page.Bytes()) {
		t.Errorf("docs/istioctl.md is not what the suite gives (%v); write it with -update", err)
	}
}

// TestIstioCodes compares the codes with those of Istio's own messages.
func TestIstioCodes(t *testing.T) {
	data, err := os.ReadFile(sourcetest.Shared(t, "data/istio-cases/tables/analysis_messages.json"))
	if err != nil {
		t.Fatal(err)
	}
	var messages []struct{ Code, Name, Last string }
	if err := json.Unmarshal(data, &messages); err != nil {
		t.Fatal(err)
	}
	if len(messages) != len(checks.IstioCodes) {
		t.Fatalf("%d codes, and Istio has had %d", len(checks.IstioCodes), len(messages))
	}
	for i, m := range messages {
		until := ""
		if m.Last != "HEAD" {
			until = minorOf(m.Last)
		}
		if c := checks.IstioCodes[i]; c.Code != m.Code || c.Name != m.Name || c.Until != until {
			t.Errorf("%v, and Istio has %v", c, m)
		}
	}
}
