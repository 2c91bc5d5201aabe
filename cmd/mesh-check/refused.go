package main

import (
	"fmt"

	"github.com/mesh-check/mesh-check/frontends/input"
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

// refusedChart is the same as an error, for commands that take one chart.
func refusedChart(t source.Tree, name string) *source.Error {
	if fault := input.Refused(t, name); fault != nil {
		return fault.Error()
	}
	return nil
}
