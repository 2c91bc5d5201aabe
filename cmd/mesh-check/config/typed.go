package config

import (
	"cmp"
	"os"
)

// Program is the program's name, which is that of the plugin too.
const Program = "mesh-check"

// Typed is the command as the user typed it, for hints: Helm tells its plugins where they
// lie and what they are called (helm.sh/docs/topics/plugins).
func Typed() string {
	if os.Getenv("HELM_PLUGIN_DIR") != "" && cmp.Or(os.Getenv("HELM_PLUGIN_NAME"), Program) == Program {
		return "helm " + Program
	}
	return Program
}
