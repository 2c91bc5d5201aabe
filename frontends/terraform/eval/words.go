package eval

import (
	"fmt"
)

// HowMany is a number with a noun: 1 resource, 2 resources.
func HowMany(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return fmt.Sprintf("%d %s", n, noun)
}
