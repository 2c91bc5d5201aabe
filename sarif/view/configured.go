package view

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/sarif"
)

// A configuration may be a stranger's, as a pull request can edit it: every report says
// which file was used and what it changed.

// configurationName is the name of a configuration as the user would type it, and of how
// many inputs it is where there are several.
func (o Options) configurationName(c sarif.Configured, all int) string {
	name := o.path(c.File)
	if all > 1 {
		name += " (" + plural(len(c.Inputs), "input") + ")"
	}
	return name
}

// changed reports whether a configuration changed anything.
func changed(c sarif.Configured) bool {
	return c.Ignored+len(c.Disabled)+len(c.Severities)+len(c.Mesh)+len(c.Settings) > 0
}

// configurationChanges is what a configuration changed, in words.
func configurationChanges(c sarif.Configured) string {
	var parts []string
	if c.Ignored > 0 {
		parts = append(parts, "ignores "+plural(c.Ignored, "finding"))
	}
	if len(c.Disabled) > 0 {
		parts = append(parts, "turns off "+few(c.Disabled))
	}
	if len(c.Severities) > 0 {
		var levels []string
		for _, id := range slices.Sorted(maps.Keys(c.Severities)) {
			levels = append(levels, id+" "+c.Severities[id])
		}
		parts = append(parts, "sets severities: "+few(levels))
	}
	if len(c.Mesh) > 0 {
		parts = append(parts, "sets the mesh's "+few(c.Mesh))
	}
	inputs := slices.DeleteFunc(slices.Clone(c.Settings), func(name string) bool { return name == "exclude" })
	if len(inputs) > 0 {
		parts = append(parts, "sets "+few(inputs)+" of inputs")
	}
	if len(inputs) < len(c.Settings) {
		parts = append(parts, "excludes files")
	}
	if len(parts) == 0 {
		return "changes nothing"
	}
	return strings.Join(parts, "; ")
}

// ignoredBy is by what findings are ignored, for the summary.
func ignoredBy(all []sarif.Configured) string {
	var files []string
	for _, c := range all {
		if c.Ignored > 0 {
			files = append(files, path.Base(c.File))
		}
	}
	if len(files) == 1 {
		return files[0]
	}
	return fmt.Sprintf("%d configurations", len(files))
}

// suppression is why a finding does not count, and where that is said.
func (o Options) suppression(r sarif.Result) string {
	if r.IgnoredAt.File != "" {
		return "ignored by " + o.at(r.IgnoredAt) + ": " + r.Suppressed
	}
	return "suppressed: " + r.Suppressed
}

// noticeAt is the place of a notice, else its input.
func (o Options) noticeAt(n sarif.Notice) string {
	if n.Place.File != "" {
		return o.at(n.Place)
	}
	return o.path(n.Input)
}

// configurations writes the configurations of a run, a line for each.
func (w *textWriter) configurations(all []sarif.Configured) {
	for _, c := range all {
		fmt.Fprintf(w.b, "configuration %s: %s\n", w.o.configurationName(c, len(all)), configurationChanges(c))
	}
}

// maxConfigurations is how many configurations a comment names.
const maxConfigurations = 10

// configurations writes the configurations of a run into the head of a comment.
func (w *markdownWriter) configurations(all []sarif.Configured) {
	for i, c := range all {
		if i == maxConfigurations {
			fmt.Fprintf(w.b, "\n%s more.\n", plural(len(all)-i, "configuration"))
			break
		}
		fmt.Fprintf(w.b, "\nConfiguration %s: %s.\n", w.esc.code(w.o.configurationName(c, len(all))), w.esc.text(configurationChanges(c)))
	}
}

// configurationNotice is the annotation that says what configurations changed; at the
// file where that is one. ok is false where they changed nothing.
func configurationNotice(all []sarif.Configured) (a annotation, ok bool) {
	var parts []string
	for _, c := range all {
		changes := configurationChanges(c)
		if !changed(c) {
			continue
		}
		if len(all) > 1 {
			changes = c.File + ": " + changes
		}
		parts = append(parts, changes)
		a.place = sarif.Location{File: c.File}
	}
	if len(all) > 1 {
		a.place = sarif.Location{}
	}
	a.title, a.message = "mesh-check configuration", few(parts)
	return a, len(parts) > 0
}

// jsonConfigurations are the configurations of a run with names as the user types them.
func (o Options) jsonConfigurations(all []sarif.Configured) []sarif.Configured {
	list := []sarif.Configured{}
	for _, c := range all {
		c.File = o.path(c.File)
		inputs := make([]string, len(c.Inputs))
		for i, in := range c.Inputs {
			inputs[i] = o.path(in)
		}
		c.Inputs = inputs
		list = append(list, c)
	}
	return list
}
