package helm

import (
	"iter"
	"slices"
	"strconv"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/render"
	"github.com/mesh-check/mesh-check/render/source"
)

// BlameFile is one rendered template with the place of everything in it. Files are
// named relative to the chart's root.
type BlameFile struct {
	Template  string          `json:"template"`
	Exact     bool            `json:"exact"`
	Reason    string          `json:"reason"`
	Documents []BlameDocument `json:"documents"`
}

// BlameDocument is one YAML document; a List is one document.
type BlameDocument struct {
	APIVersion string      `json:"apiVersion"`
	Kind       string      `json:"kind"`
	Namespace  string      `json:"namespace"`
	Name       string      `json:"name"`
	Hook       []string    `json:"hook,omitempty"`
	Nodes      []BlameNode `json:"nodes"`
}

// BlameNode is a key or a scalar value.
type BlameNode struct {
	Path string `json:"path"`
	Part string `json:"part"` // key or value
	// Value is the key, or the value as it is spelled in the manifest, without
	// quotes.
	Value string `json:"value"`
	// Template is the place to edit; null where none is known.
	Template *BlamePlace `json:"template"`
	// Chain are the calls that led there, innermost first.
	Chain []BlameCall `json:"chain"`
	// Origin is what the text was taken from; null where it is in the template.
	Origin *BlameOrigin `json:"origin"`
}

// BlamePlace is a place in a template: line and column count from 1, the column in
// code points; offset and length are bytes.
type BlamePlace struct {
	File   string      `json:"file"`
	Line   int         `json:"line"`
	Column int         `json:"column"`
	Offset int         `json:"offset"`
	Length int         `json:"length"`
	Kind   source.Kind `json:"kind"`
}

// BlameCall is one call of a template.
type BlameCall struct {
	Kind   source.Role `json:"kind"` // include, template or tpl
	Name   string      `json:"name"`
	File   string      `json:"file,omitempty"`
	Line   int         `json:"line,omitempty"`
	Column int         `json:"column,omitempty"`
}

// BlameOrigin is what a text was taken from.
type BlameOrigin struct {
	Kind   string `json:"kind"` // values, chart, release, capabilities, file, literal or computed
	Path   string `json:"path,omitempty"`
	File   string `json:"file,omitempty"`
	Line   int    `json:"line,omitempty"`
	Column int    `json:"column,omitempty"`
	// Flag is the command-line flag that has set the value.
	Flag string `json:"flag,omitempty"`
	// Derived says that the text was computed of it and is no copy.
	Derived bool `json:"derived,omitempty"`
}

// BlameLine is one line of a rendered template.
type BlameLine struct {
	Text string // without its line end
	// Origin is where the line's text was written; the zero Origin for an empty
	// line.
	Origin source.Origin
	// Taken are the steps behind the words of the line that were taken from
	// somewhere else (values, the release, …), each name once.
	Taken []source.Step
}

// Blame gives the place of every key and every scalar value of the manifests, in
// the order in which they are written, one manifest at a time.
func (r *Rendered) Blame() iter.Seq[BlameFile] {
	return func(yield func(BlameFile) bool) {
		for _, f := range r.files {
			if !yield(f.blame(r.HideSecrets)) {
				return
			}
		}
	}
}

// head is what is shown of a manifest as a whole.
func (f file) head() BlameFile {
	m := f.manifest
	return BlameFile{Template: m.Template.Path, Exact: m.Exact, Reason: m.Reason, Documents: []BlameDocument{}}
}

func (f file) blame(hideSecrets bool) BlameFile {
	out := f.head()
	for _, tree := range f.decoded.Documents {
		o := &object.Object{Tree: tree}
		doc := BlameDocument{
			APIVersion: o.Get("apiVersion").Str().V, Kind: o.Get("kind").Str().V,
			Namespace: o.Get("metadata", "namespace").Str().V, Name: o.Get("metadata", "name").Str().V,
			Hook: hooks(o), Nodes: []BlameNode{},
		}
		doc.nodes("", tree, object.Ref{})
		if hideSecrets {
			doc.hideSecrets(tree)
		}
		out.Documents = append(out.Documents, doc)
	}
	return out
}

