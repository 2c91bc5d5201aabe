package main

import (
	"bytes"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mesh-check/mesh-check/cmd/mesh-check/config"
	"github.com/mesh-check/mesh-check/render/source"
)

// generated is a block of README.md that is the output of a command: a comment names
// the arguments, the fence behind it holds what they print.
var generated = regexp.MustCompile("(?s)<!-- output of: mesh-check ([^\n]*) -->\n```text\n(.*?)```\n")

// TestReadmeConfiguration holds that the example of a configuration is one, and says
// something of everything that can be said.
func TestReadmeConfiguration(t *testing.T) {
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := bytes.Cut(text, []byte("<!-- configuration -->\n```yaml\n"))
	example, _, closed := bytes.Cut(rest, []byte("```\n"))
	if !found || !closed {
		t.Fatal("README.md has no example of a configuration")
	}
	file, faults := config.Parse(source.NewFile("", "README.md", example))
	for _, fault := range faults {
		t.Error(fault)
	}
	if file == nil {
		return
	}
	if len(file.Exclude) == 0 || len(file.Inputs) == 0 || file.Required.Text == "" {
		t.Error("the example has no exclude, inputs or required-version")
	}
	if r := file.Releases; len(r.Find) != len(config.Conventions) || len(r.Ignore) == 0 || len(r.Declared) == 0 || len(file.Charts) == 0 {
		t.Error("the example has not all of releases, or no charts")
	}
	if len(file.Mesh) != len(config.Switches) || len(file.Checks) == 0 || len(file.Rules) == 0 {
		t.Errorf("the example has %d of %d switches, %d checks and %d rules", len(file.Mesh), len(config.Switches), len(file.Checks), len(file.Rules))
	}
}

// TestReadme holds the outputs in README.md equal to what the program prints.
func TestReadme(t *testing.T) {
	t.Chdir("../..")
	old, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	blocks := 0
	fresh := generated.ReplaceAllStringFunc(string(old), func(block string) string {
		blocks++
		args := generated.FindStringSubmatch(block)[1]
		var stdout, stderr bytes.Buffer
		code := run(strings.Fields(args), strings.NewReader(""), &stdout, &stderr)
		if code > exitFindings || stderr.Len() > 0 {
			t.Errorf("mesh-check %s: exit code %d\n%s", args, code, stderr.String())
		}
		return "<!-- output of: mesh-check " + args + " -->\n```text\n" + stdout.String() + "```\n"
	})
	if blocks == 0 {
		t.Fatal("README.md has no output of the program")
	}
	if *update {
		if err := os.WriteFile("README.md", []byte(fresh), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(string(old), fresh); diff != "" {
		t.Errorf("README.md is stale; run: make golden\n%s", diff)
	}
}

// typed is a block of README.md whose commands are those of a session, in that order.
var typed = regexp.MustCompile("(?s)<!-- session: ([a-z_]+) -->\n```sh\n(.*?)```\n")

// TestReadmeSession holds that what README.md tells a new user to type is what a session
// of testdata/script types, in the same order.
func TestReadmeSession(t *testing.T) {
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	rest := map[string]string{}
	commands := 0
	for _, block := range typed.FindAllStringSubmatch(string(text), -1) {
		name := block[1]
		if _, begun := rest[name]; !begun {
			session, err := os.ReadFile("../../testdata/script/" + name + ".txtar")
			if err != nil {
				t.Fatal(err)
			}
			rest[name] = string(session)
		}
		for line := range strings.Lines(block[2]) {
			command, _, _ := strings.Cut(strings.TrimSpace(line), " #")
			if command = strings.TrimSpace(command); strings.HasPrefix(command, "go install") {
				continue
			}
			commands++
			_, behind, found := strings.Cut(rest[name], " "+command+"\n")
			if !found {
				t.Errorf("%s.txtar does not type %q behind what README.md has before it", name, command)
				continue
			}
			rest[name] = behind
		}
	}
	if commands == 0 {
		t.Fatal("README.md has no commands of a session")
	}
}
