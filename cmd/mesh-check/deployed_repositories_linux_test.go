package main

import "testing"

// TestDeployedRepositories holds how many declared releases of public repositories are analyzed, and
// that all others are told with their reason.
func TestDeployedRepositories(t *testing.T) {
	for _, c := range []struct {
		name     string
		releases int
		told     []string
	}{
		{
			name: "kostis-codefresh+multi-sources-example", releases: 16,
			told: []string{"16 releases of 1 chart", "16 declared releases not analyzed: remote chart: "},
		},
		{name: "JuliusOmoleye+microservices-demo", releases: 10, told: []string{"10 releases of 5 charts"}},
		{
			name: "argoproj+argocd-example-apps", releases: 3,
			told: []string{
				"3 releases of 3 charts", "8 declared releases not analyzed: directory or kustomization, not a chart: ",
				"3 declared releases not analyzed: manifests of a plugin: ",
			},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			var on, off deployedOnce
			r, without := on.of(t, c.name), off.of(t, c.name, "--releases=off")
			if sets := r.report.sets(); len(sets) != c.releases {
				t.Errorf("%d releases are analyzed, %d are declared: %q", len(sets), c.releases, sets)
			}
			for _, words := range c.told {
				if !r.report.told(words) {
					t.Errorf("no note says %q: %v", words, r.report.Notes)
				}
			}
			places := r.report.places()
			for lost := range without.report.places() {
				if !places[lost] {
					t.Errorf("%s has a finding without releases, and none with them", lost)
				}
			}
			t.Logf("%d places, %d without releases", len(places), len(without.report.places()))
		})
	}
}
