//go:build unix

package main

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/render/source"
)

// lay makes files, directories (behind a slash) and links (name -> target).
func lay(t *testing.T, dir string, what ...string) {
	t.Helper()
	for _, one := range what {
		name, target, isLink := strings.Cut(one, " -> ")
		full := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		switch {
		case isLink:
			link(t, strings.ReplaceAll(target, "ROOT", dir), full)
		case strings.HasSuffix(name, "/"):
			if err := os.MkdirAll(full, 0o755); err != nil {
				t.Fatal(err)
			}
		default:
			write(t, full, quietPod)
		}
	}
}

// TestStrayed holds which names lead out of a repository.
func TestStrayed(t *testing.T) {
	dir := t.TempDir()
	lay(t, dir,
		"repo/.git/", "repo/a/m.yaml", "repo/in -> a/m.yaml", "repo/up/in -> ../a", "repo/out -> ../else", "repo/file -> ../else/m.yaml",
		"repo/new -> ../else/new", "repo/round -> ROOT/else/back", "repo/self -> self", "repo/absolute -> ROOT/repo/a", "repo/hidden -> up/in/../../else",
		"repo/sub/.git", "repo/sub/up -> ../a", "else/m.yaml", "else/back -> ../repo/a", "else/far -> ../third", "third/m.yaml",
		"way -> repo", "entry -> repo/out", "plain/a/m.yaml", "plain/out -> ../else", "plain/in -> a", "plain/a/up -> ..",
		"other/.git/", "other/m.yaml", "repo/neighbour -> ../other",
	)
	for _, c := range []struct{ cwd, name, link string }{
		{"repo", "a/m.yaml", ""},
		{"repo", "in", ""},
		{"repo", "up/in/m.yaml", ""},
		{"repo", "absolute/m.yaml", ""},
		{"repo", "self", ""},
		{"repo", "not/there", ""},
		{"repo", "../else/m.yaml", ""},
		{"repo", "../else/far/m.yaml", ""}, // a link of the user, who typed the way to it
		{"repo", "out", "out"},
		{"repo", "./out/m.yaml", "out"},
		{"repo", "out/not/there", "out"},
		{"repo", "file", "file"},
		{"repo", "new", "new"},
		{"repo", "a/../file", "a/../file"},
		{"repo", "hidden", "hidden"},
		{"repo", "round", ""},        // comes back
		{"repo", "sub/up", "sub/up"}, // the nearest .git counts
		{"repo", "neighbour/m.yaml", "neighbour"},
		{"repo/a", "../out/m.yaml", "ROOT/repo/out"},
		{"repo/up", "in/m.yaml", ""},
		{"else", "../repo/out/m.yaml", "ROOT/repo/out"},
		{"else", "ROOT/repo/file", "ROOT/repo/file"},
		{"else", "../entry/m.yaml", "ROOT/repo/out"},
		{"else", "../way/a/m.yaml", ""},
		{"way", "a/m.yaml", ""}, // a working directory behind a link
		{"way", "file", "file"},
		{"way", "ROOT/way/a/m.yaml", ""},
		{"way", "../else/m.yaml", ""},
		{"plain", "in", ""},
		{"plain", "out/m.yaml", "out"},
		{"plain/a", "up", "up"},
		{"else", "../plain/out/m.yaml", ""}, // no repository, and not the working directory
		{"else", "/dev/stdin", ""},
	} {
		t.Run(c.cwd+" "+c.name, func(t *testing.T) {
			t.Chdir(filepath.Join(dir, c.cwd)) // sets PWD, as shells do
			resolved, err := filepath.EvalSymlinks(dir)
			if err != nil {
				t.Fatal(err)
			}
			err = source.Strayed(source.Disk, strings.ReplaceAll(c.name, "ROOT", dir))
			var stray *source.StrayLink
			if c.link == "" && err != nil || c.link != "" && !errors.As(err, &stray) {
				t.Fatalf("%v, want a link %q", err, c.link)
			}
			if want := strings.ReplaceAll(c.link, "ROOT", resolved); stray != nil && stray.Link != want && stray.Link != strings.ReplaceAll(c.link, "ROOT", dir) {
				t.Errorf("the link is %s, want %s", stray.Link, want)
			}
		})
	}
}

