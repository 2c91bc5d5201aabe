package view

import (
	"fmt"
	"html"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/mesh-check/mesh-check/sarif"
)

// logOf reads a log of mesh-check with the results and run properties of the test.
func logOf(t testing.TB, results []string, properties string) *sarif.Log {
	t.Helper()
	l, err := sarif.Read(strings.NewReader(`{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"mesh-check","rules":[]}},` +
		`"properties":` + properties + `,"results":[` + strings.Join(results, ",") + `]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// shown is what people read of a piece of markdown that has texts alone.
func shown(s string) string {
	s = strings.ReplaceAll(s, "<!-- -->", "")
	s = strings.NewReplacer("<code>", "", "</code>", "").Replace(s)
	return html.UnescapeString(s)
}

// markdownTexts are what tries to be more than text in GitHub's markdown.
var markdownTexts = []string{
	"a | b || c", "`x` ``y`` ```", "<script>alert(1)</script>", "<!-- c -->", "</details></td>", "&lt; &amp;",
	"[a](http://evil.example)", "![i](x)", "http://evil.example www.evil.example", "me@evil.example", "@octocat and @org/team",
	"#1 o/r#2 GH-3", "deadbeefcafe1234", ":smile: a:b", "*x* _y_ __z__ ~~q~~ a_b_c a__b _", "# heading", "- list", "+ list", "1. list", "23) list",
	"---", "===", "> quote", "$x$", "[^1]", "\\| \\`", "a:b::error::c", "日本 | 語", "{{ .Values }}",
}

// TestMarkdownShowsTexts holds that people read every text as it is, and that nothing
// in it is left for a parser to take for a mark.
func TestMarkdownShowsTexts(t *testing.T) {
	marks := regexp.MustCompile("[|`*~\\[\\]\\\\$]|\\b_\\B|\\B_\\b|\\W_|_\\W|<[^!/c]|#[^0-9]|@\\w|://|www\\.\\w|^[-+]|^\\d+[.)]")
	for _, text := range markdownTexts {
		for _, quiet := range []bool{false, true} {
			e := escaper{quiet: quiet}
			for name, got := range map[string]string{"text": e.text(text), "code": e.code(text)} {
				if shown(got) != text {
					t.Errorf("%s of %q shows %q", name, text, shown(got))
				}
				got = strings.ReplaceAll(got, "<!-- -->", "\x00")
				if name == "code" { // never the start of a line
					got = "." + strings.TrimSuffix(strings.TrimPrefix(got, "<code>"), "</code>")
				}
				if m := marks.FindString(got); m != "" {
					t.Errorf("%s of %q has the mark %q: %s", name, text, m, got)
				}
			}
		}
	}
	for _, reference := range []string{"@octocat", "#12", "gh-12", "deadbeef", ":smile:"} {
		if got := (escaper{}).text(reference); !strings.Contains(got, "<!-- -->") {
			t.Errorf("GitHub makes a link of %s", got)
		}
	}
}

// TestMarkdownKeepsItsForm holds that no text changes how many rows, folds and lines
// there are.
func TestMarkdownKeepsItsForm(t *testing.T) {
	form := func(text string) string {
		quoted := fmt.Sprintf("%q", text)
		var results []string
		for _, level := range []string{"error", "warning", "note"} {
			results = append(results, fmt.Sprintf(`{"ruleId":"R","level":%q,"message":{"text":%s},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"a"},"region":{"startLine":2}}}],`+
				`"properties":{"message":%[2]s,"advice":%[2]s,"path":%[2]s,"addresses":[%[2]s,%[2]s],"exact":false,"reason":%[2]s,"valuesSets":[%[2]s,%[2]s],`+
				`"object":{"kind":%[2]s,"name":%[2]s},"origins":[{"role":"value","flag":%[2]s}]}}`, level, quoted))
		}
		l := logOf(t, results, fmt.Sprintf(`{"undecided":[{"id":"R","path":%s,"reason":%[1]s}]}`, quoted))
		got := show(t, "markdown", l, Options{})
		var b strings.Builder
		for _, line := range strings.Split(got, "\n") {
			fmt.Fprintf(&b, "%d %d %d\n", strings.Count(line, "|"), strings.Count(line, "<details>"), strings.Count(line, "</details>"))
		}
		return b.String()
	}
	want := form("plain")
	for _, text := range markdownTexts {
		if text == "" {
			continue
		}
		if got := form(text); got != want {
			t.Errorf("%q changes the form", text)
		}
	}
}

// TestMarkdownNamesAddresses holds that a finding of Terraform goes by its address.
func TestMarkdownNamesAddresses(t *testing.T) {
	got := shown(show(t, "markdown", load(t, "sample.sarif"), here))
	if want := "| error | MESH991 | kubernetes_pod.a[\"x\"] and 1 more | infra/main.tf:2 |"; !strings.Contains(strings.ReplaceAll(got, "../", ""), want) {
		t.Errorf("no row %s in\n%s", want, got)
	}
}

// TestMarkdownSaysFailWhenSomethingFailed holds what Atlantis goes by.
func TestMarkdownSaysFailWhenSomethingFailed(t *testing.T) {
	said := func(level, text string) string {
		return fmt.Sprintf(`{"ruleId":"R","level":%q,"message":{"text":%q},"properties":{"message":%[2]q,"advice":%[2]q,"object":{"kind":"Pod","name":"failover"},"addresses":["kubernetes_pod.failover"]}}`, level, text)
	}
	const text = "the connection fails; FAILs, Failover, unfailing"
	for _, c := range []struct {
		level, properties string
		want              bool
	}{
		{"note", `{"undecided":[{"id":"R","reason":"failed"}]}`, false},
		{"warning", `{"inputs":[{"path":"fail","kind":"chart","objects":1,"result":"ok"}]}`, false},
		{"error", `{}`, true},
		{"warning", `{"inputs":[{"path":"a","kind":"chart","result":"failed"}]}`, true},
		{"note", `{"inputs":[{"path":"a","kind":"chart","result":"partial"}]}`, true},
	} {
		l := logOf(t, []string{said(c.level, text)}, c.properties)
		got := show(t, "markdown", l, Options{})
		if has := strings.Contains(strings.ToLower(got), "fail"); has != c.want {
			t.Errorf("%s with %s: has the word: %v, want %v:\n%s", c.level, c.properties, has, c.want, got)
		}
		if !strings.Contains(shown(got), text) {
			t.Errorf("people cannot read %q:\n%s", text, got)
		}
	}
	if got := show(t, "markdown", logOf(t, nil, `{}`), Options{}); strings.Contains(got, "fail") || !strings.HasPrefix(got, marker) {
		t.Errorf("an empty log gives\n%s", got)
	}
}

// TestMarkdownFits holds that GitHub takes every comment, however much there is to say,
// and that what is left out is counted: in each part shown and left out are all.
func TestMarkdownFits(t *testing.T) {
	long := strings.Repeat("日|<@#", 200)
	const many = 150_000 // bytes of one kind of text in the largest log
	for _, text := range []string{"a text of some length like most", long} {
		for _, n := range []int{1, 3, 50, many / len(text)} {
			for _, checks := range []int{1, 90} {
				var results []string
				var undecided, failures []string
				for i := range n {
					for _, level := range []string{"error", "note"} {
						results = append(results, fmt.Sprintf(`{"ruleId":"R%d%s","level":%q,"message":{"text":%q},"properties":{"message":%[4]q,"advice":%[4]q,"addresses":[%[4]q]}}`,
							i%checks, strings.Repeat("|", len(text)/5), level, text))
					}
					undecided = append(undecided, fmt.Sprintf(`{"id":"R%d","path":%q,"reason":%[2]q}`, i, text))
					failures = append(failures, fmt.Sprintf(`{"level":"error","message":{"text":%q}}`, text))
				}
				l, err := sarif.Read(strings.NewReader(`{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"mesh-check"}},` +
					`"invocations":[{"executionSuccessful":false,"toolExecutionNotifications":[` + strings.Join(failures, ",") + `]}],` +
					`"properties":{"undecided":[` + strings.Join(undecided, ",") + `]},"results":[` + strings.Join(results, ",") + `]}]}`))
				if err != nil {
					t.Fatal(err)
				}
				got := show(t, "markdown", l, Options{})
				name := fmt.Sprintf("%d of %d checks, texts of %d bytes", n, checks, len(text))
				if size := utf8.RuneCountInString(got); size >= 65536 || len(got) > maxComment {
					t.Errorf("%s: %d characters, %d bytes", name, size, len(got))
				}
				if strings.Count(got, "<details>") != strings.Count(got, "</details>") {
					t.Errorf("%s: a fold is open", name)
				}
				rows := strings.Count(got, "\n| error |")
				if left := leftOut(got, "finding"); rows+left != n {
					t.Errorf("%s: %d rows and %d left out", name, rows, left)
				}
				for _, what := range []string{"error", "note", "undecided value"} {
					if n == many/len(text) && leftOut(got, what) == 0 {
						t.Errorf("%s: it is not told that each %s is not there", name, what)
					}
				}
			}
		}
	}
}

func leftOut(markdown, what string) int {
	n := 0
	if m := regexp.MustCompile(`(\d+) more ` + what + `s? left out`).FindStringSubmatch(markdown); m != nil {
		fmt.Sscan(m[1], &n)
	}
	return n
}
