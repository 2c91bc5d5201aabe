package render

import (
	"crypto/sha256"
	"time"

	"github.com/mesh-check/mesh-check/render/chart"
	"github.com/mesh-check/mesh-check/render/explain"
)

// Options are the inputs of one render besides the chart.
type Options = chart.Options

// Manifest is the text that one template rendered to, or one file of crds/.
type Manifest = explain.Manifest

// Result is one rendered chart.
type Result = explain.Result

// Render renders a chart as `helm template` does. Beside Helm's engine, which
// tells what the text is, the tracing engine renders the same templates; a
// Manifest is Exact where both agree. The error is a *source.Error with the place
// in the template or in the values, where one is known; values that break the
// chart's schema are several of them, joined. What the templates have rendered is
// not analyzed here.
//
// A chart that goes beyond the limits of the tracing engine is an error at the
// place where it does. Helm's engine may then be left running: see Abandoned.
func Render(c *chart.Chart, o Options) (*Result, error) {
	p, err := Prepare(c, o)
	if err != nil {
		return nil, err
	}
	return p.Render()
}

// Prepared is a chart with the values of one set, merged: all that templates are given.
type Prepared struct {
	in *chart.Inputs
	o  Options
}

// Prepare merges the values of a chart as Helm does before it renders. The error is
// as that of Render.
func Prepare(c *chart.Chart, o Options) (*Prepared, error) {
	begun := time.Now()
	in, err := c.Prepare(o)
	if o.Took != nil {
		o.Took("prepare", time.Since(begun))
	}
	if err != nil {
		return nil, err
	}
	return &Prepared{in, o}, nil
}

// Digest is the same for two sets of one Chart, prepared with Options that differ in
// nothing but their Layers, exactly when templates are given the same: they render the
// same then, and every byte of it is written by the same place of the templates. Where
// a value was written, in which file, may differ.
func (p *Prepared) Digest() [sha256.Size]byte { return p.in.Digest() }

// Render is the function Render of what is prepared. It is called once.
func (p *Prepared) Render() (*Result, error) { return explain.Render(p.in, p.o) }

// Abandoned is the number of Helm's engines, and of validations of values, that still run
// though Render has returned. They cannot be stopped and may take any amount of time and
// memory: a process that reads one above zero should end, once it has answered.
func Abandoned() int { return chart.Abandoned() }
