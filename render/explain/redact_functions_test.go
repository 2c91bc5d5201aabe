package explain

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"text/template"

	"github.com/mesh-check/mesh-check/render/chart"
)

// secretValues are values that nobody may see, of all kinds, and one that a template is
// written in.
const secretValues = `text: CANARYBIRD-Zq7vK
number: 4242421337
list: [CANARYBIRD-Xk9wM, 4242421339]
dict: {ka: CANARYBIRD-Rt5yP}
yaml: "ka: [CANARYBIRD-Lw3sD"
json: '{"ka": "CANARYBIRD-Hn8bF"'
code: "{{ CANARYBIRDcode }}"
coded: e3sgQ0FOQVJZQklSRGNvZGUgfX0=
call: e3sgaW5jbHVkZSAiQ0FOQVJZQklSRC1jYWxsIiAuIH19
chain: e3sgLkNoYXJ0LkNBTkFSWUJJUkRjaGFpbi54IH19
`

// secretArgs are what a function is given of them, by the kind of its parameter.
func secretArgs(t reflect.Type) []string {
	switch {
	case t.Kind() == reflect.String:
		return []string{".Values.text", "(.Values.text | b64enc)", "(.Values.text | lower)", `(printf "[%s" .Values.text)`, ".Values.yaml", ".Values.json"}
	case t.Kind() == reflect.Int, t.Kind() == reflect.Int64:
		return []string{"(int .Values.number)"}
	case t.Kind() == reflect.Map:
		return []string{".Values.dict"}
	case t.Kind() == reflect.Slice:
		return []string{".Values.list"}
	case t.Kind() == reflect.Interface:
		return []string{".Values.text", "(.Values.text | upper)", ".Values.number", ".Values.list", ".Values.dict", ".Values"}
	}
	return nil
}

// openArg is an argument that is no secret.
func openArg(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Int, reflect.Int64:
		return "4"
	case reflect.Map:
		return `(dict "ka" "open")`
	case reflect.Slice:
		return `(list "open")`
	case reflect.Bool:
		return "true"
	}
	return `"2006-open"`
}

// builtinTypes are the shapes of text/template's own functions.
var builtinTypes = template.FuncMap{
	"and": func(...any) any { return nil }, "or": func(...any) any { return nil }, "html": fmt.Sprint, "js": fmt.Sprint, "urlquery": fmt.Sprint,
	"index": func(any, any) any { return nil }, "slice": func(any, any) any { return nil }, "len": func(any) int { return 0 },
	"not": func(any) bool { return false }, "eq": func(any, any) bool { return false }, "lt": func(any, any) bool { return false },
	"call": func(any) any { return nil },
}

// secretCalls are calls of a function with one secret argument each.
func secretCalls(name string, fn any) []string {
	t := reflect.TypeOf(fn)
	n := t.NumIn()
	param := func(i int) reflect.Type {
		if t.IsVariadic() && i >= t.NumIn()-1 {
			return t.In(t.NumIn() - 1).Elem()
		}
		return t.In(i)
	}
	if t.IsVariadic() {
		n++
	}
	var calls []string
	for i := range n {
		for _, secret := range secretArgs(param(i)) {
			args := make([]string, n)
			for j := range args {
				args[j] = openArg(param(j))
			}
			args[i] = secret
			calls = append(calls, name+" "+strings.Join(args, " "))
		}
	}
	return calls
}

// expensive functions take Helm's engine seconds.
var expensive = regexp.MustCompile(`^(derivePassword|bcrypt|htpasswd|gen[A-Z]\w*)$`)

