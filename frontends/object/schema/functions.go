package schema

import (
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"
)

// functions are the functions that need all their arguments; none of these is unknown
// or a fault. Source: cel.dev, the language definition; google/cel-go common/stdlib and ext/strings.go; k8s.io/apiserver
// pkg/cel/library (1.34).
var functions = map[operator]func(e *expr, args []value) value{
	"!": func(_ *expr, a []value) value {
		if a[0].sort != truth {
			return value{sort: fault}
		}
		return ofBool(a[0].num == 0)
	},
	"==": func(_ *expr, a []value) value { return equal(a[0], a[1]) },
	"!=": func(_ *expr, a []value) value {
		e := equal(a[0], a[1])
		if e.sort != truth {
			return e
		}
		return ofBool(e.num == 0)
	},
	"<":  func(_ *expr, a []value) value { return compare(a, func(order int) bool { return order < 0 }) },
	"<=": func(_ *expr, a []value) value { return compare(a, func(order int) bool { return order <= 0 }) },
	">":  func(_ *expr, a []value) value { return compare(a, func(order int) bool { return order > 0 }) },
	">=": func(_ *expr, a []value) value { return compare(a, func(order int) bool { return order >= 0 }) },
	"+":  plus,
	"in": in,
	"at": func(_ *expr, a []value) value {
		if a[0].sort != list || a[1].sort != whole64 || a[1].num < 0 || a[1].num >= int64(len(a[0].items)) {
			return value{sort: fault}
		}
		return a[0].items[a[1].num]
	},
	"size": size,
	"int": texts(func(s string) value {
		i, err := strconv.ParseInt(s, 10, 64)
		if err != nil {
			return value{sort: fault}
		}
		return value{sort: whole64, num: i}
	}),
	"duration":   texts(ofDuration),
	"contains":   pairs(strings.Contains),
	"startsWith": pairs(strings.HasPrefix),
	"endsWith":   pairs(strings.HasSuffix),
	"matches": func(e *expr, a []value) value {
		if a[0].sort != text || e.form == nil {
			return value{sort: fault}
		}
		return ofBool(e.form().MatchString(a[0].text))
	},
	"split": func(_ *expr, a []value) value {
		if a[0].sort != text || a[1].sort != text {
			return value{sort: fault}
		}
		v := value{sort: list}
		for _, part := range strings.Split(a[0].text, a[1].text) {
			v.items = append(v.items, value{sort: text, text: part})
		}
		return v
	},
	"substring": substring,
	"url": texts(func(s string) value {
		u, err := url.ParseRequestURI(s)
		if err != nil {
			return value{sort: fault}
		}
		return value{sort: address, url: u}
	}),
	"isURL": texts(func(s string) value {
		_, err := url.ParseRequestURI(s)
		return ofBool(err == nil)
	}),
	"getScheme": func(_ *expr, a []value) value {
		if a[0].sort != address {
			return value{sort: fault}
		}
		return value{sort: text, text: a[0].url.Scheme}
	},
	"isIP": texts(func(s string) value {
		ip, err := netip.ParseAddr(s)
		return ofBool(err == nil && ip.Zone() == "" && !ip.Is4In6())
	}),
	// It gives null for what is a label, and else what is wrong with it.
	"dns1123Label": texts(func(s string) value {
		if len(s) <= 63 && dnsLabel().MatchString(s) {
			return value{sort: null}
		}
		return value{sort: text, text: s}
	}),
}

var dnsLabel = lazily(`^[a-z0-9]([-a-z0-9]*[a-z0-9])?$`)

// texts makes a function of one text.
func texts(do func(string) value) func(*expr, []value) value {
	return func(_ *expr, a []value) value {
		if a[0].sort != text {
			return value{sort: fault}
		}
		return do(a[0].text)
	}
}

// pairs makes a question about two texts.
func pairs(ask func(a, b string) bool) func(*expr, []value) value {
	return func(_ *expr, a []value) value {
		if a[0].sort != text || a[1].sort != text {
			return value{sort: fault}
		}
		return ofBool(ask(a[0].text, a[1].text))
	}
}

func compare(a []value, ask func(order int) bool) value {
	x, okX := a[0].asFloat()
	y, okY := a[1].asFloat()
	switch {
	case a[0].sort == a[1].sort && (a[0].sort == duration || a[0].sort == whole64):
		return ofBool(ask(order(a[0].num, a[1].num)))
	case okX && okY:
		return ofBool(ask(order(x, y)))
	}
	return value{sort: fault}
}

func order[T int64 | float64](a, b T) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func plus(_ *expr, a []value) value {
	switch {
	case a[0].sort == text && a[1].sort == text:
		return value{sort: text, text: a[0].text + a[1].text}
	case a[0].sort == whole64 && a[1].sort == whole64:
		return value{sort: whole64, num: a[0].num + a[1].num}
	}
	return value{sort: fault}
}

// in reports whether a list has a value.
func in(_ *expr, a []value) value {
	if a[1].sort != list {
		return value{sort: fault}
	}
	found := ofBool(false)
	for _, item := range a[1].items {
		found = settle(found, equal(a[0], item), true)
		if found.isTrue() {
			break
		}
	}
	return found
}

func size(_ *expr, a []value) value {
	switch a[0].sort {
	case text:
		return ofInt(utf8.RuneCountInString(a[0].text))
	case list:
		return ofInt(len(a[0].items))
	case mapping:
		if a[0].field.Partial() {
			return value{sort: unknown, field: a[0].field}
		}
		if a[0].node == nil {
			return ofInt(len(a[0].field.Entries()))
		}
		return ofInt(written(a[0].field, a[0].node))
	}
	return value{sort: fault}
}

// substring counts characters.
func substring(_ *expr, a []value) value {
	if a[0].sort != text {
		return value{sort: fault}
	}
	chars := []rune(a[0].text)
	from, to := a[1].num, int64(len(chars))
	if len(a) > 2 {
		to = a[2].num
	}
	if from < 0 || to > int64(len(chars)) || from > to {
		return value{sort: fault}
	}
	return value{sort: text, text: string(chars[from:to])}
}
