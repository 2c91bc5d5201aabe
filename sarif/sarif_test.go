package sarif

import (
	"bytes"
	"encoding/json"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	gosarif "github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/sarif/property"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// options are those of a run in a sub-directory of a repository.
func options() Options {
	return Options{
		Version: "0.1.0", Root: "/repo", Dir: "/repo/deploy", Suite: sampleChecks,
		Help: func(c *checks.Check) Help {
			return Help{Text: "About " + c.Name + ".", Markdown: "# " + c.Name}
		},
		Release: func(string) []string { return []string{"prod"} },
	}
}

func bytesOf(t testing.TB, l *Log) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := l.Write(&b); err != nil {
		t.Fatal(err)
	}
	if b.Len() < 1<<20 {
		indented(t, l, b.String())
	}
	return b.Bytes()
}

// indented holds that a log is written as encoding/json would indent it.
func indented(t testing.TB, l *Log, got string) {
	t.Helper()
	line, err := l.Encode()
	if err != nil {
		t.Fatal(err)
	}
	var want bytes.Buffer
	if err := json.Indent(&want, bytes.TrimSpace(line), "", "  "); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want.String()+"\n", got); diff != "" {
		t.Errorf("the log is not indented as encoding/json does it (-want +got)\n%s", diff)
	}
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v; write it with: go test ./sarif -update", err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s differs (-want +got); after reading the difference: go test ./sarif -update\n%s", file, diff)
	}
}

func TestGolden(t *testing.T) {
	shown := options()
	shown.ShowSuppressed = true
	byValue := options()
	byValue.Primary = Value
	for name, o := range map[string]Options{"sample.sarif": options(), "suppressed.sarif": shown, "value.sarif": byValue} {
		t.Run(name, func(t *testing.T) {
			got := bytesOf(t, Build(sample(t), o))
			golden(t, name, got)
			if again := bytesOf(t, Build(sample(t), o)); !bytes.Equal(got, again) {
				t.Error("two runs gave different bytes")
			}
		})
	}
}

// TestGoldenHostile keeps a log of hostile texts for the tests of the views.
func TestGoldenHostile(t *testing.T) {
	golden(t, "hostile.sarif", bytesOf(t, Build(hostileReport(t, hostile), options())))
}

// TestReadTellsTheSame holds that a log on disk says all that a fresh one says.
func TestReadTellsTheSame(t *testing.T) {
	for name, r := range map[string]*checks.Report{"sample": sample(t), "hostile": hostileReport(t, hostile), "empty": {}} {
		o := options()
		o.ShowSuppressed = true
		fresh := Build(r, o)
		data := bytesOf(t, fresh)
		read, err := Read(bytes.NewReader(data))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		tells := func(l *Log) []any {
			tool, version := l.Tool()
			return []any{tool, version, l.Results(), l.Inputs(), l.Undecided(), l.Failures(), l.Notices(), l.Suppressed(), l.Count("error")}
		}
		if diff := cmp.Diff(tells(fresh), tells(read)); diff != "" {
			t.Errorf("%s: the log that was read says something else (-fresh +read):\n%s", name, diff)
		}
		if again := bytesOf(t, read); !bytes.Equal(again, data) {
			t.Errorf("%s: a log that was read is written differently", name)
		}
	}
}

