package main

import (
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/mesh-check/mesh-check/cmd/mesh-check/config"
	"github.com/mesh-check/mesh-check/render/source"
	"github.com/mesh-check/mesh-check/sarif"
	"github.com/mesh-check/mesh-check/sarif/view"
)

// showFlags say how a log is shown.
type showFlags struct {
	outputs      []string
	color        string
	notes, quiet bool
	dependencies bool
}

func (f *showFlags) group() group {
	g := newGroup("Output")
	g.flags.StringArrayVarP(&f.outputs, "output", "o", nil,
		"`FORMAT[=FILE]`, repeatable: "+strings.Join(view.Names(), ", ")+" (default text)")
	g.flags.StringVar(&f.color, "color", "auto", "color in text: `auto|always|never`")
	g.flags.BoolVar(&f.notes, "notes", false, "show each note in text, not one line per check, and everything about undecided values")
	g.flags.BoolVar(&f.dependencies, "dependencies", false, "show the notes of vendored sub-charts in text, not one line for each sub-chart")
	g.flags.BoolVar(&f.quiet, "quiet", false, "print only errors on standard error")
	return g
}

// options are the options of a view on standard output.
func (f *showFlags) options(out io.Writer) (view.Options, error) {
	color, err := wantsColor(f.color, out)
	if err != nil {
		return view.Options{}, err
	}
	cwd, err := os.Getwd()
	if err != nil {
		return view.Options{}, fmt.Errorf("the working directory: %w", err)
	}
	root, _ := source.Repository(source.Disk, cwd)
	return view.Options{Color: color, Notes: f.notes, Dependencies: f.dependencies, Root: root, Cwd: cwd, Width: terminalWidth(out), Command: config.Typed()}, nil
}

// writeAll writes every output. Files get no color and no width of the terminal,
// and no time, so that equal runs give equal files.
func writeAll(s streams, outputs []output, log *sarif.Log, look view.Options, quiet bool) error {
	plain := look
	plain.Color, plain.Width, plain.Elapsed = false, 0, 0
	printed := false
	var failed error // the first one: what can be written is written
	for _, o := range outputs {
		options := plain
		if o.file == "" {
			options, printed = look, true
		}
		err := o.write(s.out, func(w io.Writer) error { return view.Write(w, o.format, log, options) })
		if failed == nil {
			failed = err
		}
	}
	if failed != nil {
		return failed
	}
	if !printed && !quiet {
		for _, o := range outputs {
			fmt.Fprintf(s.err, "mesh-check: wrote %s (%s): %s, %s, %s\n", oneLine(o.file), o.format,
				numbered(log.Count("error"), "error"), numbered(log.Count("warning"), "warning"), numbered(log.Count("note"), "note"))
		}
	}
	return nil
}

func viewCommand(s streams) *cobra.Command {
	f := &showFlags{}
	return grouped(&cobra.Command{
		Use:   "view [flags] F.sarif",
		Short: "Show a SARIF log in another format",
		Long: `Show a SARIF log, of mesh-check or of any other tool, in one of the formats.
The file may be - for standard input.`,
		Example: "  mesh-check view -o github mesh-check.sarif",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return fmt.Errorf("view takes one SARIF file, or -")
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			outputs, err := parseOutputs(f.outputs, view.Names())
			if err != nil {
				return err
			}
			look, err := f.options(s.out)
			if err != nil {
				return err
			}
			log, err := readLog("view", args[0], s.in, logTime)
			if err != nil {
				return err
			}
			return writeAll(s, outputs, log, look, f.quiet)
		},
	}, f.group())
}

// numbered is a number of things: 1 note, 2 notes.
func numbered(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return strconv.Itoa(n) + " " + thing + "s"
}
