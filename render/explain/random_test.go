package explain

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/mesh-check/mesh-check/render/chart"
)

// grammar makes templates that parse, of the functions that charts call.
type grammar struct {
	*rand.Rand
	depth int
}

// one is one of several texts.
func (g *grammar) one(of ...string) string { return of[g.IntN(len(of))] }

// expr fills a form: %s is a text, %l a list, %d a dictionary, %n a number, %b a
// boolean and %v any of them.
func (g *grammar) expr(kind byte) string {
	forms := expressions[kind]
	if g.depth++; g.depth > 4 {
		forms = shortest[kind]
	}
	defer func() { g.depth-- }()
	form := g.one(forms...)
	var b strings.Builder
	for i := 0; i < len(form); i++ {
		if form[i] != '~' {
			b.WriteByte(form[i])
			continue
		}
		i++
		b.WriteString(g.expr(form[i]))
	}
	return b.String()
}

func (g *grammar) value() string { return g.expr('v') }

// shortest and expressions are by the type of what they give; ~x is an expression of
// type x.
var (
	shortest = map[byte][]string{
		's': {"$.Values.a", "$.Values.s", `"x"`, `"a-b"`, "`r`", "$.Release.Name", `"l1\nl2"`},
		'n': {"1", "7", "2.50", "($.Values.n | int)", "-3"},
		'l': {"$.Values.l", "(list 1 2)", "(until 3)", "(list)"},
		'd': {"$.Values.m", "(dict)", "$.Values.m.d"},
		'b': {"true", "false", "$.Values.none", "(empty $.Values.none)"},
		'v': {"$.Values.a", "1", "$.Values.l", "$.Values.m", "$x", ".", "$.Values.none", "(index $.Values.l 0)", "$.Values.m.d.e"},
	}
	expressions = map[byte][]string{
		's': {"$.Values.a", `"x"`, "(quote ~v)", "(squote ~v)", "(cat ~v ~s)", "(print ~v ~v)", "(println ~v)", `(printf "%s-%v" ~s ~v)`, `(printf "%q" ~s)`,
			`(printf "%5d|%-4s" (int ~n) ~s)`, "(upper ~s)", "(lower ~s)", "(title ~s)", "(trunc 3 ~s)", "(trunc -3 ~s)", `(replace "a" "bb" ~s)`, "(toYaml ~v)",
			"(toJson ~v)", "(toPrettyJson ~v)", "(toToml ~d)", "(toYamlPretty ~d)", `(include "h" ~v)`, "(tpl $.Values.t $)", `(tpl "{{ . }}" ~v)`, `(tpl "{{ range . }}-{{ . }}{{ end }}" ~l)`,
			`(join "," ~l)`, "(b64enc ~s)", "(b64dec (b64enc ~s))", "(default ~s ~s)", "(indent 2 ~s)", "(nindent 2 ~s)", "(toString ~v)", `(trimSuffix "x" ~s)`, "(trim ~s)",
			`(regexReplaceAll "a(b*)" ~s "${1}c")`, `(regexReplaceAllLiteral "a" ~s "$1")`, "(repeat 3 ~s)", "(sha256sum ~s)", "(wrap 3 ~s)", `(wrapWith 2 "-" ~s)`, "(seq 1 3)",
			"(snakecase ~s)", "(camelcase ~s)", "(abbrev 5 ~s)", "(nospace ~s)", "(html ~v)", "(urlquery ~s)", "(js ~s)", "(ternary ~s ~s ~b)", "(kindOf ~v)", `(fail ~s)`,
			"(html ~s ~n)", "(substr 0 1 ~s)", "(initials ~s)", "(trimAll \"a\" ~s)", `(plural "one" "many" (int ~n))`, "($.Files.Get \"f.txt\")", `(regexFind "[a-z]+" ~s)`, "(coalesce ~s ~s)"},
		'n': {"1", "(add ~n ~n)", "(mul ~n ~n)", "(max ~n ~n)", "(len ~l)", "(len ~s)", "(len ~d)", "(int ~v)", "(float64 ~n)", "(add1 ~n)", "(sub ~n ~n)", "(addf ~n 1.5)", "(floor ~n)", "(int64 ~s)", "(atoi ~s)", "(mod ~n 3)"},
		'l': {"$.Values.l", "(list ~v ~v)", "(list ~s)", "(append ~l ~v)", "(prepend ~l ~v)", "(concat ~l ~l)", "(until 3)", "(untilStep 0 9 4)", `(splitList "-" ~s)`, "(uniq ~l)", "(rest ~l)",
			"(initial ~l)", `(regexFindAll "[a-z]" ~s -1)`, `(regexSplit "-" ~s 2)`, "(sortAlpha ~l)", "(toStrings ~l)", "(fromYamlArray (toYaml ~l))", "(fromJsonArray (toJson ~l))",
			"(without ~l ~v)", "(reverse ~l)", "(compact ~l)", `(pluck "k" ~d ~d)`, "(slice ~l 0 1)", "(chunk 2 ~l)", "(tuple ~v)", "(deepCopy ~l)", "($.Files.Lines \"f.txt\")"},
		'd': {"$.Values.m", `(dict "k" ~v "j" ~v)`, `(dict ~s ~v)`, "(merge (dict) ~d)", "(mergeOverwrite (dict) ~d ~d)", "(deepCopy ~d)", `(pick ~d "k")`, `(omit ~d "k")`,
			"(fromYaml (toYaml ~d))", "(fromJson (toJson ~d))", "(fromToml (toToml ~d))", `(set (deepCopy ~d) "a" ~v)`, `(unset (deepCopy ~d) "k")`, `(split "-" ~s)`, `($.Files.Glob "*")`, `(splitn "-" 2 ~s)`},
		'b': {"true", "(eq ~s ~s)", "(ne ~n ~n)", "(eq ~v ~v)", "(has ~v ~l)", `(hasKey ~d "k")`, "(empty ~v)", "(and ~v ~v)", "(or ~v ~v)", "(not ~v)", "(deepEqual ~v ~v)", `(kindIs "map" ~v)`,
			`(contains "a" ~s)`, "(hasPrefix ~s ~s)", `(semverCompare ">=1" "1.2")`, "(lt ~n ~n)", "(all ~v ~v)", `(regexMatch "a" ~s)`},
		'v': {"~s", "~s", "~n", "~l", "~d", "~b", "$x", ".", `(dig "k" "none" ~d)`, `(get ~d "k")`, "(first ~l)", "(last ~l)", "(index ~d \"k\")", "$.Values.none"},
	}
)