// nodes adds the value of a tree, or what is below it.
func (d *BlameDocument) nodes(path string, n *object.Node, key object.Ref) {
	switch n.Kind {
	case object.Map:
		for _, e := range n.Entries {
			at := object.JoinPath(path, e.Key)
			d.add(at, "key", spelling(e.Ref, e.Key), e.Ref)
			d.nodes(at, e.Value, e.Ref)
		}
	case object.List:
		for i, item := range n.Items {
			d.nodes(path+"["+strconv.Itoa(i)+"]", item, object.Ref{})
		}
	default:
		text, place := spelling(n.Ref, n.Text), n.Ref
		origin, written := place.Empty()
		switch {
		case written:
		case text == "" && key.Known():
			origin = key.Origin()
		default:
			origin = place.Origin()
		}
		d.addAt(path, "value", text, origin)
	}
}

func spelling(p object.Ref, decoded string) string {
	if text, ok := p.Written(); ok {
		return text
	}
	return decoded
}

func (d *BlameDocument) add(path, part, value string, at object.Ref) {
	d.addAt(path, part, value, at.Origin())
}

func (d *BlameDocument) addAt(path, part, value string, origin source.Origin) {
	node := BlameNode{Path: path, Part: part, Value: value, Chain: []BlameCall{}}
	if s := origin.Span; s.Valid() {
		p := s.Begin()
		node.Template = &BlamePlace{s.File.Path, p.Line, p.Column, s.Start, s.End - s.Start, origin.Kind}
	}
	for _, step := range origin.Trace {
		if !step.Call() {
			continue
		}
		file, pos := place(step.Span)
		node.Chain = append(node.Chain, BlameCall{step.Role, step.Name, file, pos.Line, pos.Column})
	}
	if step, ok := origin.ValueStep(); ok && origin.Kind != source.Text {
		file, pos := place(step.Span)
		node.Origin = &BlameOrigin{originKind(step.Role), step.Name, file, pos.Line, pos.Column, step.Setter(), step.Derived}
	}
	d.Nodes = append(d.Nodes, node)
}

// originKind is the role as the JSON names it.
func originKind(r source.Role) string {
	if r == source.Value {
		return "values"
	}
	return string(r)
}

func place(s source.Span) (file string, at source.Position) {
	if !s.Valid() {
		return "", source.Position{}
	}
	return s.File.Path, s.Begin()
}

// Lines gives the lines of each rendered template with the place of their text, in the
// order of Blame, one template at a time, behind a BlameFile without documents.
func (r *Rendered) Lines() iter.Seq2[BlameFile, []BlameLine] {
	return func(yield func(BlameFile, []BlameLine) bool) {
		for _, f := range r.files {
			if !yield(f.head(), f.lines(r.HideSecrets)) {
				return
			}
		}
	}
}

func (f file) lines(hideSecrets bool) []BlameLine {
	var lines []BlameLine
	text := f.manifest.Text
	for pos := 0; pos < len(text); {
		end := pos
		for end < len(text) && text[end] != '\n' {
			end++
		}
		line := BlameLine{Text: trimCR(text[pos:end])}
		start := pos
		for start < end && (text[start] == ' ' || text[start] == '\t' || text[start] == '\r') {
			start++
		}
		if start < end {
			line.Origin = f.manifest.Origin(start, pos+len(line.Text))
			line.Taken = taken(f.manifest, start, pos+len(line.Text))
		}
		lines = append(lines, line)
		pos = end + 1
	}
	if hideSecrets {
		f.hideSecrets(lines)
	}
	return lines
}

// taken asks for each word of a range of the text what it was taken from.
func taken(m *render.Manifest, start, end int) []source.Step {
	var steps []source.Step
	for start < end {
		for start < end && !inWord(m.Text[start]) {
			start++
		}
		stop := start
		for stop < end && inWord(m.Text[stop]) {
			stop++
		}
		if start == stop {
			break
		}
		o := m.Origin(start, stop)
		step, ok := o.ValueStep()
		if ok && o.Kind != source.Text && !slices.ContainsFunc(steps, func(s source.Step) bool { return s.Name == step.Name }) {
			steps = append(steps, step)
		}
		start = stop
	}
	return steps
}

// inWord reports whether a byte belongs to a word: what templates put together from
// several values is parted by anything else.
func inWord(b byte) bool {
	return b >= 0x80 || '0' <= b && b <= '9' || 'A' <= b && b <= 'Z' || 'a' <= b && b <= 'z' || b == '_' || b == '.'
}

func trimCR(line string) string {
	if n := len(line); n > 0 && line[n-1] == '\r' {
		return line[:n-1]
	}
	return line
}
