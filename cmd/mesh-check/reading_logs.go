package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"time"

	"github.com/mesh-check/mesh-check/render/source"
	"github.com/mesh-check/mesh-check/sarif"
)

const (
	// logTime is for how long view and merge wait for the end of a log.
	logTime = time.Minute
	// pipedTime is for how long they do for standard input: what writes there may have
	// to look at all inputs first.
	pipedTime = time.Hour
)

// readLog reads a log for a command, which has some patience for a file; - is standard
// input.
func readLog(command, name string, stdin io.Reader, patience time.Duration) (*sarif.Log, error) {
	open := file(source.Disk, name)
	if name == "-" {
		open, patience = stream(stdin), pipedTime
	} else if err := refused(source.Disk, command, name); err != nil {
		return nil, err
	}
	data, err := source.ReadWithin(patience, sarif.MaxLog, open)
	var known *fs.PathError
	switch {
	case errors.As(err, &known):
		return nil, unreadable(command, name, err)
	case err != nil:
		return nil, fmt.Errorf("%s %s: read the SARIF log: %w", command, oneLine(name), err)
	}
	log, err := sarif.Parse(data)
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", command, oneLine(name), err)
	}
	return log, nil
}

// readBaseline reads what the log of an earlier run knows; nil without one.
func readBaseline(name string, patience time.Duration) (*sarif.Baseline, error) {
	if name == "" {
		return nil, nil
	}
	if name == "-" {
		name = "./-" // standard input may be what is analyzed
	}
	log, err := readLog("--baseline", name, nil, patience)
	if err != nil {
		return nil, err
	}
	return log.Baseline(), nil
}
