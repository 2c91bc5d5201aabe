// Package kube makes Kubernetes objects of Terraform resources.
//
// In: resources of the package eval, of a configuration or a plan. Out: object.Objects:
// of kubernetes_* by one mapper that the types of k8s.io/api direct, of
// kubernetes_manifest and kubectl_manifest by their manifests, of helm_release by
// rendering its chart; resources that patch others are applied to them.
package kube
