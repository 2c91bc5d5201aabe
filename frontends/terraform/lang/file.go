package lang

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"sort"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
)

// The limits of fileset(): how many entries of directories it looks at, and how deep
// it goes.
const (
	maxEntries   = 20_000
	maxDirectory = 64
)

// fileFunctions are the functions that read files, and those about paths that need
// to know where the root is.
func fileFunctions(env Env) map[string]function.Function {
	content := func(result cty.Type, impl func(data []byte) (cty.Value, error)) function.Function {
		return textFunction(result, func(t []string) (cty.Value, error) {
			data, err := env.Content(t[0])
			if err != nil {
				return cty.NilVal, err
			}
			return impl(data)
		}, "path")
	}
	hash := func(d digest, s spelling) function.Function {
		return content(cty.String, func(data []byte) (cty.Value, error) { return cty.StringVal(s(d(data))), nil })
	}
	return map[string]function.Function{
		"file": content(cty.String, utf8Text),
		"filebase64": content(cty.String, func(data []byte) (cty.Value, error) {
			return cty.StringVal(toBase64(data)), nil
		}),
		"filebase64sha256": hash(sha256Sum, toBase64),
		"filebase64sha512": hash(sha512Sum, toBase64),
		"filemd5":          hash(md5Sum, toHex),
		"filesha1":         hash(sha1Sum, toHex),
		"filesha256":       hash(sha256Sum, toHex),
		"filesha512":       hash(sha512Sum, toHex),
		"fileexists": textFunction(cty.Bool, func(t []string) (cty.Value, error) {
			_, err := env.Content(t[0])
			switch {
			case err == nil:
				return cty.True, nil
			case errors.Is(err, fs.ErrNotExist):
				return cty.False, nil
			}
			return cty.NilVal, err
		}, "path"),
		"fileset": textFunction(cty.Set(cty.String), env.Fileset, "path", "pattern"),
		"abspath": textFunction(cty.String, func(t []string) (cty.Value, error) {
			abs, err := filepath.Abs(env.OnDisk(t[0]))
			if err != nil {
				return cty.NilVal, err
			}
			return cty.StringVal(filepath.ToSlash(abs)), nil
		}, "path"),
		"pathexpand": textFunction(cty.String, func(t []string) (cty.Value, error) {
			if strings.HasPrefix(t[0], "~") {
				return UnknownBecause(cty.String, "pathexpand() depends on who runs Terraform"), nil
			}
			return cty.StringVal(t[0]), nil
		}, "path"),
	}
}

var basenameFunc = textFunction(cty.String, func(t []string) (cty.Value, error) {
	return cty.StringVal(path.Base(filepath.ToSlash(t[0]))), nil
}, "path")

var dirnameFunc = textFunction(cty.String, func(t []string) (cty.Value, error) {
	return cty.StringVal(path.Dir(filepath.ToSlash(t[0]))), nil
}, "path")

// OnDisk is a path as the program itself would open it: Terraform takes paths
// relative to the root directory.
func (env Env) OnDisk(p string) string {
	if filepath.IsAbs(p) {
		return filepath.Clean(p)
	}
	return filepath.Join(env.RootDir, p)
}

// Content reads a file; the error names it as the configuration does.
func (env Env) Content(p string) ([]byte, error) {
	switch {
	case strings.HasPrefix(p, "~"):
		return nil, function.NewArgErrorf(0, "%q is in a home directory, which is not read", p)
	case env.Read == nil:
		return nil, function.NewArgErrorf(0, "%q: files are not read here", p)
	}
	data, err := env.Read(p)
	if err != nil {
		return nil, fileError(p, err)
	}
	return data, nil
}

// fileError says which file cannot be read, and why; the path that the file system
// tells again is left out.
func fileError(p string, err error) error {
	var pathError *fs.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return missingFile{p}
	case errors.As(err, &pathError):
		err = pathError.Err
	}
	return fmt.Errorf("%q cannot be read: %w", p, err)
}

// missingFile is the error of a file that is not there.
type missingFile struct{ path string }

func (e missingFile) Error() string { return fmt.Sprintf("there is no file %q", e.path) }
func (missingFile) Unwrap() error   { return fs.ErrNotExist }

// Fileset is the set of the regular files below a directory that match a pattern.
func (env Env) Fileset(t []string) (cty.Value, error) {
	dir, pattern := t[0], t[1]
	if env.List == nil {
		return UnknownBecause(cty.Set(cty.String), "fileset() is not evaluated here"), nil
	}
	pattern = path.Clean(pattern)
	if !doublestar.ValidatePattern(pattern) {
		return cty.NilVal, function.NewArgErrorf(1, "%q is not a valid pattern", pattern)
	}
	// What is before the first wildcard may lead elsewhere (../x/*.yaml).
	fixed, rest := doublestar.SplitPattern(pattern)
	w := fileWalk{env: env, pattern: rest}
	if err := w.walk(path.Join(filepath.ToSlash(dir), fixed), "", 0); err != nil {
		return cty.NilVal, err
	}
	if len(w.found) == 0 {
		return cty.SetValEmpty(cty.String), nil
	}
	sort.Strings(w.found)
	names := make([]cty.Value, len(w.found))
	for i, name := range w.found {
		names[i] = cty.StringVal(path.Join(fixed, name))
	}
	return cty.SetVal(names), nil
}

// fileWalk collects the files that match a pattern.
type fileWalk struct {
	env     Env
	pattern string
	seen    int
	found   []string
}

// walk looks through a directory; below is its path relative to where the pattern
// starts. Links to directories are followed as deep as the limit allows, as Terraform
// follows them; what is outside the directory that may be read is an error where
// the configuration names it, and no match where a link leads there.
func (w *fileWalk) walk(dir, below string, depth int) error {
	entries, err := w.env.List(dir)
	switch {
	case depth == 0 && errors.Is(err, fs.ErrNotExist):
		return nil
	case depth == 0 && err != nil:
		return fileError(dir, err)
	case err != nil:
		return nil
	}
	deep := strings.Contains(w.pattern, "**")
	for _, e := range entries {
		if w.seen++; w.seen > maxEntries {
			return fmt.Errorf("fileset() of %q visits more than %d files", dir, maxEntries)
		}
		name := path.Join(below, e.Name())
		regular := e.Type().IsRegular()
		if e.Type()&fs.ModeSymlink != 0 {
			_, err := w.env.Content(path.Join(dir, e.Name()))
			regular = err == nil
		}
		if regular {
			if match, _ := doublestar.Match(w.pattern, name); match {
				w.found = append(w.found, name)
			}
			continue
		}
		levels := strings.Count(w.pattern, "/")
		if (deep || depth < levels) && depth < maxDirectory {
			if err := w.walk(path.Join(dir, e.Name()), name, depth+1); err != nil {
				return err
			}
		}
	}
	return nil
}
