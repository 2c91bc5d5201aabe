package yamltext

import "strings"

// blockSpan finds the content of the literal or folded scalar whose | or > is
// at pos: from the first line's text to the last line's end. A scalar without
// content is its header. It notes where the bytes of the content are.
func blockSpan(text string, pos int, value string, r *Runs) (start, end int, ok bool) {
	if pos < len(text) && (text[pos] == '|' || text[pos] == '>') && strings.Trim(value, "\n") == "" {
		header := strings.TrimRight(text[pos:LineEnd(text, pos)], "\r")
		return pos, pos + len(header) - len(strings.TrimLeft(header, "|>+-0123456789")), true
	}
	b, ok := readBlock(text, pos, value)
	if !ok {
		return 0, 0, false
	}
	if r != nil {
		joinBlock(b.lines, b.width, text[pos] == '>', r)
	}
	last := b.lines[len(b.lines)-1]
	return b.lines[b.first].at + b.width, last.at + len(last.text), true
}

// block is the content of a literal or folded scalar.
type block struct {
	lines []blockLine
	first int // the first line that is not blank
	width int // of the indentation
}

// readBlock reads the literal or folded scalar whose | or > is at pos. ok is false
// where the lines do not make up the value, or hold none.
func readBlock(text string, pos int, value string) (b block, ok bool) {
	if pos >= len(text) || text[pos] != '|' && text[pos] != '>' {
		return block{}, false
	}
	headEnd := LineEnd(text, pos)
	header := strings.TrimRight(text[pos:headEnd], "\r")
	lines := blockLines(text, min(headEnd+1, len(text)))
	first := 0
	for first < len(lines) && lines[first].blank {
		first++
	}
	if first == len(lines) {
		return block{}, false
	}
	widths := []int{lines[first].indent}
	if strings.ContainsAny(header[:min(3, len(header))], "123456789") {
		// The number counts from the parent's indentation, which nobody keeps: the
		// one that gives the value is right.
		widths = widths[:0]
		for w := lines[first].indent; w > 0; w-- {
			widths = append(widths, w)
		}
	}
	for _, width := range widths {
		content := contentOf(lines, width)
		if len(content) > first && strings.TrimRight(joinBlock(content, width, text[pos] == '>', nil), "\n") == strings.TrimRight(value, "\n") {
			return block{content, first, width}, true
		}
	}
	return block{}, false
}

// contentOf are the lines that are indented so far, without the blank ones at their end
// that have no more than the indentation.
func contentOf(lines []blockLine, width int) []blockLine {
	content := lines
	for i, l := range lines {
		if !l.blank && l.indent < width {
			content = lines[:i]
			break
		}
	}
	for len(content) > 0 && content[len(content)-1].blank && len(content[len(content)-1].text) <= width {
		content = content[:len(content)-1]
	}
	return content
}

// blockLine is one line of a block scalar, with its indentation.
type blockLine struct {
	at     int // offset in the text
	text   string
	indent int // leading spaces
	blank  bool
}

func blockLines(text string, pos int) []blockLine {
	var lines []blockLine
	for pos < len(text) {
		end := LineEnd(text, pos)
		line := strings.TrimSuffix(text[pos:end], "\r")
		indent := len(line) - len(strings.TrimLeft(line, " "))
		blank := indent == len(line)
		if !blank && indent == 0 && len(lines) > 0 && !strings.HasPrefix(line, "\t") {
			break // nothing but a document of one scalar has content there
		}
		lines = append(lines, blockLine{pos, line, indent, blank})
		pos = end + 1
	}
	return lines
}

// joinBlock is the value of a block scalar but for the line feeds at its end. It notes
// where the bytes of each line stand.
func joinBlock(lines []blockLine, width int, folded bool, r *Runs) string {
	var b strings.Builder
	prevPlain := false // the last line that is not blank begins with no blank
	blanks := 0
	begun := false
	for _, l := range lines {
		content := l.text[min(width, len(l.text)):]
		if content == "" {
			blanks++
			continue
		}
		plain := content[0] != ' ' && content[0] != '\t'
		switch {
		case !begun:
			b.WriteString(strings.Repeat("\n", blanks))
		case !folded || !prevPlain || !plain:
			b.WriteString(strings.Repeat("\n", blanks+1))
		case blanks == 0:
			b.WriteByte(' ')
		default:
			b.WriteString(strings.Repeat("\n", blanks))
		}
		r.copied(b.Len(), len(content), l.at+len(l.text)-len(content))
		b.WriteString(content)
		begun, prevPlain, blanks = true, plain, 0
	}
	return b.String()
}
