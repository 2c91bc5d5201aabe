// Package object is the object model: Kubernetes, Istio and Gateway API objects
// whose every field knows its value, whether the value is known, and where a
// person wrote it.
//
// In: YAML texts (Decode), and field trees (Node) that frontends make from HCL or
// plans. Out: Object (the typed k8s.io/api value and the field tree), Set (all
// objects of one root with the indexes that checks ask for), and views (Workload,
// Container, Service, ServicePort) through which checks read, so that no check
// spells a path or the name of a workload kind.
//
// An unknown value (a Terraform variable without a value) stays unknown: every
// comparison with it is Undecided, never false.
package object
