// Command mesh-check checks Helm charts and Kubernetes manifests against what Istio
// requires of pods and services, and tells every finding at the line that a person
// wrote.
//
// In: arguments, environment (HELM_NAMESPACE, HELM_DEBUG, NO_COLOR, FORCE_COLOR), files.
// Out: the report on standard output or in files, everything else on standard error, and
// an exit code (see exit.go). The rooms do the work; a file here is one command or one
// group of flags. What strangers have written is analyzed in workers: child processes
// of the same program, which are asked with jobs (job.go, serve.go, dispatch.go).
package main

import (
	"fmt"
	"io"
	"log"
	"os"

	"github.com/mesh-check/mesh-check/cmd/mesh-check/worker"
	"github.com/mesh-check/mesh-check/cmd/mesh-check/worker/child"
)

func main() {
	if child.Is(os.Args[1:]) {
		log.SetOutput(io.Discard) // Helm's libraries log
		os.Exit(worker.Serve(serve))
	}
	worker.KeepOnBrokenPipe()
	worker.Confine(tooMuch)
	tidyOnSignals()
	out := newOutlet(os.Stdout)
	os.Exit(out.ended(run(os.Args[1:], os.Stdin, out, os.Stderr), os.Stderr))
}

// tooMuch ends the program when it needs far more memory than its budgets allow.
func tooMuch(limit int64) {
	printError(os.Stderr, fmt.Errorf("the report needs more than %d MiB of memory; analyze fewer inputs at a time, for example with --shard", limit>>20))
	unfinished.removeAll()
	os.Exit(exitInput)
}
