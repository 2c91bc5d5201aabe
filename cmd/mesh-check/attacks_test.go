//go:build linux

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// attack is a hostile input that is made here; what each does to programs that are
// not careful is known from measurements of Helm, HCL and the YAML libraries.
type attack struct {
	name string
	// make writes the input into a directory.
	make func(t *testing.T, dir string)
	args []string // default: what make wrote
	// names is what an error must tell: the file at fault. Empty where the input may
	// be sound.
	names string
	line  int // of that file; 0 where any is right
	exit  []int
}

// What each attack may take at most, in seconds and MiB of the process tree.
const (
	attackSeconds = 10
	attackMB      = 512
)

// TestAttacks runs the built program over hostile inputs that are made here: whatever
// it is given, it ends by itself with one of its exit codes, in time, within its
// memory, and names the file that is at fault. `make bad` runs it.
func TestAttacks(t *testing.T) {
	if !thorough() {
		t.Skip("MESHCHECK_BAD is not set: make bad runs it")
	}
	program := built(t)
	for _, a := range slices.Concat(templateAttacks(), chartAttacks(), terraformAttacks(), yamlAttacks(), planAttacks(), flagAttacks()) {
		t.Run(a.name, func(t *testing.T) { a.test(t, program) })
	}
}

func (a attack) test(t *testing.T, program string) {
	dir := t.TempDir()
	a.make(t, dir)
	if a.args == nil {
		a.args = []string{"in"}
	}
	r := runBad(t, tree{program: program, dir: dir, args: a.args, seconds: attackSeconds, alone: canBeAlone()}, "", []string{"sarif", "json"})
	t.Logf("exit code %d, %.2f s, %d MB", r.code, r.spent.Seconds(), r.peak)
	if a.exit == nil {
		a.exit = []int{exitClean, exitFindings, exitInput, exitUsage}
		if a.names != "" {
			a.exit = []int{exitInput}
		}
	}
	no := false
	c := badCase{
		Exit: a.exit, MaxSeconds: attackSeconds, MaxMB: attackMB, Network: &no,
		MustNotContain: []string{"panic:", "goroutine ", "runtime error", "fatal error", "SIGSEGV", "\x1b"},
	}
	if a.names != "" {
		c.Kind, c.MustContain = "error", []string{a.names}
	}
	if a.line != 0 {
		c.ErrorAt = &badPlace{File: a.names, Line: float64(a.line)}
	}
	var f faults
	c.ended(&f, r.ending)
	c.reported(t, &f, r)
	f.report(t)
}

