package explore

import "github.com/mesh-check/mesh-check/render/coverage"

// NotTried is why no setting was tried that could open a part of a template file which nothing has reached; empty where
// one was, or where the part is not a branch.
func (e *Explored) NotTried(path string, gap coverage.Gap) string {
	c := e.candidates[branchKey(path, coverage.Branch{Kind: gap.Kind, Pos: gap.Pos})]
	switch {
	case c == nil || !c.open || c.next > 0 || c.deferred:
		return ""
	case len(c.alternatives) > 0:
		return e.Stopped
	case c.guessed:
		return "its value would have to be guessed, which --explore=all does"
	}
	return "no setting was found that changes this"
}

// OnlyFails reports whether each render with what was tried for a part that nothing has reached has failed: its condition
// may have been true there.
func (e *Explored) OnlyFails(path string, gap coverage.Gap) bool {
	c := e.candidates[branchKey(path, coverage.Branch{Kind: gap.Kind, Pos: gap.Pos})]
	return c != nil && c.open && c.failed && !c.went
}
