package chart

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"path"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/mesh-check/mesh-check/render/source"
)

const gzipMagic = "\x1f\x8b\x08"

// readArchive reads a chart from a .tgz. Nothing is written to disk.
func readArchive(t source.Tree, file string) (*fileSet, error) {
	s := newFileSet("", file)
	f, err := t.Open(file)
	if err != nil {
		return nil, &source.Error{What: OneLine(cannotRead(err)), Path: file, Err: err}
	}
	defer f.Close()
	err = s.untar(f, filepath.ToSlash(file), func(top, name string, data []byte) error {
		at := filepath.ToSlash(file) + "!" + path.Join(top, name)
		return s.add(name, source.NewFile("", at, data))
	})
	if err != nil {
		return nil, err
	}
	return s, nil
}

// isPackage reports whether Helm's loader takes a file for a packaged sub-chart.
func isPackage(name string) bool {
	dir, base := path.Split(name)
	if path.Base(dir) != "charts" || path.Ext(base) != ".tgz" || strings.IndexAny(base, "_.") == 0 {
		return false
	}
	// Only the charts/ of a chart counts: the top, or one directly below a sub-chart.
	parts := strings.Split(strings.TrimSuffix(dir, "/"), "/")
	for i, part := range parts {
		if i%2 == 0 && part != "charts" || i%2 == 1 && strings.IndexAny(part, "_.") == 0 {
			return false
		}
	}
	return len(parts)%2 == 1
}

// unpack takes the files of a packaged sub-chart into the set, as if the archive
// were a directory named charts/sub-1.0.0.tgz!sub.
func (s *fileSet) unpack(name string, archive *source.File) error {
	if strings.Count(name, ".tgz!") >= maxArchives {
		return s.limit(name, "archives are nested more than %d deep", maxArchives)
	}
	folder := ""
	return s.untar(bytes.NewReader(archive.Data), archive.Name(), func(top, rest string, data []byte) error {
		if folder == "" {
			folder = name + "!" + top
		}
		f := source.NewFile(archive.Root, archive.Path+"!"+path.Join(top, rest), data)
		f.Packaged = s.root != "" || strings.Contains(name, ".tgz")
		return s.add(folder+"/"+rest, f)
	})
}

// windowsPath is an absolute path that hides behind a relative one.
var windowsPath = regexp.MustCompile(`^[a-zA-Z]:/`)

// untar reads a gzipped tar file within the limits of the set and hands each
// file on: its top directory, its name below that, its content.
func (s *fileSet) untar(in io.Reader, archive string, take func(top, name string, data []byte) error) error {
	fault := func(what string, err error) error {
		return &source.Error{What: what, Path: pathText(archive), Do: "package the chart again with `helm package`", Err: err}
	}
	zip, err := gzip.NewReader(in)
	if err != nil {
		return fault("is not a gzip archive", err)
	}
	defer zip.Close()
	// A tar file pads each entry, and long names cost entries of their own, so
	// that the raw stream may be larger than the files, but not without bound.
	stream := &io.LimitedReader{R: zip, N: maxTotalBytes + maxFiles*4096}
	files := 0
	for tr := tar.NewReader(stream); ; {
		hd, err := tr.Next()
		switch {
		case errors.Is(err, io.EOF):
			if files == 0 {
				return fault("archive contains no files", nil)
			}
			return nil
		case err != nil && stream.N <= 0:
			return s.archiveLimit(archive, "archive is larger than %d bytes unpacked", maxTotalBytes)
		case err != nil:
			return fault("archive is broken: "+OneLine(err.Error()), err)
		case hd.FileInfo().IsDir(), hd.Typeflag == tar.TypeXGlobalHeader:
			continue
		}
		if s.count++; s.count > maxFiles {
			return s.archiveLimit(archive, "more than %d files in the archive", maxFiles)
		}
		top, name, what := entryName(hd.Name)
		switch {
		case what != "":
			return fault("entry "+quoted(hd.Name)+" "+what, nil)
		case !hd.FileInfo().Mode().IsRegular():
			s.problems = append(s.problems, &source.Error{
				What: "entry is not a regular file and was skipped", Path: pathText(archive + "!" + hd.Name),
				Do: "put the file itself into the chart",
			})
			continue
		case hd.Size > maxFileBytes:
			return s.archiveLimit(archive+"!"+hd.Name, "file is larger than %d bytes, the limit of Helm", maxFileBytes)
		}
		data, err := io.ReadAll(io.LimitReader(tr, maxFileBytes+1))
		if err != nil {
			return fault("archive is broken: "+OneLine(err.Error()), err)
		}
		files++
		if err := take(top, name, data); err != nil {
			return err
		}
	}
}

func (s *fileSet) archiveLimit(name, format string, limit int) error {
	e := s.limit("", format, limit)
	e.Path, e.Do = pathText(name), "remove what is not part of the chart from the archive"
	return e
}

// entryName splits the name of an archive's entry into the chart's directory and
// the path below it, as Helm does, and says what is wrong with it, if anything.
func entryName(full string) (top, name, what string) {
	full = strings.ReplaceAll(full, `\`, "/") // packaged on Windows
	top, rest, found := strings.Cut(full, "/")
	switch {
	case !found && top == "Chart.yaml":
		return "", "", "is outside the chart's directory"
	case strings.HasPrefix(rest, "/"):
		return "", "", "is an absolute path"
	}
	name = path.Clean(rest)
	switch {
	case name == ".":
		return "", "", "is outside the chart's directory"
	case top == "..", name == "..", strings.HasPrefix(name, "../"):
		return "", "", "leads out of the archive"
	case windowsPath.MatchString(name):
		return "", "", "is an absolute path"
	}
	return top, name, ""
}
