package explore

import (
	"slices"
	"strings"
	"text/template/parse"

	"github.com/mesh-check/mesh-check/render/chart"
	"github.com/mesh-check/mesh-check/render/explain"
	"github.com/mesh-check/mesh-check/render/source"
)

// need is what must hold of one value, or of the cluster, for a condition to come out in
// another way.
type need struct {
	what needKind
	path chart.Path // of a value
	data any        // that is there now
	text any        // that it is compared with, the version that is wanted, or the API
	body *parse.ListNode
	// dots says that it is the dot of the body: of a with or range.
	dots bool
	// ranges says that a range goes through it.
	ranges bool
	// pairs says that the range reads keys too: it has two variables.
	pairs bool
}

type needKind uint8

const (
	isTrue needKind = iota
	isFalse
	isEqual
	isOther // than text
	hasItem // text, in a list
	hasAPI
	hasVersion    // that the constraint allows
	hasNotVersion // that it allows
	isUpgrade
)

// plan is what must hold together; plans are one or the other.
type plan []need

const (
	maxPlans = 12 // alternatives of one expression
	maxDepth = 16 // of expressions within each other, through templates that are included
)

// reader reads conditions backwards.
type reader struct {
	body   *parse.ListNode // of the decision
	dots   bool
	ranges bool
	pairs  bool
	depth  int
	left   *int                     // how many more expressions are read
	read   map[*parse.PipeNode]bool // what gave variables their values
}

// newReader is a reader of one decision.
func newReader() reader {
	left := maxRead
	return reader{left: &left, read: map[*parse.PipeNode]bool{}}
}

// maxRead is how many expressions are read backwards for one decision: variables that are
// assigned over and over lead back to each other.
const maxRead = 1000

// plans are the ways in which an expression would come out true, or false. What holds already
// needs nothing.
func (r reader) plans(x expression, want bool, seen explain.Seen) []plan {
	if r.depth++; r.depth > maxDepth || *r.left <= 0 {
		return nil
	}
	*r.left--
	switch x.function {
	case "":
		return r.way(x, want, seen)
	case "not", "empty":
		return r.argument(x, 0, !want, seen)
	case "and", "or":
		if (x.function == "and") == want {
			return r.all(x.args, want, seen)
		}
		return r.any(x.args, want, seen)
	case "coalesce", "append", "prepend", "concat", "list", "tuple":
		return r.any(x.args, want, seen)
	case "eq", "ne":
		return r.compared(x, want == (x.function == "eq"), seen)
	case "gt", "ge", "lt", "le":
		return r.ordered(x, want, seen)
	case "hasKey":
		return r.keyed(x, want, seen)
	case "has", "contains", "hasPrefix", "hasSuffix":
		return r.contained(x, want, seen)
	case "kindIs", "typeIs", "kindOf":
		return r.kind(x, want, seen)
	case ".Has":
		return r.api(x, want)
	case "semverCompare":
		return r.version(x, want, seen)
	case "include":
		return r.included(want, seen)
	case "ternary":
		if len(x.args) == 3 {
			return r.argument(x, 2, want, seen)
		}
	case "default":
		if len(x.args) == 2 && want {
			return r.any([]expression{x.args[1], x.args[0]}, true, seen)
		}
	}
	if arg, ok := x.passed(); ok {
		return r.plans(arg, want, seen)
	}
	if held := x.way(seen); held.Path != nil {
		return r.held(held, want)
	}
	return nil
}

func (r reader) argument(x expression, i int, want bool, seen explain.Seen) []plan {
	if i >= len(x.args) {
		return nil
	}
	return r.plans(x.args[i], want, seen)
}

// all needs of several expressions, of those that do not hold already.
func (r reader) all(args []expression, want bool, seen explain.Seen) []plan {
	sum := []plan{{}}
	for _, arg := range args {
		if is, known := truth(arg, seen); known && is == want {
			continue
		}
		own := r.plans(arg, want, seen)
		if len(own) == 0 {
			return nil
		}
		var next []plan
		for _, before := range sum {
			for _, p := range own {
				if len(next) < maxPlans {
					next = append(next, slices.Concat(before, p))
				}
			}
		}
		sum = next
	}
	if len(sum) == 1 && len(sum[0]) == 0 {
		return nil
	}
	return sum
}

// any is what one of several expressions needs.
func (r reader) any(args []expression, want bool, seen explain.Seen) (all []plan) {
	for _, arg := range args {
		own := r.plans(arg, want, seen)
		all = append(all, own[:min(len(own), maxPlans-len(all))]...)
	}
	return all
}

// way is what a way to some data needs, or a variable that holds more than that.
func (r reader) way(x expression, want bool, seen explain.Seen) []plan {
	if x.constant || x.node == nil {
		return nil
	}
	if held := x.way(seen); held.Path != nil {
		return r.held(held, want)
	}
	if v, ok := x.node.(*parse.VariableNode); ok && len(v.Ident) == 1 {
		return r.declared(v.Ident[0], want, seen)
	}
	return nil
}

func (r reader) held(h explain.Held, want bool) []plan {
	switch {
	case h.Path == nil:
		return nil
	case h.Role == source.Value:
		n := need{what: isFalse, path: h.Path, data: h.Data, body: r.body, dots: r.dots, ranges: r.ranges, pairs: r.pairs}
		if want {
			n.what = isTrue
		}
		return []plan{{n}}
	case h.Role == source.Release && len(h.Path) == 1 && (h.Path[0] == "IsUpgrade" && want || h.Path[0] == "IsInstall" && !want):
		return []plan{{{what: isUpgrade}}}
	}
	return nil
}

// declared is what a variable needs: what gave it its value last, or before.
func (r reader) declared(name string, want bool, seen explain.Seen) (all []plan) {
	for _, d := range slices.Backward(seen.Declared(name)) {
		if r.read[d.Pipe] {
			continue // a variable that is assigned again leads back to itself
		}
		r.read[d.Pipe] = true
		own := r.plans(pipeline(d.Pipe), want, d.Seen)
		all = append(all, own[:min(len(own), maxPlans-len(all))]...)
	}
	return all
}

// api is what .Capabilities.APIVersions.Has needs.
func (r reader) api(x expression, want bool) []plan {
	if len(x.args) != 1 || !want {
		return nil
	}
	if name, ok := x.args[0].value.(string); ok && name != "" {
		return []plan{{{what: hasAPI, text: name}}}
	}
	return nil
}

// version is what semverCompare needs of Kubernetes.
func (r reader) version(x expression, want bool, seen explain.Seen) []plan {
	if len(x.args) != 2 {
		return nil
	}
	constraint, ok := x.args[0].value.(string)
	held := x.args[1].way(seen)
	if ok && held.Path == nil && strings.Contains(constraint, "") {
		// The version comes out of a helper, as it does in most charts.
		held.Role = source.Capabilities
	}
	if !ok || held.Role != source.Capabilities {
		return nil
	}
	what := hasNotVersion
	if want {
		what = hasVersion
	}
	return []plan{{{what: what, text: constraint}}}
}

// included is what the templates that are included need to write something else: that one of
// their conditions comes out differently, or that what they print is true, or false.
func (r reader) included(want bool, seen explain.Seen) (all []plan) {
	for _, in := range seen.Inner() {
		x := pipeline(in.Pipe)
		to := want
		if in.Decides {
			is, known := truth(x, in.Seen)
			if known && !is && !want {
				continue // it writes nothing already
			}
			if known {
				to = !is
			}
		}
		own := r.plans(x, to, in.Seen)
		all = append(all, own[:min(len(own), maxPlans-len(all))]...)
	}
	return all
}
