package object

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// JoinPath appends a key to a path; a key with a dot, slash, bracket, quote, blank
// or a character that does not print, and the empty key, is written ["key"].
func JoinPath(path, key string) string {
	if key == "" || strings.ContainsAny(key, "./[]\"' ") || strings.ContainsFunc(key, unprintable) {
		return path + "[" + strconv.Quote(key) + "]"
	}
	if path == "" {
		return key
	}
	return path + "." + key
}

func unprintable(r rune) bool { return r == utf8.RuneError || !unicode.IsPrint(r) }

// Each returns the fields that exist at a path of keys with dots between them, in which a key with [] behind it stands for each
// element of its list. What is below an unknown value is that value.
func (f Field) Each(path string) []Field { return follow(f, path) }

// SplitPath is the opposite of JoinPath: the keys of a path; an index stays as
// its digits.
func SplitPath(path string) []string {
	var steps []string
	for path != "" {
		switch path[0] {
		case '.':
			path = path[1:]
		case '[':
			if quoted, err := strconv.QuotedPrefix(path[1:]); err == nil {
				key, _ := strconv.Unquote(quoted)
				steps = append(steps, key)
				path = strings.TrimPrefix(path[1+len(quoted):], "]")
				continue
			}
			end := strings.IndexByte(path, ']')
			if end < 0 {
				return append(steps, path[1:])
			}
			steps = append(steps, path[1:end])
			path = path[end+1:]
		default:
			end := strings.IndexAny(path, ".[")
			if end < 0 {
				return append(steps, path)
			}
			steps = append(steps, path[:end])
			path = path[end:]
		}
	}
	return steps
}
