package labels

import (
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// identity is one of the two names that Istio's telemetry has for a pod: the labels
// that give it, in the order in which Istio looks.
type identity struct {
	// old is the one label that counted before 1.19, and first the labels since.
	old  string
	keys []string
}

// The identities of a pod. Source: istio/istio pkg/kube/labels/labels.go nameLabels
// and revisionLabels (1.19.10 .. 1.32); before, istioctl validate asked for app and
// version alone (1.6 .. 1.18.7, istioctl/pkg/validate validateDeploymentLabel).
var (
	appIdentity     = identity{"app", []string{"service.istio.io/canonical-name", "app.kubernetes.io/name", "app"}}
	versionIdentity = identity{"version", []string{"service.istio.io/canonical-revision", "app.kubernetes.io/version", "version"}}
)

// scaffoldNames are values that scaffolds give every project's label of the application:
// they name a kind of object, and all operators would be one application. Source:
// kubernetes-sigs/kubebuilder, kustomize plugin v1 and v2, config/manager.
var scaffoldNames = []string{"deployment", "manager", "controller-manager", "namespace"}

// canonicalSince is the first Istio in which any of an identity's labels will do.
const canonicalSince = "1.19"

// componentLabel is the label that tells components of one application apart for
// Kubernetes; Istio does not look at it.
const componentLabel = "app.kubernetes.io/component"

// labels returns the keys that count for the target version, in Istio's order.
func (i identity) labels(mesh *checks.Mesh) []string {
	if mesh.IstioBefore(canonicalSince) {
		return []string{i.old}
	}
	return i.keys
}

// in returns the label of a mapping that Istio takes for the identity. An empty value
// names nothing. The answer is undecided while a value that comes before is unknown.
func (i identity) in(labels object.Field, mesh *checks.Mesh) (object.Str, object.Truth) {
	for _, key := range i.labels(mesh) {
		v := labels.Get(key).Str()
		if v.Unknown() {
			return v, object.Undecided(v.Field)
		}
		if v.V != "" {
			return v, object.Yes()
		}
	}
	return object.Str{}, object.No()
}

// has reports whether a mapping gives the identity at all: one label that is known is
// enough, whatever the others are.
func (i identity) has(labels object.Field, mesh *checks.Mesh) object.Truth {
	has := object.No()
	for _, key := range i.labels(mesh) {
		has = has.Or(labels.Get(key).Str().Matches(func(v string) bool { return v != "" }))
	}
	return has
}

// empty returns the label of the identity that is written without a value.
func (i identity) empty(labels object.Field, mesh *checks.Mesh) (object.Field, bool) {
	for _, key := range i.labels(mesh) {
		if v := labels.Get(key); v.Node() != nil {
			return v, true
		}
	}
	return object.Field{}, false
}
