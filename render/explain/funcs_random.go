package explain

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"encoding/base64"
	"fmt"
	"strings"
	"text/template"
	"time"
)

// randomFuncs are the functions whose result differs from one render to the
// next, or depends on the time of the render. Source: sprig 3.3.0, crypto.go,
// date.go, strings.go, functions.go. What the engine returns for them has the
// shape of the real result; that bytes of it differ from Helm's is expected.
var randomFuncs = map[string]bool{
	"randAlphaNum": true, "randAlpha": true, "randAscii": true, "randNumeric": true,
	"randBytes": true, "randInt": true, "shuffle": true, "uuidv4": true,
	"bcrypt": true, "htpasswd": true, "encryptAES": true,
	"genPrivateKey": true, "genCA": true, "genCAWithKey": true,
	"genSelfSignedCert": true, "genSelfSignedCertWithKey": true,
	"genSignedCert": true, "genSignedCertWithKey": true,
	"now": true, "ago": true, "date": true, "dateInZone": true, "date_in_zone": true,
	"htmlDate": true, "htmlDateInZone": true, "unixEpoch": true,
}

// certificate is what the functions that make certificates return; templates
// use its fields.
type certificate struct {
	Cert string
	Key  string
}

// fixedTime is what now gives: a day on which no certificate of a test has ended
// yet, with two digits in every part.
var fixedTime = time.Date(2026, time.November, 21, 12, 34, 56, 0, time.UTC)

// The text of a key or certificate that nobody has: making a real one takes
// Helm seconds, and its bytes are random anyway.
const (
	fixedKey  = "-----BEGIN RSA PRIVATE KEY-----\nbWVzaC1jaGVjaw==\n-----END RSA PRIVATE KEY-----\n"
	fixedCert = "-----BEGIN CERTIFICATE-----\nbWVzaC1jaGVjaw==\n-----END CERTIFICATE-----\n"
	fixedUUID = "00000000-0000-4000-8000-000000000000"
	fixedHash = "$2a$10$0000000000000000000000000000000000000000000000000000"
)

// randomFuncs returns what stands in for the functions of random result that
// are expensive or that cannot be wrapped as they are.
func (e *tracer) randomFuncs() template.FuncMap {
	fixed := func(name, digits string) func(int) string {
		return func(n int) string {
			e.before(name, n)
			return e.fresh(name, strings.Repeat(digits, max(n, 0)/len(digits)+1)[:max(n, 0)])
		}
	}
	cert := func(name string) certificate {
		e.before(name)
		return certificate{Cert: e.fresh(name, fixedCert), Key: e.fresh(name, fixedKey)}
	}
	return template.FuncMap{
		"keys":         e.keys,
		"__keys":       e.sortedKeys,
		"values":       e.valuesOf,
		"randAlphaNum": fixed("randAlphaNum", "a0"),
		"randAlpha":    fixed("randAlpha", "a"),
		"randAscii":    fixed("randAscii", "a"),
		"randNumeric":  fixed("randNumeric", "1"),
		"randBytes": func(n int) (string, error) {
			e.before("randBytes", n)
			return e.fresh("randBytes", base64.StdEncoding.EncodeToString(make([]byte, max(n, 0)))), nil
		},
		"randInt": func(low, high int) any { return e.number("randInt", low, low, high) },
		"shuffle": func(s string) string { return e.fresh("shuffle", s, s) },
		"uuidv4":  func() string { return e.fresh("uuidv4", fixedUUID) },
		"bcrypt": func(s string) string {
			e.before("bcrypt")
			return e.fresh("bcrypt", fixedHash, s)
		},
		"htpasswd":   e.htpasswd,
		"encryptAES": e.encryptAES,
		"genPrivateKey": func(kind string) string {
			e.before("genPrivateKey", kind)
			return e.fresh("genPrivateKey", fixedKey)
		},
		"genCA":        func(string, int) (certificate, error) { return cert("genCA"), nil },
		"genCAWithKey": func(string, int, string) (certificate, error) { return cert("genCAWithKey"), nil },
		"genSelfSignedCert": func(string, []any, []any, int) (certificate, error) {
			return cert("genSelfSignedCert"), nil
		},
		"genSelfSignedCertWithKey": func(string, []any, []any, int, string) (certificate, error) {
			return cert("genSelfSignedCertWithKey"), nil
		},
		"genSignedCert": func(string, []any, []any, int, certificate) (certificate, error) {
			return cert("genSignedCert"), nil
		},
		"genSignedCertWithKey": func(string, []any, []any, int, certificate, string) (certificate, error) {
			return cert("genSignedCertWithKey"), nil
		},
		"buildCustomCert": func(cert, key string) (certificate, error) {
			c, err := base64.StdEncoding.DecodeString(cert)
			if err != nil {
				return certificate{}, err
			}
			k, err := base64.StdEncoding.DecodeString(key)
			return certificate{Cert: e.fresh("buildCustomCert", string(c), cert), Key: e.fresh("buildCustomCert", string(k), key)}, err
		},
	}
}

// keys and valuesOf give what Helm gives in the random order of a Go map, in an
// order that is the same in each run.
func (e *tracer) keys(dicts ...map[string]any) []string {
	var out []string
	for _, d := range dicts {
		out = append(out, e.ordered(d)...)
	}
	e.keep(cellCost * len(out))
	return out
}

// sortedKeys is keys whose order nobody sees.
func (e *tracer) sortedKeys(dicts ...map[string]any) []string {
	before := e.disordered
	defer func() { e.disordered = before }()
	return e.keys(dicts...)
}

func (e *tracer) valuesOf(dict map[string]any) []any {
	e.keep(cellCost * len(dict))
	out := make([]any, 0, len(dict))
	for _, key := range e.ordered(dict) {
		out = append(out, dict[key])
	}
	return out
}

// encryptAES does as sprig's (3.3.0, crypto.go) with a fixed vector in place of a random
// one, so that decryptAES reads it.
func (e *tracer) encryptAES(password, text string) (string, error) {
	if text == "" {
		return e.out(""), nil
	}
	key := make([]byte, 32)
	copy(key, password)
	block, err := aes.NewCipher(key)
	if err != nil {
		return "", err
	}
	padding := aes.BlockSize - len(text)%aes.BlockSize
	content := append([]byte(text), bytes.Repeat([]byte{byte(padding)}, padding)...)
	sealed := make([]byte, aes.BlockSize+len(content))
	cipher.NewCBCEncrypter(block, sealed[:aes.BlockSize]).CryptBlocks(sealed[aes.BlockSize:], content)
	return e.fresh("encryptAES", base64.StdEncoding.EncodeToString(sealed), password, text), nil
}

func (e *tracer) htpasswd(user, password string) string {
	e.before("htpasswd")
	if strings.Contains(user, ":") {
		return e.fresh("htpasswd", fmt.Sprintf("invalid username: %s", user), user)
	}
	return e.fresh("htpasswd", user+":"+fixedHash, user, password)
}
