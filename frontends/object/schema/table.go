package schema

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"sync"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// tableText is the table: a line about the table itself, then a line for each kind, each
// rule and each node, in the numbers that the first line gives, and at last one of the
// files that it was made of. Rules and nodes are counted from 1.
//
//go:embed table.jsonl
var tableText string

// table is the table as far as it was read.
type table struct {
	Releases []string `json:"releases"`
	Kinds    int      `json:"kinds"` // the lines of kinds; a kind whose versions differ has several
	Rules    int      `json:"rules"`
	Nodes    int      `json:"nodes"`

	kinds []kindLine
	rules []string
	nodes []string

	mu    sync.Mutex
	known map[int]*node // by number, complete when mu is free
	all   map[int]*rule
}

// kindLine is a kind in those of its versions that have one schema.
type kindLine struct {
	Group    string            `json:"group"`
	Kind     string            `json:"kind"`
	Versions map[string]string `json:"versions"`
	Root     int               `json:"root"`
}

// node is what the releases say of one value.
type node struct {
	Type     string             `json:"type"` // of JSON; empty where anything may stand
	Format   string             `json:"format"`
	Pattern  string             `json:"pattern"`
	Enum     []string           `json:"enum"`
	Limits   map[string]float64 `json:"limits"` // min, max, minLength, …
	Required []string           `json:"required"`
	Props    map[string]int     `json:"props"`  // the members and their nodes
	Items    int                `json:"items"`  // the node of a list's items
	Values   int                `json:"values"` // the node of a mapping's values
	Nullable bool               `json:"nullable"`
	Open     bool               `json:"open"` // members that are not in Props may be there
	Keys     []string           `json:"keys"` // the members that tell the items of a list apart
	Set      bool               `json:"set"`  // no item of a list is there twice
	Default  json.RawMessage    `json:"default"`
	OneOf    [][]string         `json:"oneOf"` // members of which at most one may be set
	Rules    []int              `json:"rules"`
	// Since and Until are the first and the last release in which a fact holds, where it
	// does not hold in all releases that have the value: ".host" for a member, "pattern",
	// "max", "enum SIMPLE", "required host", "oneOf 0", "rule 12".
	Since map[string]string `json:"since"`
	Until map[string]string `json:"until"`

	props         map[string]*node
	items, values *node
	rules         []*rule
	pattern       func() *regexp.Regexp
	initial       object.Field // the default; the zero Field where there is none
}

// rule is a condition on a value and what to say where it does not hold.
type rule struct {
	Is  any    `json:"is"`
	Say string `json:"say"`
	Do  string `json:"do"`
	At  string `json:"at"` // the place: a path from the value, or from the item that breaks the rule

	is   *expr
	fact string // by which Since and Until of a node know it
}

// facts is the table; it is read when somebody first asks.
var facts = sync.OnceValue(readTable)

// readTable splits the table into lines and reads those of the kinds.
func readTable() *table {
	t := &table{known: map[int]*node{}, all: map[int]*rule{}}
	lines := strings.Split(strings.TrimSuffix(tableText, "\n"), "\n")
	must(lines[0], t)
	lines = lines[1:]
	t.kinds = make([]kindLine, t.Kinds)
	for i := range t.kinds {
		must(lines[i], &t.kinds[i])
	}
	t.rules = lines[t.Kinds : t.Kinds+t.Rules]
	t.nodes = lines[t.Kinds+t.Rules : t.Kinds+t.Rules+t.Nodes]
	return t
}

// must reads a line of the table, which is part of the program.
func must(line string, into any) {
	if err := json.Unmarshal([]byte(line), into); err != nil {
		panic(fmt.Sprintf("table.jsonl: %v in %s", err, line))
	}
}

func (t *table) schema(group, kind, version string) (*Schema, bool) {
	for _, k := range t.kinds {
		if since, served := k.Versions[version]; served && k.Group == group && k.Kind == kind {
			return &Schema{since, t.root(k.Root)}, true
		}
	}
	return nil, false
}

// root reads a node with all that lies in it, once.
func (t *table) root(number int) *node {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.node(number)
}

func (t *table) node(number int) *node {
	if number == 0 {
		return nil
	}
	if n := t.known[number]; n != nil {
		return n
	}
	n := &node{}
	t.known[number] = n
	must(t.nodes[number-1], n)
	if len(n.Props) > 0 {
		n.props = make(map[string]*node, len(n.Props))
		for name, child := range n.Props {
			n.props[name] = t.node(child)
		}
	}
	n.items, n.values = t.node(n.Items), t.node(n.Values)
	for _, i := range n.Rules {
		n.rules = append(n.rules, t.rule(i))
	}
	if n.Pattern != "" {
		n.pattern = lazily(n.Pattern)
	}
	if len(n.Default) > 0 {
		var v any
		must(string(n.Default), &v)
		n.initial = (&object.Object{Tree: tree(v)}).Root()
	}
	return n
}

func (t *table) rule(number int) *rule {
	if known := t.all[number]; known != nil {
		return known
	}
	rule := &rule{fact: fmt.Sprintf("rule %d", number)}
	must(t.rules[number-1], rule)
	rule.is, rule.Is = parse(rule.Is), nil
	t.all[number] = rule
	return rule
}

// tree makes the tree of a default, which stands nowhere.
func tree(v any) *object.Node {
	switch v := v.(type) {
	case string:
		return &object.Node{Kind: object.String, Text: v}
	case bool:
		return &object.Node{Kind: object.Bool, Text: fmt.Sprint(v)}
	case float64: // all of them are whole
		return &object.Node{Kind: object.Int, Text: fmt.Sprint(int64(v))}
	case []any:
		n := &object.Node{Kind: object.List}
		for _, item := range v {
			n.Items = append(n.Items, tree(item))
		}
		return n
	case map[string]any:
		n := &object.Node{Kind: object.Map}
		for key, value := range v {
			n.Entries = append(n.Entries, object.Entry{Key: key, Value: tree(value)})
		}
		return n
	}
	return &object.Node{}
}

// holds reports whether a fact of a node holds in the release of a checker, which notes
// in which older ones it is the same.
func (n *node) holds(fact string, c *checker) bool {
	if since, limited := n.Since[fact]; limited {
		first := minor(since)
		if c.release < first {
			return false
		}
		c.from = max(c.from, first)
	}
	if until, ended := n.Until[fact]; ended && c.release > minor(until) {
		c.from = max(c.from, minor(until)+1)
		return false
	}
	return true
}

// limit is a limit of a node in the release of a checker.
func (n *node) limit(name string, c *checker) (limit float64, ok bool) {
	limit, ok = n.Limits[name]
	return limit, ok && n.holds(name, c)
}

// lazily is a regular expression that is compiled when it is first used.
func lazily(text string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) })
}
