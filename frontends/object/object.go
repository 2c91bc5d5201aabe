package object

import "strings"

// Object is one Kubernetes object of the input.
type Object struct {
	APIVersion string
	Kind       string
	Name       string
	// Namespace is metadata.namespace as written; Set.NamespaceOf gives the
	// namespace in which the object will lie. Where it is not known, it is the
	// expression that gives it, such as ${var.namespace}: equal expressions are
	// equal namespaces. So is the name of a Namespace; any other object whose name
	// is not known goes by its address.
	Namespace string
	// Tree is the field tree.
	Tree *Node
	// Hooks are the Helm hooks of the object; empty for ordinary ones.
	Hooks []string
	// Address is the Terraform address; empty for charts and manifests.
	Address string
	// Change is what a plan does with the object; empty outside plans.
	Change Change
	// Input is the chart, Terraform root or file that the object comes from, as
	// the user spelled it.
	Input string
}

// Change is what a plan does with an object.
type Change string

// The changes, by Terraform's names of its actions. What is replaced is created: a new
// object takes the place of the old one.
const (
	Create Change = "create"
	Update Change = "update"
	Delete Change = "delete"
	NoOp   Change = "no-op"
	Read   Change = "read"
)

// Root is the field of the whole object.
func (o *Object) Root() Field { return Field{obj: o, node: o.Tree} }

// Get follows keys from the object's root.
func (o *Object) Get(keys ...string) Field { return o.Root().Get(keys...) }

// Is reports whether the object is of a group and kind, in any version.
func (o *Object) Is(group, kind string) bool { return o.Kind == kind && o.Group() == group }

// clusterKinds are the kinds without a namespace that charts install. Source: the
// generated clients of k8s.io/client-go v0.37.0 and of apiextensions-apiserver, and
// the CRDs of the Gateway API v1.5 and of Argo Workflows v3.
var clusterKinds = map[string]string{
	"Namespace": "", "Node": "", "PersistentVolume": "", "ComponentStatus": "",
	"ClusterRole": "rbac.authorization.k8s.io", "ClusterRoleBinding": "rbac.authorization.k8s.io",
	"CustomResourceDefinition": "apiextensions.k8s.io", "APIService": "apiregistration.k8s.io",
	"MutatingWebhookConfiguration":     "admissionregistration.k8s.io",
	"ValidatingWebhookConfiguration":   "admissionregistration.k8s.io",
	"ValidatingAdmissionPolicy":        "admissionregistration.k8s.io",
	"ValidatingAdmissionPolicyBinding": "admissionregistration.k8s.io",
	"MutatingAdmissionPolicy":          "admissionregistration.k8s.io",
	"MutatingAdmissionPolicyBinding":   "admissionregistration.k8s.io",
	"StorageClass":                     "storage.k8s.io", "CSIDriver": "storage.k8s.io", "CSINode": "storage.k8s.io",
	"VolumeAttachment": "storage.k8s.io", "VolumeAttributesClass": "storage.k8s.io",
	"PriorityClass": "scheduling.k8s.io", "RuntimeClass": "node.k8s.io",
	"IngressClass": "networking.k8s.io", "IPAddress": "networking.k8s.io", "ServiceCIDR": "networking.k8s.io",
	"PriorityLevelConfiguration": "flowcontrol.apiserver.k8s.io", "FlowSchema": "flowcontrol.apiserver.k8s.io",
	"CertificateSigningRequest": "certificates.k8s.io", "ClusterTrustBundle": "certificates.k8s.io",
	"DeviceClass": "resource.k8s.io", "ResourceSlice": "resource.k8s.io",
	"GatewayClass": "gateway.networking.k8s.io", "ClusterWorkflowTemplate": "argoproj.io",
	"SecurityContextConstraints": "security.openshift.io",
}

// ClusterWide reports whether the object is of a kind that is in no namespace. The
// kinds of CRDs that are not known here count as namespaced.
func (o *Object) ClusterWide() bool {
	group, ok := clusterKinds[o.Kind]
	return ok && group == o.Group() || o.Kind == "PodSecurityPolicy"
}

// Metadata is the object's own metadata.
func (o *Object) Metadata() Field { return o.Get("metadata") }

// NameField is metadata.name, as it is written.
func (o *Object) NameField() Field { return o.Get("metadata", "name") }

// NamespaceField is metadata.namespace, as it is written.
func (o *Object) NamespaceField() Field { return o.Get("metadata", "namespace") }

// OwnLabels are the labels of the object itself, not of its pods.
func (o *Object) OwnLabels() Field { return o.Get("metadata", "labels") }

// OwnAnnotations are the annotations of the object itself, not of its pods.
func (o *Object) OwnAnnotations() Field { return o.Get("metadata", "annotations") }

// Owned reports whether the object has owners: a controller made it.
func (o *Object) Owned() bool { return len(o.Get("metadata", "ownerReferences").Items()) > 0 }

// Label returns a label of the object itself.
func (o *Object) Label(name string) Str { return o.Get("metadata", "labels", name).Str() }

// Annotation returns an annotation of the object itself.
func (o *Object) Annotation(name string) Str { return o.Get("metadata", "annotations", name).Str() }

// Hook reports whether the object is a Helm hook of a kind, such as "test".
func (o *Object) Hook(kind string) bool {
	for _, h := range o.Hooks {
		if h == kind || kind == "test" && strings.HasPrefix(h, "test-") {
			return true
		}
	}
	return false
}

// String is Kind namespace/name, as messages and outputs name an object.
func (o *Object) String() string {
	if o.Namespace == "" {
		return o.Kind + " " + o.Name
	}
	return o.Kind + " " + o.Namespace + "/" + o.Name
}
