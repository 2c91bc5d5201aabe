package sarif

import (
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/render/source"
)

// TestSnippet holds what of a line is repeated. The span stands between ‹ and ›.
func TestSnippet(t *testing.T) {
	const yaml, tpl, tf = "values.yaml", "templates/a.yaml", "main.tf"
	for _, c := range []struct{ file, line, value, key string }{
		{yaml, "  uid: ‹1337› # secret", "  uid: 1337", "  uid: …"},
		{yaml, `  - uid: "‹1337›" # secret`, `  - uid: "1337"`, `  - uid: "…`},
		{yaml, "{password: secret, uid: ‹1337›, key: secret}", "uid: 1337", "uid: …"},
		{yaml, `{"a b": secret, "u d": '‹1337›', key: secret}`, `"u d": '1337'`, `"u d": '…`},
		{yaml, "flow: ‹{password: secret, uid: 1337}›", "flow: …", "flow: …"},
		{yaml, "text: ‹two words›", "text: …", "text: …"},
		{yaml, "  ‹annotations›: {a: secret}", "  annotations:", "  annotations:"},
		{yaml, `{x: secret, "‹a.b/c›": secret}`, `"a.b/c":`, `"a.b/c":`},
		{yaml, "- ‹secret› # more", "- secret", "- …"},
		{yaml, "[secret, ‹15001›, secret]", "15001", "…"},
		{yaml, "‹password: \"secret›", "password: …", "password: …"},
		{yaml, "a: &anchor !!int ‹1337›", "a: &anchor !!int 1337", "a: &anchor !!int …"},
		{yaml, "日本: ‹1337› # 語", "日本: 1337", "日本: …"},
		{tpl, "  uid: {{ ‹.Values.uid› }} # secret", "  uid: {{ .Values.uid }}", "  uid: {{ .Values.uid }}"},
		{tpl, "    {{- ‹toYaml . | nindent 8› }}", "    {{- toYaml . | nindent 8 }}", "    {{- toYaml . | nindent 8 }}"},
		{tpl, `value: {{ ‹.Values.a | default "secret"› }}`, `value: {{ .Values.a | default "secret" }}`, "value: …"},
		{tpl, "name: {{ ‹.Values.a› }}-feed, secret", "name: {{ .Values.a }}-feed", "name: {{ .Values.a }}"},
		{tpl, `image: "{{ .Values.a }}:{{ ‹.Values.b› }}" # secret`, `image: "{{ .Values.a }}:{{ .Values.b }}"`, `image: "{{ .Values.a }}:{{ .Values.b }}`},
		{tpl, "url: http://u:secret{{ ‹.Values.a› }}", "{{ .Values.a }}", "{{ .Values.a }}"},
		{tpl, "{a: secret, uid: {{ ‹.Values.uid› }}, b: secret}", "uid: {{ .Values.uid }}", "uid: {{ .Values.uid }}"},
		{tpl, "url: ‹http://u:{{ .Values.p }}@h:80/secret›", "url: …", "url: …"},
		{yaml, "url: ‹{{ .Values.p }} secret›", "url: …", "url: …"},
		{tpl, "{{/* secret */}}‹labels›: {a: secret}", "labels:", "labels:"},
		{tpl, "{{/* secret */}}uid: {{ ‹.Values.uid› }}", "uid: {{ .Values.uid }}", "uid: {{ .Values.uid }}"},
		{tpl, "{{- if .Values.x }}uid: {{ ‹.Values.uid› }}{{/* secret */}}", "{{- if .Values.x }}uid: {{ .Values.uid }}", "{{- if .Values.x }}uid: {{ .Values.uid }}"},
		{tf, "  uid = ‹local.both.uid› # secret", "  uid = local.both.uid", "  uid = …"},
		{tf, "  uid = ‹var.a == 1 ? 1337 : 2› # secret", "  uid = var.a == 1 ? 1337 : 2", "  uid = …"},
		{tf, `  both = { password = "secret", uid = ‹"1337"› } # secret`, `uid = "1337"`, "uid = …"},
		{tf, `  values = [‹yamlencode({ token = "secret" })›]`, "…", "…"},
		{tf, `‹resource "kubernetes_pod" "a"› {`, `resource "kubernetes_pod" "a"`, "…"},
	} {
		before, rest, _ := strings.Cut(c.line, "‹")
		span, behind, ok := strings.Cut(rest, "›")
		if !ok {
			t.Fatalf("%s has no span", c.line)
		}
		f := source.NewFile("", c.file, []byte("first\n"+before+span+behind+"\nlast\n"))
		at := source.Span{File: f, Start: 6 + len(before), End: 6 + len(before) + len(span)}
		for show, want := range map[disclosure]string{withValue: c.value, keyAlone: c.key} {
			got := snippetOf(at, show)
			if got.text != want {
				t.Errorf("%s of %s: %q, want %q", map[disclosure]string{withValue: "value", keyAlone: "key"}[show], c.line, got.text, want)
			}
			line := []rune(before + span + behind)
			if got.verbatim && string(line[got.from-1:got.to-1]) != got.text {
				t.Errorf("%s: %q is said to stand at %d to %d", c.line, got.text, got.from, got.to)
			}
		}
	}
}

// FuzzSnippet holds that a snippet lies in its line, says what stands there, and that
// nothing of a value is in what is said of a key alone.
func FuzzSnippet(f *testing.F) {
	f.Add("a: 1337 # x", 3, 4, uint8(0))
	f.Add("{p: x, uid: {{ .Values.a }}} # x", 15, 9, uint8(1))
	f.Add("  uid = var.x[0] # ü", 8, 8, uint8(2))
	f.Fuzz(func(t *testing.T, line string, start, length int, kind uint8) {
		line, _, _ = strings.Cut(line, "\n")
		start = min(max(start, 0), len(line))
		file := source.NewFile("", []string{"values.yaml", "templates/a.yaml", "main.tf"}[kind%3], []byte(line))
		at := source.Span{File: file, Start: start, End: min(start+max(length, 0), len(line))}
		for _, show := range []disclosure{keyAlone, keyAndCode, withValue} {
			got := snippetOf(at, show)
			runes := []rune(file.Line(1))
			if got.from < 1 || got.to < got.from || got.from > len(runes)+1 {
				t.Fatalf("%q: %+v", line, got)
			}
			if got.verbatim && string(runes[got.from-1:min(got.to-1, len(runes))]) != got.text {
				t.Fatalf("%q: %+v is not what stands there", line, got)
			}
			(&builder{}).physical(at, show)
		}
	})
}
