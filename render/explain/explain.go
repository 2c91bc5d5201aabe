package explain

import (
	"bytes"
	"fmt"
	"math"
	"path"
	"slices"
	"strings"
	"sync"
	"text/template"
	"text/template/parse"
	"time"

	helmchart "helm.sh/helm/v3/pkg/chart"
	"helm.sh/helm/v3/pkg/chartutil"

	"github.com/mesh-check/mesh-check/render/chart"
	"github.com/mesh-check/mesh-check/render/coverage"
	"github.com/mesh-check/mesh-check/render/source"
)

// tracer renders a chart's templates as Helm does, on text/template and the
// same functions, and notes where each byte comes from. While it renders it only
// takes notes; what they mean for a byte is worked out when it is asked for.
//
// What it renders is no truth: it is compared with what Helm's engine rendered.
type tracer struct {
	mu sync.Mutex // held while an origin is worked out
	*registry
	in       *chart.Inputs
	o        chart.Options
	began    func(template string) // see Options; may be nil
	deadline time.Time             // see Options; may be zero
	fault    *source.Error         // the limit that was passed, where one was
	bug      *source.Bug           // the panic that has ended the render, where one has
	ours     bool                  // the bug is one, whatever Helm's engine does
	limits   limits
	used
	texts     map[string]*templateText // by template file
	reader    coverage.Reader          // of the runs of each
	funcs     template.FuncMap
	explained map[string]bool // functions that tell the buffer what they return
	depth     map[string]int  // of nested includes, by name
	tpls      map[tplKey]*template.Template

	release      any
	capabilities any
	order        keyOrder
	pointed      bool // what the last call was given holds pointers
	addressed    bool // an address was printed
	disordered   bool // keys or values have listed a dictionary of several entries

	given []any // what the last function with a measure was given

	variables map[variableName]*variable // of all templates
	frame     *execution
	site      *site
	inRound   *round // of the range that is executed; nil outside all
	printed   printed
	watch     *watch // what it decides upon; nil where nobody asks

	marks     []*marks
	sites     pool[site]
	markNodes pool[parse.TextNode]
	constants []any
	buffers   []*buffer // for reuse
	decoded   []*decoded
	foreign   []foreign // the memory of decoded by address, made when first asked for
}

// printed is what the last function returned: what the buffer gets to see of it
// are bytes that fmt has copied.
type printed struct {
	str string
	box any
}

// traced is what one template file rendered to.
type traced struct {
	text   string
	pieces []piece
}

// maxIncludes is how deep Helm lets one template include itself.
const maxIncludes = 1000

// newTracer copies what templates are given into registered memory. Nothing
// of in is changed later, and nothing of it is read by the rendering.
func newTracer(in *chart.Inputs, o chart.Options) *tracer {
	e := &tracer{
		registry:  newRegistry(),
		in:        in,
		o:         o,
		began:     o.Began,
		deadline:  o.Deadline,
		limits:    defaultLimits,
		texts:     map[string]*templateText{},
		depth:     map[string]int{},
		tpls:      map[tplKey]*template.Template{},
		variables: map[variableName]*variable{},
	}
	e.funcs, e.explained = e.functions()
	// Helm's engine may change these two while it renders, but not the values
	// that inputs keeps.
	e.release, e.capabilities = in.Top["Release"], in.Top["Capabilities"]
	e.release = e.clone(e.release, &valueAt{role: source.Release})
	e.capabilities = e.clone(e.capabilities, &valueAt{role: source.Capabilities})
	return e
}

// scope is a chart's templates with what they are given.
type scope struct {
	template *helmchart.File
	values   map[string]any
	base     string // the path of the chart's templates
}

// top returns what the root chart is given, in registered memory.
func (e *tracer) top() chartutil.Values {
	return chartutil.Values{
		"Values":       e.clone(chartutil.Values(e.in.Values), &valueAt{role: source.Value}),
		"Release":      e.release,
		"Capabilities": e.capabilities,
	}
}

// scopes collects the templates of a chart and its dependencies, each with the
// values of its chart, as Helm's engine does.
func (e *tracer) scopes(c *helmchart.Chart, parent chartutil.Values, all map[string]scope) map[string]any {
	subcharts := map[string]any{}
	full := c.ChartFullPath()
	meta := struct {
		helmchart.Metadata
		IsRoot bool
	}{*c.Metadata, c.IsRoot()}
	values := map[string]any{
		"Chart":        e.clone(meta, &valueAt{role: source.ChartMeta, key: full}),
		"Files":        e.chartFiles(full, c.Files),
		"Release":      parent["Release"],
		"Capabilities": parent["Capabilities"],
		"Values":       make(chartutil.Values),
		"Subcharts":    subcharts,
	}
	if c.IsRoot() {
		values["Values"] = parent["Values"]
	} else if own, err := parent.Table("Values." + c.Name()); err == nil {
		values["Values"] = own
	}
	for _, child := range c.Dependencies() {
		subcharts[child.Name()] = e.scopes(child, values, all)
	}
	library := strings.EqualFold(c.Metadata.Type, "library")
	for _, t := range c.Templates {
		if t == nil || library && !strings.HasPrefix(path.Base(t.Name), "_") {
			continue
		}
		all[path.Join(full, t.Name)] = scope{t, values, path.Join(full, "templates")}
	}
	return values
}

