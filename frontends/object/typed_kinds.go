package object

import (
	"reflect"
	"sync"

	admissionv1 "k8s.io/api/admissionregistration/v1"
	admissionv1beta1 "k8s.io/api/admissionregistration/v1beta1"
	appsv1 "k8s.io/api/apps/v1"
	appsv1beta1 "k8s.io/api/apps/v1beta1"
	appsv1beta2 "k8s.io/api/apps/v1beta2"
	authenticationv1 "k8s.io/api/authentication/v1"
	autoscalingv1 "k8s.io/api/autoscaling/v1"
	autoscalingv2 "k8s.io/api/autoscaling/v2"
	batchv1 "k8s.io/api/batch/v1"
	batchv1beta1 "k8s.io/api/batch/v1beta1"
	certificatesv1 "k8s.io/api/certificates/v1"
	certificatesv1beta1 "k8s.io/api/certificates/v1beta1"
	coordinationv1 "k8s.io/api/coordination/v1"
	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
	discoveryv1beta1 "k8s.io/api/discovery/v1beta1"
	extensionsv1beta1 "k8s.io/api/extensions/v1beta1"
	flowcontrolv1 "k8s.io/api/flowcontrol/v1"
	networkingv1 "k8s.io/api/networking/v1"
	networkingv1beta1 "k8s.io/api/networking/v1beta1"
	nodev1 "k8s.io/api/node/v1"
	policyv1 "k8s.io/api/policy/v1"
	policyv1beta1 "k8s.io/api/policy/v1beta1"
	rbacv1 "k8s.io/api/rbac/v1"
	rbacv1alpha1 "k8s.io/api/rbac/v1alpha1"
	rbacv1beta1 "k8s.io/api/rbac/v1beta1"
	schedulingv1 "k8s.io/api/scheduling/v1"
	storagev1 "k8s.io/api/storage/v1"
	storagev1beta1 "k8s.io/api/storage/v1beta1"
)

