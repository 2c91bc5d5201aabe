package view

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/sarif"
)

// logAt is the log of another tool with the same finding in two lines.
func logAt(t *testing.T, line int) *sarif.Log {
	t.Helper()
	one := func(line int) string {
		return fmt.Sprintf(`{"ruleId":"R","level":"error","message":{"text":"m"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"./a.yaml"},"region":{"startLine":%d}}}]}`, line)
	}
	l, err := sarif.Read(strings.NewReader(`{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"x"}},"results":[` + one(line) + "," + one(line+4) + `]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// TestGitLabSchema holds the report to what GitLab documents: an array, with no byte order mark before it, of issues that
// have these members alone, a severity that it knows, a relative path without "./", a first line, and a fingerprint that
// no other issue has. Source: gitlabhq/gitlabhq, doc/ci/testing/code_quality.md, "Implement a custom tool".
func TestGitLabSchema(t *testing.T) {
	for _, log := range []string{"sample.sarif", "hostile.sarif", "fleet.sarif", "fleet_errors.sarif", "explored.sarif", "suppressed.sarif"} {
		out := show(t, "gitlab", load(t, log), here)
		if !strings.HasPrefix(out, "[") {
			t.Errorf("%s: the report begins with %.10q", log, out)
		}
		d := json.NewDecoder(bytes.NewReader([]byte(out)))
		d.DisallowUnknownFields()
		var issues []gitlabIssue
		if err := d.Decode(&issues); err != nil {
			t.Fatalf("%s: %v", log, err)
		}
		seen := map[string]bool{}
		for _, i := range issues {
			switch {
			case i.Description == "" || i.CheckName == "" || i.Fingerprint == "" || i.Location.Path == "" || i.Location.Lines.Begin < 1:
				t.Errorf("%s: something is missing: %+v", log, i)
			case !slices.Contains([]string{"info", "minor", "major", "critical", "blocker"}, i.Severity):
				t.Errorf("%s: GitLab knows no severity %q", log, i.Severity)
			case strings.HasPrefix(i.Location.Path, "./") || strings.HasPrefix(i.Location.Path, "/"):
				t.Errorf("%s: the path is %s", log, i.Location.Path)
			case seen[i.Fingerprint]:
				t.Errorf("%s: two issues have the fingerprint %s", log, i.Fingerprint)
			}
			seen[i.Fingerprint] = true
		}
		if again := show(t, "gitlab", load(t, log), here); again != out {
			t.Errorf("%s: two reports differ", log)
		}
	}
	if out := show(t, "gitlab", empty(t), here); out != "[]\n" {
		t.Errorf("without a finding the report is %s", out)
	}
}

// TestGitLabFingerprints holds that an issue is known again when the file changes around it.
func TestGitLabFingerprints(t *testing.T) {
	prints := func(line int) (all []string) {
		var issues []gitlabIssue
		if err := json.Unmarshal([]byte(show(t, "gitlab", logAt(t, line), here)), &issues); err != nil {
			t.Fatal(err)
		}
		for _, i := range issues {
			all = append(all, i.Fingerprint)
		}
		return all
	}
	if a, b := prints(3), prints(40); len(a) != 2 || a[0] == a[1] || !slices.Equal(a, b) {
		t.Errorf("the fingerprints are %q, and with other lines %q", a, b)
	}
}

func empty(t *testing.T) *sarif.Log {
	t.Helper()
	l, err := sarif.Read(strings.NewReader(`{"version":"2.1.0","runs":[]}`))
	if err != nil {
		t.Fatal(err)
	}
	return l
}
