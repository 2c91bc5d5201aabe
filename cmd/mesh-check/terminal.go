package main

import (
	"io"
	"os"

	"github.com/mattn/go-isatty"
)

// terminal says whether a stream ends at a person.
func terminal(stream any) bool {
	f := fileOf(stream)
	return f != nil && (isatty.IsTerminal(f.Fd()) || isatty.IsCygwinTerminal(f.Fd()))
}

// wantsColor decides about colour: the flag, else a terminal that has not said no.
func wantsColor(flag string, out io.Writer) (bool, error) {
	if err := oneOf("color", &flag, "auto", "always", "never"); err != nil {
		return false, err
	}
	if flag != "auto" {
		return flag == "always", nil
	}
	return terminal(out) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb", nil
}
