package ignore

import "bytes"

// yamlComments are the comments of a YAML text: what is behind a # at the start of a
// line or behind a blank, but for scalars in quotes and block scalars. It reads what is
// near YAML too, such as the text of a template.
func yamlComments(text []byte) []span {
	y := &yamlScanner{text: bytes.TrimPrefix(text, []byte(bom)), parent: -1}
	y.at = 0
	for y.at < len(y.text) {
		y.line()
	}
	if skipped := len(text) - len(y.text); skipped > 0 {
		for i := range y.comments {
			y.comments[i].start += skipped
			y.comments[i].end += skipped
		}
	}
	return y.comments
}

// bom is the byte order mark, which is no part of a text.
const bom = "\ufeff"

// yamlScanner reads a text line by line.
type yamlScanner struct {
	text     []byte
	at       int
	comments []span
	// begin is where the line began that is read.
	begin int
	// parent is the column of the key or dash that the next value belongs to; -1: none.
	parent int
	// flow is how many brackets are open.
	flow int
	// plain says that the line before ended in a scalar without quotes, which a line
	// that is indented more goes on with.
	plain bool
	// unclosed are the quotes that are never closed from here on.
	unclosed [2]bool
}

// line reads one line, and what begins in it and ends in a later one.
func (y *yamlScanner) line() {
	y.begin = y.at
	y.blanks()
	indent := y.at - y.begin
	if y.document() {
		return
	}
	goesOn := y.plain && y.flow == 0 && indent > y.parent
	y.plain = false
	if goesOn {
		y.scalar(indent, true)
	}
	for y.token() {
	}
}

// document reads a line that begins or ends a document, which ends all that is open.
func (y *yamlScanner) document() bool {
	rest := y.text[y.begin:]
	if y.at != y.begin || !bytes.HasPrefix(rest, []byte("---")) && !bytes.HasPrefix(rest, []byte("...")) ||
		len(rest) > 3 && !isBlank(rest[3]) {
		return false
	}
	y.parent, y.flow, y.plain = -1, 0, false
	y.at += 3
	for y.token() {
	}
	return true
}

// blanks goes behind blanks.
func (y *yamlScanner) blanks() {
	for y.at < len(y.text) && (y.text[y.at] == ' ' || y.text[y.at] == '\t' || y.text[y.at] == '\r') {
		y.at++
	}
}

// token reads the next thing of a line; false: the line has ended.
func (y *yamlScanner) token() bool {
	y.blanks()
	if y.at >= len(y.text) {
		return false
	}
	column := y.at - y.begin
	switch c := y.text[y.at]; c {
	case '\n':
		y.at++
		return false
	case '#':
		if y.at == y.begin || isBlank(y.text[y.at-1]) {
			y.comment()
			return true
		}
	case '"', '\'':
		if y.quoted(c) {
			y.key(column)
			return true
		}
	case '|', '>':
		if y.flow == 0 && y.block() {
			return false
		}
	case '-', '?', ':':
		if y.ends(y.at + 1) {
			if c != ':' || y.flow == 0 {
				y.parent = column
			}
			y.at++
			return true
		}
	case '&', '*', '!':
		for y.at < len(y.text) && !isBlank(y.text[y.at]) && !(y.flow > 0 && bytes.IndexByte(flowSigns, y.text[y.at]) >= 0) {
			y.at++
		}
		y.key(column)
		return true
	case '[', '{':
		y.flow++
		y.at++
		return true
	case ']', '}':
		y.flow = max(0, y.flow-1)
		y.at++
		y.key(column)
		return true
	case ',':
		if y.flow > 0 {
			y.at++
			return true
		}
	}
	y.scalar(column, false)
	return true
}

// flowSigns end a scalar between brackets.
var flowSigns = []byte(",[]{}")

