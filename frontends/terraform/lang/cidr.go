package lang

import (
	"math/big"
	"net/netip"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
)

// maxNewBits is how many bits cidrsubnets() may add to a prefix.
const maxNewBits = 32

// prefixArgument reads the first argument, such as 10.1.2.0/24; the bits behind the
// prefix are cleared.
func prefixArgument(args []cty.Value) (netip.Prefix, error) {
	p, ok := oldPrefix(args[0].AsString())
	if !ok {
		return netip.Prefix{}, function.NewArgErrorf(0, "%q is not an address prefix such as 10.1.0.0/16", args[0].AsString())
	}
	return p.Masked(), nil
}

// wholeArgument reads an argument that is a whole number.
func wholeArgument(args []cty.Value, i int) (*big.Int, error) {
	n, accuracy := args[i].AsBigFloat().Int(nil)
	if accuracy != big.Exact || n.BitLen() > 128 {
		return nil, function.NewArgErrorf(i, "a whole number of at most 128 bits is needed")
	}
	return n, nil
}

// inside is the address at base with a number put into its bits. Terraform does not
// refuse a negative one, and takes what comes out without its sign.
func inside(base netip.Addr, n *big.Int) netip.Addr {
	bytes := make([]byte, base.BitLen()/8)
	sum := new(big.Int).Or(new(big.Int).SetBytes(base.AsSlice()), n)
	a, _ := netip.AddrFromSlice(sum.FillBytes(bytes))
	return a
}

// prefixText is a network as Terraform writes it: an IPv4 one that was written as an
// IPv6 one comes out as what it is.
func prefixText(a netip.Addr, bits int) cty.Value {
	if a.Is4In6() && bits >= 96 {
		a, bits = a.Unmap(), bits-96
	}
	return cty.StringVal(netip.PrefixFrom(a, bits).String())
}

// power is 2 to the power of bits.
func power(bits int) *big.Int { return new(big.Int).Lsh(big.NewInt(1), uint(bits)) }

func cidrFunction(t cty.Type, impl function.ImplFunc, params ...function.Parameter) function.Function {
	return function.New(&function.Spec{Params: params, Type: function.StaticReturnType(t), Impl: impl})
}

// cidrhostFunc is the address with a number in a network; a negative number counts
// from the end.
var cidrhostFunc = cidrFunction(cty.String, func(args []cty.Value, _ cty.Type) (cty.Value, error) {
	p, err := prefixArgument(args)
	if err != nil {
		return cty.NilVal, err
	}
	n, err := wholeArgument(args, 1)
	if err != nil {
		return cty.NilVal, err
	}
	size := power(p.Addr().BitLen() - p.Bits())
	if n.Sign() < 0 {
		n = new(big.Int).Add(size, n)
	}
	if n.Sign() < 0 || n.Cmp(size) >= 0 {
		return cty.NilVal, function.NewArgErrorf(1, "the network %s has no host with this number", p)
	}
	if p.Addr().Is4In6() {
		n = new(big.Int).Lsh(n, 96) // the library behind Terraform takes it for 32 bits
	}
	return cty.StringVal(inside(p.Addr(), n).String()), nil
}, function.Parameter{Name: "prefix", Type: cty.String}, function.Parameter{Name: "hostnum", Type: cty.Number})

// cidrnetmaskFunc is the mask of an IPv4 prefix.
var cidrnetmaskFunc = cidrFunction(cty.String, func(args []cty.Value, _ cty.Type) (cty.Value, error) {
	p, err := prefixArgument(args)
	if err != nil {
		return cty.NilVal, err
	}
	if !p.Addr().Is4() && !p.Addr().Is4In6() {
		return cty.NilVal, function.NewArgErrorf(0, "an IPv6 network has no mask")
	}
	all := p.Addr().BitLen()
	mask := new(big.Int).Sub(power(all), power(all-p.Bits()))
	a, _ := netip.AddrFromSlice(mask.FillBytes(make([]byte, all/8)))
	return cty.StringVal(a.String()), nil
}, function.Parameter{Name: "prefix", Type: cty.String})

