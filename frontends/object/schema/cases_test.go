package schema_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/render/source/sourcetest"
)

// places are the fields at which the invalid cases of Istio's tests are refused. Those
// of the cases "validate" are left out that are about Services, or that the webhook alone
// refuses.
var places = map[string]string{
	"authorization-policy-service-account-and-namespace":          "spec.rules[0].from[0].source.serviceAccounts",
	"destination-rule-bookinfo-ratings-2":                         "spec.trafficPolicy.loadBalancer.warmup.duration",
	"destination-rule-bookinfo-ratings-3":                         "spec.trafficPolicy.loadBalancer.warmup.aggression",
	"envoy-filter-waypoint-wrong-match":                           "spec.configPatches[0].match.context",
	"envoy-filter-waypoint-wrong-port":                            "spec.configPatches[0].match.waypoint.portNumber",
	"peer-authentication-bad-port":                                "spec.portLevelMtls.acd",
	"peer-authentication-empty-port-level":                        "spec.portLevelMtls",
	"peer-authentication-port-level-global":                       "spec.portLevelMtls",
	"peer-authentication-zero-port":                               "spec.portLevelMtls.0",
	"proxy-config-empty-key-selector":                             `spec.selector.matchLabels[""]`,
	"request-authentication-bad-target-kind":                      "spec.targetRef.kind spec.targetRef.namespace",
	"request-authentication-bad-target-name":                      "spec.targetRef.name",
	"request-authentication-bad-timeout":                          "spec.jwtRules[0].timeout",
	"request-authentication-empty-aud":                            "spec.jwtRules[0].audiences[0]",
	"request-authentication-invalid-claim-to-header-bad-header":   "spec.jwtRules[0].outputClaimToHeaders[0].header",
	"request-authentication-invalid-claim-to-header-header-empty": "spec.jwtRules[0].outputClaimToHeaders[0].header",
	"request-authentication-invalid-claim-to-header-unset":        "spec.jwtRules[0].outputClaimToHeaders[0]",
	"request-authentication-invalid-from-cookies":                 "spec.jwtRules[0].fromCookies[0]",
	"request-authentication-invalid-from-headers-empty-name":      "spec.jwtRules[0].fromHeaders[0].name",
	"request-authentication-invalid-from-headers-no-name":         "spec.jwtRules[0].fromHeaders[0].name",
	"request-authentication-invalid-space-delimited-claims":       "spec.jwtRules[0].spaceDelimitedClaims[0]",
	"request-authentication-ref-and-selector":                     "spec.selector",
	"service-entry-bad-cidr-resolution":                           "spec.addresses",
	"service-entry-bad-port-target":                               "spec.ports[0].targetPort",
	"service-entry-bad-selector-value":                            "spec.workloadSelector.labels.val",
	"service-entry-duplicate-ports-name":                          "spec.ports[1].name",
	"service-entry-missing-host":                                  "spec.hosts",
	"service-entry-no-spec":                                       "spec",
	"service-entry-none-with-endpoints":                           "spec.endpoints",
	"telemetry-bad-custom-metric":                                 "spec.metrics[0].overrides[0].match.customMetric",
	"telemetry-bad-tag-upsert":                                    "spec.metrics[0].overrides[0].tagOverrides.foo",
	"wasm-plugin-invalid-env-name":                                "spec.vmConfig.env[0].name",
	"wasm-plugin-invalid-env-name-2":                              "spec.vmConfig.env[0].value",
	"wasm-plugin-invalid-image-pull-secret":                       "spec.imagePullSecret",
	"wasm-plugin-invalid-selector":                                "spec.selector.matchLabels.istio",
	"wasm-plugin-invalid-selector-2":                              "spec.selector.matchLabels.istio*",
	"wasm-plugin-invalid-sha256":                                  "spec.sha256",
	"wasm-plugin-invalid-url":                                     "spec.url",
	"wasm-plugin-nested-nil":                                      "spec.url",
	"wasm-plugin-unset-port":                                      "spec.match[0].ports[0].number spec.url",
	"workload-entry-bad-port-name":                                "spec.ports.@",
	"workload-entry-bad-uds-dir":                                  "spec.address",
	"workload-entry-bad-uds-relative":                             "spec.address",
	"workload-entry-missing-address":                              "spec",
	"workload-group-http-probe-invalid":                           "spec.probe.httpGet.httpHeaders[0].name",
	"workload-group-no-spec":                                      "spec",
}

// TestCases holds Istio's own cases: what its CRDs refuse is reported at the right field,
// and nothing else is reported.
func TestCases(t *testing.T) {
	var index struct {
		Cases []struct {
			Name  string
			Valid *bool
		}
	}
	sourcetest.JSON(t, "data/istio-cases/index.json", &index)
	seen := 0
	for _, c := range index.Cases {
		name, crd := strings.CutPrefix(c.Name, "crd-")
		if c.Valid == nil || !crd && !strings.HasPrefix(c.Name, "validate-") {
			continue
		}
		if crd && *c.Valid != (places[name] == "") {
			t.Errorf("%s: valid is %v, and the test has the places %q", c.Name, *c.Valid, places[name])
		}
		seen++
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
			r, _ := check(t, string(text), "")
			for _, p := range r.Problems {
				found = append(found, p.Field.Path())
			}
		}
		slices.Sort(found)
		if got := strings.Join(found, " "); got != places[name] {
			t.Errorf("%s: problems at %q, want %q", c.Name, got, places[name])
		}
	}
	if seen < 70 {
		t.Errorf("only %d cases were there", seen)
	}
}

// TestWebhook holds the objects of Istio's own validation tests: nothing that its webhook
// accepts is refused. Of what it refuses, the CRDs know these many.
func TestWebhook(t *testing.T) {
	found := 0
	for _, v := range verdicts(t) {
		r, objects := check(t, string(v.Object), "")
		if objects == 0 {
			t.Errorf("no kind of %s", v.Object)
		}
		if len(r.Undecided) > 0 {
			t.Errorf("undecided: %s at %s", v.Object, r.Undecided[0].Path())
		}
		if len(r.Problems) == 0 {
			continue
		}
		if v.Valid {
			t.Errorf("false: %s: %s", r.Problems[0].Message, v.Object)
		}
		found++
	}
	if found != 64 {
		t.Errorf("the CRDs alone refuse %d objects, want 64 of the 162 that the webhook refuses", found)
	}
}
