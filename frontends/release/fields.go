package release

import (
	"strconv"
	"strings"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/render/source"
)

// FieldText is the Writer of values that are a text in a field of the declaration.
type FieldText struct{ Field object.Field }

// Written implements Writer.
func (t FieldText) Written(value source.Step) Written {
	whole := t.Field.Origin()
	o := whole
	if n := t.Field.Node(); n != nil {
		part, ok := n.Ref.Part(n.Text, value.Span.Start, value.Span.End)
		switch {
		case ok && value.Span.Start < value.Span.End:
			o = part
		case strings.Contains(n.Text, "\n"):
			o.Span = t.Field.AtKey().Origin().Span // its first line has another value
		}
	}
	return Written{Span: o.Span, PutIn: o.Trace, At: whole.Span}
}

// FieldTree is the Writer of values that are a field of the declaration themselves: each is
// found by its path.
type FieldTree struct{ Field object.Field }

// Written implements Writer.
func (t FieldTree) Written(value source.Step) Written {
	f := t.Field
	for _, key := range object.SplitPath(value.Name) {
		next := f.Get(key)
		if i, err := strconv.Atoi(key); err == nil && i >= 0 && i < len(f.Items()) {
			next = f.Items()[i]
		}
		if !next.Exists() {
			break
		}
		f = next
	}
	o := f.Origin()
	return Written{Span: o.Span, PutIn: o.Trace, At: t.Field.Origin().Span}
}

// UnknownIn is the reason of the first value in a field, at any depth, that is not known, or of a
// mapping that may have more; empty where all is known.
func UnknownIn(f object.Field) string {
	if f.Unknown() {
		return f.Reason()
	}
	if f.Partial() {
		return f.Node().Partial
	}
	for _, inner := range append(f.Entries(), f.Items()...) {
		if why := UnknownIn(inner); why != "" {
			return why
		}
	}
	return ""
}

// FirstUnknown is the reason of the first field that is not known; empty where all are known.
func FirstUnknown(fields ...object.Field) string {
	for _, f := range fields {
		if f.Unknown() {
			return f.Reason()
		}
	}
	return ""
}

// Texts are the elements of a list of texts; one that is not a text, or not known, is empty.
func Texts(f object.Field) (all []string) {
	for _, item := range f.Items() {
		all = append(all, item.Str().V)
	}
	return all
}
