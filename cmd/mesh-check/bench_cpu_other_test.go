//go:build !unix

package main

import (
	"testing"
	"time"
)

var processStart = time.Now()

// processorTime is the time on the clock where a process cannot tell its own.
func processorTime(*testing.T) time.Duration { return time.Since(processStart) }
