package chart

import (
	"encoding/json"
	"net/url"
	"reflect"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/mesh-check/mesh-check/render/source"
	"github.com/mesh-check/mesh-check/render/source/yamltext"
)

// maxSchemaSteps is how many rules of a schema are applied to values: references can
// multiply them. The largest of 121 public charts takes 648 (bitnami/redis); 200,000 take
// half a second of CPU, and each may leave an error of 300 bytes.
const maxSchemaSteps = 200_000

// steps counts the rules that one validation applies.
type steps struct {
	all  int
	each []*stepCounter
}

// stepCounter counts how often one rule is applied. It is where the validator looks
// at the format of a value, which it does for each rule whose type fits.
type stepCounter struct {
	rule *jsonschema.Schema
	n    int
}

// errSteps is the panic that ends a validation.
type errSteps struct{ most *stepCounter }

func (errSteps) Error() string { return "the schema exceeds the evaluation limit" }

// counted makes a compiled schema count.
func counted(schema *jsonschema.Schema) *steps {
	s := &steps{}
	eachRule(reflect.ValueOf(schema), map[*jsonschema.Schema]bool{}, func(rule *jsonschema.Schema) {
		c := &stepCounter{rule: rule}
		s.each = append(s.each, c)
		format := jsonschema.Format{}
		if rule.Format != nil {
			format = *rule.Format
		}
		validate := format.Validate
		format.Validate = func(v any) error {
			c.n++
			if s.all++; s.all > maxSchemaSteps {
				panic(errSteps{s.most()})
			}
			if validate == nil {
				return nil
			}
			return validate(v)
		}
		rule.Format = &format
	})
	return s
}

// again begins to count anew.
func (s *steps) again() {
	s.all = 0
	for _, c := range s.each {
		c.n = 0
	}
}

// most is the rule that was applied most often.
func (s *steps) most() *stepCounter {
	var most *stepCounter
	for _, c := range s.each {
		if most == nil || c.n > most.n || c.n == most.n && c.rule.Location < most.rule.Location {
			most = c
		}
	}
	return most
}

var ruleType = reflect.TypeFor[*jsonschema.Schema]()

// eachRule finds the rules that a compiled schema is made of.
func eachRule(v reflect.Value, seen map[*jsonschema.Schema]bool, visit func(*jsonschema.Schema)) {
	switch v.Kind() {
	case reflect.Interface:
		eachRule(v.Elem(), seen, visit)
	case reflect.Pointer:
		switch {
		case v.IsNil():
		case v.Type() != ruleType:
			if v.Type() == reflect.TypeFor[*jsonschema.DynamicRef]() {
				eachRule(v.Elem().FieldByName("Ref"), seen, visit)
			}
		case !seen[v.Interface().(*jsonschema.Schema)]:
			rule := v.Interface().(*jsonschema.Schema)
			seen[rule] = true
			visit(rule)
			for i := range v.Elem().NumField() {
				if v.Type().Elem().Field(i).IsExported() {
					eachRule(v.Elem().Field(i), seen, visit)
				}
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			eachRule(v.Index(i), seen, visit)
		}
	case reflect.Map:
		for entry := v.MapRange(); entry.Next(); {
			eachRule(entry.Value(), seen, visit)
		}
	}
}

// rulePlace is where a rule is in the file of its schema.
func (c *Chart) rulePlace(f *source.File, rule *jsonschema.Schema) source.Span {
	var doc any
	if f == nil || json.Unmarshal(yamltext.WithoutBOM(f.Data), &doc) != nil {
		return source.Span{}
	}
	_, pointer, _ := strings.Cut(rule.Location, "#")
	pointer, err := url.PathUnescape(pointer)
	if err != nil {
		return source.Span{}
	}
	var location []string
	for token := range strings.SplitSeq(strings.TrimPrefix(pointer, "/"), "/") {
		location = append(location, strings.NewReplacer("~1", "/", "~0", "~").Replace(token))
	}
	return c.schemaSpan(f, instancePath(doc, location))
}

// schemaSpan is the place of a path in a schema, or of the nearest one above it.
func (c *Chart) schemaSpan(f *source.File, p Path) source.Span {
	for ; len(p) > 0; p = p[:len(p)-1] {
		if at, ok := c.index(f).Place(p); ok {
			return at
		}
	}
	return f.LineSpan(1)
}
