package plan

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/terraform/eval"
	"github.com/mesh-check/mesh-check/render/source"
)

// maxPlanDepth bounds how deep a plan may be nested. A pod in a cron job in a module
// of a module is 30 deep; a kubernetes_manifest adds what its object has.
const maxPlanDepth = 256

// parseJSON reads JSON into a field tree whose tokens are byte offsets in the file:
// of a value, and of a key. The last of equal keys wins, as encoding/json has it.
func parseJSON(file *source.File) (*object.Node, *source.Error) {
	// What changes says all that is planned, and more: of the planned values, which come
	// first, nothing is kept then.
	n, err := parsePlan(file, bytes.Contains(file.Data, []byte(`"resource_changes"`)))
	if err == nil && n.Kind == object.Map && (n.Get("resource_changes") == nil || n.Get("resource_changes").Kind != object.List) {
		return parsePlan(file, false)
	}
	return n, err
}

func parsePlan(file *source.File, changes bool) (*object.Node, *source.Error) {
	p := jsonParser{data: file.Data, dec: json.NewDecoder(bytes.NewReader(file.Data)), changes: changes}
	p.dec.UseNumber()
	n, err := p.value(0)
	if err == nil {
		if _, more := p.dec.Token(); !errors.Is(more, io.EOF) {
			err = errors.New("there is more after the JSON value")
		}
	}
	if err == nil {
		return n, nil
	}
	at := p.next().Token
	what := err.Error()
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		at, what = len(file.Data), "the JSON ends too early"
	}
	at = min(at, len(file.Data))
	return nil, &source.Error{
		What: "the plan is not valid JSON: " + what, Do: "write it with terraform show -json",
		At: source.Span{File: masked(file, nil), Start: at, End: at}, Err: err,
	}
}

type jsonParser struct {
	data []byte
	dec  *json.Decoder
	// top is the member of the outermost object that is read.
	top string
	// changes leaves out the planned values.
	changes bool
}

// unused are the large members of a plan that nothing here asks for.
var unused = map[string]bool{
	"resource_drift": true, "output_changes": true, "relevant_attributes": true, "checks": true,
}

// skips reports whether a member of an object need not be read: what is unused, the values
// from before the change, and those of resources that make no Kubernetes objects. The
// type of a resource is in front of them.
func (p *jsonParser) skips(n *object.Node, key string, depth int) bool {
	switch {
	case depth == 0:
		return unused[key] || key == "planned_values" && p.changes
	case depth == 3 && p.top == "resource_changes" && (key == "before" || key == "before_sensitive"):
		return true
	case key != "values" && key != "change":
		return false
	}
	typ, address := n.Get("type"), n.Get("address")
	return typ != nil && typ.Kind == object.String && !eval.Relevant(typ.Text) && address != nil && address.Kind == object.String &&
		(p.top == "resource_changes" || p.top == "planned_values" || p.top == "prior_state")
}

// skip reads over a value and keeps nothing of it; what stands for it is an empty
// mapping.
func (p *jsonParser) skip() error {
	for depth := 0; ; {
		token, err := p.dec.Token()
		if err != nil {
			return err
		}
		switch token {
		case json.Delim('{'), json.Delim('['):
			if depth++; depth > maxPlanDepth {
				return errTooDeep
			}
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
		if depth == 0 {
			return nil
		}
	}
}

var errTooDeep = errors.New("it is nested deeper than " + strconv.Itoa(maxPlanDepth))

// next is the offset of the next token: behind blanks, commas and colons. No Locator
// goes with it: nobody wrote a plan, so that no finding may point into it by itself.
func (p *jsonParser) next() object.Ref {
	at := int(p.dec.InputOffset())
	for at < len(p.data) && strings.IndexByte(" \t\r\n,:", p.data[at]) >= 0 {
		at++
	}
	return object.Ref{Token: at}
}

func (p *jsonParser) value(depth int) (*object.Node, error) {
	if depth > maxPlanDepth {
		return nil, errTooDeep
	}
	n := &object.Node{Ref: p.next()}
	token, err := p.dec.Token()
	if err != nil {
		return nil, err
	}
	switch t := token.(type) {
	case json.Delim:
		if t == '{' {
			return n, p.object(n, depth)
		}
		return n, p.list(n, depth)
	case bool:
		n.Kind, n.Text = object.Bool, strconv.FormatBool(t)
	case json.Number:
		n.Kind, n.Text = object.Float, t.String()
		if _, err := strconv.ParseInt(n.Text, 10, 64); err == nil {
			n.Kind = object.Int
		}
	case string:
		n.Kind, n.Text = object.String, t
	}
	return n, nil
}

func (p *jsonParser) object(n *object.Node, depth int) error {
	n.Kind = object.Map
	index := map[string]int{}
	for p.dec.More() {
		place := p.next()
		key, err := p.dec.Token()
		if err != nil {
			return err
		}
		name, _ := key.(string) // the decoder lets nothing else through
		if depth == 0 {
			p.top = name
		}
		var value *object.Node
		if p.skips(n, name, depth) {
			if err := p.skip(); err != nil {
				return err
			}
			if name != "planned_values" {
				continue
			}
			value = &object.Node{Kind: object.Map, Ref: place} // it is there
		} else if value, err = p.value(depth + 1); err != nil {
			return err
		}
		entry := object.Entry{Key: name, Ref: place, Value: value}
		if i, twice := index[name]; twice {
			n.Entries[i] = entry
			continue
		}
		index[name] = len(n.Entries)
		n.Entries = append(n.Entries, entry)
	}
	_, err := p.dec.Token()
	return err
}

func (p *jsonParser) list(n *object.Node, depth int) error {
	n.Kind = object.List
	for p.dec.More() {
		item, err := p.value(depth + 1)
		if err != nil {
			return err
		}
		n.Items = append(n.Items, item)
	}
	_, err := p.dec.Token()
	return err
}

// planText is a text as UTF-8 without a byte order mark: PowerShell writes what
// terraform show -json prints as UTF-16.
func planText(data []byte) []byte {
	var order binary.ByteOrder
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		order = binary.LittleEndian
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		order = binary.BigEndian
	default:
		return bytes.TrimPrefix(data, []byte("\ufeff"))
	}
	units := make([]uint16, 0, len(data)/2)
	for i := 2; i+1 < len(data); i += 2 {
		units = append(units, order.Uint16(data[i:]))
	}
	return []byte(string(utf16.Decode(units)))
}
