package explain

import (
	"slices"
	"sort"
)

// random reports whether the bytes may differ from one render to the next.
func (r *resolver) random(l leaf, seen map[*returned]bool) bool {
	if l.where.emission != nil && l.where.site != nil && l.where.site.random && (l.kind == leafUnknown || l.kind == leafComputed) {
		return true
	}
	if l.kind != leafComputed || seen[l.made] {
		return false
	}
	seen[l.made] = true
	if l.made.random || randomFuncs[l.made.name] {
		return true
	}
	inner := resolver{e: r.e, left: maxLeaves}
	inner.inputs(l.made, l.where)
	for _, in := range inner.out {
		if r.random(in, seen) {
			return true
		}
	}
	return false
}

// inputs follows the arguments of a function.
func (r *resolver) inputs(c *returned, w where) {
	subject, known := subjects[c.name]
	if subject < 0 {
		subject += len(c.args)
	}
	if known = known && subject >= 0 && subject < len(c.args); known {
		r.input(c.args[subject], w, 0)
	}
	others := len(r.out)
	for i, arg := range c.args {
		if !known || i != subject {
			r.input(arg, w, 0)
		}
	}
	behind(r.out[others:], func(l leaf) bool { return l.kind == leafLiteral })
}

// behind puts what a predicate holds for behind everything else, each in its order.
func behind[T any](all []T, holds func(T) bool) {
	rank := func(x T) int {
		if holds(x) {
			return 1
		}
		return 0
	}
	slices.SortStableFunc(all, func(a, b T) int { return rank(a) - rank(b) })
}

// subjects are the functions that make something of one of their arguments, by what the
// others say: which of them that is, from the end where it is negative. It is reported before
// patterns and what is put in. Source: the documentation of sprig v3.3.0 and of
// text/template. Functions that are not here have one argument, or make their result of all
// of them alike, such as add.
var subjects = map[string]int{
	"printf":  1, // behind the format
	"replace": -1, "trunc": -1, "abbrev": -1, "abbrevboth": -1, "substr": -1, "repeat": -1, "indent": -1, "nindent": -1,
	"trimAll": -1, "trimall": -1, "trimSuffix": -1, "trimPrefix": -1, "wrap": -1, "wrapWith": -1, "join": -1, "plural": -1,
	"regexFind": -1, "mustRegexFind": -1,
	"regexReplaceAll": 1, "mustRegexReplaceAll": 1, "regexReplaceAllLiteral": 1, "mustRegexReplaceAllLiteral": 1,
	"date": -1, "dateInZone": 1, "date_in_zone": 1, "htmlDateInZone": 0, "round": 0,
	"encryptAES": -1, "decryptAES": -1, "derivePassword": 2,
}

// maxInputs is how many values are analyzed for one range: data may hold itself.
const maxInputs = 100_000

func (r *resolver) input(arg any, w where, depth int) {
	if r.seen++; r.left <= 0 || depth > 100 || r.seen > maxInputs {
		return
	}
	switch v := arg.(type) {
	case nil:
	case string:
		r.str(v, w)
	case []byte:
		r.str(viewString(v), w)
	case *frozenMap:
		order := make([]int, len(v.keys))
		for i := range order {
			order[i] = i
		}
		sort.Slice(order, func(a, b int) bool { return v.keys[order[a]] < v.keys[order[b]] })
		for _, i := range order {
			r.str(v.keys[i], w)
			r.input(v.values[i], w, depth+1)
		}
	case frozenList:
		for _, item := range v {
			r.input(item, w, depth+1)
		}
	case map[string]any:
		for _, k := range sortedKeys(v) {
			r.input(v[k], w, depth+1)
		}
	case []any:
		for _, item := range v {
			r.input(item, w, depth+1)
		}
	case []string:
		for _, item := range v {
			r.str(item, w)
		}
	case certificate:
		r.str(v.Cert, w)
		r.str(v.Key, w)
	default:
		if boxable(v) {
			r.box(v, 0, w)
		}
	}
}

func sortedKeys(m map[string]any) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}
