package child

import "os"

// Early has the child that is started before main, nothing where there is none. Most
// packages are initialized behind this one, here and in the child: done side by side, a
// run over one chart takes that much less.
var Early = startEarly(os.Args[1:])

// startEarly starts it at once: a goroutine would get its turn when nearly everything is initialized.
func startEarly(args []string) <-chan *Child {
	early := make(chan *Child, 1)
	defer close(early)
	if !Asks(args) {
		return early
	}
	path, err := os.Executable()
	if err != nil {
		return early
	}
	if c, err := Start(path, NewNote()); err == nil {
		early <- c // a child that nobody takes ends with its standard input
	}
	return early
}

// idle are the commands that look at no input, as first arguments.
var idle = map[string]bool{
	"__complete": true, "__completeNoDesc": true, "checks": true, "completion": true, "explain": true, "help": true, "merge": true, "version": true, "view": true,
}

// Is reports whether the arguments of a program (without its name) make it a child.
func Is(args []string) bool { return len(args) == 1 && args[0] == Argument }

// Asks reports whether a program with these arguments (without its name) will ask a child,
// most likely: then one is started before main. It is neither a child nor a test, and
// it is not asked for help. Without arguments it looks at the working directory.
func Asks(args []string) bool {
	if Is(args) || len(args) > 0 && idle[args[0]] {
		return false
	}
	for _, arg := range args {
		if arg == "-h" || arg == "--help" || arg == "--version" || len(arg) >= 6 && arg[:6] == "-test." {
			return false
		}
	}
	return true
}
