package eval

import (
	"strconv"
	"strings"
)

// templateBytes says for each byte of a literal of a heredoc or a template file where it
// is in the source: of each line the last bytes, since indentation is taken away, with
// the escapes of ${ and %{. ok is false where the source reads otherwise.
func templateBytes(raw, value string) (from []int, ok bool) {
	from = make([]int, 0, len(value))
	lines, rawLines := strings.SplitAfter(value, "\n"), strings.SplitAfter(raw, "\n")
	if len(lines) != len(rawLines) {
		return wholeBytes(raw, value)
	}
	begin := 0
	for i, line := range lines {
		text, at := unescapeTemplate(rawLines[i], begin)
		begin += len(rawLines[i])
		taken := len(text) - len(line)
		if taken < 0 || text[taken:] != line || strings.Trim(text[:taken], " \t") != "" {
			return wholeBytes(raw, value)
		}
		from = append(from, at[taken:]...)
	}
	return from, true
}

// wholeBytes is templateBytes for a literal of which ~ has taken away the ends.
func wholeBytes(raw, value string) (from []int, ok bool) {
	text, at := unescapeTemplate(raw, 0)
	skip := strings.Index(text, value)
	if skip < 0 || value == "" || strings.TrimSpace(text[:skip]+text[skip+len(value):]) != "" {
		return nil, false
	}
	return at[skip : skip+len(value)], true
}

// unescapeTemplate reads $${ and %%{ as the template does; at says for each byte where it
// stands, counted from an offset.
func unescapeTemplate(raw string, offset int) (text string, at []int) {
	var b strings.Builder
	at = make([]int, 0, len(raw))
	for i := 0; i < len(raw); i++ {
		if strings.HasPrefix(raw[i:], "$${") || strings.HasPrefix(raw[i:], "%%{") {
			b.WriteByte(raw[i])
			at = append(at, offset+i)
			i++
			continue
		}
		b.WriteByte(raw[i])
		at = append(at, offset+i)
	}
	return b.String(), at
}

// quotedEscapes are the escapes of one letter in quoted texts. Source: the specification
// of HCL's native syntax, "Template Expressions".
var quotedEscapes = map[byte]byte{'n': '\n', 'r': '\r', 't': '\t', '"': '"', '\\': '\\'}

// quotedBytes is templateBytes for a quoted text.
func quotedBytes(raw, value string) (from []int, ok bool) {
	from = make([]int, 0, len(value))
	var b strings.Builder
	add := func(at int, text string) {
		b.WriteString(text)
		for range len(text) {
			from = append(from, at)
		}
	}
	for i := 0; i < len(raw); i++ {
		switch {
		case strings.HasPrefix(raw[i:], "$${") || strings.HasPrefix(raw[i:], "%%{"):
			add(i, raw[i:i+1])
			i++
		case raw[i] == '\\' && i+1 < len(raw):
			digits := map[byte]int{'u': 4, 'U': 8}[raw[i+1]]
			if e, simple := quotedEscapes[raw[i+1]]; simple {
				add(i, string(e))
			} else if code, err := strconv.ParseUint(raw[i+2:min(len(raw), i+2+digits)], 16, 32); digits > 0 && err == nil {
				add(i, string(rune(code)))
				i += digits
			} else {
				return nil, false
			}
			i++
		default:
			add(i, raw[i:i+1])
		}
	}
	return from, b.String() == value
}
