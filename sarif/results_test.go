package sarif

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRead(t *testing.T) {
	for in, want := range map[string]string{
		"":                     "not a SARIF log",
		"{":                    "not a SARIF log (line 1)",
		"{\n\"version\": 3}":   "not a SARIF log (line 2)",
		`{"version": "2.0.0"}`: `SARIF version "2.0.0"`,
		`{"version": "2.1.0", "runs": [{"results": 3}]}`: "not a SARIF log",
	} {
		if _, err := Read(strings.NewReader(in)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Read(%q) = %v, want an error with %q", in, err, want)
		}
	}
}

// foreign is a log as other tools write it: hardly anything is there.
const foreign = `{"version":"2.1.0","runs":[null,{"tool":{"driver":{"name":"other","rules":[
 {"id":"R0"},{"id":"R1","name":"RuleOne","defaultConfiguration":{"level":"error"},"messageStrings":{"m":{"text":"{0} is bad"}}}]}},
 "originalUriBaseIds":{"SRC":{"uri":"file:///src/"},"SUB":{"uri":"sub/","uriBaseId":"SRC"}},
 "artifacts":[{"location":{"uri":"a.tf"}}],
 "results":[null,
  {"ruleId":"R1","message":{"id":"m","arguments":["x"]},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"y%20z.tf","uriBaseId":"SUB"},"region":{"startLine":3}}}]},
  {"message":{"text":"no rule, see [here](1)"},"locations":[{"physicalLocation":{"artifactLocation":{"index":0}}}],"relatedLocations":[null,{"id":1,"message":{"text":"here"}}]},
  {"kind":"pass","message":{"text":"fine"}},
  {"ruleId":"R0","message":{"text":"off"},"level":"note","suppressions":[{"kind":"inSource"}]},
  {"ruleId":"R0","message":{"text":"asked"},"level":"note","suppressions":[{"kind":"inSource","status":"underReview"}]}]}]}`

func TestForeignLog(t *testing.T) {
	l, err := Read(strings.NewReader(foreign))
	if err != nil {
		t.Fatal(err)
	}
	want := []Result{
		{ID: "R1", Name: "RuleOne", Level: "error", Message: "x is bad", Exact: true, Place: Location{File: "/src/sub/y z.tf", Line: 3, EndLine: 3}},
		{Level: "warning", Message: "no rule, see here", Exact: true, Place: Location{File: "a.tf"}, Related: []Related{{Message: "here"}}},
		{ID: "R0", Level: "note", Message: "off", Exact: true, Suppressed: "suppressed"},
		{ID: "R0", Level: "note", Message: "asked", Exact: true},
	}
	if diff := cmp.Diff(want, l.Results()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	var before, after any
	if err := json.Unmarshal([]byte(foreign), &before); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(bytesOf(t, l), &after); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, after); diff != "" {
		t.Errorf("the log changed on its way (-before +after):\n%s", diff)
	}
}
