package source_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/render/source"
)

// lay makes files of their own names, directories (behind a slash) and links
// (name -> target) in a directory.
func lay(t *testing.T, dir string, what ...string) string {
	t.Helper()
	for _, one := range what {
		name, target, isLink := strings.Cut(one, " -> ")
		full := filepath.Join(dir, name)
		err := os.MkdirAll(filepath.Dir(full), 0o755)
		switch {
		case err != nil:
		case isLink:
			err = os.Symlink(strings.ReplaceAll(target, "ROOT", dir), full)
		case strings.HasSuffix(name, "/"):
			err = os.MkdirAll(full, 0o755)
		default:
			err = os.WriteFile(full, []byte("text of "+name), 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

var files = []string{
	"a.yaml", "sub/b.yaml", "sub/deep/c.yaml", "empty/", "file -> sub/b.yaml", "dir -> sub", "sub/up -> ../a.yaml",
	"nothing -> gone", "round -> round", "outside -> ROOT/../else/x", "outsideDir -> ../else",
}

// told is everything that a tree says of a directory: names, kinds, sizes, texts, where
// links lead, and errors without the place of the directory.
func told(t source.Tree, dir, place string) string {
	var b strings.Builder
	say := func(format string, args ...any) {
		b.WriteString(strings.ReplaceAll(fmt.Sprintf(format, args...), place, "HERE") + "\n")
	}
	_ = source.Walk(t, dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			say("%s: %v", name, err)
			return nil
		}
		say("%s: %s %v", name, d.Name(), d.Type())
		if info, err := t.Stat(name); err != nil {
			say("  stat: %v", source.Cause(err))
		} else if !info.IsDir() {
			say("  stat: %s %d %v", info.Name(), info.Size(), info.Mode().Type())
		}
		if info, err := t.Lstat(name); err == nil {
			say("  lstat: %s %v", info.Name(), info.Mode().Type())
		}
		data, err := source.ReadFile(t, name, 1000)
		say("  read: %q %v", data, err != nil)
		target, err := t.Readlink(name)
		say("  link: %s %v", target, err != nil)
		path, err := t.Real(name)
		say("  real: %s %v", path, err != nil)
		return nil
	})
	return b.String()
}

// TestOverlay holds that an overlay says what the disk says when its bytes are written
// there: of all files, named directly, through links, and as a tree of its own.
func TestOverlay(t *testing.T) {
	for _, edit := range []string{"a.yaml", "sub/b.yaml", "sub/deep/c.yaml", "sub/new.yaml", "empty/new.yaml", "fresh/more/new.yaml", "file", "dir/b.yaml", "dir/new.yaml"} {
		t.Run(edit, func(t *testing.T) {
			kept, written := lay(t, filepath.Join(t.TempDir(), "root"), files...), lay(t, filepath.Join(t.TempDir(), "root"), files...)
			for _, dir := range []string{kept, written} {
				lay(t, filepath.Join(filepath.Dir(dir), "else"), "x")
			}
			text := []byte("edited, and longer than it was")
			full := filepath.Join(written, edit)
			if err := errors.Join(os.MkdirAll(filepath.Dir(full), 0o755), os.WriteFile(full, text, 0o644)); err != nil {
				t.Fatal(err)
			}
			over := source.Overlay(source.Disk, map[string][]byte{filepath.Join(kept, edit): text})
			want, got := told(source.Disk, written, written), told(over, kept, kept)
			if want = strings.ReplaceAll(want, filepath.Dir(written), "UP"); want != strings.ReplaceAll(got, filepath.Dir(kept), "UP") {
				t.Errorf("the disk says\n%s\nthe overlay says\n%s", want, got)
			}
			if strings.Count(got, string(text)) == 0 {
				t.Error("the edit is not there")
			}
			a, b := sub(t, source.Disk, written), sub(t, over, kept)
			if want, got := told(a, ".", written), told(b, ".", kept); want != got {
				t.Errorf("as a tree of its own, the disk says\n%s\nthe overlay says\n%s", want, got)
			}
			if strings.HasPrefix(edit, "sub/") || strings.HasPrefix(edit, "fresh/") {
				if want, got := told(sub(t, a, "sub"), ".", written), told(sub(t, b, "sub"), ".", kept); want != got {
					t.Errorf("of sub, the disk says\n%s\nthe overlay says\n%s", want, got)
				}
			}
			if strings.HasPrefix(edit, "fresh/") {
				if want, got := told(sub(t, a, "fresh"), ".", written), told(sub(t, b, "fresh"), ".", kept); want != got {
					t.Errorf("of fresh, the disk says\n%s\nthe overlay says\n%s", want, got)
				}
			}
		})
	}
}

func sub(t *testing.T, tree source.Tree, dir string) source.Rooted {
	t.Helper()
	s, err := tree.Sub(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// TestRooted holds that nothing leads out of a tree of its own, under edits or not, and
// that an edit outside of it is not seen in it.
func TestRooted(t *testing.T) {
	dir := lay(t, filepath.Join(t.TempDir(), "root"), files...)
	lay(t, filepath.Join(filepath.Dir(dir), "else"), "x")
	over := source.Overlay(source.Disk, map[string][]byte{filepath.Join(dir, "../else/x"): []byte("new"), filepath.Join(dir, "a.yaml"): []byte("new")})
	for name, tree := range map[string]source.Tree{"disk": source.Disk, "overlay": over} {
		s := sub(t, tree, dir)
		for _, out := range []string{"outside", "outsideDir/x", "../else/x", "../root/a.yaml"} {
			if _, err := s.Open(out); !source.IsOutside(err) {
				t.Errorf("%s: Open %s: %v", name, out, err)
			}
			if _, err := s.OpenAtOnce(out); !source.IsOutside(err) {
				t.Errorf("%s: OpenAtOnce %s: %v", name, out, err)
			}
			if _, err := s.Stat(out); !source.IsOutside(err) {
				t.Errorf("%s: Stat %s: %v", name, out, err)
			}
			if _, err := s.Real(out); !source.IsOutside(err) {
				t.Errorf("%s: Real %s: %v", name, out, err)
			}
			if _, err := s.Sub(out); err == nil {
				t.Errorf("%s: Sub %s: opened", name, out)
			}
		}
		if _, err := s.Stat("a.yaml"); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestWithin holds that a bounded tree gives nothing from outside of its border, and does
// not tell what is there.
func TestWithin(t *testing.T) {
	dir := lay(t, filepath.Join(t.TempDir(), "root"), files...)
	lay(t, filepath.Join(filepath.Dir(dir), "else"), "x")
	b, err := source.Within(source.Overlay(source.Disk, map[string][]byte{filepath.Join(dir, "sub/b.yaml"): []byte("new")}), dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"outside", "outsideDir/x", "outsideDir", "../else/x", "../else/gone", ".."} {
		name = filepath.Join(dir, name)
		_, open := b.Open(name)
		_, atOnce := b.OpenAtOnce(name)
		_, stat := b.Stat(name)
		_, lstat := b.Lstat(name)
		_, list := b.ReadDir(name)
		_, link := b.Readlink(name)
		_, path := b.Real(name)
		_, sub := b.Sub(name)
		for _, err := range []error{open, atOnce, stat, lstat, list, link, path, sub, b.Inside(name)} {
			if !errors.Is(err, source.ErrOutside) {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	if data, err := source.ReadFile(b, filepath.Join(dir, "file"), 100); err != nil || string(data) != "new" {
		t.Errorf("an edited file behind a link: %q, %v", data, err)
	}
	if _, err := b.Stat(filepath.Join(dir, "gone")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("what is not there: %v", err)
	}
	if _, err := source.Within(source.Disk, filepath.Join(dir, "gone")); err == nil {
		t.Error("a border that is not there")
	}
}

// TestWalk holds that Walk goes the way of filepath.WalkDir, whatever is skipped.
func TestWalk(t *testing.T) {
	dir := lay(t, t.TempDir(), files...)
	for _, skip := range []error{nil, fs.SkipDir, fs.SkipAll, errors.New("fault")} {
		for _, at := range []string{"", "a.yaml", "sub", "sub/b.yaml", "sub/deep"} {
			visit := func(seen *[]string) fs.WalkDirFunc {
				return func(name string, _ fs.DirEntry, err error) error {
					if *seen = append(*seen, fmt.Sprint(name, err)); name == filepath.Join(dir, at) {
						return skip
					}
					return nil
				}
			}
			var want, got []string
			wantErr, gotErr := filepath.WalkDir(dir, visit(&want)), source.Walk(source.Disk, dir, visit(&got))
			if fmt.Sprint(want, wantErr) != fmt.Sprint(got, gotErr) {
				t.Errorf("%v at %s:\n%v %v\nwant\n%v %v", skip, at, got, gotErr, want, wantErr)
			}
		}
	}
	var seen []error
	_ = source.Walk(source.Disk, filepath.Join(dir, "gone"), func(_ string, _ fs.DirEntry, err error) error {
		seen = append(seen, err)
		return nil
	})
	if len(seen) != 1 || !errors.Is(seen[0], fs.ErrNotExist) {
		t.Errorf("a directory that is not there: %v", seen)
	}
}

// TestRepository holds where the root of a repository is.
func TestRepository(t *testing.T) {
	dir := lay(t, t.TempDir(), "repo/.git/", "repo/a/b/", "tree/.git", "tree/a/", "plain/a/")
	for name, want := range map[string]string{"repo/a/b": "repo", "repo": "repo", "tree/a": "tree"} {
		if root, is := source.Repository(source.Disk, filepath.Join(dir, name)); !is || root != filepath.Join(dir, want) {
			t.Errorf("%s: %s, %v", name, root, is)
		}
	}
	if root, is := source.Repository(source.Disk, filepath.Join(dir, "plain/a")); is || root != filepath.Join(dir, "plain/a") {
		t.Skipf("the directory for temporary files lies in a repository: %s", root)
	}
}
