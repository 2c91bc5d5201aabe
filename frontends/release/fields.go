package release

import (
	"io/fs"
	"strconv"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/render/source"
)

type fsEntry = fs.DirEntry

// fieldText is the Writer of values that are a text in a field of the declaration.
type fieldText struct{ field object.Field }

// Written implements Writer.
func (t fieldText) Written(value source.Step) Written {
	o := t.field.Within(value.Span.Start, value.Span.End).Origin()
	whole := t.field.Origin()
	return Written{Span: o.Span, PutIn: o.Trace, At: whole.Span}
}

// fieldTree is the Writer of values that are a field of the declaration themselves: each is
// found by its path.
type fieldTree struct{ field object.Field }

// Written implements Writer.
func (t fieldTree) Written(value source.Step) Written {
	f := t.field
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
	return Written{Span: o.Span, PutIn: o.Trace, At: t.field.Origin().Span}
}

// unknownIn is the reason of the first value in a field, at any depth, that is not known.
func unknownIn(f object.Field) string {
	if f.Unknown() {
		return f.Reason()
	}
	if f.Partial() {
		return f.Node().Partial
	}
	for _, inner := range append(f.Entries(), f.Items()...) {
		if why := unknownIn(inner); why != "" {
			return why
		}
	}
	return ""
}
