package wire

// ClientFirstProtocols are the protocols that are not HTTP and in which the client
// speaks first, so that detection takes them for TCP and all is well unless somebody
// declares them as HTTP.
var ClientFirstProtocols = []Protocol{
	{
		Name: "PostgreSQL", ports: []int64{5432, 5433, 6432}, usual: []int64{5432},
		software: []string{"postgres", "postgresql", "postgresql-ha", "postgresql-repmgr", "pgbouncer", "pgpool", "timescaledb", "timescaledb-ha", "postgis", "pgvector", "spilo", "citus", "crunchy-postgres", "yugabyte"},
		Words:    []string{"postgres", "postgresql", "pgsql", "pgbouncer"}, source: "PostgreSQL manual, Message Flow: StartupMessage",
	},
	{
		Name: "PostgreSQL (CockroachDB)", ports: []int64{26257}, usual: []int64{26257}, software: []string{"cockroach", "cockroachdb"}, Words: []string{"cockroach", "cockroachdb"},
		source: "CockroachDB manual, cockroach start: --listen-addr takes SQL and the nodes' own calls",
	},
	{
		Name: "Redis", ports: []int64{6379, 26379, 16379}, usual: []int64{6379, 26379},
		software: []string{"redis", "redis-stack", "redis-stack-server", "redis-cluster", "redis-sentinel", "valkey", "valkey-cluster", "valkey-sentinel", "keydb", "dragonfly"},
		Words:    []string{"redis", "valkey", "sentinel"}, source: "Redis serialization protocol specification",
	},
	{Name: "MySQL X", ports: []int64{33060, 6448, 6449}, software: []string{"mysql", "mysql-server", "mysql-router"}, Words: []string{"mysqlx"}, source: "MySQL worklog WL#12240: the client begins"},
	{Name: "Memcached", ports: []int64{11211}, usual: []int64{11211}, software: []string{"memcached"}, Words: []string{"memcached", "memcache"}, source: "memcached protocol.txt"},
	{
		Name: "AMQP", ports: []int64{5672}, usual: []int64{5672}, software: []string{"rabbitmq", "rabbitmq-server", "lavinmq", "qpid", "activemq", "activemq-artemis", "artemis"},
		Words: []string{"amqp", "rabbitmq"}, source: "AMQP 0-9-1 section 4.2.2: the client sends the protocol header",
	},
	{Name: "Erlang distribution", ports: []int64{4369, 25672}, software: []string{"rabbitmq", "rabbitmq-server", "emqx", "vernemq", "ejabberd", "couchdb"}, Words: []string{"epmd"}, source: "Erlang/OTP distribution protocol; RabbitMQ manual, networking"},
	{Name: "MQTT", ports: []int64{1883}, usual: []int64{1883}, software: []string{"mosquitto", "eclipse-mosquitto", "emqx", "vernemq", "hivemq4", "rabbitmq"}, Words: []string{"mqtt"}, source: "MQTT 5.0 section 3.1: the client sends CONNECT"},
	{Name: "STOMP", ports: []int64{61613}, software: []string{"rabbitmq", "activemq", "activemq-artemis", "artemis"}, Words: []string{"stomp"}, source: "STOMP 1.2: the client sends CONNECT"},
	{Name: "OpenWire", ports: []int64{61616}, usual: []int64{61616}, software: []string{"activemq", "activemq-classic", "activemq-artemis", "artemis"}, Words: []string{"openwire"}, source: "ActiveMQ manual, OpenWire"},
	{Name: "Kafka", ports: []int64{9092, 9093, 9094, 9095, 19092, 29092}, software: []string{"kafka", "cp-kafka", "cp-server", "redpanda", "kafka-native"}, Words: []string{"kafka"}, source: "Kafka protocol guide: the client sends its request"},
	{Name: "Pulsar", ports: []int64{6650}, usual: []int64{6650}, software: []string{"pulsar", "pulsar-all"}, Words: []string{"pulsar"}, source: "Pulsar binary protocol: CommandConnect"},
	{Name: "ZooKeeper", ports: []int64{2181, 2888, 3888}, usual: []int64{2181}, software: []string{"zookeeper", "cp-zookeeper"}, Words: []string{"zookeeper"}, source: "ZooKeeper administrator's guide, clientPort"},
	{Name: "Cassandra", ports: []int64{9042, 7000, 7001, 9142}, usual: []int64{9042}, software: []string{"cassandra", "scylla", "dse-server", "k8ssandra-cassandra"}, Words: []string{"cassandra", "cql"}, source: "CQL binary protocol v4: STARTUP"},
	{Name: "Hazelcast", ports: []int64{5701}, software: []string{"hazelcast", "hazelcast-enterprise"}, Words: []string{"hazelcast"}, source: "Hazelcast manual, networking: 5701"},
	{Name: "JGroups", ports: []int64{7800, 57800}, software: []string{"infinispan", "server", "keycloak", "wildfly", "artemis"}, Words: []string{"jgroups"}, source: "JGroups manual, TCP: bind_port"},
	{Name: "LDAP", ports: []int64{389, 1389, 3890, 3893}, usual: []int64{389}, software: []string{"openldap", "ldap", "389ds", "dirsrv", "lldap", "glauth"}, Words: []string{"ldap"}, source: "RFC 4511; IANA"},
	{Name: "TDS", ports: []int64{1433}, usual: []int64{1433}, software: []string{"mssql-server", "mssql-server-linux", "azure-sql-edge", "server"}, Words: []string{"mssql", "tds"}, source: "MS-TDS: PRELOGIN is sent by the client"},
	{Name: "Oracle Net", ports: []int64{1521}, usual: []int64{1521}, software: []string{"oracle-xe", "oracle-free", "enterprise", "free"}, Words: []string{"oracle"}, source: "Oracle Net Services guide, default port of the listener"},
	{Name: "DRDA", ports: []int64{50000}, software: []string{"db2"}, Words: []string{"db2"}, source: "Db2 manual, DRDA"},
	{Name: "Firebird", ports: []int64{3050}, software: []string{"firebird"}, Words: []string{"firebird"}, source: "Firebird wire protocol: op_connect"},
	{Name: "ClickHouse", ports: []int64{9000, 9009}, software: []string{"clickhouse", "clickhouse-server"}, Words: []string{"clickhouse"}, source: "ClickHouse manual, native protocol: Hello is sent by the client"},
	{Name: "Couchbase", ports: []int64{11210}, software: []string{"couchbase", "couchbase-server"}, Words: []string{"couchbase"}, source: "Couchbase manual, ports"},
	{Name: "Elasticsearch's transport", ports: []int64{9300}, software: []string{"elasticsearch", "opensearch"}, Words: []string{"transport"}, source: "Elasticsearch manual, networking: transport.port"},
	{Name: "XMPP", ports: []int64{5222, 5269}, usual: []int64{5222}, software: []string{"ejabberd", "prosody", "openfire"}, Words: []string{"xmpp"}, source: "RFC 6120 section 4.2"},
	{Name: "SMB", ports: []int64{445}, usual: []int64{445}, software: []string{"samba"}, Words: []string{"smb", "cifs"}, source: "MS-SMB2: NEGOTIATE is sent by the client"},
	{Name: "RDP", ports: []int64{3389}, usual: []int64{3389}, software: []string{"xrdp"}, Words: []string{"rdp"}, source: "MS-RDPBCGR: the client sends its connection request"},
	{Name: "Fluentd's forward", ports: []int64{24224}, usual: []int64{24224}, software: []string{"fluentd", "fluent-bit", "fluentd-kubernetes-daemonset"}, source: "Fluentd forward protocol specification"},
}
