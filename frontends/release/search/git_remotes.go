package search

import (
	"net/url"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/mesh-check/mesh-check/frontends/release"
	"github.com/mesh-check/mesh-check/render/source"
)

// maxGitConfig bounds the configuration of a repository in bytes.
const maxGitConfig = 1 << 20

// remotes are the repositories that this one is cloned from and pushed to, as repositoryID
// gives them. Includes are not followed; where .git is a file, as in a worktree or a
// submodule, there are none.
func remotes(r *release.Repository) map[string]bool {
	name := filepath.Join(r.Root, ".git", "config")
	info, err := r.Tree.Stat(name)
	if err != nil || !info.Mode().IsRegular() {
		return nil
	}
	data, err := source.ReadFile(r.Tree, name, maxGitConfig)
	if err != nil {
		return nil
	}
	all, inRemote := map[string]bool{}, false
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "[") {
			inRemote = gitRemote.MatchString(line)
			continue
		}
		key, value, _ := strings.Cut(line, "=")
		if key = strings.ToLower(strings.TrimSpace(key)); inRemote && (key == "url" || key == "pushurl") {
			if id := repositoryID(gitValue(value)); id != "" {
				all[id] = true
			}
		}
	}
	return all
}

// gitRemote is the head of a section of a remote, however it is called.
var gitRemote = regexp.MustCompile(`(?i)^\[\s*remote\s+"`)

// gitValue is a value of git's configuration without its quotes and the comment behind it.
func gitValue(text string) string {
	var b strings.Builder
	quoted := false
	for _, r := range text {
		switch {
		case r == '"':
			quoted = !quoted
		case !quoted && (r == '#' || r == ';'):
			return strings.TrimSpace(b.String())
		default:
			b.WriteRune(r)
		}
	}
	return strings.TrimSpace(b.String())
}

// scpLike is how git writes a repository that it reaches by SSH: git@host:owner/name.
var scpLike = regexp.MustCompile(`^(?:[^/@:]+@)?([^/@:]+):([^/].*|/[^/].*)$`)

// defaultPorts are those that an address need not name.
var defaultPorts = map[string]string{"ssh": "22", "git+ssh": "22", "https": "443", "http": "80", "git": "9418"}

// repositoryID is what the addresses of one repository have in common, whichever the
// protocol is: host and path in lower case, as Argo CD compares them. Empty for a path of
// the machine.
func repositoryID(address string) string {
	address = strings.TrimSpace(address)
	host, name := "", ""
	if strings.Contains(address, "://") {
		u, err := url.Parse(address)
		if err != nil || u.Host == "" {
			return ""
		}
		host, name = u.Host, u.Path
		if u.Port() == defaultPorts[strings.ToLower(u.Scheme)] {
			host = strings.TrimSuffix(host, ":"+u.Port())
		}
	} else if m := scpLike.FindStringSubmatch(address); m != nil {
		host, name = m[1], m[2]
	}
	name = strings.Trim(name, "/")
	name = strings.TrimSuffix(name, ".git")
	if host == "" || name == "" {
		return ""
	}
	return strings.ToLower(host + "/" + name)
}

// withoutUser is an address without who reads it, and the password.
func withoutUser(address string) string {
	scheme, rest, found := strings.Cut(address, "://")
	if !found {
		return address
	}
	host, name, _ := strings.Cut(rest, "/")
	if i := strings.LastIndexByte(host, '@'); i >= 0 {
		return scheme + "://" + strings.TrimSuffix(host[i+1:]+"/"+name, "/")
	}
	return address
}
