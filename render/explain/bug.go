package explain

import (
	"errors"
	"fmt"
	"runtime"

	"github.com/mesh-check/mesh-check/render/chart"
	"github.com/mesh-check/mesh-check/render/source"
)

// errBug is the tracing engine's error where a bug has ended it.
var errBug = errors.New("it met a bug in mesh-check")

// caught makes an error of a panic that has ended the render: a limit that was passed,
// or a bug.
func (e *tracer) caught(r any) error {
	var over *overrun
	if err, ok := r.(error); ok && errors.As(err, &over) {
		return fmt.Errorf("explain: %w", err)
	}
	e.bug, e.ours = source.Caught(r)
	return errBug
}

// bugOf is the bug that has ended a render with an error, where there is one; helm is
// the error of Helm's engine. Functions give up on odd data in a panic, which
// text/template makes an error of: where Helm's gives up too, it is the template's
// fault, and where it does not, ours.
func (e *tracer) bugOf(err, helm error) *source.Bug {
	var in runtime.Error
	switch {
	case e.bug != nil && (e.ours || helm == nil):
		return e.bug
	case helm == nil && errors.As(err, &in):
		return &source.Bug{What: chart.OneLine(in.Error())}
	}
	return nil
}
