package schema_test

import (
	"strings"
	"testing"
)

// TestAdmitRules holds rules of the webhook that Istio's own test objects do not break,
// and what is fine beside them.
func TestAdmitRules(t *testing.T) {
	for _, test := range []struct{ kind, spec, want string }{
		{"Gateway", "servers: [{hosts: ['*'], port: {name: a, number: 443, protocol: HTTPS}}]", "spec.servers[0].tls"},
		{"Gateway", "servers: [{hosts: ['*'], port: {name: a, number: 443, protocol: HTTPS}, tls: {mode: SIMPLE}}]", "spec.servers[0].tls.serverCertificate spec.servers[0].tls.privateKey"},
		{"Gateway", "servers: [{hosts: ['*'], port: {name: a, number: 443, protocol: HTTPS}, tls: {mode: MUTUAL, credentialName: a}}]", ""},
		{"Gateway", "servers: [{hosts: ['*'], port: {name: a, number: 443, protocol: HTTPS}, tls: {mode: MUTUAL, serverCertificate: a, privateKey: b}}]", "spec.servers[0].tls.caCertificates"},
		{"Gateway", "servers: [{hosts: ['*'], port: {name: a, number: 443, protocol: HTTPS}, tls: {mode: ISTIO_MUTUAL, credentialName: a}}]", "spec.servers[0].tls.credentialName"},
		{"Gateway", "servers: [{hosts: ['*'], port: {name: a, number: 80, protocol: HTTP}, tls: {httpsRedirect: true}}]", ""},
		{"Gateway", "servers: [{hosts: ['*'], port: {name: a, number: 80, protocol: HTTP}, tls: {mode: SIMPLE, credentialName: a}}]", "spec.servers[0].tls"},
		{"Gateway", "servers: [{hosts: ['*'], port: {name: a, number: 80, protocol: SMTP}}]", "spec.servers[0].port.protocol"},
		{"Gateway", "servers: [{hosts: [short, ns/*.a.com, './*', 10.0.0.1, ns/], port: {name: a, number: 80, protocol: TCP}}]", "spec.servers[0].hosts[0] spec.servers[0].hosts[4]"},
		{"Gateway", "servers: [{hosts: ['*'], bind: here, port: {name: a, number: 80, protocol: TCP, targetPort: 8080}}]", "spec.servers[0].port.targetPort spec.servers[0].bind"},

		{"VirtualService", "hosts: ['*'], gateways: [a], http: [{redirect: {uri: /a}}]", ""},
		{"VirtualService", "hosts: [a], http: [{route: [{destination: {host: a}}], redirect: {uri: /a}}]", "spec.http[0].route"},
		{"VirtualService", "hosts: [a], http: [{redirect: {}}]", "spec.http[0].redirect"},
		{"VirtualService", "hosts: [a], http: [{redirect: {uri: /a, redirectCode: 200, scheme: ftp}}]", "spec.http[0].redirect.redirectCode spec.http[0].redirect.scheme"},
		{"VirtualService", "hosts: [a], http: [{redirect: {prefixRewrite: /a}, match: [{uri: {exact: /b}}]}]", "spec.http[0].match[0].uri"},
		{"VirtualService", "hosts: [a], http: [{directResponse: {status: 100}}]", "spec.http[0].directResponse.status"},
		{"VirtualService", "hosts: [a], http: [{directResponse: {status: 503}, fault: {}}]", "spec.http[0].fault spec.http[0].fault"},
		{"VirtualService", "hosts: [a], http: [{route: [{destination: {host: a}}, {destination: {host: b}}]}]", "spec.http[0].route"},
		{"VirtualService", "hosts: [a], http: [{route: [{destination: {host: a}, weight: 1}, {destination: {host: b}}]}]", ""},
		{"VirtualService", "hosts: [a], http: [{route: [{destination: {host: '*', subset: a.b, port: {number: 0}}}]}]", "spec.http[0].route[0].destination.host spec.http[0].route[0].destination.subset spec.http[0].route[0].destination.port.number"},
		{"VirtualService", "hosts: [a], http: [{match: [{uri: {regex: '(?!a)'}}, {headers: {x: {prefix: ''}}}, {uri: {prefix: ''}}], redirect: {uri: a}}]", "spec.http[0].match[0].uri.regex spec.http[0].match[1].headers.x.prefix"},
		{"VirtualService", "hosts: [a], http: [{match: [{withoutHeaders: {x: {regex: '*'}}, headers: {':authority': {exact: a}, 'a b': {exact: a}}}], redirect: {uri: a}}]", `spec.http[0].match[0].headers["a b"]`},
		{"VirtualService", "hosts: [a], http: [{redirect: {uri: a}, headers: {request: {set: {host: a, ':path': b}, remove: [host]}, response: {add: {x: '50%', y: '%START_TIME(%s)%', z: '100%%'}}}}]",
			"spec.http[0].headers.request.set.:path spec.http[0].headers.request.remove[0] spec.http[0].headers.response.add.x"},
		{"VirtualService", "hosts: [a], http: [{redirect: {uri: a}, rewrite: {authority: b}, headers: {request: {set: {host: a}}}}]", "spec.http[0].rewrite spec.http[0].headers.request.set.host"},
		{"VirtualService", "hosts: [a], http: [{route: [{destination: {host: a}}], retries: {perTryTimeout: 1s}}]", "spec.http[0].retries.perTryTimeout"},
		{"VirtualService", "hosts: [a], http: [{route: [{destination: {host: a}}], retries: {attempts: 2, retryOn: '5xx,503,nothing'}}]", "spec.http[0].retries.retryOn"},
		{"VirtualService", "hosts: [a], http: [{route: [{destination: {host: a}}], corsPolicy: {allowOrigins: [{}, {exact: a}], allowMethods: [get]}}]", "spec.http[0].corsPolicy.allowOrigins[0] spec.http[0].corsPolicy.allowMethods[0]"},
		{"VirtualService", "hosts: [a], http: [{route: [{destination: {host: a}}], fault: {abort: {percentage: {value: 200}, grpcStatus: MAYBE}, delay: {exponentialDelay: 1s}}}]",
			"spec.http[0].fault.abort.percentage.value spec.http[0].fault.abort.grpcStatus spec.http[0].fault.delay.exponentialDelay"},
		{"VirtualService", "hosts: [a], http: [{route: [{destination: {host: a}}], rewrite: {}}]", "spec.http[0].rewrite"},
		{"VirtualService", "hosts: ['*.a.com'], tls: [{match: [{sniHosts: [b.a.com, b.com]}], route: [{destination: {host: a}}]}]", "spec.tls[0].match[0].sniHosts[1]"},
		{"VirtualService", "hosts: [a], exportTo: ['*', b], tcp: [{match: [{destinationSubnets: [a]}], route: [{destination: {host: a}}]}]", "spec.tcp[0].match[0].destinationSubnets[0] spec.exportTo[0]"},
		{"VirtualService", "hosts: [a], exportTo: [., ., '~'], http: [{redirect: {uri: a}}]", "spec.exportTo[1] spec.exportTo[2]"},

		{"DestinationRule", "host: a_b", "spec.host"},
		{"DestinationRule", "host: a, trafficPolicy: {}", "spec.trafficPolicy"},
		{"DestinationRule", "host: a, trafficPolicy: {tls: {mode: MUTUAL}}", "spec.trafficPolicy.tls.clientCertificate spec.trafficPolicy.tls.privateKey"},
		{"DestinationRule", "host: a, trafficPolicy: {tls: {mode: SIMPLE, credentialName: a, caCertificates: b}}", "spec.trafficPolicy.tls.caCertificates"},
		{"DestinationRule", "host: a, trafficPolicy: {outlierDetection: {consecutiveLocalOriginFailures: 5, maxEjectionPercent: 101}}", "spec.trafficPolicy.outlierDetection.consecutiveLocalOriginFailures spec.trafficPolicy.outlierDetection.maxEjectionPercent"},
		{"DestinationRule", "host: a, trafficPolicy: {connectionPool: {http: {maxRetries: -1, http2KeepAlive: {interval: 5s}}}}", "spec.trafficPolicy.connectionPool.http.maxRetries spec.trafficPolicy.connectionPool.http.http2KeepAlive.timeout"},
		{"DestinationRule", "host: a, trafficPolicy: {loadBalancer: {consistentHash: {maglev: {tableSize: 100}, useSourceIp: true}}}", "spec.trafficPolicy.loadBalancer.consistentHash.maglev.tableSize"},
		{"DestinationRule", "host: a, trafficPolicy: {loadBalancer: {localityLbSetting: {distribute: [{from: a, to: {b: 50, c: 40}}]}}}", "spec.trafficPolicy.loadBalancer.localityLbSetting.distribute[0].to"},
		{"DestinationRule", "host: a, trafficPolicy: {loadBalancer: {localityLbSetting: {failover: [{from: a, to: a}, {from: a, to: b/c}]}}}", "spec.trafficPolicy.loadBalancer.localityLbSetting.failover[0].to spec.trafficPolicy.loadBalancer.localityLbSetting.failover[1].to spec.trafficPolicy.loadBalancer.localityLbSetting.failover"},
		{"DestinationRule", "host: a, trafficPolicy: {portLevelSettings: [{port: {number: 80}}]}", "spec.trafficPolicy.portLevelSettings[0]"},
		{"DestinationRule", "host: a, workloadSelector: {matchLabels: {a: b}}, exportTo: ['*']", "spec.exportTo[0]"},
		{"DestinationRule", "host: a, subsets: [{name: a b, labels: {'a b': c d}}]", `spec.subsets[0].name spec.subsets[0].labels["a b"] spec.subsets[0].labels["a b"]`},

		{"ServiceEntry", "hosts: [a.com, b.com], resolution: DNS, ports: [{name: a, number: 80, protocol: TCP}]", "spec.ports[0].protocol"},
		{"ServiceEntry", "hosts: [a.com, b.com], ports: [{name: a, number: 80, protocol: TCP}]", ""},
		{"ServiceEntry", "hosts: [a.com], addresses: [a], ports: [{name: a_b, number: 80, protocol: NONE}]", "spec.addresses[0] spec.ports[0].name spec.ports[0].protocol"},
		{"ServiceEntry", "hosts: [a.com], resolution: STATIC, endpoints: [{address: 10.0.0.1, ports: {b: 80}}], ports: [{name: a, number: 80}]", "spec.endpoints[0].ports.b"},
		{"ServiceEntry", "hosts: [a.com], resolution: DNS, endpoints: [{address: a_b}], ports: [{name: a, number: 80}]", "spec.endpoints[0].address"},

		// What the webhook warns about.
		{"Gateway", "servers: [{hosts: ['*'], port: {name: a, number: 443, protocol: HTTPS}, tls: {mode: PASSTHROUGH, httpsRedirect: true, credentialName: a, minProtocolVersion: TLSV1_1}}]",
			"spec.servers[0].tls.httpsRedirect spec.servers[0].tls.credentialName spec.servers[0].tls.minProtocolVersion"},
		{"VirtualService", "hosts: [a], http: [{route: [{destination: {host: a}}], fault: {abort: {percentage: {value: 5}}}}]", "spec.http[0].fault.abort"},
		{"DestinationRule", "host: a, trafficPolicy: {outlierDetection: {consecutive5xxErrors: 5}, loadBalancer: {localityLbSetting: {failover: [{from: a, to: b}]}}}, subsets: [{name: b, trafficPolicy: {loadBalancer: {localityLbSetting: {failoverPriority: [a]}}}}]", ""},
		{"DestinationRule", "host: a, subsets: [{name: b, trafficPolicy: {loadBalancer: {localityLbSetting: {failoverPriority: [a]}}}}]", "spec.subsets[0].trafficPolicy.loadBalancer.localityLbSetting.failoverPriority"},
		{"ServiceEntry", "hosts: [a.com], workloadSelector: {labels: {a: b}}, ports: [{name: a, number: 80}]", "spec.workloadSelector"},
		{"Sidecar", "workloadSelector: {labels: {}}, egress: [{hosts: ['./*', './a.b', 'c/d.e', 'c/d.e']}]", "spec.egress[0].hosts[1] spec.egress[0].hosts[3] spec.workloadSelector"},

		{"EnvoyFilter", "configPatches: [{applyTo: CLUSTER, patch: {operation: REMOVE}}, {patch: {operation: REMOVE}}]", "spec.configPatches[1].applyTo"},
		{"EnvoyFilter", "configPatches: [{applyTo: CLUSTER}, {applyTo: CLUSTER, patch: {value: {a: b}}}, {applyTo: CLUSTER, patch: {operation: MERGE}}]",
			"spec.configPatches[0].patch spec.configPatches[1].patch.operation spec.configPatches[2].patch.value"},
		{"EnvoyFilter", "configPatches: [{match: {context: WAYPOINT, waypoint: {}}}]", ""},
		{"EnvoyFilter", "configPatches: [{applyTo: CLUSTER, match: {proxy: {proxyVersion: '('}}, patch: {operation: REMOVE}}]", "spec.configPatches[0].match.proxy.proxyVersion"},
		{"EnvoyFilter", "configPatches: [{applyTo: CLUSTER, match: {listener: {}}, patch: {operation: REMOVE}}, {applyTo: HTTP_ROUTE, match: {cluster: {}}, patch: {operation: REMOVE}}, {applyTo: HTTP_FILTER, match: {listener: {}}, patch: {operation: REMOVE}}]",
			"spec.configPatches[0].match.listener spec.configPatches[1].match.cluster"},
		{"EnvoyFilter", "configPatches: [{applyTo: NETWORK_FILTER, match: {listener: {filterChain: {filter: {name: a, subFilter: {name: b}}}}}, patch: {operation: REMOVE}}]", "spec.configPatches[0].match.listener.filterChain.filter.subFilter"},
		{"EnvoyFilter", "configPatches: [{applyTo: HTTP_FILTER, match: {listener: {filterChain: {filter: {name: a, subFilter: {}}}}}, patch: {operation: REMOVE}}]",
			"spec.configPatches[0].match.listener.filterChain.filter.name spec.configPatches[0].match.listener.filterChain.filter.subFilter.name"},
		{"EnvoyFilter", "configPatches: [{applyTo: HTTP_FILTER, match: {listener: {filterChain: {filter: {}}}}, patch: {operation: REMOVE}}]", "spec.configPatches[0].match.listener.filterChain.filter.name"},

		{"Sidecar", "egress: [{hosts: [a]}]", "spec.egress[0].hosts[0]"},
		{"Sidecar", "egress: [{hosts: ['./*', 'istio-system/*', '~/*']}]", ""},
		{"Sidecar", "egress: [{port: {number: 80, protocol: HTTP}, bind: a, hosts: ['*/*']}, {port: {number: 80}, hosts: ['*/*']}]", "spec.egress[0].bind spec.egress[1].port.number"},
		{"Sidecar", "outboundTrafficPolicy: {egressProxy: {host: a.b, port: {number: 80}}}", "spec.outboundTrafficPolicy.egressProxy"},
	} {
		version := map[bool]string{true: "v1alpha3", false: "v1"}[test.kind == "EnvoyFilter"]
		o := decode(t, "apiVersion: networking.istio.io/"+version+"\nkind: "+test.kind+"\nmetadata: {name: a}\nspec: {"+test.spec+"}")[0]
		crd, webhook := both(t, o)
		if len(crd.Problems) > 0 {
			t.Errorf("%s: the CRD refuses it: %s at %s", test.spec, crd.Problems[0].Message, crd.Problems[0].Field.Path())
		}
		var found []string
		for _, p := range webhook.Problems {
			found = append(found, p.Field.Path())
		}
		if got := strings.Join(found, " "); got != test.want {
			t.Errorf("%s {%s}\n got %s\nwant %s", test.kind, test.spec, got, test.want)
		}
	}
}

