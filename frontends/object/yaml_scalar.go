package object

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// scalar is a YAML scalar as sigs.k8s.io/yaml reads it.
type scalar struct {
	kind Kind
	// text is the value as JSON spells it, without quotes.
	text string
	// number is the value of a Float.
	number float64
	// signed says that an Int fits into int64, and so can be a key.
	signed bool
}

// words are the plain scalars that are no text, from YAML 1.1. Source: the resolve
// table of go.yaml.in/yaml/v2, which sigs.k8s.io/yaml uses.
var words = map[string]scalar{}

func init() {
	add := func(s scalar, spellings ...string) {
		for _, w := range spellings {
			words[w] = s
		}
	}
	add(scalar{kind: Bool, text: "true"}, "y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON")
	add(scalar{kind: Bool, text: "false"}, "n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF")
	add(scalar{kind: Null}, "", "~", "null", "Null", "NULL")
	add(scalar{kind: Float, number: math.NaN()}, ".nan", ".NaN", ".NAN")
	add(scalar{kind: Float, number: math.Inf(1)}, ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF")
	add(scalar{kind: Float, number: math.Inf(-1)}, "-.inf", "-.Inf", "-.INF")
}

// yamlFloat is what a number with a point or exponent looks like.
var yamlFloat = regexp.MustCompile(`^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$`)

// dateForms are the timestamps that stay text even under the tag !!timestamp. Source:
// go.yaml.in/yaml/v3 resolve.go, allowedTimestampFormats.
var dateForms = []string{
	"2006-1-2T15:4:5.999999999Z07:00", "2006-1-2t15:4:5.999999999Z07:00", "2006-1-2 15:4:5.999999999", "2006-1-2",
}

// resolvePlain reads a plain scalar without a tag.
func resolvePlain(in string) scalar {
	text := scalar{kind: String, text: in}
	if in == "" {
		return scalar{kind: Null}
	}
	switch c := in[0]; {
	case strings.IndexByte("yYnNtTfFoO~", c) >= 0:
		if s, ok := words[in]; ok {
			return s
		}
	case c == '.':
		if s, ok := words[in]; ok {
			return s
		}
		if f, err := strconv.ParseFloat(in, 64); err == nil {
			return floatScalar(f)
		}
	case c == '+' || c == '-' || '0' <= c && c <= '9':
		if s, ok := words[in]; ok {
			return s
		}
		if !isDate(in) {
			if s, ok := number(strings.ReplaceAll(in, "_", "")); ok {
				return s
			}
		}
	}
	return text
}

// number reads what begins with a digit or sign. Whole numbers may be octal (0777,
// 0o777), hexadecimal or binary.
func number(in string) (scalar, bool) {
	if s, ok := wholeNumber(in, 0); ok {
		return s, true
	}
	if yamlFloat.MatchString(in) {
		if f, err := strconv.ParseFloat(in, 64); err == nil {
			return floatScalar(f), true
		}
	}
	if digits, ok := strings.CutPrefix(in, "0b"); ok {
		return wholeNumber(digits, 2)
	}
	if digits, ok := strings.CutPrefix(in, "-0b"); ok {
		return wholeNumber("-"+digits, 2)
	}
	return scalar{}, false
}

func wholeNumber(in string, base int) (scalar, bool) {
	if i, err := strconv.ParseInt(in, base, 64); err == nil {
		return scalar{kind: Int, text: strconv.FormatInt(i, 10), signed: true}, true
	}
	if u, err := strconv.ParseUint(in, base, 64); err == nil {
		return scalar{kind: Int, text: strconv.FormatUint(u, 10)}, true
	}
	return scalar{}, false
}

func floatScalar(f float64) scalar { return scalar{kind: Float, number: f} }

func isDate(in string) bool {
	if len(in) < 8 || in[4] != '-' {
		return false
	}
	for i := range 4 {
		if in[i] < '0' || in[i] > '9' {
			return false
		}
	}
	for _, form := range dateForms {
		if _, err := time.Parse(form, in); err == nil {
			return true
		}
	}
	return false
}

// resolveTagged reads a scalar with an explicit tag. A tag that is none of YAML's
// own makes a text, whatever is there.
func resolveTagged(tag, in string) (scalar, error) {
	text := scalar{kind: String, text: in}
	var want Kind
	switch tag {
	case "!!bool":
		want = Bool
	case "!!int":
		want = Int
	case "!!float":
		want = Float
	case "!!null":
		want = Null
	case "!!timestamp":
		if isDate(in) {
			return text, nil
		}
		return scalar{}, errors.New("the value is tagged as a timestamp and is not one")
	case "!!binary":
		data, err := base64.StdEncoding.DecodeString(in)
		if err != nil {
			return scalar{}, errors.New("a value tagged !!binary is not base64")
		}
		text.text = strings.ToValidUTF8(string(data), "\ufffd")
		return text, nil
	default:
		return text, nil
	}
	got := resolvePlain(in)
	if want == Float && got.kind == Int && got.signed {
		i, _ := strconv.ParseInt(got.text, 10, 64)
		return floatScalar(float64(i)), nil
	}
	if got.kind != want {
		return scalar{}, fmt.Errorf("a value tagged %s is a %s", tag, got.kind)
	}
	return got, nil
}

// value is the scalar as a value of JSON: infinities and NaN have no spelling there.
func (s scalar) value() (scalar, error) {
	if s.kind != Float {
		return s, nil
	}
	data, err := json.Marshal(s.number)
	if err != nil {
		return scalar{}, fmt.Errorf("%v is not a number that JSON can represent", s.number)
	}
	s.text = string(data)
	return s, nil
}

// key is the scalar as a key of a JSON object.
func (s scalar) key() (string, error) {
	switch s.kind {
	case Null:
		return "", errors.New("a mapping key is null")
	case Int:
		if !s.signed {
			return "", errors.New("a mapping key is too large a number")
		}
	case Float:
		switch {
		case math.IsNaN(s.number):
			return ".nan", nil
		case math.IsInf(s.number, 1):
			return ".inf", nil
		case math.IsInf(s.number, -1):
			return "-.inf", nil
		}
		return strconv.FormatFloat(s.number, 'g', -1, 32), nil
	}
	return s.text, nil
}
