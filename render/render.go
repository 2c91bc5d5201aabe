package render

import (
	"errors"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"helm.sh/helm/v3/pkg/engine"

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

	// Careful lets Helm's engine start only when the explaining engine has come to
	// its end within its limits. Else both run side by side, which is faster, and
	// a chart that Helm's engine does not survive takes the process with it.
	Careful bool
	// Began, where it is set, is told each template file before it is parsed and rendered,
	// by the file's Name: a process that dies has died there. So is each schema of
	// values before it is applied, where Careful is set, and empty before Helm's engine
	// starts then. It is called by one goroutine at a time.
	Began func(template string)
	// Took, where it is set, is told how long the steps of the rendering take:
	// prepare, explain, render (by Helm's engine, where it is waited for) and
	// compare.
	Took func(step string, took time.Duration)
	// Deadline, where it is set, is when the explaining engine gives up, with the
	// place in the template that it has come to.
	Deadline time.Time

	limits *limits // nil: defaultLimits
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
	// Empty are the names of the templates that rendered white space alone.
	Empty []string
	// Warnings are what Helm would have logged, each once.
	Warnings []string
	// Bug is a fault of this package because of which places are not proven; nil for
	// none.
	Bug *source.Bug
}

// Render renders a chart as `helm template` does. Beside Helm's engine, which
// tells what the text is, the explaining engine renders the same templates; a
// Manifest is Exact where both agree. The error is a *source.Error with the place
// in the template or in the values, where one is known; values that break the
// chart's schema are several of them, joined. What the templates have rendered is
// not judged here.
//
// A chart that goes beyond the limits of the explaining engine is an error at the
// place where it does. Helm's engine may then be left running: see Abandoned.
func Render(c *Chart, o Options) (*Result, error) {
	p, err := c.Prepare(o)
	if err != nil {
		return nil, err
	}
	return p.Render()
}

// Render is the function Render of what is prepared. It is called once.
func (p *Prepared) Render() (*Result, error) {
	return p.explainedBy(newExplainer(p.in, p.o))
}

// explainedBy is Render with an explaining engine.
func (p *Prepared) explainedBy(e *explainer) (*Result, error) {
	c, in, o := p.c, p.in, p.o
	if o.Careful { // else it runs beside the templates and is asked for behind them
		if faults, _ := in.schemaErrors(); len(faults) > 0 {
			return nil, joined(faults)
		}
	}
	begun := time.Now()
	var helm *truth
	if !o.Careful {
		helm = c.startTruth(in.chart, in.top)
	}
	own, ownErr := e.render()
	o.took("explain", begun)
	if e.fault != nil {
		if helm != nil {
			helm.abandon()
		}
		return nil, e.fault
	}
	if helm == nil {
		if o.Began != nil {
			o.Began("") // what Helm's engine is at, nobody knows
		}
		helm = c.startTruth(in.chart, in.top)
	}
	begun = time.Now()
	texts, err := helm.wait()
	o.took("render", begun)
	begun = time.Now()
	defer func() { o.took("compare", begun) }()
	faults, warnings := in.schemaErrors()
	if len(faults) > 0 {
		return nil, joined(faults)
	}
	bug := e.bugOf(ownErr, err)
	if err != nil {
		err = e.renderError(err, ownErr)
		if bug != nil {
			err = errors.Join(err, bug.Fault(c.inputPath()))
		}
		return nil, err
	}
	if bug != nil {
		ownErr = errBug
	}
	result := &Result{Warnings: slices.Concat(in.warnings, warnings), Bug: bug}
	var how map[string]hanging
	if ownErr == nil {
		if how, bug = p.hangings(e, own); bug != nil {
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
		m := &Manifest{Name: name, Template: in.file(name), Text: text, e: e}
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
	in.anew(result.Manifests, own)
	for _, crd := range in.chart.CRDObjects() {
		name := filepath.ToSlash(crd.Filename)
		m := &Manifest{Name: name, Template: in.file(name), Text: string(crd.File.Data), CRD: true, Exact: true}
		result.Manifests = append(result.Manifests, m)
	}
	slices.Sort(result.Empty)
	slices.SortFunc(result.Manifests, func(a, b *Manifest) int { return strings.Compare(a.Name, b.Name) })
	return result, nil
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
// explaining engine, which is the same in every run.
func (in *inputs) anew(all []*Manifest, own map[string]*explained) {
	left := slices.DeleteFunc(slices.Clone(all), func(m *Manifest) bool { return m.Exact || m.explain == nil || m.Reason == differing })
	if len(left) == 0 {
		return
	}
	texts, err := engine.Render(in.chart, in.copyTop())
	for _, m := range left {
		if err == nil && texts[m.Name] != m.Text {
			m.takes(own[m.Name])
		}
	}
}
