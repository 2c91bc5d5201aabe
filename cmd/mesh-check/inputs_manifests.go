package main

import (
	"path/filepath"
	"slices"

	"github.com/mesh-check/mesh-check/frontends/helm"
	"github.com/mesh-check/mesh-check/frontends/manifest"
	"github.com/mesh-check/mesh-check/frontends/terraform"
	"github.com/mesh-check/mesh-check/render/source"
)

// manifestsBelow adds the manifests of a directory to what else there is in it. Where it
// has none, what was passed over is said beside the first of the others.
func manifestsBelow(t source.Tree, dir string, others []input, left []source.Exclusion) []input {
	if len(others) == 0 && helm.LacksChartYAML(t, dir) {
		return []input{nothingIn(t, dir, "")}
	}
	found, passed := manifest.Find(dir, walking(t, left))
	switch {
	case found:
		return append(others, input{Path: dir, Kind: kindManifests, Excluded: left})
	case len(others) == 0:
		return []input{nothingIn(t, dir, passed.String())}
	case passed.Any():
		others[0].Note = "passed over below " + dir + ": " + passed.String()
	}
	return others
}

// walking says how directories are walked for manifests.
func walking(t source.Tree, left []source.Exclusion) manifest.Options {
	return manifest.Options{
		Tree:           t,
		IsChart:        func(dir string) bool { return helm.IsChart(t, dir) },
		LacksChartYAML: func(dir string) bool { return helm.LacksChartYAML(t, dir) },
		IsPlan:         terraform.IsPlan, Excluded: excluding(left),
	}
}

// withoutInner leaves out the manifests of directories that lie in another one whose
// manifests are among the inputs too.
func withoutInner(all []input) []input {
	return slices.DeleteFunc(slices.Clone(all), func(in input) bool {
		return in.Kind == kindManifests && slices.ContainsFunc(all, func(other input) bool {
			return other.Kind == kindManifests && other.Path != in.Path && inside(other.Path, in.Path)
		})
	})
}

// withRoots tells the manifests of a directory of the Terraform roots that lie in it, or
// that it lies in.
func withRoots(all []input) []input {
	for i, in := range all {
		if in.Kind != kindManifests {
			continue
		}
		for _, root := range all {
			if root.Kind == kindTerraform && root.Fault == nil && (inside(in.Path, root.Path) || inside(root.Path, in.Path)) {
				all[i].Roots = append(all[i].Roots, root)
			}
		}
	}
	return all
}

// inside says whether a name lies in a directory or is it, by their words alone.
func inside(dir, name string) bool {
	rel, err := filepath.Rel(dir, name)
	return err == nil && filepath.IsLocal(rel)
}
