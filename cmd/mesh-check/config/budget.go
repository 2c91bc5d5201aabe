package config

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"syscall"

	"github.com/mesh-check/mesh-check/render/source"
)

// maxAll bounds all configurations of a run together, by their weight in bytes. 1,000
// configurations of 100 lines weigh 13 MB.
const maxAll = 16 << 20

// errBudget says that the configurations of a run weigh too much.
var errBudget = errors.New("the configurations exceed their budget")

// weight is about how many bytes a configuration takes when it is read: it has no more
// nodes than separators.
func weight(data []byte) int {
	const node = 64
	n := len(data) + node*bytes.Count(data, []byte("- "))
	for _, separator := range []byte("\n,[{:?") {
		n += node * bytes.Count(data, []byte{separator})
	}
	return n
}

// affords takes a configuration into the budget, if there is room for it.
func (f *Finder) affords(data []byte) bool {
	w := weight(data)
	if f.spent+w > maxAll {
		return false
	}
	f.spent += w
	return true
}

// beyond is the fault of a file for which there is no room. It is reported for each input.
func beyond(shown string) *source.Error {
	return &source.Error{
		What: fmt.Sprintf("is not read: the configurations of one run may take at most %d MiB in total", maxAll>>20), Path: shown,
		Do: "make them smaller, or name one for all inputs with --config", Err: errBudget,
	}
}

// OfInput reports whether a fault that For returned is one of the input alone: a stranger
// can bring it about, and it says nothing about the configurations of others.
func OfInput(fault *source.Error) bool {
	return errors.Is(fault.Err, errBudget) || errors.Is(fault.Err, fs.ErrPermission) || errors.Is(fault.Err, syscall.ENAMETOOLONG)
}
