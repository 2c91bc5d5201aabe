package sarif

import (
	"cmp"
	"strings"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/pages"
	"github.com/mesh-check/mesh-check/sarif/property"
	"github.com/mesh-check/mesh-check/sarif/safetext"
)

// Help is what a reader of the log can learn about a check.
type Help struct {
	// Description says in a sentence or two what the check finds; empty: the first
	// paragraph of its page, or its summary.
	Description string
	// Text is the whole page as plain text; empty: summary and advice.
	Text string
	// Markdown is the whole page; empty: Text.
	Markdown string
	// URI is where the page can be read on the web; may be empty.
	URI string
}

// GitHub shows no more than 1,024 characters of a description and 10 tags.
const (
	maxDescription = 1024
	maxTags        = 10
)

// precision is the same for all checks: what is not certain is undecided and no
// finding.
const precision = "very-high"

// problemSeverity are GitHub's words.
var problemSeverity = map[checks.Severity]string{
	checks.Error: "error", checks.Warning: "warning", checks.Note: "recommendation",
}

// rule describes a check.
func (o *Options) rule(c *checks.Check) *sarif.ReportingDescriptor {
	var help Help
	if o.Help != nil {
		help = o.Help(c)
	}
	summary := capital(sentence(c.Summary))
	description := help.Description
	if description == "" {
		description = finds(help.Markdown)
	}
	if description == "" {
		description = summary
	}
	page := help.Text
	if page == "" {
		page = summary
		if c.Advice != "" {
			page += " " + capital(sentence(c.Advice))
		}
	}
	markdown := help.Markdown
	if markdown == "" {
		markdown = page
	}
	tags := []string{"istio", "kubernetes"}
	for _, m := range c.Modes {
		tags = append(tags, string(m))
	}
	tags = append(tags, c.Istio...)
	properties := property.Bag(&property.Rule{
		Precision: precision, ProblemSeverity: problemSeverity[c.Severity], Tags: tags[:min(len(tags), maxTags)],
	})
	d := sarif.NewReportingDescriptor()
	if help.URI != "" {
		d.WithHelpURI(help.URI)
	}
	return d.WithID(c.ID).
		WithName(c.Name).
		WithShortDescription(multiformat(safetext.Cut(summary, maxDescription), "")).
		WithFullDescription(multiformat(safetext.Cut(description, maxDescription), "")).
		WithHelp(multiformat(page, markdown)).
		WithDefaultConfiguration(sarif.NewReportingConfiguration().WithLevel(string(c.Severity))).
		WithProperties(properties)
}

// compareRules orders rules by id.
func compareRules(a, b *sarif.ReportingDescriptor) int { return cmp.Compare(deref(a.ID), deref(b.ID)) }

// finds is the first paragraph of what a check's page says that it finds, as plain
// text; empty for a text that is no page.
func finds(page string) string {
	paragraph, _, _ := strings.Cut(pages.Section(page, pages.Headings[0]), "\n\n")
	if strings.Contains(paragraph, "](") {
		paragraph = embedded().ReplaceAllString(paragraph, "$1")
	}
	return sentence(markers.Replace(paragraph))
}

// markers are what Markdown writes around words.
var markers = strings.NewReplacer("`", "", "**", "")

func multiformat(plain, markdown string) *sarif.MultiformatMessageString {
	m := sarif.NewMultiformatMessageString().WithText(plain)
	if markdown != "" {
		m.WithMarkdown(markdown)
	}
	return m
}
