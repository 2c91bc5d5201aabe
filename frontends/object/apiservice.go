package object

import metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

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
