package child

import "runtime"

// Hard reports whether the system itself bounds the memory of a child. Linux does
// (RLIMIT_DATA, setrlimit(2)); elsewhere the child looks at its own memory every
// 10 ms and ends itself, which one huge allocation can outrun.
func Hard() bool { return runtime.GOOS == "linux" && !instrumented }
