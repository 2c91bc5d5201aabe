package object

import "strings"

// blockSpan finds the content of the literal or folded scalar whose | or > stands
// at pos: from the first line's text to the last line's end. A scalar without
// content is its header. It notes where the bytes of the content stand.
func blockSpan(text string, pos int, value string, r *runs) (start, end int, ok bool) {
	if pos >= len(text) || text[pos] != '|' && text[pos] != '>' {
		return 0, 0, false
	}
	headEnd := lineEnd(text, pos)
	header := strings.TrimRight(text[pos:headEnd], "\r")
	if strings.Trim(value, "\n") == "" {
		size := len(header) - len(strings.TrimLeft(header, "|>+-0123456789"))
		return pos, pos + size, true
	}
	lines := blockLines(text, min(headEnd+1, len(text)))
	first := 0
	for first < len(lines) && lines[first].blank {
		first++
	}
	if first == len(lines) {
		return 0, 0, false
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
		if len(content) <= first {
			continue
		}
		if strings.TrimRight(joinBlock(content, width, text[pos] == '>', nil), "\n") == strings.TrimRight(value, "\n") {
			if r != nil {
				joinBlock(content, width, text[pos] == '>', r)
			}
			last := content[len(content)-1]
			return lines[first].at + width, last.at + len(last.text), true
		}
	}
	return 0, 0, false
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
		end := lineEnd(text, pos)
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
func joinBlock(lines []blockLine, width int, folded bool, r *runs) string {
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
