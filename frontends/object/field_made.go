package object

import (
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/render/source"
)

// elementLocator is a Locator that knows for which element of a list or dictionary a loop
// has written a mapping.
type elementLocator interface {
	// LocateElement returns where the element stands for which a mapping was written: begin
	// is the token of its key, or of the item of a list that it is, last that of its last
	// member. ok is false where no loop has written it, or where it has nothing of the element.
	LocateElement(begin, last int, item bool) (element source.Step, ok bool)
}

// made adds to the origin of a mapping, or of what is missing in it, the element that a
// loop has written the mapping for: there a person may add what is missing.
func (f Field) made(o source.Origin) source.Origin {
	for f.node == nil && f.at != nil {
		f = Field{obj: f.obj, node: f.at.node, at: f.at.from}
	}
	if f.node == nil || f.node.Kind != Map || len(f.node.Entries) == 0 {
		return o
	}
	begin, last := f.anchor(), f.node.last()
	by, knows := begin.By.(elementLocator)
	if !knows || last.By != begin.By {
		return o
	}
	element, ok := by.LocateElement(begin.Token, last.Token, f.at != nil && f.at.item > 0)
	if ok && !slices.ContainsFunc(o.Trace, func(s source.Step) bool { return s.Span.Valid() && s.Span == element.Span }) {
		o.Trace = append(slices.Clone(o.Trace), element)
	}
	return o
}

// last is the place of the last scalar that is written in a value.
func (n *Node) last() Ref {
	switch {
	case n.Kind == Map && len(n.Entries) > 0:
		return n.Entries[len(n.Entries)-1].Value.last()
	case n.Kind == List && len(n.Items) > 0:
		return n.Items[len(n.Items)-1].last()
	}
	return n.Ref
}

// LocateElement asks the text's locator, if that knows of loops.
func (d *document) LocateElement(begin, last int, item bool) (element source.Step, ok bool) {
	loops, asks := d.loc.(loopLocator)
	if !asks || begin < 0 || begin >= len(d.tokens) || last < 0 || last >= len(d.tokens) {
		return source.Step{}, false
	}
	start, _, _ := d.Span(d.tokens[begin])
	from, end, _ := d.Span(d.tokens[last])
	if end = max(end, from); end <= start {
		return source.Step{}, false
	}
	head := start
	if item {
		// The dash of an item belongs to it.
		if before := strings.TrimRight(d.Text[d.Start:start], blanks); strings.HasSuffix(before, "-") {
			head = d.Start + len(before) - 1
		}
	}
	return loops.Element(head, start, end)
}
