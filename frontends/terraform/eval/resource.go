package eval

import (
	"strings"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/terraform/lang"
	"github.com/mesh-check/mesh-check/render/source"
)

// Resource is one instance of a resource (or data) block: what the evaluator and the
// plan reader hand to the mapper.
type Resource struct {
	// Address is the full address with instance keys:
	// module.a["x"].kubernetes_service.web[0].
	Address string
	// Type and Name are the labels of the block.
	Type, Name string
	// Data marks a data source.
	Data bool
	// Values is the configuration in the shape of a plan: a Map of Terraform's names;
	// a nested block is a List of Maps, also where only one may be written; what is
	// not set is missing. What is not known, and what is marked sensitive, is Unknown
	// with the reason in Text. Every node and entry has its place: the expression in
	// the resource block, and the key in front of it.
	Values *object.Node
	// Block is the header of the block: resource "kubernetes_service" "web".
	Block source.Span
	// Place is the place of the block with the trace of module calls behind it.
	Place object.Ref
	// Uncertain says why it is not known whether the instance exists (its count or
	// for_each is not known); empty when it does.
	Uncertain string
	// Change is what the plan does with the instance; empty outside plans.
	Change object.Change
	// Dir is the directory of the module, relative to the root, with slashes.
	Dir string
}

// BlockAddress is the address of the block behind the address of an instance: without the
// keys of count and for_each.
func BlockAddress(address string) string {
	var b strings.Builder
	inKey, quoted := false, false
	for i := 0; i < len(address); i++ {
		switch c := address[i]; {
		case !inKey && c == '[':
			inKey = true
		case !inKey:
			b.WriteByte(c)
		case c == '\\' && quoted:
			i++
		case c == '"':
			quoted = !quoted
		case c == ']' && !quoted:
			inKey = false
		}
	}
	return b.String()
}

// Clip makes foreign text short enough for a message.
func Clip(s string) string {
	if len(s) > 40 {
		return s[:40] + "…"
	}
	return s
}

// SensitiveReason is the reason of values that are marked sensitive.
const SensitiveReason = lang.SensitiveReason
