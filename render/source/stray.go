package source

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A name on the command line was chosen by whoever calls the program; where a link in a
// repository leads was chosen by whoever wrote the repository, such as a pull request. So
// nothing is read or written through a link that leads out of the repository that it
// is in; without a repository, out of the working directory. Links that lie elsewhere
// (/tmp on some systems, the way to the working directory) are the user's own.

// StrayLink is the error of a name behind a link that leads out of its repository.
type StrayLink struct {
	// Name is the name that was asked about, Link the link on its way.
	Name, Link string
	repository bool // or the working directory
}

// Error is the whole error in one line, without advice.
func (e *StrayLink) Error() string {
	if e.Itself() {
		return Printable(e.Link) + " " + e.What()
	}
	return Printable(e.Name) + " " + e.What()
}

// Itself reports whether the name itself is the link.
func (e *StrayLink) Itself() bool { return filepath.Clean(e.Name) == filepath.Clean(e.Link) }

// What is the error without the name.
func (e *StrayLink) What() string {
	place := "the working directory"
	if e.repository {
		place = "the repository"
	}
	if e.Itself() {
		return "is a link that leads out of " + place
	}
	return fmt.Sprintf("is behind the link %s, which leads out of %s", Printable(e.Link), place)
}

// StrayAdvice is what to do about a StrayLink.
const StrayAdvice = "name the file that it leads to, if that is intended"

// Strayed reports whether a name cannot be opened without following a link out of the
// repository that the link is in; the error is a *StrayLink. Whether the name is there
// at all is not asked: that shows where it is opened.
func Strayed(t Tree, name string) error {
	cwd, err := os.Getwd()
	if err != nil {
		return nil // without a working directory, names lead nowhere
	}
	w := wayfinder{tree: t, left: maxLinks}
	w.cwd = cwd
	if resolved, err := t.Real(cwd); err == nil {
		w.cwd = resolved
	}
	from, rest := w.cwd, name
	if below, ok := strings.CutPrefix(name, strings.TrimSuffix(cwd, separator)+separator); ok && filepath.IsAbs(name) {
		rest = below // the way to the working directory is the user's
	} else if filepath.IsAbs(name) {
		from, rest = rootOf(name)
	}
	_, err = w.follow(from, rest)
	var stray *StrayLink
	if errors.As(err, &stray) {
		stray.Name = name
		stray.Link = w.spelled(stray.Link, name)
		return stray
	}
	return nil
}

// Printable is a text that may hold anything, fit for one line of a message.
func Printable(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\r' || r == '\t':
			return ' '
		case !unicode.IsPrint(r):
			return utf8.RuneError
		}
		return r
	}, text)
}

// separator is between the names of directories.
const separator = string(filepath.Separator)

// maxLinks is how many links one name may lead through, as systems have it.
const maxLinks = 40

// wayfinder follows a name as the system does, one element after the other.
type wayfinder struct {
	tree Tree
	cwd  string // without links
	left int    // how many more links are followed
}

// follow returns where a name leads from a directory, both without links. What is not
// there is taken for a directory or file that may be made.
func (w *wayfinder) follow(dir, name string) (string, error) {
	for _, element := range strings.Split(filepath.FromSlash(name), separator) {
		switch element {
		case "", ".":
			continue
		case "..":
			dir = filepath.Dir(dir)
			continue
		}
		at := filepath.Join(dir, element)
		target, err := w.tree.Readlink(at)
		if err != nil {
			dir = at
			continue
		}
		if dir, err = w.leads(dir, at, target); err != nil {
			return "", err
		}
	}
	return dir, nil
}

// leads returns where a link leads that is in a directory.
func (w *wayfinder) leads(dir, link, target string) (string, error) {
	if w.left--; w.left < 0 {
		return link, nil // the system refuses it too
	}
	from, rest := dir, target
	if served(filepath.VolumeName(target), filepath.VolumeName(dir)) {
		_, repository := w.border(dir)
		return "", &StrayLink{Link: link, repository: repository}
	}
	if filepath.IsAbs(target) {
		from, rest = rootOf(target)
	}
	end, err := w.follow(from, rest)
	if err != nil {
		return "", err
	}
	border, repository := w.border(dir)
	if border != "" && !LiesIn(border, end) {
		return "", &StrayLink{Link: link, repository: repository}
	}
	return end, nil
}

// border is the directory that no link in dir may lead out of; empty where there is
// none.
func (w *wayfinder) border(dir string) (border string, repository bool) {
	if root, is := Repository(w.tree, dir); is {
		return root, true
	}
	if LiesIn(w.cwd, dir) {
		return w.cwd, false
	}
	return "", false
}

// spelled is the real path of a link in the words of the name that leads to it.
func (w *wayfinder) spelled(link, name string) string {
	if info, err := w.tree.Lstat(name); err == nil && info.Mode()&fs.ModeSymlink != 0 {
		if own, err := w.tree.Lstat(link); err == nil && os.SameFile(info, own) {
			return name
		}
	}
	if rel, err := filepath.Rel(w.cwd, link); err == nil && filepath.IsLocal(rel) {
		return filepath.ToSlash(rel)
	}
	return filepath.ToSlash(link)
}

// rootOf splits an absolute path behind its root.
func rootOf(path string) (root, rest string) {
	n := len(filepath.VolumeName(path)) + 1
	return path[:n], path[n:]
}
