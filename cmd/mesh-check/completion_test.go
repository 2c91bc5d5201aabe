package main

import (
	"bytes"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"go.yaml.in/yaml/v3"

	"github.com/mesh-check/mesh-check/cmd/mesh-check/worker"
)

// TestAsks holds that a worker is started early by the commands that look at inputs, and
// by no other.
func TestAsks(t *testing.T) {
	root := rootCommand(streams{strings.NewReader(""), io.Discard, io.Discard})
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	for _, cmd := range root.Commands() {
		looks := cmd.Name() == "check" || cmd.Name() == "blame" || cmd.Name() == "init" || cmd.Name() == "releases" || cmd.Name() == "cover"
		if worker.Asks([]string{cmd.Name(), "x"}) != looks {
			t.Errorf("%s: looks at inputs: %t; a worker is started early: %t", cmd.Name(), looks, !looks)
		}
	}
}

// completion is what Helm reads of completion.yaml: the flags and commands that it
// completes before it asks plugin.complete.
type completion struct {
	Name     string       `yaml:"name"`
	Flags    []string     `yaml:"flags,omitempty,flow"`
	Commands []completion `yaml:"commands,omitempty"`
}

func completionOf(cmd *cobra.Command) completion {
	c := completion{Name: cmd.Name()}
	cmd.LocalNonPersistentFlags().VisitAll(func(f *pflag.Flag) {
		if !f.Hidden {
			c.Flags = append(c.Flags, f.Name)
			if f.Shorthand != "" {
				c.Flags = append(c.Flags, f.Shorthand)
			}
		}
	})
	for _, sub := range cmd.Commands() {
		if sub.IsAvailableCommand() && sub.Name() != "help" && sub.Name() != "completion" {
			c.Commands = append(c.Commands, completionOf(sub))
		}
	}
	return c
}

// TestCompletionFile holds completion.yaml equal to the commands.
func TestCompletionFile(t *testing.T) {
	var want bytes.Buffer
	want.WriteString("# Written by make golden from the commands.\n")
	enc := yaml.NewEncoder(&want)
	enc.SetIndent(2)
	if err := enc.Encode(completionOf(rootCommand(streams{strings.NewReader(""), io.Discard, io.Discard}))); err != nil {
		t.Fatal(err)
	}
	const file = "../../completion.yaml"
	if *update {
		if err := os.WriteFile(file, want.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want.String(), string(got)); diff != "" {
		t.Errorf("completion.yaml is stale; run: make golden\n%s", diff)
	}
}
