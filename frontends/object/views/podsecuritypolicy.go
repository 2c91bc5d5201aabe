package views

import "github.com/mesh-check/mesh-check/frontends/object"

// PodSecurityPolicy is the view of a PodSecurityPolicy, which clusters before Kubernetes 1.25 have.
type PodSecurityPolicy struct{ *object.Object }

// podSecurityGroups are the API groups in which PodSecurityPolicy was. Source: Kubernetes' API reference, 1.8 to 1.24.
var podSecurityGroups = []string{"policy", "extensions"}

// PodSecurityGroups returns the API groups of PodSecurityPolicy, which rules of roles name.
func PodSecurityGroups() []string { return podSecurityGroups }

// PodSecurityPolicies are those of a set.
func PodSecurityPolicies(set *object.Set) []PodSecurityPolicy {
	var all []PodSecurityPolicy
	for _, group := range podSecurityGroups {
		for _, o := range set.ByKind(group, "PodSecurityPolicy") {
			all = append(all, PodSecurityPolicy{o})
		}
	}
	return all
}

// AllowedCapabilities is the list of capabilities that containers may add.
func (p PodSecurityPolicy) AllowedCapabilities() object.Field {
	return p.Get("spec", "allowedCapabilities")
}

// DefaultAddCapabilities is the list of those that containers get, and so may have.
func (p PodSecurityPolicy) DefaultAddCapabilities() object.Field {
	return p.Get("spec", "defaultAddCapabilities")
}

// RequiredDropCapabilities is the list of those that containers lose.
func (p PodSecurityPolicy) RequiredDropCapabilities() object.Field {
	return p.Get("spec", "requiredDropCapabilities")
}

// UserRule is the rule for UIDs: RunAsAny, MustRunAs or MustRunAsNonRoot.
func (p PodSecurityPolicy) UserRule() object.Str { return p.Get("spec", "runAsUser", "rule").Str() }

// UserRanges is the list of UIDs of MustRunAs.
func (p PodSecurityPolicy) UserRanges() object.Field { return p.Get("spec", "runAsUser", "ranges") }

// LowestUsers are the first UIDs of the ranges.
func (p PodSecurityPolicy) LowestUsers() []object.Num {
	var all []object.Num
	for _, f := range p.UserRanges().Items() {
		all = append(all, f.Get("min").Num())
	}
	return all
}

// SecurityContextConstraints is the view of OpenShift's like of a PodSecurityPolicy.
type SecurityContextConstraints struct{ *object.Object }

// ConstraintsGroup is the API group of SecurityContextConstraints. Source: openshift/api security/v1.
const ConstraintsGroup = "security.openshift.io"

// Constraints are the SecurityContextConstraints of a set.
func Constraints(set *object.Set) []SecurityContextConstraints {
	var all []SecurityContextConstraints
	for _, o := range set.ByKind(ConstraintsGroup, "SecurityContextConstraints") {
		all = append(all, SecurityContextConstraints{o})
	}
	return all
}

// AllowedCapabilities is the list of capabilities that containers may add.
func (s SecurityContextConstraints) AllowedCapabilities() object.Field {
	return s.Get("allowedCapabilities")
}

// DefaultAddCapabilities is the list of those that containers get, and so may have.
func (s SecurityContextConstraints) DefaultAddCapabilities() object.Field {
	return s.Get("defaultAddCapabilities")
}

// RequiredDropCapabilities is the list of those that containers lose.
func (s SecurityContextConstraints) RequiredDropCapabilities() object.Field {
	return s.Get("requiredDropCapabilities")
}

// UserRule is the rule for UIDs: RunAsAny, MustRunAs, MustRunAsRange or MustRunAsNonRoot.
func (s SecurityContextConstraints) UserRule() object.Str { return s.Get("runAsUser", "type").Str() }

// User is the UID of MustRunAs.
func (s SecurityContextConstraints) User() object.Num { return s.Get("runAsUser", "uid").Num() }

// Users is the list of the users that may use it; roles may let others.
func (s SecurityContextConstraints) Users() object.Field { return s.Get("users") }

// Groups is the list of the groups whose members may use it.
func (s SecurityContextConstraints) Groups() object.Field { return s.Get("groups") }
