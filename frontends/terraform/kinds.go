package terraform

import (
	"reflect"
	"strings"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// kindOf is what a resource type makes.
type kindOf struct {
	apiVersion, kind string
	// names is the apiVersion whose Go type has the names, where k8s.io/api has
	// given up the one that is sent.
	names string
}

// kindsOf are the resource types that stand for one Kubernetes object, without their
// prefix kubernetes_. Source: hashicorp/terraform-provider-kubernetes v3.2.1, and
// v2.38.0 for pod_security_policy.
var kindsOf = map[string]kindOf{
	"api_service":                       {apiVersion: "apiregistration.k8s.io/v1", kind: "APIService"},
	"certificate_signing_request":       {apiVersion: "certificates.k8s.io/v1beta1", kind: "CertificateSigningRequest"},
	"certificate_signing_request_v1":    {apiVersion: "certificates.k8s.io/v1", kind: "CertificateSigningRequest"},
	"cluster_role":                      {apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole"},
	"cluster_role_binding":              {apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRoleBinding"},
	"config_map":                        {apiVersion: "v1", kind: "ConfigMap"},
	"cron_job":                          {apiVersion: "batch/v1beta1", kind: "CronJob"},
	"cron_job_v1":                       {apiVersion: "batch/v1", kind: "CronJob"},
	"csi_driver":                        {apiVersion: "storage.k8s.io/v1beta1", kind: "CSIDriver"},
	"csi_driver_v1":                     {apiVersion: "storage.k8s.io/v1", kind: "CSIDriver"},
	"daemon_set_v1":                     {apiVersion: "apps/v1", kind: "DaemonSet"},
	"daemonset":                         {apiVersion: "apps/v1", kind: "DaemonSet"},
	"default_service_account":           {apiVersion: "v1", kind: "ServiceAccount"},
	"deployment":                        {apiVersion: "apps/v1", kind: "Deployment"},
	"endpoint_slice_v1":                 {apiVersion: "discovery.k8s.io/v1", kind: "EndpointSlice"},
	"endpoints":                         {apiVersion: "v1", kind: "Endpoints"},
	"horizontal_pod_autoscaler":         {apiVersion: "autoscaling/v1", kind: "HorizontalPodAutoscaler"},
	"horizontal_pod_autoscaler_v2":      {apiVersion: "autoscaling/v2", kind: "HorizontalPodAutoscaler"},
	"horizontal_pod_autoscaler_v2beta2": {apiVersion: "autoscaling/v2beta2", kind: "HorizontalPodAutoscaler", names: "autoscaling/v2"},
	"ingress":                           {apiVersion: "networking.k8s.io/v1beta1", kind: "Ingress"},
	"ingress_v1":                        {apiVersion: "networking.k8s.io/v1", kind: "Ingress"},
	"ingress_class":                     {apiVersion: "networking.k8s.io/v1", kind: "IngressClass"},
	"job":                               {apiVersion: "batch/v1", kind: "Job"},
	"limit_range":                       {apiVersion: "v1", kind: "LimitRange"},
	"mutating_webhook_configuration":    {apiVersion: "admissionregistration.k8s.io/v1", kind: "MutatingWebhookConfiguration"},
	"namespace":                         {apiVersion: "v1", kind: "Namespace"},
	"network_policy":                    {apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy"},
	"persistent_volume":                 {apiVersion: "v1", kind: "PersistentVolume"},
	"persistent_volume_claim":           {apiVersion: "v1", kind: "PersistentVolumeClaim"},
	"pod":                               {apiVersion: "v1", kind: "Pod"},
	"pod_disruption_budget":             {apiVersion: "policy/v1beta1", kind: "PodDisruptionBudget"},
	"pod_disruption_budget_v1":          {apiVersion: "policy/v1", kind: "PodDisruptionBudget"},
	"pod_security_policy":               {apiVersion: "policy/v1beta1", kind: "PodSecurityPolicy"},
	"pod_security_policy_v1beta1":       {apiVersion: "policy/v1beta1", kind: "PodSecurityPolicy"},
	"priority_class":                    {apiVersion: "scheduling.k8s.io/v1", kind: "PriorityClass"},
	"replication_controller":            {apiVersion: "v1", kind: "ReplicationController"},
	"resource_quota":                    {apiVersion: "v1", kind: "ResourceQuota"},
	"role":                              {apiVersion: "rbac.authorization.k8s.io/v1", kind: "Role"},
	"role_binding":                      {apiVersion: "rbac.authorization.k8s.io/v1", kind: "RoleBinding"},
	"runtime_class_v1":                  {apiVersion: "node.k8s.io/v1", kind: "RuntimeClass"},
	"secret":                            {apiVersion: "v1", kind: "Secret"},
	"service":                           {apiVersion: "v1", kind: "Service"},
	"service_account":                   {apiVersion: "v1", kind: "ServiceAccount"},
	"stateful_set":                      {apiVersion: "apps/v1", kind: "StatefulSet"},
	"storage_class":                     {apiVersion: "storage.k8s.io/v1", kind: "StorageClass"},
	"token_request_v1":                  {apiVersion: "authentication.k8s.io/v1", kind: "TokenRequest"},
	"validating_webhook_configuration":  {apiVersion: "admissionregistration.k8s.io/v1", kind: "ValidatingWebhookConfiguration"},
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
func kindOfResource(r *Resource) (kindOf, bool) {
	k, ok := kindOfType(r.Type)
	if ok && r.Type == prefix+"horizontal_pod_autoscaler" {
		if spec := firstBlock(r.Values, "spec"); says(spec.Get("metric")) || says(spec.Get("behavior")) {
			k = kindsOf["horizontal_pod_autoscaler_v2beta2"]
		}
	}
	return k, ok
}

// structOf is the Go type that has the names of a kind.
func (k kindOf) structOf() (reflect.Type, bool) {
	if k.names != "" {
		return object.TypeOf(k.names, k.kind)
	}
	return object.TypeOf(k.apiVersion, k.kind)
}

// says tells whether an attribute or block says anything.
func says(n *object.Node) bool {
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
