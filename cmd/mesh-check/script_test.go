package main

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"flag"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/mesh-check/mesh-check/checks/suite"
	"github.com/mesh-check/mesh-check/cmd/mesh-check/worker"
	"github.com/mesh-check/mesh-check/cmd/mesh-check/worker/child"
)

var update = flag.Bool("update", false, "rewrite the expected outputs")

func TestMain(m *testing.M) {
	if child.Is(os.Args[1:]) { // the tests' own workers are this program too
		if release, odd := strings.CutPrefix(os.Args[0], oddSuite); odd {
			suite.Checks, version = oddChecks(), strings.TrimSpace(release)
		}
		os.Exit(worker.Serve(serve))
	}
	testscript.Main(cleaning{m}, map[string]func(){"mesh-check": main})
}

// TestScript runs the command-line sessions of testdata/script. `make golden`
// rewrites their expected outputs.
func TestScript(t *testing.T) {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join(root, "testdata", "script"),
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("DEMO", filepath.Join(root, "testdata", "charts", "demo"))
			return os.CopyFS(filepath.Join(env.WorkDir, "demo"), os.DirFS(filepath.Join(root, "testdata", "charts", "demo")))
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"code":      exitCode,
			"snapshot":  snapshot,
			"validjson": validJSON,
			"place":     provenPlace,
			"unproven":  unprovenPlace,
			"blamed":    blamedPlace,
			"pack":      pack,
		},
	})
}

// exitCode is the command `code N mesh-check ARGS…`: it runs the program and demands
// an exit code. Standard output and standard error are kept in the files stdout and
// stderr of the working directory.
func exitCode(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: code N program args...")
	}
	err := ts.Exec(args[1], args[2:]...)
	stdout, stderr := ts.ReadFile("stdout"), ts.ReadFile("stderr")
	got := "0"
	if err != nil {
		m := regexp.MustCompile(`exit status (\d+)`).FindStringSubmatch(err.Error())
		if m == nil {
			ts.Fatalf("%v ended without an exit code: %v\n%s", args[1:], err, stderr)
		}
		got = m[1]
	}
	if lost := lostProof.FindString(stdout + stderr); lost != "" && ts.Getenv(unprovenHere) == "" {
		ts.Fatalf("%q is in an output, and %s, which gives the reason, is not set:\n%s%s", lost, unprovenHere, stdout, stderr)
	}
	if got != args[0] {
		ts.Fatalf("exit code %s, want %s\nstdout:\n%s\nstderr:\n%s", got, args[0], stdout, stderr)
	}
}

// snapshot is the command `snapshot PLAN.BIN FILE.tf…`: it writes a binary plan, as far as
// it matters here, with the files as the configuration of the root module.
func snapshot(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: snapshot plan file...")
	}
	var b bytes.Buffer
	archive := zip.NewWriter(&b)
	add := func(name, text string) {
		w, err := archive.Create(name)
		ts.Check(err)
		_, err = io.WriteString(w, text)
		ts.Check(err)
	}
	add("tfconfig/modules.json", `[{"Key":"","Dir":"."}]`)
	for _, name := range args[1:] {
		add("tfconfig/m-/"+filepath.Base(name), ts.ReadFile(name))
	}
	ts.Check(archive.Close())
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), b.Bytes(), 0o644))
}

// validJSON is the command `validjson FILE…`.
func validJSON(ts *testscript.TestScript, neg bool, args []string) {
	for _, name := range args {
		var v any
		err := json.Unmarshal([]byte(ts.ReadFile(name)), &v)
		if (err != nil) != neg {
			ts.Fatalf("%s: JSON error: %v", name, err)
		}
	}
}
