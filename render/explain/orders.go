package explain

import (
	"maps"
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/render/source"
)

// keyOrder is how keys and values list a dictionary. Helm gives them in the order of a Go
// map, which is another one each time; here it is the same one in every run.
type keyOrder uint8

const (
	sortedOrder   keyOrder = iota
	reversedOrder          // the other way round
	rotatedOrder           // as sorted, beginning with the second one
)

// ordered is the keys of a dictionary in the order of this render.
func (e *tracer) ordered(dict map[string]any) []string {
	keys := slices.Sorted(maps.Keys(dict))
	if len(keys) < 2 {
		return keys
	}
	e.disordered = true
	switch e.order {
	case reversedOrder:
		slices.Reverse(keys)
	case rotatedOrder:
		keys = append(keys[1:], keys[0])
	}
	return keys
}

// differing is why a file is not proven that Helm renders in more than one way.
const differing = "Helm renders this file differently each time"

// hanging says how a file depends on the order in which dictionaries are listed.
type hanging uint8

const (
	onNothing hanging = iota
	shuffled          // all orders give the same lines in another order, or the same bytes in a line
	onOrder           // what it says depends on the order
)

// hangings finds out, where keys or values have listed a dictionary, how each file hangs
// on the order: it renders the chart in two other orders. Helm's order is another one
// each time, so that its text is no measure.
func (e *tracer) hangings(own map[string]*traced) (map[string]hanging, *source.Bug) {
	if !e.disordered {
		return nil, nil
	}
	out := map[string]hanging{}
	for _, order := range []keyOrder{reversedOrder, rotatedOrder} {
		other := newTracer(e.in, e.o)
		other.began, other.order, other.limits = nil, order, e.limits
		files, err := other.render()
		if bug := other.bugOf(err, nil); bug != nil {
			return nil, bug
		}
		for name, first := range own {
			switch file := files[name]; {
			case file != nil && file.text == first.text:
			case file != nil && out[name] != onOrder && slices.Equal(jumbled(file.text), jumbled(first.text)):
				out[name] = shuffled
			default: // it may have failed: a list may be empty in this order alone
				out[name] = onOrder
			}
		}
	}
	return out, nil
}

// takes takes the tracing engine's text for Helm's, of which it is one of several
// that Helm may render: it is the same one in every run.
func (m *Manifest) takes(own *traced) {
	m.Exact, m.Reason, m.explain, m.Text = false, differing, own, own.text
	m.aligned = alignment{{0, len(own.text), 0, len(own.text), false}}
}

// sameInAnotherOrder reports whether Helm's text says what the tracing engine's does, in
// another order.
func (m *Manifest) sameInAnotherOrder(own *traced) bool {
	return slices.Equal(jumbled(m.Text), jumbled(own.text)) || m.e.holds(own, m.Text)
}

// jumbled are the lines of a text, sorted, each with its bytes sorted: two texts with
// equal ones say the same in another order.
func jumbled(text string) []string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		bytes := []byte(line)
		slices.Sort(bytes)
		lines[i] = string(bytes)
	}
	slices.Sort(lines)
	return lines
}

// holds reports whether a text has random bytes, and Helm's has all lines of it that have
// none.
func (e *tracer) holds(x *traced, helm string) bool {
	left := map[string]int{}
	for _, line := range jumbled(helm) {
		left[line]++
	}
	random := make([]bool, strings.Count(x.text, "\n")+1)
	at, line := 0, 0
	for _, run := range e.fixedAndRandom(x, 0, len(x.text)) {
		n := strings.Count(x.text[at:at+run.size], "\n")
		if run.random {
			for i := line; i <= line+n; i++ {
				random[i] = true
			}
		}
		at, line = at+run.size, line+n
	}
	if !slices.Contains(random, true) {
		return false
	}
	for i, text := range strings.Split(x.text, "\n") {
		if random[i] {
			continue
		}
		key := jumbled(text)[0]
		if left[key]--; left[key] < 0 {
			return false
		}
	}
	return true
}
