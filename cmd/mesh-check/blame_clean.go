package main

import (
	"github.com/mesh-check/mesh-check/frontends/helm"
	"github.com/mesh-check/mesh-check/sarif/safetext"
)

// cleanBlame cleans all that a chart says of what is reported about a file, as the log cleans
// all texts of findings: no marks that turn or hide what is written, no control
// characters.
func cleanBlame(f *helm.BlameFile) {
	clean(&f.Template, &f.Reason)
	for i := range f.Documents {
		d := &f.Documents[i]
		clean(&d.APIVersion, &d.Kind, &d.Namespace, &d.Name)
		for j := range d.Hook {
			clean(&d.Hook[j])
		}
		for j := range d.Nodes {
			cleanBlameNode(&d.Nodes[j])
		}
	}
}

func cleanBlameNode(n *helm.BlameNode) {
	clean(&n.Path, &n.Value)
	if n.Template != nil {
		clean(&n.Template.File)
	}
	for i := range n.Chain {
		clean(&n.Chain[i].Name, &n.Chain[i].File)
	}
	if o := n.Origin; o != nil {
		clean(&o.Path, &o.File, &o.Flag)
	}
}

// clean cleans texts, which may have several lines.
func clean(texts ...*string) {
	for _, t := range texts {
		*t = safetext.CleanText(*t)
	}
}
