package explore

import (
	"text/template"

	"github.com/mesh-check/mesh-check/render/explain"
)

// truth is whether an expression is true with the present values.
func truth(x expression, seen explain.Seen) (is, known bool) {
	switch x.function {
	case "":
		if x.constant {
			is, _ = template.IsTrue(x.value)
			return is, true
		}
		if held := x.way(seen); held.Path != nil {
			is, _ = template.IsTrue(held.Data)
			return is, true
		}
	case "not", "empty":
		if len(x.args) == 1 {
			is, known = truth(x.args[0], seen)
			return !is, known
		}
	case "and", "or":
		known = true
		for _, arg := range x.args {
			one, sure := truth(arg, seen)
			if sure && one == (x.function == "or") {
				return one, true
			}
			known = known && sure
		}
		return x.function == "and", known
	case "eq", "ne":
		if len(x.args) == 2 {
			a, ok1 := x.args[0].known(seen)
			b, ok2 := x.args[1].known(seen)
			if ok1 && ok2 {
				return (asText(a) == asText(b)) == (x.function == "eq"), true
			}
		}
	}
	if held := x.way(seen); held.Path != nil {
		is, _ = template.IsTrue(held.Data)
		return is, true
	}
	return false, false
}
