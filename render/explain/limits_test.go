package explain

import (
	"errors"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"strings"
	"testing"
	"time"

	"github.com/mesh-check/mesh-check/render/chart"
	"github.com/mesh-check/mesh-check/render/source"
)

// bomb is a chart that kills a process which renders it without limits.
type bomb struct {
	name  string
	files map[string]string // besides Chart.yaml
	at    string            // file:line:column of the fault
	text  string            // what the place spells, or the begin of it
	what  string            // part of the fault
}

// x is a chart of one template.
func x(text string) map[string]string { return map[string]string{"templates/x.yaml": text} }

// values is x with values.
func values(yaml, text string) map[string]string {
	return map[string]string{"templates/x.yaml": text, "values.yaml": yaml}
}

const (
	cyclic = "{{ $d := dict }}{{ $_ := set $d \"self\" $d }}\n"
	// Each level holds the one below twice: 2^40 values.
	doubled = "{{ $d := dict \"a\" 1 }}{{ range until 40 }}{{ $d = dict \"a\" $d \"b\" $d }}{{ end }}\n"
	chained = "{{ $d := dict }}{{ range until 20000 }}{{ $d = dict \"a\" $d }}{{ end }}\n"
	long    = "{{ $s := repeat 4000000 \"ab\" }}\n"
)

