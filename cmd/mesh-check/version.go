package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/cmd/mesh-check/config"
	"github.com/mesh-check/mesh-check/cmd/mesh-check/worker/child"
)

// version is the release; the linker sets it (-X main.version=…). A binary of
// `go install …@v1.2.3` knows its own.
var version = ""

// fallbackVersion is the release that the sources are on the way to.
const fallbackVersion = "0.1.0"

// programVersion is the version without a leading v.
func programVersion() string {
	if version != "" {
		return version
	}
	return builtVersion()
}

// builtVersion is what go has built: it takes long enough to be read once.
var builtVersion = sync.OnceValue(func() string {
	info, ok := debug.ReadBuildInfo()
	if ok && len(info.Main.Version) > 1 && info.Main.Version[0] == 'v' {
		return info.Main.Version[1:]
	}
	return fallbackVersion
})

// releaseVersion is the release that the program is, or is on the way to: a build from
// sources that have no tag has a version such as 0.0.0-20260102150405-0123456789ab.
func releaseVersion() string {
	if v := programVersion(); !strings.HasPrefix(v, "0.0.0-") {
		return v
	}
	return fallbackVersion
}

// minorRelease is the minor release that the program is, or is on the way to: "0.2".
func minorRelease() string { return config.Minor(releaseVersion()) }

func versionText() string {
	return fmt.Sprintf("mesh-check %s (%s, %s/%s)", programVersion(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
}

func versionCommand(s streams) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version",

		DisableFlagsInUseLine: true,
		Args:                  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintf(s.out, "%s\nchecks for %s, which Istio supported on %s, unless --istio-version names others\n",
				versionText(), (&checks.Mesh{}).Target(), checks.SupportedIstioOn())
			if !child.Hard() && err == nil {
				_, err = fmt.Fprintln(s.out, "this system cannot limit the memory of a process: mesh-check compares it with --max-memory every 10 ms")
			}
			return err
		},
	}
}
