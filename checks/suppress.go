package checks

import "strings"

// suppressAnnotation is Istio's own way to silence its analyzers on one object.
// Source: istio/api annotation GalleyAnalyzeSuppress; istioctl analyze reads it on
// any resource.
const suppressAnnotation = "galley.istio.io/analyze-suppress"

// suppressedByAnnotation says what suppresses a finding: the object's
// annotation galley.istio.io/analyze-suppress with "*", or with a comma-separated
// list that has the check's id, its name or a code of istioctl analyze for the same
// fault. It is empty for a finding that counts.
func suppressedByAnnotation(f *Finding) string {
	asked := f.Field.Object().Annotation(suppressAnnotation)
	for _, code := range strings.Split(asked.V, ",") {
		if code = strings.TrimSpace(code); code == "*" || code != "" && f.Check.answersTo(code) {
			return "annotation " + suppressAnnotation + ": " + code
		}
	}
	return ""
}

func (c *Check) answersTo(code string) bool {
	if code == c.ID || code == c.Name {
		return true
	}
	for _, ist := range c.Istio {
		if code == ist {
			return true
		}
	}
	return false
}
