package main

import (
	"errors"
	"fmt"

	"github.com/mesh-check/mesh-check/render/source"
)

// refused is the error of a flag that names a file behind a link out of the repository;
// nil for any other file.
func refused(t source.Tree, flag, name string) error {
	if err := source.Strayed(t, name); err != nil {
		return fmt.Errorf("%s: %w; %s", flag, err, source.StrayAdvice)
	}
	return nil
}

// refusedInput is the input of a PATH behind such a link.
func refusedInput(t source.Tree, name string) (input, bool) {
	var stray *source.StrayLink
	if !errors.As(source.Strayed(t, name), &stray) {
		return input{}, false
	}
	return wrong(name, stray.What(), source.StrayAdvice), true
}

// refusedChart is the same as an error, for commands that take one chart.
func refusedChart(t source.Tree, name string) *source.Error {
	if in, is := refusedInput(t, name); is {
		return in.Fault.error()
	}
	return nil
}
