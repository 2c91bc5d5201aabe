package object

import (
	"go.yaml.in/yaml/v3"

	"github.com/mesh-check/mesh-check/render/source"
)

// LocatePart returns where the bytes [start, end) of a scalar's value were written: a line
// of a block scalar, a word of a quoted one. ok is false where that is not certain.
func (d *document) LocatePart(token int, text string, start, end int) (o source.Origin, ok bool) {
	if token < 0 || token >= len(d.tokens) || yaml.Kind(d.tokens[token].Kind) != yaml.ScalarNode || d.tokens[token].Value != text {
		return source.Origin{}, false
	}
	from, to, ok := d.Runs(d.tokens[token]).Span(start, end)
	if !ok {
		return source.Origin{}, false
	}
	o = d.loc.Origin(from, to)
	return o, o.Exact
}

// LocateEmpty returns what is written where a value is empty: the quotes, or the action of
// a template that printed nothing. ok is false where nothing is.
func (d *document) LocateEmpty(token int) (o source.Origin, ok bool) {
	if token < 0 || token >= len(d.tokens) || yaml.Kind(d.tokens[token].Kind) != yaml.ScalarNode || d.tokens[token].Value != "" {
		return source.Origin{}, false
	}
	start, end, found := d.Span(d.tokens[token])
	if !found {
		return source.Origin{}, false
	}
	silent, asks := d.loc.(silentLocator)
	if start < end {
		if asks && end == start+2 {
			if o, ok := silent.Nothing(start + 1); ok {
				return o, true
			}
		}
		return d.loc.Origin(start, end), true
	}
	// Nothing is on the line of the key, or a comment. The blanks behind the last value
	// of a document are not its own.
	for at := start; asks && at <= len(d.Text); at++ {
		if o, ok := silent.Nothing(at); ok {
			return o, true
		}
		if at == len(d.Text) || d.Text[at] != ' ' && d.Text[at] != '\t' {
			break
		}
	}
	return source.Origin{}, false
}
