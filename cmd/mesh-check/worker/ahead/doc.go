// Package ahead has the system back the heap with huge pages, from the start of the
// program.
//
// Importing the package has this effect: it imports so little that it is initialized
// before nearly all others, which begin to fill the heap. GOGC and GOMEMLIMIT say that the
// user knows better; then it does nothing. The first child is started before: it needs none of
// this, and is waited for longest.
package ahead

import (
	"syscall"

	_ "github.com/mesh-check/mesh-check/cmd/mesh-check/worker/child" // starts the first child
)

func init() {
	for _, name := range []string{"GOGC", "GOMEMLIMIT"} {
		if value, _ := syscall.Getenv(name); value != "" {
			return
		}
	}
	mapAhead()
}
