package lifecycle

import (
	"time"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// preStopOutlivesProxy finds preStop hooks during which the proxy ends.
var preStopOutlivesProxy = &checks.Check{
	ID: "MESH646", Name: "pre-stop-outlives-proxy", Severity: checks.Warning,
	Summary: "A preStop hook must end before the proxy does, which ends terminationDrainDuration after the pod begins to",
	Advice:  "set terminationDrainDuration in the annotation proxy.istio.io/config to more than the hook takes",
	Modes:   []checks.Mode{checks.Sidecar},
	Run: func(p *checks.Pass) {
		for _, w := range p.SidecarApplications() {
			if w.Transient() {
				continue
			}
			native := nativeSidecar(p, w)
			if native.is || staysOpen(p, w) {
				continue
			}
			drain, ok := drainOf(p, w)
			if !ok {
				continue
			}
			for _, c := range w.Containers() {
				if c.Role == object.App && !checks.ProxyContainer(c.Name) {
					reportSleep(p, c, drain, native)
				}
			}
			cutShort(p, w, drain)
		}
	},
}

// reportSleep reports a preStop hook that sleeps for longer than the proxy drains, unless Kubernetes kills the pod before that: the
// proxy is not what cuts the hook short then.
func reportSleep(p *checks.Pass, c object.Container, drain drain, native nativeAnswer) {
	sleep := preStopSleep(p, c)
	if sleep.Object() == nil || sleep.length <= drain.length {
		return
	}
	if grace := c.Workload.GracePeriod(); grace.Unknown() {
		p.Undecided(grace)
		return
	}
	if graceOf(c.Workload) <= drain.length {
		return
	}
	at, related := sleep.Field, drain.Field
	if drain.own {
		at, related = drain.Field, sleep.Field
	}
	finding := p.Report(at, "the preStop hook of container %q sleeps for %s, but the sidecar ends %s after the pod begins to end%s: connections of the application fail from then on",
		c.Name, sleep.length, drain.length, native.unless).
		WithAdvice("set terminationDrainDuration: %ds in the annotation proxy.istio.io/config of the pods", int64((sleep.length + spare).Seconds()))
	if sleep.length+spare >= graceOf(c.Workload) {
		finding.WithAdvice("set terminationDrainDuration: %ds in the annotation proxy.istio.io/config of the pods, and terminationGracePeriodSeconds to more",
			int64((sleep.length + spare).Seconds()))
	}
	if native.unless != "" {
		finding.WithSeverity(checks.Note)
	}
	if drain.own {
		finding.WithRelated(related, "the hook sleeps here")
	} else if related.Object() != nil {
		finding.WithRelated(related, "the mesh sets terminationDrainDuration here")
	}
}

// spare is how much longer than the hook the proxy should live.
const spare = 5 * time.Second

// cutShort reports a time to drain that somebody set and that Kubernetes does not wait for.
func cutShort(p *checks.Pass, w *object.Workload, drain drain) {
	grace, length := w.GracePeriod(), graceOf(w)
	if grace.Unknown() || drain.Object() == nil {
		if grace.Unknown() && drain.Object() != nil {
			p.Undecided(grace)
		}
		return
	}
	if drain.length <= length || grace.OK && grace.V == 0 { // 0 is meant: end at once
		return
	}
	at := drain.Field
	if !drain.own && grace.OK {
		at = grace.Field
	} else if !drain.own {
		return // a setting of the mesh, and pods that say nothing
	}
	p.Report(at, "the sidecar is to drain its connections for %s, but Kubernetes kills the pod after %s", drain.length, length).
		WithSeverity(checks.Note).WithAdvice("set terminationGracePeriodSeconds to more than terminationDrainDuration")
}
