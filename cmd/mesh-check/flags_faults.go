package main

import (
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/pflag"
)

// secretFlags are the flags whose value may hold a secret: no error repeats it.
var secretFlags = []string{"set", "set-string", "set-json", "set-literal", "var"}

// flagFault is an error of the command line in one line, without a value that may be a
// secret: that of such a flag, and what is glued to a flag of one letter that is not there
// (-spassword=…).
func flagFault(err error) string {
	var invalid *pflag.InvalidValueError
	var unknown *pflag.NotExistError
	switch {
	case errors.As(err, &invalid) && slices.Contains(secretFlags, invalid.GetFlag().Name):
		return fmt.Sprintf("--%s: %v", invalid.GetFlag().Name, errors.Unwrap(invalid))
	case errors.As(err, &unknown) && unknown.GetSpecifiedShortnames() != "":
		return fmt.Sprintf("unknown flag: -%s", string([]rune(unknown.GetSpecifiedName())[:1]))
	}
	return err.Error()
}
