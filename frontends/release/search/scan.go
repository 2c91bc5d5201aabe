package search

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/frontends/release"
	"github.com/mesh-check/mesh-check/render/source"
)

// Mentioned reports whether some file of a repository can declare releases, by words that it has: what Find
// need not look into, most repositories, costs no more than reading it once. The files that it
// reads are regular and not behind links, so that none of them lies elsewhere.
func Mentioned(t source.Tree, root string) (mentioned bool) {
	s := scanner{tree: source.Or(t), buffer: make([]byte, 64<<10)}
	entries := 0
	_ = source.Walk(s.tree, root, func(name string, d fs.DirEntry, err error) error {
		if entries++; entries > release.MaxFiles {
			return fs.SkipAll // Find says so
		}
		switch {
		case err != nil:
			return nil //nolint:nilerr // what is to be analyzed there is an error of its own
		case d.IsDir() && slices.Contains(release.SkippedDirs, d.Name()):
			return fs.SkipDir
		case d.Type().IsRegular() && (isManifest(name) || inTemplates(name)) && s.mentions(name):
			mentioned = true
			return fs.SkipAll
		}
		return nil
	})
	return mentioned
}

// isManifest reports whether a file is one that manifests are in, by its name.
func isManifest(name string) bool {
	return slices.Contains([]string{".yaml", ".yml", ".json"}, strings.ToLower(filepath.Ext(name))) || filepath.Base(name) == "Kustomization"
}

// inTemplates reports whether a file may be a template, whatever its name ends in.
func inTemplates(name string) bool {
	return strings.Contains(filepath.ToSlash(name), "/templates/")
}

// scanner looks for words in files, and holds no more of them than its buffer.
type scanner struct {
	tree   source.Tree
	buffer []byte
}

// mentions reports whether a file has what a declaration has. So does one that cannot be read, or
// not as a whole: Find reports it.
func (s *scanner) mentions(name string) bool {
	f, err := s.tree.OpenAtOnce(name)
	if err != nil {
		return true
	}
	defer f.Close()
	n := 0
	for {
		if n == len(s.buffer) {
			if n > maxDeclaration {
				return true
			}
			s.buffer = append(s.buffer, make([]byte, n)...)
		}
		more, err := f.Read(s.buffer[n:])
		n += more
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return true
		}
	}
	if strings.HasPrefix(strings.ToLower(filepath.Base(name)), "kustomization") {
		return bytes.Contains(s.buffer[:n], []byte("helmCharts"))
	}
	return declares(s.buffer[:n])
}
