package chart

import (
	"time"

	"github.com/mesh-check/mesh-check/render/source"
)

// Options are the inputs of one render besides the chart, with the meaning that
// they have for `helm template`.
type Options struct {
	ReleaseName string   // default: the chart's name
	Namespace   string   // default: "default"
	KubeVersion string   // such as 1.34.0; default: DefaultKubeVersion
	APIVersions []string // added to the default capabilities
	IsUpgrade   bool     // .Release.IsUpgrade instead of .IsInstall
	// Layers are the values in the order in which Helm applies them: all -f
	// files first, then the --set flags by kind, as Helm orders them.
	Layers []Layer

	// Sequential lets Helm's engine start only when the tracing engine has come to
	// its end within its limits. Else both run side by side, which is faster, and
	// a chart that Helm's engine does not survive takes the process with it.
	Sequential bool
	// Began, where it is set, is called with each template file before it is parsed and rendered,
	// by the file's Name: a process that dies has died there. So is each schema of
	// values before it is applied, where Sequential is set, and empty before Helm's engine
	// starts then. It is called by one goroutine at a time.
	Began func(template string)
	// Took, where it is set, receives how long the steps of the rendering take:
	// prepare, explain, render (by Helm's engine, where it is waited for) and
	// compare.
	Took func(step string, took time.Duration)
	// Deadline, where it is set, is when the tracing engine gives up, with the
	// place in the template that it has come to.
	Deadline time.Time
}

// LayerKind says how a Layer is read.
type LayerKind string

// The kinds of layers, named for Helm's flags.
const (
	ValuesFile LayerKind = "values"      // -f: File
	SetJSON    LayerKind = "set-json"    // --set-json: Text
	Set        LayerKind = "set"         // --set: Text
	SetString  LayerKind = "set-string"  // --set-string: Text
	SetFile    LayerKind = "set-file"    // --set-file: Text is key=path; ReadFile reads
	SetLiteral LayerKind = "set-literal" // --set-literal: Text
)

// Layer is one -f file or one --set flag.
type Layer struct {
	Kind LayerKind
	File *source.File // for ValuesFile
	Text string       // for the flags: what was given behind the flag
	// ReadFile reads the files that --set-file names; nil forbids it.
	ReadFile func(path string) ([]byte, error)
}
