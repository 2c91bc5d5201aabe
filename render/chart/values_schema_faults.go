package chart

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"

	"github.com/mesh-check/mesh-check/render/source"
)

// collect turns the tree of a validation's faults into errors at the values.
func (v *validation) collect(tree *jsonschema.ValidationError, values map[string]any, at Path) {
	var faults []brokenRule
	leaves(tree, &faults)
	var places []schemaPlace
	for _, f := range faults {
		f.path = at.With(instancePath(values, f.location)...)
		places = append(places, f.places()...)
	}
	slices.SortFunc(places, func(a, b schemaPlace) int {
		return cmp.Or(strings.Compare(a.path.String(), b.path.String()), strings.Compare(a.what, b.what))
	})
	places = slices.CompactFunc(places, func(a, b schemaPlace) bool {
		return a.what == b.what && a.path.String() == b.path.String()
	})
	for i, p := range places {
		if i == maxSchemaErrors {
			v.errors[len(v.errors)-1].What += fmt.Sprintf(" (and %d more errors)", len(places)-i)
			break
		}
		v.add(p.path, p.what, p.key)
	}
}

// add notes a fault of the value at a path; key means its key, not the value.
func (v *validation) add(p Path, what string, key bool) {
	name := OneLine(p.String())
	if name == "" {
		name = "the root of the values"
	}
	e := &source.Error{What: name + " " + what + ", according to values.schema.json", Path: v.in.Chart.InputPath()}
	if len(p) > 0 {
		e.Do = "change " + name + " in the values, or with --set or -f"
	}
	for ; len(p) > 0; p = p[:len(p)-1] {
		locate := v.in.Locate
		if key {
			locate = v.in.LocateKey
		}
		if step, ok := locate(p); ok {
			if e.At = step.Span; step.Flag != "" && !e.At.Valid() {
				e.Path = "--" + strings.Fields(strings.TrimPrefix(step.Flag, "--"))[0]
			}
			break
		}
	}
	v.errors = append(v.errors, e)
}

// brokenRule is one rule that a value breaks.
type brokenRule struct {
	location []string
	path     Path
	kind     jsonschema.ErrorKind
}

// schemaPlace is a fault with the value to change.
type schemaPlace struct {
	path Path
	what string
	key  bool
}

// leaves collects the faults to tell: the innermost ones, but of alternatives
// (anyOf, oneOf) the fact that none fits, since each says something else.
func leaves(e *jsonschema.ValidationError, into *[]brokenRule) {
	switch e.ErrorKind.(type) {
	case *kind.AnyOf, *kind.OneOf, *kind.Not, *kind.Contains:
	default:
		for _, cause := range e.Causes {
			leaves(cause, into)
		}
		if len(e.Causes) > 0 {
			return
		}
	}
	*into = append(*into, brokenRule{location: e.InstanceLocation, kind: e.ErrorKind})
}

// instancePath is a place in the values as a path: in a list, a number is an
// index.
func instancePath(values any, location []string) (p Path) {
	for _, token := range location {
		if list, ok := values.([]any); ok {
			i, err := strconv.Atoi(token)
			if err != nil || i < 0 || i >= len(list) {
				return p
			}
			p, values = append(p, i), list[i]
			continue
		}
		p = append(p, token)
		m, _ := asMap(values)
		values = m[token]
	}
	return p
}

// places are the values to change for a fault, with what is asked of each. The
// text never holds the value itself, which may be a secret.
func (f brokenRule) places() []schemaPlace {
	one := func(format string, args ...any) []schemaPlace {
		return []schemaPlace{{path: f.path, what: fmt.Sprintf(format, args...)}}
	}
	names := func(list []string, what string, key bool) (out []schemaPlace) {
		for _, name := range list {
			out = append(out, schemaPlace{f.path.With(name), what, key})
		}
		return out
	}
	switch k := f.kind.(type) {
	case *kind.Type:
		return one("must be of type %s, but is of type %s", strings.Join(k.Want, " or "), k.Got)
	case *kind.Required:
		return names(k.Missing, "is required", false)
	case *kind.AdditionalProperties:
		return names(k.Properties, "is not known", true)
	case *kind.DependentRequired:
		return names(k.Missing, "is required together with "+OneLine(k.Prop), false)
	case *kind.Dependency:
		return names(k.Missing, "is required together with "+OneLine(k.Prop), false)
	case *kind.PropertyNames:
		return names([]string{k.Property}, "is not an allowed name", true)
	case *kind.Enum:
		return one("must be one of %s", OneLine(listed(k.Want)))
	case *kind.Const:
		return one("must be %s", OneLine(listed([]any{k.Want})))
	case *kind.Pattern:
		return one("must match %s", quoted(k.Want))
	case *kind.Format:
		return one("must be a valid %s", OneLine(k.Want))
	case *kind.AnyOf:
		return one("matches none of the allowed forms")
	case *kind.OneOf:
		if len(k.Subschemas) > 0 {
			return one("matches more than one form, but only one is allowed")
		}
		return one("matches none of the allowed forms")
	case *kind.Not:
		return one("has a form that is not allowed")
	case *kind.FalseSchema:
		return []schemaPlace{{f.path, "is not allowed", true}}
	case *kind.MinLength:
		return one("must have at least %d characters", k.Want)
	case *kind.MaxLength:
		return one("must have at most %d characters", k.Want)
	case *kind.MinItems:
		return one("must have at least %d items", k.Want)
	case *kind.MaxItems:
		return one("must have at most %d items", k.Want)
	case *kind.MinProperties:
		return one("must have at least %d keys", k.Want)
	case *kind.MaxProperties:
		return one("must have at most %d keys", k.Want)
	case *kind.Minimum:
		return one("must be at least %s", k.Want.RatString())
	case *kind.Maximum:
		return one("must be at most %s", k.Want.RatString())
	case *kind.ExclusiveMinimum:
		return one("must be more than %s", k.Want.RatString())
	case *kind.ExclusiveMaximum:
		return one("must be less than %s", k.Want.RatString())
	case *kind.MultipleOf:
		return one("must be a multiple of %s", k.Want.RatString())
	case *kind.UniqueItems:
		return one("contains the same item twice: items %d and %d", k.Duplicates[0], k.Duplicates[1])
	}
	return one("breaks the rule %q", strings.Join(f.kind.KeywordPath(), "/"))
}

// listed is allowed values in words.
func listed(values []any) string {
	var words []string
	for _, v := range values {
		if s, ok := v.(string); ok {
			words = append(words, strconv.Quote(s))
		} else {
			words = append(words, fmt.Sprint(v))
		}
	}
	return strings.Join(words, ", ")
}
