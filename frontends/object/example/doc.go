// Package example gives the settings of a chart that are empty an example value: `tolerations: []` gets a toleration,
// `podAnnotations: {}` an annotation, `loadBalancerIP: ""` an address.
//
// In: the name of a setting, the names above it, and what is there. Out: a value that Kubernetes takes in that place, or
// none. The types of Kubernetes say what a field is; the words that charts have for its fields are a table. What may mean
// two things has no example: a wrong one makes a manifest that no chart's author is to blame for.
package example
