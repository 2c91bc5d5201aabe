// Package views has views of the resources that checks ask for beside workloads and Services (those are in
// frontends/object): Istio's own, the Gateway API's, and what else leads to pods or guards them.
//
// In: an object of the kind. Out: its fields by name, so that no check spells their paths. What is missing is a missing
// field, with its place.
package views

import "github.com/mesh-check/mesh-check/frontends/object"

// The API groups of the views. Source: the CRDs of istio.io/api v1.32.0, of the Gateway API v1.6 and of the Prometheus
// operator; Kubernetes' and OpenShift's API references.
const (
	Networking = "networking.istio.io"
	Security   = "security.istio.io"
	Operators  = "install.istio.io"
	// Extensions has WasmPlugin and TrafficExtension, of which checks ask no more than AsPolicy has.
	Extensions = "extensions.istio.io"
	GatewayAPI = "gateway.networking.k8s.io"
	Kubernetes = "networking.k8s.io"
	Prometheus = "monitoring.coreos.com"
	OpenShift  = "route.openshift.io"
	// ArgoCD has the declarations of Argo CD, and the Workflows of Argo Workflows.
	ArgoCD = "argoproj.io"
	// MultiCluster has ServiceImport and ServiceExport.
	MultiCluster = "multicluster.x-k8s.io"
)

// TypeOf are apiVersion and kind of an object.
func TypeOf(o *object.Object) (apiVersion, kind object.Field) {
	return o.Get("apiVersion"), o.Get("kind")
}