// texts writes files below dir/in.
func texts(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		file := filepath.Join(dir, "in", filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

const chartYAML = "apiVersion: v2\nname: demo\nversion: 0.1.0\n"

// aChart makes a chart of the files given, with a Chart.yaml.
func aChart(files map[string]string) func(*testing.T, string) {
	return func(t *testing.T, dir string) {
		t.Helper()
		texts(t, dir, map[string]string{"Chart.yaml": chartYAML})
		texts(t, dir, files)
	}
}

// template is the attack of one template.
func template(name string, line int, text string) attack {
	return attack{name: "template " + name, make: aChart(map[string]string{"templates/x.yaml": text}), names: "templates/x.yaml", line: line}
}

// cyclic is a template with a dict in itself, and what is done to it.
func cyclic(name, use string) attack {
	return template("cyclic dict in "+name, 0, "{{ $d := dict }}\n{{ $_ := set $d \"self\" $d }}\n"+use+"\n")
}

func templateAttacks() []attack {
	fan := &strings.Builder{}
	fmt.Fprint(fan, `{{ define "f0" }}{{ end }}`)
	for i := range 40 {
		fmt.Fprintf(fan, "{{ define \"f%d\" }}{{ include \"f%d\" . }}{{ include \"f%d\" . }}{{ end }}\n", i+1, i, i)
	}
	dag := "{{ $d := dict \"k\" 1 }}\n{{ range until 40 }}{{ $d = dict \"a\" $d \"b\" $d }}{{ end }}\n"
	return []attack{
		template("include fan-out 2^40", 0, fan.String()+`{{ include "f40" . }}`),
		template("mutual include that grows", 0, "{{ define \"a\" }}{{ include \"b\" (printf \"%s%s\" . .) }}{{ end }}\n"+
			"{{ define \"b\" }}{{ include \"a\" (printf \"%s%s\" . .) }}{{ end }}\n{{ include \"a\" \"x\" }}\n"),
		template("template that calls itself", 0, "{{ define \"a\" }}{{ template \"a\" . }}{{ end }}{{ template \"a\" . }}\n"),
		template("string doubling", 0, "{{ $s := \"x\" }}\n{{ range until 40 }}{{ $s = print $s $s }}{{ end }}\nl: {{ len $s }}\n"),
		template("until 1e9", 0, "a: 1\nb: {{ until 1000000000 | len }}\n"),
		template("untilStep 1e9", 0, "b: {{ untilStep 0 1000000000 1 | len }}\n"),
		template("seq 1e9", 0, "b: {{ seq 1 1000000000 | len }}\n"),
		template("nested ranges", 0, "{{ range until 1000000 }}{{ range until 1000000 }}{{ end }}{{ end }}\n"),
		template("append in a loop", 0, "{{ $l := list }}\n{{ range until 40000 }}{{ $l = append $l . }}{{ end }}\nl: {{ len $l }}\n").maybe(),
		template("indent 1e8", 0, "a: {{ indent 100000000 \"x\" }}\n"),
		template("randBytes 1e8", 0, "a: {{ randBytes 100000000 }}\n"),
		template("printf of a wide number", 0, "a: {{ printf \"%1000000000d\" 1 }}\n").maybe(),
		template("replace that grows", 0, "{{ $s := repeat 1000000 \"x\" }}\na: {{ $s | replace \"x\" (repeat 5000 \"y\") | len }}\n"),
		template("join that grows", 0, "a: {{ until 100000 | join (repeat 100000 \"y\") | len }}\n"),
		template("fail with much text", 1, "{{ fail (repeat 5000000 \"x\") }}\n"),
		template("dict graph to JSON", 0, dag+"a: {{ toJson $d }}\n"),
		template("dict graph compared", 0, dag+"a: {{ eq (toString $d) \"\" }}\n"),
		template("dict graph copied", 0, dag+"{{ $e := deepCopy $d }}\n"),
		cyclic("toString", "a: {{ toString $d }}"),
		cyclic("quote", "a: {{ quote $d }}"),
		cyclic("printf", "a: {{ printf \"%v\" $d }}"),
		cyclic("deepCopy", "{{ $e := deepCopy $d }}"),
		cyclic("mergeOverwrite", "{{ $e := mergeOverwrite (dict \"self\" (dict \"self\" (dict))) $d $d }}"),
		cyclic("toToml", "a: {{ toToml $d }}"),
		template("many passwords", 0, "{{ range until 1000 }}{{ derivePassword 1 \"long\" \"p\" \"u\" \"s\" }}{{ end }}\n").maybe(),
		template("many hashes", 0, "{{ range until 2000 }}{{ htpasswd \"u\" \"p\" }}{{ end }}\n").maybe(),
		template("many keys", 0, "{{ range until 500 }}{{ genPrivateKey \"rsa\" | len }}{{ end }}\n").maybe(),
		template("200,000 nested ifs", 0, strings.Repeat("{{if true}}", 200000)+strings.Repeat("{{end}}", 200000)).maybe(),
		template("9,000 nested parentheses", 0, "a: {{ "+strings.Repeat("(", 9000)+"1"+strings.Repeat(")", 9000)+" }}").maybe(),
		template("Files in a loop", 0, "{{ range until 1000000 }}{{ $.Files.Glob \"**\" | len }}{{ end }}\n").maybe(),
		template("regular expression of millions", 0, "a: {{ regexMatch \"((a{1,100}){1,100}){1,100}\" \"aaaa\" }}\n"),
		template("text with NUL and UTF-16", 0, "\xff\xfea\x00:\x00 \x001\x00\n\x00\n\x00a: \x00\n"),
	}
}

// maybe is the attack where no error is demanded: it may be within what is allowed.
func (a attack) maybe() attack {
	a.names, a.line = "", 0
	return a
}

func chartAttacks() []attack {
	values := func(name, text string) attack {
		return attack{
			name: "values " + name, names: "values.yaml",
			make: aChart(map[string]string{"values.yaml": text, "templates/x.yaml": "a: {{ .Values.a | quote }}\n"}),
		}
	}
	schema := func(name, text string) attack {
		return attack{name: "schema " + name, make: aChart(map[string]string{
			"values.yaml": "a: 1\n", "values.schema.json": text, "templates/x.yaml": "a: {{ .Values.a }}\n",
		})}
	}
	many := map[string]string{}
	for i := range 5000 {
		many[fmt.Sprintf("templates/t%d.yaml", i)] = fmt.Sprintf("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c%d\n", i)
	}
	return []attack{
		{name: "archives in archives", make: nestedArchives, args: []string{"in/demo.tgz"}, names: "demo.tgz"},
		{name: "archive of zeros", make: zeroArchive, args: []string{"in/demo.tgz"}, names: "demo.tgz"},
		{name: "templates is a link to outside", names: "templates", make: func(t *testing.T, dir string) {
			aChart(nil)(t, dir)
			link(t, "../outside", filepath.Join(dir, "in", "templates"))
		}},
		{name: "a template is a FIFO", make: special("templates/x.yaml"), names: "templates/x.yaml"},
		{name: "values.yaml is a FIFO", make: special("values.yaml"), names: "values.yaml"},
		{name: "Chart.yaml is a FIFO", make: func(t *testing.T, dir string) {
			texts(t, dir, map[string]string{"templates/x.yaml": "a: 1\n"})
			fifo(t, filepath.Join(dir, "in", "Chart.yaml"))
		}, names: "in"},
		{name: "a chart in a thousand directories", make: func(t *testing.T, dir string) {
			deep := strings.Repeat("d/", 1000)
			texts(t, dir, map[string]string{deep + "Chart.yaml": chartYAML, "web/Chart.yaml": chartYAML})
		}},
		{name: "links in a circle", make: func(t *testing.T, dir string) {
			texts(t, dir, map[string]string{"a/Chart.yaml": chartYAML})
			link(t, "..", filepath.Join(dir, "in", "a", "up"))
			link(t, "self", filepath.Join(dir, "in", "self"))
		}},
		{name: "5,000 templates", make: aChart(many)},
		{name: "a name with a newline and codes", make: aChart(map[string]string{"templates/a\n\x1b[2J::error::.yaml": "a: {{ .Values.a.b.c }}\n"}), exit: []int{exitInput}},
		{name: "a directory with a newline and codes", args: []string{"in"}, make: func(t *testing.T, dir string) {
			texts(t, dir, map[string]string{"a\n::error::b\x1b[2J/Chart.yaml": "name: [\n"})
		}, exit: []int{exitInput}},
		{name: "Chart.yaml of 6 MB", make: aChart(map[string]string{"Chart.yaml": chartYAML + "#" + strings.Repeat("x", 6<<20)}), names: "Chart.yaml"},
		{name: "Chart.yaml of 4 MB", make: aChart(map[string]string{"Chart.yaml": chartYAML + "keywords: [" + strings.Repeat("a,", 2<<20) + "]\n"}), names: "Chart.yaml"},
		{name: "Chart.yaml that is deep", make: aChart(map[string]string{"Chart.yaml": chartYAML + "keywords: " + strings.Repeat("[", 9000) + strings.Repeat("]", 9000)}), names: "Chart.yaml"},
		{name: ".helmignore of many rules", make: aChart(map[string]string{".helmignore": strings.Repeat("**a/b[a-z]*?c\n", 50000)}), names: ".helmignore"},
		values("alias bomb", aliasBomb()),
		values("9,000 deep", "a: "+strings.Repeat("{a: ", 9000)+"1"+strings.Repeat("}", 9000)+"\n").maybe(),
		values("80,000 keys", keys(80000)).maybe(),
		values("alias to itself", "a: &a [*a]\n"),
		values("UTF-16", "\xff\xfea\x00:\x00 \x001\x00\n\x00").maybe(),
		values("NUL", "a: \x00\n"),
		schema("4,900 deep", strings.Repeat(`{"properties":{"a":`, 4900)+"{}"+strings.Repeat("}}", 4900)),
		schema("refers to the network", `{"$ref":"http://127.0.0.1:9/s.json"}`),
		schema("refers to standard input", `{"$ref":"file:///dev/stdin"}`),
		schema("refers to itself", `{"$ref":"#"}`),
		schema("with a costly pattern", `{"properties":{"a":{"pattern":"((a{1,100}){1,100}){1,100}"}}}`),
	}
}
