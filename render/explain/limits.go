package explain

import "time"

// limits are what one render of a chart may cost the tracing engine. A chart
// that goes beyond one of them is refused with the place where it does, in place
// of a process that runs for ever or runs out of memory.
type limits struct {
	rounds   int // rounds of range; a call counts as several of them
	calls    int // calls of templates inside each other
	stack    int // blocks, parentheses and calls inside each other, all in all
	tpl      int // calls of tpl inside each other
	file     int // bytes of the actions of one template file, or of a text that is given to tpl
	nesting  int // blocks inside each other in one text
	output   int // bytes that one template file, or one call of a template, writes
	memory   int // bytes of texts, lists and dictionaries that templates make, and of the notes about them
	result   int // bytes of the text that one call of a function makes
	elements int // elements of a list or dictionary that one call makes
	values   int // values in the data that one call of a function goes through
	depth    int // lists and dictionaries inside each other that a function goes through
	decode   int // bytes of a text that is read as data
	visits   int // values that all calls of functions go through
	slow     int // milliseconds of CPU that Helm takes to make keys, certificates and hashes
}

// defaultLimits are at least 20 times what any of the 121 real charts of the shared
// data takes, with any of its values sets; what the largest one takes is behind
// each (TestCorpusIsFarFromLimits measures). Memory alone is nearer: what it bounds is
// the memory of the process.
var defaultLimits = limits{
	rounds:   2_000_000,  // 20,271, bitnami/chainloop; 0.2 s of CPU for rounds with nothing in them
	calls:    1_100,      // 13, bjw-s/test-chart; Helm lets a template include itself 1,000 times
	stack:    32_000,     // 127, bjw-s/test-chart; about 1 kB of stack each
	tpl:      64,         // 3, nats
	file:     5 << 19,    // 38,064 bytes, kube-prometheus-stack
	nesting:  1_000,      // 16, kiali-server
	output:   16 << 20,   // 126,421 bytes, istio-discovery
	memory:   192 << 20,  // 27,217,863 bytes, kube-prometheus-stack
	result:   8 << 20,    // 118,889 bytes, flagger/grafana
	elements: 1_000_000,  // 28, kube-prometheus-stack
	values:   200_000,    // 970, kube-prometheus-stack
	depth:    1_000,      // 21, kube-prometheus-stack
	decode:   2 << 20,    // 74,940 bytes, kube-prometheus-stack
	visits:   20_000_000, // 15,610, nats
	slow:     20_000,     // none; one RSA key takes 1,000
}

// used is what a render has cost so far.
type used struct {
	rounds, calls, stack, tplDepth, visits, slow int

	steps   int
	writing int   // bytes in buffers that are being written
	stopped error // of the innermost call of a template that has failed
	parts   int   // of results, see maxAllParts

	// The largest of each, for the test that holds the limits far away.
	deepest, stackMost, tplMost, fileMost, nestingMost, outputMost, resultMost int
	elementsMost, valuesMost, depthMost, decodeMost                            int
}

// keep counts bytes that stay in memory until the render's end. Beyond the limit
// it panics with an overrun: it is called by functions of templates, whose panics
// text/template returns as errors, and under the recover of render.
func (r *registry) keep(n int) {
	if r.kept += n; r.kept > r.most || r.kept < 0 {
		panic(overMemory(r.most))
	}
}

// step is called for each action, round and call; it watches the clock.
func (e *tracer) step() error {
	if e.steps++; e.steps%32 == 0 && e.late() {
		return e.overTime()
	}
	return nil
}

// late reports whether the deadline is over.
func (e *tracer) late() bool { return !e.deadline.IsZero() && time.Now().After(e.deadline) }

// How many rounds of range the other things count as, by the time that they take.
const (
	callRounds     = 10  // a call of a template
	functionRounds = 4   // a call of a function that makes text
	parseRounds    = 100 // a text that tpl parses
)

// round counts work that takes as long as n rounds of range with nothing in them.
func (e *tracer) round(n int) error {
	if e.rounds += n; e.rounds > e.limits.rounds {
		return e.overRounds()
	}
	return nil
}

// call counts the call of a template from a site.
func (e *tracer) call(s *site) error {
	e.calls++
	e.stack += s.weight()
	e.deepest = max(e.deepest, e.calls)
	e.stackMost = max(e.stackMost, e.stack)
	switch {
	case e.calls > e.limits.calls:
		return e.overCalls()
	case e.stack > e.limits.stack:
		return e.overStack()
	}
	return e.round(callRounds)
}

// returned counts that a call has ended.
func (e *tracer) callEnds(s *site) {
	e.calls--
	e.stack -= s.weight()
}

// weight is what a call from the site adds to the stack.
func (s *site) weight() int {
	if s == nil {
		return callWeight
	}
	return callWeight + s.nesting
}

// callWeight is how many nested blocks a call of a template weighs on the stack.
const callWeight = 8
