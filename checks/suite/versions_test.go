package suite_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/suite"
	"github.com/mesh-check/mesh-check/frontends/manifest"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// TestVersions holds that each check is for releases that --istio-version takes, and ends after it began.
func TestVersions(t *testing.T) {
	known := map[string]bool{}
	for n := 7; ; n++ {
		release := fmt.Sprintf("1.%d", n)
		if checks.CompareVersions(release, checks.NewestIstio) > 0 {
			break
		}
		known[release] = checks.CompareVersions(release, checks.OldestIstio) >= 0
	}
	bounded := 0
	for _, c := range suite.Checks {
		for _, version := range []string{c.Since, c.Until} {
			if version == "" {
				continue
			}
			if bounded++; !known[version] {
				t.Errorf("%s is for Istio %s, which is not between %s and %s", c.ID, version, checks.OldestIstio, checks.NewestIstio)
			}
		}
		for _, r := range [][2]string{{c.Since, c.Until}, {c.KubernetesSince, c.KubernetesUntil}} {
			if r[0] != "" && r[1] != "" && checks.CompareVersions(r[0], r[1]) > 0 {
				t.Errorf("%s is for versions from %s to %s: that is never", c.ID, r[0], r[1])
			}
		}
	}
	if bounded < 25 {
		t.Errorf("only %d checks say for which releases they are", bounded)
	}
}

// TestVersionsAsked runs each check that says since when it matters for the release before that one, in which it must not run,
// for that one, and without a target and for all releases, in which it must.
func TestVersionsAsked(t *testing.T) {
	objects, errs := manifest.Read("test.yaml", []byte("apiVersion: v1\nkind: Namespace\nmetadata: {name: web}\n"))
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	set := object.NewSet("default", objects)
	for _, c := range suite.Checks {
		ran := func(mesh *checks.Mesh) bool {
			did := false
			probe := *c
			probe.Run = func(*checks.Pass) { did = true }
			checks.Run([]*checks.Check{&probe}, set, mesh, checks.Selection{Enable: []string{c.ID}})
			return did
		}
		target := func(kind *string, mesh *checks.Mesh, version string, want bool) {
			*kind = version
			if ran(mesh) != want {
				t.Errorf("%s since %q, until %q; Kubernetes since %q, until %q: runs for %q: %v", c.ID, c.Since, c.Until, c.KubernetesSince, c.KubernetesUntil, version, !want)
			}
			*kind = ""
		}
		mesh := &checks.Mesh{}
		for _, open := range []string{"", checks.AllIstio} {
			target(&mesh.Istio, mesh, open, true)
		}
		if c.Since != "" {
			target(&mesh.Istio, mesh, before(t, c.Since), false)
			target(&mesh.Istio, mesh, c.Since, true)
			target(&mesh.Istio, mesh, checks.NewestIstio, c.Until == "" || c.Until == checks.NewestIstio)
		}
		if c.KubernetesSince != "" {
			target(&mesh.Kubernetes, mesh, before(t, c.KubernetesSince), false)
			target(&mesh.Kubernetes, mesh, c.KubernetesSince, true)
		}
		if c.KubernetesUntil != "" {
			target(&mesh.Kubernetes, mesh, c.KubernetesUntil, true)
			target(&mesh.Kubernetes, mesh, "1.99", false)
		}
	}
}

// before is the minor version before another one.
func before(t *testing.T, version string) string {
	t.Helper()
	n, err := strconv.Atoi(strings.TrimPrefix(version, "1."))
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("1.%d", n-1)
}
