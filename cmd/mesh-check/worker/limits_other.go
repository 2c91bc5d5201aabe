//go:build !unix

package worker

import "time"

// limit sets nothing: the system knows no limits of a process. The watcher and the
// parent hold those that they can.
func limit(memory int64) { tuneMemory(memory) }

func limitCPU(time.Duration) {}

func limitParent(int64) {}
