package lang

import (
	"sort"

	"github.com/zclconf/go-cty/cty"
)

// unknownReason marks an unknown value with why it is not known. Marks travel with
// whatever is computed from a value, through functions and templates, so that the
// reason is still there where the value is used.
type unknownReason struct{ text string }

// SensitiveMark marks what nobody may print: the value of a sensitive variable or
// output, and whatever is computed from it.
type SensitiveMark struct{}

// SensitiveReason is why a sensitive value counts as unknown.
const SensitiveReason = "its value is marked sensitive"

// UnknownBecause is an unknown value of a type (cty.DynamicPseudoType where that is
// not known either) with the reason, such as "var.uid has no value".
func UnknownBecause(t cty.Type, reason string) cty.Value {
	return cty.UnknownVal(t).Mark(unknownReason{reason})
}

// MarkSensitive marks a value that nobody may print.
func MarkSensitive(v cty.Value) cty.Value { return v.Mark(SensitiveMark{}) }

// IsSensitive reports whether a value, or anything inside it, is marked sensitive.
func IsSensitive(v cty.Value) bool { return v.HasMarkDeep(SensitiveMark{}) }

// ReasonOf is why a value is not known: the first of its reasons in the order of
// their texts.
func ReasonOf(v cty.Value) string {
	if IsSensitive(v) {
		return SensitiveReason
	}
	var reasons []string
	_, marks := v.UnmarkDeep()
	for m := range marks {
		if r, ok := m.(unknownReason); ok {
			reasons = append(reasons, r.text)
		}
	}
	if len(reasons) == 0 {
		return "its value is known at apply"
	}
	sort.Strings(reasons)
	return reasons[0]
}

// MarkedReason is the first reason among marks; empty where there is none.
func MarkedReason(marks cty.ValueMarks) string {
	first := ""
	for m := range marks {
		if r, ok := m.(unknownReason); ok && (first == "" || r.text < first) {
			first = r.text
		}
	}
	return first
}
