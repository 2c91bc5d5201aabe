// Command newcheck starts a check: its code, its page, its fixtures and its line in
// the suite. What it writes builds, and fails its tests until it is written.
//
//	go run ./checks/checktest/newcheck ID=MESH305 NAME=meaningless-identity-label
package main

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"text/template"
)

//go:embed templates
var templates embed.FS

var (
	idForm   = regexp.MustCompile(`^MESH[1-9]\d\d$`)
	nameForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
)

func main() {
	written, err := run(".", os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "newcheck:", err)
		os.Exit(1)
	}
	for _, name := range written {
		fmt.Println(name)
	}
}

// started is what the templates are filled with.
type started struct{ ID, Name, Var, File string }

// run writes the files of a new check below the project's root, and returns their
// names. Nothing is written over.
func run(root string, args []string) ([]string, error) {
	c, err := parse(args)
	if err != nil {
		return nil, err
	}
	suite := filepath.Join(root, "checks", "suite.go")
	listed, err := addToSuite(suite, c)
	if err != nil {
		return nil, err
	}
	fixture := filepath.Join("testdata", "checks", c.ID)
	chart := filepath.Join(fixture, "chart")
	var written []string
	for name, to := range map[string]string{
		"check.go.tmpl":        filepath.Join("checks", c.File+".go"),
		"check.md.tmpl":        filepath.Join("checks", c.File+".md"),
		"Chart.yaml.tmpl":      filepath.Join(chart, "Chart.yaml"),
		"values.yaml.tmpl":     filepath.Join(chart, "values.yaml"),
		"deployment.yaml.tmpl": filepath.Join(chart, "templates", "deployment.yaml"),
		"main.tf.tmpl":         filepath.Join(fixture, "terraform", "main.tf"),
	} {
		if err := fill(name, filepath.Join(root, to), c); err != nil {
			return nil, err
		}
		written = append(written, to)
	}
	slices.Sort(written)
	return append(written, "checks/suite.go"), os.WriteFile(suite, listed, 0o644)
}

func parse(args []string) (started, error) {
	var c started
	for _, arg := range args {
		switch key, value, _ := strings.Cut(arg, "="); key {
		case "ID":
			c.ID = value
		case "NAME":
			c.Name = value
		default:
			return c, fmt.Errorf("%s: write ID=MESH305 NAME=some-fault", arg)
		}
	}
	switch {
	case !idForm.MatchString(c.ID):
		return c, fmt.Errorf("ID=%s: an id is MESH and three digits, as in ID=MESH305", c.ID)
	case !nameForm.MatchString(c.Name):
		return c, fmt.Errorf("NAME=%s: a name is the fault in lower-case words with hyphens", c.Name)
	}
	c.File = strings.ToLower(c.ID) + "_" + strings.ReplaceAll(c.Name, "-", "_")
	words := strings.Split(c.Name, "-")
	for i, w := range words[1:] {
		words[i+1] = strings.ToUpper(w[:1]) + w[1:]
	}
	c.Var = strings.Join(words, "")
	if c.Var[0] >= '0' && c.Var[0] <= '9' {
		c.Var = "check" + c.Var
	}
	return c, nil
}

// addToSuite returns suite.go with the check's line behind those with smaller ids,
// which it knows by the files of the checks.
func addToSuite(suite string, c started) ([]byte, error) {
	source, err := os.ReadFile(suite)
	if err != nil {
		return nil, fmt.Errorf("run this in the project's root: %w", err)
	}
	head, list, found := strings.Cut(string(source), "var Suite = []*Check{\n")
	if !found {
		return nil, fmt.Errorf("%s has no line var Suite = []*Check{", suite)
	}
	list, tail, _ := strings.Cut(list, "}\n")
	lines := strings.Split(strings.TrimSuffix(list, "\n"), "\n")
	ids, err := idsOfVars(filepath.Dir(suite))
	if err != nil {
		return nil, err
	}
	at := len(lines)
	for i, line := range lines {
		name := strings.TrimSuffix(strings.TrimSpace(line), ",")
		if ids[name] == c.ID || name == c.Var {
			return nil, fmt.Errorf("%s or %s is in the suite already", c.ID, c.Var)
		}
		if ids[name] > c.ID {
			at = i
			break
		}
	}
	lines = slices.Insert(lines, at, "\t"+c.Var+",")
	return []byte(head + "var Suite = []*Check{\n" + strings.Join(lines, "\n") + "\n}\n" + tail), nil
}

var declared = regexp.MustCompile(`(?m)^var (\w+) = &Check\{\s+ID: "(MESH\d+)"`)

// idsOfVars returns the id of each variable that holds a check.
func idsOfVars(dir string) (map[string]string, error) {
	files, err := filepath.Glob(filepath.Join(dir, "mesh*.go"))
	if err != nil {
		return nil, err
	}
	ids := map[string]string{}
	for _, f := range files {
		source, err := os.ReadFile(f)
		if err != nil {
			return nil, err
		}
		for _, m := range declared.FindAllStringSubmatch(string(source), -1) {
			ids[m[1]] = m[2]
		}
	}
	return ids, nil
}

func fill(name, to string, c started) error {
	if _, err := os.Stat(to); !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s is there already", to)
	}
	// Charts are templates themselves, so that these have other marks.
	t, err := template.New(name).Delims("<<", ">>").ParseFS(templates, "templates/"+name)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := t.Execute(&out, c); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	return os.WriteFile(to, out.Bytes(), 0o644)
}
