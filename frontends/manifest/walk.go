package manifest

import (
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/render/source"
)

// Options say what a directory is walked with; the zero Options leave nothing out.
type Options struct {
	// Tree is where the files are; nil is the disk.
	Tree source.Tree
	// IsChart reports whether a directory is a chart: all that is in it belongs to it.
	IsChart func(dir string) bool
	// LacksChartYAML reports whether a directory is a chart but for its Chart.yaml.
	LacksChartYAML func(dir string) bool
	// IsPlan reports whether a text, which may be cut, is a Terraform plan.
	IsPlan func(text []byte) bool
	// Excluded reports whether a file or directory is left out because the user says so.
	Excluded func(name string) bool
	// OfTerraform reports whether a Terraform root reads a file, whose objects are its own then.
	OfTerraform func(name string) bool
	// Began is called with the name of each file before it is read.
	Began func(name string)

	bounds bounds // zero: usual
}

// bounds are how much of a directory is analyzed.
type bounds struct {
	entries int   // names below it
	files   int   // files that hold objects
	bytes   int64 // of these
	depth   int   // directories in each other
}

// usual is far above what repositories hold, and what a worker reads in its time.
var usual = bounds{entries: 500_000, files: 20_000, bytes: 64 << 20, depth: 64}

const (
	// maxFile bounds one file in bytes; a larger one is skipped and reported.
	maxFile = 16 << 20
	// headSize is how far into a file apiVersion is looked for, in bytes.
	headSize = 64 << 10
)

// fetched are directories that tools have filled: nothing of them is part of the project.
var fetched = []string{".git", ".terraform", "node_modules"}

// newWalk begins a walk through a directory.
func newWalk(dir string, o Options) *walk {
	o.Tree = source.Or(o.Tree)
	return &walk{Options: o, dir: dir}
}

// walk is one walk through a directory.
type walk struct {
	Options
	dir            string
	files          []string // YAML and JSON files in the order of their names
	kustomizations []string
	passed         Passed
	errors         []*source.Error
	entries        int
}

// gather lists the files of the directory that may hold objects. Symbolic links are not
// followed; directories that cannot be read are reported by the search for charts.
func (w *walk) gather() {
	if w.bounds == (bounds{}) {
		w.bounds = usual
	}
	_ = source.Walk(w.Tree, w.dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			if d != nil && d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if w.entries++; w.entries > w.bounds.entries {
			w.beyond(fmt.Sprintf("more than %d files and directories", w.bounds.entries))
			return fs.SkipAll
		}
		if d.IsDir() {
			return w.enter(name, d)
		}
		w.take(name, d)
		return nil
	})
}

// ofRun reports whether a file says how inputs are analyzed, by its name: it is read for that,
// and nobody misses it among the manifests.
func ofRun(base string) bool {
	return base == ".mesh-check.yaml" || strings.HasSuffix(base, ".tfvars.json")
}

// enter reports whether a directory is walked too.
func (w *walk) enter(name string, d fs.DirEntry) error {
	switch {
	case name == w.dir:
		return nil
	case w.Excluded != nil && w.Excluded(name):
		if !slices.Contains(fetched, d.Name()) {
			w.passed.add(excluded, name)
		}
		return fs.SkipDir
	case slices.Contains(fetched, d.Name()):
		return fs.SkipDir
	case strings.HasPrefix(d.Name(), "."):
		w.passed.add(hidden, name)
		return fs.SkipDir
	case w.IsChart != nil && w.IsChart(name):
		return fs.SkipDir
	case w.LacksChartYAML != nil && w.LacksChartYAML(name):
		w.passed.add(incompleteChart, name)
		return fs.SkipDir
	case w.depth(name) > w.bounds.depth:
		w.beyond(fmt.Sprintf("directories more than %d deep", w.bounds.depth))
		return fs.SkipDir
	}
	return nil
}

func (w *walk) depth(name string) int {
	rel, err := filepath.Rel(w.dir, name)
	if err != nil {
		return 0
	}
	return 1 + strings.Count(rel, string(filepath.Separator))
}

// take keeps a file that may hold objects by its name.
func (w *walk) take(name string, d fs.DirEntry) {
	base := strings.ToLower(d.Name())
	if d.Type()&fs.ModeSymlink != 0 {
		if info, err := w.Tree.Stat(name); err == nil && info.IsDir() {
			w.passed.add(link, name)
			return
		}
	}
	if !slices.Contains([]string{".yaml", ".yml", ".json"}, filepath.Ext(base)) && base != "kustomization" || ofRun(base) {
		return
	}
	switch {
	case w.Excluded != nil && w.Excluded(name):
		w.passed.add(excluded, name)
	case d.Type()&fs.ModeSymlink != 0:
		w.passed.add(link, name)
	case !d.Type().IsRegular():
		w.passed.add(special, name)
	case w.OfTerraform != nil && w.OfTerraform(name):
		w.passed.add(ofTerraform, name)
	case isKustomization(base):
		w.kustomizations = append(w.kustomizations, name)
		w.passed.add(kustomization, name)
	default:
		w.files = append(w.files, name)
	}
}

// beyond is reported once of each bound of the walk.
func (w *walk) beyond(what string) {
	e := &source.Error{What: "the directory contains " + what + "; the rest is not analyzed", Path: w.dir,
		Do: "name its directories one by one, or skip some with --exclude"}
	if !slices.ContainsFunc(w.errors, func(other *source.Error) bool { return other.What == e.What }) {
		w.errors = append(w.errors, e)
	}
}

// size is a number of bytes in words.
func size(bytes int64) string {
	if bytes >= 1<<20 {
		return fmt.Sprintf("%d MiB", bytes>>20)
	}
	return fmt.Sprintf("%d bytes", bytes)
}
