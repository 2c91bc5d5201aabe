package main

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// advised finds the protocol that an advice about a port tells to write, as the value of
// appProtocol or as the beginning of a name.
var advised = regexp.MustCompile(`(?:appProtocol: |[Nn]ame (?:it|the port)(?: to)? )"?([a-z0-9_]+)`)

// advisedFamilies are the protocols of which the one is no contradiction to the other.
var advisedFamilies = map[string]string{
	"tcp": "tcp", "mongo": "tcp", "mysql": "tcp", "redis": "tcp", "http": "http", "http2": "http", "grpc": "http", "https": "tls", "tls": "tls",
}

// portOf is the port of a Service that a finding is about.
var portOf = regexp.MustCompile(`^spec\.ports\[\d+\]`)

// opposed tells the ports for which findings advise different kinds of protocols, and how
// many findings advise one at all.
func opposed(is report) (wrong []string, advices int) {
	type portID struct{ input, object, path string }
	families := map[portID]map[string]string{} // with the check that advises it
	for _, f := range is.Findings {
		path := portOf.FindString(f.Path)
		if path == "" || f.Object.Kind != "Service" {
			continue
		}
		for _, m := range advised.FindAllStringSubmatch(f.Advice, -1) {
			family := advisedFamilies[m[1]]
			if family == "" {
				continue
			}
			advices++
			for _, o := range append([]objectName{f.Object}, f.Objects...) {
				id := portID{f.Input, o.Name, path}
				if families[id] == nil {
					families[id] = map[string]string{}
				}
				if families[id][family] == "" {
					families[id][family] = f.ID
				}
			}
		}
	}
	for id, by := range families {
		if len(by) > 1 {
			wrong = append(wrong, id.input+": Service "+id.object+" "+id.path+": "+strings.Join(sortedPairs(by), ", "))
		}
	}
	slices.Sort(wrong)
	return wrong, advices
}

func sortedPairs(by map[string]string) []string {
	var pairs []string
	for family, check := range by {
		pairs = append(pairs, check+" advises "+family)
	}
	slices.Sort(pairs)
	return pairs
}

// TestAdviceAgrees holds that no two findings tell to declare one port as different things,
// in the fixtures of all checks. TestCorpus holds the same for the public charts.
func TestAdviceAgrees(t *testing.T) {
	fixtures, err := filepath.Glob(filepath.Join("..", "..", "testdata", "checks", "MESH*", "chart*"))
	if err != nil {
		t.Fatal(err)
	}
	_, is := corpusRun(t, fixtures, exitClean)
	wrong, advices := opposed(is)
	for _, w := range wrong {
		t.Error(w)
	}
	if advices < 50 {
		t.Errorf("%d findings advise a protocol: too few to tell anything", advices)
	}
	t.Logf("%d inputs, %d advices", len(is.Inputs), advices)
}

// TestOpposed holds that the search finds what it is for.
func TestOpposed(t *testing.T) {
	port := func(id, path, advice string) reportFinding {
		return reportFinding{ID: id, Path: path, Advice: advice, Object: objectName{"Service", "s"}}
	}
	for name, c := range map[string]struct {
		findings []reportFinding
		want     int
	}{
		"opposite":     {[]reportFinding{port("A", "spec.ports[0].name", `name the port "tcp-x"`), port("B", "spec.ports[0]", "set appProtocol: http")}, 1},
		"two ports":    {[]reportFinding{port("A", "spec.ports[0].name", `name the port "tcp-x"`), port("B", "spec.ports[1]", "set appProtocol: http")}, 0},
		"in agreement": {[]reportFinding{port("A", "spec.ports[0].name", `name the port "tcp-x"`), port("B", "spec.ports[0]", "set appProtocol: redis")}, 0},
		"in a group": {[]reportFinding{
			port("A", "spec.ports[0].name", "name it grpc-x"),
			{ID: "B", Path: "spec.ports[0]", Advice: "set appProtocol: tcp", Object: objectName{"Service", "r"}, Objects: []objectName{{"Service", "r"}, {"Service", "s"}}},
		}, 1},
	} {
		if wrong, _ := opposed(report{Findings: c.findings}); len(wrong) != c.want {
			t.Errorf("%s: %q, want %d", name, wrong, c.want)
		}
	}
}
