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
	"github.com/mesh-check/mesh-check/render/explore"
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

// CILeft is lines that exploring reaches and no file does.
type CILeft struct {
	Lines int
	Why   string
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
	set      *ExploredSet
	breaks   []Setting // settings of the set that are left out, since they break what is rendered
	fault    string    // why it reaches nothing
}

// CIValues are the fewest values files that we find which reach together what exploring has
// reached and the given values sets do not: always the one that reaches most of what is left. Each
// was rendered as it is, without the flags beside it, and renders manifests that are valid. What they do not reach, though
// exploring has, is left, with the reasons.
func (c *Chart) CIValues(e *Explored) (files []CIFile, left []CILeft) {
	base := e.base
	base.Deadline = c.options.Deadline
	missing := c.missing()
	candidates := make([]*ciCandidate, len(e.Sets))
	for i, set := range e.Sets {
		candidates[i] = c.candidate(e, base.Layers, set)
	}
	for {
		best, most := -1, 0
		for i, one := range candidates {
			if n := one.adds(missing); n > most {
				best, most = i, n
			}
		}
		if best < 0 || !base.Deadline.IsZero() && time.Now().After(base.Deadline) {
			return files, leftOf(candidates, missing)
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

// candidate is an explored values set as a file, over the values that exploring began with; one that has no
// values has a fault, and reaches nothing.
func (c *Chart) candidate(e *Explored, base []chart.Layer, set *ExploredSet) *ciCandidate {
	one := &ciCandidate{set: set}
	layers := slices.Clone(base)
	settings := e.Valid(set.Settings)
	one.breaks = explore.Without(set.Settings, settings)
	for _, s := range settings {
		if givesValues(s) {
			layers = append(layers, chart.Layer{Kind: chart.LayerKind(s.Flag), Text: s.Text})
		} else {
			one.beside = append(one.beside, s)
		}
	}
	text, err := c.chart.ValuesText(layers)
	if err != nil || len(one.beside) == len(settings) {
		one.rendered, one.lines = true, map[string]coverage.Bits{}
		if err != nil {
			one.fault = "its values cannot be written as YAML"
		}
		return one
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
	var result *render.Result
	if err == nil {
		result, err = prepared.Render()
	}
	if err != nil {
		one.fault = "the chart does not render with it: " + firstOf(e.chart.errors(err))
		return
	}
	if errs := new(Rendered).read(e.chart, result.Manifests); !e.AreGiven(errs) {
		one.fault = "it would render what is not valid: " + firstOf(errs)
		return
	}
	one.take(result.Coverage)
}

// firstOf is the first of several faults in a line, with its place.
func firstOf(errs []*source.Error) string {
	err := errs[0]
	if !err.At.Valid() {
		return err.What
	}
	return fmt.Sprintf("%s:%d: %s", err.At.File.Path, err.At.Begin().Line, err.What)
}

// leftOf are the lines that are missing still and that explored values sets reach: each once, with the reason why the
// file of the first one does not.
func leftOf(candidates []*ciCandidate, missing map[string]coverage.Bits) (left []CILeft) {
	for _, one := range candidates {
		if one.set.set == nil {
			continue
		}
		n := 0
		for path, r := range one.set.set.Coverage {
			still := missing[path].Without(r.Lines())
			n += missing[path].Count() - still.Count()
			missing[path] = still
		}
		if n == 0 {
			continue
		}
		why := one.why()
		if i := slices.IndexFunc(left, func(l CILeft) bool { return l.Why == why }); i >= 0 {
			left[i].Lines += n
			continue
		}
		left = append(left, CILeft{Lines: n, Why: why})
	}
	return left
}

// why is why a file does not reach all that its values set does.
func (one *ciCandidate) why() string {
	var reasons []string
	switch {
	case one.fault != "":
		reasons = append(reasons, one.fault)
	case !one.rendered:
		reasons = append(reasons, "there was no time left to render a file that would")
	}
	if len(one.beside) > 0 {
		reasons = append(reasons, "no values file can hold "+typedAll(one.beside))
	}
	if len(one.breaks) > 0 {
		reasons = append(reasons, typedAll(one.breaks)+" breaks what the chart renders")
	}
	if len(reasons) == 0 {
		return "as a file, the same values do not reach them"
	}
	return strings.Join(reasons, ", and ")
}

// typedAll are settings as they are typed.
func typedAll(settings []Setting) string {
	all := make([]string, len(settings))
	for i, s := range settings {
		all[i] = s.String()
	}
	return strings.Join(all, " ")
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
