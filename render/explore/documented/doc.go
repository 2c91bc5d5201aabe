// Package documented knows what the files of a chart say about the values that a setting
// may have: examples that are commented out, keys that are, values that a comment lists,
// and what the schema allows.
//
// In: the bytes of a values.yaml and of a values.schema.json. Out: for each path the
// candidates, each with the line that it is from, and the keys that are documented below a
// map and not there. The package knows neither Helm nor Kubernetes and reads no files.
//
// A comment belongs to a setting only where its structure proves it. What is uncommented must
// continue a map that is open there, or fill a setting that is empty, or repeat its name.
// Where a comment could belong to two settings, has another type than its setting, or has
// words that stand for a value ("<name>", "..."), it says nothing.
package documented
