package main

import (
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/render/source"
	"github.com/mesh-check/mesh-check/sarif"
)

// ignored is why a finding is ignored, and the comment that says so.
func (v *verdict) ignored(f *checks.Reported) (reason string, at source.Span) {
	if c := v.comments.For(f.Check, f.Origin); c != nil {
		return c.Reason, c.At()
	}
	return "", source.Span{}
}

// skipped notes which checks did not run: nobody knows what comments about them ignore.
func (v *verdict) skipped(outcome checks.Outcome) {
	for _, id := range outcome.Idle {
		v.idle[id] = true
	}
}

// ran says whether a check ran over everything.
func (v *verdict) ran(id string) bool { return !v.idle[id] }

// commented tells of the ignore comments of an input, by file: what is wrong with them
// and, where all of the input was analysed, which of them ignore nothing.
func (v *verdict) commented() (files []sarif.Commented) {
	whole := v.input.Result == checks.OK
	for _, c := range v.comments.All() {
		name := c.File.Name()
		if len(files) == 0 || files[len(files)-1].File != name {
			files = append(files, sarif.Commented{File: name})
		}
		i := len(files) - 1
		if c.Fault != "" {
			files[i].Faults = append(files[i].Faults, sarif.CommentFault{Line: c.Line, Column: c.Column, What: c.Fault})
		}
		if whole && c.Idle(v.ran) {
			files[i].Idle = append(files[i].Idle, sarif.CommentFault{Line: c.Line, Column: c.Column})
		}
	}
	return files
}
