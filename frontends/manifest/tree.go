package manifest

import (
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/render/source"
)

// Tree reads the first document of a YAML or JSON file that is not a Kubernetes object; nil
// where there is none.
func Tree(file *source.File) (*object.Node, *source.Error) {
	d := object.Decode(string(file.Data), place{file}, object.Kubectl)
	switch {
	case len(d.Documents) > 0:
		return d.Documents[0], nil
	case len(d.Errors) > 0:
		return nil, d.Errors[0]
	}
	return nil, nil
}
