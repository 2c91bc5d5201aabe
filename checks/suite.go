package checks

import (
	"embed"
	"slices"
)

// folder is where a family of checks lies.
type folder struct {
	name   string
	checks []*Check
	pages  embed.FS
}

// folders are the families of checks in the order of their IDs.
var folders = []folder{
	{"services", serviceChecks, servicePages},
	{"privileges", privilegeChecks, privilegePages},
	{"labels", labelChecks, labelPages},
	{"injection", injectionChecks, injectionPages},
	{"capture", captureChecks, capturePages},
	{"traffic", trafficChecks, trafficPages},
}

// Suite is every check, sorted by ID.
var Suite = everyCheck()

func everyCheck() []*Check {
	var all []*Check
	for _, f := range folders {
		all = append(all, f.checks...)
	}
	return all
}

// Find returns the check of an id or name.
func Find(idOrName string) (*Check, bool) {
	for _, c := range Suite {
		if c.ID == idOrName || c.Name == idOrName {
			return c, true
		}
	}
	return nil, false
}

// folderOf is where a check of the suite lies; nil for a check that is not in it.
func folderOf(c *Check) *folder {
	for i := range folders {
		if slices.Contains(folders[i].checks, c) {
			return &folders[i]
		}
	}
	return nil
}

// Page returns the check's page as Markdown; it is empty for a check without one.
func Page(c *Check) string {
	in := folderOf(c)
	if in == nil {
		return ""
	}
	text, _ := in.pages.ReadFile(c.PageFile())
	return string(text)
}

// PageURI is where the check's page can be read on the web.
func PageURI(c *Check) string {
	return "https://github.com/mesh-check/mesh-check/blob/main/checks/" + c.PageFile()
}
