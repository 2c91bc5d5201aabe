package search

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Addresses of one repository have one id, those of others have another one.
func TestRepositoryID(t *testing.T) {
	for address, want := range map[string]string{
		"https://github.com/acme/shop":                  "github.com/acme/shop",
		"https://github.com/acme/shop.git":              "github.com/acme/shop",
		"https://github.com/Acme/Shop.git/":             "github.com/acme/shop",
		"https://user:token@github.com:443/acme/shop":   "github.com/acme/shop",
		"git@github.com:acme/shop.git":                  "github.com/acme/shop",
		"github.com:acme/shop":                          "github.com/acme/shop",
		"git@github.com:/acme/shop":                     "github.com/acme/shop",
		"ssh://git@github.com/acme/shop.git":            "github.com/acme/shop",
		"ssh://git@github.com:22/acme/shop.git":         "github.com/acme/shop",
		"ssh://git@git.example.com:7999/team/shop.git":  "git.example.com:7999/team/shop",
		"https://git.example.com:8443/team/shop.git":    "git.example.com:8443/team/shop",
		"git://git.example.com/team/shop.git":           "git.example.com/team/shop",
		"https://dev.azure.com/org/project/_git/shop":   "dev.azure.com/org/project/_git/shop",
		"https://github.com/other/shop":                 "github.com/other/shop",
		"https://github.com/acme/shop.github":           "github.com/acme/shop.github",
		"/srv/git/shop.git":                             "",
		"../shop":                                       "",
		"file:///srv/git/shop.git":                      "",
		"https://":                                      "",
		"https://github.com":                            "",
		"":                                              "",
		"https://git.example.com:port/%zz":              "",
		"git@github.com:":                               "",
		"{{ .Values.repo }}":                            "",
		"oci://registry.example.com/charts":             "registry.example.com/charts",
		"https://github.com/acme/shop?ref=main#subpath": "github.com/acme/shop",
	} {
		if got := repositoryID(address); got != want {
			t.Errorf("%q: %q, want %q", address, got, want)
		}
	}
}

// A repository that a remote names is this one, and nothing is noted; the others are taken
// all the same, and told.
func TestArgoRemotes(t *testing.T) {
	const note = "taken for this repository, because the paths are here: "
	config := func(lines string) map[string]string {
		return map[string]string{".git/config": lines}
	}
	for name, c := range map[string]struct {
		files map[string]string
		told  bool
	}{
		"no git":             {nil, true},
		"https":              {config("[core]\n\tbare = false\n[remote \"origin\"]\n\turl = https://git.example.com/a.git\n"), false},
		"ssh":                {config("[remote \"origin\"]\n\turl = git@git.example.com:a\n"), false},
		"a second remote":    {config("[remote \"origin\"]\n\turl = https://git.example.com/fork\n[remote \"upstream\"]\n\turl = https://git.example.com/a\n"), false},
		"what is pushed to":  {config("[remote \"origin\"]\n\turl = /srv/mirror\n\tpushurl = https://git.example.com/a\n"), false},
		"a fork":             {config("[remote \"origin\"]\n\turl = https://git.example.com/fork\n"), true},
		"another section":    {config("[branch \"remote\"]\n\turl = https://git.example.com/a\n"), true},
		"a submodule":        {config("[submodule \"remote\"]\n\turl = https://git.example.com/a\n"), true},
		"the next section":   {config("[remote \"origin\"]\n[branch \"main\"]\n\turl = https://git.example.com/a\n"), true},
		"quotes, a comment":  {config("[Remote \"origin\"] # ours\n  URL = \"https://git.example.com/a\" ; here\n"), false},
		"a comment":          {config("[remote \"origin\"]\n# url = https://git.example.com/a\n"), true},
		"Windows":            {config("[remote \"origin\"]\r\n\turl = https://git.example.com/a\r\n"), false},
		"a worktree":         {map[string]string{".git": "gitdir: /elsewhere/.git/worktrees/a\n"}, true},
		"no text":            {config("\x00\xff[remote \"\n=\n[[[\n"), true},
		"larger than it may": {config("[remote \"origin\"]\n\turl = https://git.example.com/a\n" + strings.Repeat("# filling\n", 200_000)), true},
	} {
		f := found(t, "", c.files)
		if len(f.Releases) != 1 {
			t.Errorf("%s: %d releases", name, len(f.Releases))
		}
		if told := slices.Contains(f.Notes, note+"https://git.example.com/a"); told != c.told {
			t.Errorf("%s: notes %q", name, f.Notes)
		}
	}
}

// Of several repositories only those are noted that no remote names.
func TestArgoOtherRemotes(t *testing.T) {
	other := appText("other", "    path: chart\n    repoURL: https://git.example.com/b\n")
	f := found(t, "", map[string]string{"other.yaml": other, ".git/config": "[remote \"origin\"]\n\turl = https://git.example.com/a\n"})
	if want := "taken for this repository, because the paths are here: https://git.example.com/b"; !slices.Equal(f.Notes, []string{want}) {
		t.Errorf("notes %q", f.Notes)
	}
}

// The configuration of git is not read through a link that leads outside.
func TestArgoRemotesOutside(t *testing.T) {
	outside := t.TempDir()
	if err := os.WriteFile(filepath.Join(outside, "config"), []byte("[remote \"origin\"]\n\turl = https://git.example.com/a\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	found(t, "", nil)
	if err := os.Symlink(outside, ".git"); err != nil {
		t.Skip(err)
	}
	f, err := Find(Options{Root: ".", Dir: "."})
	if err != nil {
		t.Fatal(err)
	}
	if len(f.Notes) != 1 {
		t.Errorf("notes %q", f.Notes)
	}
}

// A password in an address is not repeated.
func TestWithoutUser(t *testing.T) {
	for address, want := range map[string]string{
		"https://user:geheim@git.example.com/a": "https://git.example.com/a", "https://geheim@git.example.com": "https://git.example.com",
		"https://u:ge@heim@git.example.com/a@b": "https://git.example.com/a@b", "https://git.example.com/a@b": "https://git.example.com/a@b",
		"git@git.example.com:a/b": "git@git.example.com:a/b", "oci://u:geheim@registry.example.com/charts/": "oci://registry.example.com/charts",
	} {
		if got := withoutUser(address); got != want {
			t.Errorf("%s: %s, want %s", address, got, want)
		}
	}
	app := appText("a", "    path: chart\n    repoURL: https://user:geheim@git.example.com/a\n") + "---\n" +
		appText("b", "    chart: b\n    repoURL: https://user:geheim@charts.example.com/b\n")
	f := found(t, "", map[string]string{"a.yaml": app, "kustomization.yaml": "helmCharts: [{name: no, repo: 'https://user:geheim@charts.example.com/b'}]\n"})
	if told := fmt.Sprintf("%+v %v %v", f.Undecided, f.Errors, f.Notes); strings.Contains(told, "geheim") || len(f.Undecided) != 2 {
		t.Error(told)
	}
}
