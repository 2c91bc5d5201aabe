package meshcheck

import (
	"errors"
	"time"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/helm"
	"github.com/mesh-check/mesh-check/frontends/input"
	"github.com/mesh-check/mesh-check/frontends/release/search"
	"github.com/mesh-check/mesh-check/frontends/terraform"
	"github.com/mesh-check/mesh-check/render/source"
)

// Request says what is to be analyzed, and how. The zero value of every field but Paths is
// useful.
type Request struct {
	// Paths name charts (directories or archives), Terraform roots, plans as JSON, manifest
	// files, and directories that have them below; relative to the working directory, or
	// absolute. What is a pipe, as the standard input is, is not read: give it as one of
	// Inputs, with its Data.
	Paths []string
	// Inputs are analyzed behind those of Paths: inputs that were found before, by an
	// input.Finder.
	Inputs []input.Input
	// Exclude are patterns of paths that are left out below the directories of Paths.
	Exclude []source.Exclusion
	// Own, where it is set, says what counts for one input of Paths alone, such as its
	// values sets.
	Own func(input.Input) input.Own

	// Tree is where all files are; nil is the disk.
	Tree source.Tree
	// Overlay are the bytes of files that count in the place of those of the tree, by their
	// names, such as files that somebody edits; there may be files that the tree has not.
	Overlay map[string][]byte

	// Helm says how charts are rendered: the values, the name of the release, its
	// namespace, the version of Kubernetes. Its Tree, Deadline and Began are set here.
	Helm helm.Options
	// Releases, where it is set, has charts rendered also as their repositories deploy them: each
	// release that the repository of an input declares is one more values set of its chart. It
	// remembers what was found, for further requests with the same Tree, Overlay and Helm. Where
	// Helm has Layers, no release counts.
	Releases *search.Memo
	// Explore, where it is set, says how far charts are explored: rendered with settings that reach
	// branches which their values sets leave out. What is found there alone names the fewest
	// settings with which it is there. Its Found is set here. Charts that are analyzed together are
	// not explored.
	Explore *helm.ExploreOptions
	// Terraform says how roots are evaluated: the variables, the workspace, the
	// environment. Its Tree and Helm are set here: charts of helm_release resources get the
	// versions of Helm, and none of its values.
	Terraform terraform.Options
	// Sources is the directory with the .tf files of the plans; empty: there is none.
	Sources string
	// Mesh are the version and the settings of Istio; nil is the newest one with its defaults.
	Mesh *checks.Mesh
	// Graph asks for a picture of what each input makes of the mesh, beside the findings.
	Graph bool
	// Selection says which checks run, and with which severity.
	Selection checks.Selection
	// Together analyzes the objects of all inputs as those of one cluster, charts with their
	// releases or, where they have none, with their first values set alone. Releases of
	// several environments are as many clusters, each with all that belongs to none.
	Together bool
	// Today is the day by which ignore comments end, as 2026-11-28; empty: none ends.
	Today string

	// Skips are parts of inputs that are not analyzed: each is an error instead.
	Skips []Skip
	// Checkpoint, where it is set, receives what is analyzed from now on: the index of the
	// input, of those of Paths first, the values set and the template or file, which may be
	// empty. It is called by several goroutines, one after the other.
	Checkpoint func(input int, valuesSet, template string)
	// GivesUp, where it is set, receives the time when the values set that begins now is to give up,
	// as an error of that set: before the deadline of the context, where others still wait.
	// The time is zero where the context has no deadline.
	GivesUp func(at time.Time)
}

// Skip is a part of an input that is not analyzed, and why.
type Skip struct {
	Input     string // its path
	ValuesSet string // empty: all of it
	Fault     input.Fault
}

// errNothing is the error of a request without any input.
var errNothing = errors.New("nothing to analyze: neither Paths nor Inputs name an input")

// fault is what is wrong with the request.
func (req *Request) fault() error {
	if len(req.Paths)+len(req.Inputs) == 0 {
		return errNothing
	}
	return nil
}

// inputs are those of the paths, found in a tree, and those that were found before.
func (req *Request) inputs(tree source.Tree) []input.Input {
	finder := input.Finder{Tree: tree, Below: func(dir string) []input.Input { return input.Below(tree, dir, req.Exclude) }}
	var all []input.Input
	for _, in := range finder.Find(req.Paths) {
		if in.Pipe && in.Fault == nil {
			in.Fault = &input.Fault{What: "is a pipe or the standard input, which is not read here", Path: in.Path, Do: "read it, and pass its bytes"}
		}
		if req.Own != nil {
			in.Own = req.Own(in)
		}
		all = append(all, in)
	}
	return append(all, req.Inputs...)
}
