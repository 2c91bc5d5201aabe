//go:build race

package worker

// instrumented: the race detector maps memory by the terabyte.
const instrumented = true
