package chart

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/render/source"
	"github.com/mesh-check/mesh-check/render/source/sourcetest"
)

// web is a Chart.yaml with more lines behind it.
func web(more string) string { return "apiVersion: v2\nname: web\nversion: 1.0.0\n" + more }

func named(name string) string { return "apiVersion: v2\nname: " + name + "\nversion: 1.2.3\n" }

func loadText(files map[string]string) (*Chart, error) {
	data := map[string][]byte{}
	for name, text := range files {
		data[name] = []byte(text)
	}
	return LoadFiles("web", data)
}

// mustLoad is a chart of files in memory.
func mustLoad(t testing.TB, files map[string]string) *Chart {
	t.Helper()
	c, err := loadText(files)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// onDisk writes files below a fresh directory; "link:x" makes a link to x.
func onDisk(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range slices.Sorted(maps.Keys(files)) {
		at := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
			t.Fatal(err)
		}
		if link, ok := strings.CutPrefix(files[name], "link:"); ok {
			if err := os.Symlink(link, at); err != nil {
				t.Skip("no symbolic links here: ", err)
			}
		} else if err := os.WriteFile(at, []byte(files[name]), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func problems(c *Chart) (texts []string) {
	for _, p := range c.Problems {
		texts = append(texts, p.Error())
	}
	return texts
}

func TestPackagedDependenciesHaveTheirFiles(t *testing.T) {
	inner := sourcetest.Archive(t, map[string]string{"inner/Chart.yaml": named("inner"), "inner/templates/i.yaml": "i: 1\n", "inner/values.yaml": "deep: 1\n"})
	sub := sourcetest.Archive(t, map[string]string{
		"sub/Chart.yaml": named("sub"), "sub/templates/s.yaml": "s: 1\n", "sub/data.txt": "d", "sub/charts/inner-1.2.3.tgz": inner,
	})
	c := mustLoad(t, map[string]string{"Chart.yaml": web(""), "charts/sub-1.2.3.tgz": sub, "templates/a.yaml": "a: 1\n"})
	in, err := c.Prepare(Options{})
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"web/templates/a.yaml":                         "templates/a.yaml",
		"web/charts/sub/templates/s.yaml":              "charts/sub-1.2.3.tgz!sub/templates/s.yaml",
		"web/charts/sub/data.txt":                      "charts/sub-1.2.3.tgz!sub/data.txt",
		"web/charts/sub/charts/inner/templates/i.yaml": "charts/sub-1.2.3.tgz!sub/charts/inner-1.2.3.tgz!inner/templates/i.yaml",
	} {
		for _, f := range []*source.File{c.File(name), in.File(name)} {
			if f == nil || f.Path != want || f.Root != "web" || f.Packaged != strings.Contains(want, "!") {
				t.Errorf("%s is %+v, want %s", name, f, want)
			}
		}
	}
	if step, ok := in.Locate(Path{"sub", "inner", "deep"}); !ok || step.Span.String() != "web/charts/sub-1.2.3.tgz!sub/charts/inner-1.2.3.tgz!inner/values.yaml:1:7" {
		t.Errorf("sub.inner.deep is at %v", step.Span)
	}
}

func TestArchiveAsChart(t *testing.T) {
	dir := onDisk(t, map[string]string{"web.tgz": sourcetest.Archive(t, map[string]string{
		"web/Chart.yaml": web(""), "web/templates/a.yaml": "a: 1\n", "web/link": "link:/etc/passwd",
		"web/ci/b.yaml": "", "web/ci/a.yaml": "", "web/ci/deep/c.yaml": "", "web/charts/sub/Chart.yaml": named("sub"), "web/charts/sub/ci/d.yaml": "",
	})})
	at := filepath.Join(dir, "web.tgz")
	if !IsChart(source.Disk, at) {
		t.Error("an archive is no chart")
	}
	c, err := Load(at)
	if err != nil {
		t.Fatal(err)
	}
	f := c.File("web/templates/a.yaml")
	if f == nil || f.Root != "" || f.Path != filepath.ToSlash(at)+"!web/templates/a.yaml" || f.Packaged {
		t.Errorf("template is %+v", f)
	}
	if in := c.FilesIn("ci"); len(in) != 2 || in[0].Name() != filepath.ToSlash(at)+"!web/ci/a.yaml" || in[1].Name() != filepath.ToSlash(at)+"!web/ci/b.yaml" {
		t.Errorf("in ci/ are %v", in)
	}
	if got := problems(c); len(got) != 1 || !strings.Contains(got[0], "web.tgz!web/link: entry is not a regular file") {
		t.Errorf("problems are %q", got)
	}
}

func TestDirectory(t *testing.T) {
	dir := onDisk(t, map[string]string{
		"chart/Chart.yaml":             "\ufeff" + web(""),
		"chart/.helmignore":            "# no\n*.bak\nskipped/\n",
		"chart/templates/a.yaml":       "\ufeffa: ü\n",
		"chart/templates/b.bak":        "b: {{\n",
		"chart/templates/.c.yaml":      "c: 1\n", // Helm's default rule leaves it out, by this name
		"chart/skipped/x.txt":          "x",
		"chart/files/in":               "link:../templates/a.yaml",
		"chart/files/out":              "link:../../secret",
		"chart/files/absolute":         "link:/etc/hostname",
		"chart/files/nothing":          "link:gone",
		"chart/files/loop":             "link:.",
		"chart/files/self":             "link:self",
		"chart/linked":                 "link:templates",
		"chart/ignored.bak":            "link:../secret",
		"secret":                       "canary",
		"chart/charts/sub/Chart.yaml":  named("sub"),
		"chart/charts/sub/values.yaml": "x: 1\n",
	})
	root := filepath.Join(dir, "chart")
	c, err := Load(root)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for name, f := range c.files {
		names = append(names, name)
		if strings.Contains(string(f.Data), "canary") {
			t.Errorf("%s was read from outside", name)
		}
	}
	slices.Sort(names)
	want := []string{
		".helmignore", "Chart.yaml", "charts/sub/Chart.yaml", "charts/sub/values.yaml",
		"files/in", "linked/.c.yaml", "linked/a.yaml", "templates/a.yaml",
	}
	if !slices.Equal(names, want) {
		t.Errorf("files are %q\nwant %q", names, want)
	}
	if len(c.Problems) != 5 {
		t.Errorf("problems are %q", problems(c))
	}
	for _, p := range c.Problems {
		if !strings.HasPrefix(p.Path, filepath.ToSlash(root)+"/files/") {
			t.Errorf("problem at %q", p.Path)
		}
	}
	f := c.File("web/templates/a.yaml")
	if string(f.Data) != "\ufeffa: ü\n" || string(c.helm.Templates[0].Data) != "a: ü\n" {
		t.Errorf("a byte order mark stays in the file and is not Helm's: %q, %q", f.Data, c.helm.Templates[0].Data)
	}
}

// TestLoadFilesIsLoad holds that a chart in memory is what it is on disk.
func TestLoadFilesIsLoad(t *testing.T) {
	files := map[string]string{
		"Chart.yaml": web(""), ".helmignore": "no/\n*.bak\n", "no/x": "1", "y.bak": "1", "y": "1",
		"templates/a.yaml": "a: 1\n", "charts/.hidden/x": "1", "charts/_README.md": "1",
	}
	disk, err := Load(onDisk(t, files))
	if err != nil {
		t.Fatal(err)
	}
	memory := mustLoad(t, files)
	a, b := slices.Sorted(maps.Keys(disk.files)), slices.Sorted(maps.Keys(memory.files))
	if !slices.Equal(a, b) {
		t.Errorf("on disk %q, in memory %q", a, b)
	}
}

// TestLinkText holds that a link that was checked out as text is told, and that no
// other file is taken for one.
func TestLinkText(t *testing.T) {
	c := mustLoad(t, map[string]string{
		"Chart.yaml": web(""), "files/secret.txt": "../../outside/secret.txt", "files/other.txt": "../../outside/secret.txt",
		"files/lines.txt": "a/lines.txt\n", "files/words.txt": "see a/words.txt", "files/plain.txt": "plain.txt",
	})
	if len(c.Notes) != 1 || !strings.Contains(c.Notes[0], "files/secret.txt contains only the path ../../outside/secret.txt") {
		t.Errorf("notes %q", c.Notes)
	}
}

func TestLoadErrors(t *testing.T) {
	broken := sourcetest.Archive(t, map[string]string{"sub/Chart.yaml": named("sub")})
	broken = broken[:len(broken)-20]
	many := map[string]string{"sub/Chart.yaml": named("sub")}
	for i := range maxFiles {
		many[fmt.Sprintf("sub/%d", i)] = ""
	}
	nested := sourcetest.Archive(t, map[string]string{"a/Chart.yaml": named("a")})
	for range maxArchives {
		nested = sourcetest.Archive(t, map[string]string{"a/Chart.yaml": named("a"), "a/charts/a-1.tgz": nested})
	}
	for name, test := range map[string]struct {
		files map[string]string
		want  string
	}{
		"no Chart.yaml": {map[string]string{"values.yaml": "a: 1\n"},
			"web: Chart.yaml is missing; name a directory that contains a Chart.yaml"},
		"no name": {map[string]string{"Chart.yaml": "apiVersion: v2\nversion: 1.0.0\n"},
			"web/Chart.yaml:1:1: name is required"},
		"version": {map[string]string{"Chart.yaml": "apiVersion: v2\nname: web\nversion: one\n"},
			`web/Chart.yaml:3:10: version "one" is invalid`},
		"null maintainer": {map[string]string{"Chart.yaml": web("maintainers:\n- name: a\n-\n")},
			"web/Chart.yaml:6:2: maintainers must not contain empty or null nodes"},
		"null dependency": {map[string]string{"Chart.yaml": web("dependencies: [~]\n")},
			"web/Chart.yaml:4:16: dependencies must not contain empty or null nodes"},
		"alias": {map[string]string{"Chart.yaml": web("dependencies:\n- name: a\n  version: 1.0.0\n  alias: a.b\n")},
			`web/Chart.yaml:7:10: dependency "a" has disallowed characters in the alias`},
		"Chart.yaml is no YAML": {map[string]string{"Chart.yaml": "name: web\n\tversion: 1\n"},
			"web/Chart.yaml:2:2: is not valid YAML: found a tab character that violates indentation"},
		"Chart.yaml of wrong types": {map[string]string{"Chart.yaml": web("maintainers: me\n")},
			"web/Chart.yaml:4:14: maintainers is a string where a list is expected"},
		"values are no YAML": {map[string]string{"Chart.yaml": web(""), "values.yaml": "a: 1\nb: [1\nc: 2\n"},
			"web/values.yaml:3:1: is not valid YAML: did not find expected ',' or ']'"},
		"values of wrong indentation": {map[string]string{"Chart.yaml": web(""), "values.yaml": "a:\n  b: 1\n  c: 1\n  d: 1\n e: 1\nf: 2\n"},
			"web/values.yaml:5:2: is not valid YAML: did not find expected key"},
		"values are a list": {map[string]string{"Chart.yaml": web(""), "values.yaml": "- 1\n"},
			"web/values.yaml:1:1: the file contains a list where a map is expected"},
		"values of a sub-chart": {map[string]string{"Chart.yaml": web(""), "charts/sub/Chart.yaml": named("sub"), "charts/sub/values.yaml": "a: b: c\n"},
			"web/charts/sub/values.yaml:1:1: is not valid YAML: mapping values are not allowed in this context"},
		"no chart in charts": {map[string]string{"Chart.yaml": web(""), "charts/sub/x.yaml": "a: 1\n"},
			"web/charts/sub: Chart.yaml is missing; remove what is not a chart from charts/, or list it in .helmignore"},
		"loose file in charts": {map[string]string{"Chart.yaml": web(""), "charts/README.md": "x"},
			"web/charts/README.md: is not a chart; remove what is not a chart from charts/, or list it in .helmignore"},
		"helmignore": {map[string]string{"Chart.yaml": web(""), ".helmignore": "a\nb/**\n"},
			"web/.helmignore:2:1: double-star (**) syntax is not supported"},
		"large file": {map[string]string{"Chart.yaml": web(""), "big": strings.Repeat("x", maxFileBytes+1)},
			"web/big: file is larger than 5242880 bytes, the limit of Helm; remove"},
		"broken archive": {map[string]string{"Chart.yaml": web(""), "charts/sub-1.tgz": broken},
			"web/charts/sub-1.tgz: archive is broken: unexpected EOF; package the chart again"},
		"no archive": {map[string]string{"Chart.yaml": web(""), "charts/sub-1.tgz": "x"},
			"web/charts/sub-1.tgz: is not a gzip archive"},
		"empty archive": {map[string]string{"Chart.yaml": web(""), "charts/sub-1.tgz": sourcetest.Archive(t, nil)},
			"web/charts/sub-1.tgz: archive contains no files"},
		"entry outside": {map[string]string{"Chart.yaml": web(""), "charts/sub-1.tgz": sourcetest.Archive(t, map[string]string{"sub/../../x": "1"})},
			`web/charts/sub-1.tgz: entry "sub/../../x" leads out of the archive`},
		"entry beside": {map[string]string{"Chart.yaml": web(""), "charts/sub-1.tgz": sourcetest.Archive(t, map[string]string{"Chart.yaml": "1"})},
			`web/charts/sub-1.tgz: entry "Chart.yaml" is outside the chart's directory`},
		"entry of Windows": {map[string]string{"Chart.yaml": web(""), "charts/sub-1.tgz": sourcetest.Archive(t, map[string]string{`sub\c:\x`: "1"})},
			`web/charts/sub-1.tgz: entry "sub\\c:\\x" is an absolute path`},
		"many entries": {map[string]string{"Chart.yaml": web(""), "charts/sub-1.tgz": sourcetest.Archive(t, many)},
			"web/charts/sub-1.tgz: more than 10000 files in the archive"},
		"archives in archives": {map[string]string{"Chart.yaml": web(""), "charts/a-1.tgz": nested},
			"archives are nested more than 3 deep"},
		"broken sub-chart in an archive": {map[string]string{"Chart.yaml": web(""),
			"charts/sub-1.tgz": sourcetest.Archive(t, map[string]string{"sub/Chart.yaml": "apiVersion: v2\nname: sub\n"})},
			"web/charts/sub-1.tgz!sub/Chart.yaml:1:1: version is required"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := loadText(test.files)
			var e *source.Error
			if !errors.As(err, &e) || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error is %v\nwant %s", err, test.want)
			}
		})
	}
}

