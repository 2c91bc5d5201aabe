package meshcheck_test

import (
	"context"
	"fmt"

	meshcheck "github.com/mesh-check/mesh-check"
)

// A chart is rendered with each of its values sets, and its findings stand at the lines
// that a person wrote.
func ExampleAnalyze() {
	report, err := meshcheck.Analyze(context.Background(), meshcheck.Request{Paths: []string{"testdata/charts/demo"}})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range report.Findings {
		if f.Check.ID == "MESH201" {
			fmt.Printf("%s: %s\n", f.Origin.Span, f.Check.Name)
		}
	}
	// Output: testdata/charts/demo/templates/_helpers.tpl:10:7: application-uid-1337
}

// Files that nobody has saved count in the place of those on the disk.
func ExampleAnalyze_overlay() {
	const pod = `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: web:1
      securityContext: {runAsUser: 1337}
`
	report, err := meshcheck.Analyze(context.Background(), meshcheck.Request{
		Paths:   []string{"unsaved.yaml"},
		Overlay: map[string][]byte{"unsaved.yaml": []byte(pod)},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range report.Findings {
		if f.Check.ID == "MESH201" {
			fmt.Printf("%s: %s\n", f.Origin.Span, f.Check.Name)
		}
	}
	// Output: unsaved.yaml:8:36: application-uid-1337
}
