package main

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// TestActionInstall holds which program the action takes: the release of its own tag or
// commit, verified, and kept in the tool cache; never one with a wrong checksum.
func TestActionInstall(t *testing.T) {
	releases, url := publish(t)
	tampered := t.TempDir()
	if err := os.CopyFS(tampered, os.DirFS(releases)); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(tampered, "download", "v"+fallbackVersion, "checksums.txt"), strings.Repeat("0", 64)+"  "+archiveName()+"\n")
	tag := "v" + fallbackVersion
	for _, tc := range []struct {
		name, ref, version, url, checksum string
		code                              int
		says                              string
	}{
		{name: "tag", ref: tag, url: url, code: exitFindings},
		{name: "major tag", ref: "v0", url: url, code: exitClean},
		{name: "commit", ref: commit, url: url, code: exitClean},
		{name: "version", version: tag, url: url, code: exitClean},
		{name: "tampered", ref: tag, url: "file://" + tampered, code: exitUsage, says: "nothing is installed"},
		{name: "checksum", ref: tag, url: url, checksum: strings.Repeat("0", 64), code: exitUsage, says: "nothing is installed"},
		{name: "no such release", version: "v9.9.9", url: url, code: exitUsage, says: "cannot get"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			r := newRunner(t)
			r.ref = tc.ref
			cache := t.TempDir()
			r.env = append(r.env, withoutSources(t), "RUNNER_TOOL_CACHE="+cache, "MESHCHECK_RELEASES="+tc.url)
			// One case checks as well; for the others it matters what is installed.
			with := map[string]string{"path": "demo", "sarif-file": "", "version": tc.version, "checksum": tc.checksum, "install-only": strconv.FormatBool(tc.code == exitClean)}
			r.runAction(with)
			if r.code != tc.code || !strings.Contains(r.printed, tc.says) {
				t.Errorf("exit code %d, want %d\n%s", r.code, tc.code, r.printed)
			}
			program := filepath.Join(r.temp(), "mesh-check-bin", "mesh-check")
			if _, err := os.Stat(program); (err == nil) == (tc.code == exitUsage) {
				t.Errorf("exit code %d, and the program: %v", tc.code, err)
			}
			if tc.code == exitUsage {
				return
			}
			if err := os.Remove(program); err != nil {
				t.Fatal(err)
			}
			r.code = 0
			r.env = append(r.env, "MESHCHECK_RELEASES=file:///nowhere")
			if r.runAction(with); r.code != tc.code {
				t.Errorf("exit code %d from the tool cache\n%s", r.code, r.printed)
			}
			if _, err := os.Stat(program); err != nil {
				t.Errorf("nothing from the tool cache: %v", err)
			}
		})
	}
}

// newReleaseRunner is a runner whose tool cache has the program as the release that the
// action is used at; it has neither sources to build nor a release to get.
func newReleaseRunner(t *testing.T) *runner {
	t.Helper()
	r := newRunner(t)
	r.ref = "v" + fallbackVersion
	cache := t.TempDir()
	program := filepath.Join(cache, "mesh-check", fallbackVersion, "X64", "mesh-check")
	makeParents(t, program)
	if err := os.Symlink(built(t), program); err != nil {
		t.Skip("the file system has no links")
	}
	r.env = append(r.env, withoutSources(t), "RUNNER_ARCH=X64", "RUNNER_TOOL_CACHE="+cache, "MESHCHECK_RELEASES=file:///nowhere")
	return r
}

// withoutSources is a GITHUB_ACTION_PATH with the scripts, and nothing that could be built.
func withoutSources(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"plugin.yaml", "install/action.sh", "install/install.sh"} {
		file := filepath.Join(dir, name)
		makeParents(t, file)
		write(t, file, read(t, filepath.Join("../..", name)))
	}
	return "GITHUB_ACTION_PATH=" + dir
}

// TestActionComment holds that the input comment writes what a bot posts, and that the other
// inputs become the flags of their names.
func TestActionComment(t *testing.T) {
	r := newReleaseRunner(t)
	r.runAction(map[string]string{"path": "demo", "sarif-file": "first.sarif", "comment": "comment.md", "istio-version": "1.30", "values-sets": "two=demo/values.yaml"})
	if r.code != exitFindings || !strings.HasPrefix(read(t, filepath.Join(r.dir, "comment.md")), "<!-- mesh-check -->") {
		t.Fatalf("exit code %d\n%s", r.code, r.printed)
	}
	r.code = 0
	if r.runAction(map[string]string{"path": "demo", "sarif-file": "", "istio-version": "1.30", "baseline": "first.sarif"}); r.code != exitClean {
		t.Errorf("exit code %d with the baseline\n%s", r.code, r.printed)
	}
}