func TestAdmitPolicies(t *testing.T) {
	for spec, want := range map[string]string{
		"action: DENY, rules: [{}]":                        "",
		"action: CUSTOM, provider: {name: a}, rules: [{}]": "",
		"action: CUSTOM, provider: {name: a}, rules: [{from: [{source: {namespaces: [a]}}], when: [{key: 'request.auth.claims[a]', values: [b]}]}]": "spec.rules[0].from[0].source.namespaces spec.rules[0].when[0].key",
		"rules: [{to: [{operation: {paths: ['/a/{*}/b', '/{**}', '/a{*}', '/{**}/{*}']}}]}]":                                                        "spec.rules[0].to[0].operation.paths[2] spec.rules[0].to[0].operation.paths[3]",
		"rules: [{from: [{source: {serviceAccounts: [a, b/c, b/c/d, 'e*']}}]}]":                                                                     "spec.rules[0].from[0].source.serviceAccounts[2] spec.rules[0].from[0].source.serviceAccounts[3]",
		"rules: [{when: [{key: request.headers, values: [a]}, {key: source.ipp, values: [a]}, {key: destination.port, values: ['99999']}]}]":        "spec.rules[0].when[0].key spec.rules[0].when[1].key spec.rules[0].when[2].values[0]",
		"rules: [{when: [{key: 'experimental.envoy.filters.network.mysql_proxy[db]', values: ['[table]']}]}]":                                       "",
		"targetRefs: [{kind: Service, name: a}, {kind: Gateway, name: a}]":                                                                          "spec.targetRefs[1].kind",
	} {
		o := decode(t, "apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: {name: a}\nspec: {"+spec+"}")[0]
		_, webhook := both(t, o)
		var found []string
		for _, p := range webhook.Problems {
			found = append(found, p.Field.Path())
		}
		if got := strings.Join(found, " "); got != want {
			t.Errorf("{%s}\n got %s\nwant %s", spec, got, want)
		}
	}
}
