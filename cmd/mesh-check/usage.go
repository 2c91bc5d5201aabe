package main

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/mesh-check/mesh-check/cmd/mesh-check/config"
)

// group is some flags under one heading of the help text.
type group struct {
	title string
	flags *pflag.FlagSet
}

// newGroup returns an empty group.
func newGroup(title string) group {
	return group{title, pflag.NewFlagSet(title, pflag.ContinueOnError)}
}

// grouped gives a command its flags, in groups, and help that shows them so.
func grouped(cmd *cobra.Command, groups ...group) *cobra.Command {
	cmd.Flags().SortFlags = false
	for _, g := range groups {
		g.flags.SortFlags = false
		cmd.Flags().AddFlagSet(g.flags)
	}
	cmd.SetUsageFunc(func(c *cobra.Command) error {
		text := plainUsage(c) // of a command that has this function from its parent
		if c == cmd {
			text = usageOf(c, groups)
		}
		_, err := fmt.Fprint(c.OutOrStderr(), text)
		return err
	})
	return cmd
}

// inExample is the program's name where an example calls it.
var inExample = regexp.MustCompile(`(?m)(^  |\| )mesh-check( |$)`)

// usageOf is the help text behind the description: usage, examples, commands, flags.
func usageOf(cmd *cobra.Command, groups []group) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Usage:\n  %s\n", cmd.UseLine())
	if cmd.Example != "" {
		fmt.Fprintf(&b, "\nExamples:\n%s\n", inExample.ReplaceAllString(cmd.Example, "${1}"+config.Typed()+"${2}"))
	}
	if cmd.HasAvailableSubCommands() {
		b.WriteString("\nCommands:\n")
		for _, c := range cmd.Commands() {
			if c.IsAvailableCommand() {
				fmt.Fprintf(&b, "  %-12s%s\n", c.Name(), c.Short)
			}
		}
	}
	for _, g := range groups {
		if usages := g.flags.FlagUsagesWrapped(110); usages != "" {
			fmt.Fprintf(&b, "\n%s:\n%s", g.title, usages)
		}
	}
	return b.String()
}

// helmGlobals are flags of Helm itself that may arrive when the program runs as a
// plugin: Helm takes most of them away, but not where a flag is before the
// plugin's name. They mean nothing here, since no cluster and no registry is asked.
var helmGlobals = []string{
	"kube-context", "kubeconfig", "kube-apiserver", "kube-token", "kube-as-user", "kube-as-group",
	"kube-ca-file", "kube-tls-server-name", "registry-config", "repository-cache", "repository-config",
	"content-cache", "burst-limit", "qps",
}

// tolerateHelm accepts Helm's own flags and hides them.
func tolerateHelm(flags *pflag.FlagSet) {
	for _, name := range helmGlobals {
		flags.StringArray(name, nil, "a flag of Helm that has no effect here")
		_ = flags.MarkHidden(name)
	}
	flags.Bool("kube-insecure-skip-tls-verify", false, "a flag of Helm that has no effect here")
	_ = flags.MarkHidden("kube-insecure-skip-tls-verify")
}
