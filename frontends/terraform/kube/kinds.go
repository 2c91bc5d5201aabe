package kube

import (
	"reflect"
	"strings"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/terraform/eval"
)

// kindOf is what a resource type makes.
type kindOf struct {
	APIVersion, Kind string
	// names is the apiVersion whose Go type has the names, where k8s.io/api has
	// given up the one that is sent.
	names string
}

// kindsOf are the resource types that stand for one Kubernetes object, without their
// prefix kubernetes_. Source: hashicorp/terraform-provider-kubernetes v3.2.1, and
// v2.38.0 for pod_security_policy.
var kindsOf = map[string]kindOf{
	"api_service":                       {APIVersion: "apiregistration.k8s.io/v1", Kind: "APIService"},
	"certificate_signing_request":       {APIVersion: "certificates.k8s.io/v1beta1", Kind: "CertificateSigningRequest"},
	"certificate_signing_request_v1":    {APIVersion: "certificates.k8s.io/v1", Kind: "CertificateSigningRequest"},
	"cluster_role":                      {APIVersion: "rbac.authorization.k8s.io/v1", Kind: "ClusterRole"},
	"cluster_role_binding":              {APIVersion: "rbac.authorization.k8s.io/v1", Kind: "ClusterRoleBinding"},
	"config_map":                        {APIVersion: "v1", Kind: "ConfigMap"},
	"cron_job":                          {APIVersion: "batch/v1beta1", Kind: "CronJob"},
	"cron_job_v1":                       {APIVersion: "batch/v1", Kind: "CronJob"},
	"csi_driver":                        {APIVersion: "storage.k8s.io/v1beta1", Kind: "CSIDriver"},
	"csi_driver_v1":                     {APIVersion: "storage.k8s.io/v1", Kind: "CSIDriver"},
	"daemon_set_v1":                     {APIVersion: "apps/v1", Kind: "DaemonSet"},
	"daemonset":                         {APIVersion: "apps/v1", Kind: "DaemonSet"},
	"default_service_account":           {APIVersion: "v1", Kind: "ServiceAccount"},
	"deployment":                        {APIVersion: "apps/v1", Kind: "Deployment"},
	"endpoint_slice_v1":                 {APIVersion: "discovery.k8s.io/v1", Kind: "EndpointSlice"},
	"endpoints":                         {APIVersion: "v1", Kind: "Endpoints"},
	"horizontal_pod_autoscaler":         {APIVersion: "autoscaling/v1", Kind: "HorizontalPodAutoscaler"},
	"horizontal_pod_autoscaler_v2":      {APIVersion: "autoscaling/v2", Kind: "HorizontalPodAutoscaler"},
	"horizontal_pod_autoscaler_v2beta2": {APIVersion: "autoscaling/v2beta2", Kind: "HorizontalPodAutoscaler", names: "autoscaling/v2"},
	"ingress":                           {APIVersion: "networking.k8s.io/v1beta1", Kind: "Ingress"},
	"ingress_v1":                        {APIVersion: "networking.k8s.io/v1", Kind: "Ingress"},
	"ingress_class":                     {APIVersion: "networking.k8s.io/v1", Kind: "IngressClass"},
	"job":                               {APIVersion: "batch/v1", Kind: "Job"},
	"limit_range":                       {APIVersion: "v1", Kind: "LimitRange"},
	"mutating_webhook_configuration":    {APIVersion: "admissionregistration.k8s.io/v1", Kind: "MutatingWebhookConfiguration"},
	"namespace":                         {APIVersion: "v1", Kind: "Namespace"},
	"network_policy":                    {APIVersion: "networking.k8s.io/v1", Kind: "NetworkPolicy"},
	"persistent_volume":                 {APIVersion: "v1", Kind: "PersistentVolume"},
	"persistent_volume_claim":           {APIVersion: "v1", Kind: "PersistentVolumeClaim"},
	"pod":                               {APIVersion: "v1", Kind: "Pod"},
	"pod_disruption_budget":             {APIVersion: "policy/v1beta1", Kind: "PodDisruptionBudget"},
	"pod_disruption_budget_v1":          {APIVersion: "policy/v1", Kind: "PodDisruptionBudget"},
	"pod_security_policy":               {APIVersion: "policy/v1beta1", Kind: "PodSecurityPolicy"},
	"pod_security_policy_v1beta1":       {APIVersion: "policy/v1beta1", Kind: "PodSecurityPolicy"},
	"priority_class":                    {APIVersion: "scheduling.k8s.io/v1", Kind: "PriorityClass"},
	"replication_controller":            {APIVersion: "v1", Kind: "ReplicationController"},
	"resource_quota":                    {APIVersion: "v1", Kind: "ResourceQuota"},
	"role":                              {APIVersion: "rbac.authorization.k8s.io/v1", Kind: "Role"},
	"role_binding":                      {APIVersion: "rbac.authorization.k8s.io/v1", Kind: "RoleBinding"},
	"runtime_class_v1":                  {APIVersion: "node.k8s.io/v1", Kind: "RuntimeClass"},
	"secret":                            {APIVersion: "v1", Kind: "Secret"},
	"service":                           {APIVersion: "v1", Kind: "Service"},
	"service_account":                   {APIVersion: "v1", Kind: "ServiceAccount"},
	"stateful_set":                      {APIVersion: "apps/v1", Kind: "StatefulSet"},
	"storage_class":                     {APIVersion: "storage.k8s.io/v1", Kind: "StorageClass"},
	"token_request_v1":                  {APIVersion: "authentication.k8s.io/v1", Kind: "TokenRequest"},
	"validating_webhook_configuration":  {APIVersion: "admissionregistration.k8s.io/v1", Kind: "ValidatingWebhookConfiguration"},
}

