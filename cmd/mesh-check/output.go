package main

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/cmd/mesh-check/config"
	"github.com/mesh-check/mesh-check/render/source"
)

// output is one -o flag: a format, and the file to write; none is standard output.
type output struct{ format, file string }

// parseOutputs reads the -o flags and refuses what cannot be written: unknown
// formats, two reports on standard output, two in one file, a missing directory.
func parseOutputs(flags, formats []string) ([]output, error) {
	if len(flags) == 0 {
		flags = []string{"text"}
	}
	var outputs []output
	taken := map[string]string{}
	for _, flag := range flags {
		format, file, _ := strings.Cut(flag, "=")
		if !slices.Contains(formats, format) {
			return nil, fmt.Errorf("-o %s: unknown format%s", oneLine(flag), config.DidYouMean(format, formats, "one of "+strings.Join(formats, ", ")))
		}
		if strings.Contains(flag, "=") && file == "" {
			return nil, fmt.Errorf("-o %s: no file after =", oneLine(flag))
		}
		if file == "-" {
			file = ""
		}
		key := filepath.Clean(file)
		if file == "" {
			key = "standard output"
		}
		if other, twice := taken[key]; twice {
			return nil, fmt.Errorf("-o %s and -o %s both go to %s; give one a file, as -o %s=FILE", oneLine(other), oneLine(flag), oneLine(key), format)
		}
		taken[key] = flag
		if file != "" {
			if err := refused(source.Disk, "-o "+oneLine(flag), file); err != nil {
				return nil, err
			}
			if info, err := os.Stat(filepath.Dir(file)); err != nil || !info.IsDir() {
				return nil, fmt.Errorf("-o %s: there is no directory %s", oneLine(flag), oneLine(filepath.Dir(file)))
			}
		}
		outputs = append(outputs, output{format, file})
	}
	return outputs, nil
}

// write makes the report and writes it whole or not at all: a file appears under its
// name only when every byte of it is on disk.
func (o output) write(stdout io.Writer, report func(io.Writer) error) error {
	var text bytes.Buffer
	if err := report(&text); err != nil {
		return fmt.Errorf("write %s report: %w", o.format, err)
	}
	return o.put(stdout, text.Bytes())
}

// put writes a report that is there.
func (o output) put(stdout io.Writer, text []byte) (err error) {
	if o.file == "" {
		_, err = stdout.Write(text)
	} else {
		err = replaceFile(o.file, text)
	}
	if err != nil {
		return fmt.Errorf("write %s report: %w", o.format, err)
	}
	return nil
}

// replaceFile writes a file beside the target and renames it, so that readers see
// the old content or the new one, also after a power cut. A target that is no regular
// file (a pipe, a device) is written as it is; behind a link its target is replaced,
// unless the link leads out of the repository: it may have come since the flags were read.
func replaceFile(name string, data []byte) (err error) {
	if err := source.Strayed(source.Disk, name); err != nil {
		return err
	}
	switch info, statErr := os.Stat(name); {
	case statErr == nil && info.IsDir():
		return &fs.PathError{Op: "write", Path: name, Err: errors.New("is a directory")}
	case statErr == nil && !info.Mode().IsRegular():
		return os.WriteFile(name, data, 0o666)
	case statErr == nil:
		if name, err = filepath.EvalSymlinks(name); err != nil {
			return err
		}
	}
	temp := filepath.Join(filepath.Dir(name), ".mesh-check."+rand.Text())
	f, err := unfinished.create(temp)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(temp)
		}
		unfinished.forget(temp)
	}()
	_, err = f.Write(data)
	if synced := f.Sync(); err == nil && !errors.Is(synced, errors.ErrUnsupported) {
		err = synced
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	return os.Rename(temp, name)
}
