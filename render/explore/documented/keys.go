package documented

import (
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"github.com/mesh-check/mesh-check/render/source/yamltext"
)

// maxNesting bounds how deep values.yaml is followed. Deeper comments say nothing.
const maxNesting = 200

// key is a key of a block mapping of values.yaml, and where it stands.
type key struct {
	name      string
	line, col int // 0-based, the column in code points
	in        *mapping
	entry     *entry // nil within lists
	value     *yaml.Node
	comment   string // behind it in its line
}

// mapping is a block mapping of values.yaml.
type mapping struct {
	col   int
	owner *key // nil for the root; within a list, the key of the list
	entry *entry
}

// layout is values.yaml as lines and keys.
type layout struct {
	lines  []string
	number []int // of each line, as editors count: the parser knows more line breaks
	opaque []bool
	keys   []*key // in the order of the file

	// Quoted scalars are followed to their ends, in the order of the file.
	at, atLine, atCol int
	starts            []int
	text              string
}

// readLayout parses values.yaml and makes an entry of each of its paths.
func readLayout(data []byte, root *entry) *layout {
	text := string(yamltext.WithoutBOM(data))
	var doc yaml.Node
	if !utf8.ValidString(text) || yamltext.Decode([]byte(text), &doc) != nil {
		return nil
	}
	d := &yamltext.Document{Text: text, End: len(text)}
	l := &layout{text: text, starts: d.Lines()}
	number := 1
	for i, start := range l.starts {
		end := len(text)
		if i+1 < len(l.starts) {
			end = l.starts[i+1]
		}
		l.lines = append(l.lines, strings.TrimRight(text[start:end], "\r\n\u0085\u2028\u2029 \t"))
		l.number = append(l.number, number)
		if strings.HasSuffix(text[start:end], "\n") {
			number++
		}
	}
	l.opaque = make([]bool, len(l.lines))
	root.exists = true
	if len(doc.Content) > 0 {
		root.node = doc.Content[0]
		l.walk(doc.Content[0], root, nil, -1, false, 0)
	}
	return l
}

// walk notes the keys of a node, and the lines that are text and cannot be comments. indent
// is the column of the collection around it.
func (l *layout) walk(n *yaml.Node, e *entry, owner *key, indent int, flow bool, depth int) {
	if depth > maxNesting {
		return // nobody documents that
	}
	opens := !flow && n.Style&yaml.FlowStyle != 0
	switch n.Kind {
	case yaml.MappingNode:
		l.walkMap(n, e, owner, flow || opens, depth)
	case yaml.SequenceNode:
		for _, item := range n.Content {
			l.walk(item, nil, owner, min(n.Column, item.Column)-1, flow || opens, depth+1)
		}
	case yaml.ScalarNode:
		switch {
		case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
			l.block(n.Line-1, indent)
		case n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0:
			l.quoted(n)
		}
	}
	if opens {
		l.flow(n)
	}
}

func (l *layout) walkMap(n *yaml.Node, e *entry, owner *key, flow bool, depth int) {
	if len(n.Content) == 0 {
		return
	}
	m := &mapping{col: n.Content[0].Column - 1, owner: owner, entry: e}
	for i := 0; i+1 < len(n.Content); i += 2 {
		name, value := n.Content[i], n.Content[i+1]
		l.walk(name, nil, owner, m.col, flow, depth+1)
		k := &key{name: name.Value, line: name.Line - 1, col: name.Column - 1, in: m, value: value, comment: value.LineComment}
		if k.comment == "" {
			k.comment = name.LineComment
		}
		if yamltext.IsMerge(name) {
			if e != nil {
				e.merged = true
			}
		} else if name.Kind == yaml.ScalarNode {
			if k.entry = e.child(name.Value); k.entry != nil {
				k.entry.exists, k.entry.node = true, yamltext.Resolve(value)
				k.entry.merged = value.Kind == yaml.AliasNode
			}
		}
		if !flow {
			l.keys = append(l.keys, k)
		}
		l.walk(value, k.entry, k, m.col, flow, depth+1)
	}
}

// block marks the lines of a literal or folded scalar whose header is in a line.
func (l *layout) block(header, indent int) {
	width := -1
	for i := header + 1; i < len(l.lines); i++ {
		line := l.lines[i]
		if strings.TrimSpace(line) == "" {
			continue
		}
		n := len(line) - len(strings.TrimLeft(line, " "))
		if width < 0 {
			if width = n; n <= indent {
				return
			}
		}
		if n < width {
			return
		}
		l.opaque[i] = true
	}
}

// quoted marks the lines of a quoted scalar but the first.
func (l *layout) quoted(n *yaml.Node) {
	line, col := n.Line-1, n.Column-1
	if line >= len(l.lines) || line < l.atLine {
		return
	}
	if line > l.atLine || l.atCol > col {
		l.at, l.atLine, l.atCol = l.starts[line], line, 0
	}
	for l.atCol < col && l.at < len(l.text) {
		_, size := utf8.DecodeRuneInString(l.text[l.at:])
		l.at, l.atCol = l.at+size, l.atCol+1
	}
	from := l.at
	quote := byte('"')
	if n.Style&yaml.SingleQuotedStyle != 0 {
		quote = '\''
	}
	if n.Anchor != "" || n.Style&yaml.TaggedStyle != 0 || from >= len(l.text) || l.text[from] != quote {
		return // a tag or an anchor is there
	}
	for i := from + 1; i < len(l.text); i++ {
		switch {
		case l.text[i] == '\\' && quote == '"':
			i++
		case l.text[i] == quote && quote == '\'' && i+1 < len(l.text) && l.text[i+1] == quote:
			i++
		case l.text[i] == quote:
			for line+1 < len(l.starts) && l.starts[line+1] <= i {
				line++
				l.opaque[line] = true
			}
			if line > l.atLine {
				l.at, l.atLine, l.atCol = l.starts[line], line, 0
			}
			return
		}
	}
}

// flow marks the lines of a collection in brackets but the first: comments in it are not
// uncommented line by line.
func (l *layout) flow(n *yaml.Node) {
	last := lastLine(n, 0) - 1
	for i := n.Line; i <= last && i < len(l.lines); i++ {
		l.opaque[i] = true
	}
	for i := last + 1; i < len(l.lines); i++ {
		switch text := strings.TrimSpace(l.lines[i]); {
		case text == "" || text[0] == '#':
			continue
		case text[0] == ']' || text[0] == '}':
			for j := last + 1; j <= i; j++ {
				l.opaque[j] = true
			}
			last = i
			continue
		}
		return
	}
}

// lastLine is the last line in which something of a node begins.
func lastLine(n *yaml.Node, depth int) int {
	line := n.Line
	if depth <= 10*maxNesting {
		for _, child := range n.Content {
			line = max(line, lastLine(child, depth+1))
		}
	}
	return line
}
