package main

import (
	"bytes"
	"cmp"
	"fmt"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/mesh-check/mesh-check/frontends/release"
	"github.com/mesh-check/mesh-check/frontends/release/remote"
	"github.com/mesh-check/mesh-check/render/source"
)

// pulled is the directory of charts where the configuration names none.
const pulled = "charts"

// pull are the commands that fetch the remote charts that are not here, each once; what cannot be
// fetched so is a comment. Names are those of strangers: none of them becomes another word of a
// command, or another command.
func (l *releaseList) pull(root string) []byte {
	var b bytes.Buffer
	seen := map[remote.Chart]bool{}
	for _, u := range l.Undecided {
		if u.Remote == nil || seen[*u.Remote] {
			continue
		}
		seen[*u.Remote] = true
		dir := cmp.Or(u.Remote.Dir, filepath.Join(root, pulled))
		line, why := pullOf(*u.Remote, filepath.ToSlash(source.Shown(source.Disk, dir)))
		if release.Why(u.Reason) == release.OtherVersion && u.Remote.Dir == "" {
			why = u.Detail
		}
		if why != "" {
			line = "# " + oneLine(why)
		}
		fmt.Fprintln(&b, line)
	}
	return b.Bytes()
}

// chartName is what Helm takes for the name of a chart, in a registry behind its path.
var chartName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*$`)

// pullOf is the command that fetches a chart into a directory, or the reason why there is none.
func pullOf(m remote.Chart, dir string) (line, why string) {
	address := m.Repository
	switch {
	case m.Unknown != "":
		return "", m.String() + ": it is not known: " + m.Unknown
	case m.OCI():
		address = "https://" + strings.TrimPrefix(m.Repository, "oci://")
	case !strings.HasPrefix(address, "https://") && !strings.HasPrefix(address, "http://"):
		return "", m.String() + ": the repository is not one that helm pull takes"
	}
	u, err := url.Parse(address)
	switch {
	case !chartName.MatchString(m.Name):
		return "", m.String() + ": the name is not one that helm pull takes"
	case err != nil || u.Host == "" || m.OCI() && !strings.ContainsAny(u.Host, ".:") && u.Host != "localhost" || strings.ContainsFunc(address, func(r rune) bool { return r <= ' ' || r > '~' }):
		return "", m.String() + ": the repository is not one that helm pull takes"
	case u.User != nil:
		return "", m.String() + ": the URL has a user or a password in it, which are not printed"
	case m.Version == "":
		return "", m.String() + ": the version is not given"
	case !m.Exact():
		return "", m.String() + ": the version is not exact"
	case oneLine(dir) != dir:
		return "", m.String() + ": the directory has characters that are not printed"
	}
	if strings.HasPrefix(dir, "-") {
		dir = "./" + dir
	}
	chart := []string{m.Name, "--repo", m.Repository}
	if m.OCI() {
		chart = []string{"oci://" + strings.TrimSuffix(strings.TrimPrefix(m.Repository, "oci://"), "/") + "/" + m.Name}
	}
	words := append([]string{"helm", "pull"}, chart...)
	for _, word := range append(words, "--version", m.Version, "-d", dir) {
		line += " " + shellWord(word)
	}
	return line[1:], ""
}

// plainWord is what a shell takes as it is.
var plainWord = regexp.MustCompile(`^[A-Za-z0-9_./:@%+=,-]+$`)

// shellWord is a text as one word of a POSIX shell.
func shellWord(text string) string {
	if plainWord.MatchString(text) {
		return text
	}
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}
