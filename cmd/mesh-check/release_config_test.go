package main

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// TestRelease holds that what makes releases and what installs them agree: on names,
// platforms and the version that is stamped.
func TestRelease(t *testing.T) {
	var c struct {
		Version int
		Builds  []struct {
			Flags, Ldflags, Env, Goos, Goarch []string
		}
		Archives []struct {
			NameTemplate    string `yaml:"name_template"`
			Formats         []string
			FormatOverrides []struct {
				Goos    string
				Formats []string
			} `yaml:"format_overrides"`
		}
		Checksum struct {
			NameTemplate string `yaml:"name_template"`
			Algorithm    string
		}
		Sboms, Signs, Nfpms []yaml.Node
		Casks               []yaml.Node `yaml:"homebrew_casks"`
		Dockers             []yaml.Node `yaml:"dockers_v2"`
		Release             struct {
			Draft   bool
			Replace bool `yaml:"replace_existing_draft"`
		}
	}
	if err := yaml.Unmarshal([]byte(read(t, "../../.goreleaser.yaml")), &c); err != nil {
		t.Fatal(err)
	}
	if c.Version != 2 || len(c.Builds) != 1 || len(c.Archives) != 1 {
		t.Fatalf("version %d, %d builds, %d archives", c.Version, len(c.Builds), len(c.Archives))
	}
	build, archive := c.Builds[0], c.Archives[0]
	if strings.Join(build.Goos, " ") != "linux darwin windows" || strings.Join(build.Goarch, " ") != "amd64 arm64" ||
		strings.Join(build.Flags, " ") != "-trimpath" || strings.Join(build.Ldflags, " ") != "-s -w -X main.version={{ .Version }}" || strings.Join(build.Env, " ") != "CGO_ENABLED=0" {
		t.Errorf("builds: %+v", build)
	}
	if archive.NameTemplate != "mesh-check_{{ .Version }}_{{ .Os }}_{{ .Arch }}" || strings.Join(archive.Formats, " ") != "tar.gz" ||
		len(archive.FormatOverrides) != 1 || archive.FormatOverrides[0].Goos != "windows" || archive.FormatOverrides[0].Formats[0] != "zip" {
		t.Errorf("install.sh looks for other archives: %+v", archive)
	}
	if c.Checksum.NameTemplate != "checksums.txt" || c.Checksum.Algorithm != "sha256" {
		t.Errorf("install.sh looks for other checksums: %+v", c.Checksum)
	}
	if len(c.Sboms) == 0 || len(c.Signs) == 0 || len(c.Nfpms) == 0 || len(c.Casks) == 0 || len(c.Dockers) == 0 {
		t.Error("SBOMs, signatures, packages, image or cask are missing")
	}
	if !c.Release.Draft || !c.Release.Replace {
		t.Errorf("a release is public before it is attested, or a repeated run fails: %+v", c.Release)
	}
	rest := read(t, "../../.github/workflows/release.yml")
	for _, step := range []string{`goreleaser" release --clean`, "cosign verify-blob checksums.txt", "sha256sum --check", "subject-checksums: dist/checksums.txt", "subject-checksums: dist/digests.txt", "gh release edit \"$GITHUB_REF_NAME\" --draft=false"} {
		var found bool
		if _, rest, found = strings.Cut(rest, step); !found {
			t.Errorf("the workflow has no %s, or not in its order", step)
		}
	}
	for _, text := range []string{`suffix=${os}_$arch.tar.gz`, `suffix=${os}_$arch.zip`, `archive=mesh-check_${number}_$suffix`} {
		if !strings.Contains(read(t, installScript), text) {
			t.Errorf("install.sh has no %s", text)
		}
	}
	for _, file := range []string{"README.md", "docs/install.md", "docs/ci.md", "docs/examples/pre-commit/.pre-commit-config.yaml", "docs/examples/gitlab/mesh-check.yml"} {
		for _, text := range strings.Split(read(t, "../../"+file), "mesh-check@v")[1:] {
			if !strings.HasPrefix(text, fallbackVersion) {
				t.Errorf("%s names another release than v%s: %.10s", file, fallbackVersion, text)
			}
		}
	}
}

// TestReleased holds that pages promise no release before there is one: as long as the
// changelog has no entry of the version, they say so and what to do.
func TestReleased(t *testing.T) {
	released := strings.Contains(read(t, "../../CHANGELOG.md"), "\n## ["+fallbackVersion+"]")
	for _, file := range []string{"README.md", "docs/install.md", "docs/ci.md"} {
		if says := strings.Contains(read(t, "../../"+file), "Version "+fallbackVersion+" is not released yet"); says == released {
			t.Errorf("%s: says that %s is not released yet: %t; has an entry in the changelog: %t", file, fallbackVersion, says, released)
		}
	}
}

// TestReleaseNotes holds that the notes of a release are its part of the changelog, without the
// links below it.
func TestReleaseNotes(t *testing.T) {
	dir := t.TempDir()
	script := filepath.Join(dir, "install", "notes.sh")
	makeParents(t, script)
	write(t, script, read(t, "../../install/notes.sh"))
	write(t, filepath.Join(dir, "CHANGELOG.md"), "# Changelog\n\n## [Unreleased]\n\nsoon\n\n## [0.2.0] - 2027-01-01\n\n### Added\n\n- [new](x)\n\n## [0.1.0] - 2026-12-01\n\n- first\n\n[Unreleased]: https://example.com\n[0.1.0]: https://example.com\n")
	for version, want := range map[string]string{"0.2.0": "\n### Added\n\n- [new](x)\n", "0.1.0": "\n- first\n", "0.1": "", "0.3.0": ""} {
		out, err := exec.Command("sh", script, version).Output()
		if string(out) != want || (err == nil) != (want != "") {
			t.Errorf("%s: %q and %v, want %q", version, out, err, want)
		}
	}
}

// TestReadmeWorkflow holds that the workflow in README.md is the example that is tested.
func TestReadmeWorkflow(t *testing.T) {
	_, rest, found := strings.Cut(read(t, "../../README.md"), "<!-- example: code-scanning.yml -->\n```yaml\n")
	example, _, closed := strings.Cut(rest, "```\n")
	if !found || !closed || example != read(t, "../../docs/examples/github/code-scanning.yml") {
		t.Error("README.md has another workflow than docs/examples/github/code-scanning.yml")
	}
}

// TestPreCommit holds that the hooks are those that the example names.
func TestPreCommit(t *testing.T) {
	var hooks []struct {
		ID, Language, Entry string
		PassFilenames       *bool `yaml:"pass_filenames"`
	}
	if err := yaml.Unmarshal([]byte(read(t, "../../.pre-commit-hooks.yaml")), &hooks); err != nil {
		t.Fatal(err)
	}
	if len(hooks) != 2 || hooks[0].ID != "mesh-check" || hooks[0].Language != "golang" || hooks[1].Language != "system" {
		t.Errorf("hooks: %+v", hooks)
	}
	for _, h := range hooks {
		if h.PassFilenames == nil || *h.PassFilenames || !strings.HasPrefix(h.Entry, "mesh-check ") {
			t.Errorf("hook %s: %+v", h.ID, h)
		}
	}
}
