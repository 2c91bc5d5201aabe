package eval

import (
	"strconv"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/terraform/lang"
	"github.com/mesh-check/mesh-check/render/source"
)

// decoder is a function that reads YAML: what it makes of a text, and how its documents
// are told apart.
type decoder struct {
	value   func(text cty.Value) (cty.Value, error)
	dialect object.Dialect
	many    bool // the result is the list of all documents
}

// decoders are the functions that read YAML. The values are theirs; the places come
// from a reading of ours, and hold where both agree.
var decoders = map[string]decoder{
	"yamldecode":             {calling("yamldecode"), object.Kubectl, false},
	"jsondecode":             {calling("jsondecode"), object.Kubectl, false},
	lang.ManifestDecode:      {calling(lang.ManifestDecode), object.Helm, false},
	lang.ManifestDecodeMulti: {calling(lang.ManifestDecodeMulti), object.Helm, true},
}

func calling(name string) func(cty.Value) (cty.Value, error) {
	return func(text cty.Value) (cty.Value, error) {
		return lang.Function(name).Call([]cty.Value{text})
	}
}

// reading is a text that was read as YAML, twice.
type reading struct {
	value     cty.Value      // what the function gives
	documents []*object.Node // with the offsets in the text as places
}

// maxReadings is how many bytes of texts are kept with their readings.
const maxReadings = 16 << 20

// readingOf reads a text, once.
func (e *evaluator) readingOf(d decoder, name, text string) *reading {
	key := name + "\x00" + text
	if r, ok := e.readings[key]; ok {
		return r
	}
	if e.readBytes += len(text); e.readings == nil || e.readBytes > maxReadings {
		e.readings, e.readBytes = map[string]*reading{}, len(text)
	}
	var r *reading
	if v, err := d.value(cty.StringVal(text)); err == nil {
		r = &reading{value: v}
		for _, n := range object.Decode(text, offsets{}, d.dialect).Documents {
			if n.Kind == object.Map && len(n.Entries) > 0 || !d.many {
				r.documents = append(r.documents, n)
			}
		}
	}
	e.readings[key] = r
	return r
}

// offsets are places that say where they are in the text, and no more.
type offsets struct{}

// Origin implements object.TextLocator.
func (offsets) Origin(start, end int) source.Origin {
	return source.Origin{Span: source.Span{Start: start, End: end}, Exact: true}
}

// decoded follows a way into a text that a function reads as YAML, to the line where the
// value is written; false where that is not found.
func (w *tracer) decoded(x *hclsyntax.FunctionCallExpr) bool {
	t := w.trail
	name := strings.TrimPrefix(x.Name, "core::")
	d, ok := decoders[name]
	if !ok || len(x.Args) != 1 || w.plain {
		return false
	}
	v, _ := w.e.eval(t.site.scope, x.Args[0])
	s, known := lang.KeyText(v)
	if !known {
		return false
	}
	r := w.e.readingOf(d, name, s)
	if r == nil {
		return false
	}
	place, ok := r.find(d.many, t.rest, w.key)
	if !ok {
		return false
	}
	from := place.Origin()
	if w.within != nil {
		if from, ok = place.Part(w.within.text, w.within.start, w.within.end); !ok {
			return false
		}
	}
	origin, ok := w.e.textOrigin(site{scope: t.site.scope, expr: x.Args[0], in: t.site.in}, s, from.Span)
	if !ok {
		return false
	}
	if origin.Exact && !from.Exact {
		origin.Exact, origin.Reason = false, from.Reason
	}
	t.crossed, t.rest, t.span, t.read = true, nil, origin.Span, &origin
	if t.site.in.role == "" {
		t.site.in = container{role: source.LiteralStep, name: x.Name}
	}
	return true
}

// find is the place of the value, or of its key, at the end of a way. What both
// readings do not agree on has none.
func (r *reading) find(many bool, way []cty.Value, key bool) (place object.Ref, ok bool) {
	v := r.value
	var n *object.Node
	if many {
		if len(way) == 0 {
			return place, false
		}
		i, isIndex := lang.KeyText(way[0])
		at, err := strconv.Atoi(i)
		if !isIndex || err != nil || at < 0 || at >= len(r.documents) || v.LengthInt() != len(r.documents) {
			return place, false
		}
		n, v, way = r.documents[at], v.Index(cty.NumberIntVal(int64(at))), way[1:]
	} else if len(r.documents) == 1 {
		n = r.documents[0]
	} else {
		return place, false
	}
	place = n.Ref
	for i, step := range way {
		text, isKey := lang.KeyText(step)
		if has, sure := lang.HasKey(v, step); isKey && sure && has {
			entry := entryOf(n, text)
			if entry == nil {
				return place, false
			}
			v, n, place = v.GetAttr(text), entry.Value, entry.Value.Ref
			if key && i == len(way)-1 {
				place = entry.Ref
			}
			continue
		}
		at, err := strconv.Atoi(text)
		if err != nil || !v.CanIterateElements() || n.Kind != object.List || at < 0 || at >= len(n.Items) || len(n.Items) != v.LengthInt() {
			return place, false
		}
		v, n = v.Index(cty.NumberIntVal(int64(at))), n.Items[at]
		place = n.Ref
	}
	return place, agree(v, n, place)
}

// entryOf is the member of a mapping with a key.
func entryOf(n *object.Node, key string) *object.Entry {
	if n.Kind != object.Map {
		return nil
	}
	for i := range n.Entries {
		if n.Entries[i].Key == key {
			return &n.Entries[i]
		}
	}
	return nil
}

// agree reports whether both readings mean the same at a place. They may spell a scalar in
// different ways: 01337 is a decimal number to one and an octal one to the other.
func agree(v cty.Value, n *object.Node, place object.Ref) bool {
	text, scalar := lang.KeyText(v)
	if !scalar {
		return !n.Scalar()
	}
	if text == n.Text {
		return true
	}
	written, _ := place.Written()
	if written == text {
		return true
	}
	again, err := lang.YamldecodeFunc.Call([]cty.Value{cty.StringVal(written)})
	if err != nil {
		return false
	}
	same, ok := lang.KeyText(again)
	return ok && same == text
}
