package main

import (
	"io"
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/cmd/mesh-check/worker/child"
)

// TestAsks holds that a worker is started early by the commands that look at inputs, and
// by no other.
func TestAsks(t *testing.T) {
	root := rootCommand(streams{strings.NewReader(""), io.Discard, io.Discard})
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	for _, cmd := range root.Commands() {
		looks := cmd.Name() == "check" || cmd.Name() == "blame" || cmd.Name() == "init" || cmd.Name() == "releases" || cmd.Name() == "cover"
		if child.Asks([]string{cmd.Name(), "x"}) != looks {
			t.Errorf("%s: looks at inputs: %t; a worker is started early: %t", cmd.Name(), looks, !looks)
		}
	}
}
