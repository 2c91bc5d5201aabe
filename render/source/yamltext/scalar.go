package yamltext

import (
	"math"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
	helmyaml "sigs.k8s.io/yaml"
)

// IsMerge reports whether a key is the merge key <<.
func IsMerge(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && n.Value == "<<" && n.Tag == "!!merge"
}

// keyText is the string that Helm's decoder makes of a key.
func keyText(n *yaml.Node) string {
	if n == nil || n.Kind != yaml.ScalarNode {
		return ""
	}
	if !plain(n) || !ambiguous(n.Value) {
		return n.Value
	}
	var m map[string]any
	if err := helmyaml.Unmarshal([]byte(n.Value+": 0"), &m); err == nil {
		for k := range m {
			return k
		}
	}
	return n.Value
}

// ambiguous reports whether a plain scalar might be something else than a string:
// only then it is worth a decoder.
func ambiguous(s string) bool {
	if s == "" || strings.ContainsRune("0123456789+-.~", rune(s[0])) {
		return true
	}
	switch strings.ToLower(s) {
	case "y", "n", "yes", "no", "on", "off", "true", "false", "null":
		return true
	}
	return false
}

func inQuotes(n *yaml.Node) bool {
	return n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0
}

func plain(n *yaml.Node) bool {
	const other = yaml.SingleQuotedStyle | yaml.DoubleQuotedStyle | yaml.LiteralStyle | yaml.FoldedStyle | yaml.TaggedStyle
	return n.Kind == yaml.ScalarNode && n.Style&other == 0
}

// Scalar decodes a scalar as Helm does: string, float64, bool or nil.
func Scalar(n *yaml.Node) (any, bool) {
	if n.Kind != yaml.ScalarNode {
		return nil, false
	}
	text := n.Value
	switch {
	case n.Style&yaml.TaggedStyle != 0:
		text = n.Tag + " " + strconv.Quote(text)
	case !plain(n) || !ambiguous(text):
		return text, true
	}
	var v any
	if err := helmyaml.Unmarshal([]byte(text), &v); err != nil {
		return nil, false
	}
	return v, true
}

// EqualScalars compares values of the several decoders: a number is a float64
// from a file and an int64 from --set.
func EqualScalars(a, b any) bool {
	x, okx := number(a)
	y, oky := number(b)
	if okx && oky {
		return x == y || math.IsNaN(x) && math.IsNaN(y)
	}
	switch a.(type) {
	case string, bool, nil:
		switch b.(type) {
		case string, bool, nil:
			return a == b
		}
	}
	return false
}

func number(v any) (float64, bool) {
	switch v := v.(type) {
	case float64:
		return v, true
	case int64:
		return float64(v), true
	case int:
		return float64(v), true
	}
	return 0, false
}
