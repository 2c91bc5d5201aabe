//go:build linux

package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
)

func terraformAttacks() []attack {
	hcl := func(name, text string) attack {
		return attack{name: "terraform " + name, make: func(t *testing.T, dir string) {
			texts(t, dir, map[string]string{"main.tf": text})
		}, names: "main.tf"}
	}
	pod := func(local string) string {
		return "locals {\n" + local + "\n}\nresource \"kubernetes_pod_v1\" \"p\" {\n  metadata {\n    name = local.x\n  }\n  spec {\n    container {\n      name = \"a\"\n    }\n  }\n}\n"
	}
	double := &strings.Builder{}
	fmt.Fprintln(double, `  a0 = "xxxxxxxxxxxxxxxx"`)
	for i := range 40 {
		fmt.Fprintf(double, "  a%d = \"${local.a%d}${local.a%d}\"\n", i+1, i, i)
	}
	return []attack{
		hcl("million of !", "locals {\n  x = "+strings.Repeat("!", 1000000)+"true\n}\n"),
		hcl("million of -", "locals {\n  x = "+strings.Repeat("-", 1000000)+"1\n}\n"),
		hcl("100,000 nested blocks", strings.Repeat("a {\n", 100000)+strings.Repeat("}\n", 100000)),
		hcl("16,000 nested templates", "locals {\n  x = "+strings.Repeat(`"${`, 16000)+"1"+strings.Repeat(`}"`, 16000)+"\n}\n"),
		hcl("100,000 nested ?:", "locals {\n  x = "+strings.Repeat("true ? ", 100000)+"1"+strings.Repeat(" : 1", 100000)+"\n}\n"),
		hcl("for of 1024^3", pod("  x = [for a in range(1024) : [for b in range(1024) : [for c in range(1024) : a]]]")).maybe(),
		hcl("text that doubles", pod(double.String()+"  x = local.a40")).maybe(),
		hcl("setproduct", pod("  l = range(1000)\n  x = length(setproduct(local.l, local.l, local.l, local.l))")).maybe(),
		hcl("huge exponent", pod(`  x = "${1e100000000}"`)).maybe(),
		hcl("module of itself", "module \"a\" {\n  source = \"./\"\n}\n").maybe(),
		hcl("count of 1e9", "resource \"kubernetes_service_v1\" \"s\" {\n  count = 1000000000\n  metadata {\n    name = \"a${count.index}\"\n  }\n  spec {\n  }\n}\n").maybe(),
		hcl("for_each of 1e6", "resource \"kubernetes_service_v1\" \"s\" {\n  for_each = toset([for a in range(1000) : join(\",\", [for b in range(1000) : a])])\n  metadata {\n    name = each.key\n  }\n  spec {\n  }\n}\n").maybe(),
		hcl("formatted width", pod(`  x = format("%1000000000d", 1)`)).maybe(),
		hcl("JSON that is deep", pod(`  x = jsonencode(jsondecode(join("", [for i in range(1000) : join("", [for j in range(1000) : "["])])))`)).maybe(),
		{name: "terraform FIFO", make: func(t *testing.T, dir string) {
			texts(t, dir, map[string]string{"main.tf": "locals {}\n"})
			fifo(t, filepath.Join(dir, "in", "b.tf"))
		}, names: "b.tf"},
		{name: "tfvars that are deep", make: func(t *testing.T, dir string) {
			texts(t, dir, map[string]string{"main.tf": "variable \"a\" {}\n", "terraform.tfvars": "a = " + strings.Repeat("[", 100000) + strings.Repeat("]", 100000)})
		}, names: "terraform.tfvars"},
		{name: "JSON tfvars that are deep", make: func(t *testing.T, dir string) {
			texts(t, dir, map[string]string{"main.tf": "variable \"a\" {}\n", "a.auto.tfvars.json": `{"a":` + strings.Repeat("[", 1000000) + strings.Repeat("]", 1000000) + "}"})
		}, names: "a.auto.tfvars.json"},
	}
}

