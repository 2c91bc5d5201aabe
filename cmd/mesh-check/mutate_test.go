//go:build linux

package main

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

const (
	batchSize    = 50
	mutantSecs   = 10        // that one mutant may take
	mutantMB     = 512       // for the whole tree
	maxSubject   = 400_000   // bytes; larger charts cost more time than they find
	plainMutants = batchSize // where MESHCHECK_MUTANTS is not set
)

// TestMutants damages one file of a chart, a Terraform root, a plan or a manifest at a
// time, as people and bad disks do, and looks at the mutants in batches. Whatever the
// damage is: no bug, no death of a worker, no limit reached, and a word about each
// input. `make mutate` makes 20,000 of the shared data; else there are some of the
// project's own fixtures. MESHCHECK_SEED makes other ones.
func TestMutants(t *testing.T) {
	count, many := envInt(t, "MESHCHECK_MUTANTS", plainMutants)
	seed, _ := envInt(t, "MESHCHECK_SEED", 1)
	if testing.Short() && !many {
		t.Skip("mutants take some seconds")
	}
	subjects := mutable(t, many)
	l := lab{program: filepath.Join(t.TempDir(), "mesh-check"), seed: uint64(seed), subjects: subjects}
	build(t, l.program)
	t.Logf("%d mutants of %d subjects, seed %d", count, len(subjects), seed)
	start, partial := time.Now(), 0
	for first := 0; first < count && !t.Failed(); first += batchSize {
		p, failed := l.batch(t, first, min(batchSize, count-first))
		partial += p
		if first%1000 == 0 && many {
			t.Logf("%d mutants after %s, the last batch took %d MB", first+batchSize, time.Since(start).Round(time.Second), l.peak)
		}
		if failed != "" {
			l.blame(t, first, min(batchSize, count-first), failed)
		}
	}
	t.Logf("%d mutants in %s (%.0f in a minute), %d of them with errors, at most %d MB",
		count, time.Since(start).Round(time.Second), float64(count)/time.Since(start).Minutes(), partial, l.most)
	if partial == 0 {
		t.Error("no mutant has an error: nothing is damaged")
	}
}

