package checks

import (
	"testing"

	"github.com/mesh-check/mesh-check/frontends/release"
)

// TestIsRelease holds that the sets that releases name are known as such, and no others.
func TestIsRelease(t *testing.T) {
	for _, by := range []release.By{release.ArgoCD, release.Configured, release.Kustomize, release.Terraform} {
		r := &release.Release{By: by, Name: "web", Root: "prod"}
		if by == release.Terraform {
			r.Declared.Name = "helm_release.web"
		}
		if set := r.Set(); !IsRelease(set) {
			t.Errorf("%s is not a release", set)
		}
	}
	if root := (release.RootSet{Environment: "prod"}).Set(); !IsRelease(root) {
		t.Errorf("%s is not a release", root)
	}
	for _, own := range []string{"default", "custom", "argocd", "config", "ci/argocd values.yaml", "my values"} {
		if IsRelease(own) {
			t.Errorf("%s is a release", own)
		}
	}
}
