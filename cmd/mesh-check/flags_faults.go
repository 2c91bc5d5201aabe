package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/mesh-check/mesh-check/cmd/mesh-check/config"
)

// secretFlags are the flags whose value may hold a secret: no error repeats it.
var secretFlags = []string{"set", "set-string", "set-json", "set-literal", "var"}

// flagFault is an error of the command line in one line, without a value that may be a
// secret: that of such a flag, and what is glued to a flag of one letter that is not there
// (-spassword=…).
func flagFault(cmd *cobra.Command, err error) string {
	var invalid *pflag.InvalidValueError
	var unknown *pflag.NotExistError
	switch {
	case errors.As(err, &invalid) && slices.Contains(secretFlags, invalid.GetFlag().Name):
		return fmt.Sprintf("--%s: %v", invalid.GetFlag().Name, errors.Unwrap(invalid))
	case errors.As(err, &unknown) && unknown.GetSpecifiedShortnames() != "":
		if word, _, _ := strings.Cut(unknown.GetSpecifiedShortnames(), "="); len(word) > 2 && slices.Contains(flagNames(cmd), word) {
			return fmt.Sprintf("unknown flag: -%s: did you mean --%s?", word, word)
		}
		return fmt.Sprintf("unknown flag: -%s", string([]rune(unknown.GetSpecifiedName())[:1]))
	case errors.As(err, &unknown):
		name := oneLine(unknown.GetSpecifiedName())
		hint := strings.TrimPrefix(config.DidYouMean(name, flagNames(cmd), ""), "; ")
		if hint = strings.Replace(hint, "did you mean ", ": did you mean --", 1); len([]rune(name)) > longestFlag {
			name = string([]rune(name)[:longestFlag]) + "…"
		}
		return fmt.Sprintf("unknown flag: --%s%s", name, hint)
	}
	return err.Error()
}

// longestFlag is how many code points of a flag that is not known are repeated.
const longestFlag = 60

// flagNames are the flags that a command has and shows.
func flagNames(cmd *cobra.Command) (names []string) {
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if !f.Hidden {
			names = append(names, f.Name)
		}
	})
	return names
}
