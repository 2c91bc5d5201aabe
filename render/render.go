package render

import "github.com/mesh-check/mesh-check/render/source"

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

// Result is one rendered chart.
type Result struct {
	// Manifests are the rendered templates (without partials, NOTES.txt and empty
	// ones) and the files of crds/, sorted by Name.
	Manifests []*Manifest
	// Warnings are what Helm would have logged, each once.
	Warnings []string
}
