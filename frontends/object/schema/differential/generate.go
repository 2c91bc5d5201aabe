package differential

import (
	"math/rand/v2"
	"slices"
	"strings"

	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
)

// maker makes objects of a kind at random, most of whose values are right.
type maker struct {
	rand *rand.Rand
	// wrong is how many of a thousand values are wrong on purpose.
	wrong int
	// full is how many of a hundred members that may be there are there.
	full int
}

func (m *maker) of(percent int) bool { return m.rand.IntN(100) < percent }

func pick[T any](m *maker, from []T) T { return from[m.rand.IntN(len(from))] }

// object makes an object of a kind.
func (m *maker) object(k *kind) map[string]any {
	o := map[string]any{"apiVersion": k.group + "/" + k.version, "kind": k.name, "metadata": map[string]any{"name": "a", "namespace": "b"}}
	for _, name := range sorted(k.props.Properties) {
		switch name {
		case "apiVersion", "kind", "metadata", "status":
			continue
		}
		if !m.of(2) {
			p := k.props.Properties[name]
			o[name] = m.value(&p, name, 0)
		}
	}
	if m.rand.IntN(1000) < m.wrong {
		o[pick(m, []string{"sepc", "data"})] = m.odd()
	}
	return o
}

// value makes a value by its schema.
func (m *maker) value(s *apiextensionsv1.JSONSchemaProps, name string, depth int) any {
	if m.rand.IntN(1000) < m.wrong {
		return m.odd()
	}
	switch {
	case s.XPreserveUnknownFields != nil && *s.XPreserveUnknownFields && len(s.Properties) == 0:
		return map[string]any{"anything": "goes"}
	case s.XIntOrString:
		return pick(m, []any{int64(80), "http", "80"})
	}
	switch s.Type {
	case "object":
		return m.mapping(s, depth)
	case "array":
		list := []any{}
		for range m.count(s.MinItems, s.MaxItems) {
			list = append(list, m.value(s.Items.Schema, name, depth+1))
		}
		return list
	case "boolean":
		return m.of(50)
	case "integer", "number":
		return m.number(s)
	}
	return m.text(s, name)
}

// count is how many items or members there are: few, and seldom a wrong number of them.
func (m *maker) count(least, most *int64) int {
	n := pick(m, []int{0, 1, 1, 1, 2, 2, 3})
	if least != nil && !m.of(3) {
		n = max(n, int(*least))
	}
	if most != nil && !m.of(3) {
		n = min(n, int(*most))
	}
	return min(n, 70)
}

func (m *maker) mapping(s *apiextensionsv1.JSONSchemaProps, depth int) map[string]any {
	o := map[string]any{}
	if s.AdditionalProperties != nil && s.AdditionalProperties.Schema != nil {
		for range m.count(s.MinProperties, s.MaxProperties) {
			o[pick(m, keys)] = m.value(s.AdditionalProperties.Schema, "", depth+1)
		}
		return o
	}
	without := m.excluded(s)
	full := max(4, m.full/(1+depth/2))
	for _, name := range sorted(s.Properties) {
		p := s.Properties[name]
		required := slices.Contains(s.Required, name)
		switch {
		case slices.Contains(without, name) && !m.of(2):
		case required && m.rand.IntN(1000) < m.wrong, !required && !m.of(full):
		case m.rand.IntN(1000) < m.wrong:
			o[name] = nil
		default:
			o[name] = m.value(&p, name, depth+1)
		}
	}
	if m.rand.IntN(1000) < m.wrong {
		o["unknownField"] = m.odd()
	}
	return o
}

// excluded are the members that may not be there beside another one, which is left.
func (m *maker) excluded(s *apiextensionsv1.JSONSchemaProps) (names []string) {
	drop := func(of []apiextensionsv1.JSONSchemaProps) {
		var group []string
		for _, a := range of {
			group = append(group, a.Required...)
		}
		if len(group) > 1 {
			keep := m.rand.IntN(len(group))
			names = append(names, slices.Delete(slices.Clone(group), keep, keep+1)...)
		}
	}
	drop(s.OneOf)
	for _, a := range s.AllOf {
		drop(a.OneOf)
	}
	for _, rule := range s.XValidations { // selector, targetRef and targetRefs exclude each other by a rule
		if strings.Contains(rule.Rule, "targetRef") && s.Properties["selector"].Type != "" {
			drop([]apiextensionsv1.JSONSchemaProps{{Required: []string{"selector", "targetRef", "targetRefs"}}})
			break
		}
	}
	return names
}

func (m *maker) number(s *apiextensionsv1.JSONSchemaProps) any {
	candidates := []float64{0, 1, 2, 80, 443, 503, 8080, 99, 100, 65535}
	if s.Minimum != nil {
		candidates = append(candidates, *s.Minimum, *s.Minimum, *s.Minimum+1)
	}
	if s.Maximum != nil {
		candidates = append(candidates, *s.Maximum, *s.Maximum-1)
	}
	fits := slices.DeleteFunc(slices.Clone(candidates), func(v float64) bool {
		return s.Minimum != nil && v < *s.Minimum || s.Maximum != nil && v > *s.Maximum
	})
	if len(fits) == 0 || m.of(3) {
		fits = append(candidates, -1, 65536, 1e10, 4294967296)
	}
	v := pick(m, fits)
	if s.Type == "number" && m.of(30) {
		return v + 0.5
	}
	return int64(v)
}
