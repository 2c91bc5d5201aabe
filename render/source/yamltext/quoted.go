package yamltext

import (
	"strconv"
	"strings"
)

// escapes are the one-letter escapes of double-quoted scalars. Source: YAML 1.1,
// chapter 5.6.
var escapes = map[byte]string{
	'0': "\x00", 'a': "\a", 'b': "\b", 't': "\t", '\t': "\t", 'n': "\n", 'v': "\v", 'f': "\f", 'r': "\r", 'e': "\x1b",
	' ': " ", '"': `"`, '\'': "'", '/': "/", '\\': `\`, 'N': "\u0085", '_': "\u00a0", 'L': "\u2028", 'P': "\u2029",
}

// codeDigits are the escapes that give a code point in hexadecimal digits.
var codeDigits = map[byte]int{'x': 2, 'u': 4, 'U': 8}

// unquote reads the quoted scalar whose quote is at pos, and notes where its bytes
// stand; end is the offset of its last quote.
func unquote(text string, pos int, r *Runs) (value string, end int, ok bool) {
	quote := text[pos]
	var b strings.Builder
	for i := pos + 1; i < len(text); {
		switch c := text[i]; {
		case c == quote && quote == '\'' && strings.HasPrefix(text[i:], "''"):
			r.instead(b.Len(), 1, i, i+2)
			b.WriteByte('\'')
			i += 2
		case c == quote:
			return b.String(), i, true
		case c == '\\' && quote == '"':
			decoded, size := unescape(text, i)
			if size == 0 {
				return "", 0, false
			}
			r.instead(b.Len(), len(decoded), i, i+size)
			b.WriteString(decoded)
			i += size
		default:
			if gap, run := foldGap(text, i); run > 0 {
				r.instead(b.Len(), len(gap), i, i+run)
				b.WriteString(gap)
				i += run
				continue
			}
			r.copied(b.Len(), 1, i)
			b.WriteByte(c)
			i++
		}
	}
	return "", 0, false
}

// unescape reads the escape at i; size is its length in bytes, 0 where it is none.
func unescape(text string, i int) (decoded string, size int) {
	if i+1 >= len(text) {
		return "", 0
	}
	if n := breakAt(text, i+1); n > 0 {
		// The break is no content, nor are the blanks that begin the next line;
		// empty lines after it are.
		rest := i + 1 + n
		gap, run := foldGap(text, rest)
		if !strings.Contains(gap, "\n") && gap != " " || strings.Trim(text[rest:rest+run], " \t") == "" {
			gap = ""
		} else if gap == " " {
			gap = "\n"
		} else {
			gap += "\n"
		}
		return gap, 1 + n + run
	}
	c := text[i+1]
	if e, ok := escapes[c]; ok {
		return e, 2
	}
	if digits, ok := codeDigits[c]; ok && i+2+digits <= len(text) {
		code, err := strconv.ParseUint(text[i+2:i+2+digits], 16, 32)
		if err != nil {
			return "", 0
		}
		return string(rune(code)), 2 + digits
	}
	return "", 0
}
