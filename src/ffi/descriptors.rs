//! A host that closed its standard descriptors must not find our sockets there: whatever it prints would go to
//! the server.

const NOBODY: libc::pollfd = libc::pollfd { fd: 0, events: 0, revents: 0 };

/// Opens /dev/null in place of each standard descriptor that is closed. It stays open: closing it again could close
/// what the host, or another call, put there meanwhile.
pub(super) fn occupy_standard() {
    let mut standard = [NOBODY; 3];
    for (fd, entry) in (0..).zip(&mut standard) {
        entry.fd = fd;
    }
    // SAFETY: the array has three entries. One system call for the usual case that all are open.
    let any = unsafe { libc::poll(standard.as_mut_ptr(), 3, 0) } > 0;
    while any && standard.iter().any(|entry| entry.revents & libc::POLLNVAL != 0) {
        // SAFETY: a valid path. The system gives the lowest free descriptor.
        let fd = unsafe { libc::open(c"/dev/null".as_ptr(), libc::O_RDWR) };
        if !(0..3).contains(&fd) {
            if fd > 2 {
                // SAFETY: a descriptor that we opened, and nobody else knows.
                unsafe { libc::close(fd) };
            }
            return;
        }
    }
}
