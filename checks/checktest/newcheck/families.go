package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// family is a folder of checks, which has the ids that start with one of its prefixes.
type family struct {
	Folder   string
	prefixes []string
	About    string
}

// families are all that the catalogue of checks has, whether they have checks yet or not.
var families = []family{
	{"services", []string{"MESH1"}, "how Services and the protocols of their ports fit the mesh (MESH1xx)"},
	{"privileges", []string{"MESH2"}, "users, groups and capabilities (MESH2xx)"},
	{"labels", []string{"MESH3"}, "the labels by which Istio names workloads (MESH3xx)"},
	{"injection", []string{"MESH4"}, "sidecar injection (MESH4xx)"},
	{"capture", []string{"MESH5"}, "captured traffic (MESH5xx)"},
	{"traffic", []string{"MESH6"}, "what workloads send and receive (MESH600 to 639)"},
	{"lifecycle", []string{"MESH64"}, "how pods start, complete and end beside their proxy (MESH640 to 649)"},
	{"routing", []string{"MESH7"}, "how VirtualServices and DestinationRules fit the hosts that they name (MESH700 to 729)"},
	{"boundaries", []string{"MESH73", "MESH74", "MESH75"}, "what lets traffic in and out: Gateways, ServiceEntries, Sidecars (MESH730 to 759)"},
	{"security", []string{"MESH8"}, "Istio's security policies, Telemetry and EnvoyFilters (MESH8xx)"},
	{"ambient", []string{"MESH90", "MESH91"}, "ambient mode and the Gateway API (MESH900 to 919)"},
	{"install", []string{"MESH95", "MESH96"}, "how Istio itself is installed and configured (MESH950 to 969)"},
	{"delivery", []string{"MESH98"}, "what is declared to Argo CD (MESH980 to 989)"},
	{"validity", []string{"MESH713", "MESH714", "MESH804", "MESH806", "MESH809", "MESH822", "MESH907"},
		"whether the API server and Istio take a resource at all"},
}

// familyOf returns the family of a check's id: of those that have a prefix of it, the one
// with the longest.
func familyOf(id string) (family, error) {
	best, length := family{}, 0
	for _, f := range families {
		for _, prefix := range f.prefixes {
			if strings.HasPrefix(id, prefix) && len(prefix) > length {
				best, length = f, len(prefix)
			}
		}
	}
	if length == 0 {
		return family{}, fmt.Errorf("ID=%s: no family has this id; families.go lists them", id)
	}
	return best, nil
}

const listHead = "var Checks = []*checks.Check{\n"

// listed returns the file of a family's list with the check's line behind those with smaller
// ids. It is new where the check is the family's first.
func listed(root string, c started) (file string, text []byte, err error) {
	file = filepath.Join("checks", c.Family.Folder, c.Family.Folder+".go")
	source, err := os.ReadFile(filepath.Join(root, file))
	if errors.Is(err, fs.ErrNotExist) {
		text, err = filled("family.go.tmpl", c)
		return file, text, err
	}
	if err != nil {
		return file, nil, err
	}
	head, list, found := strings.Cut(string(source), listHead)
	if !found {
		return file, nil, fmt.Errorf("%s has no line %s", file, strings.TrimSpace(listHead))
	}
	list, tail, _ := strings.Cut(list, "}\n")
	lines := strings.Split(strings.TrimSuffix(list, "\n"), "\n")
	ids, err := idsOfVars(filepath.Join(root, filepath.Dir(file)))
	if err != nil {
		return file, nil, err
	}
	at := len(lines)
	for i, line := range lines {
		name := strings.TrimSuffix(strings.TrimSpace(line), ",")
		if ids[name] == c.ID || name == c.Var {
			return file, nil, fmt.Errorf("%s or %s is in the suite already", c.ID, c.Var)
		}
		if ids[name] > c.ID {
			at = i
			break
		}
	}
	lines = slices.Insert(lines, at, "\t"+c.Var+",")
	return file, []byte(head + listHead + strings.Join(lines, "\n") + "\n}\n" + tail), nil
}

// withFamily returns the text of suite.go with a family in it, at the place that families
// have by the order of their ids.
func withFamily(suite string, f family) (string, error) {
	line := func(f family) string { return fmt.Sprintf("\t{%q, %[1]s.Checks, %[1]s.Pages},\n", f.Folder) }
	imported := func(f family) string { return "/checks/" + f.Folder + "\"\n" }
	if strings.Contains(suite, line(f)) {
		return suite, nil
	}
	before := slices.IndexFunc(families, func(other family) bool { return other.Folder == f.Folder }) - 1
	for before >= 0 && !strings.Contains(suite, line(families[before])) {
		before--
	}
	if before < 0 {
		return "", fmt.Errorf("suite.go lists no family before %s", f.Folder)
	}
	last := families[before]
	suite = strings.Replace(suite, line(last), line(last)+line(f), 1)
	head, tail, _ := strings.Cut(suite, imported(last))
	path := head[strings.LastIndex(head, "\n")+1:]
	return head + imported(last) + path + imported(f) + tail, nil
}
