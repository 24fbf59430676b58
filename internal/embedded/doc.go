// Package embedded runs a private PostgreSQL and a private Redis as children
// of this process, for `rabeg serve` without addresses of others, for the lab and
// for the tests.
//
// Nothing is downloaded: the servers are the ones installed on the machine.
// Where no redis-server is found, trying and testing go on with a stand-in
// inside the process (package standin).
// Both listen on unix sockets in a folder only their user can enter, never on
// the network. Started by root they run as an unprivileged user, because
// PostgreSQL refuses to run as root.
//
// A folder belongs to one starter at a time: a lock inherited by the servers
// marks it as taken until the last of their processes is gone, so a start right
// after a crash waits for the old servers instead of racing them. When this
// process dies, even by SIGKILL, the servers shut down in an orderly way.
package embedded
