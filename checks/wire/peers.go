package wire

import "sync"

// Peers is software whose replicas call each other.
type Peers struct {
	Name string
	// images are its servers, by the whole last part of their image's name.
	images []string
	// Ports are the TCP ports of the replicas among themselves, by default.
	Ports []int64
	// HTTP are those at which they speak HTTP or gRPC to the addresses of pods.
	HTTP   []int64
	source string
}

// peers are the servers whose replicas call each other on ports of their own. Where several
// projects share a port, it is one line each.
var peers = []Peers{
	{Name: "RabbitMQ", images: []string{"rabbitmq", "rabbitmq-server"}, Ports: []int64{4369, 25672}, source: "RabbitMQ manual, networking"},
	{Name: "EMQX", images: []string{"emqx", "emqx-ee", "emqx-enterprise"}, Ports: []int64{4370, 5370}, source: "EMQX manual, cluster security"},
	{Name: "VerneMQ", images: []string{"vernemq"}, Ports: []int64{4369, 44053}, source: "VerneMQ manual, inter-node communication"},
	{Name: "JGroups", images: []string{"infinispan", "keycloak", "keycloakx", "wildfly", "artemis", "activemq-artemis"}, Ports: []int64{7800, 57800}, source: "JGroups manual, TCP and FD_SOCK"},
	{Name: "Hazelcast", images: []string{"hazelcast", "hazelcast-enterprise"}, Ports: []int64{5701}, source: "Hazelcast manual, networking"},
	{Name: "Elasticsearch", images: []string{"elasticsearch", "elasticsearch-oss"}, Ports: []int64{9300}, source: "Elasticsearch manual, transport.port"},
	{Name: "OpenSearch", images: []string{"opensearch"}, Ports: []int64{9300}, source: "OpenSearch manual, network settings"},
	{Name: "ZooKeeper", images: []string{"zookeeper", "cp-zookeeper"}, Ports: []int64{2888, 3888}, source: "ZooKeeper administrator's guide, server.x"},
	{Name: "Kafka", images: []string{"kafka", "cp-kafka", "cp-server"}, Ports: []int64{9093, 9094}, source: "Kafka manual, KRaft; Bitnami's chart of Kafka"},
	{Name: "Cassandra", images: []string{"cassandra", "scylla", "dse-server"}, Ports: []int64{7000, 7001}, source: "Cassandra manual, storage_port and ssl_storage_port"},
	{Name: "Galera", images: []string{"mariadb-galera", "percona-xtradb-cluster", "pxc"}, Ports: []int64{4567, 4568, 4444}, source: "Galera manual, firewall settings"},
	{Name: "Couchbase", images: []string{"couchbase", "couchbase-server"}, Ports: []int64{21100, 11209, 9100, 9101, 9102, 9103, 9104, 9105}, source: "Couchbase manual, ports, node-to-node"},
	{Name: "Vault", images: []string{"vault", "vault-enterprise", "openbao"}, Ports: []int64{8201}, source: "Vault manual, cluster_address"},
	{Name: "Consul", images: []string{"consul", "consul-enterprise"}, Ports: []int64{8300, 8301}, source: "Consul manual, required ports"},
	{Name: "NATS", images: []string{"nats", "nats-server"}, Ports: []int64{6222}, source: "NATS manual, clustering"},
	{Name: "Redis Cluster", images: []string{"redis-cluster", "valkey-cluster"}, Ports: []int64{16379}, source: "Redis manual, cluster TCP ports"},
	{Name: "Sentinel", images: []string{"redis-sentinel", "valkey-sentinel"}, Ports: []int64{26379}, source: "Redis manual, Sentinel"},
	{Name: "CockroachDB", images: []string{"cockroach", "cockroachdb"}, Ports: []int64{26257}, source: "CockroachDB manual, cockroach start"},
	{Name: "etcd", images: []string{"etcd"}, Ports: []int64{2380}, source: "etcd manual, listen-peer-urls"},
	{Name: "PD", images: []string{"pd"}, Ports: []int64{2380}, source: "TiDB manual, peer-urls of PD"},
	{Name: "TiKV", images: []string{"tikv"}, Ports: []int64{20160}, source: "TiKV manual, addr"},
	{Name: "ClickHouse", images: []string{"clickhouse", "clickhouse-server"}, Ports: []int64{9009}, source: "ClickHouse manual, interserver_http_port"},
	{Name: "ClickHouse Keeper", images: []string{"clickhouse-keeper"}, Ports: []int64{9234}, source: "ClickHouse manual, raft_configuration"},
	{Name: "Loki", images: []string{"loki"}, Ports: []int64{7946}, HTTP: []int64{9095}, source: "Loki manual, memberlist and server"},
	{Name: "Mimir", images: []string{"mimir"}, Ports: []int64{7946}, HTTP: []int64{9095}, source: "Mimir manual, memberlist and server"},
	{Name: "Tempo", images: []string{"tempo"}, Ports: []int64{7946}, HTTP: []int64{9095}, source: "Tempo manual, memberlist and server"},
	{Name: "Cortex", images: []string{"cortex"}, Ports: []int64{7946}, HTTP: []int64{9095}, source: "Cortex manual, memberlist and server"},
	{Name: "Alloy", images: []string{"alloy", "grafana-agent"}, HTTP: []int64{12345}, source: "Grafana Alloy manual, clustering"},
	{Name: "Alertmanager", images: []string{"alertmanager"}, Ports: []int64{9094}, source: "Alertmanager manual, high availability"},
	{Name: "Ignite", images: []string{"ignite"}, Ports: []int64{47100, 47500}, source: "Ignite manual, discovery and communication"},
	{Name: "Weaviate", images: []string{"weaviate"}, Ports: []int64{7102, 7103}, source: "Weaviate's chart"},
	{Name: "Qdrant", images: []string{"qdrant"}, Ports: []int64{6335}, source: "Qdrant manual, cluster.p2p.port"},
	{Name: "Patroni", images: []string{"patroni", "spilo"}, Ports: []int64{8008}, source: "Patroni manual, restapi"},
	{Name: "MongoDB", images: []string{"mongo", "mongodb", "mongodb-community-server"}, Ports: []int64{27017}, source: "MongoDB manual, replica sets"},
}

// PeersOf is the software of an image whose replicas call each other; nil for other images.
func PeersOf(image string) *Peers { return peersByImage()[image] }

var peersByImage = sync.OnceValue(func() map[string]*Peers {
	byImage := map[string]*Peers{}
	for i := range peers {
		for _, image := range peers[i].images {
			byImage[image] = &peers[i]
		}
	}
	return byImage
})
