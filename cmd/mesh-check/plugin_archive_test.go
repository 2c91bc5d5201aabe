package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestPluginArchive makes the plugin's archive as the workflow of releases does, signed, and
// installs it with Helm 4, which verifies it: without a hook, without network. Helm 3 takes
// archives from a server alone.
func TestPluginArchive(t *testing.T) {
	helm := os.Getenv("MESHCHECK_HELM4")
	if helm == "" {
		t.Skip("MESHCHECK_HELM4 is not set: make helm-clients builds the client and sets it")
	}
	if _, err := exec.LookPath("gpg"); err != nil {
		t.Skip("gpg is not installed: nothing can be signed")
	}
	const key = "mesh-check tests"
	secret, public := keyrings(t, key)

	// What install/dist.sh finds after goreleaser has built for this machine.
	root := filepath.Join(t.TempDir(), "with blank")
	for _, name := range []string{"install/dist.sh", "plugin.yaml", "plugin.complete", "LICENSE"} {
		makeParents(t, filepath.Join(root, name))
		if err := os.WriteFile(filepath.Join(root, name), []byte(read(t, filepath.Join("../..", name))), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	platform, err := exec.Command("go", "env", "GOOS", "GOARCH").Output()
	if err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(root, "dist", "mesh-check_"+strings.Join(strings.Fields(string(platform)), "_")+"_v1", "mesh-check")
	makeParents(t, program)
	if err := os.Link(built(t), program); err != nil {
		t.Skip("the file system has no links")
	}
	cmd := exec.Command("bash", filepath.Join(root, "install", "dist.sh"))
	cmd.Env = append(os.Environ(), "PLUGIN_ONLY=1", "HELM4="+helm, "PLUGIN_KEY="+key, "PLUGIN_KEYRING="+secret)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("dist.sh: %v\n%s", err, out)
	}
	archive := filepath.Join(root, "dist", "plugin", "mesh-check-"+fallbackVersion+".tgz")

	t.Setenv("PATH", strings.TrimPrefix(withoutGo(t), "PATH="))
	t.Setenv("MESHCHECK_RELEASES", "file:///nowhere")
	h := helmClient{t: t, bin: helm, home: t.TempDir()}
	if out, errs, code := h.run("plugin", "install", archive, "--keyring", public); code != 0 {
		t.Fatalf("plugin install: exit code %d\n%s%s", code, out, errs)
	}
	if out, errs, code := h.run("mesh-check", "version"); code != 0 || !strings.Contains(out, "mesh-check ") {
		t.Errorf("version: exit code %d\n%s%s", code, out, errs)
	}
	if out, _, _ := h.run("__complete", "mesh-check", "--fail"); !strings.Contains(out, "--fail-on") {
		t.Errorf("no completion of --fail:\n%s", out)
	}
	if out, _, _ := h.run("plugin", "list"); !strings.Contains(out, "signed") || strings.Contains(out, "unsigned") {
		t.Errorf("plugin list:\n%s", out)
	}
	if out, errs, code := h.run("plugin", "uninstall", "mesh-check"); code != 0 {
		t.Fatalf("plugin uninstall: exit code %d\n%s%s", code, out, errs)
	}

	f, err := os.OpenFile(archive, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.WriteString("x"); err != nil {
		t.Fatal(err)
	}
	if out, errs, code := h.run("plugin", "install", archive, "--keyring", public); code == 0 {
		t.Errorf("an archive with another checksum is installed\n%s%s", out, errs)
	}
}

// keyrings makes a key without a passphrase, in the classic keyrings that Helm reads.
func keyrings(t *testing.T, name string) (secret, public string) {
	t.Helper()
	// The agent's socket needs a short path.
	home, err := os.MkdirTemp("", "gpg") //nolint:usetesting // see above
	if err != nil {
		t.Fatal(err)
	}
	gpg := func(args ...string) {
		t.Helper()
		cmd := exec.Command("gpg", append([]string{"--homedir", home, "--batch", "--quiet", "--yes", "--pinentry-mode", "loopback", "--passphrase", ""}, args...)...)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("gpg %v: %v\n%s", args, err, out)
		}
	}
	t.Cleanup(func() {
		if out, err := exec.Command("gpgconf", "--homedir", home, "--kill", "all").CombinedOutput(); err != nil {
			t.Logf("gpgconf: %v\n%s", err, out)
		}
		if err := os.RemoveAll(home); err != nil {
			t.Log(err)
		}
	})
	secret, public = filepath.Join(t.TempDir(), "secring.gpg"), filepath.Join(t.TempDir(), "pubring.gpg")
	gpg("--quick-gen-key", name, "rsa2048", "sign", "never")
	gpg("--export-secret-keys", "--output", secret, name)
	gpg("--export", "--output", public, name)
	return secret, public
}
