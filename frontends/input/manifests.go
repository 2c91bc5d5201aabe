package input

import (
	"path/filepath"
	"slices"

	"github.com/mesh-check/mesh-check/frontends/helm"
	"github.com/mesh-check/mesh-check/frontends/manifest"
	"github.com/mesh-check/mesh-check/frontends/terraform"
	"github.com/mesh-check/mesh-check/render/source"
)

// manifestsBelow adds the manifests of a directory to what else there is in it. Where it
// has none, what was skipped is said beside the first of the others.
func manifestsBelow(t source.Tree, dir string, others []Input, left []source.Exclusion) []Input {
	if len(others) == 0 && helm.LacksChartYAML(t, dir) {
		return []Input{nothingIn(t, dir, "")}
	}
	found, passed := manifest.Find(dir, Walking(t, left))
	switch {
	case found:
		return append(others, Input{Path: dir, Kind: KindManifests, Excluded: left})
	case len(others) == 0:
		return []Input{nothingIn(t, dir, passed.String())}
	case passed.Any():
		others[0].Note = "skipped below " + dir + ": " + passed.String()
	}
	return others
}

// Walking says how directories are walked for manifests.
func Walking(t source.Tree, left []source.Exclusion) manifest.Options {
	return manifest.Options{
		Tree:           t,
		IsChart:        func(dir string) bool { return helm.IsChart(t, dir) },
		LacksChartYAML: func(dir string) bool { return helm.LacksChartYAML(t, dir) },
		IsPlan:         terraform.IsPlan, Excluded: excluding(left),
	}
}

// withoutInner leaves out the manifests of directories that are in another one whose
// manifests are among the inputs too.
func withoutInner(all []Input) []Input {
	return slices.DeleteFunc(slices.Clone(all), func(in Input) bool {
		return in.Kind == KindManifests && slices.ContainsFunc(all, func(other Input) bool {
			return other.Kind == KindManifests && other.Path != in.Path && inside(other.Path, in.Path)
		})
	})
}

// withRoots tells the manifests of a directory of the Terraform roots that are in it, or
// that it is in.
func withRoots(all []Input) []Input {
	for i, in := range all {
		if in.Kind != KindManifests {
			continue
		}
		for _, root := range all {
			if root.Kind == KindTerraform && root.Fault == nil && (inside(in.Path, root.Path) || inside(root.Path, in.Path)) {
				all[i].Roots = append(all[i].Roots, root)
			}
		}
	}
	return all
}

// excluding reports whether some exclusions leave out a name; nil where there are none.
func excluding(all []source.Exclusion) func(name string) bool {
	if len(all) == 0 {
		return nil
	}
	return func(name string) bool {
		abs, err := filepath.Abs(name)
		left := false
		for _, x := range all { // each is asked, since it may note that it fits
			left = err == nil && x.Fits(abs) || left
		}
		return left
	}
}

// inside reports whether a name is in a directory or is it, by their words alone.
func inside(dir, name string) bool {
	rel, err := filepath.Rel(dir, name)
	return err == nil && filepath.IsLocal(rel)
}

// templatesOf is the chart, spelled as the path is, of whose templates a path is one or a
// directory; empty for any other path.
func templatesOf(t source.Tree, path string) string {
	abs, err := filepath.Abs(path)
	if err != nil {
		return ""
	}
	for up := ".."; filepath.Dir(abs) != abs; abs, up = filepath.Dir(abs), filepath.Join(up, "..") {
		if filepath.Base(abs) == "templates" && helm.IsChart(t, filepath.Dir(abs)) {
			return filepath.ToSlash(filepath.Join(path, up))
		}
	}
	return ""
}

// nameChart is the advice for who has named a part of a chart.
func nameChart(dir string) string { return "name the chart's directory, " + dir }

// dirOf is the directory of a file, as the report spells it.
func dirOf(name string) string { return filepath.ToSlash(filepath.Dir(name)) }
