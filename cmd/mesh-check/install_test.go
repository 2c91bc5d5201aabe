package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

const installScript = "../../install/install.sh"

func absolute(t *testing.T, file string) string {
	t.Helper()
	abs, err := filepath.Abs(file)
	if err != nil {
		t.Fatal(err)
	}
	return abs
}

// TestInstall holds that the script installs a release only if it is what it should be, and
// leaves what was there before otherwise.
func TestInstall(t *testing.T) {
	releases, url := publish(t)
	server := httptest.NewServer(http.FileServer(http.Dir(releases)))
	t.Cleanup(server.Close) // the cases run after this function
	version := "MESHCHECK_VERSION=v" + fallbackVersion
	good := read(t, filepath.Join(releases, "latest", "download", "checksums.txt"))
	sum, _, _ := strings.Cut(good, " ")
	// A release that has been tampered with, and others that are not what they should be.
	other := func(name string, change func(dir string)) string {
		dir := filepath.Join(t.TempDir(), name)
		if err := os.CopyFS(dir, os.DirFS(releases)); err != nil {
			t.Fatal(err)
		}
		change(dir)
		return "MESHCHECK_RELEASES=file://" + dir
	}
	release := func(dir string) string { return filepath.Join(dir, "download", "v"+fallbackVersion) }
	tampered := other("tampered", func(dir string) {
		f, err := os.OpenFile(filepath.Join(release(dir), archiveName()), os.O_APPEND|os.O_WRONLY, 0)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if _, err := f.WriteString("x"); err != nil {
			t.Fatal(err)
		}
	})
	unlisted := other("unlisted", func(dir string) {
		write(t, filepath.Join(release(dir), "checksums.txt"), sum+"  another.tar.gz\n")
	})
	lacking := other("lacking", func(dir string) {
		if err := os.Remove(filepath.Join(release(dir), archiveName())); err != nil {
			t.Fatal(err)
		}
	})
	foreign := other("foreign", func(dir string) {
		program := filepath.Join(dir, "program")
		write(t, program, "no program for any machine")
		packRelease(t, filepath.Join(release(dir), archiveName()), program)
		list(t, filepath.Join(release(dir), archiveName()))
	})
	relabeled := other("relabeled", func(dir string) {
		program := filepath.Join(dir, "program")
		write(t, program, "#!/bin/sh\necho 'mesh-check 0.0.9 (go, linux/amd64)'\n")
		packRelease(t, filepath.Join(release(dir), archiveName()), program)
		list(t, filepath.Join(release(dir), archiveName()))
	})
	for _, tc := range []struct {
		name string
		env  []string
		code int
		says string
	}{
		{"release", []string{version, "MESHCHECK_RELEASES=" + url}, 0, "checksum verified"},
		{"newest", []string{"MESHCHECK_VERSION=", "MESHCHECK_RELEASES=" + url}, 0, "mesh-check " + fallbackVersion},
		{"without v", []string{"MESHCHECK_VERSION=" + fallbackVersion, "MESHCHECK_RELEASES=" + url}, 0, "checksum verified"},
		{"server", []string{version, "MESHCHECK_RELEASES=" + server.URL}, 0, "checksum verified"},
		{"own checksum", []string{version, "MESHCHECK_RELEASES=" + url, "MESHCHECK_SHA256=" + sum}, 0, "checksum verified"},
		{"other checksum", []string{version, "MESHCHECK_RELEASES=" + url, "MESHCHECK_SHA256=" + strings.Repeat("0", 64)}, 5, "nothing is installed"},
		{"tampered", []string{version, tampered}, 5, "nothing is installed"},
		{"unlisted", []string{version, unlisted}, 5, "has no checksum"},
		{"foreign", []string{version, foreign}, 5, "does not run on this machine"},
		{"relabeled", []string{version, relabeled}, 5, "another version"},
		{"lacking", []string{version, lacking}, 4, "cannot get"},
		{"no such release", []string{"MESHCHECK_VERSION=v9.9.9", "MESHCHECK_RELEASES=" + server.URL}, 4, "cannot get"},
		{"version", []string{"MESHCHECK_VERSION=../../x", "MESHCHECK_RELEASES=" + url}, 3, "must be a release"},
		{"plain http", []string{version, "MESHCHECK_RELEASES=http://example.com"}, 3, "must begin with https://"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			dir := filepath.Join(t.TempDir(), "with blank")
			program := filepath.Join(dir, "mesh-check")
			makeParents(t, program)
			write(t, program, "before")
			out, code := script(t, absolute(t, installScript), nil, append(tc.env, "MESHCHECK_DIR="+dir)...)
			if code != tc.code || !strings.Contains(out, tc.says) {
				t.Errorf("exit code %d, want %d; printed:\n%s", code, tc.code, out)
			}
			if kept := isText(t, program, "before"); kept != (tc.code != 0) {
				t.Errorf("exit code %d, and the program that was there is kept: %t", code, kept)
			}
			if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
				t.Errorf("files are left behind: %v %v", left, err)
			}
		})
	}
}

