// Package explore finds out with which values a chart renders what its given values leave out.
//
// In: a chart, how it is rendered, and what its values sets have reached. Out: sets of
// settings, each a flag of helm template, that reach more of its templates, in the order in
// which they were found; for a wish, such as a finding, the smallest settings with which it
// comes true.
//
// A render says which branches it has come to and what their conditions saw. A condition that
// was always false is read backwards: which values would make it true. All settings that go
// together are tried in one render; where the chart refuses, what it says and what the failing
// action has read tell which of them to leave out or to add. No condition is ever forced:
// what counts was rendered by Helm's engine with values that a user could have given.
//
// The search has a budget of renders and looks at no clock, so that it comes to the same each
// time; a deadline ends it with a word. The package knows no Kubernetes: examples of values
// come from outside.
package explore
