package view

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/mesh-check/mesh-check/sarif"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// load reads a log that the tests of sarif keep as golden: views need nothing else.
func load(t testing.TB, name string) *sarif.Log {
	t.Helper()
	f, err := os.Open(filepath.Join("..", "testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	l, err := sarif.Read(f)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func show(t testing.TB, format string, l *sarif.Log, o Options) string {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, format, l, o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v; write it with: go test ./sarif/view -update", err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s differs (-want +got); after reading the difference: go test ./sarif/view -update\n%s", file, diff)
	}
}

// here is a run in the repository's folder deploy.
var here = Options{Root: "/repo", Cwd: "/repo/deploy", Elapsed: 210 * time.Millisecond}

func TestGolden(t *testing.T) {
	notes, color, narrow, rooted := here, here, here, here
	notes.Notes = true
	color.Color = true
	narrow.Width = 60
	rooted.Cwd = "/repo"
	for _, c := range []struct {
		file, format, log string
		o                 Options
	}{
		{"sample.txt", "text", "sample.sarif", here},
		{"notes.txt", "text", "suppressed.sarif", notes},
		{"color.txt", "text", "sample.sarif", color},
		{"narrow.txt", "text", "sample.sarif", narrow},
		{"value.txt", "text", "value.sarif", rooted},
		{"sample.line", "line", "sample.sarif", here},
		{"sample.json", "json", "suppressed.sarif", here},
		{"sample.github", "github", "sample.sarif", here},
		{"hostile.txt", "text", "hostile.sarif", notes},
		{"hostile.line", "line", "hostile.sarif", here},
		{"hostile.github", "github", "hostile.sarif", here},
		{"sample.md", "markdown", "sample.sarif", here},
		{"hostile.md", "markdown", "hostile.sarif", here},
		{"fleet.txt", "text", "fleet.sarif", here},
		{"fleet_notes.txt", "text", "fleet.sarif", notes},
		{"fleet.line", "line", "fleet.sarif", here},
		{"fleet.json", "json", "fleet.sarif", here},
		{"fleet.github", "github", "fleet.sarif", here},
		{"fleet.md", "markdown", "fleet.sarif", here},
		{"fleet_errors.txt", "text", "fleet_errors.sarif", here},
		{"fleet_errors.line", "line", "fleet_errors.sarif", here},
		{"fleet_errors.github", "github", "fleet_errors.sarif", here},
		{"fleet_errors.md", "markdown", "fleet_errors.sarif", here},
		{"explored.txt", "text", "explored.sarif", here},
		{"explored_notes.txt", "text", "explored.sarif", notes},
		{"explored.line", "line", "explored.sarif", here},
		{"explored.json", "json", "explored.sarif", here},
		{"explored.github", "github", "explored.sarif", here},
		{"explored.md", "markdown", "explored.sarif", here},
		{"sample.gitlab.json", "gitlab", "sample.sarif", here},
		{"hostile.gitlab.json", "gitlab", "hostile.sarif", here},
		{"explored.gitlab.json", "gitlab", "explored.sarif", here},
		{"sample.junit.xml", "junit", "sample.sarif", here},
		{"hostile.junit.xml", "junit", "hostile.sarif", here},
		{"explored.junit.xml", "junit", "explored.sarif", here},
	} {
		t.Run(c.file, func(t *testing.T) { golden(t, c.file, show(t, c.format, load(t, c.log), c.o)) })
	}
}

func TestSARIFIsTheLog(t *testing.T) {
	want, err := os.ReadFile(filepath.Join("..", "testdata", "sample.sarif"))
	if err != nil {
		t.Fatal(err)
	}
	if got := show(t, "sarif", load(t, "sample.sarif"), here); got != string(want) {
		t.Error("the sarif view changes the log")
	}
}

func TestUnknownFormat(t *testing.T) {
	err := Write(&bytes.Buffer{}, "xml", load(t, "sample.sarif"), here)
	if err == nil || !strings.Contains(err.Error(), `"xml"; use one of text, line, json, sarif, github`) {
		t.Errorf("the error is %v", err)
	}
}

// TestHostileStaysInItsLine holds that a text of a chart cannot write a line of its
// own, an escape code or a workflow command in any view.
func TestHostileStaysInItsLine(t *testing.T) {
	l := load(t, "hostile.sarif")
	for _, f := range Formats {
		got := show(t, f.Name, l, Options{Notes: true})
		if strings.ContainsAny(got, "\x1b\r\x07\x00\u202e\u2028") {
			t.Errorf("%s has a control character", f.Name)
		}
		commands := 0
		for _, line := range strings.Split(got, "\n") {
			if strings.HasPrefix(strings.TrimSpace(line), "::") {
				commands++
				if f.Name != "github" {
					t.Errorf("%s has a line that is a workflow command: %s", f.Name, line)
				}
				if _, data, _ := strings.Cut(line[2:], "::"); strings.Contains(line[:len(line)-len(data)], "pwned\n") {
					t.Errorf("a property got out of its place: %s", line)
				}
			}
		}
		if f.Name == "github" && commands != 6 { // one failure, a remark, an error, a warning, an undecided value, a note
			t.Errorf("%d workflow commands, want 6:\n%s", commands, got)
		}
	}
}

func TestGitHubShowsTenOfAKind(t *testing.T) {
	var results []string
	for range 13 {
		results = append(results, `{"ruleId":"R","level":"error","message":{"text":"e"}}`, `{"ruleId":"R","level":"note","message":{"text":"n"}}`)
	}
	results = append(results, `{"ruleId":"R","level":"warning","message":{"text":"w"}}`)
	l, err := sarif.Read(strings.NewReader(`{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"x"}},"results":[` + strings.Join(results, ",") + `]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(show(t, "github", l, here)), "\n")
	want := append(append(repeat("::error title=R::e", 10), "::warning title=R::w"), repeat("::notice title=R::n", 10)...)
	want = append(want, "3 more errors, 3 more notes without an annotation: GitHub shows 10 of each kind; the other outputs have all of them")
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func repeat(s string, n int) []string {
	var list []string
	for range n {
		list = append(list, s)
	}
	return list
}

// TestJSONHasEveryMember holds the document to the members that schema 1 promises.
func TestJSONHasEveryMember(t *testing.T) {
	var doc map[string]any
	if err := json.Unmarshal([]byte(show(t, "json", load(t, "suppressed.sarif"), here)), &doc); err != nil {
		t.Fatal(err)
	}
	need := func(where string, v any, members ...string) {
		m, ok := v.(map[string]any)
		if !ok {
			t.Errorf("%s is no object", where)
		}
		for _, name := range members {
			if _, ok := m[name]; !ok {
				t.Errorf("%s has no member %q", where, name)
			}
		}
	}
	need("the document", doc, "schema", "tool", "inputs", "findings", "undecided", "errors", "notes", "summary")
	need("summary", doc["summary"], "error", "warning", "note", "suppressed", "undecided", "inputs", "failed")
	need("tool", doc["tool"], "name", "version")
	first := func(list string) map[string]any { return doc[list].([]any)[0].(map[string]any) }
	need("an input", first("inputs"), "path", "kind", "valuesSets", "objects", "result")
	var f map[string]any // the first of those with a trace
	for _, e := range doc["findings"].([]any) {
		if f = e.(map[string]any); len(f["origins"].([]any)) > 0 && len(f["related"].([]any)) > 0 {
			break
		}
	}
	need("a finding", f, "id", "name", "severity", "message", "input", "valuesSets", "object", "path", "location", "origins", "related", "fix", "fingerprint", "suppressed")
	need("a location", f["location"], "file", "line", "column", "endLine", "endColumn", "exact")
	need("an origin", f["origins"].([]any)[0], "role", "name", "file", "line", "column")
	need("a related place", f["related"].([]any)[0], "message", "file", "line", "column")
	need("an object", f["object"], "apiVersion", "kind", "namespace", "name")
	need("an undecided value", first("undecided"), "id", "object", "path", "reason", "location", "checks", "questions", "objects")
	need("an error", first("errors"), "input", "message", "location")
	need("a note", first("notes"), "input", "message")
}

// TestNoNeighbours holds that no view repeats other lines of a values file.
func TestNoNeighbours(t *testing.T) {
	for _, log := range []string{"sample.sarif", "value.sarif"} {
		for _, f := range Formats {
			if strings.Contains(show(t, f.Name, load(t, log), Options{Notes: true}), "hunter2") {
				t.Errorf("%s of %s shows the password of another line", f.Name, log)
			}
		}
	}
}

func TestExcerpt(t *testing.T) {
	long := strings.Repeat("x", 300)
	for _, c := range []struct {
		name     string
		p        sarif.Location
		width    int
		value    bool
		text     string
		from, to int
	}{
		{"plain", sarif.Location{Line: 1, Column: 3, EndLine: 1, EndColumn: 5, Text: "a bc d", TextColumn: 1}, 80, false, "a bc d", 2, 4},
		{"empty span", sarif.Location{Line: 1, Column: 3, EndLine: 1, EndColumn: 3, Text: `a ""`, TextColumn: 1}, 80, false, `a ""`, 2, 3},
		{"behind the end", sarif.Location{Line: 1, Column: 9, EndLine: 1, EndColumn: 12, Text: "abc", TextColumn: 1}, 80, false, "abc", 3, 4},
		{"tab in front", sarif.Location{Line: 1, Column: 3, EndLine: 1, EndColumn: 4, Text: " \tx", TextColumn: 1}, 80, false, "    x", 4, 5},
		{"tab inside", sarif.Location{Line: 1, Column: 1, EndLine: 1, EndColumn: 4, Text: "a\tb", TextColumn: 1}, 80, false, "a   b", 0, 5},
		{"wide", sarif.Location{Line: 1, Column: 3, EndLine: 1, EndColumn: 5, Text: "日本語x", TextColumn: 1}, 80, false, "日本語x", 4, 7},
		{"combining", sarif.Location{Line: 1, Column: 3, EndLine: 1, EndColumn: 4, Text: "e\u0301x", TextColumn: 1}, 80, false, "e\u0301x", 1, 2},
		{"no column", sarif.Location{Line: 1, EndLine: 1, Text: "abc ", TextColumn: 1}, 80, false, "abc", 0, 0},
		{"many lines", sarif.Location{Line: 1, Column: 2, EndLine: 3, EndColumn: 1, Text: "abc", TextColumn: 1}, 80, false, "abc", 1, 3},
		{"part of a line", sarif.Location{Line: 1, Column: 102, EndLine: 1, EndColumn: 103, Text: "abc", TextColumn: 101}, 80, false, "…abc", 2, 3},
		{"cut behind", sarif.Location{Line: 1, Column: 1, EndLine: 1, EndColumn: 3, Text: "ab" + long, TextColumn: 1}, 10, false, "ab" + long[:6] + "…", 0, 2},
		{"cut in front", sarif.Location{Line: 1, Column: 301, EndLine: 1, EndColumn: 303, Text: long + "ab", TextColumn: 1}, 12, false, "…xxxxxab", 6, 8},
		{"long value", sarif.Location{Line: 1, Column: 4, EndLine: 1, EndColumn: 304, Text: "k: " + long + " # rest", TextColumn: 1}, 160, true, "k: " + long[:80] + "…", 3, 83},
	} {
		text, from, to := excerpt(c.p, c.width, c.value)
		if text != c.text || from != c.from || to != c.to {
			t.Errorf("%s: %q, %d to %d; want %q, %d to %d", c.name, text, from, to, c.text, c.from, c.to)
		}
	}
}

func TestPath(t *testing.T) {
	for _, c := range []struct{ file, cwd, want string }{
		{"deploy/web/values.yaml", "/repo/deploy", "web/values.yaml"},
		{"infra/main.tf", "/repo/deploy", "../infra/main.tf"},
		{"a.yaml", "/repo", "a.yaml"},
		{"/elsewhere/a.yaml", "/repo", "/elsewhere/a.yaml"},
		{"/repo/x.yaml", "/repo", "x.yaml"},
		{"w.tgz!w/templates/a.yaml", "/repo/deploy", "../w.tgz!w/templates/a.yaml"},
		{"-", "/repo", "-"},
		{"", "/repo", ""},
		{"https://example.com/a", "/repo", "https://example.com/a"},
		{"a.yaml", "", "a.yaml"},
	} {
		if got := (Options{Root: "/repo", Cwd: c.cwd}).path(c.file); got != c.want {
			t.Errorf("%q from %q: %q, want %q", c.file, c.cwd, got, c.want)
		}
	}
}
