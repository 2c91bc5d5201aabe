package input

import (
	"errors"

	"github.com/mesh-check/mesh-check/render/source"
)

// Fault is a *source.Error that has no place inside a file: it can be sent.
type Fault struct{ What, Path, Do string }

// Error is the fault as an error of an input.
func (f Fault) Error() *source.Error { return &source.Error{What: f.What, Path: f.Path, Do: f.Do} }

// Invalid is an input of which nothing can be read.
func Invalid(path, what, do string) Input { return invalid(KindUnknown, path, what, do) }

// invalid is Invalid for an input of which one knows what it is.
func invalid(kind, path, what, do string) Input {
	return Input{Path: path, Kind: kind, Fault: &Fault{What: what, Path: path, Do: do}}
}

// Unreadable is an input that cannot be read because of err.
func Unreadable(path, kind string, err error) Input {
	e := AsError(path, err)
	return Input{Path: path, Kind: kind, Fault: FaultOf(e)}
}

// AsError is the error of an input that cannot be read; nil for nil.
func AsError(path string, err error) *source.Error {
	if err == nil {
		return nil
	}
	var known *source.Error
	if errors.As(err, &known) {
		return known
	}
	return &source.Error{What: source.Printable(source.Cause(err).Error()), Path: path, Err: err}
}

// FaultOf is an error of an input as its fault.
func FaultOf(e *source.Error) *Fault { return &Fault{What: e.What, Path: e.Path, Do: e.Do} }

// Refused is the fault of a path behind a link that leads out of the repository that the
// link is in; nil for any other path.
func Refused(t source.Tree, path string) *Fault {
	var stray *source.StrayLink
	if !errors.As(source.Strayed(t, path), &stray) {
		return nil
	}
	return &Fault{What: stray.What(), Path: path, Do: source.StrayAdvice}
}
