package meshcheck

import (
	"slices"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/render/source"
)

// ignored is why a finding is ignored, and the comment that says so.
func (v *inputResult) ignored(f *checks.Reported) (reason string, at source.Span) {
	if c := v.comments.For(f.Check, f.Origin); c != nil {
		return c.Reason, c.At()
	}
	return "", source.Span{}
}

// ended notes what an outcome says beside its findings: the settings of the mesh that the input has, and which checks did
// not run, since nobody knows what comments about them ignore.
func (v *inputResult) ended(outcome checks.Outcome) {
	for _, note := range outcome.Mesh {
		if !slices.Contains(v.notes, note) {
			v.notes = append(v.notes, note)
		}
	}
	for _, id := range outcome.Idle {
		v.idle[id] = true
	}
}

// ran reports whether a check ran over everything.
func (v *inputResult) ran(id string) bool { return !v.idle[id] }

// commented reports the ignore comments of an input, by file: what is wrong with them
// and, where all of the input was analyzed, which of them ignore nothing. One in a branch that no
// values set renders may be for what exploring finds.
func (v *inputResult) commented() (files []checks.CommentedFile) {
	whole := v.input.Result == checks.OK
	for _, c := range v.comments.All() {
		name := c.File.Name()
		if len(files) == 0 || files[len(files)-1].File != name {
			files = append(files, checks.CommentedFile{File: name})
		}
		i := len(files) - 1
		if c.Fault != "" {
			files[i].Faults = append(files[i].Faults, checks.CommentFault{Line: c.Line, Column: c.Column, What: c.Fault})
		}
		if whole && c.Idle(v.ran) && (v.chart == nil || !v.chart.Unreached(c.File, c.For())) {
			files[i].Idle = append(files[i].Idle, checks.CommentFault{Line: c.Line, Column: c.Column})
		}
	}
	return files
}
