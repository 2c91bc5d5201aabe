package input

import "fmt"

// The parent holds the list of inputs that a worker finds below a directory, whose makers
// may have filled it with charts: what the list may have at most.
const (
	maxFound     = 10_000
	maxFoundText = 4 << 20 // bytes of all names and faults
)

// fewEnough are the inputs found below a directory, up to the limits; where there are more,
// the last one is the error that says so.
func fewEnough(dir string, found []Input) []Input {
	text := 0
	for i, in := range found {
		text += len(in.Path) + len(in.Within)
		for _, name := range in.Beside {
			text += len(name)
		}
		if in.Fault != nil {
			text += len(in.Fault.What) + len(in.Fault.Path) + len(in.Fault.Do)
		}
		if i == maxFound || text > maxFoundText {
			return append(found[:i:i], Invalid(dir,
				fmt.Sprintf("%d charts and Terraform roots were found here, but only %d of them are analyzed", len(found), i),
				"name the directories below it one by one"))
		}
	}
	return found
}
