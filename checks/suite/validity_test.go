package suite_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/validity"
	"github.com/mesh-check/mesh-check/frontends/manifest"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/schema"
	"github.com/mesh-check/mesh-check/render/source/sourcetest"
)

// invalidAt are the invalid cases of Istio's tests of CRDs and of istioctl validate: the lines at which a person
// changes something, with the checks that say so. Those of the latter that are about other objects are left out.
var invalidAt = map[string]string{
	"crd-authorization-policy-service-account-and-namespace":          "9 MESH804",
	"crd-destination-rule-bookinfo-ratings-2":                         "9 MESH713",
	"crd-destination-rule-bookinfo-ratings-3":                         "11 MESH713",
	"crd-envoy-filter-waypoint-wrong-match":                           "9 MESH713",
	"crd-envoy-filter-waypoint-wrong-port":                            "11 MESH713",
	"crd-peer-authentication-bad-port":                                "10 MESH806",
	"crd-peer-authentication-empty-port-level":                        "9 MESH806",
	"crd-peer-authentication-port-level-global":                       "6 MESH806",
	"crd-peer-authentication-zero-port":                               "10 MESH806",
	"crd-proxy-config-empty-key-selector":                             "8 MESH713",
	"crd-request-authentication-bad-target-kind":                      "8 MESH907, 10 MESH907",
	"crd-request-authentication-bad-target-name":                      "6 MESH907",
	"crd-request-authentication-bad-timeout":                          "8 MESH809",
	"crd-request-authentication-empty-aud":                            "9 MESH809",
	"crd-request-authentication-invalid-claim-to-header-bad-header":   "10 MESH809",
	"crd-request-authentication-invalid-claim-to-header-header-empty": "10 MESH809",
	"crd-request-authentication-invalid-claim-to-header-unset":        "9 MESH809",
	"crd-request-authentication-invalid-from-cookies":                 "9 MESH809",
	"crd-request-authentication-invalid-from-headers-empty-name":      "9 MESH809",
	"crd-request-authentication-invalid-from-headers-no-name":         "9 MESH809",
	"crd-request-authentication-invalid-space-delimited-claims":       "9 MESH809",
	"crd-request-authentication-ref-and-selector":                     "6 MESH907",
	"crd-service-entry-bad-cidr-resolution":                           "7 MESH713",
	"crd-service-entry-bad-port-target":                               "10 MESH713",
	"crd-service-entry-bad-selector-value":                            "21 MESH713",
	"crd-service-entry-duplicate-ports-name":                          "10 MESH713",
	"crd-service-entry-missing-host":                                  "5 MESH713",
	"crd-service-entry-no-spec":                                       "1 MESH713",
	"crd-service-entry-none-with-endpoints":                           "7 MESH713",
	"crd-telemetry-bad-custom-metric":                                 "9 MESH713",
	"crd-telemetry-bad-tag-upsert":                                    "9 MESH713",
	"crd-wasm-plugin-invalid-env-name":                                "9 MESH713",
	"crd-wasm-plugin-invalid-env-name-2":                              "11 MESH713",
	"crd-wasm-plugin-invalid-image-pull-secret":                       "7 MESH713",
	"crd-wasm-plugin-invalid-selector":                                "9 MESH713",
	"crd-wasm-plugin-invalid-selector-2":                              "9 MESH713",
	"crd-wasm-plugin-invalid-sha256":                                  "7 MESH713",
	"crd-wasm-plugin-invalid-url":                                     "6 MESH713",
	"crd-wasm-plugin-nested-nil":                                      "6 MESH713",
	"crd-wasm-plugin-unset-port":                                      "5 MESH713, 8 MESH713",
	"crd-workload-entry-bad-port-name":                                "8 MESH713",
	"crd-workload-entry-bad-uds-dir":                                  "6 MESH713",
	"crd-workload-entry-bad-uds-relative":                             "6 MESH713",
	"crd-workload-entry-missing-address":                              "5 MESH713",
	"crd-workload-group-http-probe-invalid":                           "9 MESH713",
	"crd-workload-group-no-spec":                                      "1 MESH713",
	"validate-invalid-pilot-configuration-v1beta1":                    "6 MESH713",
}

