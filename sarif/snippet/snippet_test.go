package snippet

import (
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/render/source"
)

// TestSnippetOfLongLine holds that of a line which holds a whole file the same is
// repeated as of a short one, at its columns.
func TestSnippetOfLongLine(t *testing.T) {
	for _, c := range []struct{ name, line, at string }{
		{"m.yaml", `{"securityContext": {"runAsUser": 1337}}`, "1337"},
		{"m.yaml", `{name: é, password: secret, runAsUser: 1337, other: secret}`, "1337"},
		{"m.yaml", `{runAsUser: 1337}`, "runAsUser"},
		{"templates/x.yaml", `{name: {{ include "a" (dict "b" .Values.c) | quote }}, x: y}`, ".Values.c"},
		{"templates/x.yaml", `{name: {{ .Values.name }}-web, x: y}`, ".Values.name"},
	} {
		short := snippetAt(t, c.name, "{a: b, "+c.line+", c: d}", c.at)
		for _, unit := range []string{"{filler: zürich}, ", "x"} {
			head := "{a: b, " + strings.Repeat(unit, 9000/len(unit)) + ", "
			long := snippetAt(t, c.name, head+c.line+strings.Repeat(", {filler: é}", 700)+", c: d}", c.at)
			shift := len([]rune(head)) - len("{a: b, ")
			if want := (Snippet{short.Text, short.From + shift, short.To + shift, short.Verbatim}); long != want {
				t.Errorf("%s in a long line: %+v, want %+v", c.line, long, want)
			}
		}
	}
}

func snippetAt(t *testing.T, name, line, at string) Snippet {
	t.Helper()
	f := source.NewFile("", name, []byte("first\n"+line+"\r\nlast\n"))
	start := strings.Index(string(f.Data), at)
	if start < 0 {
		t.Fatalf("%q is not in %q", at, line)
	}
	return Of(source.Span{File: f, Start: start, End: start + len(at)}, ShowValue)
}

// TestSnippetOfQuotes holds that a scalar that a template writes in quotes is repeated with both of them.
func TestSnippetOfQuotes(t *testing.T) {
	for _, c := range []struct {
		line, at, value, key string
	}{
		{`size: "{{ .Values.size }}"`, ".Values.size", `size: "{{ .Values.size }}"`, `size: "{{ .Values.size }}"`},
		{`size: '{{ .Values.size }}' # 1`, ".Values.size", `size: '{{ .Values.size }}'`, `size: '{{ .Values.size }}'`},
		{`size: "{{ .Values.size }}Gi"`, ".Values.size", `size: "{{ .Values.size }}Gi"`, `size: "{{ .Values.size }}`},
		{`size: {{ .Values.size }}"`, ".Values.size", `size: {{ .Values.size }}"`, `size: {{ .Values.size }}`},
		{`name: "b{{ .Values.port }}"`, "b", `name: "b{{ .Values.port }}"`, `name: "…`},
		{`name: "bé{{ .Values.port }}-c", x: y`, "bé", `name: "bé{{ .Values.port }}-c"`, `name: "…`},
		{`port: "15001"`, "15001", `port: "15001"`, `port: "…`},
	} {
		for show, want := range map[Redaction]string{ShowValue: c.value, ShowKey: c.key} {
			f := source.NewFile("", "templates/x.yaml", []byte(c.line+"\n"))
			start := strings.Index(c.line, c.at)
			got := Of(source.Span{File: f, Start: start, End: start + len(c.at)}, show)
			if got.Text != want || got.Verbatim && got.To != got.From+len([]rune(got.Text)) {
				t.Errorf("%s, %v: %+v, want %q", c.line, show, got, want)
			}
		}
	}
}
