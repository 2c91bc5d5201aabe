package capture

import (
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// portEnd is where a port of a Service ends, or may end: at a port of the pods of an application.
type portEnd struct {
	w      *object.Workload
	number int64
	// sure is never no.
	sure object.Truth
}

// portEnds are the ends of a TCP port of a Service at applications in the mesh. counts is whether the port is of
// interest.
func portEnds(p *checks.Pass, port object.ServicePort, counts object.Truth) []portEnd {
	if counts.False() || port.L4() != "TCP" {
		return nil
	}
	var ends []portEnd
	add := func(w *object.Workload, sure object.Truth) {
		if !inMesh(p, w) {
			return
		}
		if number, at, ok := port.Resolve(w); ok {
			ends = append(ends, portEnd{w, number, counts.And(sure)})
		} else if at.Unknown() {
			p.Undecided(at)
		}
	}
	behind := p.WorkloadsOf(port.Service)
	for _, w := range behind.Sure {
		add(w, object.Yes())
	}
	for _, maybe := range behind.Maybe {
		add(maybe.Value, object.Undecided(maybe.Because))
	}
	return ends
}

// inMesh reports whether a workload is an application whose pods are in the mesh, certainly or by assumption.
func inMesh(p *checks.Pass, w *object.Workload) bool {
	return !p.ControlPlane(w.Object) && !p.Gateway(w) && !p.Enrolled(w).Out()
}

// selectsPods reports whether a PeerAuthentication is of some pods alone.
func selectsPods(policy *object.Object) bool {
	return len(views.AsPeerAuthentication(policy).MatchLabels().Entries()) > 0
}

// placeOfExclusion is where a person keeps a port of pods from their proxy where no policy of the input is to be edited.
func placeOfExclusion(w *object.Workload) object.Field {
	return w.PodAnnotation(checks.ExcludeInboundKey).Field
}
