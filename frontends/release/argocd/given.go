package argocd

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/render/source"
)

// places are where parameters are written. They are looked up when they are asked for, which is seldom: a
// generator may give thousands of parameters to thousands of Applications.
type places struct {
	// own are those that are not in the tree, by the name of the parameter.
	own map[string]place
	// tree has the others, each at its path. The name is for people.
	tree *object.Node
	name string
	// anew is a key of the tree that own has instead.
	anew string
	// parts are what values were put together of: the first that has the value has given it.
	parts  []parameters
	values map[string]any
}

// pathSeparator is between the keys of a parameter in its name; a flat template has dots there.
const pathSeparator = "\x00"

// stepsTo is the trace to where parameters are written.
func stepsTo(role source.Role, ref object.Ref, name string) []source.Step {
	o := ref.Origin()
	return append([]source.Step{{Role: role, Name: name, Span: o.Span}}, o.Trace...)
}

// separator is between the keys of a parameter in its name.
func (t templating) separator() string {
	if t.golang {
		return pathSeparator
	}
	return "."
}

// nameOf is the name of a parameter in the templates.
func (t templating) nameOf(keys ...string) string { return strings.Join(keys, t.separator()) }

// placeOf is where a parameter is written; ok is false where that is not certain.
func (t templating) placeOf(p *places, name string) (at place, ok bool) {
	if p == nil {
		return place{}, false
	}
	if at, ok = p.own[name]; ok {
		return at, true
	}
	for _, part := range p.parts {
		value, has := t.lookup(part.values, name)
		given, gives := t.lookup(p.values, name)
		if has && gives && reflect.DeepEqual(value, given) {
			return t.placeOf(part.places, name)
		}
	}
	if p.anew != "" && (name == p.anew || strings.HasPrefix(name, p.anew+t.separator())) {
		return place{}, false
	}
	found := t.find(p.tree, p.name, name)
	if len(found) != 1 {
		return place{}, false // a flat template cannot tell two of them apart
	}
	return found[0], true
}

// find are the places below a node that a name is of.
func (t templating) find(n *object.Node, shown, name string) (found []place) {
	if n == nil {
		return nil
	}
	below := func(inner *object.Node, key object.Ref, step, shown string) {
		rest, is := strings.CutPrefix(name, step)
		switch {
		case !is || inner == nil:
		case rest == "":
			p := place{ref: inner.Ref, key: key, name: shown}
			if inner.Scalar() {
				p.text = inner.Text
			}
			found = append(found, p)
		case strings.HasPrefix(rest, t.separator()):
			found = append(found, t.find(inner, shown, rest[len(t.separator()):])...)
		}
	}
	for _, e := range n.Entries {
		below(e.Value, e.Ref, e.Key, object.JoinPath(shown, e.Key))
	}
	for i, item := range n.Items {
		below(item, item.Ref, strconv.Itoa(i), fmt.Sprintf("%s[%d]", shown, i))
	}
	return found
}

// lookup is the value of a parameter.
func (t templating) lookup(values map[string]any, name string) (any, bool) {
	if !t.golang {
		v, has := values[name]
		return v, has
	}
	var at any = values
	for key := range strings.SplitSeq(name, pathSeparator) {
		switch in := at.(type) {
		case map[string]any:
			v, has := in[key]
			if !has {
				return nil, false
			}
			at = v
		case []any:
			i, err := strconv.Atoi(key)
			if err != nil || i < 0 || i >= len(in) {
				return nil, false
			}
			at = in[i]
		default:
			return nil, false
		}
	}
	return at, true
}
