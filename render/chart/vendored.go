package chart

import (
	"strings"

	helmchart "helm.sh/helm/v3/pkg/chart"
)

// markVendored marks the files of sub-charts that come from elsewhere, each with the name
// and the version of the innermost one that it is in.
func (c *Chart) markVendored() {
	owners := map[string]string{} // by folder
	c.vendored(c.helm, false, owners)
	if len(owners) == 0 {
		return
	}
	for name, f := range c.files {
		for end := strings.LastIndexByte(name, '/'); end >= 0; end = strings.LastIndexByte(name[:end], '/') {
			if owner, is := owners[name[:end+1]]; is {
				f.Dependency = owner
				break
			}
		}
	}
}

// vendored finds the sub-charts that come from elsewhere: from an archive, or a directory
// of which the parent names a repository. Sub-charts of these come from there too; others
// in charts/ are written where they lie.
func (c *Chart) vendored(parent *helmchart.Chart, foreign bool, owners map[string]string) {
	for _, sub := range parent.Dependencies() {
		folder := c.folderOf(sub)
		if folder == "" {
			continue
		}
		file := c.fileOf(sub, chartFile)
		theirs := foreign || file != nil && file.Packaged || fetched(parent, sub)
		if theirs {
			owners[folder] = strings.TrimSpace(OneLine(sub.Name() + " " + sub.Metadata.Version))
		}
		c.vendored(sub, theirs, owners)
	}
}

// fetched reports whether a chart takes a sub-chart from a repository.
func fetched(parent, sub *helmchart.Chart) bool {
	for _, d := range parent.Metadata.Dependencies {
		if d != nil && d.Name == sub.Name() && d.Repository != "" && !strings.HasPrefix(d.Repository, "file:") {
			return true
		}
	}
	return false
}