var bombs = []bomb{
	{"range endless", x("a:\n  b: {{ range 9223372036854775807 }}{{ end }}"), "templates/x.yaml:2:15", "9223372036854775807", "runs too long"},
	{"notes", map[string]string{"templates/NOTES.txt": "{{ range 9223372036854775807 }}{{ end }}", "templates/x.yaml": "a: 1\n"}, "templates/NOTES.txt:1:10", "", "runs too long"},
	{"notes with a cycle", map[string]string{"templates/NOTES.txt": "\n{{ set .Values \"a\" .Values }}", "templates/x.yaml": "a: 1\n"}, "templates/NOTES.txt:2:4", "", "contains itself"},
	{"range trimmed", x("{{- range 9223372036854775807 -}}\n{{- end -}}"), "templates/x.yaml:1:11", "9223372036854775807", "runs too long"},
	{"range continue", x("{{ range 9223372036854775807 }}{{ continue }}{{ end }}"), "templates/x.yaml:1:10", "", "runs too long"},
	{"range variable", x("{{ range $i := 9223372036854775807 }}{{ if $i }}{{ end }}{{ end }}"), "templates/x.yaml:1:16", "", "runs too long"},
	{"range nested", x("{{ range 10000 }}{{ range 10000 }}\n{{ range 10000 }}{{ end }}{{ end }}{{ end }}"), "templates/x.yaml:2:10", "", "runs too long"},
	{"range in tpl", values("t: '{{ range 9223372036854775807 }}{{ end }}'", "a:\n  {{ tpl .Values.t . }}"), "templates/x.yaml:2:6", "tpl .Values.t .", "runs too long"},
	{"range writes", x("{{ range 9223372036854775807 }}\n0123456789 0123456789 0123456789{{ end }}"), "templates/x.yaml:1:10", "", "writes more"},
	{"fan-out", x(fanOut(`{{ include "%" . }}{{ include "%" . }}`)), "templates/x.yaml:1:", "", "runs too long"},
	{"fan-out of template", x(fanOut(`{{ template "%" . }}{{ template "%" . }}`)), "templates/x.yaml:1:", "", "runs too long"},
	{"template recursion", x("{{ define \"r\" }}\n{{ template \"r\" . }}{{ end }}{{ template \"r\" . }}"), "templates/x.yaml:2:4", `template "r" .`, "without end"},
	{"mutual recursion", x("{{ define \"a\" }}x{{ include \"b\" . }}{{ end }}\n{{ define \"b\" }}{{ include \"a\" . }}{{ end }}{{ include \"a\" . }}"), "templates/x.yaml:", "include ", "without end"},
	{"recursion in parentheses", x("{{ define \"a\" }}{{ " + strings.Repeat("(", 900) + `include "b" .` + strings.Repeat(")", 900) + " }}{{ end }}\n" +
		"{{ define \"b\" }}{{ include \"a\" . }}{{ end }}{{ include \"a\" . }}"), "templates/x.yaml:", "", "nested too deeply"},
	{"tpl recursion", values("t: '{{ tpl .Values.t . }}'", "a:\n  b: {{ tpl .Values.t . }}"), "templates/x.yaml:2:9", "tpl .Values.t .", "tpl calls are nested"},
	{"tpl of new text", values("t: 'x{{ tpl (print .Values.t .n) (dict \"Values\" .Values \"n\" (print .n 1)) }}'",
		"\nb: {{ tpl .Values.t (dict \"Values\" .Values \"n\" \"1\") }}"), "templates/x.yaml:2:7", "tpl .Values.t", "tpl calls are nested"},
	{"tpl of many texts", x("{{ range $i := 9223372036854775807 }}\n{{ tpl (print \"{{ . }}\" $i) . }}{{ end }}"), "templates/x.yaml:2:", "", ""},

	{"repeat", x("\n\nk: {{ repeat 1500000000 \"a\" | len }}"), "templates/x.yaml:3:7", `repeat 1500000000 "a" | len`, "repeat creates"},
	{"repeat in parentheses", x("k: {{ len (repeat 1500000000 \"a\") }}"), "templates/x.yaml:1:12", `repeat 1500000000 "a"`, "repeat creates"},
	{"doubling", x("{{ $s := \"ab\" }}{{ range until 60 }}\n{{ $s = print $s $s }}{{ end }}"), "templates/x.yaml:2:9", "print $s $s", "print creates"},
	{"doubling by include", x("{{ define \"d\" }}{{ . }}{{ . }}{{ end }}{{ $s := \"ab\" }}{{ range until 60 }}\n{{ $s = include \"d\" $s }}{{ end }}"), "templates/x.yaml:1:", "", "writes more"},
	{"many long texts", x(long + "{{ $l := list }}{{ range until 1000 }}{{ $l = append $l (upper $s) }}{{ end }}"), "templates/x.yaml:2:", "", "memory"},
	{"indent", x("k: {{ indent 100000000 \"a\" }}"), "templates/x.yaml:1:7", "", "indent creates"},
	{"nindent", x("k: {{ \"a\" | nindent 100000000 }}"), "templates/x.yaml:1:7", "", "nindent creates"},
	{"indent of lines", x("k: {{ repeat 100000 \"\\n\" | indent 1000 }}"), "templates/x.yaml:1:7", "", "indent creates"},
	{"replace", x("k: {{ replace \"a\" (repeat 10000 \"b\") (repeat 10000 \"a\") }}"), "templates/x.yaml:1:7", "", "replace creates"},
	{"replace nothing", x("k: {{ replace \"\" (repeat 10000 \"b\") (repeat 10000 \"a\") }}"), "templates/x.yaml:1:7", "", "replace creates"},
	{"regexReplaceAll", x("k: {{ regexReplaceAll \"(.*)\" (repeat 1000000 \"a\") (repeat 10000 \"${1}\") }}"), "templates/x.yaml:1:7", "", "regexReplaceAll creates"},
	{"regexReplaceAllLiteral", x("k: {{ regexReplaceAllLiteral \"\" (repeat 100000 \"a\") (repeat 10000 \"b\") }}"), "templates/x.yaml:1:7", "", "regexReplaceAllLiteral creates"},
	{"regexFindAll", x(long + "k: {{ regexFindAll \"a\" $s -1 }}"), "templates/x.yaml:2:7", "", "regexFindAll creates"},
	{"regexSplit", x(long + "k: {{ regexSplit \"a\" $s -1 }}"), "templates/x.yaml:2:7", "", "regexSplit creates"},
	{"split", x(long + "k: {{ split \"a\" $s }}"), "templates/x.yaml:2:7", "", "split creates"},
	{"splitList", x(long + "k: {{ splitList \"a\" $s }}"), "templates/x.yaml:2:7", "", "splitList creates"},
	{"join", x("k: {{ join (repeat 100000 \"a\") (until 100000) }}"), "templates/x.yaml:1:7", "", "join creates"},
	{"printf width", x("k: {{ printf \"%1000000d%1000000d%1000000d%1000000d%1000000d%1000000d%1000000d%1000000d%1000000d\" 1 2 3 4 5 6 7 8 9 }}"), "templates/x.yaml:1:7", "", "printf creates"},
	{"printf index", x("k: {{ printf (repeat 1000 \"%[1]s\") (repeat 100000 \"a\") }}"), "templates/x.yaml:1:7", "", "printf creates"},
	{"printf star", x("k: {{ printf \"%*d%*d%*d%*d%*d%*d%*d%*d%*d\" 1000000 1 1000000 1 1000000 1 1000000 1 1000000 1 1000000 1 1000000 1 1000000 1 1000000 1 }}"), "templates/x.yaml:1:7", "", "printf creates"},
	{"wrapWith", x("k: {{ wrapWith 1 (repeat 10000 \"b\") (repeat 10000 \"a\") }}"), "templates/x.yaml:1:7", "", "wrapWith creates"},
	{"randAlphaNum", x("k: {{ randAlphaNum 1000000000 }}"), "templates/x.yaml:1:7", "", "randAlphaNum creates"},
	{"randBytes", x("k: {{ randBytes 1000000000 }}"), "templates/x.yaml:1:7", "", "randBytes creates"},
	{"until", x("k: {{ until 1000000000 }}"), "templates/x.yaml:1:7", "", "until creates"},
	{"until downwards", x("k: {{ until -1000000000 }}"), "templates/x.yaml:1:7", "", "until creates"},
	{"untilStep over the end", x("k: {{ untilStep 0 9223372036854775807 4611686018427387904 }}"), "templates/x.yaml:1:7", "", "untilStep creates"},
	{"seq", x("k: {{ seq 1000000000 }}"), "templates/x.yaml:1:7", "", "seq creates"},
	{"many lists", x("{{ $l := list }}{{ range until 1000 }}\n{{ $l = append $l (until 1000000) }}{{ end }}"), "templates/x.yaml:2:", "", "memory"},
	{"append in a loop", x("{{ $l := list }}{{ range until 1000000 }}\n{{ $l = append $l . }}{{ end }}"), "templates/x.yaml:2:9", "append $l .", "memory"},
	{"chained dicts", x("{{ $d := dict }}{{ range 9223372036854775807 }}\n{{ $d = dict \"a\" $d }}{{ end }}"), "templates/x.yaml:2:9", "", "memory"},
	{"entries of a dict", x("{{ $d := dict }}{{ range $i := 9223372036854775807 }}\n{{ $_ := set $d (print $i) $i }}{{ end }}"), "templates/x.yaml:", "", "runs too long"},
	{"uniq", x("k: {{ uniq (until 100000) | len }}"), "templates/x.yaml:1:7", "", "processes too much data"},

	{"cyclic toYamlPretty", x(cyclic + "k: {{ toYamlPretty $d | quote }}"), "templates/x.yaml:2:7", "", "contains itself"},
	{"cyclic toYaml", x(cyclic + "k: {{ toYaml $d }}"), "templates/x.yaml:2:7", "", "contains itself"},
	{"cyclic toToml", x(cyclic + "k: {{ toToml $d }}"), "templates/x.yaml:2:7", "", "contains itself"},
	{"cyclic toString", x(cyclic + "k: {{ toString $d }}"), "templates/x.yaml:2:7", "", "contains itself"},
	{"cyclic quote", x(cyclic + "k: {{ quote $d }}"), "templates/x.yaml:2:7", "", "contains itself"},
	{"cyclic printf", x(cyclic + "k: {{ printf \"%v\" $d }}"), "templates/x.yaml:2:7", "", "contains itself"},
	{"cyclic print", x(cyclic + "k: {{ $d }}"), "templates/x.yaml:2:7", "$d", "contains itself"},
	{"cyclic eq", x(cyclic + "k: {{ eq $d $d }}"), "templates/x.yaml:2:7", "eq $d $d", "contains itself"},
	{"cyclic ne in a pipeline", x(cyclic + "k: {{ $d | ne (list) }}"), "templates/x.yaml:2:7", "", "contains itself"},
	{"cyclic int", x(cyclic + "k: {{ int $d }}"), "templates/x.yaml:2:7", "", "contains itself"},
	{"cyclic add", x(cyclic + "k: {{ add 1 $d }}"), "templates/x.yaml:2:7", "", "contains itself"},
	{"cyclic key", x(cyclic + "k: {{ dict $d 1 }}"), "templates/x.yaml:2:7", "", "contains itself"},
	{"cyclic mergeOverwrite", x(cyclic + "k: {{ mergeOverwrite $d $d }}"), "templates/x.yaml:2:7", "", "mergeOverwrite is given data that contains itself"},
	{"cyclic merge of two", x(cyclic + "{{ $e := dict }}{{ $_ := set $e \"self\" $e }}k: {{ len (mustMerge $d $e) }}"), "templates/x.yaml:2:56", "", "mustMerge is given data that contains itself"},
	{"cyclic merge by what it has put in", x(cyclic + "{{ $e := dict }}{{ $_ := set $e \"self\" $e }}{{ $m := dict }}" +
		"{{ $_ := merge (dict \"a\" $m \"b\" $m) (dict \"a\" (dict \"x\" $d) \"b\" (dict \"x\" $e)) }}"), "templates/x.yaml:2:70", "", "merge is given data that contains itself"},
	{"printed merge of cyclic data", x(cyclic + "k: {{ mergeOverwrite (dict) $d }}"), "templates/x.yaml:2:7", "", "the action is given data that contains itself"},
	{"cyclic deepCopy", x(cyclic + "k: {{ deepCopy $d }}"), "templates/x.yaml:2:7", "", "contains itself"},
	{"cyclic list", x("{{ $d := dict }}{{ $_ := set $d \"l\" (list 1 (dict \"d\" $d)) }}\nk: {{ toYaml $d }}"), "templates/x.yaml:2:7", "", "contains itself"},
	{"cyclic sortAlpha", x(cyclic + "k: {{ sortAlpha (list $d) }}"), "templates/x.yaml:2:7", "", "contains itself"},
	{"cyclic values", x("{{ $_ := set .Values \"self\" .Values }}\nk: {{ .Values.YAML }}"), "templates/x.yaml:2:7", ".Values.YAML", "contains itself"},
	{"doubled toYaml", x(doubled + "k: {{ toYaml $d }}"), "templates/x.yaml:2:7", "", "contains itself"},
	{"doubled print", x(doubled + "k: {{ $d }}"), "templates/x.yaml:2:7", "", "contains itself"},
	{"doubled deepCopy", x(doubled + "k: {{ deepCopy $d | len }}"), "templates/x.yaml:2:7", "", "contains itself"},
	{"doubled toJson", x(doubled + "k: {{ toJson $d }}"), "templates/x.yaml:2:7", "", "contains itself"},
	{"chained toYaml", x(chained + "k: {{ toYaml $d }}"), "templates/x.yaml:2:7", "", "contains itself"},
	{"chained deepEqual", x(chained + "k: {{ deepEqual $d (dict \"a\" $d) }}"), "templates/x.yaml:2:7", "", "contains itself"},
	{"indented deeply", x("{{ $d := repeat 5000 \"a\\n\" }}{{ range until 900 }}{{ $d = dict \"a\" $d }}{{ end }}\nk: {{ toYaml $d }}"), "templates/x.yaml:2:7", "", "toYaml creates"},
	{"headers of toToml", x("{{ $k := repeat 10000 \"a\" }}{{ $d := dict }}{{ range until 900 }}{{ $d = dict $k $d }}{{ end }}\nk: {{ toToml $d }}"), "templates/x.yaml:2:7", "", "toToml creates"},

	{"fromYaml", x("k: {{ fromYamlArray (print \"[\" (repeat 3000000 \"1,\") \"1]\") | len }}"), "templates/x.yaml:1:7", "", "fromYamlArray reads"},
	{"fromJson", x("k: {{ fromJsonArray (print (repeat 5000 \"[\") (repeat 5000 \"]\")) | len }}"), "templates/x.yaml:1:7", "", "contains itself"},
	{"fromToml", x("k: {{ fromToml (print \"a=\" (repeat 1000000 \"[\")) | len }}"), "templates/x.yaml:1:7", "", "contains itself"},
	{"derivePassword", x("{{ range 1000 }}\n{{ derivePassword 1 \"long\" \"p\" \"u\" \"s\" }}{{ end }}"), "templates/x.yaml:2:4", "", "derivePassword and other calls"},
	{"keys", x("{{ range 500 }}\n{{ genPrivateKey \"rsa\" }}{{ end }}"), "templates/x.yaml:2:4", "", "genPrivateKey and"},
	{"hashes", x("{{ range 2000 }}\n{{ htpasswd \"u\" \"p\" }}{{ end }}"), "templates/x.yaml:2:4", "", "htpasswd and"},

	{"nested blocks", x("a:\n" + strings.Repeat("{{ if 1 }}", 100000) + strings.Repeat("{{ end }}", 100000)), "templates/x.yaml:2:", "if", "nested more than"},
	{"else if", x("a:\n{{ if 1 }}" + strings.Repeat("{{ else if 1 }}", 100000) + "{{ end }}"), "templates/x.yaml:2:", "else", "nested more than"},
	{"nested blocks in tpl", x("a:\n{{ tpl (print (repeat 10000 \"{{ if 1 }}\") (repeat 10000 \"{{ end }}\")) . }}"), "templates/x.yaml:2:4", "", "nested more than"},
	{"a large template", x("a: b\n" + strings.Repeat("c: {{ \""+strings.Repeat("1234567890", 100)+"\" }}\n", 2700)), "templates/x.yaml:2615:7", "", "the template has more than 2.5 MiB of actions"},
	{"many actions", x(strings.Repeat("{{.}}", 500000)), "templates/x.yaml", "", "memory"},
}

