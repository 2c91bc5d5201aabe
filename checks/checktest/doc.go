// Package checktest is the kit that tests checks: it runs one check over a chart, a
// Terraform root or a manifest and compares what it says with the want comments in the very files that
// a person would edit, so that every fixture tests the places too.
//
// In: a folder of testdata/checks, or an example of a check's page. Out: test errors
// for every finding without a want and every want without a finding. The convention
// is on one screen in testdata/README.md.
package checktest
