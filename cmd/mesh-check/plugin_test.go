package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// TestPluginManifest holds what both Helm clients want of plugin.yaml: the legacy
// schema and no key that Helm 3 does not know, since such a key makes Helm 3 lose
// all of its user's plugins.
func TestPluginManifest(t *testing.T) {
	data, err := os.ReadFile("../../plugin.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var legacy struct {
		Name            string
		Version         string
		Usage           string
		Description     string
		IgnoreFlags     bool `yaml:"ignoreFlags"`
		PlatformCommand []struct {
			OS      string `yaml:"os"`
			Arch    string
			Command string
			Args    []string
		} `yaml:"platformCommand"`
		// Not platformHooks: Helm before 3.17 does not know them.
		Hooks map[string]string
	}
	dec := yaml.NewDecoder(bytes.NewReader(data))
	dec.KnownFields(true)
	if err := dec.Decode(&legacy); err != nil {
		t.Fatal(err)
	}
	if legacy.Name != "mesh-check" || legacy.Version != fallbackVersion || len(legacy.PlatformCommand) == 0 || legacy.Hooks["install"] == "" || legacy.Hooks["update"] == "" {
		t.Errorf("plugin.yaml: %+v; the version must be %s", legacy, fallbackVersion)
	}
}

// TestPlugin installs the plugin with both real clients and runs it.
func TestPlugin(t *testing.T) {
	for client, env := range map[string]string{"helm3": "MESHCHECK_HELM3", "helm4": "MESHCHECK_HELM4"} {
		t.Run(client, func(t *testing.T) {
			helm := os.Getenv(env)
			if helm == "" {
				t.Skipf("%s is not set: make helm-clients builds the client and sets it", env)
			}
			testPlugin(t, helm)
		})
	}
}

func testPlugin(t *testing.T, helm string) {
	dir := pluginDir(t)
	h := helmClient{t: t, bin: helm, home: t.TempDir()}
	if out, _, code := h.run("plugin", "install", dir); code != 0 {
		t.Fatalf("plugin install: exit code %d\n%s", code, out)
	}
	if out, _, _ := h.run("plugin", "list"); !strings.Contains(out, "mesh-check") {
		t.Fatalf("plugin list:\n%s", out)
	}
	demo, err := filepath.Abs("../../testdata/charts/demo")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		args []string
		code int
		out  string // in standard output
		err  string // in standard error
	}{
		{"findings", []string{demo}, exitFindings, "error[MESH", ""},
		{"clean", []string{"--fail-on=never", "-o", "json", demo}, exitClean, `"schema": 1`, ""},
		{"no such chart", []string{"nowhere"}, exitInput, "", "nowhere"},
		{"usage", []string{"--no-such-flag", demo}, exitUsage, "", "no-such-flag"},
		{"namespace", []string{"-n", "shop-prod", "-o", "json", "--fail-on=never", demo}, exitClean, "shop-prod", ""},
		{"flags of Helm", []string{"--kube-context", "c1", "--kube-version", "1.33.0", "--color=never", "--fail-on", "never", demo}, exitClean, "MESH", ""},
		{"help", []string{"--help"}, exitClean, "--fail-on", ""},
		{"command", []string{"explain", "MESH201"}, exitClean, "1337", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := h
			h.t = t
			out, stderr, code := h.run(append([]string{"mesh-check"}, c.args...)...)
			if code != c.code || !strings.Contains(out, c.out) || !strings.Contains(stderr+out, c.err) {
				t.Errorf("exit code %d, want %d\nstdout:\n%s\nstderr:\n%s", code, c.code, out, stderr)
			}
		})
	}
	t.Run("completion", func(t *testing.T) {
		h := h
		h.t = t
		if out, _, _ := h.run("__complete", "mesh-check", "--fail"); !strings.Contains(out, "--fail-on") {
			t.Errorf("no completion of --fail:\n%s", out)
		}
		for words, want := range map[string]string{
			"": "explain", "--fail-on ": "warning", "-o ": "sarif", "--fail-on=": "never", "cover -o ": "json", "cover --min": "--min-explored", "explain MESH20": "MESH201",
		} {
			if out, _, _ := h.run(append([]string{"__complete", "mesh-check"}, strings.Split(words, " ")...)...); !strings.Contains(out, want) {
				t.Errorf("no completion of %s:\n%s", words, out)
			}
		}
	})
}

// pluginDir is a directory as `make plugin` leaves it: the files that Helm looks for
// and the program in bin.
func pluginDir(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "with blank", "mesh-check")
	if err := os.MkdirAll(filepath.Join(dir, "bin"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"plugin.yaml", "plugin.complete", "install/plugin.sh", "install/install.sh"} {
		makeParents(t, filepath.Join(dir, name))
		data, err := os.ReadFile(filepath.Join("../..", name))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	build(t, filepath.Join(dir, "bin", "mesh-check"))
	return dir
}

// build builds the program.
func build(t *testing.T, file string) {
	t.Helper()
	if out, err := exec.Command("go", "build", "-trimpath", "-o", file, ".").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
}

// helmClient is a Helm client with a home of its own.
type helmClient struct {
	t         *testing.T
	bin, home string
}

func (h helmClient) run(args ...string) (stdout, stderr string, code int) {
	h.t.Helper()
	cmd := exec.Command(h.bin, args...)
	cmd.Dir = h.home
	cmd.Env = append(os.Environ(), "HELM_DATA_HOME="+h.home, "HELM_CONFIG_HOME="+h.home, "HELM_CACHE_HOME="+filepath.Join(h.home, "cache"))
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	var exited *exec.ExitError
	if err != nil && !errors.As(err, &exited) {
		h.t.Fatal(err)
	}
	return out.String(), errs.String(), cmd.ProcessState.ExitCode()
}
