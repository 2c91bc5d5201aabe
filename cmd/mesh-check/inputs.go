package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/mesh-check/mesh-check/cmd/mesh-check/config"
	"github.com/mesh-check/mesh-check/frontends/helm"
	"github.com/mesh-check/mesh-check/frontends/terraform"
	"github.com/mesh-check/mesh-check/render/source"
)

// The kinds of inputs, as the report names them.
const (
	kindChart     = "chart"
	kindTerraform = "terraform"
	kindPlan      = "plan"
	kindManifest  = "manifest"
	kindManifests = "manifests" // the manifest files of a directory

	// kindText is a file of which nobody has found out whether it is a plan.
	kindText = "text"
)

// maxText bounds one manifest file, plan or stream in bytes; the largest known
// release renders to 2 MB.
const maxText = 64 << 20

// input is one thing to look at.
type input struct {
	Path  string // as the report spells it
	Kind  string
	Pipe  bool   // it can be read but once, so that the parent reads it: see drawn
	Data  []byte // of a pipe
	Fault *fault // what is wrong with it, before anything was read
	// Within is the outermost directory of which a Terraform root may read files;
	// empty leaves it to the frontend.
	Within string
	// Own is what the configuration says about it alone.
	Own own
	// Excluded is what is left out below it.
	Excluded []source.Exclusion
	// Beside are files that lie beside it, for init.
	Beside []string
	// Empty says that the fault is that there is nothing.
	Empty bool
	// Roots are the Terraform roots that may read manifests of a directory.
	Roots []input
	// Note is what is to be said about what lies beside it; may be empty.
	Note string
}

// key tells inputs apart: a directory can be a Terraform root and have manifests.
func (in input) key() string {
	if in.Kind == kindManifests {
		return in.Path + "\x00" + in.Kind
	}
	return in.Path
}

// fault is a *source.Error that has no place inside a file: it can be sent.
type fault struct{ What, Path, Do string }

func (f fault) error() *source.Error { return &source.Error{What: f.What, Path: f.Path, Do: f.Do} }

// findInputs tells what each PATH is by looking at it, and lists what there is to
// check, each once, in the order of the arguments. What lies below directories that
// are no charts is asked of below, since one has to read in files for that.
func findInputs(t source.Tree, paths []string, below func(dir string) []input) []input {
	var all []input
	seen := map[string]bool{}
	for _, path := range paths {
		for _, in := range inputsAt(t, path, below) {
			if !seen[in.key()] {
				seen[in.key()] = true
				all = append(all, in)
			}
		}
	}
	return withRoots(withoutInner(all))
}

func inputsAt(t source.Tree, path string, below func(dir string) []input) []input {
	if path == "-" {
		return []input{{Path: "-", Kind: kindText, Pipe: true}}
	}
	if remote(t, path) {
		return []input{remoteInput(path)}
	}
	name := source.Shown(t, path)
	if in, is := refusedInput(t, name); is {
		return []input{in}
	}
	info, err := t.Stat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return []input{wrong(name, "there is no such file or directory", missingHint(path))}
	}
	if err != nil {
		return []input{faulty(name, kindManifest, err)}
	}
	switch {
	case info.IsDir() && helm.IsChart(t, name):
		return []input{{Path: name, Kind: kindChart}}
	case info.IsDir():
		return below(name)
	}
	if !info.Mode().IsRegular() {
		return []input{{Path: name, Kind: kindText, Pipe: true}}
	}
	return []input{fileInput(t, name)}
}

// missingHint says what else an argument can mean that is no file.
func missingHint(arg string) string {
	if id, err := config.CheckID(arg); err == nil {
		return "did you mean " + config.Typed() + " explain " + id + "?"
	}
	commands := []string{"check", "blame", "explain", "checks", "view", "merge", "init", "version", "completion", "help"}
	if !strings.ContainsAny(arg, `/\.`) {
		if hint := config.DidYouMean(arg, commands, ""); !strings.HasSuffix(hint, "; ") {
			return strings.TrimPrefix(strings.TrimSuffix(hint, "?"), "; ") + " (a command)?"
		}
	}
	return "name a chart, a directory with charts, Terraform or manifests, a plan, or a YAML file"
}

