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
)

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
