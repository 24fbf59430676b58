package embedded

import (
	"net/url"
	"os"
	"path/filepath"
)

// Holds reports whether a folder has the data of a PostgreSQL that was started
// on it.
func Holds(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, postgresFolder, "PG_VERSION"))
	return err == nil
}

// PostgresOn is the connection string of the PostgreSQL that another process
// runs on a folder, for where StartPostgres answers *InUseError. It is not ok
// where its socket lies elsewhere because the folder is too deep for one.
func PostgresOn(dir, database string) (dsn string, ok bool) {
	folder := filepath.Join(dir, socketFolder)
	if _, err := os.Stat(filepath.Join(folder, postgresSocket)); err != nil {
		return "", false
	}
	return socketDSN(folder, database), true
}

// RedisOn is PostgresOn for the address of Redis.
func RedisOn(dir string) (address string, ok bool) {
	path := filepath.Join(dir, socketFolder, redisSocket)
	if _, err := os.Stat(path); err != nil {
		return "", false
	}
	u := url.URL{Scheme: "unix", Path: path, RawQuery: "db=0"}
	return u.String(), true
}
