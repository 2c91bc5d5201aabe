package view

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/meshgraph"
	"github.com/mesh-check/mesh-check/render/source"
	"github.com/mesh-check/mesh-check/sarif"
)

// hostileTexts try to be more than text in a terminal, a log of CI, a comment, a link.
var hostileTexts = []string{
	"::error file=a,line=1::pwned", "  ::warning::pwned", "a\n::error::pwned", "a\r::error::pwned\r\n", "\t::stop-commands::x",
	"##[error]pwned", "a ##[add-mask]b", "##vso[task.setvariable variable=a]b", "##teamcity[x]", "%0A::error::pwned%0D", "a,line=7::x", "a:b,c%",
	"\x1b[31m\x1b]0;title\a", "\x9b31m", "\u009b31m\u0085x", "\u202eRTL\u2066\u2069\u200f", "a\u200bb\u200cc\u200d\ufeff\u00ad\u2060", "\u2028::error::x\u2029",
	"\x00\x7f\b\v\f", "\xff\xfe\xc0", "\u115f\u3164\u2800\u034f", "\U000e0001\U000e0041",
	"| a | b |\n|---|---|\n", "`x` ```", "</details><script>alert(1)</script>", "<!-- mesh-check -->", "[a](http://evil.example)", "](1)", `\](1)`, "@octocat #1 deadbeefcafe", "<b>&amp;",
	"../../etc/passwd", "file:///etc/passwd", "a!b.tgz!c", "C:\\x", "-", "!", "{0} {{ .x }}", "'\"; rm -rf", strings.Repeat("long ", 3000),
}

// everywhere is a report that says a text wherever others can say something.
func everywhere(text string) *sarif.Log {
	check := &checks.Check{ID: "MESH991", Name: "reserved-uid", Severity: checks.Error, Summary: "a summary", Advice: "do", Modes: []checks.Mode{checks.Sidecar}}
	f := source.NewFile(strings.ReplaceAll(text, "\x00", ""), "templates/"+text, []byte("key: "+text+"\nvalue\n"))
	packed := source.NewFile("", text+".tgz!"+text, []byte(text))
	packed.Packaged = true
	span := source.Span{File: f, Start: 5, End: len(f.Data) - len("\nvalue\n")}
	origin := source.Origin{Span: span, Kind: source.Text, Reason: text, Trace: []source.Step{
		{Role: source.Include, Name: text, Span: span}, {Role: source.Value, Name: text, Flag: "--set " + text},
		{Role: source.Value, Name: text, Span: source.Span{File: packed, End: len(packed.Data)}},
	}}
	ref := checks.ObjectRef{APIVersion: text, Kind: text, Namespace: text, Name: text}
	r := &checks.Report{
		Inputs: []checks.Input{{Path: text, Kind: "chart", ValuesSets: []string{text, text}, Objects: 1, Result: checks.Partial}},
		Errors: []checks.InputError{
			{Input: text, ValuesSet: text, Err: &source.Error{What: text, Do: text, At: span, Path: text}},
			{Input: text, Err: &source.Error{What: text, Path: text}},
		},
		Notes:     []checks.InputNote{{Input: text, Message: text}},
		Undecided: []*checks.Undecided{{Check: check, Input: text, Object: ref, Addresses: []string{text, text}, Path: text, Reason: text, Origin: origin}},
	}
	named, other := meshgraph.Ref(ref), meshgraph.Ref{Kind: text, Name: text + text}
	r.Graphs = meshgraph.Inputs{{Input: text, Sets: []string{text}, Environments: []string{text}, Others: 1, Graph: meshgraph.Graph{
		Nodes: []meshgraph.Node{
			{Object: named, Lane: meshgraph.Lane(text), Ports: []meshgraph.Port{{Name: text, Protocol: text, MTLS: text}}, Mesh: text, MTLS: text}, {Object: other, Missing: true},
		},
		Edges: []meshgraph.Edge{{From: named, To: other, Label: text, Path: text, Unsure: true}},
	}}, {Input: text, Graph: meshgraph.Graph{Nodes: []meshgraph.Node{{Object: other, Unknown: true}}, LeftOut: 3}}}
	for _, s := range []checks.Severity{checks.Error, checks.Warning, checks.Note} {
		r.Findings = append(r.Findings, &checks.Reported{
			Check: check, Severity: s, Message: text, Advice: text, Input: text, ValuesSets: []string{text, text}, Object: ref,
			Addresses: []string{text, text}, Path: text, Rendered: text, Origin: origin, Suppressed: map[bool]string{s == checks.Warning: text}[true],
			Related: []checks.RelatedPlace{{Message: text, Origin: origin}},
		})
	}
	return sarif.Build(r, sarif.Options{Version: "0.1.0", ShowSuppressed: true})
}

