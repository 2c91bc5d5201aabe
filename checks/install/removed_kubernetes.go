package install

import (
	"strings"

	"github.com/mesh-check/mesh-check/checks"
)

// removedAPI is an API version of Kubernetes that is not served any more.
type removedAPI struct {
	// gone is the first release of Kubernetes without it.
	gone string
	// use is the apiVersion that took its place; empty where nothing did.
	use string
}

// removedAPIs are those of kinds that matter to a mesh: pods, what leads to them, who may do what with them, and
// webhooks. Source: the APILifecycleRemoved methods of k8s.io/api v0.37 and, for what that has no more, Kubernetes'
// "Deprecated API Migration Guide".
var removedAPIs = map[string]map[string]removedAPI{
	"extensions/v1beta1": {
		"Deployment": {"1.16", "apps/v1"}, "DaemonSet": {"1.16", "apps/v1"}, "ReplicaSet": {"1.16", "apps/v1"},
		"NetworkPolicy": {"1.16", "networking.k8s.io/v1"}, "PodSecurityPolicy": {"1.16", ""}, "Ingress": {"1.22", "networking.k8s.io/v1"},
	},
	"apps/v1beta1": {"Deployment": {"1.16", "apps/v1"}, "StatefulSet": {"1.16", "apps/v1"}},
	"apps/v1beta2": {
		"Deployment": {"1.16", "apps/v1"}, "StatefulSet": {"1.16", "apps/v1"}, "DaemonSet": {"1.16", "apps/v1"}, "ReplicaSet": {"1.16", "apps/v1"},
	},
	"batch/v2alpha1":            {"CronJob": {"1.21", "batch/v1"}},
	"batch/v1beta1":             {"CronJob": {"1.25", "batch/v1"}},
	"networking.k8s.io/v1beta1": {"Ingress": {"1.22", "networking.k8s.io/v1"}, "IngressClass": {"1.22", "networking.k8s.io/v1"}},
	"policy/v1beta1":            {"PodSecurityPolicy": {"1.25", ""}},
	"discovery.k8s.io/v1beta1":  {"EndpointSlice": {"1.25", "discovery.k8s.io/v1"}},
	"admissionregistration.k8s.io/v1beta1": {
		"MutatingWebhookConfiguration":   {"1.22", "admissionregistration.k8s.io/v1"},
		"ValidatingWebhookConfiguration": {"1.22", "admissionregistration.k8s.io/v1"},
	},
	"apiextensions.k8s.io/v1beta1": {"CustomResourceDefinition": {"1.22", "apiextensions.k8s.io/v1"}},
	"rbac.authorization.k8s.io/v1alpha1": {
		"Role": {"1.20", rbacV1}, "RoleBinding": {"1.20", rbacV1}, "ClusterRole": {"1.20", rbacV1}, "ClusterRoleBinding": {"1.20", rbacV1},
	},
	"rbac.authorization.k8s.io/v1beta1": {
		"Role": {"1.22", rbacV1}, "RoleBinding": {"1.22", rbacV1}, "ClusterRole": {"1.22", rbacV1}, "ClusterRoleBinding": {"1.22", rbacV1},
	},
}

const rbacV1 = "rbac.authorization.k8s.io/v1"

// GoneIn is the first release of Kubernetes that does not serve an API, given as templates ask for it:
// group/version, or group/version/Kind. It is empty for an API that is served, or is not among removedAPIs.
func GoneIn(api string) (release string) {
	version, kind := api, ""
	if parts := strings.Split(api, "/"); len(parts) == 3 {
		version, kind = parts[0]+"/"+parts[1], parts[2]
	}
	for of, removed := range removedAPIs[version] {
		if (kind == "" || kind == of) && (release == "" || checks.CompareVersions(release, removed.gone) < 0) {
			release = removed.gone
		}
	}
	return release
}