// TestNestedArchivesShareOneBudget holds that archives in archives cannot unpack
// to more than one chart may hold.
func TestNestedArchivesShareOneBudget(t *testing.T) {
	files := map[string]string{"sub/Chart.yaml": named("sub")}
	for i := range 7 {
		files[fmt.Sprintf("sub/%d", i)] = strings.Repeat("x", 4<<20)
	}
	one := sourcetest.Archive(t, files)
	_, err := loadText(map[string]string{"Chart.yaml": web(""), "charts/a.tgz": one, "charts/b.tgz": one, "charts/c.tgz": one})
	if err == nil || !strings.Contains(err.Error(), "chart is larger than 67108864 bytes") {
		t.Errorf("error is %v", err)
	}
}

func TestFanOutOfLinksEnds(t *testing.T) {
	files := map[string]string{"Chart.yaml": web("")}
	for i := range 18 {
		files[fmt.Sprintf("files/d%d/a", i)] = fmt.Sprintf("link:../d%d", i+1)
		files[fmt.Sprintf("files/d%d/b", i)] = fmt.Sprintf("link:../d%d", i+1)
		files[fmt.Sprintf("files/d%d/f", i)] = "1"
	}
	files["files/d18/f"] = "1"
	_, err := Load(onDisk(t, files))
	if err == nil || !strings.Contains(err.Error(), "more than 10000 files and directories") {
		t.Errorf("error is %v", err)
	}
}