// TestValidityCases holds that each of Istio's invalid cases has its errors at their lines, and that each valid one has
// none.
func TestValidityCases(t *testing.T) {
	var index struct {
		Cases []struct {
			Name  string
			Valid *bool
		}
	}
	sourcetest.JSON(t, "data/istio-cases/index.json", &index)
	seen := map[string]bool{}
	for _, c := range index.Cases {
		if c.Valid == nil {
			continue
		}
		seen[c.Name] = true
		files, err := filepath.Glob(filepath.Join(sourcetest.Shared(t, "data/istio-cases/cases/"+c.Name), "*.yaml"))
		if err != nil || len(files) == 0 {
			t.Fatalf("%s has no input", c.Name)
		}
		var found []string
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			found = append(found, refusals(t, file, text)...)
		}
		if got := strings.Join(found, ", "); got != invalidAt[c.Name] {
			t.Errorf("%s: errors at %q, want %q", c.Name, got, invalidAt[c.Name])
		}
	}
	for name := range invalidAt {
		if !seen[name] {
			t.Errorf("the case %s is not there", name)
		}
	}
}

// refusals are the errors of the checks of validity about a text: lines and checks, in the order of the lines.
func refusals(t *testing.T, name string, text []byte) []string {
	t.Helper()
	objects, _ := manifest.Read(name, text) // what is no object is the matter of the input
	out := checks.Run(validity.Checks, object.NewSet("default", objects), &checks.Mesh{}, checks.Selection{})
	for _, bug := range out.Bugs {
		t.Errorf("%s: %s", name, bug.What)
	}
	slices.SortStableFunc(out.Findings, func(a, b *checks.Finding) int {
		return a.Field.Origin().Span.Start - b.Field.Origin().Span.Start
	})
	var found []string
	for _, f := range out.Findings {
		if f.Severity == checks.Error {
			found = append(found, fmt.Sprintf("%d %s", f.Field.Origin().Span.Begin().Line, f.Check.ID))
		}
	}
	return found
}

// notRefused are the objects that Istio's webhook refuses, by its words, and these checks do not: as JSON an empty list or
// mapping is not written, so that what is wrong with it is not there; the last is about a label of waypoints.
var notRefused = []string{
	"`from` must not be empty", "`to` must not be empty", "port level mTLS, if defined, must have at least one element",
	"is not supported when using waypoints",
}

// TestValidityWebhook holds the objects of Istio's own validation tests: an error where its webhook refuses one, and
// nowhere else.
func TestValidityWebhook(t *testing.T) {
	file, err := os.Open(sourcetest.Shared(t, "data/istio-cases/webhook.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	refused, valid, missed := 0, 0, 0
	for lines.Scan() {
		var v struct {
			Istio  string
			Object json.RawMessage
			Valid  bool
		}
		if err := json.Unmarshal(lines.Bytes(), &v); err != nil {
			t.Fatal(err)
		}
		found := refusals(t, "object.json", v.Object)
		switch {
		case v.Valid:
			valid++
			if len(found) > 0 {
				t.Errorf("false: %s: %s", found, v.Object)
			}
		case len(found) > 0:
			refused++
		default:
			missed++
			if !slices.ContainsFunc(notRefused, func(s string) bool { return strings.Contains(v.Istio, s) }) {
				t.Errorf("missed: %s: %s", v.Istio, v.Object)
			}
		}
	}
	t.Logf("%d refused, %d missed, %d valid", refused, missed, valid)
	if lines.Err() != nil || refused+missed < 100 || refused*100 < 97*(refused+missed) {
		t.Errorf("%d of %d invalid objects are refused; want 97%%: %v", refused, refused+missed, lines.Err())
	}
}

// TestValidityKinds holds that each served version of each kind is looked at, by the check that it belongs to.
func TestValidityKinds(t *testing.T) {
	owners := map[string]string{"AuthorizationPolicy": "MESH804", "PeerAuthentication": "MESH806", "RequestAuthentication": "MESH809"}
	kinds := schema.Kinds()
	for _, k := range kinds {
		for version := range k.Versions {
			text := "apiVersion: " + k.Group + "/" + version + "\nkind: " + k.Kind + "\nmetadata: {name: a}\nsepc: {}\n"
			objects, _ := manifest.Read("a.yaml", []byte(text))
			out := checks.Run(validity.Checks, object.NewSet("default", objects), &checks.Mesh{}, checks.Selection{})
			id := owners[k.Kind]
			if id == "" {
				id = "MESH713"
			}
			if !slices.ContainsFunc(out.Findings, func(f *checks.Finding) bool {
				return f.Check.ID == id && f.Field.Origin().Span.Begin().Line == 4 && strings.Contains(f.Message, "sepc") && f.Advice == "write spec"
			}) {
				t.Errorf("%s has no finding of %s in line 4", text, id)
			}
		}
	}
	if len(kinds) < 27 {
		t.Errorf("there are only %d kinds", len(kinds))
	}
}
