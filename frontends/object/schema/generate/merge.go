package main

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
)

// node is a line of the table: what the releases together say of one value. The room
// schema reads it; the names are explained there.
type node struct {
	Type     string            `json:"type,omitempty"`
	Format   string            `json:"format,omitempty"`
	Pattern  string            `json:"pattern,omitempty"`
	Enum     []string          `json:"enum,omitempty"`
	Limits   map[string]number `json:"limits,omitempty"`
	Required []string          `json:"required,omitempty"`
	Props    map[string]int    `json:"props,omitempty"`
	Items    int               `json:"items,omitempty"`
	Values   int               `json:"values,omitempty"`
	Nullable bool              `json:"nullable,omitempty"`
	Open     bool              `json:"open,omitempty"`
	Keys     []string          `json:"keys,omitempty"`
	Set      bool              `json:"set,omitempty"`
	Default  any               `json:"default,omitempty"`
	OneOf    [][]string        `json:"oneOf,omitempty"`
	Rules    []int             `json:"rules,omitempty"`
	Since    map[string]string `json:"since,omitempty"`
	Until    map[string]string `json:"until,omitempty"`
}

// number keeps whole numbers whole.
type number float64

func (n number) MarshalJSON() ([]byte, error) {
	return strconv.AppendFloat(nil, float64(n), 'f', -1, 64), nil
}

// views are the schemas of one value by the number of the release; nil in releases that
// lack it.
type views []*schema

// merger merges the schemas of one API.
type merger struct {
	*writer
	releases []string
}

// since is the first release of an unbroken row up to the last one in which the value
// is there and a fact holds; empty where that is no later than the value itself.
func (m *merger) since(v views, holds func(*schema) bool) string {
	first := len(v)
	for i := len(v) - 1; i >= 0 && (v[i] == nil || holds(v[i])); i-- {
		if v[i] != nil {
			first = i
		}
	}
	if first == v.first() || first == len(v) {
		return ""
	}
	return m.releases[first]
}

func (v views) first() int { return slices.IndexFunc(v, func(s *schema) bool { return s != nil }) }

func (v views) last() *schema {
	for i := len(v) - 1; i >= 0; i-- {
		if v[i] != nil {
			return v[i]
		}
	}
	return nil
}

// child are the views of a part.
func (v views) child(part func(*schema) *schema) views {
	c := make(views, len(v))
	for i, s := range v {
		if s != nil {
			c[i] = part(s)
		}
	}
	return c
}

// add merges the views of a value, numbers its node and returns the number.
func (m *merger) add(v views, path string) (int, error) {
	s := v.last()
	n := node{Type: s.Type, Format: s.Format, Nullable: s.Nullable, Open: s.Preserve, Default: s.Default, Since: map[string]string{}, Until: map[string]string{}}
	if s.IntOrString || len(s.AnyOf) > 0 {
		return 0, fmt.Errorf("%s: a whole number or text is not known to the table", path)
	}
	if n.Format == "binary" || n.Format == "date-time" || n.Format == "double" {
		n.Format = "" // Kubernetes checks none of them in a spec
	}
	m.limits(&n, v)
	switch s.ListType {
	case "map":
		n.Keys = s.ListKeys
		m.note(&n, "keys", v, func(o *schema) bool { return slices.Equal(o.ListKeys, s.ListKeys) })
	case "set":
		n.Set = true
		m.note(&n, "set", v, func(o *schema) bool { return o.ListType == "set" })
	}
	if err := m.exclusive(&n, v, path); err != nil {
		return 0, err
	}
	if err := m.rules(&n, v, path); err != nil {
		return 0, err
	}
	return m.parts(&n, v, path)
}

// parts merges what lies in the value.
func (m *merger) parts(n *node, v views, path string) (int, error) {
	known := map[string]bool{}
	for _, s := range v {
		if s != nil {
			for name := range s.Properties {
				known[name] = true
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(known)) {
		c := v.child(func(s *schema) *schema { return s.Properties[name] })
		m.note(n, "."+name, v, func(s *schema) bool { return s.Properties[name] != nil })
		if v.last().Properties[name] == nil {
			return 0, fmt.Errorf("%s.%s is in an older release only: the table has no word for that", path, name)
		}
		i, err := m.add(c, path+"."+name)
		if err != nil {
			return 0, err
		}
		if n.Props == nil {
			n.Props = map[string]int{}
		}
		n.Props[name] = i
	}
	var err error
	if c := v.child(func(s *schema) *schema { return s.Items }); c.last() != nil {
		if n.Items, err = m.add(c, path+"[]"); err != nil {
			return 0, err
		}
	}
	if c := v.child(func(s *schema) *schema { return s.Values }); c.last() != nil {
		if n.Values, err = m.add(c, path+"{}"); err != nil {
			return 0, err
		}
	}
	return m.number(n), nil
}

// note records since when a fact holds.
func (m *merger) note(n *node, fact string, v views, holds func(*schema) bool) {
	if since := m.since(v, holds); since != "" {
		n.Since[fact] = since
	}
}

// limits are pattern, names, required members and sizes.
func (m *merger) limits(n *node, v views) {
	s := v.last()
	if s.Pattern != "" {
		n.Pattern = s.Pattern
		m.note(n, "pattern", v, func(o *schema) bool { return o.Pattern == s.Pattern })
	}
	n.Enum = s.Enum
	if len(s.Enum) > 0 {
		m.note(n, "enum", v, func(o *schema) bool { return len(o.Enum) > 0 })
		for _, e := range s.Enum {
			m.note(n, "enum "+e, v, func(o *schema) bool { return len(o.Enum) == 0 || slices.Contains(o.Enum, e) })
		}
	}
	m.required(n, v)
	for name, get := range sizes {
		limit := get(s)
		if limit == nil {
			continue
		}
		if n.Limits == nil {
			n.Limits = map[string]number{}
		}
		n.Limits[name] = number(*limit)
		m.note(n, name, v, func(o *schema) bool { return get(o) != nil && *get(o) == *limit })
	}
}

// required are the members that some release requires; later ones dropped a few.
func (m *merger) required(n *node, v views) {
	first, last := map[string]int{}, map[string]int{}
	for i, s := range v {
		if s == nil {
			continue
		}
		for _, name := range s.Required {
			if _, known := first[name]; !known {
				first[name] = i
			}
			last[name] = i
		}
	}
	for _, name := range slices.Sorted(maps.Keys(first)) {
		n.Required = append(n.Required, name)
		if first[name] != v.first() {
			n.Since["required "+name] = m.releases[first[name]]
		}
		if last[name] != len(v)-1 {
			n.Until["required "+name] = m.releases[last[name]]
		}
	}
}

// sizes are the limits that are numbers.
var sizes = map[string]func(*schema) *float64{
	"min":       func(s *schema) *float64 { return s.Min },
	"max":       func(s *schema) *float64 { return s.Max },
	"minLength": func(s *schema) *float64 { return s.MinLength },
	"maxLength": func(s *schema) *float64 { return s.MaxLength },
	"minItems":  func(s *schema) *float64 { return s.MinItems },
	"maxItems":  func(s *schema) *float64 { return s.MaxItems },
	"minProps":  func(s *schema) *float64 { return s.MinProps },
	"maxProps":  func(s *schema) *float64 { return s.MaxProps },
}
