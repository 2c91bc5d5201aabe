package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestPluginInstall installs, updates and removes the plugin with both real clients, from a
// checkout and from a git repository, as far as each takes them, without network.
func TestPluginInstall(t *testing.T) {
	for client, env := range map[string]string{"helm3": "MESHCHECK_HELM3", "helm4": "MESHCHECK_HELM4"} {
		t.Run(client, func(t *testing.T) {
			helm := os.Getenv(env)
			if helm == "" {
				t.Skipf("%s is not set: make helm-clients builds the client and sets it", env)
			}
			_, url := publish(t)
			path := withoutGo(t)
			t.Setenv("PATH", strings.TrimPrefix(path, "PATH="))
			t.Setenv("GIT_CONFIG_GLOBAL", filepath.Join(t.TempDir(), "none"))
			unverified := []string{}
			if client == "helm4" {
				unverified = []string{"--verify=false"} // Helm 4 verifies archives alone
			}
			h := helmClient{t: t, bin: helm, home: filepath.Join(t.TempDir(), "with blank")}
			if err := os.MkdirAll(h.home, 0o755); err != nil {
				t.Fatal(err)
			}
			runs := func(args ...string) {
				t.Helper()
				if out, errs, code := h.run(args...); code != 0 {
					t.Fatalf("helm %s: exit code %d\n%s%s", strings.Join(args, " "), code, out, errs)
				}
			}
			checkout := pluginCheckout(t)

			t.Setenv("MESHCHECK_RELEASES", "file:///nowhere")
			out, errs, code := h.run("plugin", "install", checkout)
			if code == 0 || strings.Contains(out, "Installed plugin") || !strings.Contains(errs+out, "Install Go") {
				t.Errorf("offline: exit code %d\n%s%s", code, out, errs)
			}
			if out, _, _ := h.run("plugin", "list"); strings.Contains(out, "mesh-check") {
				t.Errorf("a plugin whose hook has failed is in the list:\n%s", out)
			}

			t.Setenv("MESHCHECK_RELEASES", url)
			runs("plugin", "install", checkout)
			runs("mesh-check", "version")
			runs("plugin", "uninstall", "mesh-check")

			git := func(args ...string) {
				t.Helper()
				cmd := exec.Command("git", append([]string{"-c", "user.name=a", "-c", "user.email=a@example.com"}, args...)...)
				cmd.Dir = checkout
				if out, err := cmd.CombinedOutput(); err != nil {
					t.Fatalf("git %v: %v\n%s", args, err, out)
				}
			}
			git("init", "-q", "-b", "main")
			git("add", ".")
			git("commit", "-q", "-m", "one")
			git("tag", "v"+fallbackVersion)
			runs(append([]string{"plugin", "install", "file://" + checkout, "--version", "v" + fallbackVersion}, unverified...)...)
			runs("mesh-check", "version")
			runs("plugin", "update", "mesh-check")
			runs("mesh-check", "version")
			runs("plugin", "uninstall", "mesh-check")
		})
	}
}
