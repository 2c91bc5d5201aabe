package lang

import (
	"github.com/hashicorp/hcl/v2/ext/tryfunc"
	"github.com/hashicorp/hcl/v2/ext/typeexpr"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
)

// PureFunctions are Terraform's functions that depend on their arguments alone.
// Sources of the names and of what they do:
// https://developer.hashicorp.com/terraform/language/functions and
// https://opentofu.org/docs/language/functions (base64gunzip, cidrcontains, convert
// and urldecode are OpenTofu's alone). Where cty's own function is the same it is
// taken; where a short argument can ask for a huge result, it is limited.
var PureFunctions = map[string]function.Function{
	// numbers
	"abs": stdlib.AbsoluteFunc, "ceil": stdlib.CeilFunc, "floor": stdlib.FloorFunc,
	"log": stdlib.LogFunc, "max": stdlib.MaxFunc, "min": stdlib.MinFunc,
	"parseint": Limited(stdlib.ParseIntFunc, fewDigits), "pow": stdlib.PowFunc,
	"signum": stdlib.SignumFunc,

	// texts
	"chomp": stdlib.ChompFunc, "endswith": endswithFunc,
	"format":     Limited(stdlib.FormatFunc, PlainNumbers, formatSize),
	"formatlist": Limited(stdlib.FormatListFunc, PlainNumbers, formatSize),
	"indent":     Limited(stdlib.IndentFunc, indentSize), "join": Limited(stdlib.JoinFunc, joinSize),
	"lower": stdlib.LowerFunc, "regex": Limited(stdlib.RegexFunc, regexSize),
	"regexall": Limited(stdlib.RegexAllFunc, regexSize), "replace": replaceFunc,
	"split": stdlib.SplitFunc, "startswith": startswithFunc, "strcontains": strcontainsFunc,
	"strrev": stdlib.ReverseFunc, "substr": stdlib.SubstrFunc, "title": stdlib.TitleFunc,
	"trim": stdlib.TrimFunc, "trimprefix": stdlib.TrimPrefixFunc,
	"trimspace": stdlib.TrimSpaceFunc, "trimsuffix": stdlib.TrimSuffixFunc,
	"upper": stdlib.UpperFunc,

	// collections
	"alltrue": alltrueFunc, "anytrue": anytrueFunc, "chunklist": stdlib.ChunklistFunc,
	"coalesce": coalesceFunc, "coalescelist": stdlib.CoalesceListFunc,
	"compact": stdlib.CompactFunc, "concat": Limited(stdlib.ConcatFunc, fewElements),
	"contains": stdlib.ContainsFunc, "distinct": Limited(stdlib.DistinctFunc, squareElements),
	"element": stdlib.ElementFunc, "flatten": Limited(stdlib.FlattenFunc, fewElements),
	"index": indexFunc, "keys": stdlib.KeysFunc, "length": lengthFunc, "list": listFunc,
	"lookup": lookupFunc, "map": mapFunc, "matchkeys": Limited(matchkeysFunc, squareElements),
	"merge": Limited(stdlib.MergeFunc, fewElements), "one": oneFunc, "range": stdlib.RangeFunc,
	"reverse": stdlib.ReverseListFunc, "setintersection": stdlib.SetIntersectionFunc,
	"setproduct":  Limited(stdlib.SetProductFunc, productSize),
	"setsubtract": stdlib.SetSubtractFunc, "setunion": stdlib.SetUnionFunc,
	"slice": stdlib.SliceFunc, "sort": stdlib.SortFunc, "sum": sumFunc,
	"transpose": transposeFunc, "values": stdlib.ValuesFunc, "zipmap": stdlib.ZipmapFunc,

	// encodings
	"base64decode": base64decodeFunc, "base64encode": base64encodeFunc,
	"base64gunzip": base64gunzipFunc, "base64gzip": base64gzipFunc,
	"csvdecode": stdlib.CSVDecodeFunc, "jsondecode": Limited(stdlib.JSONDecodeFunc, jsonSize),
	"jsonencode":       Limited(stdlib.JSONEncodeFunc, PlainNumbers),
	"textdecodebase64": textdecodebase64Func, "textencodebase64": textencodebase64Func,
	"urldecode": urldecodeFunc, "urlencode": urlencodeFunc,
	"yamldecode": YamldecodeFunc, "yamlencode": yamlencodeFunc,

	// dates
	"formatdate": stdlib.FormatDateFunc, "timeadd": stdlib.TimeAddFunc, "timecmp": timecmpFunc,

	// hashes
	"base64sha256": hashFunc(sha256Sum, toBase64), "base64sha512": hashFunc(sha512Sum, toBase64),
	"md5": hashFunc(md5Sum, toHex), "sha1": hashFunc(sha1Sum, toHex),
	"sha256": hashFunc(sha256Sum, toHex), "sha512": hashFunc(sha512Sum, toHex),
	"uuidv5": uuidv5Func,

	// networks
	"cidrcontains": cidrcontainsFunc, "cidrhost": cidrhostFunc, "cidrnetmask": cidrnetmaskFunc,
	"cidrsubnet": cidrsubnetFunc, "cidrsubnets": cidrsubnetsFunc,

	// types and marks
	"can": tryfunc.CanFunc, "convert": typeexpr.ConvertFunc,
	"ephemeralasnull": ephemeralasnullFunc, "issensitive": issensitiveFunc,
	"nonsensitive": nonsensitiveFunc, "sensitive": sensitiveFunc,
	"tobool": stdlib.MakeToFunc(cty.Bool), "tolist": stdlib.MakeToFunc(cty.List(cty.DynamicPseudoType)),
	"tomap":    stdlib.MakeToFunc(cty.Map(cty.DynamicPseudoType)),
	"tonumber": Limited(stdlib.MakeToFunc(cty.Number), fewDigits),
	"toset":    stdlib.MakeToFunc(cty.Set(cty.DynamicPseudoType)),
	"tostring": Limited(stdlib.MakeToFunc(cty.String), PlainNumbers),
	"try":      tryFunc,

	// paths
	"basename": basenameFunc, "dirname": dirnameFunc,
}