func yamlAttacks() []attack {
	file := func(name, text string) attack {
		return attack{name: "manifest " + name, args: []string{"in/m.yaml"}, names: "m.yaml", make: func(t *testing.T, dir string) {
			texts(t, dir, map[string]string{"m.yaml": text})
		}}
	}
	head := "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n"
	blocks := &strings.Builder{}
	for i := range 4000 {
		fmt.Fprintf(blocks, "%sa:\n", strings.Repeat(" ", i))
	}
	return []attack{
		file("alias bomb", head+"data:\n"+indent(aliasBomb())),
		file("9,000 deep", head+"data: "+strings.Repeat("[", 9000)+strings.Repeat("]", 9000)),
		file("100,000 deep", head+"data: "+strings.Repeat("[", 100000)+strings.Repeat("]", 100000)),
		file("blocks 4,000 deep", head+"data:\n"+indent(blocks.String())),
		file("80,000 keys", head+"data:\n"+indent(keys(80000))).maybe(),
		file("30,000 documents", strings.Repeat("---\n"+head, 30000)).maybe(),
		file("100,000 empty documents", strings.Repeat("---\n", 100000)).maybe(),
		file("UTF-16", "\xff\xfe"+strings.Join(strings.Split(head, ""), "\x00")+"\x00").maybe(),
		file("one line of 20 MB", head+"data: {a: \""+strings.Repeat("x", 20<<20)+"\"}\n").maybe(),
		file("numbers without end", head+"data: {a: "+strings.Repeat("9", 1<<20)+"}\n").maybe(),
		file("more than 64 MB", head+"data:\n"+strings.Repeat("  # xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n", 1300000)),
	}
}

func planAttacks() []attack {
	plan := func(name string, write func(io.Writer)) attack {
		return attack{name: "plan " + name, args: []string{"in/plan.json"}, names: "plan.json", make: func(t *testing.T, dir string) {
			texts(t, dir, map[string]string{"plan.json": ""})
			f, err := os.Create(filepath.Join(dir, "in", "plan.json"))
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			write(f)
		}}
	}
	const head = `{"format_version":"1.2","terraform_version":"1.9.0","planned_values":{"root_module":{"resources":[`
	resource := `{"address":"kubernetes_pod_v1.p","mode":"managed","type":"kubernetes_pod_v1","name":"p","values":{"metadata":[{"name":"a"}],"spec":[`
	return []attack{
		plan("a million deep", func(w io.Writer) {
			fmt.Fprint(w, head, strings.Repeat("[", 1000000), strings.Repeat("]", 1000000), "]}}}")
		}),
		plan("of 100 MB", func(w io.Writer) {
			fmt.Fprint(w, head)
			for range 100 {
				fmt.Fprint(w, resource, `"`, strings.Repeat("x", 1<<20), `"]}},`)
			}
			fmt.Fprint(w, "{}]}}}")
		}),
		plan("9,000 deep", func(w io.Writer) {
			fmt.Fprint(w, head, resource, strings.Repeat(`{"container":[`, 4500), strings.Repeat("]}", 4500), "]}}]}}}")
		}).maybe(),
		plan("of 20,000 resources", func(w io.Writer) {
			fmt.Fprint(w, head)
			for i := range 20000 {
				fmt.Fprintf(w, "%s{}]},\"index\":%d},", resource, i)
			}
			fmt.Fprint(w, "{}]}}}")
		}).maybe(),
		plan("with a huge number", func(w io.Writer) {
			fmt.Fprint(w, head, resource, `{"replicas":1e1000000000}`, "]}}]}}}")
		}).maybe(),
		plan("of modules in modules", func(w io.Writer) {
			fmt.Fprint(w, `{"format_version":"1.2","planned_values":{"root_module":`, strings.Repeat(`{"child_modules":[`, 4000), strings.Repeat("]}", 4000), "}}")
		}).maybe(),
	}
}

func flagAttacks() []attack {
	flag := func(name string, names string, args ...string) attack {
		return attack{
			name: "flag " + name, args: append(args, "in"), names: names, exit: []int{exitInput, exitUsage},
			make: aChart(map[string]string{"templates/x.yaml": "a: {{ .Values.a }}\n"}),
		}
	}
	garbage := attack{name: "baseline that is deep", args: []string{"--baseline", "in/b.sarif", "in"}, exit: []int{exitUsage}, make: func(t *testing.T, dir string) {
		aChart(map[string]string{"b.sarif": `{"runs":` + strings.Repeat("[", 1000000)})(t, dir)
	}}
	return []attack{
		flag("--set with a huge index", "65536", "--set", "a[99999999]=1"),
		flag("--set that is deep", "--set", "--set", strings.Repeat("a.", 10000)+"b=1"),
		flag("--set-json that is deep", "--set-json", "--set-json", "a="+strings.Repeat("[", 50000)+strings.Repeat("]", 50000)),
		flag("--set-literal that is long", "", "--set-literal", "a="+strings.Repeat("x", 100000)).maybeUsage(),
		flag("-f of a directory", "in", "-f", "in"),
		flag("-f that is a device", "/dev/full", "-f", "/dev/full"),
		garbage,
	}
}