// comment takes the rest of the line for a comment.
func (y *yamlScanner) comment() {
	end := lineEnd(y.text, y.at)
	if n := end; n > y.at && y.text[n-1] == '\r' {
		y.comments = append(y.comments, span{y.at, n - 1})
	} else {
		y.comments = append(y.comments, span{y.at, n})
	}
	y.at = end
}

// ends reports whether a sign of one character ends before a place.
func (y *yamlScanner) ends(at int) bool {
	return at >= len(y.text) || isBlank(y.text[at]) || y.flow > 0 && bytes.IndexByte(flowSigns, y.text[at]) >= 0
}

// key reads the colon that makes a key of what was just read, at a column.
func (y *yamlScanner) key(column int) {
	at := y.at
	for at < len(y.text) && (y.text[at] == ' ' || y.text[at] == '\t') {
		at++
	}
	if at < len(y.text) && y.text[at] == ':' && (y.ends(at+1) || y.flow > 0 && at == y.at) {
		y.at = at + 1
		if y.flow == 0 {
			y.parent = column
		}
	}
}

// scalar reads a scalar without quotes up to the end of its line or what ends it before.
// more says that it began in a line before, so that no key can be in it.
func (y *yamlScanner) scalar(column int, more bool) {
	for ; y.at < len(y.text); y.at++ {
		switch c := y.text[y.at]; {
		case c == '\n':
			y.plain = y.flow == 0
			return
		case c == '#' && y.at > y.begin && isBlank(y.text[y.at-1]):
			return
		case c == ':' && !more && y.ends(y.at+1):
			y.key(column)
			return
		case y.flow > 0 && bytes.IndexByte(flowSigns, c) >= 0:
			return
		}
	}
}

// quoted reads a scalar in quotes, over lines; false: nothing closes it, and it is read as
// one without.
func (y *yamlScanner) quoted(quote byte) bool {
	which := 0
	if quote == '"' {
		which = 1
	}
	for at := y.at + 1; at < len(y.text) && !y.unclosed[which]; at++ {
		switch c := y.text[at]; {
		case c == '\\' && quote == '"':
			at++
		case c == '\'' && quote == c && at+1 < len(y.text) && y.text[at+1] == c:
			at++
		case c == quote:
			if n := bytes.LastIndexByte(y.text[y.at:at], '\n'); n >= 0 {
				y.begin = y.at + n + 1
			}
			y.at = at + 1
			return true
		}
	}
	y.unclosed[which] = true
	return false
}

// block reads a block scalar from its sign on; false: the sign is none.
func (y *yamlScanner) block() bool {
	at, given := y.at+1, 0
	for ; at < len(y.text); at++ {
		c := y.text[at]
		if c >= '1' && c <= '9' && given == 0 {
			given = int(c - '0')
		} else if c != '+' && c != '-' {
			break
		}
	}
	if at < len(y.text) && !isBlank(y.text[at]) {
		return false
	}
	y.at = at
	y.blanks()
	switch {
	case y.at >= len(y.text):
	case y.text[y.at] == '#' && y.at > at:
		y.comment()
	case y.text[y.at] != '\n':
		y.at = at
		return false
	}
	y.at = min(y.at+1, len(y.text)) // behind the end of the line
	y.content(given)
	return true
}

// content goes behind the lines of a block scalar: those that are indented as the first
// of them is, or as its sign says.
func (y *yamlScanner) content(given int) {
	least := y.parent + 1
	if given > 0 {
		least = max(y.parent, 0) + given
	}
	for first := given == 0; y.at < len(y.text); {
		end := lineEnd(y.text, y.at)
		line := y.text[y.at:end]
		indent := 0
		for indent < len(line) && line[indent] == ' ' {
			indent++
		}
		blank := len(bytes.TrimSpace(line)) == 0
		boundary := indent == 0 && (bytes.HasPrefix(line, []byte("---")) || bytes.HasPrefix(line, []byte("...")))
		if !blank && (indent < least || boundary) {
			return
		}
		if !blank && first {
			least, first = indent, false
		}
		y.at = min(end+1, len(y.text))
	}
}