// render renders all templates by Helm's names of them, and hands on all but NOTES.txt.
// Where they go beyond a limit, fault is set.
func (e *tracer) render() (out map[string]*traced, err error) {
	e.most = e.limits.memory
	defer func() {
		if r := recover(); r != nil {
			err = e.caught(r)
		}
		e.fault = e.overrunError(err)
		e.most = math.MaxInt
	}()
	all := map[string]scope{}
	e.scopes(e.in.Helm, e.top(), all)
	names := make([]string, 0, len(all))
	for name := range all {
		names = append(names, name)
	}
	// Helm's order: deep paths first, so that the files of a parent chart may
	// define anew what its dependencies define.
	slices.SortFunc(names, func(a, b string) int {
		if n := strings.Count(b, "/") - strings.Count(a, "/"); n != 0 {
			return n
		}
		return strings.Compare(b, a)
	})
	set := template.New("gotpl").Option("missingkey=zero")
	set.Funcs(e.funcs).Funcs(e.bound(set))
	again := repeated(names, all)
	for _, name := range names {
		if again[name] {
			continue
		}
		if err := e.parse(set, name, all[name].template); err != nil {
			return nil, err
		}
	}
	var nodes nodes
	for _, t := range set.Templates() {
		t.Root = nodes.own(t.Root)
		r := rewriter{e: e, text: e.texts[t.ParseName], name: t.Name()}
		r.list(t.Root, nil)
	}
	out = make(map[string]*traced, len(names))
	for _, name := range names {
		base := path.Base(name)
		if strings.HasPrefix(base, "_") {
			continue
		}
		file, err := e.file(set, name, all[name])
		switch {
		case strings.HasSuffix(name, notesFile) && e.overrunError(err) == nil && (err == nil || e.watch == nil):
			// Nobody asks for its places. But Helm renders it, so that it must be within
			// the limits too, and what it sets is seen by the templates behind it.
		case err != nil:
			return nil, err
		default:
			out[name] = file
		}
	}
	return out, nil
}

// notesFile is how the names of files end that Helm shows and does not install.
const notesFile = "NOTES.txt"

// parse parses a template file into the set.
func (e *tracer) parse(set *template.Template, name string, f *helmchart.File) error {
	text := &templateText{file: e.in.File(name)}
	if text.file == nil {
		return fmt.Errorf("explain: no file for template %s", name)
	}
	if !bytes.HasSuffix(text.file.Data, f.Data) {
		return fmt.Errorf("explain: template %s differs from its file", name)
	}
	e.frame = &execution{name: name} // for a fault
	e.texts[name] = text
	e.begin(text) // a parser can be led astray too
	text.skip = len(text.file.Data) - len(f.Data)
	text.src = viewString(f.Data)
	parsed, err := e.parsed(text, name)
	if err != nil {
		return err
	}
	e.cover(text, parsed.table)
	own := set.New(name)
	for _, tree := range parsed.named(name) {
		if _, err := own.AddParseTree(tree.Name, tree); err != nil {
			return err
		}
	}
	return nil
}

// begin tells whoever wants to know what is analyzed from now on.
func (e *tracer) begin(text *templateText) {
	if e.began != nil {
		e.began(text.file.Name())
	}
}

// file executes one template file.
func (e *tracer) file(set *template.Template, name string, s scope) (*traced, error) {
	at := &valueAt{role: source.Computed, key: "Template"}
	s.values["Template"] = chartutil.Values{
		"Name":     e.put(name, &valueAt{parent: at, key: "Name"}),
		"BasePath": e.put(s.base, &valueAt{parent: at, key: "BasePath"}),
	}
	e.frame, e.site, e.inRound = &execution{name: name, data: s.values}, nil, nil
	e.begin(e.texts[name])
	b := e.buffer()
	if err := set.ExecuteTemplate(b, name, s.values); err != nil {
		return nil, err
	}
	b.dropNoValue()
	e.keep(len(b.text) + pieceCost*len(b.pieces))
	out := &traced{text: string(b.text), pieces: slices.Clone(b.pieces)}
	e.outputMost = max(e.outputMost, len(b.text))
	e.reuse(b)
	return out, nil
}

// buffer returns an empty buffer.
func (e *tracer) buffer() *buffer {
	if n := len(e.buffers); n > 0 {
		b := e.buffers[n-1]
		e.buffers = e.buffers[:n-1]
		return b
	}
	return &buffer{e: e}
}

// reuse takes a buffer back.
func (e *tracer) reuse(b *buffer) {
	clear(b.pieces)
	*b = buffer{e: e, text: b.text[:0], pieces: b.pieces[:0]}
	e.buffers = append(e.buffers, b)
}
