package capture

import (
	"fmt"
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

var uncapturedServicePort = &checks.Check{
	ID: "MESH509", Name: "uncaptured-service-port", Severity: checks.Warning,
	Summary: "includeInboundPorts must list every port of the pods to which Services lead",
	Advice:  "add the ports to the annotation, or remove it: by default the sidecar takes all ports",
	Modes:   []checks.Mode{checks.Sidecar},
	Run: func(p *checks.Pass) {
		var kept map[podsPort]bool
		for _, w := range p.SidecarApplications() {
			included := w.PodAnnotation(checks.IncludeInboundKey)
			if !included.Exists() && !included.Unknown() || takesOutsiders(w) {
				continue
			}
			if kept == nil {
				kept = keptOut(p)
			}
			reportUncaptured(p, w, included, kept)
		}
	},
}

func reportUncaptured(p *checks.Pass, w *object.Workload, included object.Str, kept map[podsPort]bool) {
	all := included.Matches(func(v string) bool { return slices.Contains(checks.SplitList(v), "*") })
	var lacking []uncapturedPort
	servedPorts(p, w, kept, func(port object.ServicePort, number int64) {
		// Replicas that call each other by a headless Service may do without a sidecar on purpose.
		lacks := all.Or(listsPort(included, number)).Not().And(p.CaptureByInit(w)).
			And(port.Service.Headless().Not()).And(listsPort(w.PodAnnotation(checks.ExcludeInboundKey), number).Not()) // MESH508
		if !p.Decide(lacks) {
			return
		}
		if of, matters := missed(p, w, port, number); matters {
			lacking = append(lacking, of)
		}
	})
	if len(lacking) == 0 {
		return
	}
	var numbers []string
	for _, of := range lacking {
		numbers = append(numbers, fmt.Sprint(of.number))
	}
	what := "lacks"
	if strings.TrimSpace(included.V) == "" {
		what = "is empty and lacks"
	}
	f := p.Report(included, "%s of %s %q %s %s %s, to which port %s of Service %q leads: the sidecar does not take it, policies do not hold there, and %s",
		checks.IncludeInboundKey, w.Kind, w.Name, what, checks.Plural(len(numbers), "port"), strings.Join(numbers, ", "),
		lacking[0].port, lacking[0].port.Service.Name, lacking[0].fails())
	for _, of := range lacking {
		f.WithRelated(of.port, "port %s of Service %q leads to %d", of.port, of.port.Service.Name, of.number)
	}
}
