package coverage

import "slices"

// Branch names a branch of a template file.
type Branch struct {
	Kind Kind
	Pos  int // where its condition begins in the template's source, in bytes
}

// Around are the branches in which a line writes what it does, the innermost first.
func (t *Template) Around(line int) (all []Branch) {
	for _, s := range t.segments {
		if int(s.first) > line || line > int(s.last) {
			continue
		}
		for run := s.run; run >= 0; {
			b := t.blocks[t.Runs[run].block]
			if branch := (Branch{b.kind, int(b.pos)}); b.outer >= 0 && !slices.Contains(all, branch) {
				all = append(all, branch)
			}
			if b.outer < 0 {
				break
			}
			run = int32(t.RunAt(int(b.outer)))
		}
	}
	return all
}
