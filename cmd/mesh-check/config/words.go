package config

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/suite"
)

// All is the word for every check.
const All = "all"

// maxQuoted is how many code points of a foreign word an error repeats.
const maxQuoted = 60

// quoted is a foreign word in quotes, for an error: short, on one line, and with
// everything escaped that a terminal would obey.
func quoted(word string) string {
	if r := []rune(word); len(r) > maxQuoted {
		word = string(r[:maxQuoted]) + "…"
	}
	return fmt.Sprintf("%q", word)
}

// CheckID is the id of a check, by its id in any case or its name; All stays. The
// error of an unknown word names the nearest known one.
func CheckID(word string) (string, error) {
	word = strings.TrimSpace(word)
	if word == All {
		return word, nil
	}
	for _, w := range []string{word, strings.ToUpper(word)} {
		if c, ok := suite.Find(w); ok {
			return c.ID, nil
		}
	}
	var words []string
	for _, c := range suite.Checks {
		words = append(words, c.ID, c.Name)
	}
	slices.Sort(words)
	return "", fmt.Errorf("unknown check %s%s", quoted(word), DidYouMean(word, words, Typed()+" checks lists them"))
}

// CheckIDs is CheckID for a word that may be a group too: MESH2 and MESH2xx are all checks
// whose ids begin with MESH2, but for those that are optional: they are named themselves.
func CheckIDs(word string) ([]string, error) {
	prefix := strings.TrimSuffix(strings.ToUpper(strings.TrimSpace(word)), "XX")
	if group().MatchString(prefix) {
		var ids []string
		for _, c := range suite.Checks {
			if strings.HasPrefix(c.ID, prefix) && !c.Optional {
				ids = append(ids, c.ID)
			}
		}
		if len(ids) > 0 {
			return ids, nil
		}
	}
	id, err := CheckID(word)
	if err != nil {
		return nil, err
	}
	return []string{id}, nil
}

// group is the beginning that the ids of a group of checks share.
var group = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^MESH[0-9]$`) })

// Level is the severity that a word names, in any case.
func Level(word string) (checks.Severity, error) {
	level, err := OneOf(word, string(checks.Error), string(checks.Warning), string(checks.Note))
	return checks.Severity(level), err
}

// OneOf is the spelling of a word among those that are allowed, which is read in any
// case; the error names them, but not the empty word, which says nothing.
func OneOf(word string, of ...string) (string, error) {
	if i := slices.IndexFunc(of, func(w string) bool { return strings.EqualFold(w, word) }); i >= 0 {
		return of[i], nil
	}
	return "", fmt.Errorf("must be one of %s", strings.TrimPrefix(strings.Join(of, ", "), ", "))
}

// DidYouMean is the hint behind an unknown word: the nearest known one, else the other
// advice.
func DidYouMean(word string, known []string, otherwise string) string {
	const longest = 64               // no known word has more bytes, and the distance is quadratic
	best, least := "", len(word)/3+2 // further away is no slip of the finger
	for _, k := range known {
		if len(word) > longest {
			break
		}
		if d := distance(strings.ToLower(word), strings.ToLower(k)); d < least {
			best, least = k, d
		}
		if len(word) >= 4 && strings.Contains(k, strings.ToLower(word)) {
			best, least = k, 0
		}
	}
	if best == "" {
		return "; " + otherwise
	}
	return fmt.Sprintf("; did you mean %s?", best)
}

// distance is the Levenshtein distance of two words, in bytes.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		diagonal := row[0]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			next := diagonal
			if a[i-1] != b[j-1] {
				next++
			}
			diagonal = row[j]
			row[j] = min(next, row[j]+1, row[j-1]+1)
		}
	}
	return row[len(b)]
}
