package lang

import (
	"bytes"
	"compress/gzip"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"io"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/ianaindex"
)

// digest is a hash over bytes, spelling is how its result is written.
type (
	digest   func(data []byte) []byte
	spelling func(sum []byte) string
)

func md5Sum(b []byte) []byte    { s := md5.Sum(b); return s[:] }
func sha1Sum(b []byte) []byte   { s := sha1.Sum(b); return s[:] }
func sha256Sum(b []byte) []byte { s := sha256.Sum256(b); return s[:] }
func sha512Sum(b []byte) []byte { s := sha512.Sum512(b); return s[:] }

var (
	toHex    spelling = hex.EncodeToString
	toBase64 spelling = base64.StdEncoding.EncodeToString
)

// hashFunc hashes a text.
func hashFunc(d digest, s spelling) function.Function {
	return textFunction(cty.String, func(t []string) (cty.Value, error) {
		return cty.StringVal(s(d([]byte(t[0])))), nil
	}, "str")
}

// uuidNamespaces are the names that uuidv5() takes for a namespace (RFC 4122, C).
var uuidNamespaces = map[string]uuid.UUID{
	"dns": uuid.NameSpaceDNS, "url": uuid.NameSpaceURL,
	"oid": uuid.NameSpaceOID, "x500": uuid.NameSpaceX500,
}

// uuidv5Func is the UUID of a name: the same in every run.
var uuidv5Func = textFunction(cty.String, func(t []string) (cty.Value, error) {
	space, known := uuidNamespaces[t[0]]
	if !known {
		var err error
		if space, err = uuid.Parse(t[0]); err != nil {
			return cty.NilVal, function.NewArgErrorf(0, "a namespace is a UUID, or one of dns, url, oid and x500")
		}
	}
	return cty.StringVal(uuid.NewSHA1(space, []byte(t[1])).String()), nil
}, "namespace", "name")

var base64encodeFunc = textFunction(cty.String, func(t []string) (cty.Value, error) {
	return cty.StringVal(toBase64([]byte(t[0]))), nil
}, "str")

var base64decodeFunc = textFunction(cty.String, func(t []string) (cty.Value, error) {
	data, err := base64.StdEncoding.DecodeString(t[0])
	if err != nil {
		return cty.NilVal, function.NewArgErrorf(0, "the text is not base64: %v", err)
	}
	return utf8Text(data)
}, "str")

var errNotText = errors.New("the content is not UTF-8, and a string in Terraform is always UTF-8")

// utf8Text is bytes as a text.
func utf8Text(data []byte) (cty.Value, error) {
	if !utf8.Valid(data) {
		return cty.NilVal, errNotText
	}
	return cty.StringVal(string(data)), nil
}

var base64gzipFunc = textFunction(cty.String, func(t []string) (cty.Value, error) {
	var buf bytes.Buffer
	w := gzip.NewWriter(&buf)
	if _, err := io.WriteString(w, t[0]); err != nil {
		return cty.NilVal, err
	}
	if err := w.Flush(); err != nil { // as Terraform does: it is in the result
		return cty.NilVal, err
	}
	if err := w.Close(); err != nil {
		return cty.NilVal, err
	}
	return cty.StringVal(toBase64(buf.Bytes())), nil
}, "str")

var base64gunzipFunc = textFunction(cty.String, func(t []string) (cty.Value, error) {
	data, err := base64.StdEncoding.DecodeString(t[0])
	if err != nil {
		return cty.NilVal, function.NewArgErrorf(0, "the text is not base64: %v", err)
	}
	r, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return cty.NilVal, function.NewArgErrorf(0, "the content is not gzip: %v", err)
	}
	plain, err := io.ReadAll(io.LimitReader(r, maxText+1))
	if err != nil {
		return cty.NilVal, function.NewArgErrorf(0, "the content is not gzip: %v", err)
	}
	if len(plain) > maxText {
		return cty.NilVal, tooLarge(maxText, "bytes")
	}
	return utf8Text(plain)
}, "str")

// characterSet finds an encoding by its name in IANA's registry.
func characterSet(name string) (encoding.Encoding, error) {
	set, err := ianaindex.IANA.Encoding(name)
	if err != nil || set == nil {
		return nil, function.NewArgErrorf(1, "%q is not a known IANA encoding", name)
	}
	return set, nil
}

var textencodebase64Func = textFunction(cty.String, func(t []string) (cty.Value, error) {
	set, err := characterSet(t[1])
	if err != nil {
		return cty.NilVal, err
	}
	data, err := set.NewEncoder().Bytes([]byte(t[0]))
	if err != nil {
		return cty.NilVal, function.NewArgErrorf(0, "the text has characters that %s does not have", t[1])
	}
	return cty.StringVal(toBase64(data)), nil
}, "string", "encoding")

var textdecodebase64Func = textFunction(cty.String, func(t []string) (cty.Value, error) {
	set, err := characterSet(t[1])
	if err != nil {
		return cty.NilVal, err
	}
	data, err := base64.StdEncoding.DecodeString(t[0])
	if err != nil {
		return cty.NilVal, function.NewArgErrorf(0, "the text is not base64: %v", err)
	}
	plain, err := set.NewDecoder().Bytes(data)
	if err != nil || bytes.ContainsRune(plain, utf8.RuneError) {
		return cty.NilVal, function.NewArgErrorf(0, "the content is not %s", t[1])
	}
	return utf8Text(plain)
}, "source", "encoding")
