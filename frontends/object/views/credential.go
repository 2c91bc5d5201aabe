package views

import "github.com/mesh-check/mesh-check/frontends/object"

// Secret is the view of a Secret.
type Secret struct{ *object.Object }

// AsSecret returns the view of a Secret.
func AsSecret(o *object.Object) Secret { return Secret{o} }

// Data is data, in which values are base64.
func (s Secret) Data() object.Field { return s.Get("data") }

// StringData is stringData, which takes the place of what data has under the same keys.
func (s Secret) StringData() object.Field { return s.Get("stringData") }

// MadeSecret is a Secret that a controller makes for another object.
type MadeSecret struct {
	*object.Object
	// Name is the name of the Secret, which lies in the namespace of the object.
	Name object.Str
}

// secretMaker is a kind of objects for which controllers make Secrets.
type secretMaker struct {
	group, kind string
	// names are paths to the name of the Secret; the first that is there counts. A part that ends with [] is a list.
	names []string
}

// ownName is the name of the object itself.
const ownName = "metadata.name"

// secretMakers are the kinds of objects for which controllers make Secrets. Source: the CRDs of cert-manager v1.18, External
// Secrets v0.19 and its predecessor kubernetes-external-secrets, Sealed Secrets v0.30, Vault Secrets Operator v0.10, the Secrets Store
// CSI driver v1.5, sops-secrets-operator v0.17 and 1Password's operator v1.9.
var secretMakers = []secretMaker{
	{"cert-manager.io", "Certificate", []string{"spec.secretName"}},
	{"certmanager.k8s.io", "Certificate", []string{"spec.secretName"}},
	{"external-secrets.io", "ExternalSecret", []string{"spec.target.name", ownName}},
	{"external-secrets.io", "ClusterExternalSecret", []string{"spec.externalSecretSpec.target.name", "spec.externalSecretName", ownName}},
	{"kubernetes-client.io", "ExternalSecret", []string{ownName}},
	{"bitnami.com", "SealedSecret", []string{"spec.template.metadata.name", ownName}},
	{"secrets.hashicorp.com", "VaultStaticSecret", []string{"spec.destination.name"}},
	{"secrets.hashicorp.com", "VaultDynamicSecret", []string{"spec.destination.name"}},
	{"secrets.hashicorp.com", "VaultPKISecret", []string{"spec.destination.name"}},
	{"secrets-store.csi.x-k8s.io", "SecretProviderClass", []string{"spec.secretObjects[].secretName"}},
	{"isindir.github.com", "SopsSecret", []string{"spec.secretTemplates[].name"}},
	{"onepassword.com", "OnePasswordItem", []string{ownName}},
	// cert-manager makes the Secrets of Ingresses and Gateways with its annotations.
	{Kubernetes, "Ingress", []string{"spec.tls[].secretName"}},
	{"extensions", "Ingress", []string{"spec.tls[].secretName"}},
	{GatewayAPI, "Gateway", []string{"spec.listeners[].tls.certificateRefs[].name"}},
}

// MadeSecrets are the Secrets that controllers make for the objects of a set.
func MadeSecrets(set *object.Set) []MadeSecret {
	var all []MadeSecret
	for _, maker := range secretMakers {
		for _, o := range set.ByKind(maker.group, maker.kind) {
			for _, path := range maker.names {
				names := o.Root().Each(path)
				for _, name := range names {
					all = append(all, MadeSecret{o, name.Str()})
				}
				if len(names) > 0 {
					break
				}
			}
		}
	}
	return all
}
