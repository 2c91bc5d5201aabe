package sarif

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/mesh-check/mesh-check/checks"
)

// fingerprintKey names our own fingerprint; a change of what goes into it is a new
// name.
const fingerprintKey = "meshCheck/v2"

// lineHashKey names the hash by which GitHub code scanning knows a line again.
const lineHashKey = "primaryLocationLineHash"

const (
	hashWindow = 100 // characters that are hashed from the start of a line
	hashFactor = 37
	hashEnd    = 0xffff // stands for the end of the file
)

// lineHashes returns the hash of each line of a file (the first is [0]) as CodeQL's
// action computes it (github/codeql-action, src/fingerprints.ts): a polynomial over
// the 100 UTF-16 units from the start of the line, blanks and tabs left out and all
// line ends alike, in hexadecimal, and how often that value has occurred so far.
// A line that holds nothing but the file's end counts as a line.
func lineHashes(data []byte) []string {
	var power uint64 = 1
	for range hashWindow {
		power *= hashFactor
	}
	var (
		window  [hashWindow]uint64
		pending [hashWindow]bool // a line starts at this place of the window
		seen    = map[uint64]int{}
		hashes  []string
		hash    uint64
		at      int
	)
	// Lines leave the window in the order in which they came in.
	out := func() {
		seen[hash]++
		hashes = append(hashes, strconv.FormatUint(hash, 16)+":"+strconv.Itoa(seen[hash]))
		pending[at] = false
	}
	push := func(c uint64) {
		hash = hashFactor*hash + c - power*window[at]
		window[at] = c
		at = (at + 1) % hashWindow
	}
	lineStart, afterCR := true, false
	take := func(c uint64) {
		if c == ' ' || c == '\t' || afterCR && c == '\n' {
			afterCR = false
			return
		}
		afterCR = c == '\r'
		if afterCR {
			c = '\n'
		}
		if pending[at] {
			out()
		}
		if lineStart {
			pending[at] = true
		}
		lineStart = c == '\n'
		push(c)
	}
	for len(data) > 0 {
		r, size := decodeRune(data)
		data = data[size:]
		if hi, lo := utf16.EncodeRune(r); hi != utf8.RuneError {
			take(uint64(hi))
			take(uint64(lo))
			continue
		}
		take(uint64(r))
	}
	take(hashEnd)
	for range hashWindow {
		if pending[at] {
			out()
		}
		push(0)
	}
	return hashes
}

// decodeRune decodes as the text decoders of the web do: a sequence that starts
// well and breaks off is one replacement character, not one for each byte.
func decodeRune(data []byte) (r rune, size int) {
	r, size = utf8.DecodeRune(data)
	if r != utf8.RuneError || size != 1 {
		return r, size
	}
	// The longest start of any valid sequence is what the replacement stands for.
	for n := min(3, len(data)); n > 1; n-- {
		if data[0] >= 0xc2 && !utf8.FullRune(data[:n]) {
			return r, n
		}
	}
	return r, 1
}

// identity is what a finding is known by over time: its check, its input, its file, the
// kind, name and field of its object, and a number where several agree in all of that.
// Neither lines nor rendered text go into it, so that it survives edits elsewhere and
// templates that render random text. The input is part of it so that no finding of one
// input, which may share files with another, changes the numbers of the other's.
func (b *builder) identity(f *checks.Reported) string {
	input := b.inputName(f.Input)
	file := input
	if f.Origin.Span.Valid() {
		file = b.relativeFile(f.Origin.Span.File)
	}
	name := f.Object.Name
	if b.Release != nil {
		drop := b.Release(f.Input)
		if !f.Released() { // a release more does not change what the chart's own objects are called
			drop = drop[:min(len(drop), 2)]
		}
		name = without(name, drop)
	}
	key := strings.Join([]string{f.Check.ID, input, file, f.Object.Kind, name, f.Path}, "\x00")
	at := placedKey{key, f.Origin.Span.Start}
	known := b.numbered[at]
	if known != nil && f.Passing() {
		known.more++
		return known.identity + "\x00" + strconv.Itoa(known.more)
	}
	b.occurrences[key]++
	identity := key + "\x00" + strconv.Itoa(b.occurrences[key])
	if known == nil {
		b.numbered[at] = &placedNumber{identity: identity}
	}
	return identity
}

// placedKey is what identities at one place have in common, and placedNumber the first of
// them, with how many more releases have there: these take no number from other places.
type (
	placedKey struct {
		key   string
		start int // byte of the file
	}
	placedNumber struct {
		identity string
		more     int
	}
)

// fingerprint is an identity as the log has it.
func fingerprint(identity string) string {
	sum := sha256.Sum256([]byte(identity))
	return hex.EncodeToString(sum[:16])
}

// without takes names out of an object's name, where they are whole words between
// hyphens: the release's name says nothing about the chart.
func without(name string, drop []string) string {
	words := strings.Split(name, "-")
	for _, d := range drop {
		if d == "" {
			continue
		}
		part := strings.Split(d, "-")
		for i := 0; i+len(part) <= len(words); i++ {
			if slices.Equal(words[i:i+len(part)], part) {
				words = slices.Delete(words, i, i+len(part))
				break
			}
		}
	}
	return strings.Join(words, "-")
}
