package checks

import (
	"strings"

	"github.com/mesh-check/mesh-check/checks/pages"
)

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
	for _, heading := range pages.Headings[:2] {
		more := text + "\n\n" + pages.Plain(pages.Section(page, heading))
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

func upperFirst(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
