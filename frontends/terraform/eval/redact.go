package eval

import (
	"regexp"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"

	"github.com/mesh-check/mesh-check/frontends/terraform/lang"
)

// The messages of HCL and of the functions repeat what they do not take, and that may
// be a secret. Names are left: they say where to look.

// hiddenValue stands for a piece of a value in a message.
const hiddenValue = "…"

// leastSecret is how many bytes a value has that is looked for outside quotes.
const leastSecret = 6

// shortQuote is how many bytes a quoted sign has at most, such as "=" or "%d".
const shortQuote = 4

// maxSecrets is how many values of one expression are looked for.
const maxSecrets = 10_000

var (
	// pieces are what is in quotes in a message, with the word in front and the
	// two behind.
	pieces = regexp.MustCompile("(\\w+:? )?(\"(?:[^\"\\\\]|\\\\.)*\"|`[^`]*`)( \\w+ \\w+| \\w+)?")
	// naming are the words in front of a name, and namedBy those behind one.
	naming = map[string]bool{
		"for ": true, "function ": true, "named ": true, "attribute ": true, "key ": true, "variable ": true,
		"file ": true, "argument ": true, "of ": true,
	}
	namedBy = regexp.MustCompile(`^ (?:parameter\b|attribute\b|cannot be|is in|is required)`)
	// anchor is what the parser of YAML repeats: the name of an anchor.
	anchor = regexp.MustCompile(`anchor '[^']*'`)
	// wordOnly is a value that could as well be a word of the message.
	wordOnly = regexp.MustCompile(`^[a-z]+$`)
)

// redact takes the values out of a message: what is in quotes and is no name, and
// the values that the expression was worked out with.
func redact(message string, ctx *hcl.EvalContext) string {
	var b strings.Builder
	at := 0
	for _, m := range pieces.FindAllStringSubmatchIndex(message, -1) {
		front, behind := "", ""
		if m[2] >= 0 {
			front = message[m[2]:m[3]]
		}
		if m[6] >= 0 {
			behind = message[m[6]:m[7]]
		}
		if m[5]-m[4] <= shortQuote || naming[front] || namedBy.MatchString(behind) {
			continue
		}
		b.WriteString(message[at:m[4]] + message[m[4]:m[4]+1] + hiddenValue + message[m[5]-1:m[5]])
		at = m[5]
	}
	message = anchor.ReplaceAllString(b.String()+message[at:], "anchor "+hiddenValue)
	for _, text := range textsOf(ctx) {
		message = strings.ReplaceAll(message, text, hiddenValue)
	}
	return message
}

// textsOf are the texts among the values of an evaluation that are no plain words.
func textsOf(ctx *hcl.EvalContext) []string {
	if ctx == nil {
		return nil
	}
	var texts []string
	left := maxSecrets
	for _, v := range ctx.Variables {
		_ = cty.Walk(v, func(_ cty.Path, v cty.Value) (bool, error) {
			left--
			if t := lang.Text(v); len(t) >= leastSecret && !wordOnly.MatchString(t) {
				texts = append(texts, strings.Join(strings.Fields(t), " "))
			}
			return left > 0, nil
		})
	}
	return texts
}
