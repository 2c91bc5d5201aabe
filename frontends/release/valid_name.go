package release

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// helmName is what Helm takes as the name of a release, of up to maxHelmName bytes.
//
// Source: pkg/chartutil/validate_name.go of helm/helm, v3.22.0.
var helmName = regexp.MustCompile(`^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$`)

const maxHelmName = 53

// BadReleaseName says that Helm refuses a name, which ends Argo CD's and kustomize's work too; nil
// where it takes it.
func BadReleaseName(name string) *Undecided {
	switch {
	case len(name) > maxHelmName:
		return &Undecided{Why: NotValid, Detail: fmt.Sprintf("Helm refuses the release name %q: it is longer than %d characters", name, maxHelmName)}
	case !helmName.MatchString(name):
		return &Undecided{Why: NotValid, Detail: fmt.Sprintf("Helm refuses the release name %q: it takes lower-case letters, digits, - and .", name)}
	}
	return nil
}

// noValue is what Go's templates write for what there is not.
const noValue = "<no value>"

// BadName says that the API server refuses a field that names an object or a namespace, or that a
// template has left a part of it out; nil where it is a name.
func BadName(f object.Field) *Undecided {
	name := f.Str().V
	switch {
	case strings.Contains(name, noValue):
		return &Undecided{Why: NotKnown, Detail: f.Path() + " has a parameter that is not given"}
	case len(name) > 253 || !helmName.MatchString(name):
		return &Undecided{Why: NotValid, Detail: fmt.Sprintf("%s: %q is not a name", f.Path(), name)}
	}
	return nil
}