// TestLinksOutside gives the built program names that are links out of a repository, or
// lie behind one: each is refused and named, nothing is read or written through it.
func TestLinksOutside(t *testing.T) {
	program := built(t)
	const secret = "from-elsewhere"
	for _, c := range []struct {
		args []string
		code int
	}{
		{[]string{"-o", "sarif=file", "m.yaml"}, exitUsage},
		{[]string{"-o", "sarif=dir/file", "m.yaml"}, exitUsage},
		{[]string{"-o", "json=dir/new", "m.yaml"}, exitUsage},
		{[]string{"-o", "json=new", "m.yaml"}, exitUsage},
		{[]string{"blame", "-o", "json=file", "web"}, exitUsage},
		{[]string{"file"}, exitInput},
		{[]string{"dir/file"}, exitInput},
		{[]string{"dir"}, exitInput},
		{[]string{"blame", "chart"}, exitInput},
		{[]string{"cover", "-o", "json=file", "web"}, exitUsage},
		{[]string{"cover", "chart"}, exitInput},
		{[]string{"chart"}, exitInput},
		{[]string{"plan.json"}, exitInput},
		{[]string{"-f", "file", "web"}, exitUsage},
		{[]string{"--values-set", "a=m.yaml,file", "web"}, exitUsage},
		{[]string{"--set-file", "a=file", "web"}, exitUsage},
		{[]string{"--set-file", "a={m.yaml,dir/file}", "web"}, exitInput},
		{[]string{"--var-file", "file", "infra"}, exitUsage},
		{[]string{"--source", "dir", "m.yaml"}, exitUsage},
		{[]string{"--config", "file", "m.yaml"}, exitUsage},
		{[]string{"--config", "twin/config", "m.yaml"}, exitUsage},
		{[]string{"--baseline", "file", "m.yaml"}, exitUsage},
		{[]string{"view", "file"}, exitUsage},
		{[]string{"merge", "file"}, exitUsage},
	} {
		t.Run(strings.Join(c.args, " "), func(t *testing.T) {
			dir := t.TempDir()
			lay(t, dir, "repo/.git/", "repo/m.yaml", "repo/web/templates/m.yaml", "repo/infra/", "outside/chart/templates/m.yaml", "twin/.git/",
				"repo/file -> ../outside/file", "repo/dir -> ../outside", "repo/new -> ../outside/new", "repo/chart -> ../outside/chart",
				"repo/plan.json -> ../outside/plan.json", "repo/twin -> ../twin")
			for _, chart := range []string{"repo/web", "outside/chart"} {
				write(t, filepath.Join(dir, chart, "Chart.yaml"), "{apiVersion: v2, name: "+secret+", version: 0.1.0}\n")
			}
			write(t, filepath.Join(dir, "repo/infra/main.tf"), "locals {}\n")
			write(t, filepath.Join(dir, "outside/file"), "{"+secret+": "+secret+"}\n")
			write(t, filepath.Join(dir, "outside/plan.json"), `{"format_version": "1.2", "terraform_version": "1.9.0", "planned_values": {}}`)
			write(t, filepath.Join(dir, "twin/config"), "fail-on: "+secret+"\n")
			before := snapshotOf(t, dir)
			cmd := exec.Command(program, c.args...)
			cmd.Dir = filepath.Join(dir, "repo")
			out, _ := cmd.CombinedOutput()
			if code := cmd.ProcessState.ExitCode(); code != c.code {
				t.Errorf("exit code %d, want %d", code, c.code)
			}
			if text := string(out); !strings.Contains(text, "link") || !strings.Contains(text, "leads out of the repository") {
				t.Error("it does not say that it is a link")
			}
			if args := strings.Join(c.args, " "); !strings.Contains(args, "web") && strings.Contains(string(out), secret) {
				t.Error("it shows what lies outside")
			}
			if after := snapshotOf(t, dir); after != before {
				t.Errorf("it changed\n%s\nto\n%s", before, after)
			}
			if t.Failed() {
				t.Logf("%s", out)
			}
		})
	}
}

// snapshotOf is all that lies in a directory: names, links, texts.
func snapshotOf(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		b.WriteString(name)
		switch {
		case d.Type()&fs.ModeSymlink != 0:
			to, err := os.Readlink(name)
			b.WriteString(" -> " + to + "\n")
			return err
		case d.Type().IsRegular():
			b.WriteString(": " + read(t, name))
		}
		b.WriteByte('\n')
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestLinksInside holds that links which stay in the repository, and the user's own ones
// outside of any, are followed as before.
func TestLinksInside(t *testing.T) {
	program := built(t)
	dir := t.TempDir()
	lay(t, dir, "repo/.git/", "repo/a/m.yaml", "repo/m.yaml -> a/m.yaml", "repo/b -> a", "way -> repo", "mine/m.yaml -> ../repo/a/m.yaml",
		"repo/a/report", "repo/report -> a/report", "mine/report -> ../repo/a/report")
	for _, c := range []struct{ cwd, args, written string }{
		{"repo", "m.yaml b/m.yaml", ""},
		{"way", "m.yaml", ""},
		{"repo", "../mine/m.yaml", ""},
		{"repo", "-o sarif=report m.yaml", "repo/a/report"},
		{"way", "-o sarif=b/report m.yaml", "repo/a/report"},
		{"repo", "-o sarif=../mine/report m.yaml", "repo/a/report"},
		{"way", "-o sarif=" + filepath.Join(dir, "way", "report") + " m.yaml", "repo/a/report"},
	} {
		write(t, filepath.Join(dir, "repo/a/report"), "old")
		cmd := exec.Command(program, strings.Fields(c.args)...)
		cmd.Dir = filepath.Join(dir, c.cwd)
		cmd.Env = append(os.Environ(), "PWD="+cmd.Dir)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%s: %s: %v\n%s", c.cwd, c.args, err, out)
		}
		if c.written != "" && !strings.Contains(read(t, filepath.Join(dir, c.written)), "2.1.0") {
			t.Errorf("%s: %s: nothing was written", c.cwd, c.args)
		}
	}
	if info, err := os.Lstat(filepath.Join(dir, "repo/report")); err != nil || info.Mode()&fs.ModeSymlink == 0 {
		t.Errorf("the link is no link any more: %v", err)
	}
}
