package schema

import "github.com/mesh-check/mesh-check/frontends/object"

// serverTLS judges how a Gateway or Sidecar ends TLS. Source: validateTLSOptions.
func (h *hook) serverTLS(tls object.Field) {
	if h.absent(tls) {
		return
	}
	mode := tls.Get("mode")
	mutual := is(mode, "PASSTHROUGH", "ISTIO_MUTUAL")
	for _, name := range []string{"serverCertificate", "privateKey", "caCertificates", "tlsCertificates", "credentialName", "credentialNames"} {
		f := tls.Get(name)
		h.refuse(mutual.And(filled(f)), f, name+" must not be set when mode is ISTIO_MUTUAL", "remove "+name+", or set another mode")
	}
	pair := filled(tls.Get("serverCertificate")).And(filled(tls.Get("privateKey")))
	sources := []object.Truth{pair, filled(tls.Get("credentialName")), filled(tls.Get("credentialNames")), filled(tls.Get("tlsCertificates"))}
	h.refuse(mutual.Not().And(two(sources)), tls,
		"only one of serverCertificate with privateKey, credentialName, credentialNames and tlsCertificates may be set", "keep one of them")

	simple := is(mode, "PASSTHROUGH", "SIMPLE")
	both := is(mode, "PASSTHROUGH", "MUTUAL", "OPTIONAL_MUTUAL")
	files := simple.Or(both).And(anyOf(tls, "credentialName", "credentialNames").Not())
	ca := tls.Get("caCertificates")
	h.refuse(files.And(both).And(filled(ca).Not()), ca, "mode MUTUAL needs caCertificates or credentialName", "set one of them")
	holders := []object.Field{tls}
	if list := tls.Get("tlsCertificates"); list.Unknown() || len(list.Items()) > 0 {
		holders = h.items(list)
	}
	for _, holder := range holders {
		for _, name := range []string{"serverCertificate", "privateKey"} {
			f := holder.Get(name)
			h.refuse(files.And(filled(f).Not()), f, "this mode needs "+name+" or credentialName", "set credentialName, or serverCertificate and privateKey")
		}
	}
	crl := tls.Get("caCrl")
	used := mutual.Not().And(filled(crl)).And(files)
	h.refuse(used.And(simple), crl, "caCrl must not be set when mode is SIMPLE", "remove caCrl")
}

// two reports whether two of some answers are yes.
func two(answers []object.Truth) object.Truth {
	t := object.No()
	for i, a := range answers {
		for _, b := range answers[i+1:] {
			t = t.Or(a.And(b))
		}
	}
	return t
}

// clientTLS judges how sidecars begin TLS. Source: agent.ValidateTLS.
func (h *hook) clientTLS(tls object.Field) {
	if h.absent(tls) {
		return
	}
	mode := tls.Get("mode")
	simple, mutual := is(mode, "DISABLE", "SIMPLE"), is(mode, "DISABLE", "MUTUAL")
	insecure := tls.Get("insecureSkipVerify").Flag().True()
	for _, name := range []string{"caCertificates", "credentialName", "subjectAltNames"} {
		f := tls.Get(name)
		in := simple
		if name != "credentialName" {
			in = simple.Or(mutual)
		}
		h.refuse(insecure.And(in).And(filled(f)), f, name+" must not be set when insecureSkipVerify is true", "remove "+name+" or insecureSkipVerify")
	}
	named := simple.Or(mutual).And(filled(tls.Get("credentialName")))
	for _, name := range []string{"clientCertificate", "privateKey", "caCertificates", "caCrl"} {
		f := tls.Get(name)
		h.refuse(named.And(filled(f)), f, name+" must not be set beside credentialName", "keep one of them")
	}
	for _, name := range []string{"clientCertificate", "privateKey"} {
		f := tls.Get(name)
		h.refuse(mutual.And(named.Not()).And(filled(f).Not()), f, "mode MUTUAL needs "+name+" or credentialName", "set credentialName, or clientCertificate and privateKey")
	}
}
