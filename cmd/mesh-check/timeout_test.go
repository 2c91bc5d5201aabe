package main

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/mesh-check/mesh-check/checks"
)

// TestTimeout holds that an input that takes too long is an error of that input
// alone, and that the run goes on.
func TestTimeout(t *testing.T) {
	suite := checks.Suite
	ended := make(chan struct{}, 2) // one for each input: the abandoned one still reads the suite
	t.Cleanup(func() {
		<-ended
		<-ended
		checks.Suite = suite
	})
	release := make(chan struct{})
	t.Cleanup(func() { close(release) })
	checks.Suite = []*checks.Check{{
		ID: "MESH999", Name: "test-slow", Severity: checks.Error, Summary: "slow", Advice: "hurry",
		Modes: []checks.Mode{checks.Sidecar},
		Run: func(p *checks.Pass) {
			defer func() { ended <- struct{}{} }()
			for _, o := range p.Objects() {
				if o.Name == "slow" {
					<-release
				}
				p.Report(o.Root(), "object %q is here", o.Name)
			}
		},
	}}
	t.Chdir(t.TempDir())
	write(t, "slow.yaml", strings.Replace(quietPod, "web", "slow", 1))
	write(t, "good.yaml", quietPod)
	var stdout, stderr bytes.Buffer
	start := time.Now()
	code := run([]string{"--timeout=200ms", "slow.yaml", "good.yaml"}, strings.NewReader(""), &stdout, &stderr)
	if code != exitInput || time.Since(start) > 20*time.Second {
		t.Errorf("exit code %d after %s\n%s", code, time.Since(start), stderr.String())
	}
	for _, want := range []string{"slow.yaml: not done after 200ms", `object "web" is here`} {
		if !strings.Contains(stdout.String(), want) {
			t.Errorf("the report lacks %q:\n%s", want, stdout.String())
		}
	}
}
