package plan

import (
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/render/source"
)

// planPlace is the place of everything in a resource of which no source is known: its
// address in the plan, and the name of the attribute.
type planPlace struct {
	address source.Span
	steps   []planStep
}

// planStep is a step to an attribute: the token of where it begins, and a key or, counted
// from 1, the number of an element.
type planStep struct {
	from int
	key  string
	item int
}

// step is the token of what lies one step behind a token; 0 is the resource.
func (p *planPlace) step(from int, key string, item int) (token int) {
	p.steps = append(p.steps, planStep{from, key, item})
	return len(p.steps)
}

// Locate implements object.Locator.
func (p *planPlace) Locate(token int) source.Origin {
	var steps []planStep
	for token > 0 && token <= len(p.steps) {
		steps = append(steps, p.steps[token-1])
		token = steps[len(steps)-1].from
	}
	part := ""
	for _, s := range slices.Backward(steps) {
		if s.item > 0 {
			part += "[" + strconv.Itoa(s.item-1) + "]"
		} else {
			part = object.JoinPath(part, s.key)
		}
	}
	return source.Origin{
		Span: p.address, Kind: source.Text, Part: part,
		Reason: "a plan contains no lines: pass its .tf files with --source",
	}
}

// anotherPlace is a place in the configuration of another instance, which gives other
// values.
type anotherPlace struct{ object.Locator }

// anothers is a tree of the places of another instance.
func anothers(n *object.Node) *object.Node {
	out := *n
	if n.Ref.Known() {
		out.Ref.By = anotherPlace{n.Ref.By}
	}
	for i, e := range out.Entries {
		out.Entries[i].Value = anothers(e.Value)
	}
	for i, item := range out.Items {
		out.Items[i] = anothers(item)
	}
	return &out
}

func (r *planned) here() object.Ref { return object.Ref{By: &planPlace{address: r.place}} }

// masked is a file of the same name and the same lines and columns in which everything
// but some spans is blank: a plan has the values of secrets in clear text, and outputs
// show the text around a place.
func masked(file *source.File, keep []source.Span) *source.File {
	data := make([]byte, len(file.Data))
	kept := make([]bool, len(file.Data))
	for _, span := range keep {
		for i := span.Start; i < span.End && i < len(kept); i++ {
			kept[i] = true
		}
	}
	for i := 0; i < len(file.Data); {
		_, size := utf8.DecodeRune(file.Data[i:])
		if kept[i] || file.Data[i] == '\n' || file.Data[i] == '\r' {
			copy(data[i:], file.Data[i:i+size])
		} else {
			copy(data[i:], blanks[size])
		}
		i += size
	}
	shown := source.NewFile(file.Root, file.Path, data)
	shown.Blanked = true
	return shown
}

// blanks are characters that show nothing, by their length in UTF-8, so that columns
// stay what they are.
var blanks = [utf8.UTFMax + 1]string{1: " ", 2: "\u00a0", 3: "\u3000", 4: "\U0001d159"}
