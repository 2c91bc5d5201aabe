package main

import (
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/suite"
)

// TestChecksJSON asks the built program for its checks: each is there with the releases of Istio and the versions of
// Kubernetes for which it is, and each of these is one that --istio-version takes.
func TestChecksJSON(t *testing.T) {
	program := built(t)
	out, err := exec.Command(program, "checks", "-o", "json").Output()
	if err != nil {
		t.Fatal(err)
	}
	type bounds struct{ Since, Until *string }
	var list struct {
		Schema int
		Checks []struct {
			ID                   string
			Versions, Kubernetes *bounds
		}
	}
	if err := json.Unmarshal(out, &list); err != nil {
		t.Fatal(err)
	}
	if list.Schema != 1 || len(list.Checks) != len(suite.Checks) {
		t.Fatalf("schema %d with %d checks, and there are %d", list.Schema, len(list.Checks), len(suite.Checks))
	}
	bounded := map[string]bool{}
	for i, c := range suite.Checks {
		got := list.Checks[i]
		for _, is := range []struct {
			what         string
			got          *bounds
			since, until string
		}{{"versions", got.Versions, c.Since, c.Until}, {"kubernetes", got.Kubernetes, c.KubernetesSince, c.KubernetesUntil}} {
			if got.ID != c.ID || is.got == nil || is.got.Since == nil || is.got.Until == nil {
				t.Errorf("%s does not say its %s", c.ID, is.what)
			} else if *is.got.Since != is.since || *is.got.Until != is.until {
				t.Errorf("%s says %s from %q to %q, and is for %q to %q", c.ID, is.what, *is.got.Since, *is.got.Until, is.since, is.until)
			}
		}
		for _, release := range []string{c.Since, c.Until} {
			bounded[release] = release != ""
		}
	}
	delete(bounded, "")
	pod := filepath.Join(t.TempDir(), "pod.yaml")
	if err := os.WriteFile(pod, []byte("apiVersion: v1\nkind: Pod\nmetadata: {name: p, labels: {app: a}}\nspec: {containers: [{name: c, image: i}]}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var exit *exec.ExitError
	for release := range bounded {
		if said, err := exec.Command(program, "--istio-version", release, pod).CombinedOutput(); err != nil && !errors.As(err, &exit) || exit != nil && exit.ExitCode() > 1 {
			t.Errorf("--istio-version %s: %v: %s", release, err, said)
		}
		if !takesIstio(release) {
			t.Errorf("--istio-version does not take %s as one between %s and %s", release, checks.OldestIstio, checks.NewestIstio)
		}
	}
	t.Logf("%d checks, bounded by %d releases of Istio", len(list.Checks), len(bounded))
}
