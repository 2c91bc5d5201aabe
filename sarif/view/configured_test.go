package view

import (
	"encoding/json"
	"strings"
	"testing"
)

// TestConfigured holds that every report names which configurations were used, what
// they ignore and change, and which of their rules is for nothing.
func TestConfigured(t *testing.T) {
	l := load(t, "configured.sarif")
	o := Options{Root: "/repo", Cwd: "/repo/deploy", Notes: true}
	for format, lines := range map[string][]string{
		"text": {
			"configuration .mesh-check.yaml (1 input): ignores 1 finding; turns off MESH104, MESH301; sets severities: MESH992 note, MESH993 warning; sets the mesh's istio-version, cni; sets namespace, values-sets of inputs; excludes files\n",
			"configuration charts/web/.mesh-check.yaml (1 input): changes nothing\n",
			"= ignored by .mesh-check.yaml:10:5: the legacy image|cannot run as another user\n",
			"note: .mesh-check.yaml:20:5: this ignore rule ignored nothing; remove it\n",
			", 1 suppressed, 1 ignored by .mesh-check.yaml, ",
		},
		"line": {
			".mesh-check.yaml: note: this configuration ignores 1 finding; turns off MESH104, MESH301;",
		},
		"github": {
			"::notice title=mesh-check configuration::deploy/.mesh-check.yaml: ignores 1 finding; turns off MESH104, MESH301;",
		},
		"markdown": {
			"\nConfiguration <code>.mesh-check.yaml (1 input)</code>: ignores 1 finding; turns off MESH104, MESH301;",
			"- <code>.mesh-check.yaml:20:5</code>: this ignore rule ignored nothing; remove it\n",
			", 1 ignored by .mesh-check.yaml",
		},
	} {
		text := show(t, format, l, o)
		for _, line := range lines {
			if !strings.Contains(text, line) {
				t.Errorf("%s lacks %q:\n%s", format, line, text)
			}
		}
	}
	if text := show(t, "github", l, o); strings.Count(text, "::notice title=mesh-check configuration") != 1 {
		t.Errorf("github tells of configurations more than once:\n%s", text)
	}
	var doc struct {
		Findings []struct {
			Suppressed *string
			IgnoredAt  *jsonPosition
		}
		Configurations []struct {
			File, Input string
			Ignored     int
			Disabled    []string
		}
		Notes   []jsonNote
		Summary struct{ Suppressed, Ignored int }
	}
	if err := json.Unmarshal([]byte(show(t, "json", l, o)), &doc); err != nil {
		t.Fatal(err)
	}
	if len(doc.Configurations) != 2 || doc.Configurations[0].File != ".mesh-check.yaml" || doc.Configurations[0].Ignored != 1 {
		t.Errorf("json has the configurations %+v", doc.Configurations)
	}
	if doc.Summary.Ignored != 1 || doc.Summary.Suppressed != 1 {
		t.Errorf("json has the summary %+v", doc.Summary)
	}
	ignored := 0
	for _, f := range doc.Findings {
		if f.IgnoredAt != nil && f.Suppressed != nil && f.IgnoredAt.File == ".mesh-check.yaml" && f.IgnoredAt.Line == 10 {
			ignored++
		}
	}
	if ignored != 1 {
		t.Errorf("json has %d ignored findings, want 1", ignored)
	}
	if n := doc.Notes[len(doc.Notes)-1]; n.Location == nil || n.Location.Line != 20 {
		t.Errorf("json has the last note %+v, want the idle rule", n)
	}
}
