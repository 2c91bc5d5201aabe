package ignore

import (
	"bytes"
	"regexp"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// maxTokens bounds the words and signs of a file of Terraform, of which HCL's scanner
// needs a hundred bytes each. A root with more is not evaluated, see frontends/terraform.
const maxTokens = 600_000

// hclComments are the comments of a file of Terraform: #, // and /* */, as HCL's own
// scanner tells them. What is in strings and heredocs is text.
func hclComments(text []byte) (all []span) {
	if likelyTokens(text) > maxTokens {
		return nil
	}
	tokens, _ := hclsyntax.LexConfig(text, "", hcl.InitialPos) // what is not valid is reported when it is evaluated
	for _, t := range tokens {
		if t.Type != hclsyntax.TokenComment {
			continue
		}
		// A comment up to the end of its line has the line's end in it.
		n := len(bytes.TrimRight(t.Bytes, "\r\n"))
		all = append(all, span{t.Range.Start.Byte, t.Range.Start.Byte + n})
	}
	return all
}

// heredoc is a line that begins a heredoc, with its marker.
var heredoc = regexp.MustCompile(`^[^"#]*<<-?\s*([\pL_][\pL\pN_-]*)\s*$`)

// likelyTokens is about how many tokens a text has. A line of a heredoc, or of nothing
// but a comment, is one.
func likelyTokens(text []byte) (n int) {
	end := ""
	for line := range bytes.Lines(text) {
		trimmed := bytes.TrimSpace(line)
		if end != "" {
			if string(trimmed) == end {
				end = ""
			}
			if !bytes.Contains(line, []byte("{")) {
				n++
				continue
			}
		} else if m := heredoc.FindSubmatch(line); m != nil {
			end = string(m[1])
		} else if bytes.HasPrefix(trimmed, []byte("#")) {
			n++
			continue
		}
		word := false
		for _, c := range trimmed {
			inWord := c >= 0x80 || c == '_' || c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z'
			if inWord && !word || !inWord && c != ' ' && c != '\t' {
				n++
			}
			word = inWord
		}
	}
	return n
}
