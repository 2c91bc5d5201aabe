package main

import (
	"io"
	"os"
	"strings"
	"testing"
)

// TestProfile runs the program in the test's process with the arguments of
// MESHCHECK_PROFILE, which are separated by blanks, so that the profiles of `go test`
// are those of a run:
//
//	MESHCHECK_PROFILE="--no-ci-values CHART" go test ./cmd/mesh-check -run '^TestProfile$' -cpuprofile cpu.out
func TestProfile(t *testing.T) {
	args := os.Getenv("MESHCHECK_PROFILE")
	if args == "" {
		t.Skip("MESHCHECK_PROFILE is not set: it holds the arguments of the run to profile")
	}
	if code := run(strings.Fields(args), strings.NewReader(""), io.Discard, os.Stderr); code > exitInput {
		t.Errorf("exit code %d", code)
	}
}
