//go:build !unix

package worker

import (
	"os"
	"os/signal"
)

// KeepOnBrokenPipe does nothing: the system knows no such signal.
func KeepOnBrokenPipe() {}

// OnSignal calls end with the number of the first signal that asks this process to end:
// Ctrl-C, which is 2 everywhere.
func OnSignal(end func(number int)) {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt)
	go func() {
		<-signals
		end(2)
	}()
}
