package search

import (
	"fmt"

	"github.com/mesh-check/mesh-check/render/source"
)

// declaration reads a file that can declare releases; nil where it does not. One that
// cannot be read, or not as a whole, is reported: what it declares is not known.
func (f *finder) declaration(name string) []byte {
	head, err := source.ReadHead(f.Tree, name, maxDeclaration+1)
	if err != nil {
		f.found.Errors = append(f.found.Errors, &source.Error{What: source.Cause(err).Error(), Path: source.Shown(f.Tree, name), Err: err})
		return nil
	}
	f.listNamespaces(name, head)
	if !declares(head) {
		return nil
	}
	if len(head) > maxDeclaration {
		f.found.Notes = append(f.found.Notes, fmt.Sprintf("%s mentions Applications but is larger than %d MiB; it was skipped",
			source.Shown(f.Tree, name), maxDeclaration>>20))
		return nil
	}
	return head
}
