package checks

// clientFirstProtocols are the protocols that are not HTTP and in which the client
// speaks first, so that detection takes them for TCP and all is well unless somebody
// declares them as HTTP.
var clientFirstProtocols = []wireProtocol{
	{
		name: "PostgreSQL", ports: []int64{5432, 5433, 6432}, usual: []int64{5432},
		software: []string{"postgres", "postgresql", "postgresql-ha", "postgresql-repmgr", "pgbouncer", "pgpool", "timescaledb", "timescaledb-ha", "postgis", "pgvector", "spilo", "citus", "crunchy-postgres", "yugabyte"},
		words:    []string{"postgres", "postgresql", "pgsql", "pgbouncer"}, source: "PostgreSQL manual, Message Flow: StartupMessage",
	},
	{
		name: "PostgreSQL (CockroachDB)", ports: []int64{26257}, usual: []int64{26257}, software: []string{"cockroach", "cockroachdb"}, words: []string{"cockroach", "cockroachdb"},
		source: "CockroachDB manual, cockroach start: --listen-addr takes SQL and the nodes' own calls",
	},
	{
		name: "Redis", ports: []int64{6379, 26379, 16379}, usual: []int64{6379, 26379},
		software: []string{"redis", "redis-stack", "redis-stack-server", "redis-cluster", "redis-sentinel", "valkey", "valkey-cluster", "valkey-sentinel", "keydb", "dragonfly"},
		words:    []string{"redis", "valkey", "sentinel"}, source: "Redis serialization protocol specification",
	},
	{name: "MySQL X", ports: []int64{33060, 6448, 6449}, software: []string{"mysql", "mysql-server", "mysql-router"}, words: []string{"mysqlx"}, source: "MySQL worklog WL#12240: the client begins"},
	{name: "Memcached", ports: []int64{11211}, usual: []int64{11211}, software: []string{"memcached"}, words: []string{"memcached", "memcache"}, source: "memcached protocol.txt"},
	{
		name: "AMQP", ports: []int64{5672}, usual: []int64{5672}, software: []string{"rabbitmq", "rabbitmq-server", "lavinmq", "qpid", "activemq", "activemq-artemis", "artemis"},
		words: []string{"amqp", "rabbitmq"}, source: "AMQP 0-9-1 section 4.2.2: the client sends the protocol header",
	},
	{name: "Erlang distribution", ports: []int64{4369, 25672}, software: []string{"rabbitmq", "rabbitmq-server", "emqx", "vernemq", "ejabberd", "couchdb"}, words: []string{"epmd"}, source: "Erlang/OTP distribution protocol; RabbitMQ manual, networking"},
	{name: "MQTT", ports: []int64{1883}, usual: []int64{1883}, software: []string{"mosquitto", "eclipse-mosquitto", "emqx", "vernemq", "hivemq4", "rabbitmq"}, words: []string{"mqtt"}, source: "MQTT 5.0 section 3.1: the client sends CONNECT"},
	{name: "STOMP", ports: []int64{61613}, software: []string{"rabbitmq", "activemq", "activemq-artemis", "artemis"}, words: []string{"stomp"}, source: "STOMP 1.2: the client sends CONNECT"},
	{name: "OpenWire", ports: []int64{61616}, usual: []int64{61616}, software: []string{"activemq", "activemq-classic", "activemq-artemis", "artemis"}, words: []string{"openwire"}, source: "ActiveMQ manual, OpenWire"},
	{name: "Kafka", ports: []int64{9092, 9093, 9094, 9095, 19092, 29092}, software: []string{"kafka", "cp-kafka", "cp-server", "redpanda", "kafka-native"}, words: []string{"kafka"}, source: "Kafka protocol guide: the client sends its request"},
	{name: "Pulsar", ports: []int64{6650}, usual: []int64{6650}, software: []string{"pulsar", "pulsar-all"}, words: []string{"pulsar"}, source: "Pulsar binary protocol: CommandConnect"},
	{name: "ZooKeeper", ports: []int64{2181, 2888, 3888}, usual: []int64{2181}, software: []string{"zookeeper", "cp-zookeeper"}, words: []string{"zookeeper"}, source: "ZooKeeper administrator's guide, clientPort"},
	{name: "Cassandra", ports: []int64{9042, 7000, 7001, 9142}, usual: []int64{9042}, software: []string{"cassandra", "scylla", "dse-server", "k8ssandra-cassandra"}, words: []string{"cassandra", "cql"}, source: "CQL binary protocol v4: STARTUP"},
	{name: "Hazelcast", ports: []int64{5701}, software: []string{"hazelcast", "hazelcast-enterprise"}, words: []string{"hazelcast"}, source: "Hazelcast manual, networking: 5701"},
	{name: "JGroups", ports: []int64{7800, 57800}, software: []string{"infinispan", "server", "keycloak", "wildfly", "artemis"}, words: []string{"jgroups"}, source: "JGroups manual, TCP: bind_port"},
	{name: "LDAP", ports: []int64{389, 1389, 3890, 3893}, usual: []int64{389}, software: []string{"openldap", "ldap", "389ds", "dirsrv", "lldap", "glauth"}, words: []string{"ldap"}, source: "RFC 4511; IANA"},
	{name: "TDS", ports: []int64{1433}, usual: []int64{1433}, software: []string{"mssql-server", "mssql-server-linux", "azure-sql-edge", "server"}, words: []string{"mssql", "tds"}, source: "MS-TDS: PRELOGIN is sent by the client"},
	{name: "Oracle Net", ports: []int64{1521}, usual: []int64{1521}, software: []string{"oracle-xe", "oracle-free", "enterprise", "free"}, words: []string{"oracle"}, source: "Oracle Net Services guide, default port of the listener"},
	{name: "DRDA", ports: []int64{50000}, software: []string{"db2"}, words: []string{"db2"}, source: "Db2 manual, DRDA"},
	{name: "Firebird", ports: []int64{3050}, software: []string{"firebird"}, words: []string{"firebird"}, source: "Firebird wire protocol: op_connect"},
	{name: "ClickHouse", ports: []int64{9000, 9009}, software: []string{"clickhouse", "clickhouse-server"}, words: []string{"clickhouse"}, source: "ClickHouse manual, native protocol: Hello is sent by the client"},
	{name: "Couchbase", ports: []int64{11210}, software: []string{"couchbase", "couchbase-server"}, words: []string{"couchbase"}, source: "Couchbase manual, ports"},
	{name: "Elasticsearch's transport", ports: []int64{9300}, software: []string{"elasticsearch", "opensearch"}, words: []string{"transport"}, source: "Elasticsearch manual, networking: transport.port"},
	{name: "XMPP", ports: []int64{5222, 5269}, usual: []int64{5222}, software: []string{"ejabberd", "prosody", "openfire"}, words: []string{"xmpp"}, source: "RFC 6120 section 4.2"},
	{name: "SMB", ports: []int64{445}, usual: []int64{445}, software: []string{"samba"}, words: []string{"smb", "cifs"}, source: "MS-SMB2: NEGOTIATE is sent by the client"},
	{name: "RDP", ports: []int64{3389}, usual: []int64{3389}, software: []string{"xrdp"}, words: []string{"rdp"}, source: "MS-RDPBCGR: the client sends its connection request"},
	{name: "Fluentd's forward", ports: []int64{24224}, usual: []int64{24224}, software: []string{"fluentd", "fluent-bit", "fluentd-kubernetes-daemonset"}, source: "Fluentd forward protocol specification"},
}
