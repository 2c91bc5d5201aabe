package meshcheck

import (
	"fmt"

	"github.com/mesh-check/mesh-check/render/source"
)

// unread is why a part of a values set was not read; nil where all of it was.
func (v *inputResult) unread(valuesSet string) *source.Error {
	for _, e := range v.errors {
		if e.Err.Unread && (e.ValuesSet == "" || e.ValuesSet == valuesSet) {
			return e.Err
		}
	}
	return nil
}

// unreadOf is why a part of some inputs, analyzed together as one environment, was not read; of
// an input without any object that is whatever was wrong with it.
func unreadOf(results []*inputResult, environment string) *source.Error {
	for _, v := range results {
		for _, e := range v.errors {
			if of := v.input.Environments[e.ValuesSet]; e.Err.Unread && (of == "" || of == environment) {
				return e.Err
			}
		}
		if len(v.parts) == 0 && len(v.errors) > 0 {
			err := *v.errors[0].Err
			err.What = fmt.Sprintf("%s: %s", v.input.Path, err.What)
			return &err
		}
	}
	return nil
}