func isText(t *testing.T, file, text string) bool {
	t.Helper()
	info, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	return info.Size() == int64(len(text)) && read(t, file) == text
}

// TestInstallCut holds that a script that was cut off while it was downloaded does nothing.
func TestInstallCut(t *testing.T) {
	text := read(t, installScript)
	_, url := publish(t)
	for _, part := range []int{len(text) / 3, len(text) / 2, len(text) - len("main\n")} {
		cut := filepath.Join(t.TempDir(), "install.sh")
		write(t, cut, text[:part])
		dir := t.TempDir()
		script(t, cut, nil, "MESHCHECK_DIR="+dir, "MESHCHECK_RELEASES="+url)
		if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
			t.Errorf("%d bytes of the script install %v %v", part, left, err)
		}
	}
}

// pluginCheckout is a directory as a clone of the repository has it, without sources: what
// Helm reads, and the hook.
func pluginCheckout(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "with blank", "mesh-check")
	for _, name := range []string{"plugin.yaml", "plugin.complete", ".gitignore", "install/install.sh", "install/plugin.sh"} {
		makeParents(t, filepath.Join(dir, name))
		data := read(t, filepath.Join("../..", name))
		if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// withoutGo is a PATH with sh and what the scripts call, and nothing else.
func withoutGo(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"sh", "dirname", "uname", "sed", "mkdir", "mktemp", "rm", "cat", "cp", "awk", "cut", "sha256sum", "shasum", "tar", "gzip", "chmod", "mv", "head", "curl", "git"} {
		if path, err := exec.LookPath(name); err == nil {
			if err := os.Symlink(path, filepath.Join(dir, name)); err != nil {
				t.Fatal(err)
			}
		}
	}
	return "PATH=" + dir
}

// TestPluginHook holds what the hook of the plugin does without a Helm client.
func TestPluginHook(t *testing.T) {
	releases, url := publish(t)
	hook := func(t *testing.T, dir, action string, env ...string) (string, int) {
		return script(t, filepath.Join(dir, "install", "plugin.sh"), []string{action}, append(env, withoutGo(t))...)
	}
	works := func(dir string) bool {
		return exec.Command(filepath.Join(dir, "bin", "mesh-check"), "version").Run() == nil
	}
	t.Run("release", func(t *testing.T) {
		dir := pluginCheckout(t)
		for _, says := range []string{"checksum verified", "already there"} {
			if out, code := hook(t, dir, "update", "MESHCHECK_RELEASES="+url); code != 0 || !works(dir) || !strings.Contains(out, says) {
				t.Errorf("exit code %d, want %q\n%s", code, says, out)
			}
		}
		// The sources have moved on to a release that does not exist, and there is no Go.
		manifest := filepath.Join(dir, "plugin.yaml")
		write(t, manifest, strings.Replace(read(t, manifest), "version: "+fallbackVersion, "version: 9.9.9", 1))
		if out, code := hook(t, dir, "update", "MESHCHECK_RELEASES="+url); code == 0 || !works(dir) || !strings.Contains(out, "remains as it was") {
			t.Errorf("exit code %d\n%s", code, out)
		}
	})
	t.Run("offline", func(t *testing.T) {
		dir := pluginCheckout(t)
		out, code := hook(t, dir, "install", "MESHCHECK_RELEASES=file:///nowhere")
		if code == 0 || !strings.Contains(out, "Install Go") || !strings.Contains(out, "helm plugin uninstall mesh-check") {
			t.Errorf("exit code %d\n%s", code, out)
		}
	})
	t.Run("wrong checksum", func(t *testing.T) {
		bad := t.TempDir()
		if err := os.CopyFS(bad, os.DirFS(releases)); err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(bad, "download", "v"+fallbackVersion, "checksums.txt"), strings.Repeat("0", 64)+"  "+archiveName()+"\n")
		dir := pluginCheckout(t)
		// With Go or without: what is wrong is not made good by building.
		out, code := script(t, filepath.Join(dir, "install", "plugin.sh"), []string{"install"}, "MESHCHECK_RELEASES=file://"+bad)
		if code == 0 || !strings.Contains(out, "could not be verified") || strings.Contains(out, "building") {
			t.Errorf("exit code %d\n%s", code, out)
		}
		if _, err := os.Stat(filepath.Join(dir, "bin", "mesh-check")); err == nil {
			t.Error("something was installed")
		}
	})
	t.Run("made by hand", func(t *testing.T) {
		dir := pluginCheckout(t)
		program := filepath.Join(dir, "bin", "mesh-check")
		makeParents(t, program)
		if err := os.WriteFile(program, []byte("#!/bin/sh\necho mine\n"), 0o755); err != nil {
			t.Fatal(err)
		}
		for _, action := range []string{"install", "update"} {
			if out, code := hook(t, dir, action, "MESHCHECK_RELEASES="+url); code != 0 || !strings.Contains(read(t, program), "mine") {
				t.Errorf("%s: exit code %d\n%s", action, code, out)
			}
		}
	})
}
