package input

import (
	"bytes"
	"fmt"
	"io"

	"github.com/mesh-check/mesh-check/frontends/helm"
	"github.com/mesh-check/mesh-check/frontends/terraform"
	"github.com/mesh-check/mesh-check/render/source"
)

// The kinds of inputs, as the report names them.
const (
	KindChart     = "chart"
	KindTerraform = "terraform"
	KindPlan      = "plan"
	KindManifest  = "manifest"
	KindManifests = "manifests" // the manifest files of a directory
	KindUnknown   = ""          // nobody knows: there is nothing, or nobody may look

	// KindText is a file of which nobody has found out whether it is a plan.
	KindText = "text"
)

// MaxSize bounds one manifest file, plan or stream in bytes; the largest known
// release renders to 2 MB.
const MaxSize = 64 << 20

// Input is one thing to look at.
type Input struct {
	Path  string // as the report spells it
	Kind  string
	Pipe  bool   // it can be read but once, so that whoever asks for its analysis fills Data
	Data  []byte // of a pipe, or of a file that was read already; else nil
	Fault *Fault // what is wrong with it, before anything was read
	// Within is the outermost directory of which a Terraform root may read files;
	// empty leaves it to the frontend.
	Within string
	// Repository is the directory in which releases of charts may be declared, spelled like
	// Path: its repository, else the directory that was named, below which it was found; empty for none.
	Repository string
	// Own is what is said about it alone.
	Own Own
	// Excluded is what is left out below it.
	Excluded []source.Exclusion
	// Beside are files that lie beside it, for init.
	Beside []string
	// Empty says that the fault is that there is nothing.
	Empty bool
	// Roots are the Terraform roots that may read manifests of a directory.
	Roots []Input
	// Note is what is to be said about what lies beside it; may be empty.
	Note string
}

// Own is what is said about one input alone. The zero value says nothing.
type Own struct {
	// Namespace and ReleaseName take the place of those of the run; of Terraform,
	// Workspace does.
	Namespace, ReleaseName, Workspace string
	// ValuesSets are values sets of a chart beside those of the run, which win.
	ValuesSets []helm.ValuesSet
	// VarFiles are files of Terraform variables, behind those of the run.
	VarFiles []string
}

// key tells inputs apart: a directory can be a Terraform root and have manifests.
func (in Input) key() string {
	if in.Kind == KindManifests {
		return in.Path + "\x00" + in.Kind
	}
	return in.Path
}

// Text reads the text of an input and tells what it is: a plan, or manifests; with an error
// also the template of a chart.
func (in Input) Text(t source.Tree) (Input, error) {
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
		in.Kind = KindPlan
		return in, nil
	}
	if !in.Pipe && bytes.Contains(in.Data, []byte("{{")) {
		if chart := templatesOf(t, in.Path); chart != "" {
			in.Kind = KindChart
			return in, invalid(KindChart, in.Path, "is a template of a chart, not a manifest", nameChart(chart)).Fault.Error()
		}
	}
	if what := terraformText(in.Data); what != "" {
		return in, Invalid(in.Path, what, "run terraform plan -out plan.bin and terraform show -json plan.bin > plan.json").Fault.Error()
	}
	return in, nil
}

// readText reads a manifest file, a plan or a stream of them.
func readText(r io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxSize+1))
	if err == nil && len(data) > MaxSize {
		err = fmt.Errorf("more than %d MiB in one manifest file or plan; split it", MaxSize>>20)
	}
	return data, err
}
