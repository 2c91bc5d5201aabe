// Package object is the object model: Kubernetes, Istio and Gateway API objects
// whose every field knows its value, whether the value is known, and where a
// person wrote it.
//
// In: YAML texts (Decode), and field trees (Node) that frontends make from HCL or
// plans. Out: Object (a field tree), Set (all objects of one root with the indexes
// that checks use), and views (Workload, Container, Service, ServicePort), through
// which checks read pods and Services without spelling their paths or the names of
// workload kinds. frontends/object/views has those of other kinds.
//
// The types of k8s.io/api report values of the wrong type (TypeErrors), and give
// Terraform's attributes their JSON names; no check sees a typed value.
//
// An unknown value (a Terraform variable without a value) stays unknown: every
// comparison with it is Undecided, never false.
package object
