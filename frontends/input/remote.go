package input

import (
	"regexp"

	"github.com/mesh-check/mesh-check/render/source"
)

// scheme is how an address of something elsewhere begins, such as oci:// or https://.
var scheme = regexp.MustCompile(`^[a-zA-Z][a-zA-Z0-9+.-]*://`)

// remote reports whether a PATH is the address of something elsewhere.
func remote(t source.Tree, path string) bool {
	if !scheme.MatchString(path) {
		return false
	}
	_, err := t.Lstat(path) // https:/x can be a directory
	return err != nil
}

// userInfo is the name and password in an address, which no report repeats.
var userInfo = regexp.MustCompile(`^([a-zA-Z][a-zA-Z0-9+.-]*://)[^/]*@`)

// query is what may be a token in an address.
var query = regexp.MustCompile(`[?#].*$`)

// remoteInput is the input of such a PATH, which nobody fetches.
func remoteInput(path string) Input {
	shown := query.ReplaceAllString(userInfo.ReplaceAllString(path, "${1}"), "")
	return Invalid(shown, "nothing is downloaded", "run helm pull "+shown+" --untar first, and name the directory that it creates")
}