// inputsBelow are the charts, the Terraform roots and the manifests of a directory: itself,
// or those found below it. A chart is one input with all that lies in it.
func inputsBelow(t source.Tree, dir string, left []source.Exclusion) []input {
	charts, err := helm.Find(t, dir)
	excluded := excluding(left)
	var all []input
	for _, chart := range charts {
		if excluded != nil && excluded(chart) {
			continue
		}
		all = append(all, input{Path: source.Shown(t, chart), Kind: kindChart})
	}
	if len(charts) != 1 || source.Shown(t, charts[0]) != dir {
		all = append(all, terraformBelow(t, dir, excluded)...)
	}
	if err != nil { // of directories that cannot be read; the charts elsewhere are there
		all = append(all, faulty(dir, kindChart, err))
	}
	return manifestsBelow(t, dir, all, left)
}

// nothingIn is the error for a directory with nothing to look at: what it seems to be.
func nothingIn(t source.Tree, dir, instead string) input {
	for _, part := range []string{"templates", "values.yaml"} {
		if _, err := t.Stat(filepath.Join(dir, part)); err == nil {
			in := wrong(dir, "looks like a chart but has no Chart.yaml", "add Chart.yaml or name the chart's directory")
			in.Kind = kindChart
			return in
		}
	}
	what := "no chart (a directory with Chart.yaml), no Terraform (*.tf) and no Kubernetes manifest is here or below"
	if instead != "" {
		what += "; passed over: " + instead
	}
	in := wrong(dir, what, "name plans one by one, or pipe manifests in with -")
	in.Empty = true
	return in
}

// fileInput tells what a file is by its first bytes.
func fileInput(t source.Tree, name string) input {
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
		return faulty(name, kindManifest, err)
	}
	switch {
	case bytes.HasPrefix(head, []byte{0x1f, 0x8b}):
		return input{Path: name, Kind: kindChart}
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return wrong(name, "is a zip archive, perhaps a binary Terraform plan",
			"write it as JSON with terraform show -json, and name it with --source for the places")
	case strings.HasSuffix(name, ".tf"):
		return wrong(name, "is one file of a Terraform configuration", "name its directory")
	case filepath.Base(name) == "Chart.yaml":
		return wrong(name, "is the Chart.yaml of a chart", "name the chart's directory")
	}
	return input{Path: name, Kind: kindText}
}

// text reads the text of an input and tells what it is: a plan, or manifests.
func (in input) text(t source.Tree) (input, error) {
	if in.Data == nil && !in.Pipe {
		f, err := t.Open(in.Path)
		if err != nil {
			return in, err
		}
		defer f.Close()
		if in.Data, err = readText(f); err != nil {
			return in, err
		}
	}
	if terraform.IsPlan(in.Data) {
		in.Kind = kindPlan
		return in, nil
	}
	if what := terraformText(in.Data); what != "" {
		return in, wrong(in.Path, what, "run terraform plan -out plan.bin and terraform show -json plan.bin > plan.json").Fault.error()
	}
	return in, nil
}

// readText reads a manifest file, a plan or a stream of them.
func readText(r io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxText+1))
	if err == nil && len(data) > maxText {
		err = fmt.Errorf("more than %d MiB in one manifest file or plan; split it", maxText>>20)
	}
	return data, err
}

// wrong is an input of which nothing can be read.
func wrong(path, what, do string) input {
	return input{Path: path, Kind: kindManifest, Fault: &fault{What: what, Path: path, Do: do}}
}

// faulty is an input that cannot be read because of err.
func faulty(path, kind string, err error) input {
	e := broken(path, err)
	return input{Path: path, Kind: kind, Fault: &fault{What: e.What, Path: e.Path, Do: e.Do}}
}

// broken is the error of an input that cannot be read; nil for nil.
func broken(path string, err error) *source.Error {
	if err == nil {
		return nil
	}
	var known *source.Error
	if errors.As(err, &known) {
		return known
	}
	return &source.Error{What: oneLine(source.Cause(err).Error()), Path: path, Err: err}
}