// prefix of the types of the kubernetes provider.
const prefix = "kubernetes_"

// kindOfType returns what a resource type makes; ok is false for types that make
// something else than one object. A type with _v1 that the table does not name makes
// what the one without makes.
func kindOfType(resourceType string) (k kindOf, ok bool) {
	name, ours := strings.CutPrefix(resourceType, prefix)
	if !ours {
		return kindOf{}, false
	}
	if k, ok = kindsOf[name]; !ok {
		k, ok = kindsOf[strings.TrimSuffix(name, "_v1")]
	}
	return k, ok
}

// kindOfResource is kindOfType for one instance: kubernetes_horizontal_pod_autoscaler
// sends the version that its blocks need.
func kindOfResource(r *eval.Resource) (kindOf, bool) {
	k, ok := kindOfType(r.Type)
	if ok && r.Type == prefix+"horizontal_pod_autoscaler" {
		if spec := firstBlock(r.Values, "spec"); isSet(spec.Get("metric")) || isSet(spec.Get("behavior")) {
			k = kindsOf["horizontal_pod_autoscaler_v2beta2"]
		}
	}
	return k, ok
}

// structOf is the Go type that has the names of a kind.
func (k kindOf) structOf() (reflect.Type, bool) {
	if k.names != "" {
		return object.TypeOf(k.names, k.Kind)
	}
	return object.TypeOf(k.APIVersion, k.Kind)
}

// isSet reports whether an attribute or block says anything.
func isSet(n *object.Node) bool {
	return n != nil && n.Kind != object.Null && (n.Kind != object.List || len(n.Items) > 0)
}

// firstBlock is the first block of a name; nil where there is none or it is not known.
func firstBlock(values *object.Node, name string) *object.Node {
	n := values.Get(name)
	if n != nil && n.Kind == object.List && len(n.Items) > 0 {
		n = n.Items[0]
	}
	if n == nil || n.Kind != object.Map {
		return nil
	}
	return n
}

// attributeText is an attribute as text; empty where it is not set or not known.
func attributeText(values *object.Node, name string) string {
	if n := values.Get(name); n.Scalar() {
		return n.Text
	}
	return ""
}

// attributeReason says why an attribute is not known; empty where it is.
func attributeReason(values *object.Node, name string) string {
	if n := values.Get(name); n != nil && n.Kind == object.Unknown {
		return n.Text
	}
	return ""
}
