package explore

import (
	"github.com/mesh-check/mesh-check/render/explain"
	"github.com/mesh-check/mesh-check/render/source"
)

// compared is what eq needs: a value beside a constant, or beside another one.
func (r reader) compared(x expression, same bool, seen explain.Seen) (all []plan) {
	if len(x.args) < 2 {
		return nil
	}
	left := x.args[0]
	for _, right := range x.args[1:] {
		for _, pair := range [][2]expression{{left, right}, {right, left}} {
			constant, known := pair[1].known(seen)
			if !known || pair[0].constant {
				continue
			}
			n := need{what: isOther, text: constant, body: r.body, dots: r.dots}
			if same {
				n.what = isEqual
			}
			if held := pair[0].way(seen); held.Path != nil && held.Role == source.Value {
				if pair[0].counts() {
					all = append(all, r.held(held, same != (asText(constant) == "0"))...)
					break
				}
				n.path, n.data = held.Path, held.Data
				all = append(all, plan{n})
				break
			}
			text, isText := constant.(string)
			b, isBool := constant.(bool)
			if isText || isBool { // such as eq (include "x" .) "true"
				want := same == (text != "" && text != "false" || b)
				all = append(all, r.plans(pair[0], want, seen)...)
				break
			}
		}
	}
	return all[:min(len(all), maxPlans)]
}

// known is what an expression is, whatever values say or as they say now.
func (x expression) known(seen explain.Seen) (any, bool) {
	if x.constant {
		return x.value, true
	}
	if x.function == "include" || x.function == "" && x.node == nil {
		return nil, false
	}
	held := x.way(seen)
	return held.Data, held.Data != nil
}

// ordered is what a comparison of a number needs.
func (r reader) ordered(x expression, want bool, seen explain.Seen) []plan {
	if len(x.args) != 2 {
		return nil
	}
	function, a, b := x.function, x.args[0], x.args[1]
	if a.constant { // 1 < n is n > 1
		a, b, function = b, a, map[string]string{"gt": "lt", "ge": "le", "lt": "gt", "le": "ge"}[function]
	}
	limit, ok := b.value.(int64)
	if !ok {
		return nil
	}
	if !want {
		function = map[string]string{"gt": "le", "ge": "lt", "lt": "ge", "le": "gt"}[function]
	}
	held := a.way(seen)
	if held.Path == nil || held.Role != source.Value {
		return r.plans(a, function == "gt" || function == "ge", seen)
	}
	if a.counts() {
		return r.held(held, function == "gt" || function == "ge")
	}
	to := limit
	switch function {
	case "gt":
		to = limit + 1
	case "lt":
		to = limit - 1
	}
	return []plan{{{what: isEqual, path: held.Path, data: held.Data, text: to, body: r.body, dots: r.dots}}}
}

// counts reports whether an expression is how many entries something has.
func (x expression) counts() bool {
	for {
		if x.function == "len" {
			return true
		}
		arg, ok := x.passed()
		if !ok {
			return false
		}
		x = arg
	}
}

// keyed is what hasKey needs.
func (r reader) keyed(x expression, want bool, seen explain.Seen) []plan {
	if len(x.args) != 2 || !want {
		return nil
	}
	key, ok := x.args[1].value.(string)
	held := x.args[0].way(seen)
	if !ok || held.Path == nil {
		return nil
	}
	return r.held(held.Key(key), true)
}

// contained is what has, contains and their like need.
func (r reader) contained(x expression, want bool, seen explain.Seen) []plan {
	if len(x.args) != 2 || !want {
		return nil
	}
	item, in := x.args[0], x.args[1]
	if text, ok := item.known(seen); ok {
		if held := in.way(seen); held.Path != nil && held.Role == source.Value {
			what := isEqual
			if x.function == "has" {
				what = hasItem
			}
			return []plan{{{what: what, path: held.Path, data: held.Data, text: text}}}
		}
	}
	if x.function != "has" || in.function != "list" && in.function != "tuple" {
		return nil
	}
	var all []plan
	held := item.way(seen)
	for _, one := range in.args {
		if one.constant && held.Path != nil && held.Role == source.Value && len(all) < maxPlans {
			all = append(all, plan{{what: isEqual, path: held.Path, data: held.Data, text: one.value}})
		}
	}
	return all
}

// kind is what a look at a value's type needs: one of that kind that is true.
func (r reader) kind(x expression, want bool, seen explain.Seen) []plan {
	if len(x.args) != 2 || !want {
		return nil
	}
	name, _ := x.args[0].value.(string)
	none := map[string]any{ // as if something of that kind were there, which is not true
		"string": "", "bool": false, "map": map[string]any{}, "slice": []any{}, "int": int64(0), "float64": int64(0),
		"[]interface {}": []any{}, "map[string]interface {}": map[string]any{},
	}
	held := x.args[1].way(seen)
	data, ok := none[name]
	if !ok || held.Path == nil || held.Role != source.Value {
		return nil
	}
	return []plan{{{what: isTrue, path: held.Path, data: data, body: r.body, dots: r.dots}}}
}
