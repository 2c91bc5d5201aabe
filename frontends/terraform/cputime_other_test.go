//go:build !unix

package terraform

import "time"

var start = time.Now()

// cpuTime is the time since the start, where the system does not tell more.
func cpuTime() time.Duration { return time.Since(start) }