// command is a workflow command of GitHub: its name, its properties, its data.
var command = regexp.MustCompile(`^::(error|warning|notice) ((?:\w+=[^:,]*,)*\w+=[^:,]*)::(.*)$`)

// judgeShown says what is wrong with an output that a text is in.
func judgeShown(t *testing.T, format, out, text string) {
	t.Helper()
	for _, r := range out {
		if r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == '\u2028' || r == '\u2029' || r == '\u3164' || r == '\u2800') {
			t.Errorf("%s of %.80q has the character %U", format, text, r)
			break
		}
	}
	for _, mark := range []string{"##[", "##vso[", "##teamcity["} {
		if strings.Contains(out, mark) {
			t.Errorf("%s of %.80q has %s", format, text, mark)
		}
	}
	commands := 0
	for line := range strings.Lines(out) {
		if !strings.HasPrefix(strings.TrimSpace(line), "::") {
			continue
		}
		commands++
		m := command.FindStringSubmatch(strings.TrimSuffix(line, "\n"))
		if format != "github" || m == nil {
			t.Errorf("%s of %.80q has the command %q", format, text, line)
			continue
		}
		var names []string
		for _, p := range strings.Split(m[2], ",") {
			name, _, _ := strings.Cut(p, "=")
			names = append(names, name)
		}
		for _, name := range names {
			if !slices.Contains([]string{"file", "line", "col", "endLine", "endColumn", "title"}, name) {
				t.Errorf("github of %.80q has the property %q: %q", text, name, line)
			}
		}
	}
	if format == "github" && commands != 6 { // two errors and a remark of the input, an error, an undecided value, a note
		t.Errorf("github of %.80q has %d commands, want 6:\n%s", text, commands, out)
	}
	if format == "json" || format == "sarif" {
		if !json.Valid([]byte(out)) {
			t.Errorf("%s of %.80q is no JSON", format, text)
		}
	}
}

// TestHostileTexts holds that no text that others wrote becomes more than text in any
// view, wherever it stands, and that the outputs have as many lines as with a plain
// one.
func TestHostileTexts(t *testing.T) {
	for _, f := range Formats {
		want := strings.Count(show(t, f.Name, everywhere("plain"), Options{Notes: true}), "\n")
		for _, text := range hostileTexts {
			l := everywhere(text)
			for _, o := range []Options{{Notes: true}, {Notes: true, Root: "/repo", Cwd: "/repo/x", Width: 60}} {
				out := show(t, f.Name, l, o)
				judgeShown(t, f.Name, out, text)
				if got := strings.Count(out, "\n"); f.Name == "line" && got != want {
					t.Errorf("%s of %.80q has %d lines, with a plain text %d:\n%s", f.Name, text, got, want, out)
				}
			}
		}
	}
}

// TestJSONKeepsTexts holds that JSON says what is there, commands or not.
func TestJSONKeepsTexts(t *testing.T) {
	const text = "##[error] ##vso[a] ::b::"
	var doc struct{ Findings []struct{ Message string } }
	if err := json.Unmarshal([]byte(show(t, "json", everywhere(text), Options{})), &doc); err != nil {
		t.Fatal(err)
	}
	if got := doc.Findings[0].Message; got != text {
		t.Errorf("the message is %q", got)
	}
}

func TestOneLine(t *testing.T) {
	for text, want := range map[string]string{
		" a\nb\tc ": "a b c", "::error::x": "./::error::x", "a ##[error]": "a # #[error]", "\x1b[0m": "\ufffd[0m", "日本": "日本",
	} {
		if got := OneLine(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}

// FuzzHostile is TestHostileTexts over any text.
func FuzzHostile(f *testing.F) {
	for _, text := range hostileTexts[:len(hostileTexts)-1] {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1000 || strings.TrimSpace(text) == "" {
			return
		}
		l := everywhere(text)
		for _, format := range Formats {
			judgeShown(t, format.Name, show(t, format.Name, l, Options{Notes: true, Width: 40}), text)
		}
	})
}
