package documented

import (
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/mesh-check/mesh-check/render/source/yamltext"
)

// maxFragments is how many parts of the comments of a file are parsed. The most that one of
// 121 public charts has are 321 (kube-prometheus-stack); each takes some 20 µs.
const maxFragments = 20_000

// fragment is YAML that is commented out: a list, or one or more keys of a map.
type fragment struct {
	first, end int // of the lines of the block
	lead       int // blanks between the marks and the text
	list       *yaml.Node
	keys       []fragmentKey
	bad        bool   // a part of it is not YAML
	above      string // the text right above it
	example    bool   // that says that it is an example
	begins     bool   // it is the first line of the block
	deeper     bool   // it stands deeper than the text above it
	whole      bool   // it is in brackets: a value, and no keys beside others
}

// fragmentKey is a key of a map that is commented out.
type fragmentKey struct {
	name  string
	line  int // 0-based, in the file
	value *yaml.Node
}

// fragments finds the YAML of a block.
func (b *block) fragments() []*fragment {
	var all []*fragment
	above := -1 // the last line of text
	for i := 0; i < len(b.lines); {
		c := b.lines[i]
		_, isKey := keyed(c.text)
		brackets := c.text == "{" || c.text == "["
		if !isKey && !isItem(c.text) && !brackets {
			if c.text != "" {
				above = i
			}
			i++
			continue
		}
		f := &fragment{first: i, lead: c.lead, begins: i == 0}
		if brackets {
			f.end = b.bracketsEnd(i)
		} else {
			f.end = b.extent(i, !isKey)
		}
		if above >= 0 {
			text := b.lines[above]
			f.above = text.text[max(0, len(text.text)-300):]
			f.example = examplePattern().MatchString(f.above)
			f.deeper = c.lead >= text.lead+2
		}
		switch {
		case brackets:
			b.readBrackets(f)
		case isKey:
			b.readKeys(f)
		default:
			b.readList(f)
		}
		all = append(all, f)
		i, above = f.end, -1
	}
	return all
}

// extent is where the YAML that begins in a line ends: with the first line that is text.
func (b *block) extent(first int, list bool) int {
	top := b.lines[first]
	end := first + 1
	bare := !list && strings.HasSuffix(top.text, ":") // the last key of the map has no value yet
	for i := first + 1; i < len(b.lines); i++ {
		c := b.lines[i]
		switch {
		case c.marks < top.marks:
			return end
		case c.text == "":
			continue // it ends here unless more follows
		case c.marks > top.marks:
			continue // a comment within the YAML, or the text of what follows it
		case strings.HasPrefix(c.text, "#"):
			continue
		case c.lead > top.lead:
			end = i + 1
			continue
		case c.lead < top.lead:
			return end
		}
		rest, isKey := keyed(c.text)
		switch {
		case list && isItem(c.text), !list && bare && isItem(c.text):
		case !list && isKey:
			bare = rest == "" || strings.HasPrefix(rest, "#")
		default:
			return end
		}
		end = i + 1
	}
	return end
}

// bracketsEnd is where a collection in brackets that begins in a line ends.
func (b *block) bracketsEnd(first int) int {
	open := 0
	for i := first; i < len(b.lines); i++ {
		c := b.lines[i]
		open += strings.Count(c.text, "{") + strings.Count(c.text, "[") - strings.Count(c.text, "}") - strings.Count(c.text, "]")
		if open <= 0 {
			return i + 1
		}
	}
	return len(b.lines)
}

// readBrackets parses a collection in brackets.
func (b *block) readBrackets(f *fragment) {
	f.whole = true
	n := b.parse(f.first, f.end)
	switch {
	case n == nil:
		f.bad = true
	case n.Kind == yaml.SequenceNode:
		f.list = n
	case n.Kind == yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			f.addKey(n.Content[i], n.Content[i+1])
		}
	}
}

// readList parses a list.
func (b *block) readList(f *fragment) {
	if n := b.parse(f.first, f.end); n != nil && n.Kind == yaml.SequenceNode {
		f.list = n
	} else {
		f.bad = true
	}
}

// readKeys parses a map, key by key.
func (b *block) readKeys(f *fragment) {
	var starts []int
	for i := f.first; i < f.end; i++ {
		if c := b.lines[i]; i == f.first || c.marks == b.lines[f.first].marks && c.text != "" && c.lead == f.lead && c.text[0] != '-' && c.text[0] != '#' {
			starts = append(starts, i)
		}
	}
	if n := b.parse(f.first, f.end); n != nil && n.Kind == yaml.MappingNode && len(n.Content) == 2*len(starts) {
		for i := range starts {
			f.addKey(n.Content[2*i], n.Content[2*i+1])
		}
		return
	}
	for i, start := range starts { // the keys that are YAML
		end := f.end
		if i+1 < len(starts) {
			end = starts[i+1]
		}
		if n := b.parse(start, end); n != nil && n.Kind == yaml.MappingNode && len(n.Content) == 2 {
			f.addKey(n.Content[0], n.Content[1])
		} else {
			f.bad = true
		}
	}
}

func (f *fragment) addKey(name, value *yaml.Node) {
	if name.Kind != yaml.ScalarNode {
		f.bad = true
		return
	}
	f.keys = append(f.keys, fragmentKey{name.Value, name.Line - 1, value})
}

// parse parses some lines without their marks. The nodes' lines are those of the file.
func (b *block) parse(from, to int) *yaml.Node {
	if *b.budget == 0 {
		return nil
	}
	*b.budget--
	var text strings.Builder
	for _, c := range b.lines[from:to] {
		if c.marks > b.lines[from].marks {
			text.WriteString("#") // a comment in the YAML
		}
		text.WriteString(c.value)
		text.WriteString("\n")
	}
	var doc yaml.Node
	if yamltext.Decode([]byte(text.String()), &doc) != nil || len(doc.Content) == 0 {
		return nil
	}
	if !place(doc.Content[0], b.lines[from:to], 0) {
		return nil
	}
	return doc.Content[0]
}

// place moves nodes from the lines of a parsed text to those of the file. It is false where
// they are too deep, or have anchors, aliases or tags, which examples do not need.
func place(n *yaml.Node, lines []comment, depth int) bool {
	n.Line = lines[min(max(n.Line-1, 0), len(lines)-1)].line + 1
	if depth > maxDepth || n.Kind == yaml.AliasNode || n.Anchor != "" || n.Style&yaml.TaggedStyle != 0 {
		return false
	}
	for i, child := range n.Content {
		if n.Kind == yaml.MappingNode && i%2 == 0 && yamltext.IsMerge(child) || !place(child, lines, depth+1) {
			return false
		}
	}
	return true
}
