package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/mesh-check/mesh-check/checks/suite"
	"github.com/mesh-check/mesh-check/cmd/mesh-check/config"
)

func explainCommand(s streams) *cobra.Command {
	var color string
	g := newGroup("Output")
	g.flags.StringVar(&color, "color", "auto", "`auto|always|never`")
	return grouped(&cobra.Command{
		Use:     "explain ID|NAME [flags]",
		Short:   "Print a check's page: what, why, example, fix, limits",
		Example: "  mesh-check explain MESH301",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return errors.New("explain takes one check; " + config.Typed() + " checks lists them")
			}
			return nil
		},
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			var words []string
			for _, c := range suite.Checks {
				words = append(words, c.ID+"\t"+c.Name, c.Name+"\t"+c.ID)
			}
			return words, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error {
			id, err := config.CheckID(args[0])
			if err != nil {
				return explainError(args[0], err)
			}
			c, ok := suite.Find(id)
			if !ok {
				return errors.New("explain takes one check; " + config.Typed() + " checks lists them")
			}
			colored, err := wantsColor(color, s.out)
			if err != nil {
				return err
			}
			_, err = fmt.Fprint(s.out, plainPage(suite.Page(c)+"\n\n"+addedText(c), colored))
			return err
		},
	}, g)
}
