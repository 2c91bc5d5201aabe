package lang

import (
	"net/netip"
	"strconv"
	"strings"
)

// Terraform reads addresses with a copy of what Go's package net was before it refused
// leading zeros (Go 1.17): they are decimal numbers, however many zeros are in front.
// Source: github.com/apparentlymart/go-cidr and hashicorp/terraform's internal/ipaddr.

// oldPrefix reads a prefix such as 10.08.0.0/016.
func oldPrefix(s string) (netip.Prefix, bool) {
	text, length, ok := strings.Cut(s, "/")
	a, isAddress := oldAddress(text)
	bits := trimZeros(length)
	if !ok || !isAddress || bits == "" || len(bits) > 3 || strings.Trim(bits, "0123456789") != "" {
		return netip.Prefix{}, false
	}
	n, _ := strconv.Atoi(bits)
	return netip.PrefixFrom(a, n), n <= a.BitLen()
}

// oldAddress reads an address, whose parts may begin with zeros.
func oldAddress(s string) (netip.Addr, bool) {
	parts := strings.Split(s, ":")
	last := len(parts) - 1
	for i := range last {
		parts[i] = trimZeros(parts[i])
	}
	quad := strings.Split(parts[last], ".")
	for i := range quad {
		quad[i] = trimZeros(quad[i])
	}
	parts[last] = strings.Join(quad, ".")
	a, err := netip.ParseAddr(strings.Join(parts, ":"))
	return a, err == nil && a.Zone() == ""
}

// trimZeros takes the zeros in front of a number away, but not its last digit.
func trimZeros(s string) string {
	if bare := strings.TrimLeft(s, "0"); bare != "" || s == "" {
		if bare != "" && strings.IndexByte("0123456789abcdefABCDEF", bare[0]) >= 0 {
			return bare
		}
		return s
	}
	return "0"
}
