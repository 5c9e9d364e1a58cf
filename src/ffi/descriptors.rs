//! A host that closed its standard descriptors must not find our sockets there: whatever it prints would go to
//! the server.

use libc::c_int;

const NOBODY: libc::pollfd = libc::pollfd { fd: 0, events: 0, revents: 0 };

/// While this exists, the descriptors 0, 1 and 2 are taken.
pub(super) struct StandardDescriptors {
    ours: [bool; 3],
}

impl StandardDescriptors {
    pub(super) fn occupy() -> StandardDescriptors {
        let mut standard = [NOBODY; 3];
        for (fd, entry) in (0..).zip(&mut standard) {
            entry.fd = fd;
        }
        let mut ours = [false; 3];
        // SAFETY: the array has three entries. One system call for the usual case that all are open.
        let closed = unsafe { libc::poll(standard.as_mut_ptr(), 3, 0) } > 0
            && standard.iter().any(|entry| entry.revents & libc::POLLNVAL != 0);
        if closed {
            loop {
                // SAFETY: a valid path. The system gives the lowest free descriptor.
                let fd = unsafe { libc::open(c"/dev/null".as_ptr(), libc::O_RDWR | libc::O_CLOEXEC) };
                match usize::try_from(fd) {
                    Ok(low @ 0..3) => ours[low] = true,
                    Ok(_) => {
                        close(fd);
                        break;
                    }
                    Err(_) => break,
                }
            }
        }
        StandardDescriptors { ours }
    }
}

impl Drop for StandardDescriptors {
    fn drop(&mut self) {
        for (fd, _) in (0..).zip(self.ours).filter(|(_, ours)| *ours) {
            close(fd);
        }
    }
}

fn close(fd: c_int) {
    // SAFETY: a descriptor that we opened.
    unsafe { libc::close(fd) };
}
