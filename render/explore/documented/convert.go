package documented

import (
	"math"
	"regexp"
	"slices"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"
)

// take makes a value of a node that is documented for a setting, and notes it and what is in
// it. ok is false where the node is not a value for the setting: it has another type, or
// words that stand for a value.
func (e *entry) take(n *yaml.Node, number func(int) int, rank int) (value any, ok bool) {
	if n.Kind == yaml.MappingNode && (e.kind() == mapKind || e.kind() == anyKind) {
		m, whole := map[string]any{}, true
		for i := 0; i+1 < len(n.Content); i += 2 {
			name, v := n.Content[i], n.Content[i+1]
			child := e.child(name.Value)
			if name.Kind != yaml.ScalarNode || child == nil || placeholder(name.Value) {
				whole = false
				continue
			}
			if child.line == 0 {
				child.line = number(name.Line - 1)
			}
			if kindOf(v) == anyKind {
				continue // a key without a value
			}
			value, ok := child.take(v, number, rank)
			if !ok {
				whole = false
				continue
			}
			m[name.Value] = value
		}
		if !whole {
			return nil, false
		}
		value = m
	} else if value, ok = plain(n, e.kind()); !ok || !fits(value, e) {
		return nil, false
	}
	e.add(value, number(n.Line-1), rank)
	return value, true
}

// plain makes a value of a node. A number is a text where the setting is one.
func plain(n *yaml.Node, kind valueKind) (any, bool) {
	switch n.Kind {
	case yaml.MappingNode:
		m := map[string]any{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			name := n.Content[i]
			if name.Kind != yaml.ScalarNode || placeholder(name.Value) {
				return nil, false
			}
			if kindOf(n.Content[i+1]) == anyKind {
				continue
			}
			v, ok := plain(n.Content[i+1], anyKind)
			if !ok {
				return nil, false
			}
			m[name.Value] = v
		}
		return m, true
	case yaml.SequenceNode:
		l := []any{}
		for _, item := range n.Content {
			if item.Kind == yaml.MappingNode && slices.ContainsFunc(item.Content, func(v *yaml.Node) bool { return kindOf(v) == anyKind }) {
				return nil, false // the example breaks off
			}
			v, ok := plain(item, anyKind)
			if !ok {
				return nil, false
			}
			l = append(l, v)
		}
		return l, true
	case yaml.ScalarNode:
		return scalar(n, kind)
	}
	return nil, false
}

// scalar reads a scalar as Helm's decoder does.
func scalar(n *yaml.Node, kind valueKind) (any, bool) {
	if b, value := oldBool(n); b {
		return value, kind != stringKind
	}
	switch n.ShortTag() {
	case "!!bool":
		var v bool
		err := n.Decode(&v)
		return v, err == nil
	case "!!int", "!!float":
		if kind == stringKind {
			return n.Value, true
		}
		var v any
		if n.Decode(&v) != nil {
			return nil, false
		}
		switch v := v.(type) {
		case int:
			return int64(v), true
		case int64:
			return v, true
		case float64:
			return v, !math.IsNaN(v) && !math.IsInf(v, 0)
		}
		return nil, false
	case "!!null":
		return nil, false
	}
	value := n.Value
	if found := alternativesPattern().FindStringSubmatch(value); found != nil {
		value = found[1]
	}
	if placeholder(value) || n.Style == 0 && isProse(value) {
		return nil, false
	}
	return value, true
}

// oldBool knows the bools of YAML 1.1, which are bools for Helm.
func oldBool(n *yaml.Node) (is, value bool) {
	if n.Kind != yaml.ScalarNode || n.Style != 0 {
		return false, false
	}
	switch n.Value {
	case "yes", "Yes", "YES", "on", "On", "ON", "y", "Y":
		return true, true
	case "no", "No", "NO", "off", "Off", "OFF", "n", "N":
		return true, false
	}
	return false, false
}

// alternativesPattern is a text that lists the values to choose from:
// "Equal|Exists".
var alternativesPattern = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^([A-Z][A-Za-z]+)(?:\|[A-Z][A-Za-z]+)+(?:\([^()]*\))?$`)
})

// placeholderPattern is what stands for a value that only the reader knows, or for one of
// several, or refers to something else.
var placeholderPattern = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)<[^>\n]*>|\.\.\.|…|x{3,}|\{\{|\}\}|\$\{|\byour[_ ]|_your_|(?-i:\bYOUR)|change[-_ ]?me|\bto[-_ ]?do\b|fixme|placeholder|replace[-_ ]?(?:me|with|this)\b|` +
		`^-$|^(?:x\.)+x\b|^\.?(?:values|release|chart|capabilities)\.|^\[.*\]$|^[a-z]+(?:\|[a-z]+)+$|^\*{2,}$|\binsert\b|\bfill[-_ ]in\b|(?-i:\b[A-Z]+_NAME\b)|\bmy[-_ ]?(?:token|password|secret[-_]?key|api[-_]?key)\b`)
})

func placeholder(text string) bool {
	if len(text) > maxText {
		return true // nobody's example
	}
	return placeholderPattern().MatchString(text) || strings.Contains(text, "\u0000")
}
