//go:build race

package child

// instrumented: the race detector maps memory by the terabyte.
const instrumented = true
