// Types that are not, or no longer, in k8s.io/api.

package object

import (
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// PodSecurityPolicy is policy/v1beta1 (and extensions/v1beta1) PodSecurityPolicy,
// which left k8s.io/api after Kubernetes 1.24 and which older clusters still have.
// Source: https://v1-24.docs.kubernetes.io/docs/reference/kubernetes-api/policy-resources/pod-security-policy-v1beta1/
type PodSecurityPolicy struct {
	metav1.TypeMeta   `json:",inline"`
	metav1.ObjectMeta `json:"metadata,omitempty"`

	Spec PodSecurityPolicySpec `json:"spec,omitempty"`
}

// PodSecurityPolicySpec is what a policy allows to pods.
type PodSecurityPolicySpec struct {
	Privileged                      bool                   `json:"privileged,omitempty"`
	AllowPrivilegeEscalation        *bool                  `json:"allowPrivilegeEscalation,omitempty"`
	DefaultAllowPrivilegeEscalation *bool                  `json:"defaultAllowPrivilegeEscalation,omitempty"`
	AllowedCapabilities             []corev1.Capability    `json:"allowedCapabilities,omitempty"`
	DefaultAddCapabilities          []corev1.Capability    `json:"defaultAddCapabilities,omitempty"`
	RequiredDropCapabilities        []corev1.Capability    `json:"requiredDropCapabilities,omitempty"`
	HostNetwork                     bool                   `json:"hostNetwork,omitempty"`
	HostPID                         bool                   `json:"hostPID,omitempty"`
	HostIPC                         bool                   `json:"hostIPC,omitempty"`
	HostPorts                       []PolicyRange          `json:"hostPorts,omitempty"`
	Volumes                         []string               `json:"volumes,omitempty"`
	AllowedHostPaths                []PolicyHostPath       `json:"allowedHostPaths,omitempty"`
	AllowedFlexVolumes              []PolicyDriver         `json:"allowedFlexVolumes,omitempty"`
	AllowedCSIDrivers               []PolicyDriver         `json:"allowedCSIDrivers,omitempty"`
	AllowedProcMountTypes           []corev1.ProcMountType `json:"allowedProcMountTypes,omitempty"`
	AllowedUnsafeSysctls            []string               `json:"allowedUnsafeSysctls,omitempty"`
	ForbiddenSysctls                []string               `json:"forbiddenSysctls,omitempty"`
	ReadOnlyRootFilesystem          bool                   `json:"readOnlyRootFilesystem,omitempty"`
	RunAsUser                       PolicyIDs              `json:"runAsUser"`
	RunAsGroup                      *PolicyIDs             `json:"runAsGroup,omitempty"`
	SupplementalGroups              PolicyIDs              `json:"supplementalGroups"`
	FSGroup                         PolicyIDs              `json:"fsGroup"`
	SELinux                         PolicySELinux          `json:"seLinux"`
	RuntimeClass                    *PolicyRuntimeClass    `json:"runtimeClass,omitempty"`
}

// PolicyIDs is a rule on user or group IDs.
type PolicyIDs struct {
	Rule   string          `json:"rule"` // RunAsAny, MustRunAs, MayRunAs, MustRunAsNonRoot
	Ranges []PolicyIDRange `json:"ranges,omitempty"`
}

// PolicyIDRange is a range of IDs, both ends included.
type PolicyIDRange struct {
	Min int64 `json:"min"`
	Max int64 `json:"max"`
}

// PolicyRange is a range of ports, both ends included.
type PolicyRange struct {
	Min int32 `json:"min"`
	Max int32 `json:"max"`
}

// PolicyHostPath is a path of the node that pods may mount.
type PolicyHostPath struct {
	PathPrefix string `json:"pathPrefix,omitempty"`
	ReadOnly   bool   `json:"readOnly,omitempty"`
}

// PolicyDriver names a volume driver.
type PolicyDriver struct {
	Name   string `json:"name,omitempty"`
	Driver string `json:"driver,omitempty"`
}

// PolicySELinux is the rule on SELinux labels.
type PolicySELinux struct {
	Rule           string                 `json:"rule"`
	SELinuxOptions *corev1.SELinuxOptions `json:"seLinuxOptions,omitempty"`
}

// PolicyRuntimeClass is the rule on runtime classes.
type PolicyRuntimeClass struct {
	AllowedRuntimeClassNames []string `json:"allowedRuntimeClassNames"`
	DefaultRuntimeClassName  *string  `json:"defaultRuntimeClassName,omitempty"`
}

// APIService is apiregistration.k8s.io/v1 APIService, which is no part of k8s.io/api.
// Source: https://kubernetes.io/docs/reference/kubernetes-api/extend-resources/api-service-v1/
type APIService struct {
	metav1.TypeMeta   `json:",inline"`
	metav1.ObjectMeta `json:"metadata,omitempty"`

	Spec APIServiceSpec `json:"spec,omitempty"`
}

// APIServiceSpec says which Service answers for a group and version.
type APIServiceSpec struct {
	Service               *APIServiceReference `json:"service,omitempty"`
	Group                 string               `json:"group,omitempty"`
	Version               string               `json:"version,omitempty"`
	InsecureSkipTLSVerify bool                 `json:"insecureSkipTLSVerify,omitempty"`
	CABundle              []byte               `json:"caBundle,omitempty"`
	GroupPriorityMinimum  int32                `json:"groupPriorityMinimum"`
	VersionPriority       int32                `json:"versionPriority"`
}

// APIServiceReference names the Service.
type APIServiceReference struct {
	Namespace string `json:"namespace,omitempty"`
	Name      string `json:"name,omitempty"`
	Port      *int32 `json:"port,omitempty"`
}
