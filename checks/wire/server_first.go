package wire

// serverFirstProtocols are those in which the server sends the first bytes, or both
// sides do at once. Istio's own list of such ports (25, 53, 3306, 27017) is of
// istio.io "Server First Protocols" and pkg/config/kube/conversion.go
// wellKnownPorts. The images are those of Docker Hub, Bitnami and the projects
// themselves.
var serverFirstProtocols = []Protocol{
	// Mail.
	{
		Name: "SMTP", First: ServerSpeaks, Listed: true, ports: []int64{25, 587, 2525, 1025, 2500, 10025}, usual: []int64{25, 587, 2525},
		software: []string{"postfix", "exim", "exim4", "sendmail", "opensmtpd", "haraka", "smtp", "mailhog", "mailpit", "maildev", "inbucket", "smtp4dev", "docker-mailserver", "dovecot", "cyrus"},
		Words:    []string{"smtp", "submission", "postfix", "exim", "sendmail"}, source: "RFC 5321 section 3.1; IANA",
	},
	{Name: "LMTP", First: ServerSpeaks, ports: []int64{24}, software: []string{"dovecot", "cyrus"}, Words: []string{"lmtp"}, source: "RFC 2033"},
	{
		Name: "POP3", First: ServerSpeaks, ports: []int64{110, 1100}, usual: []int64{110},
		software: []string{"dovecot", "cyrus", "courier", "inbucket", "docker-mailserver"}, Words: []string{"pop3", "pop"}, source: "RFC 1939 section 4; IANA",
	},
	{
		Name: "IMAP", First: ServerSpeaks, ports: []int64{143, 220}, usual: []int64{143, 220},
		software: []string{"dovecot", "cyrus", "courier", "stalwart", "docker-mailserver"}, Words: []string{"imap", "dovecot", "cyrus"}, source: "RFC 3501 section 7.1; IANA",
	},
	{Name: "ManageSieve", First: ServerSpeaks, ports: []int64{4190}, software: []string{"dovecot", "docker-mailserver"}, Words: []string{"managesieve"}, source: "RFC 5804 section 1.5"},
	{Name: "NNTP", First: ServerSpeaks, ports: []int64{119}, usual: []int64{119}, software: []string{"inn"}, Words: []string{"nntp"}, source: "RFC 3977 section 5.1; IANA"},

	// MySQL's protocol: the server sends its handshake.
	{
		Name: "MySQL", First: ServerSpeaks, Listed: true, ports: []int64{3306, 3307, 33062}, usual: []int64{3306, 3307},
		software: []string{
			"mysql", "mysql-server", "community-server", "mysql-cluster", "mariadb", "mariadb-galera", "mariadb-server", "percona", "percona-server",
			"percona-xtradb-cluster", "pxc", "vitess", "vtgate", "proxysql", "maxscale", "dolt", "dolt-sql-server", "singlestore", "databend",
		},
		Words: []string{"mysql", "mariadb", "percona"}, source: "MySQL internals, Connection Phase: Protocol::HandshakeV10",
	},
	{Name: "MySQL (TiDB)", First: ServerSpeaks, ports: []int64{4000}, software: []string{"tidb", "tidb-server"}, Words: []string{"tidb"}, source: "TiDB manual, configuration file: port"},
	{Name: "MySQL (vtgate)", First: ServerSpeaks, ports: []int64{15306}, software: []string{"vitess", "vtgate", "lite"}, Words: []string{"vitess", "vtgate"}, source: "Vitess manual, vtgate: --mysql_server_port"},
	{Name: "MySQL (ProxySQL)", First: ServerSpeaks, ports: []int64{6033, 6032}, software: []string{"proxysql"}, Words: []string{"proxysql"}, source: "ProxySQL manual, global variables: mysql-interfaces"},
	{Name: "MySQL (MaxScale)", First: ServerSpeaks, ports: []int64{4006, 4008}, software: []string{"maxscale"}, Words: []string{"maxscale"}, source: "MaxScale manual, example listeners"},
	{
		Name: "MySQL Router", First: ServerSpeaks, ports: []int64{6446, 6447, 6450}, usual: []int64{6446},
		software: []string{"mysql-router", "mysql-community-router", "community-router"}, source: "MySQL Router manual, default ports",
	},
	{Name: "MySQL (StarRocks, Doris)", First: ServerSpeaks, ports: []int64{9030}, software: []string{"starrocks", "fe-ubuntu", "doris", "doris.fe-ubuntu", "allin1-ubuntu"}, Words: []string{"starrocks", "doris"}, source: "manuals of StarRocks and Apache Doris: query_port"},
	{Name: "MySQL (OceanBase)", First: ServerSpeaks, ports: []int64{2881, 2883}, software: []string{"oceanbase-ce", "oceanbase", "obproxy", "obproxy-ce"}, Words: []string{"oceanbase"}, source: "OceanBase manual: mysql_port"},
	{Name: "MySQL (Manticore)", First: ServerSpeaks, ports: []int64{9306}, software: []string{"manticore", "manticoresearch", "sphinx", "sphinxsearch"}, Words: []string{"manticore", "sphinx"}, source: "Manticore manual: listen"},
	{Name: "MySQL (ClickHouse)", First: ServerSpeaks, ports: []int64{9004}, software: []string{"clickhouse", "clickhouse-server"}, source: "ClickHouse manual: mysql_port"},
	{Name: "MySQL (GreptimeDB)", First: ServerSpeaks, ports: []int64{4002}, software: []string{"greptimedb"}, source: "GreptimeDB manual: mysql options"},
	{Name: "Galera", First: ServerSpeaks, ports: []int64{4567, 4568}, software: []string{"mariadb-galera", "percona-xtradb-cluster", "pxc"}, Words: []string{"galera", "gcomm"}, source: "Galera manual, gcomm handshake; the accepting node sends first"},

	// Messages, files, terminals.
	{Name: "NATS", First: ServerSpeaks, ports: []int64{4222, 9233}, usual: []int64{4222}, software: []string{"nats", "nats-server", "nats-streaming", "ocis"}, Words: []string{"nats"}, source: "docs.nats.io, client protocol: INFO is sent by the server"},
	{Name: "NATS between servers", First: BothSpeak, ports: []int64{6222, 7422, 7522}, software: []string{"nats", "nats-server", "nats-streaming"}, Words: []string{"nats"}, source: "docs.nats.io, cluster, leafnode and gateway configuration"},
	{
		Name: "FTP", First: ServerSpeaks, ports: []int64{20, 21, 2121}, usual: []int64{21}, software: []string{"proftpd", "vsftpd", "pure-ftpd", "ftp"},
		Words: []string{"ftp", "proftpd", "vsftpd"}, source: "RFC 959 section 5.4; IANA",
	},
	{Name: "rsync", First: ServerSpeaks, ports: []int64{873}, usual: []int64{873}, software: []string{"rsync", "rsyncd", "rsync-server"}, Words: []string{"rsync", "rsyncd"}, source: "rsync csprotocol.txt: the server sends its greeting first"},
	{Name: "svnserve", First: ServerSpeaks, ports: []int64{3690}, usual: []int64{3690}, software: []string{"svn", "subversion", "svnserve"}, Words: []string{"svn", "svnserve"}, source: "Subversion libsvn_ra_svn/protocol: greeting"},
	{Name: "VNC", First: ServerSpeaks, ports: []int64{5900, 5901, 5902, 5903, 5904, 5905, 5906, 5907, 5908, 5909}, usual: []int64{5900, 5901}, software: []string{"x11vnc", "tigervnc", "kasmvnc", "novnc-server"}, Words: []string{"vnc", "rfb"}, source: "RFC 6143 section 7.1.1"},
	{Name: "Telnet", First: ServerSpeaks, ports: []int64{23}, usual: []int64{23}, software: []string{"telnet", "telnetd"}, Words: []string{"telnet"}, source: "RFC 854: either side; servers prompt first"},
	{
		Name: "SSH", First: BothSpeak, ports: []int64{22, 2022, 2222, 29418, 830}, usual: []int64{22, 830},
		software: []string{"openssh", "openssh-server", "sshd", "sftp", "gitea", "forgejo", "gerrit", "gitlab-shell"}, Words: []string{"ssh", "sshd", "sftp", "openssh", "netconf"},
		source: "RFC 4253 section 4.2: both send their identification at once; RFC 6242 (NETCONF on 830)",
	},
	{Name: "Asterisk's manager interface", First: ServerSpeaks, ports: []int64{5038}, software: []string{"asterisk", "freepbx"}, source: "Asterisk manual, AMI: banner"},
	{Name: "FreeSWITCH's event socket", First: ServerSpeaks, ports: []int64{8021}, software: []string{"freeswitch"}, source: "FreeSWITCH manual, mod_event_socket: auth/request"},
	{Name: "NBD", First: ServerSpeaks, ports: []int64{10809}, usual: []int64{10809}, software: []string{"nbd-server", "qemu-nbd"}, Words: []string{"nbd"}, source: "NBD protocol: NBDMAGIC is sent by the server"},
	{Name: "MPD", First: ServerSpeaks, ports: []int64{6600}, software: []string{"mpd", "mopidy"}, Words: []string{"mpd"}, source: "MPD protocol: OK MPD version"},
	{Name: "NSCA", First: ServerSpeaks, ports: []int64{5667}, software: []string{"nsca"}, Words: []string{"nsca"}, source: "NSCA: the server sends its initialization vector"},
	{Name: "MonetDB", First: ServerSpeaks, ports: []int64{50000}, software: []string{"monetdb"}, Words: []string{"monetdb"}, source: "MonetDB MAPI: the server sends its challenge"},
}

// listedByIstio are the other protocols of Istio's list, in which the client speaks
// first: no connection hangs, but none of them is HTTP.
var listedByIstio = []Protocol{
	{
		Name: "MongoDB", Listed: true, ports: []int64{27017, 27018, 27019}, usual: []int64{27017},
		software: []string{"mongo", "mongodb", "mongod", "mongodb-sharded", "mongodb-community-server", "mongodb-enterprise-server", "percona-server-mongodb"},
		Words:    []string{"mongo", "mongodb"}, source: "MongoDB wire protocol: the client sends hello",
	},
	{Name: "DNS", Listed: true, ports: []int64{53}, usual: []int64{53}, software: []string{"coredns", "bind", "bind9", "unbound", "dnsmasq"}, source: "RFC 1035 section 4.2.2; IANA"},
}