// cidrsubnetFunc is the network with a number among those that are newbits longer.
var cidrsubnetFunc = cidrFunction(cty.String, func(args []cty.Value, _ cty.Type) (cty.Value, error) {
	p, err := prefixArgument(args)
	if err != nil {
		return cty.NilVal, err
	}
	bits, err := newBits(args, 1, p, -128, 128)
	if err != nil {
		return cty.NilVal, err
	}
	n, err := wholeArgument(args, 2)
	if err != nil {
		return cty.NilVal, err
	}
	if bits >= 0 && n.Cmp(power(bits)) >= 0 {
		return cty.NilVal, function.NewArgErrorf(2, "%d more bits have no network with this number", bits)
	}
	long := p.Bits() + bits
	base := inside(p.Addr(), new(big.Int).Lsh(n, uint(p.Addr().BitLen()-long)))
	return prefixText(base, long), nil
}, function.Parameter{Name: "prefix", Type: cty.String},
	function.Parameter{Name: "newbits", Type: cty.Number},
	function.Parameter{Name: "netnum", Type: cty.Number})

// newBits reads how many bits are added to a prefix.
func newBits(args []cty.Value, i int, p netip.Prefix, least, most int64) (int, error) {
	n, err := wholeArgument(args, i)
	if err != nil {
		return 0, err
	}
	if !n.IsInt64() || n.Int64() < least || n.Int64() > most {
		return 0, function.NewArgErrorf(i, "a prefix can be extended by %d to %d bits", max(least, 0), most)
	}
	if long := p.Bits() + int(n.Int64()); long < 0 || long > p.Addr().BitLen() {
		return 0, function.NewArgErrorf(i, "the network %s has no %d more bits", p, n.Int64())
	}
	return int(n.Int64()), nil
}

// cidrsubnetsFunc is a row of networks, one behind the other, each with its own
// number of bits.
var cidrsubnetsFunc = function.New(&function.Spec{
	Params:   []function.Parameter{{Name: "prefix", Type: cty.String}},
	VarParam: &function.Parameter{Name: "newbits", Type: cty.Number},
	Type:     function.StaticReturnType(cty.List(cty.String)),
	Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
		p, err := prefixArgument(args)
		if err != nil {
			return cty.NilVal, err
		}
		if len(args) == 1 {
			return cty.ListValEmpty(cty.String), nil
		}
		if p.Addr().Is4In6() {
			return cty.NilVal, function.NewArgErrorf(0, "an IPv4 network that is written as an IPv6 one cannot be divided")
		}
		end, next := power(p.Addr().BitLen()-p.Bits()), new(big.Int)
		networks := make([]cty.Value, 0, len(args)-1)
		for i := 1; i < len(args); i++ {
			bits, err := newBits(args, i, p, 1, maxNewBits)
			if err != nil {
				return cty.NilVal, err
			}
			size := power(p.Addr().BitLen() - p.Bits() - bits)
			// A network starts at a multiple of its size.
			if rest := new(big.Int).Mod(next, size); rest.Sign() > 0 {
				next.Add(next, size).Sub(next, rest)
			}
			base := new(big.Int).Set(next)
			if next.Add(next, size); next.Cmp(end) > 0 {
				return cty.NilVal, function.NewArgErrorf(i, "the network %s is full", p)
			}
			networks = append(networks, cty.StringVal(netip.PrefixFrom(inside(p.Addr(), base), p.Bits()+bits).String()))
		}
		return cty.ListVal(networks), nil
	},
})

// cidrcontainsFunc reports whether an address or a network is in a network.
var cidrcontainsFunc = cidrFunction(cty.Bool, func(args []cty.Value, _ cty.Type) (cty.Value, error) {
	p, err := prefixArgument(args)
	if err != nil {
		return cty.NilVal, err
	}
	part, ok := oldPrefix(args[1].AsString())
	if !ok {
		a, ok := oldAddress(args[1].AsString())
		if !ok {
			return cty.NilVal, function.NewArgErrorf(1, "%q is neither an address nor a prefix", args[1].AsString())
		}
		part = netip.PrefixFrom(a, a.BitLen())
	}
	if part.Addr().BitLen() != p.Addr().BitLen() {
		return cty.NilVal, function.NewArgErrorf(1, "an IPv4 and an IPv6 network cannot be compared")
	}
	return cty.BoolVal(part.Bits() >= p.Bits() && p.Contains(part.Addr())), nil
}, function.Parameter{Name: "containing_prefix", Type: cty.String},
	function.Parameter{Name: "contained_ip_or_prefix", Type: cty.String})
