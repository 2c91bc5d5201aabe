package object

import (
	"fmt"

	"go.yaml.in/yaml/v3"

	"github.com/mesh-check/mesh-check/render/source/yamltext"
)

// builder makes the field tree of one document out of the parser's nodes.
type builder struct {
	doc *document
	// made are the values of anchors; nil while the value is being made.
	made  map[*yaml.Node]*Node
	notes []Note
	// total counts nodes as a reader meets them who follows every alias; aliased
	// is the part below aliases. weight is the total of each anchor.
	total, aliased int
	depth          int // of aliases
	weight         map[*yaml.Node]int
	slab           []Node
	bangs          bool // the text may hold the tag "!", which the parser drops
}

// syntaxError is a fault of a document at one of its nodes.
type syntaxError struct {
	at  *yaml.Node
	err error
}

func (e *syntaxError) Error() string { return e.err.Error() }
func (e *syntaxError) Unwrap() error { return e.err }

func faultf(at *yaml.Node, format string, args ...any) error {
	return &syntaxError{at, fmt.Errorf(format, args...)}
}

// Limits on aliases, as go.yaml.in/yaml/v2 and with it Helm has them: what is small
// may come from aliases nearly in whole, what is large hardly.
const (
	freeNodes   = 400_000
	strictNodes = 4_000_000
)

func tooManyAliases(total, aliased int) bool {
	if aliased <= 100 || total <= 1000 {
		return false
	}
	allowed := 0.99
	switch {
	case total >= strictNodes:
		allowed = 0.10
	case total > freeNodes:
		allowed -= 0.89 * float64(total-freeNodes) / float64(strictNodes-freeNodes)
	}
	return float64(aliased)/float64(total) > allowed
}

func (b *builder) new(kind Kind, at *yaml.Node) *Node {
	if len(b.slab) == 0 {
		b.slab = make([]Node, 8) // the values of a merge that is written as such
	}
	n := &b.slab[0]
	b.slab = b.slab[1:]
	n.Kind, n.Ref = kind, b.doc.place(at)
	return n
}

func (b *builder) count(n int) error {
	b.total = min(b.total+n, 2*strictNodes)
	if b.depth > 0 {
		b.aliased = min(b.aliased+n, 2*strictNodes)
	}
	if tooManyAliases(b.total, b.aliased) {
		return fmt.Errorf("the aliases expand to more than %d values", b.aliased-1)
	}
	return nil
}

// node makes the value of a parser's node.
func (b *builder) node(n *yaml.Node) (*Node, error) {
	if n.Kind == yaml.AliasNode {
		return b.alias(n)
	}
	before := b.total
	if n.Anchor != "" {
		if b.made == nil {
			b.made, b.weight = map[*yaml.Node]*Node{}, map[*yaml.Node]int{}
		}
		b.made[n] = nil
	}
	made, err := b.plainNode(n)
	if err == nil && n.Anchor != "" {
		b.made[n], b.weight[n] = made, b.total-before
	}
	return made, err
}

func (b *builder) plainNode(n *yaml.Node) (*Node, error) {
	if err := b.count(1); err != nil {
		return nil, &syntaxError{n, err}
	}
	switch n.Kind {
	case yaml.ScalarNode:
		s, err := b.scalar(n)
		if err == nil {
			s, err = s.value()
		}
		if err != nil {
			return nil, &syntaxError{n, err}
		}
		made := b.new(s.kind, n)
		made.Text = s.text
		return made, nil
	case yaml.SequenceNode:
		made := b.new(List, n)
		made.Items = make([]*Node, len(n.Content))
		for i, c := range n.Content {
			item, err := b.node(c)
			if err != nil {
				return nil, err
			}
			made.Items[i] = item
		}
		return made, nil
	case yaml.MappingNode:
		return b.mapping(n)
	}
	return nil, faultf(n, "the document has a node of unknown kind %d", n.Kind)
}

// alias is the very value of its anchor, shared, with the anchor's places: that is
// where a person edits it.
func (b *builder) alias(n *yaml.Node) (*Node, error) {
	made, seen := b.made[n.Alias]
	if made == nil {
		if !seen {
			return nil, faultf(n, "the alias *%s has no anchor before it", n.Value)
		}
		return nil, faultf(n, "the value of the anchor &%s contains itself", n.Value)
	}
	b.depth++
	err := b.count(1 + b.weight[n.Alias])
	b.depth--
	if err != nil {
		return nil, &syntaxError{n, err}
	}
	return made, nil
}

func (b *builder) scalar(n *yaml.Node) (scalar, error) {
	switch {
	case n.Style&yaml.TaggedStyle != 0:
		return resolveTagged(n.Tag, n.Value)
	case n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		return scalar{kind: String, text: n.Value}, nil
	case b.bangs && b.doc.Tagged(n):
		return scalar{kind: String, text: n.Value}, nil
	}
	return resolvePlain(n.Value), nil
}

// mapping reads the members in their order; what comes later wins, be it the same
// key once more or a merge, as sigs.k8s.io/yaml has it.
func (b *builder) mapping(n *yaml.Node) (*Node, error) {
	made := b.new(Map, n)
	members := members{entries: make([]Entry, 0, len(n.Content)/2)}
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, v := n.Content[i], n.Content[i+1]
		if yamltext.IsMerge(k) {
			if err := b.merge(&members, v); err != nil {
				return nil, err
			}
			continue
		}
		key, err := b.key(k)
		if err != nil {
			return nil, err
		}
		value, err := b.node(v)
		if err != nil {
			return nil, err
		}
		place := b.doc.place(k)
		if members.set(Entry{Key: key, Ref: place, Value: value}, true) {
			b.notes = append(b.notes, Note{
				Text:  fmt.Sprintf("the key %q is defined twice in one mapping; the last one, here, counts", key),
				Place: place, Duplicate: true,
			})
		}
	}
	made.Entries = members.entries
	return made, nil
}

func (b *builder) key(k *yaml.Node) (string, error) {
	at := k
	if k.Kind == yaml.AliasNode {
		k = k.Alias
	}
	if err := b.count(1); err != nil {
		return "", &syntaxError{at, err}
	}
	if k == nil || k.Kind != yaml.ScalarNode {
		return "", faultf(at, "a mapping key is a mapping or a list")
	}
	if at == k && k.Anchor != "" {
		if _, err := b.node(k); err != nil {
			return "", err
		}
	}
	s, err := b.scalar(k)
	if err != nil {
		return "", &syntaxError{at, err}
	}
	key, err := s.key()
	if err != nil {
		return "", &syntaxError{at, err}
	}
	return key, nil
}

// merge takes the members of << over: of a mapping, or of a list of mappings of
// which the earlier ones win.
func (b *builder) merge(into *members, v *yaml.Node) error {
	sources := []*yaml.Node{v}
	if v.Kind == yaml.SequenceNode {
		sources = v.Content
	}
	for i := len(sources) - 1; i >= 0; i-- {
		from, err := b.node(sources[i])
		if err != nil {
			return err
		}
		if from.Kind != Map {
			return faultf(v, "a merge (<<) needs a mapping or a list of mappings")
		}
		for _, e := range from.Entries {
			into.set(e, false)
		}
	}
	return nil
}
