package schema

import (
	"net/url"
	"strconv"
	"time"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// value is what an expression gives.
type value struct {
	sort  valueSort
	num   int64   // of a truth (0, 1), a number, a duration
	float float64 // of a fraction
	text  string
	url   *url.URL
	items []value      // of a list; the field has them where it has a node
	field object.Field // where it stands, or for what is not known the field that is needed
	node  *node
}

type valueSort uint8

const (
	null valueSort = iota
	truth
	whole64
	fraction
	text
	list
	mapping
	duration
	address // a URL
	// unknown hangs on a value that is not known. It has no field where a problem of that
	// value is reported already.
	unknown
	// fault is what the language calls an error: a member that is missing, a function that
	// does not take such a value. A rule with it does not hold.
	fault
)

func ofBool(b bool) value {
	if b {
		return value{sort: truth, num: 1}
	}
	return value{sort: truth}
}

func ofInt(i int) value { return value{sort: whole64, num: int64(i)} }

func (v value) isTrue() bool  { return v.sort == truth && v.num == 1 }
func (v value) isFalse() bool { return v.sort == truth && v.num == 0 }

// of reads a field.
func (c *checker) of(f object.Field, n *node) value {
	switch {
	case f.Unknown():
		return value{sort: unknown, field: f}
	case n != nil && left(f, n) && n.initial.Exists():
		return c.of(n.initial, n)
	case left(f, n):
		return value{sort: fault}
	case c.told[f.Node()]:
		return value{sort: unknown}
	}
	v := value{field: f, node: n, text: f.Node().Text}
	switch f.Node().Kind {
	case object.Bool:
		return value{sort: truth, num: ofBool(v.text == "true").num, field: f}
	case object.Int, object.Float:
		return c.numberOf(v)
	case object.String:
		v.sort = text
	case object.Map:
		v.sort = mapping
	case object.List:
		v.sort = list
		for _, item := range f.Items() {
			if n == nil {
				v.items = append(v.items, c.of(item, nil))
				continue
			}
			v.items = append(v.items, c.of(item, n.items))
		}
	}
	return v
}

func (c *checker) numberOf(v value) value {
	if i, err := strconv.ParseInt(v.text, 10, 64); err == nil {
		v.sort, v.num = whole64, i
		return v
	}
	f, err := strconv.ParseFloat(v.text, 64)
	switch {
	case err != nil:
		return value{sort: fault}
	case v.node != nil && v.node.Type == "integer":
		v.sort, v.num = whole64, int64(f)
	default:
		v.sort, v.float = fraction, f
	}
	return v
}

// member is a member of a mapping.
func (c *checker) memberOf(v value, name string) value {
	switch {
	case v.sort == unknown:
		return v
	case v.sort != mapping:
		return value{sort: fault}
	case c.absent[absentKey{v.field.Node(), name}]:
		return value{sort: unknown}
	}
	var n *node
	if v.node != nil {
		if n = v.node.props[name]; n == nil {
			n = v.node.values
		}
	}
	return c.of(v.field.Get(name), n)
}

// has reports whether a member of a mapping is set.
func (c *checker) has(v value, name string) value {
	m := c.memberOf(v, name)
	switch {
	case m.sort == unknown && m.field.Object() == nil && v.sort == mapping && v.field.Get(name).Exists():
		return ofBool(true) // it is there, though wrong
	case m.sort == unknown:
		return m
	case v.sort != mapping:
		return value{sort: fault}
	}
	return ofBool(m.sort != fault)
}

// elements are what a macro goes through: the items of a list, the keys of a mapping.
// open is unknown where there may be more of them.
func (c *checker) elements(v value) (all []value, open value) {
	switch v.sort {
	case list:
		return v.items, value{}
	case mapping:
		for _, e := range v.field.Entries() {
			if v.node != nil && left(e, v.node.values) && v.node.props[e.Name()] == nil {
				continue
			}
			all = append(all, value{sort: text, text: e.Name(), field: e.AtKey()})
		}
		if v.field.Partial() {
			open = value{sort: unknown, field: v.field}
		}
		return all, open
	case unknown:
		return nil, v
	}
	return nil, value{sort: fault}
}

// equal compares two values as the language does: values of different sorts are not
// equal.
func equal(a, b value) value {
	switch {
	case a.sort == unknown:
		return a
	case b.sort == unknown:
		return b
	case a.sort == fault || b.sort == fault:
		return value{sort: fault}
	case a.sort == fraction || b.sort == fraction:
		x, okX := a.asFloat()
		y, okY := b.asFloat()
		return ofBool(okX && okY && x == y)
	case a.sort != b.sort:
		return ofBool(false)
	case a.sort == list:
		return equalLists(a.items, b.items)
	case a.sort == text:
		return ofBool(a.text == b.text)
	}
	return ofBool(a.num == b.num)
}

// equalLists is no where two items differ, even if others are not known.
func equalLists(a, b []value) value {
	if len(a) != len(b) {
		return ofBool(false)
	}
	result := ofBool(true)
	for i := range a {
		switch e := equal(a[i], b[i]); {
		case e.isFalse():
			return e
		case !e.isTrue() && result.sort != unknown:
			result = e
		}
	}
	return result
}

func (v value) asFloat() (float64, bool) {
	switch v.sort {
	case whole64:
		return float64(v.num), true
	case fraction:
		return v.float, true
	}
	return 0, false
}

func ofDuration(s string) value {
	d, err := time.ParseDuration(s)
	if err != nil {
		return value{sort: fault}
	}
	return value{sort: duration, num: int64(d)}
}
