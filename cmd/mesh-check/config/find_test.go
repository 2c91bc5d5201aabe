//go:build unix

package config

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/mesh-check/mesh-check/render/source"
)

// tree makes a directory with files; a name that ends in / is a directory, a text that
// begins with -> a link.
func tree(t *testing.T, files map[string]string) string {
	t.Helper()
	root, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		full := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		target, link := strings.CutPrefix(text, "-> ")
		switch {
		case strings.HasSuffix(name, "/"):
			err = os.MkdirAll(full, 0o755)
		case link:
			err = os.Symlink(strings.ReplaceAll(target, "ROOT", root), full)
		default:
			err = os.WriteFile(full, []byte(text), 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return root
}

// finder is a Finder in a repository.
func finder(root string) *Finder {
	return &Finder{
		Boundary: func(string) (string, bool) { return filepath.Join(root, "repo"), true },
		Shown:    func(name string) string { return strings.TrimPrefix(name, root+"/") },
	}
}

func told(f *File, faults []*source.Error) string {
	parts := []string{f.Name()}
	for _, fault := range faults {
		parts = append(parts, fault.Error())
	}
	return strings.Join(parts, "|")
}

func TestFind(t *testing.T) {
	root := tree(t, map[string]string{
		".mesh-check.yaml":                      "above the repository",
		"repo/.mesh-check.yaml":                 "version: 1\n",
		"repo/charts/a/templates/":              "",
		"repo/charts/b/.mesh-check.yaml":        "version: 1\nmesh: {cni: true}\n",
		"repo/charts/b/sub/":                    "",
		"repo/charts/bad/.mesh-check.yaml":      "version: 2\n",
		"repo/charts/bad/sub/x":                 "",
		"repo/charts/yml/.mesh-check.yml":       "version: 1\n",
		"repo/charts/dir/.mesh-check.yaml/":     "",
		"repo/charts/out/.mesh-check.yaml":      "-> ../../../secret",
		"repo/charts/abs/.mesh-check.yaml":      "-> ROOT/secret",
		"repo/charts/in/.mesh-check.yaml":       "-> ../b/.mesh-check.yaml",
		"repo/charts/dangling/.mesh-check.yaml": "-> nowhere",
		"repo/charts/loop/.mesh-check.yaml":     "-> .mesh-check.yaml",
		"repo/charts/elsewhere":                 "-> ../../away",
		"away/.mesh-check.yaml":                 "version: 1\n",
		"secret":                                "password: hunter2\n",
		"pinned.yaml":                           "version: 1\n",
		"linked.yaml":                           "-> pinned.yaml",
	})
	const outside = ": is a link that leads out of the repository; put the file itself there, or name it with --config"
	for dir, want := range map[string]string{
		"repo":                    "repo/.mesh-check.yaml",
		"repo/charts/a":           "repo/.mesh-check.yaml",
		"repo/charts/a/templates": "repo/.mesh-check.yaml",
		"repo/charts/a/nowhere":   "repo/.mesh-check.yaml",
		"repo/charts/bad/sub/x":   "|repo/charts/bad/.mesh-check.yaml:1:10: this mesh-check does not support version 2 of the configuration; write version: 1, or use a newer mesh-check",
		"repo/charts/b":           "repo/charts/b/.mesh-check.yaml",
		"repo/charts/b/sub":       "repo/charts/b/.mesh-check.yaml",
		"repo/charts/yml":         "|repo/charts/yml/.mesh-check.yml: is not read; name the configuration .mesh-check.yaml",
		"repo/charts/dir":         "|repo/charts/dir/.mesh-check.yaml: cannot be read: it is a directory",
		"repo/charts/out":         "|repo/charts/out/.mesh-check.yaml" + outside,
		"repo/charts/abs":         "|repo/charts/abs/.mesh-check.yaml" + outside,
		"repo/charts/in":          "repo/charts/in/.mesh-check.yaml",
		"repo/charts/dangling":    "|repo/charts/dangling/.mesh-check.yaml: there is no such file or directory",
		"repo/charts/loop":        "|repo/charts/loop/.mesh-check.yaml: cannot be read: too many levels of symbolic links",
		"repo/charts/elsewhere":   "|repo/charts/elsewhere/.mesh-check.yaml" + outside,
	} {
		if got := told(finder(root).For(filepath.Join(root, dir))); got != want {
			t.Errorf("%s\n got %s\nwant %s", dir, got, want)
		}
	}
	for name, want := range map[string]string{
		"repo/charts/b/.mesh-check.yaml":   "repo/charts/b/.mesh-check.yaml",
		"repo/charts/out/.mesh-check.yaml": "|repo/charts/out/.mesh-check.yaml" + outside,
		"repo/nowhere.yaml":                "|repo/nowhere.yaml: there is no such file or directory",
	} {
		if got := told(finder(root).Pinned(filepath.Join(root, name))); got != want {
			t.Errorf("pinned %s\n got %s\nwant %s", name, got, want)
		}
	}
	elsewhere := finder(root)
	elsewhere.Boundary = func(dir string) (string, bool) { return dir, false }
	if got := told(elsewhere.Pinned(filepath.Join(root, "linked.yaml"))); got != "linked.yaml" {
		t.Errorf("pinned outside of a repository: %s", got)
	}
}

// TestFindOnce holds that inputs under one file share it, and its faults are told once.
func TestFindOnce(t *testing.T) {
	root := tree(t, map[string]string{
		"repo/good/.mesh-check.yaml": "version: 1\n", "repo/good/a/": "", "repo/good/b/": "",
		"repo/bad/.mesh-check.yaml": "version: 2\n", "repo/bad/a/": "", "repo/bad/b/": "",
	})
	f := finder(root)
	a, _ := f.For(filepath.Join(root, "repo/good/a"))
	b, _ := f.For(filepath.Join(root, "repo/good/b"))
	if a == nil || a != b || a.Dir != filepath.Join(root, "repo/good") {
		t.Errorf("two inputs have %p and %p in %s", a, b, a.Dir)
	}
	for i, want := range []int{1, 0} {
		if _, faults := f.For(filepath.Join(root, "repo/bad", string(rune('a'+i)))); len(faults) != want {
			t.Errorf("input %d is told %d faults, want %d", i, len(faults), want)
		}
	}
}

// TestFindPipe holds that a pipe is refused at once: nobody may ever write into it.
func TestFindPipe(t *testing.T) {
	root := tree(t, map[string]string{"repo/chart/": ""})
	if err := syscall.Mkfifo(filepath.Join(root, "repo/chart", FileName), 0o644); err != nil {
		t.Skipf("no pipe can be made here: %v", err)
	}
	want := "|repo/chart/.mesh-check.yaml: cannot be read: it is not a regular file"
	if got := told(finder(root).For(filepath.Join(root, "repo/chart"))); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
