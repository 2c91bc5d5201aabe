package render

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"helm.sh/helm/v3/pkg/chart"

	"github.com/mesh-check/mesh-check/render/source"
)

const (
	// maxSchemaDepth is how deep a schema may nest: compiling is quadratic in it,
	// and real ones stay below 40.
	maxSchemaDepth = 200
	// maxSchemaTime ends the wait for a schema whose references multiply; the
	// slowest of 121 public charts takes 0.1 s.
	maxSchemaTime = 5 * time.Second
	// maxSchemaErrors is how many faults one chart's values are told.
	maxSchemaErrors = 10
)

// schemaErrors waits for the validation of the values against the schemas of the
// chart and its sub-charts, and returns the faults (with any, `helm template`
// renders nothing) and the warnings for schemas that were not applied.
func (in *inputs) schemaErrors() ([]*source.Error, []string) { return in.schema() }

// startSchema begins the validation beside the render.
func (in *inputs) startSchema() {
	in.schema = func() ([]*source.Error, []string) { return nil, nil }
	if !hasSchema(in.chart) {
		return
	}
	v := &validation{in: in}
	done := make(chan struct{})
	go func() {
		defer close(done)
		// The values are only read, and no template gets at these.
		v.run(in.chart, in.values, nil)
	}()
	in.schema = sync.OnceValues(func() ([]*source.Error, []string) {
		late := time.NewTimer(maxSchemaTime)
		defer late.Stop()
		select {
		case <-done:
			return v.errors, v.warnings
		case <-late.C:
			return nil, []string{fmt.Sprintf("values.schema.json was not applied: it takes more than %s", maxSchemaTime)}
		}
	})
}

func hasSchema(h *chart.Chart) bool {
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
	in       *inputs
	errors   []*source.Error
	warnings []string
}

// run validates one chart's values, which lie at a path of the root's.
func (v *validation) run(h *chart.Chart, values map[string]any, at valuePath) {
	if h.Schema != nil {
		v.one(h, values, at)
	}
	for _, d := range h.Dependencies() {
		switch sub, ok := asMap(values[d.Name()]); {
		case ok:
			v.run(d, sub, at.with(d.Name()))
		case values[d.Name()] != nil:
			v.add(at.with(d.Name()), "must be a map: it holds the values of a sub-chart", false)
		}
	}
}

func (v *validation) one(h *chart.Chart, values map[string]any, at valuePath) {
	f := v.in.c.fileOf(h, "values.schema.json")
	fault := func(what string, err error) {
		e := &source.Error{What: what, Path: v.in.c.inputPath(), Err: err}
		if f != nil {
			e.At = lineSpan(f, 1)
		}
		v.errors = append(v.errors, e)
	}
	err := v.in.c.guard(v.in.c.inputPath(), func() error {
		schema, err := v.in.c.compiled(h)
		if err != nil {
			return err
		}
		return schema.Validate(values)
	})
	var outside *jsonschema.LoadURLError
	var invalid *jsonschema.ValidationError
	switch {
	case err == nil:
	case errors.As(err, &outside):
		name := "values.schema.json"
		if f != nil {
			name = f.Name()
		}
		v.warnings = append(v.warnings, oneLine(name+" was not applied: it refers to "+outside.URL+", and schemas are read from the chart alone"))
	case errors.As(err, &invalid):
		v.collect(invalid, values, at)
	default:
		fault("is no valid JSON schema: "+oneLine(schemaText(err)), err)
	}
}

// schemaText is the text of an error of compiling, without the made-up address.
func schemaText(err error) string {
	return strings.ReplaceAll(err.Error(), schemaURL, "values.schema.json")
}

// schemaURL stands for the schema itself; its scheme is one that nothing reads.
const schemaURL = "chart:///values.schema.json"

// refuse is the loader for whatever a schema refers to outside of itself. The
// drafts of JSON Schema are part of the library and do not come here.
type refuse struct{}

var errOutside = errors.New("outside of the chart")

func (refuse) Load(string) (any, error) { return nil, errOutside }

// compiled is the schema of a chart, compiled once for all renders.
func (c *Chart) compiled(h *chart.Chart) (*jsonschema.Schema, error) {
	id := chartYAML(h)
	c.mu.Lock()
	s := c.schemas[id]
	if s == nil {
		s = &compiledSchema{}
		c.schemas[id] = s
	}
	c.mu.Unlock()
	s.once.Do(func() {
		s.err = c.guard(c.inputPath(), func() error {
			doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(h.Schema))
			if err != nil {
				return err
			}
			if deep(doc, maxSchemaDepth) {
				return fmt.Errorf("it nests deeper than %d levels", maxSchemaDepth)
			}
			compiler := jsonschema.NewCompiler()
			compiler.UseLoader(refuse{})
			if err := compiler.AddResource(schemaURL, doc); err != nil {
				return err
			}
			s.schema, err = compiler.Compile(schemaURL)
			return err
		})
	})
	return s.schema, s.err
}

// deep says whether a JSON document nests deeper than a number of levels.
func deep(v any, levels int) bool {
	if levels < 0 {
		return true
	}
	switch v := v.(type) {
	case map[string]any:
		for _, item := range v {
			if deep(item, levels-1) {
				return true
			}
		}
	case []any:
		for _, item := range v {
			if deep(item, levels-1) {
				return true
			}
		}
	}
	return false
}
