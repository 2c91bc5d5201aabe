package object

import (
	"strconv"
	"strings"

	"github.com/mesh-check/mesh-check/render/source"
	"github.com/mesh-check/mesh-check/render/source/yamltext"
)

// TextLocator knows where the bytes of a YAML text were written: of the text
// itself, where it is a file, or of the template that rendered it.
type TextLocator interface {
	// Origin returns who wrote the bytes [start, end) of the text, counted
	// from 0; start and end may be equal.
	Origin(start, end int) source.Origin
}

// loopLocator is a TextLocator that knows of loops: the ranges of a template.
type loopLocator interface {
	// Element returns where the element stands for which a loop has written the object that
	// begins at head and has the members [start, end); ok is false where none has.
	Element(head, start, end int) (element source.Step, ok bool)
}

// silentLocator is a TextLocator that knows what wrote nothing: an action of a template
// that printed nothing.
type silentLocator interface {
	// Nothing returns who wrote nothing at an offset; ok is false where nobody did.
	Nothing(at int) (o source.Origin, ok bool)
}

// Dialect says whose reading of a YAML text counts. Both read what a document says
// alike; they differ in where a document begins.
type Dialect uint8

// The dialects.
const (
	// Helm splits rendered templates: --- at the start of a line, whatever follows
	// it, and the indentation of a document's first line is lost.
	Helm Dialect = iota
	// Kubectl splits files and streams: a line that is --- alone or followed by
	// blank and text.
	Kubectl
)

// Decoded is what a YAML text says.
type Decoded struct {
	// Objects are the Kubernetes objects in the order in which they are written;
	// the items of lists stand for the list.
	Objects []*Object
	// Documents are the trees of all documents in their order, whether they are
	// objects or not; empty ones are left out.
	Documents []*Node
	// Notes are oddities that change nothing: a key that is written twice.
	Notes []Note
	// Errors are documents that are no YAML or no object, and fields that
	// Kubernetes would refuse. The other documents are read all the same.
	Errors []*source.Error
	// PassedOver counts the documents that are not Kubernetes objects; see DecodeObjects.
	PassedOver int

	passing bool
}

// Note is something to know about a document, with its place.
type Note struct {
	Text  string
	Place Ref
	// Duplicate says that a key is written twice.
	Duplicate bool
}

// String is the note behind its place, as errors are written.
func (n Note) String() string {
	if span := n.Place.Origin().Span; span.Valid() {
		return span.String() + ": " + n.Text
	}
	return n.Text
}

// Decode reads a YAML text as Helm and Kubernetes do: YAML 1.1 scalars, the last of
// equal keys wins, keys are strings. Places are looked up when they are asked for.
func Decode(text string, loc TextLocator, dialect Dialect) Decoded {
	var d Decoded
	d.decode(text, loc, dialect)
	return d
}

// DecodeObjects is Decode for a text of which nobody says that it holds Kubernetes
// objects: a document without apiVersion and kind is skipped and not an error.
func DecodeObjects(text string, loc TextLocator, dialect Dialect) Decoded {
	d := Decoded{passing: true}
	d.decode(text, loc, dialect)
	return d
}

func (d *Decoded) decode(text string, loc TextLocator, dialect Dialect) {
	for _, chunk := range split(text, dialect) {
		doc := &document{Document: yamltext.Document{Text: text, Start: chunk.start, End: chunk.end}, loc: loc, printed: dialect == Helm}
		tree, notes, err := doc.parse()
		if err != nil {
			d.Errors = append(d.Errors, err)
			continue
		}
		d.Notes = append(d.Notes, notes...)
		switch {
		case tree == nil:
		case d.passing && !isObject(tree):
			d.PassedOver++
		default:
			d.Documents = append(d.Documents, tree)
			d.add(tree, "", "")
		}
	}
}

// isObject reports whether a document says what kind of object it is.
func isObject(tree *Node) bool {
	for _, key := range []string{"apiVersion", "kind"} {
		if v := tree.Get(key); v == nil || v.Kind != String || v.Text == "" {
			return false
		}
	}
	return true
}

// add takes one document, or one item of a list, as object. An item of a typed list
// may leave out what the list says already.
func (d *Decoded) add(tree *Node, apiVersion, kind string) {
	o := &Object{Tree: tree, APIVersion: apiVersion, Kind: kind}
	root := o.Root()
	if tree.Kind != Map {
		d.fault(root, "expected a Kubernetes object, not "+article(tree.Kind))
		return
	}
	if v := root.Get("apiVersion").Str(); v.Exists() {
		o.APIVersion = v.V
	}
	if k := root.Get("kind").Str(); k.Exists() {
		o.Kind = k.V
	}
	if o.Kind == "" {
		d.fault(root.Get("kind"), "the document has no kind")
		return
	}
	if o.APIVersion == "" {
		d.fault(root.Get("apiVersion"), "the document has no apiVersion")
	}
	if items := root.Get("items"); items.node != nil && items.node.Kind == List && strings.HasSuffix(o.Kind, "List") {
		itemKind := strings.TrimSuffix(o.Kind, "List")
		itemVersion := o.APIVersion
		if itemKind == "" {
			itemVersion = ""
		}
		for _, item := range items.node.Items {
			if item.Kind != Null {
				d.add(item, itemVersion, itemKind)
			}
		}
		return
	}
	o.Name = root.Get("metadata", "name").Str().V
	o.Namespace = root.Get("metadata", "namespace").Str().V
	d.Errors = append(d.Errors, o.TypeErrors()...)
	d.Objects = append(d.Objects, o)
}

func (d *Decoded) fault(at Field, what string) {
	d.Errors = append(d.Errors, &source.Error{What: what, At: at.Origin().Span})
}

// article is the kind as messages name one of it.
func article(k Kind) string {
	if k == Null {
		return k.String()
	}
	return "a " + k.String()
}

// String is the kind as messages name it.
func (k Kind) String() string {
	names := [...]string{"null", "boolean", "whole number", "number", "string", "mapping", "list", "unknown value"}
	if int(k) >= len(names) {
		return "kind " + strconv.Itoa(int(k))
	}
	return names[k]
}
