package checks

// serverFirstPort is a TCP port on which, as a rule, the server speaks first.
type serverFirstPort struct {
	protocol string
	// alone says that the number by itself is evidence: nobody puts anything else
	// there. For the others the image or the name must say the same.
	alone bool
}

// serverFirstPorts are the numbers of those ports. Source: the IANA registry of
// service names; the manuals of MySQL (33060, 6446), TiDB (4000) and of mail relays
// (2525); Istio's own list (25, 53, 3306, 27017) is of istio.io "Server First
// Protocols" and conversion.go wellKnownPorts.
var serverFirstPorts = map[int64]serverFirstPort{
	21: {"FTP", true}, 22: {"SSH", true}, 23: {"Telnet", true}, 25: {"SMTP", true}, 53: {"DNS", true},
	110: {"POP3", true}, 143: {"IMAP", true}, 220: {"IMAP3", true}, 587: {"SMTP submission", true}, 2525: {"SMTP", true},
	3306: {"MySQL", true}, 3307: {"MySQL", true}, 4000: {"TiDB", false}, 6446: {"MySQL Router", true},
	27017: {"MongoDB", true}, 33060: {"MySQL X", true},
}

// tlsFirst are ports on which TLS begins at once, so that the client speaks first:
// SMTPS, IMAPS, FTPS and POP3S. Source: IANA.
var tlsFirst = map[int64]bool{465: true, 990: true, 993: true, 995: true}

// The container ports on which servers speak first.
var (
	mysqlPorts = []int64{3306, 3307, 33060}
	mongoPorts = []int64{27017, 27018, 27019}
	mailPorts  = []int64{25, 587, 2525, 1025, 10025, 110, 143, 220, 4190, 24}
	ftpPorts   = []int64{20, 21, 2121}
	sshPorts   = []int64{22, 2022, 2222}
	sftpPorts  = sshPorts
)

// serverFirstSoftware are the servers that speak first, by the whole last part of
// their image's name (which their labels repeat), with the ports on which they do.
// Whole names only: mysqld-exporter, mysql-operator and phpmyadmin are none of them.
// Source: the images of Docker Hub, Bitnami and the projects themselves.
var serverFirstSoftware = map[string][]int64{
	"mysql": mysqlPorts, "mysql-server": mysqlPorts, "community-server": mysqlPorts, "mysql-cluster": mysqlPorts,
	"mysql-router": {6446, 6447, 6448, 6449}, "mysql-community-router": {6446, 6447, 6448, 6449},
	"mariadb": mysqlPorts, "mariadb-galera": mysqlPorts, "mariadb-server": mysqlPorts, "percona": mysqlPorts,
	"percona-server": mysqlPorts, "percona-xtradb-cluster": mysqlPorts, "pxc": mysqlPorts,
	"tidb": {4000}, "tidb-server": {4000}, "proxysql": {6033, 6032, 3306}, "maxscale": {3306, 4006, 4008},
	"vitess": mysqlPorts, "vtgate": mysqlPorts,
	"mongo": mongoPorts, "mongodb": mongoPorts, "mongod": mongoPorts, "mongodb-sharded": mongoPorts,
	"mongodb-community-server": mongoPorts, "mongodb-enterprise-server": mongoPorts, "percona-server-mongodb": mongoPorts,
	"postfix": mailPorts, "exim": mailPorts, "exim4": mailPorts, "sendmail": mailPorts, "dovecot": mailPorts, "cyrus": mailPorts,
	"smtp": mailPorts, "docker-mailserver": mailPorts, "mailhog": mailPorts, "mailpit": mailPorts,
	"proftpd": ftpPorts, "vsftpd": ftpPorts, "pure-ftpd": ftpPorts, "ftp": ftpPorts,
	"openssh": sshPorts, "openssh-server": sshPorts, "sshd": sshPorts, "sftp": sftpPorts, "telnet": {23},
}

// serverFirstWords are the words in names of ports that stand for such a protocol or
// server. Source: CATALOGUE of the requirement; "db" and "sql" say nothing.
var serverFirstWords = []string{
	"mysql", "mysqlx", "mariadb", "percona", "tidb", "proxysql", "maxscale", "vitess", "mongo", "mongodb", "postfix", "exim",
	"sendmail", "dovecot", "cyrus", "proftpd", "vsftpd", "openssh", "ssh", "sshd", "sftp", "smtp", "submission", "imap",
	"pop3", "pop", "ftp", "telnet",
}

// otherWords are the words in names of ports that tell of something else than the
// server's own protocol.
var otherWords = []string{
	"metrics", "metric", "exporter", "prometheus", "prom", "monitoring", "stats", "status", "health", "healthz", "probe",
	"admin", "api", "rest", "web", "ui", "webui", "http", "https", "grpc", "console", "dashboard", "tls", "ssl", "backup", "xtrabackup",
}

// sideTool matches images of what stands beside such a server and speaks something
// else. Source: the images of the exporters, operators and web interfaces.
var sideTool = lazily(`exporter|operator|backup|admin|adminer|express|dashboard|metrics|agent|controller|webhook|browser|webmail|roundcube`)
