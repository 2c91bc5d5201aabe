//go:build unix

package worker

import (
	"os"
	"os/signal"
	"syscall"
)

// KeepOnBrokenPipe makes a reader that goes away an error of writing, and not the end
// of this process by a signal.
func KeepOnBrokenPipe() { signal.Ignore(syscall.SIGPIPE) }

// OnSignal calls end with the number of the first signal that asks this process to end:
// Ctrl-C, the end of its terminal, a scheduler. Those that it was started to ignore, as
// nohup does, stay ignored.
func OnSignal(end func(number int)) {
	var asked []os.Signal
	for _, s := range []os.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
		if !signal.Ignored(s) {
			asked = append(asked, s)
		}
	}
	if len(asked) == 0 {
		return // Notify without signals means all of them
	}
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, asked...)
	go func() {
		if s, ok := (<-signals).(syscall.Signal); ok {
			end(int(s))
		}
	}()
}
