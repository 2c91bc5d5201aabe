// Command newcheck starts a check: its code, its page, its fixtures and its line in the
// list of its family. What it writes builds, and fails its tests until it is written.
//
//	go run ./checks/checktest/newcheck ID=MESH305 NAME=meaningless-identity-label KIND=workload
package main

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"go/format"
	"go/token"
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

// kinds are the kinds of objects that there are templates for.
var kinds = []string{"workload", "service", "namespace", "istio"}

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
type started struct {
	ID, Name, Kind, Var, File string
	Release                   string // the minor release that the sources are on the way to
	Family                    family
}

// run writes the files of a new check below the project's root, and returns their
// names. Nothing is overwritten but the list of the family and, for a family's first
// check, that of the families.
func run(root string, args []string) ([]string, error) {
	c, err := parse(args)
	if err != nil {
		return nil, err
	}
	if c.Release, err = releaseOf(root); err != nil {
		return nil, err
	}
	list, text, err := listed(root, c)
	if err != nil {
		return nil, err
	}
	const suite = "checks/suite/suite.go"
	before, err := os.ReadFile(filepath.Join(root, suite))
	if err != nil {
		return nil, fmt.Errorf("run this in the root of the project: %w", err)
	}
	after, err := withFamily(string(before), c.Family)
	if err != nil {
		return nil, err
	}
	written, err := writeFiles(root, c)
	if err != nil {
		return nil, err
	}
	if err := os.WriteFile(filepath.Join(root, list), text, 0o644); err != nil {
		return nil, err
	}
	if after == string(before) {
		return append(written, list), nil
	}
	return append(written, list, suite), os.WriteFile(filepath.Join(root, suite), []byte(after), 0o644)
}

var versionLine = regexp.MustCompile(`(?m)^version: (\d+\.\d+)\.\d+`)

// releaseOf is the minor release of the sources, as the plugin's manifest has it.
func releaseOf(root string) (string, error) {
	manifest, err := os.ReadFile(filepath.Join(root, "plugin.yaml"))
	if err != nil {
		return "", fmt.Errorf("run this in the root of the project: %w", err)
	}
	if m := versionLine.FindSubmatch(manifest); m != nil {
		return string(m[1]), nil
	}
	return "", errors.New("plugin.yaml has no version")
}

// writeFiles writes the files that are the check's own.
func writeFiles(root string, c started) ([]string, error) {
	family, fixture := filepath.Join("checks", c.Family.Folder), filepath.Join("testdata", "checks", c.ID)
	chart := filepath.Join(fixture, "chart")
	files := map[string]string{
		c.Kind + ".go.tmpl":   filepath.Join(family, c.File+".go"),
		c.Kind + ".md.tmpl":   filepath.Join(family, c.File+".md"),
		"Chart.yaml.tmpl":     filepath.Join(chart, "Chart.yaml"),
		"values.yaml.tmpl":    filepath.Join(chart, "values.yaml"),
		c.Kind + ".yaml.tmpl": filepath.Join(chart, "templates", c.Kind+".yaml"),
		c.Kind + ".tf.tmpl":   filepath.Join(fixture, "terraform", "main.tf"),
	}
	for _, to := range files {
		if _, err := os.Stat(filepath.Join(root, to)); !errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("%s already exists", to)
		}
	}
	var written []string
	for name, to := range files {
		if err := fill(name, filepath.Join(root, to), c); err != nil {
			return nil, err
		}
		written = append(written, to)
	}
	slices.Sort(written)
	return written, nil
}

func parse(args []string) (started, error) {
	c := started{Kind: kinds[0]}
	for _, arg := range args {
		switch key, value, _ := strings.Cut(arg, "="); key {
		case "ID":
			c.ID = value
		case "NAME":
			c.Name = value
		case "KIND":
			c.Kind = value
		default:
			return c, fmt.Errorf("%s: write ID=MESH305 NAME=some-fault KIND=workload", arg)
		}
	}
	switch {
	case !idForm.MatchString(c.ID):
		return c, fmt.Errorf("ID=%s: an id is MESH and three digits, as in ID=MESH305", c.ID)
	case !nameForm.MatchString(c.Name):
		return c, fmt.Errorf("NAME=%s: a name is the fault in lower-case words with hyphens", c.Name)
	case !slices.Contains(kinds, c.Kind):
		return c, fmt.Errorf("KIND=%s: the kind of the object is one of %s", c.Kind, strings.Join(kinds, ", "))
	}
	c.File = strings.ToLower(c.ID) + "_" + strings.ReplaceAll(c.Name, "-", "_")
	words := strings.Split(c.Name, "-")
	for i, w := range words[1:] {
		words[i+1] = strings.ToUpper(w[:1]) + w[1:]
	}
	c.Var = strings.Join(words, "")
	if first := c.Var[0]; first >= '0' && first <= '9' || token.IsKeyword(c.Var) || slices.Contains([]string{"checks", "object", "views"}, c.Var) {
		c.Var = "check" + strings.ToUpper(c.Var[:1]) + c.Var[1:]
	}
	var err error
	c.Family, err = familyOf(c.ID)
	return c, err
}

var declared = regexp.MustCompile(`(?m)^var (\w+) = &checks\.Check\{\s+ID: "(MESH\d+)"`)

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
	text, err := filled(name, c)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	return os.WriteFile(to, text, 0o644)
}

// filled returns the text of a template for a check.
func filled(name string, c started) ([]byte, error) {
	// Charts are templates themselves, so that these have other marks.
	t, err := template.New(name).Delims("<<", ">>").ParseFS(templates, "templates/"+name)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := t.Execute(&out, c); err != nil {
		return nil, err
	}
	if strings.HasSuffix(name, ".go.tmpl") {
		return format.Source(out.Bytes())
	}
	return out.Bytes(), nil
}
