//go:build linux

package main

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/render/source/sourcetest"
)

// mutate damages a text.
func mutate(r *rand.Rand, data []byte, tokens []string) (mutated []byte, what string) {
	if len(data) == 0 {
		return []byte(tokens[r.IntN(len(tokens))]), "a word in nothing"
	}
	at := r.IntN(len(data))
	lines := strings.SplitAfter(string(data), "\n")
	a, b := r.IntN(len(lines)), r.IntN(len(lines))
	switch r.IntN(7) {
	case 0:
		return data[:at], fmt.Sprintf("truncation behind byte %d", at)
	case 1:
		data = slices.Clone(data)
		data[at] ^= 1 << r.IntN(8)
		return data, fmt.Sprintf("a flipped bit at byte %d", at)
	case 2:
		lines[a], lines[b] = lines[b], lines[a]
		return []byte(strings.Join(lines, "")), fmt.Sprintf("lines %d and %d changed", a+1, b+1)
	case 3:
		lines = slices.Insert(lines, b, lines[a])
		return []byte(strings.Join(lines, "")), fmt.Sprintf("line %d once more behind %d", a+1, b)
	case 4:
		return []byte(strings.Join(slices.Delete(lines, a, a+1), "")), fmt.Sprintf("loss of line %d", a+1)
	}
	token := tokens[r.IntN(len(tokens))]
	return slices.Concat(data[:at], []byte(token), data[at:]), fmt.Sprintf("%q at byte %d", token, at)
}

// The words of the languages, for insertion.
var (
	yamlTokens = []string{
		"- ", ": ", "|\n", ">-\n", "&a ", "*a", "!!binary ", "<<: *a\n", "\"", "'", "\t", "\n---\n", "\n...\n", "1337", "null", "[", "]", "{", "}",
		"\x00", "\ufeff", "\r\n", "~", "0x1F", ".inf", "1e999", "? ", "%YAML 1.1\n", "# ", "!!set ", "2001-01-01", "\u2028", "yes",
	}
	templateTokens = append([]string{
		"{{", "}}", "{{- end }}", "{{ if }}", "{{ else }}", "{{ range $k, $v := .Values }}", "{{ include \"x\" . }}", "{{ tpl . $ }}",
		"{{ .Values.x.y.z }}", "{{ toYaml .Values | nindent 4 }}", "{{ fail \"x\" }}", "{{ define \"a\" }}", "{{ template \"a\" . }}",
		"{{ with . }}", "{{ break }}", "{{/*", "*/}}", "{{ $x := . }}", "{{ $ | toJson }}", "{{ block \"b\" . }}", "{{-", "-}}", "`", " | quote", "(",
		")", "$", ".", "{{ range 3 }}", "{{ set .Values \"a\" .Values }}", "{{ (index .Values \"a\") }}", "{{ required \"r\" nil }}", "{{ 1 | int64 }}",
	}, yamlTokens...)
	hclTokens = []string{
		"{", "}", "\"${", "}\"", "<<EOT\n", "<<-EOT\n", "EOT\n", "for_each = ", "count = 1\n", "dynamic \"x\" {\n", "[for a in ", "{for a, b in ",
		"null", "var.x", "local.a", "each.key", " ? ", " : ", "...", "%{ if ", "%{ endif }", "\"", "#", "/*", "*/", "!", "-", "==", "=>", "[*]", ".*",
		"[0]", "module.a", "jsonencode(", "merge(", "1e999", "\\u0000", "\x00", "\ufeff", "toset(", "self.", "path.module", "sensitive(", "lookup(",
	}
	jsonTokens = []string{
		"{", "}", "[", "]", "null", "1e999", "\"", ",", ":", "true", "\"\"", "{\"a\":", "-1", "[[[[", "\\u0000", "\\ud800", "\x00", "\ufeff", "0.5",
		"\"values\":", "{}", "[]", "\"after_unknown\":", "9223372036854775808",
	}
)

// tokensOf are the words of the language of a file.
func tokensOf(subject, file string) []string {
	if file == "" {
		file = subject
	}
	switch filepath.Ext(file) {
	case ".tf", ".tfvars", ".hcl":
		return hclTokens
	case ".json":
		return jsonTokens
	case ".tpl", ".txt":
		return templateTokens
	}
	if strings.Contains(file, "templates/") {
		return templateTokens
	}
	return yamlTokens
}

// mutable are the subjects: of the shared data, or of the project's fixtures. Each is
// as often in the list as its kind is to be tried.
func mutable(t *testing.T, shared bool) []subject {
	t.Helper()
	var charts, roots, files []subject
	if shared {
		for _, chart := range sharedCharts(t) {
			charts = addSubject(t, charts, chart)
		}
		roots = terraformSubjects(t, sourcetest.Shared(t, "data/terraform"))
		files = fileSubjects(t, sourcetest.Shared(t, "data/terraform/plans"), "plan.json")
		files = slices.Concat(slices.Repeat(files, 10), fileSubjects(t, sourcetest.Shared(t, "data/istio-cases"), ".yaml"))
	} else {
		charts = addSubject(t, charts, "../../testdata/charts/demo")
		fixtures, err := filepath.Glob("../../testdata/checks/*/chart")
		if err != nil {
			t.Fatal(err)
		}
		for _, chart := range fixtures {
			charts = addSubject(t, charts, chart)
		}
		roots = terraformSubjects(t, "../../testdata/checks")
		files = fileSubjects(t, "../../testdata", "service.yaml")
	}
	if len(charts) == 0 || len(roots) == 0 || len(files) == 0 {
		t.Fatalf("%d charts, %d roots, %d files", len(charts), len(roots), len(files))
	}
	most := max(len(charts), len(roots), len(files))
	all := slices.Repeat(charts, 2*most/len(charts)+1)
	return slices.Concat(all, slices.Repeat(roots, most/len(roots)+1), slices.Repeat(files, most/len(files)+1))
}

// terraformSubjects are the directories with .tf files, with all that lies in them.
func terraformSubjects(t *testing.T, dir string) []subject {
	t.Helper()
	var dirs []string
	for _, s := range fileSubjects(t, dir, ".tf") {
		dirs = append(dirs, filepath.Dir(s.name))
	}
	slices.Sort(dirs)
	var all []subject
	for _, d := range slices.Compact(dirs) {
		all = addSubject(t, all, d)
	}
	return all
}

// fileSubjects are the files below a directory whose names end so.
func fileSubjects(t *testing.T, dir, end string) []subject {
	t.Helper()
	var all []subject
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err == nil && e.Type().IsRegular() && strings.HasSuffix(path, end) {
			all = append(all, subject{name: path, files: []string{""}})
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// addSubject adds a directory, if it is not too large.
func addSubject(t *testing.T, all []subject, dir string) []subject {
	t.Helper()
	s, size := subject{name: dir}, int64(0)
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		size += info.Size()
		name, err := filepath.Rel(dir, path)
		s.files = append(s.files, name)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if size > maxSubject || len(s.files) == 0 {
		return all
	}
	return append(all, s)
}
