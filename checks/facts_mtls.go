package checks

import (
	"strings"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// MTLSMode is how a workload's proxy takes connections on a port.
type MTLSMode string

// The modes of mutual TLS, spelled as in PeerAuthentication.
const (
	MTLSStrict     MTLSMode = "STRICT"     // mutual TLS alone
	MTLSPermissive MTLSMode = "PERMISSIVE" // mutual TLS and plain text, told apart by the first bytes
	MTLSDisable    MTLSMode = "DISABLE"    // plain text alone
	MTLSUndecided  MTLSMode = ""           // depends on a value that is not known
)

// MTLS returns the mode in which a workload's pods take connections on a container
// port, and the field that says so (of no object where it is a default or a flag).
// The policy of the workload wins over that of its namespace, and that over the one
// of Istio's namespace; of several of one kind the first in the input wins, as the
// oldest does in a cluster. The mode of --mtls-mode takes the place of the mesh-wide policy. A mode that depends on an unknown value is recorded as an
// open question and returned as MTLSUndecided.
func (p *Pass) MTLS(w *object.Workload, containerPort int64) (MTLSMode, object.Field) {
	ns, root := p.NamespaceOf(w.Object), p.RootNamespace()
	selector := func(o *object.Object) object.Field { return views.AsPeerAuthentication(o).MatchLabels() }
	policies := p.SelectorsOf(views.Security, "PeerAuthentication", selector)
	byWorkload := func(o *object.Object) object.Truth {
		return p.SameNamespace(o, w.Object).And(object.Selects(selector(o), w.Labels()))
	}
	wide := func(o *object.Object) object.Truth {
		if labels := selector(o); labels.Unknown() || labels.Partial() {
			return object.Undecided(labels)
		}
		return object.Yes()
	}
	for i, some := range []struct {
		policies []*object.Object
		applies  func(*object.Object) object.Truth
	}{{policies.Near(w), byWorkload}, {policies.Wide(ns), wide}, {policies.Wide(root), wide}} {
		if i == 2 && p.Mesh.MTLSMode != "" {
			break // the command line wins over the mesh-wide policy
		}
		policy, t := firstPolicy(some.policies, some.applies)
		if !p.Decide(t) {
			if t.False() {
				continue
			}
			return MTLSUndecided, object.Field{}
		}
		of := views.AsPeerAuthentication(policy)
		modes := []object.Str{of.Mode()}
		if i == 0 { // only a policy with a selector may have modes of ports
			modes = []object.Str{of.PortMode(containerPort), of.Mode()}
		}
		for _, mode := range modes {
			if mode.Unknown() {
				p.Undecided(mode)
				return MTLSUndecided, mode.Field
			}
			if m := MTLSMode(mode.V); m == MTLSStrict || m == MTLSPermissive || m == MTLSDisable {
				return m, mode.Field
			}
		}
	}
	if p.Mesh.MTLSMode != "" {
		return MTLSMode(strings.ToUpper(p.Mesh.MTLSMode)), object.Field{}
	}
	return MTLSPermissive, object.Field{}
}

// firstPolicy returns the first of some PeerAuthentications that applies.
func firstPolicy(policies []*object.Object, applies func(*object.Object) object.Truth) (*object.Object, object.Truth) {
	for _, o := range policies {
		if t := applies(o); !t.False() {
			return o, t
		}
	}
	return nil, object.No()
}

// SplitList cuts a comma-separated list and drops blanks around its elements.
func SplitList(text string) []string {
	var list []string
	for _, element := range strings.Split(text, ",") {
		if element = strings.TrimSpace(element); element != "" {
			list = append(list, element)
		}
	}
	return list
}
