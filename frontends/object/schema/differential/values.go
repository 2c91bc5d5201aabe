package differential

import (
	"regexp"
	"slices"
	"strings"

	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
)

// keys are the names of members of free mappings: labels, ports, headers.
var keys = []string{"app", "version", "http", "80", "8080", "0", "65536", "example.com/name", "x-header", "", "a*", "A_b", "@"}

// texts are the values of texts; those in front are right in more places.
var texts = []string{
	"a", "web", "http", "HTTP", "TCP", "HTTPS", "web.shop.svc.cluster.local", "www.example.com", "*.example.com", "8080", "v1",
	"10.0.0.1", "10.0.0.0/8", "2001:db8::1", "2001:db8::/32", "https://example.com/a", "http://example.com", "oci://example.com/a:1", "file:///a",
	"5s", "1m30s", "100ms", "0s", "unix:///var/run/a", "unix://@a", "/a/b", "/", "GET", "Gateway", "Service", "gateway.networking.k8s.io",
	strings.Repeat("0123456789abcdef", 4), "x-header", "5s", "10s",
	"", "*", "a*", "*a", ".", "..", "~/*", "./*", "A B", "-a", "a-", "a_b", "a..b", "ftp://a", "unix://relative", "unix:///a/", "unix://",
	"1h", "5", "-1s", "0.5ms", "1.5s", "5 s", "#%a", "http://", ":authority", "%a", "ä", "a/b", "a/b/c", "300.1.2.3", "10.0.0.0/33",
	strings.Repeat("a", 64), strings.Repeat("a", 254), strings.Repeat("b", 2049), "\x00", "a\nb", "true", "1",
}

// right is how many of the texts come first and are often right.
const right = 35

// durations are the values of what is one by a rule.
var durations = []string{"1s", "5s", "1m", "100ms", "1ms", "0s", "0.5ms", "1h30m", "10", "soon", ""}

// text makes a text by its schema: one of those that are allowed or of the form, but seldom any one.
func (m *maker) text(s *apiextensionsv1.JSONSchemaProps, _ string) any {
	if len(s.Enum) > 0 && !m.of(2) {
		return strings.Trim(string(pick(m, s.Enum).Raw), `"`)
	}
	for _, rule := range s.XValidations {
		if strings.Contains(rule.Rule, "duration(") && !m.of(10) {
			return pick(m, durations)
		}
	}
	if m.of(10) {
		return pick(m, texts)
	}
	fits := texts[:right]
	if s.Pattern != "" {
		form := regexp.MustCompile(s.Pattern)
		fits = slices.DeleteFunc(slices.Clone(texts), func(t string) bool { return !form.MatchString(t) })
	}
	fits = slices.DeleteFunc(slices.Clone(fits), func(t string) bool {
		return s.MaxLength != nil && int64(len([]rune(t))) > *s.MaxLength || s.MinLength != nil && int64(len([]rune(t))) < *s.MinLength
	})
	if len(fits) == 0 {
		return pick(m, texts)
	}
	return pick(m, fits)
}

// odd is a value of any type.
func (m *maker) odd() any {
	return pick(m, []any{
		nil, "", "a", "5s", int64(0), int64(1), int64(-1), int64(70000), 1.5, true, false, []any{}, []any{"a"}, []any{nil}, []any{map[string]any{}},
		map[string]any{}, map[string]any{"a": "b"}, map[string]any{"a": nil},
	})
}

func sorted(props map[string]apiextensionsv1.JSONSchemaProps) []string {
	var names []string
	for name := range props {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
