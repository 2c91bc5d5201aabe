package checks

import (
	"strings"

	"github.com/mesh-check/mesh-check/checks/lazyregexp"
)

// PageHeadings are the sections that every page has, in this order.
var PageHeadings = []string{"What it finds", "Why it matters", "Example", "Use instead", "Limits", "Reference"}

// maxHelpText is how many characters of help text GitHub shows; SARIF has no limit.
const maxHelpText = 1024

// PageFile is the name of the check's page in the folder of its family: its id and name with
// underscores, as its code has.
func (c *Check) PageFile() string {
	return strings.ToLower(c.ID) + "_" + strings.ReplaceAll(c.Name, "-", "_") + ".md"
}

// Help returns what a reader of a finding should know, by the page of its check: plain
// text of at most 1024 characters, and the whole page as Markdown.
func Help(c *Check, page string) (text, markdown string) {
	text = c.Summary + ".\n" + upperFirst(c.Advice) + "."
	for _, heading := range PageHeadings[:2] {
		more := text + "\n\n" + plain(Section(page, heading))
		if len([]rune(more)) > maxHelpText {
			break
		}
		text = more
	}
	if page == "" {
		page = text
	}
	return text, page
}

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
	markers      = strings.NewReplacer("`", "", "**", "")
)

// plain turns the little Markdown of pages into text. A run does it for the pages of all
// checks.
func plain(markdown string) string {
	if strings.Contains(markdown, "](") {
		markdown = markdownLink().ReplaceAllString(markdown, "$1")
	}
	return joined(markers.Replace(markdown))
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

func upperFirst(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