// kinds gives the Go type of the kinds that charts use and k8s.io/api v0.37 has, by
// apiVersion and kind; the kind is the type's name. PodSecurityPolicy and APIService
// are ours. Source: the Go types of k8s.io/api v0.37.
// Versions that k8s.io/api has given up (autoscaling/v2beta2) have no entry, and
// their objects are field trees alone.
var kinds = sync.OnceValue(func() map[[2]string]reflect.Type {
	table := map[[2]string]reflect.Type{}
	add := func(apiVersion string, types ...reflect.Type) {
		for _, t := range types {
			table[[2]string{apiVersion, t.Name()}] = t
		}
	}
	add("v1", of[corev1.Pod](), of[corev1.PodTemplate](), of[corev1.ReplicationController](), of[corev1.Service](),
		of[corev1.ServiceAccount](), of[corev1.Namespace](), of[corev1.ConfigMap](), of[corev1.Secret](),
		of[corev1.Endpoints](), //nolint:staticcheck // charts still install them, deprecated or not
		of[corev1.PersistentVolume](), of[corev1.PersistentVolumeClaim](),
		of[corev1.LimitRange](), of[corev1.ResourceQuota](), of[corev1.Node](), of[corev1.Event]())
	add("apps/v1", of[appsv1.Deployment](), of[appsv1.StatefulSet](), of[appsv1.DaemonSet](), of[appsv1.ReplicaSet](),
		of[appsv1.ControllerRevision]())
	add("apps/v1beta1", of[appsv1beta1.Deployment](), of[appsv1beta1.StatefulSet]())
	add("apps/v1beta2", of[appsv1beta2.Deployment](), of[appsv1beta2.StatefulSet](), of[appsv1beta2.DaemonSet](),
		of[appsv1beta2.ReplicaSet]())
	add("extensions/v1beta1", of[extensionsv1beta1.Deployment](), of[extensionsv1beta1.DaemonSet](),
		of[extensionsv1beta1.ReplicaSet](), of[extensionsv1beta1.Ingress](), of[extensionsv1beta1.NetworkPolicy](),
		of[PodSecurityPolicy]())
	add("batch/v1", of[batchv1.Job](), of[batchv1.CronJob]())
	add("batch/v1beta1", of[batchv1beta1.CronJob]())
	add("rbac.authorization.k8s.io/v1", of[rbacv1.Role](), of[rbacv1.RoleBinding](), of[rbacv1.ClusterRole](),
		of[rbacv1.ClusterRoleBinding]())
	add("rbac.authorization.k8s.io/v1beta1", of[rbacv1beta1.Role](), of[rbacv1beta1.RoleBinding](),
		of[rbacv1beta1.ClusterRole](), of[rbacv1beta1.ClusterRoleBinding]())
	add("rbac.authorization.k8s.io/v1alpha1", of[rbacv1alpha1.Role](), of[rbacv1alpha1.RoleBinding](),
		of[rbacv1alpha1.ClusterRole](), of[rbacv1alpha1.ClusterRoleBinding]())
	add("networking.k8s.io/v1", of[networkingv1.NetworkPolicy](), of[networkingv1.Ingress](), of[networkingv1.IngressClass]())
	add("networking.k8s.io/v1beta1", of[networkingv1beta1.Ingress](), of[networkingv1beta1.IngressClass]())
	add("autoscaling/v1", of[autoscalingv1.HorizontalPodAutoscaler]())
	add("autoscaling/v2", of[autoscalingv2.HorizontalPodAutoscaler]())
	add("policy/v1", of[policyv1.PodDisruptionBudget]())
	add("policy/v1beta1", of[policyv1beta1.PodDisruptionBudget](), of[PodSecurityPolicy]())
	add("admissionregistration.k8s.io/v1", of[admissionv1.ValidatingWebhookConfiguration](),
		of[admissionv1.MutatingWebhookConfiguration](), of[admissionv1.ValidatingAdmissionPolicy](),
		of[admissionv1.ValidatingAdmissionPolicyBinding]())
	add("admissionregistration.k8s.io/v1beta1", of[admissionv1beta1.ValidatingWebhookConfiguration](),
		of[admissionv1beta1.MutatingWebhookConfiguration]())
	add("discovery.k8s.io/v1", of[discoveryv1.EndpointSlice]())
	add("discovery.k8s.io/v1beta1", of[discoveryv1beta1.EndpointSlice]())
	add("storage.k8s.io/v1", of[storagev1.StorageClass](), of[storagev1.CSIDriver](), of[storagev1.VolumeAttachment]())
	add("storage.k8s.io/v1beta1", of[storagev1beta1.StorageClass](), of[storagev1beta1.CSIDriver]())
	add("scheduling.k8s.io/v1", of[schedulingv1.PriorityClass]())
	add("coordination.k8s.io/v1", of[coordinationv1.Lease]())
	add("certificates.k8s.io/v1", of[certificatesv1.CertificateSigningRequest]())
	add("certificates.k8s.io/v1beta1", of[certificatesv1beta1.CertificateSigningRequest]())
	add("authentication.k8s.io/v1", of[authenticationv1.TokenRequest]())
	add("apiregistration.k8s.io/v1", of[APIService]())
	add("node.k8s.io/v1", of[nodev1.RuntimeClass]())
	add("flowcontrol.apiserver.k8s.io/v1", of[flowcontrolv1.FlowSchema](), of[flowcontrolv1.PriorityLevelConfiguration]())
	return table
})

func of[T any]() reflect.Type { return reflect.TypeFor[T]() }

// TypeOf returns the struct type whose JSON names are those of a kind, for frontends
// that read sources with other names; ok is false for kinds without a Go type.
func TypeOf(apiVersion, kind string) (t reflect.Type, ok bool) {
	t, ok = kinds()[[2]string{apiVersion, kind}]
	return t, ok
}

// JSONFields gives the JSON names of a struct type and the indexes of their fields,
// for reflect's FieldByIndex; inlined structs are part of their parent. The map is
// shared and must not be changed.
func JSONFields(t reflect.Type) map[string][]int { return fieldsOf(t) }