// maybeUsage is the attack where any of the exit codes is right.
func (a attack) maybeUsage() attack {
	a.exit = nil
	return a.maybe()
}

// aliasBomb is 9 levels of 9 aliases.
func aliasBomb() string {
	b := &strings.Builder{}
	fmt.Fprint(b, "a: &a0 [x, x, x, x, x, x, x, x, x]\n")
	for i := range 9 {
		fmt.Fprintf(b, "b%d: &a%d [%s]\n", i, i+1, strings.Join(slices.Repeat([]string{fmt.Sprintf("*a%d", i)}, 9), ", "))
	}
	return b.String()
}

// keys is a mapping of n keys.
func keys(n int) string {
	b := &strings.Builder{}
	for i := range n {
		fmt.Fprintf(b, "k%d: \"1\"\n", i)
	}
	return b.String()
}

func indent(text string) string {
	return "  " + strings.ReplaceAll(strings.TrimSuffix(text, "\n"), "\n", "\n  ") + "\n"
}

func link(t *testing.T, to, name string) {
	t.Helper()
	if err := os.Symlink(to, name); err != nil {
		t.Fatal(err)
	}
}

func fifo(t *testing.T, name string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(name, 0o644); err != nil {
		t.Fatal(err)
	}
}

// special makes a chart one of whose files is a FIFO that nobody writes to.
func special(name string) func(*testing.T, string) {
	return func(t *testing.T, dir string) {
		t.Helper()
		aChart(nil)(t, dir)
		fifo(t, filepath.Join(dir, "in", filepath.FromSlash(name)))
	}
}

// packed is a gzipped tar file.
func packed(t *testing.T, files map[string][]byte) []byte {
	t.Helper()
	var b bytes.Buffer
	zip := gzip.NewWriter(&b)
	tw := tar.NewWriter(zip)
	for name, data := range files {
		if err := tw.WriteHeader(&tar.Header{Name: name, Mode: 0o644, Size: int64(len(data)), Typeflag: tar.TypeReg}); err != nil {
			t.Fatal(err)
		}
		if _, err := tw.Write(data); err != nil {
			t.Fatal(err)
		}
	}
	if err := tw.Close(); err != nil {
		t.Fatal(err)
	}
	if err := zip.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// nestedArchives is a chart of 12 charts of 12 charts of 4 MB each: 1.5 kB that
// unpack to 576 MB.
func nestedArchives(t *testing.T, dir string) {
	t.Helper()
	inner := packed(t, map[string][]byte{"c/Chart.yaml": []byte(chartYAML), "c/zeros": make([]byte, 4<<20)})
	for range 2 {
		files := map[string][]byte{"c/Chart.yaml": []byte(chartYAML)}
		for i := range 12 {
			files[fmt.Sprintf("c/charts/c%d.tgz", i)] = inner
		}
		inner = packed(t, files)
	}
	texts(t, dir, map[string]string{"demo.tgz": string(inner)})
}

// zeroArchive is a chart with a file of 1 GB of zeros.
func zeroArchive(t *testing.T, dir string) {
	t.Helper()
	texts(t, dir, map[string]string{"demo.tgz": ""})
	f, err := os.Create(filepath.Join(dir, "in", "demo.tgz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	zip := gzip.NewWriter(f)
	tw := tar.NewWriter(zip)
	if err := tw.WriteHeader(&tar.Header{Name: "demo/zeros", Mode: 0o644, Size: 1 << 30, Typeflag: tar.TypeReg}); err != nil {
		t.Fatal(err)
	}
	zeros := make([]byte, 1<<20)
	for range 1 << 10 {
		if _, err := tw.Write(zeros); err != nil {
			t.Fatal(err)
		}
	}
	if err := zip.Close(); err != nil {
		t.Fatal(err)
	}
}
