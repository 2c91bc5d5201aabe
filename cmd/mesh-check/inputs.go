package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

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
)

// maxManifest bounds one manifest file, plan or stream in bytes; the largest known
// release renders to 2 MB.
const maxManifest = 64 << 20

// input is one thing to look at.
type input struct {
	path  string // as the report spells it
	kind  string
	data  []byte        // of a manifest or plan
	err   *source.Error // what is wrong with it, before anything was read
	notes []string
	// within is the outermost directory of which a Terraform root may read files;
	// empty leaves it to the frontend.
	within string
}

// findInputs tells what each PATH is by looking at it, and lists what there is to
// check, each once, in the order of the arguments.
func findInputs(paths []string, stdin io.Reader) []input {
	var all []input
	seen := map[string]bool{}
	for _, path := range paths {
		for _, in := range inputsAt(path, stdin) {
			if !seen[in.path] {
				seen[in.path] = true
				all = append(all, in)
			}
		}
	}
	return all
}

func inputsAt(path string, stdin io.Reader) []input {
	if path == "-" {
		data, err := readManifest(stdin)
		return []input{textInput("-", data, err)}
	}
	name := shown(path)
	info, err := os.Stat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return []input{wrong(name, "there is no such file or directory", missingHint(path))}
	}
	if err != nil {
		return []input{{path: name, kind: kindManifest, err: broken(name, err)}}
	}
	if info.IsDir() {
		return inputsBelow(name)
	}
	return []input{fileInput(name)}
}

// missingHint says what else an argument can mean that is no file.
func missingHint(arg string) string {
	if id, err := checkID(arg); err == nil {
		return "did you mean mesh-check explain " + id + "?"
	}
	commands := []string{"check", "blame", "explain", "checks", "view", "version", "completion", "help"}
	if !strings.ContainsAny(arg, `/\.`) {
		if hint := didYouMean(arg, commands, ""); !strings.HasSuffix(hint, "; ") {
			return strings.TrimPrefix(strings.TrimSuffix(hint, "?"), "; ") + " (a command)?"
		}
	}
	return "name a chart, a directory with charts or Terraform, a plan, or a YAML file"
}

// inputsBelow are the charts and Terraform roots of a directory: itself, or those found
// below it. A chart is one input with all that lies in it.
func inputsBelow(dir string) []input {
	charts, err := helm.Find(dir)
	var all []input
	for _, chart := range charts {
		all = append(all, input{path: shown(chart), kind: kindChart})
	}
	if len(charts) != 1 || shown(charts[0]) != dir {
		all = append(all, terraformBelow(dir)...)
	}
	if err != nil { // of directories that cannot be read; the charts elsewhere are there
		all = append(all, input{path: dir, kind: kindChart, err: broken(dir, err)})
	}
	if len(all) == 0 {
		return []input{nothingIn(dir)}
	}
	return all
}

// nothingIn is the error for a directory with nothing to look at: what it seems to be.
func nothingIn(dir string) input {
	for _, part := range []string{"templates", "values.yaml"} {
		if _, err := os.Stat(filepath.Join(dir, part)); err == nil {
			in := wrong(dir, "looks like a chart but has no Chart.yaml", "add Chart.yaml or name the chart's directory")
			in.kind = kindChart
			return in
		}
	}
	return wrong(dir, "no chart (a directory with Chart.yaml) and no Terraform (*.tf) is here or below",
		"name manifest files and plans one by one, or pipe manifests in with -")
}

// fileInput tells what a file is by its first bytes.
func fileInput(name string) input {
	f, err := os.Open(name)
	if err != nil {
		return input{path: name, kind: kindManifest, err: broken(name, err)}
	}
	defer f.Close()
	head := make([]byte, 512)
	n, err := io.ReadFull(f, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return input{path: name, kind: kindManifest, err: broken(name, err)}
	}
	head = head[:n]
	switch {
	case bytes.HasPrefix(head, []byte{0x1f, 0x8b}):
		return input{path: name, kind: kindChart}
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return wrong(name, "is a zip archive, perhaps a binary Terraform plan",
			"write it as JSON with terraform show -json, and name it with --source for the places")
	case strings.HasSuffix(name, ".tf"):
		return wrong(name, "is one file of a Terraform configuration", "name its directory")
	case filepath.Base(name) == "Chart.yaml":
		return wrong(name, "is the Chart.yaml of a chart", "name the chart's directory")
	}
	data, err := readManifest(io.MultiReader(bytes.NewReader(head), f))
	return textInput(name, data, err)
}

// textInput tells what a text is: a plan, or manifests.
func textInput(name string, data []byte, err error) input {
	switch {
	case err != nil:
		return input{path: name, kind: kindManifest, err: broken(name, err)}
	case terraform.IsPlan(data):
		return input{path: name, kind: kindPlan, data: data}
	}
	if what := terraformText(data); what != "" {
		return wrong(name, what, "run terraform plan -out plan.bin and terraform show -json plan.bin > plan.json")
	}
	return input{path: name, kind: kindManifest, data: data}
}

func readManifest(r io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxManifest+1))
	if err == nil && len(data) > maxManifest {
		err = fmt.Errorf("more than %d MiB in one manifest file or plan; split it", maxManifest>>20)
	}
	return data, err
}

// wrong is an input of which nothing can be read.
func wrong(path, what, do string) input {
	return input{path: path, kind: kindManifest, err: &source.Error{What: what, Path: path, Do: do}}
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
	what := err
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		what = pathErr.Err // its path is told already
	}
	return &source.Error{What: oneLine(what.Error()), Path: path, Err: err}
}
