package input

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/mesh-check/mesh-check/frontends/helm"
	"github.com/mesh-check/mesh-check/render/source"
)

// Finder finds out what paths are.
type Finder struct {
	// Tree is where the files are; nil is the disk.
	Tree source.Tree
	// Below lists what is below a directory that is no chart. It is asked, since one has
	// to read in files for that, which somebody may want done in another process.
	Below func(dir string) []Input
	// Hint says what else a path can mean that is not there, as the advice of its fault;
	// nil says what a path can be.
	Hint func(path string) string
}

// Find tells what each path is by looking at it, and lists what there is to check, each
// once, in the order of the paths. A path of which nothing can be read is an input with a
// fault. The path - is the standard input, whose Data the caller reads.
func (f Finder) Find(paths []string) []Input {
	f.Tree = source.Or(f.Tree)
	var all []Input
	seen := map[string]bool{}
	for _, path := range paths {
		for _, in := range f.at(path) {
			if !seen[in.key()] {
				seen[in.key()] = true
				if (in.Kind == KindChart || in.Kind == KindManifests) && in.Fault == nil {
					in.Repository = repository(f.Tree, path, in.Path)
				}
				all = append(all, in)
			}
		}
	}
	return withRoots(withoutInner(all))
}

func (f Finder) at(path string) []Input {
	t := f.Tree
	if path == "-" {
		return []Input{{Path: "-", Kind: KindText, Pipe: true}}
	}
	if remote(t, path) {
		return []Input{remoteInput(path)}
	}
	name := source.Shown(t, path)
	if fault := Refused(t, name); fault != nil {
		return []Input{{Path: name, Kind: KindUnknown, Fault: fault}}
	}
	info, err := t.Stat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return []Input{Invalid(name, source.ErrMissing.Error(), f.hint(path))}
	}
	if err != nil {
		return []Input{Unreadable(name, KindUnknown, err)}
	}
	switch {
	case info.IsDir() && helm.IsChart(t, name):
		return []Input{{Path: name, Kind: KindChart}}
	case info.IsDir():
		if chart := templatesOf(t, name); chart != "" {
			return []Input{invalid(KindChart, name, "has templates of a chart, not manifests", nameChart(chart))}
		}
		return f.Below(name)
	}
	if !info.Mode().IsRegular() {
		return []Input{{Path: name, Kind: KindText, Pipe: true}}
	}
	return []Input{fileInput(t, name)}
}

// hint is the advice for a path that is not there.
func (f Finder) hint(path string) string {
	if f.Hint == nil {
		return WhatToName
	}
	return f.Hint(path)
}

// WhatToName says what a path can be.
const WhatToName = "name a chart, a directory with charts, Terraform or manifests, a plan, or a YAML file"

// Below are the charts, the Terraform roots and the manifests of a directory: itself,
// or those found below it, without what is excluded. A chart is one input with all that lies
// in it. Their number has a limit, and where there are more, the last one says so.
func Below(t source.Tree, dir string, excluded []source.Exclusion) []Input {
	return fewEnough(dir, below(t, dir, excluded))
}

// BelowWithFiles is Below with the files that lie beside each input: see Input.Beside.
func BelowWithFiles(t source.Tree, dir string) []Input {
	return fewEnough(dir, withBeside(t, below(t, dir, nil)))
}

func below(t source.Tree, dir string, left []source.Exclusion) []Input {
	charts, err := helm.Find(t, dir)
	excluded := excluding(left)
	var all []Input
	for _, chart := range charts {
		if excluded != nil && excluded(chart) {
			continue
		}
		all = append(all, Input{Path: source.Shown(t, chart), Kind: KindChart})
	}
	if len(charts) != 1 || source.Shown(t, charts[0]) != dir {
		all = append(all, terraformBelow(t, dir, excluded)...)
	}
	if err != nil { // of directories that cannot be read; the charts elsewhere are there
		all = append(all, Unreadable(dir, KindChart, err))
	}
	return manifestsBelow(t, dir, all, left)
}

// nothingIn is the error for a directory with nothing to look at: what it seems to be.
func nothingIn(t source.Tree, dir, instead string) Input {
	for _, part := range []string{"templates", "values.yaml"} {
		if _, err := t.Stat(filepath.Join(dir, part)); err == nil {
			return invalid(KindChart, dir, "looks like a chart but has no Chart.yaml", "add Chart.yaml or name the chart's directory")
		}
	}
	what := "there is no chart (a directory with Chart.yaml), Terraform (*.tf) or Kubernetes manifest here or below"
	if instead != "" {
		what += "; skipped: " + instead
	}
	in := Invalid(dir, what, "name plans one by one, or pipe manifests in with -")
	in.Empty = true
	return in
}

// fileInput tells what a file is by its first bytes.
func fileInput(t source.Tree, name string) Input {
	head, err := source.ReadWithin(source.HeadTime, 4, func() (io.ReadCloser, error) {
		f, err := t.Open(name)
		if err != nil {
			return nil, err
		}
		return struct {
			io.Reader
			io.Closer
		}{io.LimitReader(f, 4), f}, nil
	})
	if err != nil {
		return Unreadable(name, KindUnknown, err)
	}
	switch {
	case bytes.HasPrefix(head, []byte{0x1f, 0x8b}):
		return Input{Path: name, Kind: KindChart}
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return Invalid(name, "is a zip archive, perhaps a binary Terraform plan",
			"write it as JSON with terraform show -json, and pass it with --source for the lines")
	case strings.HasSuffix(name, ".tf"):
		return invalid(KindTerraform, name, "is one file of a Terraform configuration", "name its directory, "+dirOf(name))
	case filepath.Base(name) == "Chart.yaml":
		return invalid(KindChart, name, "is the Chart.yaml of a chart", nameChart(dirOf(name)))
	case filepath.Base(name) == "values.yaml" && helm.IsChart(t, dirOf(name)):
		return invalid(KindChart, name, "is the values.yaml of a chart", nameChart(dirOf(name)))
	}
	return Input{Path: name, Kind: KindText}
}
