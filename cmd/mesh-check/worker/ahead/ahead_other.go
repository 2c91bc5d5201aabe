//go:build !linux || !(amd64 || arm64)

package ahead

// Bytes is 0: the heap grows as the runtime has it.
const Bytes = 0

func mapAhead() {}
