package chart

import (
	"bytes"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"
	helmchart "helm.sh/helm/v3/pkg/chart"

	"github.com/mesh-check/mesh-check/render/source"
)

// maxSchemaErrors is how many faults one chart's values are reported.
const maxSchemaErrors = 10

// SchemaErrors waits for the validation of the values against the schemas of the
// chart and its sub-charts, and returns the faults (with any, `helm template`
// renders nothing) and the warnings for schemas that were not applied. A schema that
// is not through at the deadline is a fault.
func (in *Inputs) SchemaErrors() ([]*source.Error, []string) { return in.schema() }

// startSchema begins the validation beside the render; where that is sequential, it begins
// when it is waited for, and tells which schema it is at.
func (in *Inputs) startSchema(o Options) {
	in.schema = func() ([]*source.Error, []string) { return nil, nil }
	if !hasSchema(in.Helm) {
		return
	}
	v := &validation{in: in}
	if o.Sequential {
		v.began = o.Began
	}
	start := sync.OnceValue(func() *Background {
		// The values are only read, and no template gets at these.
		return InBackground(func() { v.run(in.Helm, in.Values, nil) })
	})
	if !o.Sequential {
		start()
	}
	in.schema = sync.OnceValues(func() ([]*source.Error, []string) {
		var late <-chan time.Time
		if !o.Deadline.IsZero() {
			timer := time.NewTimer(time.Until(o.Deadline))
			defer timer.Stop()
			late = timer.C
		}
		call := start()
		select {
		case <-call.Ended:
			return v.errors, v.warnings
		case <-late:
			call.Abandon()
			at, begun := v.at.Load().(string)
			if !begun {
				at = in.Chart.InputPath()
			}
			return []*source.Error{{What: "the schema takes too long to apply", Path: at,
				Do: "simplify it: its references may multiply; or allow more time with --timeout"}}, nil
		}
	})
}

func hasSchema(h *helmchart.Chart) bool {
	if h.Schema != nil {
		return true
	}
	for _, d := range h.Dependencies() {
		if hasSchema(d) {
			return true
		}
	}
	return false
}

// validation collects what the schemas of a chart and its sub-charts say.
type validation struct {
	in       *Inputs
	errors   []*source.Error
	warnings []string
	began    func(file string) // may be nil
	at       atomic.Value      // the schema that is applied, as the report spells it
}

// run validates one chart's values, which lie at a path of the root's.
func (v *validation) run(h *helmchart.Chart, values map[string]any, at Path) {
	if h.Schema != nil {
		v.one(h, values, at)
	}
	for _, d := range h.Dependencies() {
		switch sub, ok := asMap(values[d.Name()]); {
		case ok:
			v.run(d, sub, at.With(d.Name()))
		case values[d.Name()] != nil:
			v.add(at.With(d.Name()), "must be a map: it holds the values of a sub-chart", false)
		}
	}
}

func (v *validation) one(h *helmchart.Chart, values map[string]any, at Path) {
	f, name := v.in.Chart.fileOf(h, schemaName), schemaName
	if f != nil {
		name = f.Name()
	}
	v.at.Store(name)
	if v.began != nil {
		v.began(name)
	}
	schema, err := v.in.Chart.compiled(h)
	if err == nil {
		err = schema.apply(values)
	}
	var outside *jsonschema.LoadURLError
	var invalid *jsonschema.ValidationError
	var fault *schemaFault
	var heavy errSteps
	switch {
	case err == nil:
	case errors.As(err, &outside):
		v.warnings = append(v.warnings, OneLine(name+" was not applied: it refers to "+outside.URL+", and schemas are read only from the chart"))
	case errors.As(err, &heavy):
		v.errors = append(v.errors, &source.Error{What: err.Error() + ": its rules are applied more than " + Grouped(maxSchemaSteps) + " times",
			Path: name, Err: err, At: v.in.Chart.rulePlace(f, heavy.most.rule), Do: "simplify it: references to this rule multiply"})
	case schema.err == nil && errors.As(err, &invalid):
		v.collect(invalid, values, at)
	case f != nil && errors.As(err, &fault):
		skip := len(f.Data) - len(h.Schema)
		v.errors = append(v.errors, &source.Error{What: err.Error(), Path: name, Err: err,
			At: source.Span{File: f, Start: skip + fault.start, End: skip + fault.end}})
	default:
		v.errors = append(v.errors, &source.Error{What: "the schema is not valid: " + OneLine(schemaText(err)), Path: name, Err: err, At: v.in.Chart.schemaPlace(f, err)})
	}
}

// schemaText is the text of an error of compiling, without the made-up address.
func schemaText(err error) string {
	if refused := (*jsonschema.SchemaValidationError)(nil); errors.As(err, &refused) {
		return "it is not a valid JSON Schema"
	}
	return strings.ReplaceAll(err.Error(), schemaURL, schemaName)
}

// schemaName is the file of a chart that has the schema of its values.
const schemaName = "values.schema.json"

// schemaURL stands for the schema itself; its scheme is one that nothing reads.
const schemaURL = "chart:///values.schema.json"

// refuse is the loader for whatever a schema refers to outside itself. The
// drafts of JSON Schema are part of the library and do not come here.
type refuse struct{}

var errOutside = errors.New("outside the chart")

func (refuse) Load(string) (any, error) { return nil, errOutside }

// apply validates values.
func (s *compiledSchema) apply(values map[string]any) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.steps.again()
	return fragile(func() error { return s.schema.Validate(values) })
}

// compiled is the schema of a chart, compiled once for all renders.
func (c *Chart) compiled(h *helmchart.Chart) (*compiledSchema, error) {
	id := chartYAML(h)
	c.mu.Lock()
	s := c.schemas[id]
	if s == nil {
		s = &compiledSchema{}
		c.schemas[id] = s
	}
	c.mu.Unlock()
	s.once.Do(func() {
		s.err = fragile(func() error {
			if fault := schemaFaultAt(h.Schema); fault != nil {
				return fault
			}
			doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(h.Schema))
			if err != nil {
				return err
			}
			compiler := jsonschema.NewCompiler()
			compiler.UseLoader(refuse{})
			if err := compiler.AddResource(schemaURL, doc); err != nil {
				return err
			}
			if s.schema, err = compiler.Compile(schemaURL); err == nil {
				s.steps = counted(s.schema)
			}
			return err
		})
	})
	return s, s.err
}
