package lang

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// diskEnv reads below a directory of the test.
func diskEnv(t *testing.T, files map[string]string) Env {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		p := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = root.Close() })
	return Env{
		RootDir: dir, ModuleDir: dir,
		Read: func(p string) ([]byte, error) { return root.ReadFile(filepath.Clean(p)) },
		List: func(p string) ([]fs.DirEntry, error) { return fs.ReadDir(root.FS(), filepath.Clean(p)) },
	}
}

func TestFileFunctions(t *testing.T) {
	env := diskEnv(t, map[string]string{
		"a.txt": "hello world", "bin": "\xff\xfe", "t/list.tftpl": "%{ for a in addrs ~}\nbackend ${a}:${port}\n%{ endfor ~}\n",
		"t/loop.tftpl": "${templatefile(\"t/loop.tftpl\", {})}", "t/bad.tftpl": "a\n${", "t/free.tftpl": "a\n${missing}",
		"t/obj.tftpl": "${jsonencode({a = upper(x)})}", "t/deep.tftpl": strings.Repeat("${\"", 300), "t/type.tftpl": "${xs}",
		"m/x.yaml": "", "m/y.yml": "", "m/sub/z.yaml": "", "m/sub/deep/w.yaml": "",
	})
	for _, c := range []struct{ call, want string }{
		{`file("a.txt")`, `"hello world"`}, {`file("./t/../a.txt")`, `"hello world"`}, {`file("none")`, `!there is no file "none"`},
		{`file("../outside")`, `!"../outside" cannot be read`}, {`file("/etc/passwd")`, `!"/etc/passwd"`}, {`file("~/.ssh/id_rsa")`, `!home`},
		{`file("bin")`, `!UTF-8`}, {`file(text)`, `<unknown>`}, {`file(nothing)`, `!null`}, {`filebase64("bin")`, `"//4="`},
		{`fileexists("a.txt")`, `true`}, {`fileexists("none")`, `false`}, {`fileexists("../a")`, `!"../a" cannot be read`},
		{`filemd5("a.txt") == md5("hello world")`, `true`}, {`filesha1("a.txt") == sha1("hello world")`, `true`},
		{`filesha256("a.txt") == sha256(file("a.txt"))`, `true`}, {`filesha512("a.txt") == sha512("hello world")`, `true`},
		{`filebase64sha256("a.txt") == base64sha256("hello world")`, `true`}, {`filebase64sha512("a.txt") == base64sha512("hello world")`, `true`},
		{`fileset("m", "*.yaml")`, `["x.yaml"]`}, {`fileset("m", "**/*.yaml")`, `["sub/deep/w.yaml","sub/z.yaml","x.yaml"]`},
		{`fileset("m", "*/*.yaml")`, `["sub/z.yaml"]`}, {`fileset(".", "m/*.{yaml,yml}")`, `["m/x.yaml","m/y.yml"]`}, {`fileset("m", "**")`, `["sub/deep/w.yaml","sub/z.yaml","x.yaml","y.yml"]`},
		{`fileset("none", "*")`, `[]`}, {`fileset("m", "x.yaml")`, `["x.yaml"]`}, {`fileset("m", "[")`, `!is not a valid pattern`}, {`fileset("..", "*")`, `!".."`}, {`fileset("m", "../../*")`, `!cannot be read`}, {`fileset("m", text)`, `<unknown>`},
		{`basename(abspath("a.txt"))`, `"a.txt"`}, {`startswith(abspath("."), "/")`, `true`},
		{`templatefile("t/list.tftpl", {port = 8080, addrs = ["10.0.0.1", "10.0.0.2"]})`, `"backend 10.0.0.1:8080\nbackend 10.0.0.2:8080\n"`},
		{`templatefile("t/list.tftpl", {port = text, addrs = []})`, `""`}, {`templatefile("t/list.tftpl", {port = text, addrs = ["a"]})`, `<unknown>`},
		{`templatefile("t/obj.tftpl", {x = "a"})`, `"{\"a\":\"A\"}"`}, {`templatefile("t/type.tftpl", {xs = ["a"]})`, `["a"]`},
		{`templatefile("t/loop.tftpl", {})`, `!cannot call templatefile()`}, {`templatefile("t/bad.tftpl", {})`, `!t/bad.tftpl:2`}, {`templatefile("t/free.tftpl", {})`, `!t/free.tftpl:2: the template has no variable "missing"`},
		{`templatefile("t/deep.tftpl", {})`, `!too deeply`}, {`templatefile("t/none", {})`, `!there is no file`}, {`templatefile("t/obj.tftpl", [])`, `!object`}, {`templatefile("t/obj.tftpl", {"a b" = 1})`, `!name of a variable`}, {`templatefile("bin", {})`, `!UTF-8`},
		{`templatestring("$${a}-$${b}", {a = "x", b = 1})`, `"x-1"`}, {`templatestring("$${c}", {a = "x"})`, `!no variable "c"`}, {`templatestring("$${templatestring(a, {})}", {a = "x"})`, `!cannot call templatestring()`},
		{`templatestring("$${provider::p::f(a)}", {a = "x"})`, `<unknown>`}, {`templatestring(text, {})`, `<unknown>`}, {`templatestring("$${file(\"a.txt\")}", {})`, `"hello world"`},
	} {
		v, err := evaluate(t, env, c.call)
		words, fails := strings.CutPrefix(c.want, "!")
		switch {
		case fails && err == nil:
			t.Errorf("%s gives %s, not an error", c.call, spell(t, v))
		case fails && !strings.Contains(err.Error(), words):
			t.Errorf("%s: the error %q does not say %q", c.call, err, words)
		case fails:
		case err != nil:
			t.Errorf("%s: %v", c.call, err)
		case spell(t, v) != c.want:
			t.Errorf("%s gives %s, not %s", c.call, spell(t, v), c.want)
		}
	}
}

func TestFilesetOfManyFilesIsRefused(t *testing.T) {
	env := Env{List: func(string) ([]fs.DirEntry, error) {
		entries := make([]fs.DirEntry, 0, 50)
		for range 50 {
			entries = append(entries, directory{})
		}
		return entries, nil
	}}
	if _, err := evaluate(t, env, `fileset("x", "**")`); err == nil || !strings.Contains(err.Error(), "more than") {
		t.Errorf("an endless tree: %v", err)
	}
}

// directory is an entry that has itself inside.
type directory struct{ fs.DirEntry }

func (directory) Name() string      { return "d" }
func (directory) Type() fs.FileMode { return fs.ModeDir }
