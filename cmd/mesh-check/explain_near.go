package main

import (
	"fmt"
	"strings"

	"github.com/mesh-check/mesh-check/checks/suite"
)

// maxNear is how many checks are offered for a word that names none.
const maxNear = 6

// explainError is the error of a word that names no check: where the word is the beginning
// of ids, or is in names or in what checks require, these are offered.
func explainError(word string, unknown error) error {
	word = strings.ToLower(strings.TrimSpace(word))
	var near []string
	for _, c := range suite.Checks {
		about := strings.ToLower(c.Name + " " + c.Summary)
		if len(word) >= 3 && (strings.Contains(about, word) || strings.HasPrefix(strings.ToLower(c.ID), strings.TrimSuffix(word, "xx"))) {
			near = append(near, c.ID+" "+c.Name)
		}
	}
	if len(near) == 0 || len(near) == len(suite.Checks) {
		return unknown
	}
	more := ""
	if n := len(near) - maxNear; n > 0 {
		near, more = near[:maxNear], fmt.Sprintf(" and %d more", n)
	}
	return fmt.Errorf("there is no check %s; similar names: %s%s", fmt.Sprintf("%.40q", word), strings.Join(near, ", "), more)
}
