package embedded

import (
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
)

// account is the unprivileged user that servers started by root run as.
type account struct {
	uid, gid uint32
}

// nobodyID is the id of user nobody on systems whose user list lacks it.
const nobodyID = 65534

// accountFor picks the user for servers whose data lives under dir. It is nil
// when this process is not root: servers then run as its own user. A folder
// that a normal user made keeps that user, so that `sudo make try` and
// `make try` can share one; otherwise it is postgres, or nobody.
func accountFor(dir string) *account {
	if os.Geteuid() != 0 {
		return nil
	}
	for _, path := range []string{filepath.Join(dir, postgresFolder), filepath.Join(dir, redisFolder), dir} {
		uid, gid, ok := ownerOf(path)
		if !ok || uid == 0 {
			continue
		}
		if _, err := user.LookupId(strconv.FormatUint(uint64(uid), 10)); err == nil {
			return &account{uid: uid, gid: gid} // initdb refuses a user without a name
		}
	}
	for _, name := range []string{"postgres", "nobody"} {
		if a, ok := lookupAccount(name); ok {
			return a
		}
	}
	return &account{uid: nobodyID, gid: nobodyID}
}

func lookupAccount(name string) (*account, bool) {
	u, err := user.Lookup(name)
	if err != nil {
		return nil, false
	}
	uid, err := strconv.ParseUint(u.Uid, 10, 32)
	if err != nil || uid == 0 {
		return nil, false
	}
	gid, err := strconv.ParseUint(u.Gid, 10, 32)
	if err != nil {
		return nil, false
	}
	return &account{uid: uint32(uid), gid: uint32(gid)}, true
}

func ownerOf(path string) (uid, gid uint32, ok bool) {
	info, err := os.Stat(path)
	if err != nil {
		return 0, 0, false
	}
	st, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return 0, 0, false
	}
	return st.Uid, st.Gid, true
}

// credential is what a child process gets, nil for this process's own user.
func (a *account) credential() *syscall.Credential {
	if a == nil {
		return nil
	}
	return &syscall.Credential{Uid: a.uid, Gid: a.gid}
}

// own gives path to the account; nothing to do for this process's own user.
func (a *account) own(path string) error {
	if a == nil {
		return nil
	}
	return os.Chown(path, int(a.uid), int(a.gid))
}

// searches reports whether the account may pass through every folder down to
// dir, going by permission bits (an access list could only grant more).
func (a *account) searches(dir string) bool {
	if a == nil {
		return true
	}
	for {
		if !a.enters(dir) {
			return false
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return true
		}
		dir = parent
	}
}

func (a *account) enters(dir string) bool {
	info, err := os.Stat(dir)
	if err != nil {
		return false
	}
	uid, gid, ok := ownerOf(dir)
	switch {
	case !ok:
		return false
	case uid == a.uid:
		return info.Mode()&0o100 != 0
	case gid == a.gid:
		return info.Mode()&0o010 != 0
	default:
		return info.Mode()&0o001 != 0
	}
}
