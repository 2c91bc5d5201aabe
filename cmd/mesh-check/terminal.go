package main

import (
	"io"
	"os"

	"github.com/mattn/go-isatty"
	"golang.org/x/term"
)

// terminal reports whether a stream ends at a person.
func terminal(stream any) bool {
	f := fileOf(stream)
	return f != nil && (isatty.IsTerminal(f.Fd()) || isatty.IsCygwinTerminal(f.Fd()))
}

// terminalWidth is how many columns the person's terminal has; 0 is no terminal.
func terminalWidth(out io.Writer) int {
	if !terminal(out) {
		return 0
	}
	width, _, err := term.GetSize(int(fileOf(out).Fd()))
	if err != nil {
		return 0
	}
	return width
}

// wantsColor decides about color: the flag, else FORCE_COLOR and NO_COLOR (the first wins,
// as https://force-color.org has it; 0 and false say no), else whether a person reads.
func wantsColor(flag string, out io.Writer) (bool, error) {
	if err := oneOf("color", &flag, colorWords...); err != nil {
		return false, err
	}
	if flag != "auto" {
		return flag == "always", nil
	}
	switch os.Getenv("FORCE_COLOR") {
	case "":
		return terminal(out) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" && understandsColor(fileOf(out)), nil
	case "0", "false":
		return false, nil
	}
	return true, nil
}
