package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// fenced are the code blocks of a language in a page.
func fenced(page, language string) (blocks []string) {
	for _, rest := range strings.Split(page, "\n```"+language+"\n")[1:] {
		block, _, _ := strings.Cut(rest, "\n```")
		blocks = append(blocks, block+"\n")
	}
	return blocks
}

// TestInstallDocs holds that what docs/install.md says for aqua and PowerShell names the
// archives of a release, as .goreleaser.yaml makes them (see TestRelease).
func TestInstallDocs(t *testing.T) {
	page := read(t, "../../docs/install.md")
	blocks := fenced(page, "yaml")
	if len(blocks) != 2 {
		t.Fatalf("%d blocks of YAML, want registry.yaml and aqua.yaml", len(blocks))
	}
	var registry struct {
		Packages []struct {
			Type, Asset, Format string
			Owner               string `yaml:"repo_owner"`
			Name                string `yaml:"repo_name"`
			Overrides           []struct{ Goos, Format string }
			Checksum            struct{ Type, Asset, Algorithm string }
		}
	}
	var config struct {
		Checksum   struct{ Enabled bool }
		Registries []struct{ Name, Type, Path string }
		Packages   []struct{ Name, Registry string }
	}
	for i, into := range []any{&registry, &config} {
		if err := yaml.Unmarshal([]byte(blocks[i]), into); err != nil {
			t.Fatal(err)
		}
	}
	p := registry.Packages[0]
	asset := strings.NewReplacer("{{trimV .Version}}", fallbackVersion, "{{.OS}}", "linux", "{{.Arch}}", "amd64", "{{.Format}}", p.Format).Replace(p.Asset)
	if asset != "mesh-check_"+fallbackVersion+"_linux_amd64.tar.gz" || len(p.Overrides) != 1 || p.Overrides[0].Goos != "windows" || p.Overrides[0].Format != "zip" ||
		p.Type != "github_release" || p.Checksum.Asset != "checksums.txt" || p.Checksum.Algorithm != "sha256" {
		t.Errorf("registry.yaml: %+v", p)
	}
	if !config.Checksum.Enabled || len(config.Registries) != 1 || config.Registries[0].Type != "local" ||
		config.Packages[0].Name != p.Owner+"/"+p.Name+"@v"+fallbackVersion || config.Packages[0].Registry != config.Registries[0].Name {
		t.Errorf("aqua.yaml: %+v", config)
	}
	script := strings.Join(fenced(page, "powershell"), "")
	for _, text := range []string{
		"mesh-check_" + fallbackVersion + "_windows_amd64.zip'", "/releases/download/v" + fallbackVersion + "'", "/checksums.txt",
		"{ throw 'wrong checksum' }\nExpand-Archive $archive",
	} {
		if !strings.Contains(script, text) {
			t.Errorf("the script for PowerShell has no %s", text)
		}
	}
}

// TestPluginUnpacked holds that the plugin's archive works where it is unpacked among the
// plugins of both clients, without a hook: docs/install.md says so for Windows without sh.
func TestPluginUnpacked(t *testing.T) {
	root := t.TempDir()
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
	cmd.Env = append(os.Environ(), "PLUGIN_ONLY=1")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("dist.sh: %v\n%s", err, out)
	}
	for client, env := range map[string]string{"helm3": "MESHCHECK_HELM3", "helm4": "MESHCHECK_HELM4"} {
		t.Run(client, func(t *testing.T) {
			helm := os.Getenv(env)
			if helm == "" {
				t.Skipf("%s is not set: make helm-clients builds the client and sets it", env)
			}
			h := helmClient{t: t, bin: helm, home: t.TempDir()}
			plugins, _, _ := h.run("env", "HELM_PLUGINS")
			plugins = strings.TrimSpace(plugins)
			makeParents(t, filepath.Join(plugins, "x"))
			archive := filepath.Join(root, "dist", "plugin", "mesh-check-"+fallbackVersion+".tgz")
			if out, err := exec.Command("tar", "-xzf", archive, "-C", plugins).CombinedOutput(); err != nil {
				t.Fatalf("tar: %v\n%s", err, out)
			}
			if out, errs, code := h.run("mesh-check", "version"); code != 0 || !strings.Contains(out, "mesh-check ") {
				t.Errorf("version: exit code %d\n%s%s", code, out, errs)
			}
			if out, errs, code := h.run("plugin", "uninstall", "mesh-check"); code != 0 {
				t.Errorf("plugin uninstall: exit code %d\n%s%s", code, out, errs)
			}
		})
	}
}
