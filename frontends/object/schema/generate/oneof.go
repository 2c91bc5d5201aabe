package main

import (
	"fmt"
	"reflect"
	"slices"
)

// addressRule is what the only oneOf of the Gateway API says, as a rule.
const addressRule = `!has(self.value) || self.type != 'IPAddress' || isIP(self.value)`

// exclusive reads the oneOf of a value: Istio's all say that at most one of some members
// is set.
func (m *merger) exclusive(n *node, v views, path string) error {
	groups, err := m.groups(v.last(), path)
	if err != nil {
		return err
	}
	n.OneOf = groups
	for i, g := range groups {
		m.note(n, fmt.Sprintf("oneOf %d", i), v, func(o *schema) bool {
			older, err := m.groups(o, path)
			return err == nil && slices.ContainsFunc(older, func(h []string) bool { return shared(g, h) > 1 })
		})
	}
	return nil
}

func shared(a, b []string) (n int) {
	for _, s := range a {
		if slices.Contains(b, s) {
			n++
		}
	}
	return n
}

func (m *merger) groups(s *schema, path string) ([][]string, error) {
	var all [][]string
	add := func(of []alternative) error {
		g, err := atMostOne(of)
		if len(g) > 1 {
			all = append(all, g)
		}
		return err
	}
	if len(s.OneOf) > 0 {
		if addresses(s.OneOf) {
			if !slices.ContainsFunc(s.Rules, func(r crdRule) bool { return r.Rule == addressRule }) {
				s.Rules = append(s.Rules, crdRule{Rule: addressRule})
			}
		} else if err := add(s.OneOf); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
	}
	for _, a := range s.AllOf {
		if !reflect.DeepEqual(a, alternative{OneOf: a.OneOf}) {
			return nil, fmt.Errorf("%s: an allOf of another form", path)
		}
		if err := add(a.OneOf); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
	}
	return all, nil
}

// atMostOne reads "none of them, or exactly one". A member may be asked for together
// with the alternatives within it, which its own schema has too.
func atMostOne(of []alternative) ([]string, error) {
	var group []string
	for _, a := range of[1:] {
		if len(a.Required) != 1 || len(a.AnyOf) > 0 || a.Not != nil {
			return nil, fmt.Errorf("a oneOf of another form: %+v", a)
		}
		group = append(group, a.Required[0])
	}
	if none := of[0].Not; none == nil || len(none.AnyOf) != len(group) || len(of[0].Required) > 0 {
		return nil, fmt.Errorf("a oneOf of another form: %+v", of[0])
	}
	for i, a := range of[0].Not.AnyOf {
		if !slices.Equal(a.Required, group[i:i+1]) {
			return nil, fmt.Errorf("a oneOf of another form: %+v", a)
		}
	}
	return group, nil
}

// addresses recognizes the form of a Gateway's addresses: those of the type IPAddress
// are one.
func addresses(of []alternative) bool {
	return reflect.DeepEqual(of, []alternative{
		{Properties: map[string]alternative{"type": {Enum: []string{"IPAddress"}}, "value": {AnyOf: []alternative{{Format: "ipv4"}, {Format: "ipv6"}}}}},
		{Properties: map[string]alternative{"type": {Not: &alternative{Enum: []string{"IPAddress"}}}}},
	})
}