// TestNoValueInErrors calls every function with secret values in the place of each of its
// arguments. Whatever it makes of them is given to fail, and if it does not work, its error
// is one: no message holds a value, in any spelling, or a piece of what the function made
// of it.
func TestNoValueInErrors(t *testing.T) {
	e := newTracer(prepared(t, chartOf(t, map[string]string{"Chart.yaml": webChart("")}), chart.Options{}), chart.Options{})
	funcs := maps.Clone(builtinTypes)
	for name, fn := range e.funcs {
		if !strings.HasPrefix(name, "__") {
			funcs[name] = fn
		}
	}
	failed, stopped := 0, 0
	for _, name := range slices.Sorted(maps.Keys(funcs)) {
		calls := secretCalls(name, funcs[name])
		if expensive.MatchString(name) {
			calls = calls[:min(len(calls), 1)]
			if testing.Short() || strings.HasPrefix(name, "gen") {
				continue
			}
		}
		for _, call := range calls {
			made, err := renderSecret(t, "{{ "+call+" }}")
			if err != nil {
				failed++
				keepsQuiet(t, call, err.Error(), "")
				continue
			}
			for _, message := range []string{"(toString (%s))", `(printf "it is %%v, and %%q" (%[1]s) (%[1]s))`, `(cat "is" (%s))`, "(toJson (%s) | trunc 200)"} {
				stop := "{{ fail " + fmt.Sprintf(message, call) + " }}"
				_, err := renderSecret(t, stop)
				if err == nil {
					t.Fatalf("%s: no error", stop)
				}
				stopped++
				keepsQuiet(t, stop, err.Error(), made)
				if name != "toString" && message != "(toString (%s))" && testing.Short() {
					break
				}
			}
		}
	}
	t.Logf("%d errors of functions, %d of fail", failed, stopped)
	if failed < 50 || stopped < 1000 {
		t.Errorf("%d errors of functions, %d of fail: too few to tell", failed, stopped)
	}
}

// TestNoValueInOtherErrors holds the same for what templates do beside calls.
func TestNoValueInOtherErrors(t *testing.T) {
	for _, body := range []string{
		"{{ tpl .Values.code . }}", "{{ tpl (b64dec .Values.coded) . }}", "{{ tpl (b64dec .Values.call) . }}", "{{ tpl (b64dec .Values.chain) . }}",
		"{{ tpl (printf \"{{ fail %q }}\" .Values.text) . }}", "{{ tpl (printf \"{{ fail (b64enc %q) }}\" .Values.text) . }}",
		"{{ include .Values.text . }}", "{{ include (b64enc .Values.text) . }}", "{{ include (printf \"web.%s\" (lower .Values.text)) . }}",
		"{{ range (b64enc .Values.text) }}{{ end }}", "{{ range .Values.number }}{{ fail (toString .) }}{{ end }}",
		"{{ required (b64enc .Values.text) .Values.nothing }}", "{{ .Values.nothing | required (printf \"%x\" .Values.text) }}",
		"{{ required (toYaml .Values.dict) nil }}", "{{ fail (toYaml .Values) }}", "{{ fail (toPrettyJson .Values) }}", "{{ fail (fromYaml .Values.yaml | toString) }}",
		"{{ fail (index .Values.list 0) }}", "{{ range $k, $v := .Values.dict }}{{ fail $v }}{{ end }}", "{{ with .Values.text }}{{ fail . }}{{ end }}",
		"{{ $x := .Values.text }}{{ range splitList \"\" $x }}{{ $x = cat $x . }}{{ end }}{{ fail $x }}",
		"{{ define \"h\" }}{{ b64enc . }}{{ end }}{{ fail (include \"h\" .Values.text) }}", "{{ fail (.Files.Get \"secret.txt\") }}",
		"{{ fail (.Files.Get \"secret.txt\" | b64enc) }}", "{{ fail (printf \"%x\" .Values.text) }}", "{{ fail (printf \"%v\" .Values) }}",
		"{{ index .Values.list (int (add 1 .Values.number)) }}", "{{ slice .Values.text (int .Values.number) }}", "{{ eq .Values.dict .Values.list }}",
		"{{ .Values.text.sub }}", "{{ .Values.dict.ka.kb.kc }}", "{{ call .Values.text }}", "{{ template \"h\" fail .Values.text }}{{ define \"h\" }}{{ end }}",
		"{{ fail (regexReplaceAll \"(.)\" .Values.text \"${1} \") }}", "{{ fail (mustRegexFind \"A.*\" .Values.text | swapcase) }}",
		"{{ $d := dict \"a\" .Values.text }}{{ $_ := set $d \"b\" $d }}{{ fail (get $d \"a\" | quote | b64enc) }}",
	} {
		if _, err := renderSecret(t, body); err == nil {
			t.Errorf("%s: no error", body)
		} else {
			keepsQuiet(t, body, err.Error(), "")
		}
	}
}

