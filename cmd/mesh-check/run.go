package main

import (
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"

	"github.com/mesh-check/mesh-check/cmd/mesh-check/config"
	"github.com/mesh-check/mesh-check/cmd/mesh-check/worker"
	"github.com/mesh-check/mesh-check/sarif/view"
)

// streams are the three standard streams of one run.
type streams struct {
	in  io.Reader
	out io.Writer
	err io.Writer
}

// run is the program: arguments and streams in, exit code out. It never panics.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) (code int) {
	defer func() {
		if p := recover(); p != nil {
			b := newBug("", p, debug.Stack())
			printError(stderr, &b)
			code = exitBug
		}
	}()
	log.SetOutput(io.Discard) // Helm's libraries log; what matters reaches us as warnings
	cmd := rootCommand(streams{stdin, stdout, stderr})
	cmd.SetArgs(args)
	err := cmd.Execute()
	var quiet exit
	if err != nil && !errors.As(err, &quiet) && !worker.BrokenPipe(err) {
		printError(stderr, err)
	}
	return codeOf(err)
}

// printError reports an error in one line; with HELM_DEBUG also where a bug is.
func printError(w io.Writer, err error) {
	fmt.Fprintln(w, "mesh-check: "+oneLine(err.Error()))
	var b *bug
	if errors.As(err, &b) && debugging() {
		fmt.Fprintln(w, string(b.Stack))
	}
}

// debugging reports whether the user asked for more words, as helm --debug does.
func debugging() bool { return strings.EqualFold(os.Getenv("HELM_DEBUG"), "true") }

// rootCommand is the tree of commands; check is the default one.
func rootCommand(s streams) *cobra.Command {
	check, groups := checkCommand(s)
	root := grouped(&cobra.Command{
		Use:   "mesh-check [flags] [PATH...]",
		Short: "Check Helm charts, Terraform and manifests against Istio's requirements",
		Long: `mesh-check checks Helm charts, Terraform and manifests against what Istio requires of
pods and services. Every finding is at the line that a person wrote.

PATH is a chart (directory or .tgz), a Terraform root (a directory with .tf files), a
directory with charts, roots and manifests below it, a Terraform plan (terraform show
-json), a YAML file with manifests, or - for manifests or a plan on standard input.
The default is the working directory.`,
		Example: `  mesh-check
  mesh-check charts/web
  mesh-check -f production.yaml --set replicas=3 charts/web
  mesh-check -o text -o sarif=mesh-check.sarif charts/
  kustomize build overlays/prod | mesh-check -
  mesh-check --var-file prod.tfvars infra
  terraform show -json plan.bin | mesh-check --source infra -
  mesh-check explain MESH301`,
		Args:          cobra.ArbitraryArgs,
		RunE:          check.RunE,
		Annotations:   map[string]string{cobra.CommandDisplayNameAnnotation: config.Typed()},
		SilenceErrors: true,
		SilenceUsage:  true,
	}, groups...)
	root.SetIn(s.in)
	root.SetOut(s.out)
	root.SetErr(s.err)
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return fmt.Errorf("%s; see %s --help", flagFault(cmd, err), cmd.CommandPath())
	})
	tolerateHelm(root.PersistentFlags())
	root.AddCommand(check, blameCommand(s), explainCommand(s), checksCommand(s), viewCommand(s), mergeCommand(s), releasesCommand(s), coverCommand(s), initCommand(s), versionCommand(s))
	root.SetHelpCommand(helpCommand())
	strictCompletion(root)
	complete(root)
	root.Version = versionText()
	root.SetVersionTemplate("{{.Version}}\n")
	for _, c := range root.Commands() {
		c.SilenceErrors, c.SilenceUsage = true, true
	}
	return root
}

// oneLine makes foreign text fit for one line of a terminal.
func oneLine(s string) string { return view.OneLine(s) }
