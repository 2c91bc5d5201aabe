// Command generate writes the table of facts about Istio's and the Gateway API's own
// resources: table.jsonl of the room frontends/object/schema. It is a module of its own
// and no part of the program.
//
// In: the CRDs in the modules istio.io/api (a release each) and sigs.k8s.io/gateway-api,
// which the Go command fetches into the module cache, and sentences.txt. Out: the table,
// with the SHA-256 of every file that it was made of. Names, types, limits and rules are
// taken; texts are not: each rule has our own sentence. It fails at everything that it
// does not understand: a keyword, the form of a oneOf, a function of a rule, a rule
// without a sentence.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// releases are the releases of Istio whose CRDs are read, oldest first: the first patch
// release of each that the module proxy serves.
var releases = []struct{ name, version string }{
	{"1.19", "v1.19.0"}, {"1.20", "v1.20.0"}, {"1.21", "v1.21.0"}, {"1.22", "v1.22.0"}, {"1.23", "v1.23.0"},
	{"1.24", "v1.24.0"}, {"1.25", "v1.25.0"}, {"1.26", "v1.26.0"}, {"1.27", "v1.27.0"}, {"1.28", "v1.28.0"},
	{"1.29", "v1.29.0"}, {"1.30", "v1.30.1"}, {"1.31", "v1.31.0"}, {"1.32", "v1.32.0"},
}

// gatewayAPI is the release of the Gateway API; its experimental channel has all kinds
// and fields of the standard one.
const gatewayAPI = "v1.6.3"

func main() {
	out := flag.String("o", "../table.jsonl", "the file to write")
	flag.Parse()
	text, err := table("sentences.txt")
	if err == nil {
		err = os.WriteFile(*out, text, 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

// table makes the table.
func table(sentences string) ([]byte, error) {
	w, err := newWriter(sentences)
	if err != nil {
		return nil, err
	}
	istio := map[string]*kind{}
	for i, r := range releases {
		dir, err := moduleDir("istio.io/api", r.version)
		if err != nil {
			return nil, err
		}
		path := "kubernetes/customresourcedefinitions.gen.yaml"
		if err := w.read(istio, i, "istio.io/api@"+r.version+"/"+path, filepath.Join(dir, path)); err != nil {
			return nil, err
		}
	}
	gateway := map[string]*kind{}
	dir, err := moduleDir("sigs.k8s.io/gateway-api", gatewayAPI)
	if err != nil {
		return nil, err
	}
	files, err := filepath.Glob(filepath.Join(dir, "config/crd/experimental/gateway*.yaml"))
	if err != nil || len(files) == 0 {
		return nil, fmt.Errorf("%s has no CRDs: %w", dir, err)
	}
	for _, file := range files {
		name := "sigs.k8s.io/gateway-api@" + gatewayAPI + "/config/crd/experimental/" + filepath.Base(file)
		if err := w.read(gateway, 0, name, file); err != nil {
			return nil, err
		}
	}
	return w.write(
		api{kinds: istio, releases: names(), newest: len(releases) - 1},
		api{kinds: gateway, releases: []string{""}},
	)
}

func names() []string {
	var all []string
	for _, r := range releases {
		all = append(all, r.name)
	}
	return all
}

// moduleDir is where a module lies in the module cache; the Go command fetches it if it
// is not there.
func moduleDir(module, version string) (string, error) {
	out, err := exec.Command("go", "mod", "download", "-json", module+"@"+version).Output()
	var found struct{ Dir, Error string }
	if jsonErr := json.Unmarshal(out, &found); jsonErr != nil || found.Dir == "" {
		return "", errors.Join(fmt.Errorf("%s@%s: %s", module, version, found.Error), err)
	}
	return found.Dir, nil
}
