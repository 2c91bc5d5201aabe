package kube

import (
	"strings"
)

// textRange is a part of a text, in bytes.
type textRange struct{ start, end int }

// firstOfDocuments cuts a text behind its first document, as the provider does. next is
// the first line of the document behind it; empty where there is none.
func firstOfDocuments(text string) (first string, next textRange) {
	said, at, cut := false, 0, -1
	for line := range strings.Lines(text) {
		bare := strings.TrimRight(line, "\r\n \t")
		if bare == "---" || strings.HasPrefix(line, "--- ") {
			if said && cut < 0 {
				cut = at
			}
			bare = strings.TrimPrefix(bare, "---")
		}
		if bare = strings.TrimSpace(bare); bare != "" && bare[0] != '#' && (said || bare[0] != '%') {
			if said = true; cut >= 0 {
				return text[:cut], textRange{at, at + len(strings.TrimRight(line, "\r\n"))}
			}
		}
		at += len(line)
	}
	return text, textRange{}
}
