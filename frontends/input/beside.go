package input

import (
	"strings"

	"github.com/mesh-check/mesh-check/frontends/helm"
	"github.com/mesh-check/mesh-check/render/source"
)

// withBeside are inputs with the files beside them that somebody may want to look at them
// with: values files of charts, and files of variables that Terraform does not read by
// itself (developer.hashicorp.com/terraform/language/values/variables).
func withBeside(t source.Tree, all []Input) []Input {
	for i, in := range all {
		switch in.Kind {
		case KindChart:
			all[i].Beside = helm.ValuesFiles(t, in.Path)
		case KindTerraform:
			all[i].Beside = variableFiles(t, in.Path)
		}
	}
	return all
}

func variableFiles(t source.Tree, dir string) (names []string) {
	entries, _ := t.ReadDir(dir) // the search has reported what cannot be read
	for _, e := range entries {
		base := strings.TrimSuffix(e.Name(), ".json")
		if !e.Type().IsRegular() || !strings.HasSuffix(base, ".tfvars") || base == "terraform.tfvars" || strings.HasSuffix(base, ".auto.tfvars") {
			continue
		}
		names = append(names, e.Name())
	}
	return names
}
