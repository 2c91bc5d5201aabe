package coverage

import "github.com/mesh-check/mesh-check/render/source"

// Coverage is what renders of a chart have come to, by the Path of the template file. Files
// of sub-charts that were left out of each render are not in it.
type Coverage map[string]*Reached

// Reached is what renders have come to of one template file.
type Reached struct {
	File     *source.File
	Template *Template
	// Runs says of each run of the template whether a render has come to it, and Live
	// whether any could have: a template that is defined again elsewhere is not executed.
	Runs, Live []bool
}

// Add takes in what other renders have come to, of the same chart.
func (c Coverage) Add(other Coverage) {
	for path, r := range other {
		mine := c[path]
		if mine == nil {
			mine = &Reached{r.File, r.Template, make([]bool, len(r.Runs)), make([]bool, len(r.Runs))}
			c[path] = mine
		}
		if len(mine.Runs) != len(r.Runs) {
			continue // read again after somebody has changed it
		}
		for i := range r.Runs {
			mine.Runs[i] = mine.Runs[i] || r.Runs[i]
			mine.Live[i] = mine.Live[i] || r.Live[i]
		}
	}
}

// Unrendered is what nothing was reached of: a file of a chart that was left out of each
// render. It has no runs.
func Unrendered(f *source.File, src string) *Reached {
	return &Reached{File: f, Template: &Template{Lines: Lines(src), src: src}}
}

// Lines are the lines of the file that a render has written.
func (r *Reached) Lines() Bits { return r.Template.Reached(r.Runs) }

// Count is how many lines there are, and how many of them were reached.
type Count struct{ Lines, Reached int }

// Plus is the sum.
func (c Count) Plus(other Count) Count {
	return Count{c.Lines + other.Lines, c.Reached + other.Reached}
}

// Percent is the share of lines that were reached, rounded down: 100 is all of them. Where
// there are none, it is 100.
func (c Count) Percent() int {
	if c.Lines == 0 {
		return 100
	}
	return 100 * c.Reached / c.Lines
}
