// Package pages reads the pages of checks: Markdown with the sections that Headings name, and blocks of
// code that tests run. It gives sections, as Markdown or as plain text, and the blocks; nothing is an error.
package pages

import (
	"strings"

	"github.com/mesh-check/mesh-check/checks/lazyregexp"
)

// Headings are the sections that every page has, in this order.
var Headings = []string{"What it finds", "Why it matters", "Example", "Use instead", "Limits", "Reference"}

// Section returns what is below a heading of a page, without the blank lines
// around it.
func Section(page, heading string) string {
	_, below, found := strings.Cut(page, "\n## "+heading+"\n")
	if !found {
		return ""
	}
	below, _, _ = strings.Cut(below, "\n## ")
	return strings.TrimSpace(below)
}

// Example is one fenced block of a page that is run as a test.
type Example struct {
	// Language is the first word behind the fence: yaml, hcl, or gotmpl for a template of a chart.
	Language string
	// Bad says that the block has faults, each marked with a want comment; a block
	// that is not bad gives no finding.
	Bad bool
	// Flags are the mesh's flags that are behind the fence; of a template, the setting with
	// which its branch is rendered.
	Flags []string
	// Line is the 1-based line of the page on which Text starts.
	Line int
	Text string
}

var fence = lazyregexp.New("^```([a-z]+) (bad|good)((?: \\S+)*)$")

// Examples returns the blocks of a page that are marked bad or good.
func Examples(page string) []Example {
	var all []Example
	var open *Example
	for i, line := range strings.Split(page, "\n") {
		switch {
		case open == nil:
			if m := fence().FindStringSubmatch(line); m != nil {
				open = &Example{Language: m[1], Bad: m[2] == "bad", Flags: strings.Fields(m[3]), Line: i + 2}
			}
		case line == "```":
			all = append(all, *open)
			open = nil
		default:
			open.Text += line + "\n"
		}
	}
	return all
}

var (
	markdownLink = lazyregexp.New(`\[([^\]]*)\]\([^)]*\)`)
	marks        = strings.NewReplacer("`", "", "**", "")
)

// Plain turns the little Markdown of pages into text. A run does it for the pages of all
// checks.
func Plain(markdown string) string {
	if strings.Contains(markdown, "](") {
		markdown = markdownLink().ReplaceAllString(markdown, "$1")
	}
	return joined(marks.Replace(markdown))
}

// joined makes one line of each paragraph and of each item of a list.
func joined(text string) string {
	b := []byte(text)
	for i := 1; i < len(b)-1; i++ {
		if b[i] == '\n' && b[i-1] != '\n' && !strings.ContainsRune("\n*-", rune(b[i+1])) {
			b[i] = ' '
		}
	}
	return string(b)
}
