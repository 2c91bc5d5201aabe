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
	"github.com/mesh-check/mesh-check/render/source"
)

// The kinds of inputs, as the report names them.
const (
	kindChart    = "chart"
	kindManifest = "manifest"
)

// maxManifest bounds one manifest file or stream in bytes; the largest known release
// renders to 2 MB.
const maxManifest = 64 << 20

// input is one thing to look at.
type input struct {
	path  string // as the report spells it
	kind  string
	data  []byte        // of a manifest
	err   *source.Error // what is wrong with it, before anything was read
	notes []string
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
		return []input{{path: "-", kind: kindManifest, data: data, err: broken("-", err)}}
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
	return "name a chart, a directory with charts, or a YAML file"
}

// inputsBelow are the charts of a directory: itself, or those found below it.
func inputsBelow(dir string) []input {
	roots, err := helm.Find(dir)
	terraform := terraformBelow(dir)
	if len(roots) == 0 && err == nil {
		return []input{noCharts(dir, terraform)}
	}
	var all []input
	for _, root := range roots {
		all = append(all, input{path: shown(root), kind: kindChart})
	}
	if err != nil { // of directories that cannot be read; the charts elsewhere are there
		all = append(all, input{path: dir, kind: kindChart, err: broken(dir, err)})
	}
	if terraform > 0 {
		all[0].notes = append(all[0].notes, fmt.Sprintf(
			"%d directories with .tf files below %s are left out: this version reads no Terraform", terraform, dir))
	}
	return all
}

// noCharts is the error for a directory without charts: what it seems to be.
func noCharts(dir string, terraform int) input {
	if terraform > 0 {
		return wrong(dir, "holds Terraform and no chart; this version reads no Terraform", "name a chart")
	}
	for _, part := range []string{"templates", "values.yaml"} {
		if _, err := os.Stat(filepath.Join(dir, part)); err == nil {
			in := wrong(dir, "looks like a chart but has no Chart.yaml", "add Chart.yaml or name the chart's directory")
			in.kind = kindChart
			return in
		}
	}
	return wrong(dir, "no chart (a directory with Chart.yaml) is here or below", "name manifest files one by one, or pipe them in with -")
}

// terraformBelow counts the directories with .tf files, which are not read.
func terraformBelow(dir string) int {
	dirs := map[string]bool{}
	_ = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return nil // Find has told what cannot be read
		case d.IsDir() && path != dir && (strings.HasPrefix(d.Name(), ".") || d.Name() == "node_modules"):
			return filepath.SkipDir
		case !d.IsDir() && strings.HasSuffix(d.Name(), ".tf"):
			dirs[filepath.Dir(path)] = true
		}
		return nil
	})
	return len(dirs)
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
		return wrong(name, "is a zip archive, perhaps a binary Terraform plan", "name a chart or a YAML file")
	case strings.HasSuffix(name, ".tf") || bytes.Contains(head, []byte(`"terraform_version"`)):
		return wrong(name, "is Terraform, which this version does not read", "name a chart or a YAML file")
	case filepath.Base(name) == "Chart.yaml":
		return wrong(name, "is the Chart.yaml of a chart", "name the chart's directory")
	}
	data, err := readManifest(io.MultiReader(bytes.NewReader(head), f))
	if err != nil {
		return input{path: name, kind: kindManifest, err: broken(name, err)}
	}
	return input{path: name, kind: kindManifest, data: data}
}

func readManifest(r io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxManifest+1))
	if err == nil && len(data) > maxManifest {
		err = fmt.Errorf("more than %d MiB in one manifest file; split it", maxManifest>>20)
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
