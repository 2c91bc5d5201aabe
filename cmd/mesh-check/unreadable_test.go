//go:build linux

package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// odd is what can lie in the place of a file.
type odd struct {
	name string
	make func(name string) error
	// found says that nothing is wrong with it where a file is found by its name in a
	// directory, named that nothing is where the user names it.
	found, named bool
}

// oddities: Helm and Terraform pass by a directory with the name of a file; what the
// user names may be a pipe.
var oddities = []odd{
	{name: "directory", make: func(name string) error { return os.Mkdir(name, 0o755) }, found: true},
	{name: "link to itself", make: func(name string) error { return os.Symlink(filepath.Base(name), name) }},
	{name: "link to nothing", make: func(name string) error { return os.Symlink("nothing", name) }},
	{name: "link to outside", make: func(name string) error { return os.Symlink("/etc/passwd", name) }},
	{name: "link to memory", make: func(name string) error { return os.Symlink("/proc/self/mem", name) }},
	{name: "link to a device", make: func(name string) error { return os.Symlink("/dev/zero", name) }},
	{name: "pipe", make: func(name string) error { return syscall.Mkfifo(name, 0o644) }, named: true},
	{name: "socket", make: func(name string) error { return syscall.Mknod(name, syscall.S_IFSOCK|0o644, 0) }},
}

// TestUnreadable gives the program things in the place of files: directories, loops of
// links, memory that cannot be read, devices that never end, pipes that nobody writes
// to. Each is an error that names it.
func TestUnreadable(t *testing.T) {
	if testing.Short() {
		t.Skip("some seconds")
	}
	program := built(t)
	dir := t.TempDir()
	readable(t, dir)
	tried := 0
	for _, f := range []struct {
		file string
		args []string
	}{
		{"web/Chart.yaml", []string{"."}},
		{"web/values.yaml", []string{"web"}},
		{"web/values.schema.json", []string{"web"}},
		{"web/templates/_h.tpl", []string{"web"}},
		{"web/templates/service.yaml", []string{"web"}},
		{"web/files/more.txt", []string{"web"}},
		{"web/ci/other-values.yaml", []string{"web"}},
		{"web/charts/pack-0.1.0.tgz", []string{"web"}},
		{"infra/main.tf", []string{"infra"}},
		{"infra/terraform.tfvars", []string{"infra"}},
		{"infra/more.auto.tfvars.json", []string{"infra"}},
		{"infra/app/app.tf", []string{"infra"}},
		{"pack-0.1.0.tgz", []string{"pack-0.1.0.tgz"}},
		{"prod.yaml", []string{"-f", "prod.yaml", "web"}},
		{"prod.yaml", []string{"--values-set", "prod=prod.yaml", "web"}},
		{"motd.txt", []string{"--set-file", "motd=motd.txt", "web"}},
		{"base.sarif", []string{"--baseline", "base.sarif", "web"}},
		{"prod.tfvars", []string{"--var-file", "prod.tfvars", "infra"}},
		{"planned/plan.json", []string{"planned/plan.json"}},
		{"m.yaml", []string{"m.yaml"}},
	} {
		found := !slices.Contains(f.args, filepath.Base(f.file)) && !strings.Contains(strings.Join(f.args, " "), f.file)
		for _, c := range oddities {
			if found && c.found || !found && c.named {
				continue
			}
			if tried++; !thorough() && tried%sparse != 0 {
				continue
			}
			t.Run(c.name+" "+strings.Join(append(f.args, f.file), " "), func(t *testing.T) {
				file := filepath.Join(dir, f.file)
				data := read(t, file)
				if err := os.Remove(file); err != nil {
					t.Fatal(err)
				}
				if err := c.make(file); err != nil {
					t.Skipf("cannot make a %s: %v", c.name, err)
				}
				defer func() {
					if err := os.Remove(file); err != nil {
						t.Fatal(err)
					}
					write(t, file, data)
				}()
				o := tree{program: program, dir: dir, args: f.args, seconds: 10}.run(t)
				if o.killed || o.signal != "" || o.code != exitInput && o.code != exitUsage || o.peak > attackMB {
					t.Errorf("exit code %d, signal %q, %.1f s, %d MB", o.code, o.signal, o.spent.Seconds(), o.peak)
				}
				if said := o.stdout + o.stderr; !strings.Contains(said, filepath.Base(file)) || strings.Contains(said, "goroutine ") {
					t.Error("it does not name the file, or has a trace")
				}
				if t.Failed() {
					t.Logf("%.1500s\n%.1500s", o.stdout, o.stderr)
				}
			})
		}
	}
}
