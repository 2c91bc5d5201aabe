package input

import (
	"bytes"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/frontends/terraform"
	"github.com/mesh-check/mesh-check/render/source"
)

// terraformBelow are the Terraform roots of a directory: itself where it has .tf
// files, and the directories below it with .tf files that no other one calls as a
// module.
func terraformBelow(t source.Tree, dir string, excluded func(name string) bool) []Input {
	roots, errs := terraform.Find(t, dir)
	if hasTerraform(t, dir) && !slices.ContainsFunc(roots, func(r string) bool { return source.Shown(t, r) == dir }) {
		roots = append([]string{dir}, roots...) // a module whose examples call it
	}
	within := readableFor(t, dir)
	var all []Input
	for _, root := range roots {
		if excluded != nil && excluded(root) {
			continue
		}
		all = append(all, Input{Path: source.Shown(t, root), Kind: KindTerraform, Within: within})
	}
	for _, err := range errs {
		all = append(all, Unreadable(dir, KindTerraform, err))
	}
	return all
}

func hasTerraform(t source.Tree, dir string) bool {
	entries, _ := t.ReadDir(dir) // Find has reported what cannot be read
	return slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return strings.HasSuffix(e.Name(), ".tf") && !e.IsDir() })
}

// readableFor is the outermost directory of which the roots at or below a directory
// may read modules and files: the repository around it, else the working directory
// where it is in that, else the directory itself.
func readableFor(t source.Tree, dir string) string {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return dir
	}
	if root, is := source.Repository(t, abs); is {
		return root
	}
	if filepath.IsLocal(dir) {
		return "."
	}
	return dir
}

// terraformText says what a text of Terraform is that is no plan; empty for others.
func terraformText(data []byte) string {
	head := data[:min(len(data), 512)]
	switch {
	case !bytes.HasPrefix(bytes.TrimSpace(head), []byte("{")):
		return ""
	case bytes.Contains(head, []byte(`"terraform_version"`)) && bytes.Contains(head, []byte(`"serial"`)):
		return "is a Terraform state, not a plan"
	case bytes.Contains(head, []byte(`"@level"`)) && bytes.Contains(head, []byte(`"@message"`)):
		return "is the log of terraform plan -json, not a plan"
	}
	return ""
}
