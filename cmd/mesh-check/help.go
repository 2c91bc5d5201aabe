package main

import (
	"fmt"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/mesh-check/mesh-check/cmd/mesh-check/config"
)

// commandNames are all commands, as people type them.
var commandNames = []string{"check", "blame", "explain", "checks", "view", "merge", "releases", "cover", "init", "version", "completion", "help"}

// helpCommand is the command help: that of cobra takes any word and never fails.
func helpCommand() *cobra.Command {
	return &cobra.Command{
		Use:                   "help [COMMAND]",
		Short:                 "Print the help of a command",
		DisableFlagsInUseLine: true,
		ValidArgs:             commandNames,
		RunE: func(c *cobra.Command, words []string) error {
			cmd, rest, err := c.Root().Find(words)
			if err != nil || cmd == c.Root() && len(rest) > 0 {
				return noCommand(words[0])
			}
			if cmd.HasSubCommands() && len(rest) > 0 {
				return noShell(rest[0])
			}
			cmd.InitDefaultHelpFlag()
			return cmd.Help()
		},
	}
}

// noCommand is the error of help for a word that is no command.
func noCommand(word string) error {
	otherwise := config.Typed() + " --help lists the commands"
	if id, err := config.CheckID(word); err == nil {
		otherwise = "did you mean " + config.Typed() + " explain " + id + "?"
	}
	return fmt.Errorf("help: there is no command %q%s", oneLine(word), config.DidYouMean(word, commandNames, otherwise))
}

// noShell is the error of completion for a word that is no shell.
func noShell(word string) error {
	return fmt.Errorf("completion: there is no script for %q; name one of bash, fish, powershell and zsh", oneLine(word))
}

// strictCompletion makes the command completion, which cobra adds, refuse shells that it
// does not know: it printed its help instead, which a shell then read as its script.
func strictCompletion(root *cobra.Command) {
	root.InitDefaultCompletionCmd()
	for _, c := range root.Commands() {
		if c.Name() != "completion" {
			continue
		}
		c.Args = func(_ *cobra.Command, words []string) error {
			if len(words) > 0 {
				return noShell(words[0])
			}
			return nil
		}
		c.RunE = func(c *cobra.Command, _ []string) error { return c.Help() }
	}
}

// plainUsage is the help text of commands without groups of flags: version, help, and
// completion with its shells.
func plainUsage(c *cobra.Command) string {
	g := newGroup("Flags")
	c.LocalFlags().VisitAll(func(f *pflag.Flag) {
		if !f.Hidden && f.Name != "help" {
			g.flags.AddFlag(f)
		}
	})
	return usageOf(c, []group{g})
}
