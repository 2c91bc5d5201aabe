package schema

import (
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/frontends/object/nearest"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// checker goes through one object.
type checker struct {
	object  *object.Object
	release int
	name    string // of the release, as the user spelled it
	from    int    // the oldest release of which all is so far the same
	result  Result

	// told are the values that have a problem, absent the members that are missing and
	// told: a rule that asks for them says nothing.
	told   map[*object.Node]bool
	absent map[absentKey]bool
	asked  map[string]bool // the fields in result.Undecided
	steps  int             // of the evaluator
}

type absentKey struct {
	in   *object.Node
	name string
}

// maxProblems is how many problems of one object are reported.
const maxProblems = 100

func (c *checker) full() bool { return len(c.result.Problems) >= maxProblems }

func (c *checker) problem(s Sort, f object.Field, message, advice string) {
	if !c.full() {
		c.result.Problems = append(c.result.Problems, Problem{s, f, message, advice})
	}
	if n := f.Node(); n != nil && s != UnknownField && s != Rule && s != Exclusive && !f.OnKey() {
		c.told[n] = true
	}
}

func (c *checker) undecided(f object.Field) {
	if path := f.Path(); !c.asked[path] {
		c.asked[path] = true
		c.result.Undecided = append(c.result.Undecided, f)
	}
}

// value judges what is in a field.
func (c *checker) value(f object.Field, n *node) {
	switch {
	case n == nil || n.Type == "":
		return
	case f.Unknown():
		if n.demanding() {
			c.undecided(f)
		}
		return
	case !c.typed(f, n):
		return
	}
	switch n.Type {
	case "object":
		c.mapping(f, n)
	case "array":
		c.list(f, n)
	default:
		c.scalar(f, n)
	}
	if c.told[f.Node()] {
		return
	}
	for _, r := range n.rules {
		if n.holds(r.fact, c) {
			c.rule(r, f, n)
		}
	}
}

// demanding reports whether a node asks for more than a type.
func (n *node) demanding() bool {
	return n.Type == "object" || n.Type == "array" || n.Format != "" || n.Pattern != "" || len(n.Enum) > 0 || len(n.Limits) > 0 || len(n.rules) > 0
}

// member is the node of a member of a mapping; nil where the release has none.
func (c *checker) member(n *node, name string) *node {
	if p := n.props[name]; p != nil && n.holds("."+name, c) {
		return p
	}
	return n.values
}

// left reports whether the API server treats a member as not written: null, where null is
// not allowed, is dropped before anything is judged.
func left(f object.Field, n *node) bool {
	return f.Node() == nil || f.Node().Kind == object.Null && (n == nil || !n.Nullable)
}

func (c *checker) mapping(f object.Field, n *node) {
	for _, e := range f.Entries() {
		m := c.member(n, e.Name())
		switch {
		case m == nil && !n.Open:
			c.unknownField(f, e, n)
		case m == nil || e.Node().Kind == object.Null: // dropped, or allowed
		default:
			c.value(e, m)
		}
	}
	c.required(f, n)
	for i, group := range n.OneOf {
		if n.holds(facter("oneOf", i), c) {
			c.atMostOne(f, n, group)
		}
	}
	c.sizeOf(f, n, "Props", written(f, n), "member", f.Partial())
}

// written counts the members that are not dropped.
func written(f object.Field, n *node) (count int) {
	for _, e := range f.Entries() {
		m := n.props[e.Name()]
		if m == nil {
			m = n.values
		}
		if !left(e, m) {
			count++
		}
	}
	return count
}

func (c *checker) required(f object.Field, n *node) {
	for _, name := range n.Required {
		m := n.props[name]
		if !n.holds("required "+name, c) || m != nil && m.initial.Exists() {
			continue
		}
		switch child := f.Get(name); {
		case child.Unknown():
			c.undecided(child)
		case left(child, m):
			c.problem(Missing, child, name+" is missing", "set "+name)
			c.absent[absentKey{f.Node(), name}] = true
		}
	}
}

// atMostOne holds that of some members one is set.
func (c *checker) atMostOne(f object.Field, n *node, group []string) {
	var set []object.Field
	var open object.Field
	maybe := 0
	for _, name := range group {
		switch child := f.Get(name); {
		case child.Unknown():
			maybe, open = maybe+1, child
		case !left(child, n.props[name]):
			set = append(set, child)
		}
	}
	switch {
	case len(set) > 1:
		var names []string
		for _, s := range set {
			names = append(names, s.Name())
		}
		c.problem(Exclusive, set[len(set)-1].AtKey(), "only one of "+and(names)+" may be set", "keep one of them")
	case len(set)+maybe > 1:
		c.undecided(open)
	}
}

func (c *checker) list(f object.Field, n *node) {
	items := f.Items()
	for _, item := range items {
		c.value(item, n.items)
	}
	c.sizeOf(f, n, "Items", len(items), "item", false)
	switch {
	case c.told[f.Node()]:
	case len(n.Keys) > 0 && n.holds("keys", c):
		c.distinct(items, n.items, n.Keys)
	case n.Set && n.holds("set", c):
		c.distinct(items, n.items, nil)
	}
}

// distinct holds that no two items of a list have the same keys, or are the same where
// there are no keys.
func (c *checker) distinct(items []object.Field, n *node, keys []string) {
	seen := map[string]bool{}
	for _, item := range items {
		var values []string
		known := true
		at := item
		for _, key := range keys {
			v := item.Get(key)
			if m := n.props[key]; left(v, m) && m != nil && m.initial.Exists() {
				v = m.initial
			}
			known = c.add(&values, v) && known
			if v.Exists() && v.Object() == c.object {
				at = v
			}
		}
		if len(keys) == 0 {
			known = c.add(&values, item)
		}
		if !known {
			continue
		}
		id := strings.Join(values, "\x00")
		if seen[id] {
			what := "the same item is in the list twice"
			if len(keys) > 0 {
				what = "two items of the list have the same " + and(keys)
			}
			c.problem(Value, at, what, "change or remove one of them")
		}
		seen[id] = true
	}
}

// add adds a value by which items differ; false where it is not known.
func (c *checker) add(values *[]string, v object.Field) bool {
	if v.Unknown() {
		c.undecided(v)
		return false
	}
	*values = append(*values, v.Str().V)
	return true
}

// unknownField tells a member that a mapping does not have, or not yet.
func (c *checker) unknownField(f, e object.Field, n *node) {
	if c.full() {
		return // the nearest of many names takes a while
	}
	name := quoted(e.Name())
	if since, later := n.Since["."+e.Name()]; later && n.props[e.Name()] != nil {
		c.problem(TooNew, e.AtKey(), "Istio "+c.name+" has no field "+name+": it came with Istio "+since, "remove it, or install Istio "+since)
		return
	}
	var names []string
	for known := range n.props {
		if n.holds("."+known, c) && !f.Get(known).Exists() {
			names = append(names, known)
		}
	}
	slices.Sort(names)
	message, advice := "there is no field "+name+" here", "remove it"
	if near := nearest.Name(e.Name(), names); near != "" {
		advice = "write " + near
	}
	c.problem(UnknownField, e.AtKey(), message, advice)
}
