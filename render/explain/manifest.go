package explain

import "github.com/mesh-check/mesh-check/render/source"

// Manifest is the text that one template rendered to, or one file of crds/.
type Manifest struct {
	// Name is Helm's name of the template: chart/charts/sub/templates/x.yaml.
	Name string
	// Template is the file that was rendered.
	Template *source.File
	// Text is what Helm's own engine rendered. Where Helm renders something else
	// each time (random names, keys, the time, documents in the order of a Go map),
	// these bytes are fixed ones, and the documents in a fixed order.
	Text string
	// CRD marks a file of crds/, which Helm installs as it is.
	CRD bool
	// Exact says that the tracing engine rendered the same bytes; where it is
	// false, Reason says why not.
	Exact  bool
	Reason string

	e       *tracer   // nil for crds/
	explain *traced   // nil where the tracing engine has failed
	aligned alignment // of Text with what the tracing engine rendered
}
