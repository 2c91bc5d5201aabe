package texts

import (
	"bytes"
	"strings"

	"github.com/mesh-check/mesh-check/render/source"
)

// align joins the lines of the text with those of the bytes [start, end) of a file:
// from the top as long as they fit, then from the bottom. What is left between came out
// of what is left between: there a line is found by its text, or not at all, and no
// such place is exact. It is an answer when the first or the last line fits.
func (p *Places) align(f *source.File, start, end int, flush bool) bool {
	raw := rawLines(f.Data, start, end, flush)
	n := len(p.begin)
	lines := make([]textLine, n)
	// Where the numbers of lines differ an interpolation gave several lines, and
	// which one is not known: then lines fit only when they are equal.
	same := n == len(raw)
	top := 0
	for top < n && top < len(raw) && p.fits(&lines[top], top, raw[top], f, same) {
		top++
	}
	bottom := 0
	for bottom < n-top && bottom < len(raw)-top && p.fits(&lines[n-1-bottom], n-1-bottom, raw[len(raw)-1-bottom], f, same) {
		bottom++
	}
	if top == 0 && (bottom == 0 || p.lineText(n-1) == "" && bottom == 1) {
		return false
	}
	p.file, p.lines = f, lines
	p.between(raw, top, bottom)
	return true
}

// between places the lines that are neither at the top nor at the bottom.
func (p *Places) between(raw [][2]int, top, bottom int) {
	n := len(p.lines)
	if top+bottom >= n {
		return
	}
	from, to := top, len(raw)-1-bottom
	if from > to { // they came out of a line that is placed already
		from = max(top-1, 0)
		to = from
	}
	byText := map[string][]int{} // lines of the source by what they say
	for i := from; i <= to; i++ {
		text := string(p.file.Data[raw[i][0]:raw[i][1]])
		byText[text] = append(byText[text], i)
	}
	times := map[string]int{}
	for i := top; i < n-bottom; i++ {
		times[p.lineText(i)]++
	}
	for i := top; i < n-bottom; i++ {
		text := p.lineText(i)
		if at := byText[text]; len(at) == 1 && times[text] == 1 && strings.TrimSpace(text) != "" {
			p.lines[i] = textLine{start: raw[at[0]][0], end: raw[at[0]][1], head: len(text), found: true}
			continue
		}
		p.lines[i] = textLine{start: raw[from][0], end: raw[to][1], inner: true}
	}
}

// fits compares a line of the text with one of the source. They fit when they are
// equal, or, where that is allowed, when the source has an interpolation where they
// differ.
func (p *Places) fits(to *textLine, line int, raw [2]int, f *source.File, interpolated bool) bool {
	text, src := strings.TrimSuffix(p.lineText(line), "\r"), string(f.Data[raw[0]:raw[1]])
	if strings.Contains(src, "%{") && !strings.Contains(src, "%%{") {
		return false // a directive makes no line, or many
	}
	head := 0
	for head < len(text) && head < len(src) && text[head] == src[head] {
		head++
	}
	if head == len(text) && strings.TrimSpace(src[head:]) == "" {
		*to = textLine{start: raw[0], end: raw[1], head: len(text)}
		return true
	}
	open := strings.LastIndex(src[:min(head+3, len(src))], "${")
	if open < 0 || !interpolated {
		return false
	}
	head = min(head, open)
	tail := 0
	for tail < len(text)-head && tail < len(src)-head && text[len(text)-1-tail] == src[len(src)-1-tail] {
		tail++
	}
	if end := strings.LastIndexByte(src, '}'); end >= 0 {
		tail = min(tail, len(src)-1-end)
	}
	if !strings.HasSuffix(text, src[len(src)-tail:]) || strings.LastIndexByte(src, '}')+1 < len(src)-tail {
		return false
	}
	*to = textLine{start: raw[0], end: raw[1], head: head, tail: tail}
	return true
}

func (p *Places) lineText(line int) string {
	end := len(p.text)
	if line+1 < len(p.begin) {
		end = p.begin[line+1] - 1
	}
	return p.text[p.begin[line]:end]
}

// rawLines are the byte ranges of lines, without line ends and, for a heredoc with
// <<-, without the indentation that all of them share.
func rawLines(data []byte, start, end int, flush bool) [][2]int {
	var lines [][2]int
	indent := -1
	for at := start; at < end; {
		stop, next := end, end
		if i := bytes.IndexByte(data[at:end], '\n'); i >= 0 {
			stop, next = at+i, at+i+1
		}
		line := bytes.TrimRight(data[at:stop], "\r")
		if blank := len(line) - len(bytes.TrimLeft(line, " \t")); blank < len(line) && (indent < 0 || blank < indent) {
			indent = blank
		}
		lines = append(lines, [2]int{at, at + len(line)})
		at = next
	}
	// A text that ends with a line end has an empty line behind it, as lineStarts has.
	if end > start && data[end-1] == '\n' {
		lines = append(lines, [2]int{end, end})
	}
	if flush && indent > 0 {
		for i := range lines {
			lines[i][0] = min(lines[i][0]+indent, lines[i][1])
		}
	}
	return lines
}

func lineStarts(text string) []int {
	starts := []int{0}
	for i := range len(text) {
		if text[i] == '\n' {
			starts = append(starts, i+1)
		}
	}
	return starts
}
