package routing

import (
	"fmt"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

type accepted struct {
	w    *object.Workload
	port int64
}

// acceptance is what the pods of a workload accept on a port.
type acceptance struct {
	mode checks.MTLSMode
	// at says so; of no object where nothing in the input does.
	at object.Field
	// bare says that no sidecar accepts anything.
	bare bool
}

// acceptanceOf is what the pods of a workload accept; known is false where that is not certain, or no matter of Istio's.
func acceptanceOf(p *checks.Pass, w *object.Workload, port int64) (of acceptance, known bool) {
	if p.Gateway(w) || p.ControlPlane(w.Object) {
		return of, false
	}
	if e := p.Enrolled(w); !e.Sidecar() {
		return acceptance{at: e.Field, bare: true}, e.State == checks.EnrolOut
	}
	if !p.Decide(p.CapturedInbound(w, port)) {
		return of, false
	}
	of.mode, of.at = p.MTLS(w, port)
	return of, of.mode != checks.MTLSUndecided
}

// conflictWith is what is wrong with a tls mode of clients.
func (a acceptance) conflictWith(mode string, w *object.Workload) (conflict, bool) {
	pods := fmt.Sprintf("%s %q", w.Kind, w.Name)
	switch mutual := mode == "ISTIO_MUTUAL"; {
	case a.bare && mutual && a.at.Exists():
		return conflict{what: "the pods of " + pods + " have no sidecar to accept mutual TLS", severity: checks.Error}, true
	case a.bare && mutual: // what keeps them out is a guess
		return conflict{what: "the pods of " + pods + " have no sidecar to accept mutual TLS", severity: checks.Warning}, true
	case a.mode == checks.MTLSStrict && mode == "MUTUAL": // files with Istio's own certificates would do
		return conflict{what: pods + " accepts only mutual TLS with certificates of the mesh (STRICT) and refuses others", severity: checks.Warning}, true
	case a.mode == checks.MTLSStrict && !mutual:
		return conflict{what: pods + " accepts only mutual TLS (STRICT) and refuses connections", severity: checks.Error}, true
	case a.mode == checks.MTLSDisable && mutual:
		return conflict{what: pods + " accepts only plain text (DISABLE) and connections fail", severity: checks.Error}, true
	}
	return conflict{}, false
}
