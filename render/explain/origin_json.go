package explain

import "encoding/json"

// jsonNode is a value of a JSON text with its place.
type jsonNode struct {
	start, end int // bytes of the text; for a string without its quotes
	text       string
	isString   bool
	keys       []*jsonNode // of an object, as often as values
	values     []*jsonNode // of an object or list
	object     bool
}

// parseJSON reads a JSON text that a decoder has accepted; nil for any other.
func parseJSON(text string) *jsonNode {
	p := jsonParser{text: text}
	n := p.value(0)
	if p.failed {
		return nil
	}
	return n
}

type jsonParser struct {
	text   string
	at     int
	failed bool
}

// maxJSONDepth is where encoding/json stops too.
const maxJSONDepth = 10_000

func (p *jsonParser) value(depth int) *jsonNode {
	if depth > maxJSONDepth {
		p.failed = true
	}
	switch c := p.next(); {
	case p.failed:
		return nil
	case c == '"':
		return p.str()
	case c == '{' || c == '[':
		return p.collection(c, depth)
	}
	start := p.at
	for p.at < len(p.text) && !jsonEnd(p.text[p.at]) {
		p.at++
	}
	p.failed = p.failed || p.at == start
	return &jsonNode{start: start, end: p.at, text: p.text[start:p.at]}
}

func (p *jsonParser) collection(open byte, depth int) *jsonNode {
	n := &jsonNode{start: p.at, object: open == '{'}
	p.at++
	for {
		switch c := p.next(); {
		case p.failed:
			return nil
		case c == '}' || c == ']':
			p.at++
			n.end = p.at
			return n
		case c == ',':
			p.at++
			continue
		}
		if n.object {
			if p.next() != '"' {
				p.failed = true
				return nil
			}
			n.keys = append(n.keys, p.str())
			if p.next() != ':' {
				p.failed = true
				return nil
			}
			p.at++
		}
		n.values = append(n.values, p.value(depth+1))
	}
}

// next skips white space and returns the byte behind it.
func (p *jsonParser) next() byte {
	for p.at < len(p.text) {
		switch c := p.text[p.at]; c {
		case ' ', '\t', '\r', '\n':
			p.at++
		default:
			return c
		}
	}
	p.failed = true
	return 0
}

// str reads a string at its opening quote.
func (p *jsonParser) str() *jsonNode {
	open := p.at
	escaped := false
	for p.at++; p.at < len(p.text) && p.text[p.at] != '"'; p.at++ {
		if p.text[p.at] == '\\' {
			escaped = true
			p.at++
		}
	}
	if p.at >= len(p.text) {
		p.failed = true
		return nil
	}
	n := &jsonNode{start: open + 1, end: p.at, isString: true}
	p.at++
	n.text = p.text[n.start:n.end]
	if escaped {
		if err := json.Unmarshal([]byte(p.text[open:p.at]), &n.text); err != nil {
			p.failed = true
		}
	}
	return n
}

func jsonEnd(c byte) bool {
	switch c {
	case ',', '}', ']', ' ', '\t', '\r', '\n', ':':
		return true
	}
	return false
}

// find follows a path; key is the node of its last key. Of equal keys the last
// one wins, as it does in the decoder.
func (n *jsonNode) find(path []any) (key, value *jsonNode) {
	value = n
	for _, step := range path {
		if value == nil {
			return nil, nil
		}
		key = nil
		switch step := step.(type) {
		case int:
			if value.object || step >= len(value.values) {
				return nil, nil
			}
			value = value.values[step]
		case string:
			var next *jsonNode
			for i, k := range value.keys {
				if k.text == step {
					key, next = k, value.values[i]
				}
			}
			value = next
		}
	}
	return key, value
}
