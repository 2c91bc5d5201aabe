package render

import (
	"sync/atomic"

	"helm.sh/helm/v3/pkg/chart"
	"helm.sh/helm/v3/pkg/chartutil"
	"helm.sh/helm/v3/pkg/engine"
)

// truth is one run of Helm's engine. Nothing can stop the engine once it runs, so
// that it runs in a goroutine of its own, which may be left behind.
type truth struct {
	ended chan struct{}
	state atomic.Int32
	files map[string]string // by Helm's names; may be read when ended is closed
	err   error
}

// The states of a run of Helm's engine.
const (
	truthRuns int32 = iota
	truthEnded
	truthAbandoned
)

// abandoned counts the engines that nobody waits for any more.
var abandoned atomic.Int32

// Abandoned is the number of Helm's engines that still run though Render has
// returned. They cannot be stopped and may take any amount of time and memory: a
// process that reads one above zero should end, once it has answered.
func Abandoned() int { return int(abandoned.Load()) }

// startTruth lets Helm's engine render a chart.
func (c *Chart) startTruth(h *chart.Chart, top chartutil.Values) *truth {
	t := &truth{ended: make(chan struct{})}
	go func() {
		defer close(t.ended)
		t.err = c.guard(c.inputPath(), func() (err error) {
			t.files, err = engine.Render(h, top)
			return err
		})
		if !t.state.CompareAndSwap(truthRuns, truthEnded) {
			abandoned.Add(-1)
		}
	}()
	return t
}

// wait waits for the engine's end.
func (t *truth) wait() (map[string]string, error) {
	<-t.ended
	return t.files, t.err
}

// abandon leaves the engine behind.
func (t *truth) abandon() {
	// Counted before the swap: the engine's end may come right behind it.
	abandoned.Add(1)
	if !t.state.CompareAndSwap(truthRuns, truthAbandoned) {
		abandoned.Add(-1)
	}
}