// body is a piece of a template.
func (g *grammar) body() string {
	if g.depth++; g.depth > 4 {
		g.depth--
		return "t"
	}
	defer func() { g.depth-- }()
	open, end := g.one("{{ ", "{{- "), g.one(" }}", " -}}")
	do := func(s string) string { return open + s + end }
	switch g.IntN(10) {
	case 0:
		return do("if "+g.value()) + g.body() + g.one("", "{{ else }}"+g.body(), "{{ else if "+g.value()+" }}"+g.body()) + "{{ end }}"
	case 1:
		return do("range "+g.one("", "$i, $x := ", "$x := ")+g.one(g.expr('l'), g.expr('d'), "3")) + g.body() +
			g.one("", "{{ break }}", "{{ continue }}", "{{ if $x }}{{ continue }}{{ end }}") + g.body() + "{{ end }}"
	case 2:
		return do("with "+g.value()) + g.body() + g.one("", "{{ else }}e") + "{{ end }}"
	case 3:
		return do("template \"h\" "+g.value()) + "\n"
	case 4:
		return do("$x := "+g.value()) + g.body()
	case 5:
		return do("$x = " + g.value())
	case 6:
		return do(g.expr('s')+" | "+g.one("quote", "toYaml", "nindent 2", "upper", "toString | trim", "default \"d\"", "b64enc", "len", "indent 1")) + "\n"
	case 7:
		return "\n" + g.one("a", "b", "c") + ": " + do(g.value()) + "\n"
	case 8:
		return g.one("text", "- x\n", "k: 'v'\n", "  ", "{{/* c */}}")
	}
	return g.body() + g.body()
}

// TestRandomTemplates renders templates that nobody wrote, with both engines: where
// Helm's renders one, the tracing engine renders the same text, or has a limit to
// tell; where Helm's fails, it fails.
func TestRandomTemplates(t *testing.T) {
	const n = 1500
	exact, failed, faults := 0, 0, 0
	for seed := range uint64(n) {
		g := &grammar{Rand: rand.New(rand.NewPCG(seed, 4))}
		text := "{{ $x := 1 }}" + g.body() + g.body() + g.body()
		helper := "{{ define \"h\" }}{{ $x := . }}" + g.one("{{ . }}", "{{ toYaml . }}", "h: {{ . | quote }}\n", "{{ with . }}{{ . }}{{ end }}") + "{{ end }}"
		values := "a: x-a\nn: 7\nl: [1, b, {k: v}, null]\nm: {k: v, d: {e: 1.5}}\ns: \"2\"\nt: '{{ .Values.a }}{{ include \"h\" . }}'\n"
		c, err := fuzzChart(text, helper, values)
		if err != nil {
			t.Fatal(err)
		}
		o := chart.Options{Deadline: time.Now().Add(fuzzTime)}
		in, err := c.Prepare(o)
		if err != nil {
			t.Fatal(err)
		}
		e := newTracer(in, o)
		e.limits = fuzzLimits
		files, err := e.render()
		if e.fault != nil {
			faults++
			faultHolds(t, e.fault)
			continue
		}
		texts, helmErr := startHelm(in).wait()
		if (err == nil) != (helmErr == nil) {
			t.Errorf("seed %d: the explaining engine says %v, Helm's %v\n%s", seed, err, helmErr, text)
			continue
		}
		if err != nil {
			failed++
			continue
		}
		name := "web/templates/x.yaml"
		m := &Manifest{Name: name, Template: in.File(name), Text: texts[name], e: e}
		m.compare(files[name], nil)
		if !m.Exact && !e.addressed && rendersAnew(t, c, o, name, texts[name]) {
			t.Errorf("seed %d: %s\nHelm     %q\nexplains %q\n%s", seed, m.Reason, texts[name], files[name].text, text)
		}
		if m.Exact {
			exact++
		}
		if !e.addressed { // addresses are as long as they happen to be
			placesHold(t, m)
		}
	}
	t.Logf("%d templates: %d rendered exactly, %d failed in both engines, %d beyond a limit", n, exact, failed, faults)
	if exact < n/10 || failed < n/10 {
		t.Errorf("the grammar is too narrow: %d rendered, %d failed", exact, failed)
	}
}