// TestSchema holds every log to the schema that go-sarif carries.
func TestSchema(t *testing.T) {
	for name, r := range map[string]*checks.Report{"sample": sample(t), "hostile": hostileReport(t, hostile), "empty": {}} {
		o := options()
		o.ShowSuppressed = true
		log := Build(r, o)
		log.ApplyBaseline(Build(sample(t), options()).Baseline())
		// go-sarif validates its structs, which still have their defaults.
		if err := log.report.Validate(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		data := bytesOf(t, log)
		for _, rest := range []string{": -1", "null", `"security-severity"`, `"startLine": 0`, `"startColumn": 0`} {
			if i := bytes.Index(data, []byte(rest)); i >= 0 {
				t.Errorf("%s: the log has %s: …%s…", name, rest, data[max(0, i-100):i+len(rest)])
			}
		}
	}
}

// TestRegions holds that every region is one line, and says the text at the span.
func TestRegions(t *testing.T) {
	log := Build(sample(t), options())
	n := 0
	for _, r := range log.report.Runs[0].Results {
		for _, loc := range append(r.Locations, r.RelatedLocations...) {
			if loc.PhysicalLocation == nil || loc.PhysicalLocation.Region == nil {
				continue
			}
			region := loc.PhysicalLocation.Region
			if *region.StartLine < 1 || *region.StartColumn < 1 || *region.EndLine != *region.StartLine || *region.EndColumn < *region.StartColumn {
				t.Errorf("%s: a region that is no part of one line", *loc.PhysicalLocation.ArtifactLocation.URI)
			}
			if region.Snippet == nil {
				continue
			}
			n++
			p := placeOf(log.report.Runs[0], loc)
			got := span([]rune(p.Text), p.Column-p.TextColumn+1, p.EndColumn-p.TextColumn+1)
			if got != *region.Snippet.Text || got == "" {
				t.Errorf("%s:%d: the line has %q at the region's columns, the snippet says %q", p.File, p.Line, got, *region.Snippet.Text)
			}
		}
	}
	if n < 7 {
		t.Errorf("only %d regions with a snippet were looked at", n)
	}
}

// TestFileURI holds that the paths of all systems become URIs, and paths again.
func TestFileURI(t *testing.T) {
	for path, want := range map[string]string{
		"/etc/a b.yaml":               "file:///etc/a%20b.yaml",
		"/etc/a:b.yaml":               "file:///etc/a%3Ab.yaml",
		"C:/charts/a b/v.yaml":        "file:///C:/charts/a%20b/v.yaml",
		"d:/v:1.yaml":                 "file:///d:/v%3A1.yaml",
		"//server/charts/a b/v.yaml":  "file://server/charts/a%20b/v.yaml",
		"//wsl$/Ubuntu/home/v.yaml":   "file://wsl$/Ubuntu/home/v.yaml",
		"//wsl.localhost/U/home/v.tf": "file://wsl.localhost/U/home/v.tf",
	} {
		if got := fileURI(path); got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
		if got := pathOf(want); got != path {
			t.Errorf("%s is read as %s, want %s", want, got, path)
		}
	}
	for uri, want := range map[string]string{"file:///C%3A/v.yaml": "C:/v.yaml", "file://localhost/v.yaml": "/v.yaml"} {
		if got := pathOf(uri); got != want {
			t.Errorf("%s is read as %s, want %s", uri, got, want)
		}
	}
}

func TestNames(t *testing.T) {
	b := &builder{Options: Options{Root: "/repo", Dir: "/repo/deploy"}, inputs: map[string]bool{"odd": true}}
	for _, c := range []struct{ name, uri, base, member, file string }{
		{"web/values.yaml", "deploy/web/values.yaml", srcRoot, "", "deploy/web/values.yaml"},
		{"../infra/main.tf", "infra/main.tf", srcRoot, "", "infra/main.tf"},
		{"./a b/ü:[x].yaml", "deploy/a%20b/%C3%BC%3A%5Bx%5D.yaml", srcRoot, "", "deploy/a b/ü:[x].yaml"},
		{"/repo/x%y#z?.yaml", "x%25y%23z%3F.yaml", srcRoot, "", "x%y#z?.yaml"},
		{"/elsewhere/v.yaml", "file:///elsewhere/v.yaml", "", "", "/elsewhere/v.yaml"},
		{"../../v.yaml", "file:///v.yaml", "", "", "/v.yaml"},
		{"../..x", "..x", srcRoot, "", "..x"},
		{"web.tgz!web/templates/a.yaml", "deploy/web.tgz", srcRoot, "web/templates/a.yaml", "deploy/web.tgz!web/templates/a.yaml"},
		{"w/charts/a.tgz!a/charts/b.tgz!b/x", "deploy/w/charts/a.tgz", srcRoot, "a/charts/b.tgz!b/x", "deploy/w/charts/a.tgz!a/charts/b.tgz!b/x"},
		{"odd!web/x", "deploy/odd", srcRoot, "web/x", "deploy/odd!web/x"},
		{"hey!/x.yaml", "deploy/hey%21/x.yaml", srcRoot, "", "deploy/hey!/x.yaml"},
		{"-", "-", srcRoot, "", "-"},
	} {
		a := b.artifact(c.name)
		member := property.Read(a.Properties, property.Artifact{}).Member
		// A literal ! and %21 are the same URI.
		uri := strings.ReplaceAll(*a.URI, "!", "%21")
		if uri != c.uri || deref(a.URIBaseID) != c.base || member != c.member {
			t.Errorf("%s: %s below %q with member %q, want %s below %q with %q", c.name, uri, deref(a.URIBaseID), member, c.uri, c.base, c.member)
		}
		run := gosarif.NewRunWithInformationURI(toolName, "")
		if file := fileOf(run, a); file != c.file {
			t.Errorf("%s: read again it is %s, want %s", c.name, file, c.file)
		}
	}
}

// TestHostile holds that nothing that a file or a chart says gets out of its place:
// no text of a log has a control character, and a message has no links but ours.
func TestHostile(t *testing.T) {
	log := Build(hostileReport(t, hostile), options())
	var doc any
	if err := json.Unmarshal(bytesOf(t, log), &doc); err != nil {
		t.Fatal(err)
	}
	walk(doc, "", func(path, s string) {
		if strings.HasSuffix(path, "/message/text") { // its lines are ours
			s = strings.ReplaceAll(s, "\n", "")
		}
		for _, r := range s {
			if r != unicode.ReplacementChar && (unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)) {
				t.Errorf("%s has %U: %q", path, r, s)
			}
		}
	})
	for _, r := range log.report.Runs[0].Results {
		for _, link := range embedded().FindAllStringSubmatch(*r.Message.Text, -1) {
			if strings.Contains(link[1], "evil") && !strings.Contains(link[1], `\[evil\]`) || strings.Contains(link[2], "evil") {
				t.Errorf("a text became a link: %q", link[0])
			}
		}
	}
	for _, r := range log.Results() {
		if !strings.Contains(r.Message, "[evil](1) ](http://evil)") {
			t.Errorf("the message lost a part: %q", r.Message)
		}
	}
}

func walk(v any, path string, each func(path, s string)) {
	switch v := v.(type) {
	case map[string]any:
		for k, e := range v {
			each(path, k)
			walk(e, path+"/"+k, each)
		}
	case []any:
		for _, e := range v {
			walk(e, path, each)
		}
	case string:
		each(path, v)
	}
}

func BenchmarkBuild(b *testing.B) {
	r := sample(b)
	one := r.Findings[0]
	for range 1000 {
		r.Findings = append(r.Findings, one)
	}
	for b.Loop() {
		if err := Build(r, options()).Write(io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}

// span is the text between two 1-based columns of a line.
func span(line []rune, from, to int) string {
	from, to = min(from-1, len(line)), min(to-1, len(line))
	return string(line[from:max(from, to)])
}
