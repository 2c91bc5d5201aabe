package render

import (
	"crypto/sha256"
	"time"
)

// Prepared is a chart with the values of one set, merged: all that templates are given.
type Prepared struct {
	in *inputs
	o  Options
}

// Prepare merges the values of a chart as Helm does before it renders. The error is
// as that of Render.
func Prepare(c *Chart, o Options) (*Prepared, error) {
	begun := time.Now()
	in, err := c.prepare(o)
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
func (p *Prepared) Digest() [sha256.Size]byte {
	return p.in.digest()
}
