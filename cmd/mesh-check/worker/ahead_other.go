//go:build !linux || !(amd64 || arm64)

package worker

// aheadBytes is 0: the heap grows as the runtime has it.
const aheadBytes = 0

func mapAhead() {}
