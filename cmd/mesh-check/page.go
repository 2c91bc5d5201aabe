package main

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// pageWidth is where prose is wrapped, in characters.
const pageWidth = 88

// The inline marks of Markdown that the pages use.
var (
	mdLink = regexp.MustCompile(`\[([^\]]+)\]\(([^)]+)\)`)
	mdBold = regexp.MustCompile(`\*\*([^*]+)\*\*`)
	mdAuto = regexp.MustCompile(`<(https?://[^>]+)>`)
)

// mdWant is the comment that makes a test of an example.
var mdWant = regexp.MustCompile(` *(# want(-value)? .*|\{\{-? */\* want .*?\*/ *-?\}\})$`)

// plainPage turns a page from Markdown into text that reads well in a terminal:
// headings stand out, code is indented, prose is wrapped, links show their address.
func plainPage(markdown string, color bool) string {
	p := page{color: color}
	for _, line := range strings.Split(strings.TrimSpace(markdown), "\n") {
		p.line(strings.TrimRight(line, " \r"))
	}
	p.flush()
	return strings.TrimRight(p.out.String(), "\n") + "\n"
}

// page collects the text of a page; prose is one paragraph or list item under way.
type page struct {
	out   strings.Builder
	color bool
	code  bool
	prose []string
	hang  string // indentation of the paragraph's further lines
}

func (p *page) line(line string) {
	trimmed := strings.TrimSpace(line)
	switch {
	case strings.HasPrefix(trimmed, "```"):
		p.flush()
		p.code = !p.code
	case p.code:
		if code := mdWant.ReplaceAllString(line, ""); code != "" || line == "" {
			p.out.WriteString(strings.TrimRight("    "+code, " ") + "\n")
		}
	case trimmed == "":
		p.flush()
		if s := p.out.String(); s != "" && !strings.HasSuffix(s, "\n\n") {
			p.out.WriteString("\n")
		}
	case strings.HasPrefix(trimmed, "#"):
		p.flush()
		p.heading(strings.TrimSpace(strings.TrimLeft(trimmed, "#")))
	case strings.HasPrefix(trimmed, "|"): // a table stays as it is
		p.flush()
		p.out.WriteString(trimmed + "\n")
	case strings.HasPrefix(trimmed, "- ") || strings.HasPrefix(trimmed, "* "):
		p.flush()
		p.prose = append(p.prose, "- "+trimmed[2:])
		p.hang = "  "
	default:
		p.prose = append(p.prose, trimmed)
	}
}

func (p *page) heading(text string) {
	text = inline(text)
	if p.color {
		text = "\x1b[1m" + text + "\x1b[0m"
	}
	p.out.WriteString(text + "\n")
}

// flush ends the paragraph under way and wraps it.
func (p *page) flush() {
	for i, line := range wrap(inline(strings.Join(p.prose, " ")), pageWidth-len(p.hang)) {
		if i > 0 {
			p.out.WriteString(p.hang)
		}
		p.out.WriteString(line + "\n")
	}
	p.prose, p.hang = nil, ""
}

// wrap is prose in lines of at most width characters, broken at blanks.
func wrap(prose string, width int) []string {
	var lines []string
	used := 0
	for _, word := range strings.Fields(prose) {
		n := utf8.RuneCountInString(word)
		if used == 0 || used+1+n > width {
			lines, used = append(lines, word), n
			continue
		}
		lines[len(lines)-1] += " " + word
		used += 1 + n
	}
	return lines
}

func inline(s string) string {
	s = mdLink.ReplaceAllStringFunc(s, func(link string) string {
		m := mdLink.FindStringSubmatch(link)
		if m[1] == m[2] {
			return m[1]
		}
		return m[1] + " (" + m[2] + ")"
	})
	s = mdAuto.ReplaceAllString(s, "$1")
	return mdBold.ReplaceAllString(s, "$1")
}
