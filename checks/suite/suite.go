// Package suite lists every check, family by family. In: the lists and pages of the families. Out: the checks sorted by ID, each
// with its page.
package suite

import (
	"embed"
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/ambient"
	"github.com/mesh-check/mesh-check/checks/boundaries"
	"github.com/mesh-check/mesh-check/checks/capture"
	"github.com/mesh-check/mesh-check/checks/delivery"
	"github.com/mesh-check/mesh-check/checks/injection"
	"github.com/mesh-check/mesh-check/checks/install"
	"github.com/mesh-check/mesh-check/checks/labels"
	"github.com/mesh-check/mesh-check/checks/lifecycle"
	"github.com/mesh-check/mesh-check/checks/privileges"
	"github.com/mesh-check/mesh-check/checks/routing"
	"github.com/mesh-check/mesh-check/checks/security"
	"github.com/mesh-check/mesh-check/checks/services"
	"github.com/mesh-check/mesh-check/checks/traffic"
	"github.com/mesh-check/mesh-check/checks/validity"
)

// family is a folder of checks.
type family struct {
	name   string
	checks []*checks.Check
	pages  embed.FS
}

// families are in the order of the IDs of their first checks, but for validity, which has some of several.
var families = []family{
	{"services", services.Checks, services.Pages},
	{"privileges", privileges.Checks, privileges.Pages},
	{"labels", labels.Checks, labels.Pages},
	{"injection", injection.Checks, injection.Pages},
	{"capture", capture.Checks, capture.Pages},
	{"traffic", traffic.Checks, traffic.Pages},
	{"lifecycle", lifecycle.Checks, lifecycle.Pages},
	{"routing", routing.Checks, routing.Pages},
	{"boundaries", boundaries.Checks, boundaries.Pages},
	{"security", security.Checks, security.Pages},
	{"ambient", ambient.Checks, ambient.Pages},
	{"install", install.Checks, install.Pages},
	{"delivery", delivery.Checks, delivery.Pages},
	{"validity", validity.Checks, validity.Pages},
}

// Checks is every check, sorted by ID.
var Checks = everyCheck()

func everyCheck() []*checks.Check {
	var all []*checks.Check
	for _, f := range families {
		all = append(all, f.checks...)
	}
	slices.SortFunc(all, func(a, b *checks.Check) int { return strings.Compare(a.ID, b.ID) })
	return all
}

// Find returns the check of an id or name.
func Find(idOrName string) (*checks.Check, bool) {
	for _, c := range Checks {
		if c.ID == idOrName || c.Name == idOrName {
			return c, true
		}
	}
	return nil, false
}

// familyOf is where a check of the suite lies; nil for a check that is not in it.
func familyOf(c *checks.Check) *family {
	for i := range families {
		if slices.Contains(families[i].checks, c) {
			return &families[i]
		}
	}
	return nil
}

// Folder is the name of the folder, below checks/, of a check of the suite; empty for another check.
func Folder(c *checks.Check) string {
	if in := familyOf(c); in != nil {
		return in.name
	}
	return ""
}

// Page returns the check's page as Markdown; it is empty for a check without one.
func Page(c *checks.Check) string {
	in := familyOf(c)
	if in == nil {
		return ""
	}
	text, _ := in.pages.ReadFile(c.PageFile())
	return string(text)
}

// PageURI is where the page of a check of the suite can be read on the web; empty for another check.
func PageURI(c *checks.Check) string {
	in := familyOf(c)
	if in == nil {
		return ""
	}
	return "https://github.com/mesh-check/mesh-check/blob/main/checks/" + in.name + "/" + c.PageFile()
}
