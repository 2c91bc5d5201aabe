package main

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/suite"
	"github.com/mesh-check/mesh-check/cmd/mesh-check/config"
)

// TestNewCheck holds that a check cannot fail a pipeline in the minor release that has it first,
// unless somebody says so, and that the log, the list and its page say that it is new.
func TestNewCheck(t *testing.T) {
	before := version
	t.Cleanup(func() { version = before })
	withOddSuite(t)
	t.Chdir(t.TempDir())
	write(t, "latest.yaml", strings.Replace(quietPod, "web", "latest", 1))
	write(t, "error.yaml", "version: 1\nchecks:\n  MESH997: {severity: error}\n")
	ask := func(args ...string) (string, int) {
		var out, errs bytes.Buffer
		code := run(args, strings.NewReader(""), &out, &errs)
		return out.String() + errs.String(), code
	}
	for _, c := range []struct {
		release           string
		flags             []string
		level, list, page string
		code              int
	}{
		{"9.9.0", nil, "note", "note, new in 9.9", "New in mesh-check 9.9", exitClean},
		{"9.9.4", nil, "note", "note, new in 9.9", "MESH997=error does it now", exitClean},
		{"9.9.0", []string{"--severity", "MESH997=warning"}, "warning", "note, new in 9.9", "", exitClean},
		{"9.9.0", []string{"--config", "error.yaml"}, "error", "note, new in 9.9", "", exitFindings},
		{"9.9.0", []string{"--fail-on", "note"}, "note", "", "", exitFindings},
		{"9.10.0", nil, "error", "error", "In mesh-check since 9.9.", exitFindings},
		{"10.0.0", nil, "error", "error", "In mesh-check since 9.9.", exitFindings},
	} {
		version, os.Args[0] = c.release, oddSuite+" "+c.release
		out, code := ask(append(c.flags, "--only", "MESH997", "-o", "sarif", "latest.yaml")...)
		var log struct {
			Runs []struct {
				Results []struct{ RuleID, Level string }
				Tool    struct {
					Driver struct {
						Rules []struct {
							ID                   string
							DefaultConfiguration struct{ Level string }
						}
					}
				}
			}
		}
		if err := json.Unmarshal([]byte(out), &log); err != nil || len(log.Runs) != 1 || len(log.Runs[0].Results) != 1 {
			t.Fatalf("%s %q: %v\n%s", c.release, c.flags, err, out)
		}
		if level := log.Runs[0].Results[0].Level; level != c.level || code != c.code {
			t.Errorf("%s %q: %s and exit code %d, want %s and %d", c.release, c.flags, level, code, c.level, c.code)
		}
		rule, _, _ := strings.Cut(c.list, ",")
		for _, r := range log.Runs[0].Tool.Driver.Rules {
			if r.ID == "MESH997" && c.list != "" && r.DefaultConfiguration.Level != rule {
				t.Errorf("%s: the rule is a %s, want %s", c.release, r.DefaultConfiguration.Level, rule)
			}
		}
		if out, _ := ask("checks"); c.list != "" && !strings.Contains(out, "MESH997  "+c.list+"  ") {
			t.Errorf("%s: no %q in the list:\n%s", c.release, c.list, out)
		}
		if out, _ := ask("explain", "MESH997"); !strings.Contains(out, c.page) {
			t.Errorf("%s: no %q in the page:\n%s", c.release, c.page, out)
		}
		if out, _ := ask("checks", "-o", "json"); c.list != "" && strings.Contains(out, `"becomes": "error"`) != (rule == "note") {
			t.Errorf("%s: what becomes of the check is not in the list:\n%s", c.release, out)
		}
	}
}

// TestAddedIn holds that the suite says releases of mesh-check, none later than its own.
func TestAddedIn(t *testing.T) {
	for _, c := range suite.Checks {
		if added := c.Added(); config.Minor(added) != added || checks.CompareVersions(added, config.Minor(fallbackVersion)) > 0 {
			t.Errorf("%s is added in %s, and these are the sources of %s", c.ID, added, fallbackVersion)
		}
	}
}