// fanOut is 40 templates of which each calls the one below twice.
func fanOut(calls string) string {
	var b strings.Builder
	for i := range 40 {
		name := func(i int) string { return string(rune('A'+i/26)) + string(rune('a'+i%26)) }
		b.WriteString(`{{ define "` + name(i) + `" }}`)
		if i < 39 {
			b.WriteString(strings.ReplaceAll(calls, "%", name(i+1)))
		}
		b.WriteString("{{ end }}")
	}
	return b.String() + strings.ReplaceAll(calls, "%", "Aa")
}

// TestLargeTemplates holds that a template is not refused for text that is but copied: a
// definition without actions, a comment.
func TestLargeTemplates(t *testing.T) {
	large := strings.Repeat("# 1234567890123456789\n", 200000)
	for name, text := range map[string]string{"no actions": large, "few actions": "a: {{ 1 }}\n" + large, "a comment": "{{/* " + large + "*/}}a: 1\n"} {
		result, err := rendered(chartOf(t, x(text)), chart.Options{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if m := result.Manifests[0]; !m.Exact {
			t.Errorf("%s: %s", name, m.Reason)
		}
	}
}

// TestBombs renders what kills a process without limits: each must be an error at
// its place, soon and in little memory.
func TestBombs(t *testing.T) {
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(300 << 20)) // as a worker has one
	for _, b := range bombs {
		t.Run(b.name, func(t *testing.T) {
			files := map[string][]byte{"Chart.yaml": []byte("apiVersion: v2\nname: web\nversion: 1.0.0\n")}
			for name, text := range b.files {
				files[name] = []byte(text)
			}
			c, err := chart.LoadFiles("web", files)
			if err != nil {
				t.Fatal(err)
			}
			began := time.Now()
			peak := peakMemory(func() { _, err = rendered(c, chart.Options{Sequential: true, Deadline: began.Add(time.Minute)}) })
			t.Logf("%v, %d MB: %v", time.Since(began).Round(time.Millisecond), peak>>20, err)
			var e *source.Error
			if !errors.As(err, &e) {
				t.Fatalf("no error with a place: %v", err)
			}
			if !strings.HasPrefix(e.Error(), "web/"+b.at) || !strings.Contains(e.What, b.what) {
				t.Errorf("error %q, want web/%s … %s", e, b.at, b.what)
			}
			if e.At.Valid() && !strings.HasPrefix(e.At.Text(), b.text) {
				t.Errorf("the place spells %.60q, want %q", e.At.Text(), b.text)
			}
			if took := time.Since(began); took > 20*time.Second && os.Getenv("MESHCHECK_SLOW") == "" { // on a busy machine
				t.Errorf("took %v", took)
			}
			if peak > 300<<20 {
				t.Errorf("took %d MB", peak>>20)
			}
		})
	}
}

// peakMemory is the most memory that the heap and the stacks take while a function
// runs, beyond what they took before; in bytes.
func peakMemory(call func()) (peak uint64) {
	taken := func() uint64 {
		samples := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}, {Name: "/memory/classes/heap/stacks:bytes"}}
		metrics.Read(samples)
		return samples[0].Value.Uint64() + samples[1].Value.Uint64()
	}
	runtime.GC()
	before := taken()
	done, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		for {
			if now := taken(); now > before {
				peak = max(peak, now-before)
			}
			select {
			case <-done:
				return
			case <-time.After(time.Millisecond):
			}
		}
	}()
	call()
	close(done)
	<-ended
	return peak
}
