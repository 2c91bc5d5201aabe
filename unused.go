package meshcheck

import (
	"fmt"
	"strings"
)

// maxUnused is how many values files a note names.
const maxUnused = 10

// tellUnused notes the values files of a chart that no values set has: what they say was
// not analyzed.
func (v *inputResult) tellUnused(names []string) {
	if len(names) == 0 {
		return
	}
	more := ""
	if n := len(names) - maxUnused; n > 0 {
		names, more = names[:maxUnused], fmt.Sprintf(" and %d more", n)
	}
	v.notes = append(v.notes, fmt.Sprintf("no values set uses %s%s; define values sets with --values-set or in .mesh-check.yaml, which the command init writes",
		strings.Join(names, ", "), more))
}
