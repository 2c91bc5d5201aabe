package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/render/source/sourcetest"
)

// istioTables are the tables that were read in Istio's own sources, and the tests that compare ours with them.
var istioTables = map[string][]string{
	"analysis_messages.json":             {"checks/suite/istioctl_test.go TestIstioCodes"},
	"annotations_labels_by_version.json": {"checks/injection/known_test.go TestTablesOfIstio"},
	"constants.json": {
		"checks/constants_test.go TestConstantsOfIstio", "checks/ambient/constants_test.go TestConstantsOfIstio",
		"checks/capture/reserved_test.go TestReservedPortsOfIstio", "checks/injection/constants_test.go TestConstantsOfIstio",
		"checks/install/constants_test.go TestConstantsOfIstio", "checks/labels/identity_test.go TestIdentityLabelsOfIstio",
		"checks/privileges/constants_test.go TestConstantsOfIstio", "checks/validity/constants_test.go TestConstantsOfIstio",
	},
	"convert_protocol.json":          {"checks/protocol_test.go TestConvertAsIstio"},
	"convert_protocol_extended.json": {"checks/protocol_test.go TestConvertAsIstio"},
	"crd_served_versions.json":       {"checks/install/served_test.go TestServedKinds"},
	"protocol_names_by_version.json": {"checks/protocol_test.go TestNamesByVersion"},
	"protocol_parse.json":            {"checks/protocol_test.go TestParseAsIstio"},
	"reserved_ports.json":            {"checks/capture/reserved_test.go TestReservedPortsOfIstio", "checks/constants_test.go TestWellKnownPorts"},
}

// unusedKeys are the parts of these tables that no test compares, and why.
var unusedKeys = map[string]string{
	"constants.json getapp_order":               "the order in which an analyzer of istioctl looks for a name: no check asks for it",
	"constants.json default_canonical_revision": "a word of MESH302's message",
	"constants.json gateway_managed_labels":     "whatever the label says, the controller of a gateway made the object",
	"constants.json min_k8s_HEAD":               "istioctl asks the cluster; the objects do not say which version it has",
}

// TestIstioTables holds that every table of the shared data that was read in Istio's sources is compared with ours, and every
// part of it: a file that is new there fails until a test uses it.
func TestIstioTables(t *testing.T) {
	dir := sourcetest.Shared(t, "data/istio-cases/tables")
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	there := map[string]bool{}
	for _, f := range files {
		there[f.Name()] = true
		if len(istioTables[f.Name()]) == 0 {
			t.Errorf("no test uses %s", f.Name())
			continue
		}
		code := usersOf(t, f.Name())
		keys, rows := keysOf(t, filepath.Join(dir, f.Name()))
		for _, key := range keys {
			_, excused := unusedKeys[f.Name()+" "+key]
			if used := strings.Contains(code, `json:"`+key+`"`); used == excused {
				t.Errorf("%s of %s is compared by a test: %v, and stands in unusedKeys: %v", key, f.Name(), used, excused)
			}
		}
		t.Logf("%s: %d rows, %s", f.Name(), rows, strings.Join(istioTables[f.Name()], ", "))
	}
	for name := range istioTables {
		if !there[name] {
			t.Errorf("%s is not there any more", name)
		}
	}
}

// usersOf is the code of the tests that use a table, which have to name it.
func usersOf(t *testing.T, table string) string {
	t.Helper()
	var all strings.Builder
	for _, user := range istioTables[table] {
		file, test, _ := strings.Cut(user, " ")
		code, err := os.ReadFile(filepath.Join("../..", file))
		if err != nil {
			t.Fatal(err)
		}
		_, body, found := strings.Cut(string(code), "\nfunc "+test+"(")
		body, _, _ = strings.Cut(body, "\n}\n")
		if !found || !strings.Contains(body, table) && !strings.Contains(body, "protocolsByVersion(") {
			t.Errorf("%s does not use %s", user, table)
		}
		all.Write(code)
	}
	return all.String()
}

// byName are the tables whose parts have names of their own, each with a test.
var byName = regexp.MustCompile(`^(constants|reserved_ports)\.json$`)

// keysOf are the named parts of a table, and how many rows it has.
func keysOf(t *testing.T, file string) (keys []string, rows int) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var list []any
	var parts map[string]json.RawMessage
	if json.Unmarshal(text, &list) == nil {
		return nil, len(list)
	}
	if err := json.Unmarshal(text, &parts); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(parts["rows"], &list); err == nil {
		return nil, len(list)
	}
	if byName.MatchString(filepath.Base(file)) {
		for key := range parts {
			keys = append(keys, key)
		}
	}
	return keys, len(parts)
}
