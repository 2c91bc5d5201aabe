package lifecycle

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/commands"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// How long proxies drain and pods end where nobody says. Source: istio/istio pkg/config/mesh/mesh.go (5 s since 1.7 at least), pkg/
// envoy/agent.go terminate(); Kubernetes, PodSpec.terminationGracePeriodSeconds.
const (
	defaultDrain = 5 * time.Second
	defaultGrace = 30 * time.Second
)

// drain is how long the proxy of pods lives when they end.
type drain struct {
	// Field is what says so; of no object where nothing does.
	object.Field
	length time.Duration
	own    bool // said by the pods, and not by the mesh
}

// drainOf is terminationDrainDuration of a workload's pods: of their annotation, else of the mesh, else Istio's own. It is not ok
// where a value is not known, which is recorded as an open question, or is not a duration.
func drainOf(p *checks.Pass, w *object.Workload) (drain, bool) {
	annotation := w.PodAnnotation(checks.ProxyConfigKey)
	if annotation.Unknown() {
		p.Undecided(annotation)
		return drain{}, false
	}
	if own := p.ProxySettings(w).TerminationDrain; own != "" {
		length, err := time.ParseDuration(own)
		return drain{annotation.Field, length, true}, err == nil
	}
	of := p.MeshConfig("defaultConfig", "terminationDrainDuration")
	if len(of) == 0 {
		return drain{length: defaultDrain}, true
	}
	if of[0].Unknown() {
		p.Undecided(of[0])
		return drain{}, false
	}
	length, err := time.ParseDuration(of[0].Str().V)
	return drain{of[0], length, false}, err == nil
}

// graceOf is how long Kubernetes waits for the end of a workload's pods.
func graceOf(w *object.Workload) time.Duration {
	if grace := w.GracePeriod(); grace.OK {
		return time.Duration(grace.V) * time.Second
	}
	return defaultGrace
}

// exitOnZeroKey makes proxies live as long as connections are open. Source: istio/istio pkg/envoy/agent.go, from 1.12.
const (
	exitOnZeroKey   = "EXIT_ON_ZERO_ACTIVE_CONNECTIONS"
	exitOnZeroSince = "1.12"
)

// staysOpen reports whether the proxy has another way to end than after a time: it waits for connections to end, or has a preStop
// hook of its own. What is not known could be it.
func staysOpen(p *checks.Pass, w *object.Workload) bool {
	if proxyMetadata(p, w, exitOnZeroKey) == "true" && !p.Mesh.IstioBefore(exitOnZeroSince) {
		return true
	}
	if of := p.InjectorValues("global", "proxy", "lifecycle", "preStop"); len(of) > 0 {
		if of[0].Unknown() {
			p.Undecided(of[0])
		}
		return true
	}
	if strings.Contains(w.PodAnnotation("proxy.istio.io/overrides").V, "preStop") {
		return true
	}
	return slices.ContainsFunc(w.Containers(), func(c object.Container) bool { return c.Name == checks.ProxyName && preStop(c).Exists() })
}

// preStop is the preStop hook of a container; missing where it has none.
func preStop(c object.Container) object.Probe {
	for _, probe := range c.Probes() {
		if probe.Kind == "preStop" {
			return probe
		}
	}
	return object.Probe{}
}

// sleep is a part of a hook that takes a known time.
type sleep struct {
	object.Field
	length time.Duration
}

// preStopSleep is the longest sleep in a container's preStop hook for which the hook waits; of no object where there is none.
// Nobody knows how long other commands take.
func preStopSleep(p *checks.Pass, c object.Container) sleep {
	hook := preStop(c)
	if n := hook.Sleep(); n.Exists() || n.Unknown() {
		if n.Unknown() {
			p.Undecided(n)
		}
		return sleep{n.Field, time.Duration(n.V) * time.Second}
	}
	if !hook.Exists() {
		return sleep{}
	}
	longest := sleep{}
	line := commands.CommandLineOf(hook)
	if because, is := line.Unknown(); is {
		p.Undecided(because)
	}
	calls := line.Calls()
	for i, call := range calls {
		waits := func(c commands.Call) bool { return c.Program() == "wait" }
		if call.Program() != "sleep" || call.Background && !slices.ContainsFunc(calls[i:], waits) {
			continue
		}
		total, known := time.Duration(0), true
		for _, word := range call.Words[1:] {
			length, ok := sleepLength(word.Text)
			total, known = total+length, known && ok && word.Plain
		}
		if known && total > longest.length {
			longest = sleep{call.Words[len(call.Words)-1].Field, total}
		}
	}
	return longest
}

// sleepLength reads an argument of sleep: a number with or without a unit. Source: sleep(1) of GNU coreutils and BusyBox.
func sleepLength(text string) (time.Duration, bool) {
	units := map[string]time.Duration{"s": time.Second, "m": time.Minute, "h": time.Hour, "d": 24 * time.Hour}
	unit := time.Second
	if len(text) > 1 {
		if u, is := units[text[len(text)-1:]]; is {
			unit, text = u, text[:len(text)-1]
		}
	}
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(n) || n < 0 || n > 1e6 {
		return 0, false
	}
	return time.Duration(n * float64(unit)), true
}
