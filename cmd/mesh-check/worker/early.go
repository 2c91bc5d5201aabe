package worker

import (
	"os"
	"slices"
	"strings"
)

// early has the child that is started before main, nothing where there is none. The
// packages behind this one take about 15 ms to be initialized, here and in the child:
// done side by side, a run over one chart takes that much less.
var early = startEarly(os.Args[1:])

func startEarly(args []string) <-chan *process {
	child := make(chan *process, 1)
	if !Asks(args) {
		close(child)
		return child
	}
	go func() {
		defer close(child)
		if p, err := start(); err == nil {
			child <- p // a child that nobody takes ends with its standard input
		}
	}()
	return child
}

// idle are the commands that look at no input, as first arguments.
var idle = []string{"__complete", "__completeNoDesc", "checks", "completion", "explain", "help", "merge", "version", "view"}

// Asks reports whether a program with these arguments (without its name) will ask a child,
// most likely: then one is started before main. It is neither a child nor a test, and
// it is not asked for help. Without arguments it looks at the working directory.
func Asks(args []string) bool {
	if Is(args) || len(args) > 0 && slices.Contains(idle, args[0]) {
		return false
	}
	return !slices.ContainsFunc(args, func(arg string) bool {
		return arg == "-h" || arg == "--help" || arg == "--version" || strings.HasPrefix(arg, "-test.")
	})
}