func TestMissingDependencyIsToldAndTheRestGoesOn(t *testing.T) {
	c := mustLoad(t, map[string]string{"Chart.yaml": web("dependencies:\n- name: redis\n  version: 1.x\n  repository: https://x\n"), "templates/a.yaml": "a: 1\n"})
	want := "web/Chart.yaml:5:9: dependency \"redis\" is declared but missing in charts/; run `helm dependency build`"
	if got := problems(c); len(got) != 1 || got[0] != want {
		t.Errorf("problems are %q", got)
	}
	if _, err := c.Prepare(Options{}); err != nil {
		t.Error(err)
	}
}

func TestAliasKeepsItsRealFolder(t *testing.T) {
	c := mustLoad(t, map[string]string{
		"Chart.yaml":                     web("dependencies:\n- name: sub\n  version: 1.x\n  alias: one\n- name: sub\n  version: 1.x\n  alias: two\n"),
		"charts/folder/Chart.yaml":       named("sub"),
		"charts/folder/templates/x.yaml": "x: 1\n",
	})
	in, err := c.Prepare(Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, alias := range []string{"one", "two"} {
		name := "web/charts/" + alias + "/templates/x.yaml"
		if f := in.File(name); f == nil || f != c.files["charts/folder/templates/x.yaml"] || c.File(name) != f {
			t.Errorf("%s is %+v", name, f)
		}
		step, ok := in.LocateChart("web/charts/"+alias, "Name")
		if !ok || step.Span.Text() != alias || step.Span.File.Path != "Chart.yaml" || step.Name != "name" {
			t.Errorf("name of %s is at %v", alias, step.Span)
		}
	}
	if in.File("web/charts/sub/templates/x.yaml") != nil {
		t.Error("the chart goes by its aliases alone")
	}
}

func TestIsChart(t *testing.T) {
	dir := onDisk(t, map[string]string{"a/Chart.yaml": "x", "b/values.yaml": "x", "c.tgz": "x", "d": gzipMagic})
	for name, want := range map[string]bool{"a": true, "b": false, "c.tgz": false, "d": true, "gone": false} {
		if got := IsChart(source.Disk, filepath.Join(dir, name)); got != want {
			t.Errorf("%s is a chart: %v", name, got)
		}
	}
	for _, name := range []string{"b/values.yaml", "gone"} {
		if _, err := Load(filepath.Join(dir, name)); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("error of %s is %v", name, err)
		}
	}
}
