package explain

import (
	"errors"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"helm.sh/helm/v3/pkg/engine"

	"github.com/mesh-check/mesh-check/render/chart"
	"github.com/mesh-check/mesh-check/render/coverage"
	"github.com/mesh-check/mesh-check/render/source"
)

// Result is one rendered chart.
type Result struct {
	// Manifests are the rendered templates (without partials, NOTES.txt and empty
	// ones) and the files of crds/, sorted by Name.
	Manifests []*Manifest
	// Empty are the names of the templates that rendered white space alone.
	Empty []string
	// Warnings are what Helm would have logged, each once.
	Warnings []string
	// Coverage is which lines of the templates were rendered; nil where that is not known.
	Coverage coverage.Coverage
	// Bug is a fault of this package because of which places are not proven; nil for
	// none.
	Bug *source.Bug
}

// Render renders what is prepared with both engines and compares them. It is called once
// for each Inputs. An error is a *source.Error with the place in the template or in the
// values, where one is known, or several of them, joined. What the templates have rendered
// is not analyzed here.
func Render(in *chart.Inputs, o chart.Options) (*Result, error) { return newTracer(in, o).result() }

// result renders with both engines.
func (e *tracer) result() (*Result, error) {
	in, o := e.in, e.o
	if o.Sequential { // else it runs beside the templates and is asked for behind them
		if faults, _ := in.SchemaErrors(); len(faults) > 0 {
			return nil, joined(faults)
		}
	}
	begun := time.Now()
	var helm *helmRun
	if !o.Sequential {
		helm = startHelm(in)
	}
	own, ownErr := e.render()
	e.took("explain", begun)
	if e.fault != nil {
		if helm != nil {
			helm.Abandon()
		}
		return nil, e.fault
	}
	if helm == nil {
		helm = e.startHelm()
	}
	return e.refereed(own, ownErr, helm)
}

// startHelm lets Helm's engine render behind the templates: what it is at, nobody knows.
func (e *tracer) startHelm() *helmRun {
	if e.o.Began != nil {
		e.o.Began("")
	}
	return startHelm(e.in)
}

// refereed waits for what Helm's engine renders, and compares.
func (e *tracer) refereed(own map[string]*traced, ownErr error, helm *helmRun) (*Result, error) {
	in := e.in
	begun := time.Now()
	texts, err := helm.wait()
	e.took("render", begun)
	begun = time.Now()
	defer func() { e.took("compare", begun) }()
	faults, warnings := in.SchemaErrors()
	if len(faults) > 0 {
		return nil, joined(faults)
	}
	bug := e.bugOf(ownErr, err)
	if err != nil {
		err = e.renderError(err, ownErr)
		if bug != nil {
			err = errors.Join(err, bug.Fault(in.Chart.InputPath()))
		}
		return nil, err
	}
	if bug != nil {
		ownErr = errBug
	}
	result := &Result{Warnings: slices.Concat(in.Warnings, warnings), Bug: bug}
	var how map[string]hanging
	if ownErr == nil {
		if how, bug = e.hangings(own); bug != nil {
			result.Bug = bug
		}
	}
	for name, text := range texts {
		if how[name] == onOrder {
			text = own[name].text
		}
		base := path.Base(name)
		if strings.HasPrefix(base, "_") || strings.HasSuffix(name, notesFile) {
			continue
		}
		if strings.TrimSpace(text) == "" {
			result.Empty = append(result.Empty, name)
			continue
		}
		m := &Manifest{Name: name, Template: in.File(name), Text: text, e: e}
		switch m.compare(own[name], ownErr); how[name] {
		case onOrder:
			m.takes(own[name])
		case shuffled:
			if m.Exact || m.sameInAnotherOrder(own[name]) {
				m.explain, m.Reason = own[name], ""
				m.settle()
			}
		default:
			if !m.Exact && m.explain != nil && e.addressed { // such as the length of one
				m.takes(own[name])
			}
		}
		result.Manifests = append(result.Manifests, m)
	}
	e.anew(result.Manifests, own)
	if ownErr == nil && agreed(result, own) {
		result.Coverage = e.covered()
	}
	result.finish(in)
	return result, nil
}

// finish adds the files of crds/, and sorts.
func (r *Result) finish(in *chart.Inputs) {
	for _, crd := range in.Helm.CRDObjects() {
		name := filepath.ToSlash(crd.Filename)
		m := &Manifest{Name: name, Template: in.File(name), Text: string(crd.File.Data), CRD: true, Exact: true}
		r.Manifests = append(r.Manifests, m)
	}
	slices.Sort(r.Empty)
	slices.SortFunc(r.Manifests, func(a, b *Manifest) int { return strings.Compare(a.Name, b.Name) })
}

// joined makes one error of several.
func joined(faults []*source.Error) error {
	all := make([]error, len(faults))
	for i, fault := range faults {
		all[i] = fault
	}
	return errors.Join(all...)
}

// anew lets Helm render the chart once more where files came out in another way: those
// that differ again are rendered differently each time, and have the text of the
// tracing engine, which is the same in every run.
func (e *tracer) anew(all []*Manifest, own map[string]*traced) {
	left := slices.DeleteFunc(slices.Clone(all), func(m *Manifest) bool { return m.Exact || m.explain == nil || m.Reason == differing })
	if len(left) == 0 {
		return
	}
	texts, err := engine.Render(e.in.Helm, e.in.CopyTop())
	for _, m := range left {
		if err == nil && texts[m.Name] != m.Text {
			m.takes(own[m.Name])
		}
	}
}

// took tells how long a step took.
func (e *tracer) took(step string, since time.Time) {
	if e.o.Took != nil {
		e.o.Took(step, time.Since(since))
	}
}
