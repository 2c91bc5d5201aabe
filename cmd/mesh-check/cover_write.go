package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/mesh-check/mesh-check/frontends/helm"
	"github.com/mesh-check/mesh-check/render/source"
	"github.com/mesh-check/mesh-check/sarif/view"
)

// ciFile is a values file that --write-ci writes.
type ciFile struct {
	Name   string // such as ci/explored-1-values.yaml
	Data   []byte
	Lines  int      // that it reaches, and nothing before it
	Beside []string // settings that it cannot hold
}

// ciMade are the files, and what they do not reach.
type ciMade struct {
	Files []ciFile
	Left  []helm.CILeft
}

// maxCI bounds a file that is compared with one to be written, in bytes.
const maxCI = 5 << 20

// ciDir is the directory of --write-ci: ci/ of a chart.
func ciDir(dir string) string {
	if helm.IsChart(source.Disk, dir) {
		return filepath.Join(dir, "ci")
	}
	return dir
}

// writableCI is the error of a directory into which --write-ci cannot write; nil for none.
func writableCI(dir string) error {
	if dir == "" {
		return nil
	}
	if err := refused(source.Disk, "--write-ci", dir); err != nil {
		return err
	}
	name := ciDir(dir)
	info, err := source.Disk.Lstat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if above, err := source.Disk.Stat(filepath.Dir(name)); err != nil || !above.IsDir() {
			return fmt.Errorf("--write-ci %s: there is no directory %s", oneLine(dir), oneLine(filepath.ToSlash(filepath.Dir(name))))
		}
	case err != nil:
		return unreadable("--write-ci", name, err)
	case info.Mode()&fs.ModeSymlink != 0:
		return fmt.Errorf("--write-ci %s: is a link, which is not followed; name the directory itself", oneLine(filepath.ToSlash(name)))
	case !info.IsDir():
		return fmt.Errorf("--write-ci %s: is not a directory", oneLine(filepath.ToSlash(name)))
	}
	return nil
}

// writeCI writes values files into a directory, all or none; those that are there with the same
// content stay. It tells what it wrote, and what the files do not reach.
func writeCI(stderr io.Writer, dir string, c *coverChart, made ciMade) error {
	if err := writableCI(dir); err != nil { // it may be another one since the flags were read
		return err
	}
	dir = ciDir(dir)
	var missing []ciFile
	files := made.Files
	for _, f := range files {
		is, err := sameFile(f.target(dir), f.Data)
		if err != nil {
			return err
		}
		if !is {
			missing = append(missing, f)
		}
	}
	if _, err := source.Disk.Lstat(dir); errors.Is(err, fs.ErrNotExist) && len(missing) > 0 {
		if err := os.Mkdir(dir, 0o777); err != nil {
			return fmt.Errorf("--write-ci: %w", err)
		}
	}
	for _, f := range missing {
		if err := createFile(f.target(dir), f.Data); err != nil {
			return fmt.Errorf("--write-ci: %w", err)
		}
	}
	for _, f := range files {
		told := "there already"
		for _, m := range missing {
			if m.Name == f.Name {
				told = "written"
			}
		}
		text := fmt.Sprintf("%s: %s: reaches %s more", filepath.ToSlash(f.target(dir)), told, countOf(f.Lines, "line"))
		if len(f.Beside) > 0 {
			text += "; no values file can hold " + strings.Join(f.Beside, " ")
		}
		fmt.Fprintln(stderr, "mesh-check: "+wholeLine(text))
	}
	for _, left := range made.Left {
		text := fmt.Sprintf("%s: none of these files reaches %s that exploring reaches: %s", c.Chart, countOf(left.Lines, "line"), left.Why)
		fmt.Fprintln(stderr, "mesh-check: note: "+wholeLine(text))
	}
	if len(files) == 0 {
		fmt.Fprintln(stderr, "mesh-check: note: "+oneLine(c.Chart)+": there is nothing to write: exploring reaches nothing that a values file would add")
	}
	return nil
}

// wholeLine is a text in one line, as oneLine is, of any length: settings may be long, and are of no use in part.
func wholeLine(text string) string { return view.Line(strings.ReplaceAll(text, "\t", " ")) }

// target is where the file is written: nowhere but right in the directory, whatever it is called.
func (f ciFile) target(dir string) string { return filepath.Join(dir, path.Base(f.Name)) }

// sameFile reports whether a file is there with some content; the error is that of one with another
// content, or that is not a file.
func sameFile(name string, data []byte) (bool, error) {
	shown := oneLine(filepath.ToSlash(name))
	info, err := source.Disk.Lstat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return false, nil
	case err != nil:
		return false, unreadable("--write-ci", name, err)
	case !info.Mode().IsRegular():
		return false, fmt.Errorf("--write-ci: %s: is not a regular file and is not overwritten", shown)
	}
	there, err := source.ReadFile(source.Disk, name, maxCI)
	if err != nil {
		return false, unreadable("--write-ci", name, err)
	}
	if !bytes.Equal(there, data) {
		return false, fmt.Errorf("--write-ci: %s: already exists with other content and is not overwritten; remove it first", shown)
	}
	return true, nil
}
