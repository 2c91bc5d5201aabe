package views

import (
	"slices"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// matchParts are the members of a match that RouteMatch has a name for; those that are no condition, too. Source:
// istio/api networking/v1 HTTPMatchRequest, TLSMatchAttributes, L4MatchAttributes.
var matchParts = []string{
	"name", "statPrefix",
	"uri", "scheme", "method", "authority", "headers", "withoutHeaders", "queryParams", "ignoreUriCase",
	"port", "gateways", "sourceLabels", "sourceNamespace", "sniHosts", "destinationSubnets",
}

// RuleLists are spec.http, spec.tls and spec.tcp.
func (v VirtualService) RuleLists() []object.Field {
	return []object.Field{v.Get("spec", "http"), v.Get("spec", "tls"), v.Get("spec", "tcp")}
}

// URI is uri: the condition of the path.
func (m RouteMatch) URI() StringMatch { return StringMatch{m.Get("uri")} }

// Scheme is scheme.
func (m RouteMatch) Scheme() StringMatch { return StringMatch{m.Get("scheme")} }

// Method is method.
func (m RouteMatch) Method() StringMatch { return StringMatch{m.Get("method")} }

// Authority is authority: the host that the client names.
func (m RouteMatch) Authority() StringMatch { return StringMatch{m.Get("authority")} }

// QueryParams is queryParams, a mapping of names to conditions.
func (m RouteMatch) QueryParams() object.Field { return m.Get("queryParams") }

// IgnoreURICase is ignoreUriCase: the condition of the path, exact or a prefix, does not look at the case.
func (m RouteMatch) IgnoreURICase() object.Flag { return m.Get("ignoreUriCase").Flag() }

// SourceLabels is sourceLabels: those of the clients.
func (m RouteMatch) SourceLabels() object.Field { return m.Get("sourceLabels") }

// SourceNamespace is sourceNamespace: that of the clients.
func (m RouteMatch) SourceNamespace() object.Str { return m.Get("sourceNamespace").Str() }

// DestinationSubnets is destinationSubnets of a TLS or TCP match.
func (m RouteMatch) DestinationSubnets() object.Field { return m.Get("destinationSubnets") }

// Others are the members that have no name here: conditions of other releases of Istio, or none at all.
func (m RouteMatch) Others() []object.Field {
	return slices.DeleteFunc(m.Entries(), func(f object.Field) bool { return slices.Contains(matchParts, f.Name()) })
}

// StringMatch is a condition of a text; one without a member asks that the text is there.
type StringMatch struct{ object.Field }

// The forms of a StringMatch.
const (
	Exact  = "exact"
	Prefix = "prefix"
	Regex  = "regex"
)

// Form is the member that is written and its text; empty where none is.
func (m StringMatch) Form() (form string, text object.Str) {
	for _, form := range []string{Exact, Prefix, Regex} {
		if text := m.Get(form).Str(); text.Exists() {
			return form, text
		}
	}
	return "", object.Str{}
}
