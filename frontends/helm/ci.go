package helm

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/mesh-check/mesh-check/render"
	"github.com/mesh-check/mesh-check/render/chart"
	"github.com/mesh-check/mesh-check/render/coverage"
	"github.com/mesh-check/mesh-check/render/source"
)

// CIFile is a values file for the ci/ of a chart.
type CIFile struct {
	Name string // such as ci/explored-1-values.yaml
	Data []byte
	// Lines is how many template lines it reaches that neither the given values sets nor the
	// files before it do.
	Lines int
	// Beside are settings of the same values set that no values file can hold; what needs them is
	// not among Lines.
	Beside []Setting
}

// writtenCI matches the names of the files of ci/ that CIValues makes.
var writtenCI = regexp.MustCompile(`^ci/explored-[0-9]+-values\.yaml$`)

// givesValues reports whether a setting is one that a values file can hold.
func givesValues(s Setting) bool {
	return s.Flag == string(chart.Set) || s.Flag == string(chart.SetJSON) || s.Flag == string(chart.SetString)
}

// ciCandidate is a values set that a file can be made of.
type ciCandidate struct {
	data   []byte
	beside []Setting
	// lines are those that it reaches, by the template file. Until it is rendered, as it is, these are
	// those of the explored values set; nil: not known.
	lines    map[string]coverage.Bits
	rendered bool
}

// CIValues are the fewest values files that we find which reach together what exploring has
// reached and the given values sets do not: always the one that reaches most of what is left. Each
// was rendered as it is, without the flags beside it, and renders manifests that are valid.
func (c *Chart) CIValues(e *Explored) []CIFile {
	base := e.base
	base.Deadline = c.options.Deadline
	missing := c.missing()
	candidates := make([]*ciCandidate, 0, len(e.Sets))
	for _, set := range e.Sets {
		if one := c.candidate(e, base.Layers, set); one != nil {
			candidates = append(candidates, one)
		}
	}
	var files []CIFile
	for {
		best, most := -1, 0
		for i, one := range candidates {
			if n := one.adds(missing); n > most {
				best, most = i, n
			}
		}
		if best < 0 || !base.Deadline.IsZero() && time.Now().After(base.Deadline) {
			return files
		}
		one := candidates[best]
		if !one.rendered { // it may reach less than was thought, and then another one is best
			one.render(e, base)
			continue
		}
		for file, lines := range one.lines {
			missing[file] = missing[file].Without(lines)
		}
		files = append(files, CIFile{
			Name: fmt.Sprintf("ci/explored-%d-values.yaml", len(files)+1), Data: one.data, Lines: most, Beside: one.beside,
		})
	}
}

// candidate is an explored values set as a file, over the values that exploring began with; nil where
// it has no values.
func (c *Chart) candidate(e *Explored, base []chart.Layer, set *ExploredSet) *ciCandidate {
	one := &ciCandidate{}
	layers := slices.Clone(base)
	settings := e.Valid(set.Settings)
	for _, s := range settings {
		if givesValues(s) {
			layers = append(layers, chart.Layer{Kind: chart.LayerKind(s.Flag), Text: s.Text})
		} else {
			one.beside = append(one.beside, s)
		}
	}
	text, err := c.chart.ValuesText(layers)
	if err != nil || len(one.beside) == len(settings) {
		return nil
	}
	one.data = append(heading(one.beside), text...)
	if set.set != nil {
		one.take(set.set.Coverage)
	}
	return one
}

// render finds out what the file reaches: nothing where it does not render, or what it renders is not valid.
func (one *ciCandidate) render(e *Explored, base chart.Options) {
	one.rendered, one.lines = true, map[string]coverage.Bits{}
	base.Layers = []chart.Layer{{Kind: chart.ValuesFile, File: source.NewFile("", "explored-values.yaml", one.data)}}
	prepared, err := render.Prepare(e.chart.chart, base)
	if err != nil {
		return
	}
	result, err := prepared.Render()
	if err != nil {
		return
	}
	if errs := new(Rendered).read(e.chart, result.Manifests); e.AreGiven(errs) {
		one.take(result.Coverage)
	}
}

func (one *ciCandidate) take(reached coverage.Coverage) {
	one.lines = map[string]coverage.Bits{}
	for path, r := range reached {
		one.lines[path] = r.Lines()
	}
}

// adds is how many of the missing lines the file reaches, as far as is known.
func (one *ciCandidate) adds(missing map[string]coverage.Bits) (n int) {
	for file, lines := range missing {
		n += lines.Count()
		if one.lines != nil {
			n -= lines.Without(one.lines[file]).Count()
		}
	}
	return n
}

// heading says in a values file where it is from, and what it lacks.
func heading(beside []Setting) []byte {
	var b bytes.Buffer
	fmt.Fprintln(&b, "# Written by mesh-check cover --write-ci: values that reach branches which others leave out.")
	for _, s := range beside {
		fmt.Fprintln(&b, "# Some need this too, which no values file can say: "+strings.Join(strings.Fields(s.String()), " "))
	}
	return b.Bytes()
}

// missing are the lines that the given values sets do not reach, by the template file, without
// those of library charts.
func (c *Chart) missing() map[string]coverage.Bits {
	all := map[string]coverage.Bits{}
	for t, r := range c.templates(func(t chart.Template) bool { return !t.Library }) {
		all[t.File.Path] = r.Template.Lines.Without(r.Lines())
	}
	return all
}