// TestOpenMessages holds what of a message is shown: what the template says itself, and
// what it is told of the chart, the release and the cluster.
func TestOpenMessages(t *testing.T) {
	for body, want := range map[string]string{
		`{{ fail "no such thing" }}`: "no such thing",
		`{{ fail (printf "the %s %s is too short: %d of %d" "word" .Values.text 3 4) }}`:                 "the word … is too short: 3 of 4",
		`{{ fail (printf "chart %s-%s of %s" .Chart.Name .Chart.Version (upper .Release.Name)) }}`:       "chart web-1.0.0 of WEB",
		`{{ fail (cat "at least" (quote "1.2") "not" .Capabilities.KubeVersion.Major) }}`:                `at least "1.2" not 1`,
		`{{ range $k, $v := .Values.dict }}{{ fail (printf "key %s: %v, %t" $k $v true) }}{{ end }}`:     "key ka: …, true",
		`{{ fail (join ", " (list "one" "two" .Values.text)) }}`:                                         "one, two, …",
		`{{ required (printf "set %s" ("image" | lower)) .Values.nothing }}`:                             "set image",
		`{{ fail (include "h" .) }}{{ define "h" }}in {{ .Chart.Name }}: {{ .Values.number }}!{{ end }}`: "in web: …!",
		`{{ fail (printf "%05d|%-6s|%x" 42 "ab" "cd") }}`:                                                "00042|ab |6364",
		`{{ fail (printf "%v %v" .Values.nothing (not .Values.text)) }}`:                                 "<nil> false",
	} {
		_, err := renderSecret(t, body)
		if err == nil || !strings.Contains(err.Error(), ": "+want+";") {
			t.Errorf("%s: %v\nwant %s", body, err, want)
		}
	}
}

// renderSecret renders a template beside secret values.
func renderSecret(t *testing.T, body string) (string, error) {
	t.Helper()
	c := chartOf(t, map[string]string{
		"Chart.yaml": webChart(""), "values.yaml": secretValues, "templates/x.yaml": body, "secret.txt": "CANARYBIRD-Jc2nG",
	})
	r, err := rendered(c, chart.Options{Sequential: true}) // some make gigabytes of a number
	if err != nil || len(r.Manifests) == 0 {
		return "", err
	}
	return r.Manifests[0].Text, nil
}

// secretPieces are the canaries in the spellings that text has, in lower case.
var secretPieces = func() []string {
	all := []string{hex.EncodeToString([]byte("CANARYBIRD")), "424242133", "canarybird"}
	for lead := range 3 { // base64 spells a word in three ways, by where it begins
		for _, word := range []string{"CANARYBIRD", "canarybird"} {
			spelled := base64.StdEncoding.EncodeToString([]byte(strings.Repeat("\x00", lead) + word))
			all = append(all, strings.ToLower(spelled[[]int{0, 2, 3}[lead]:len(spelled)-4]))
		}
	}
	return all
}()

var letters = regexp.MustCompile(`[A-Za-z0-9]+`)

// keepsQuiet holds that a message has no canary, and no five signs in a row of what a function
// made of one, unless the template has them too.
func keepsQuiet(t *testing.T, body, message, made string) {
	t.Helper()
	low := strings.ToLower(message)
	for _, piece := range secretPieces {
		if strings.Contains(low, piece) {
			t.Errorf("%s: %s", body, message)
			return
		}
	}
	const words = "the chart stops with a message that may contain a secret; give the chart what it asks for with --set or -f templates/x.yaml " +
		"true false text number list dict yaml json code coded call chain"
	for _, word := range letters.FindAllString(made, -1) {
		for i := 0; i+5 <= len(word); i++ {
			if piece := word[i : i+5]; strings.Contains(message, piece) && !strings.Contains(body+words, piece) {
				t.Errorf("%s: %s\nhas %s of %.200s", body, message, piece, made)
				return
			}
		}
	}
}
