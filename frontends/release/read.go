package release

import (
	"errors"
	"fmt"
	"io/fs"

	"github.com/mesh-check/mesh-check/render/source"
)

// fault says why a name gives no file; nil where it leads to a file or a directory of the
// repository.
func (r *Repository) fault(name, given string) *Undecided {
	_, err := r.Tree.Stat(name)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, source.ErrOutside) || source.IsOutside(err):
		return &Undecided{Why: Outside, Detail: given}
	}
	return &Undecided{Why: MissingFile, Detail: given}
}

// read reads a regular file: opening a pipe that nobody writes to never ends.
func (r *Repository) read(name string) ([]byte, error) {
	info, err := r.Tree.Stat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, &fs.PathError{Op: "read", Path: name, Err: errors.New("it is not a regular file")}
	}
	return source.ReadFile(r.Tree, name, maxValues)
}

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
