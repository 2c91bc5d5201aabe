package delivery

import (
	"slices"
	"strconv"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// outcome is what the order of two parameters of one kind changes.
type outcome int

const (
	nothing outcome = iota
	another         // value comes out
	failure         // Helm fails where the outer one is first
	unclear         // which of them depends on a value that is not known
)

// overlap says what comes of it when a parameter is inside another one, or the same: in the one order the outer one takes the
// place of all, in the other one the inner one changes what the outer one has set, or Helm fails on that.
//
// Source: pkg/strvals/parser.go of helm/helm v3.22: below a key, what is no mapping or list fails; below an index, what is no
// mapping is replaced by one.
func overlap(outer, inner parameter) outcome {
	if outer.value.odd || inner.value.odd {
		return nothing // Helm fails in both orders
	}
	rest := inner.path[len(outer.path):]
	if len(rest) == 0 {
		return compared(outer.value, inner.value)
	}
	inList := outer.path[len(outer.path)-1].item
	if !rest[0].item {
		if inList {
			return another
		}
		return failure
	}
	if outer.value.open && outer.kind != setFile { // a file's is a text
		return unclear
	}
	if !outer.value.isList {
		if inList && outer.value.text == "null" {
			return another
		}
		return failure
	}
	item, has := outer.value.at(rest[0])
	switch {
	case !has:
		return another
	case len(rest) == 1:
		return compared(item, inner.value)
	case rest[1].item && item.text != "null":
		return failure
	}
	return another
}

// at is an item of a list.
func (v value) at(index step) (value, bool) {
	for i, item := range v.items {
		if strconv.Itoa(i) == index.key {
			return value{text: item}, true
		}
	}
	return value{}, false
}

// compared is what comes of the order of two values at one place, of which the later one wins.
func compared(a, b value) outcome {
	switch {
	case a.open || b.open:
		return unclear
	case a.isList != b.isList || a.text != b.text || !slices.Equal(a.items, b.items):
		return another
	}
	return nothing
}

// settled reports whether a parameter of a later kind sets what the order of an outer and an inner one leaves open.
func (all parameters) settled(inner parameter) object.Truth {
	answer := object.No()
	for k := inner.kind + 1; k <= setFile; k++ {
		for _, path := range prefixes(inner.path) {
			for _, i := range all.at[atPath{k, path}] {
				answer = answer.Or(object.TruthOf(!all.list[i].value.odd))
			}
		}
		if unknown := all.unnamed[k]; unknown.Exists() {
			answer = answer.Or(object.Undecided(unknown))
		}
	}
	return answer
}