func envInt(t *testing.T, name string, otherwise int) (n int, set bool) {
	t.Helper()
	text := os.Getenv(name)
	if text == "" {
		return otherwise, false
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return n, true
}

// subject is what mutants are made of: a directory or a file.
type subject struct {
	name  string
	files []string // below name; one empty name for a file
}

// lab makes and tries mutants.
type lab struct {
	program    string
	seed       uint64
	subjects   []subject
	peak, most int64 // MiB, of the last and the largest batch
}

// mutant writes the mutant with a number into a directory, and returns the path to
// look at and what was done to it. The same seed and number give the same mutant.
func (l *lab) mutant(t *testing.T, number int, dir string) (path, what string) {
	t.Helper()
	r := rand.New(rand.NewPCG(l.seed, uint64(number)))
	s := l.subjects[r.IntN(len(l.subjects))]
	victim := s.files[r.IntN(len(s.files))]
	path = filepath.Join(dir, fmt.Sprintf("m%d", number))
	if victim == "" {
		path += filepath.Ext(s.name)
	}
	for _, name := range s.files {
		data, err := os.ReadFile(filepath.Join(s.name, name))
		if err != nil {
			t.Fatal(err)
		}
		if name == victim {
			data, what = mutate(r, data, tokensOf(s.name, name))
			what = fmt.Sprintf("mutant %d of seed %d: %s of %s", number, l.seed, what, filepath.Join(filepath.Base(s.name), name))
		}
		file := filepath.Join(path, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return path, what
}

// batch looks at some mutants in one run, and returns how many have errors, and what
// is wrong with the run, if anything.
func (l *lab) batch(t *testing.T, first, n int) (partial int, failed string) {
	t.Helper()
	dir := scratch(t)
	defer os.RemoveAll(dir)
	var paths []string
	for i := range n {
		path, _ := l.mutant(t, first+i, dir)
		paths = append(paths, filepath.Base(path))
	}
	return l.judge(t, dir, paths)
}

// judge runs the program over mutants.
func (l *lab) judge(t *testing.T, dir string, paths []string) (partial int, failed string) {
	t.Helper()
	args := append([]string{"-o", "json", "--no-ci-values", "--fail-on=never", "--timeout=60s"}, paths...)
	o := tree{program: l.program, dir: dir, args: args, seconds: mutantSecs * float64(len(paths)), alone: canBeAlone()}.run(t)
	l.peak, l.most = o.peak, max(l.most, o.peak)
	switch {
	case o.killed || o.signal != "" || o.code != exitClean && o.code != exitInput:
		return 0, fmt.Sprintf("exit code %d, signal %q, %.1f s\n%.2000s", o.code, o.signal, o.spent.Seconds(), o.stderr)
	case o.peak > mutantMB:
		return 0, fmt.Sprintf("%d MB", o.peak)
	case o.packets > 0:
		return 0, fmt.Sprintf("%d packets sent", o.packets)
	case len(paths) == 1 && o.spent.Seconds() > mutantSecs:
		return 0, fmt.Sprintf("%.1f s", o.spent.Seconds())
	}
	for _, bad := range []string{"panic:", "goroutine ", "runtime error", "fatal error", "\x1b"} {
		if strings.Contains(o.stdout+o.stderr, bad) {
			return 0, fmt.Sprintf("an output contains %q:\n%.2000s", bad, o.stderr)
		}
	}
	var report badReport
	if err := json.Unmarshal([]byte(o.stdout), &report); err != nil {
		return 0, err.Error()
	}
	return saidOf(report, paths)
}

// saidOf says how many inputs were not analysed in full, and what is wrong with what
// was said of them.
func saidOf(report badReport, paths []string) (partial int, failed string) {
	of := func(input, path string) bool { return input == path || strings.HasPrefix(input, path+"/") }
	for _, path := range paths {
		if !slices.ContainsFunc(report.Inputs, func(in badOne) bool { return of(in.Path, path) }) {
			return 0, path + " is not told"
		}
	}
	for _, in := range report.Inputs {
		errors, notes := 0, 0
		for _, e := range report.Errors {
			if e.Input != in.Path {
				continue
			}
			errors++
			for _, death := range []string{"not done after", "of memory", "has ended, most likely"} {
				if strings.Contains(e.Message, death) {
					return 0, in.Path + ": " + e.Message
				}
			}
			if e.Location.File == "" && !strings.Contains(e.Message, in.Path) {
				return 0, fmt.Sprintf("%s: the error names no file: %s", in.Path, e.Message)
			}
		}
		for _, n := range report.Notes {
			if n.Input == in.Path {
				notes++
			}
		}
		switch {
		case (in.Result == "ok") != (errors == 0):
			return 0, fmt.Sprintf("%s is %s with %d errors", in.Path, in.Result, errors)
		case in.Kind == kindManifest && in.Objects == 0 && errors+notes == 0:
			return 0, in.Path + " has no objects, and nothing is said"
		case errors > 0:
			partial++
		}
	}
	return partial, ""
}

// blame finds the mutants that make a batch fail and keeps them.
func (l *lab) blame(t *testing.T, first, n int, failed string) {
	t.Helper()
	kept, err := os.MkdirTemp("", "mesh-check-mutants-")
	if err != nil {
		t.Fatal(err)
	}
	found := false
	for i := range n {
		path, what := l.mutant(t, first+i, kept)
		if _, alone := l.judge(t, kept, []string{filepath.Base(path)}); alone != "" {
			found = true
			t.Errorf("%s\n%s\nkept: %s", what, alone, path)
			continue
		}
		if err := os.RemoveAll(path); err != nil {
			t.Fatal(err)
		}
	}
	if !found {
		t.Errorf("mutants %d to %d of seed %d fail together, none does alone: %s", first, first+n-1, l.seed, failed)
	}
}

// scratch is a directory in memory, where there is one.
func scratch(t *testing.T) string {
	t.Helper()
	base := "/dev/shm"
	if info, err := os.Stat(base); err != nil || !info.IsDir() {
		base = ""
	}
	dir, err := os.MkdirTemp(base, "mesh-check-mutants-")
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

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
		roots = terraformSubjects(t, sharedDir(t, "terraform"))
		files = fileSubjects(t, sharedDir(t, "terraform/plans"), "plan.json")
		files = slices.Concat(slices.Repeat(files, 10), fileSubjects(t, sharedDir(t, "istio-cases"), ".yaml"))
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
