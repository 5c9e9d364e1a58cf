//! The C interface: any functions, in any order, with any arguments that a C program could give.

mod arguments;
mod callbacks;
mod calls;
mod host;
mod server;

use arbitrary::{Result, Unstructured};
// Linked for its C functions.
use b2handle as _;
use host::Host;

const MOST_CALLS: usize = 48;

/// Which functions are called, and with what.
pub fn run(data: &[u8]) {
    let mut u = Unstructured::new(data);
    let mut host = Host::new();
    // Input that ends early ends the last call before it is made.
    let _ = play(&mut host, &mut u);
    host.free_all();
}

fn play(host: &mut Host, u: &mut Unstructured) -> Result<()> {
    host.misfortune(u)?;
    for _ in 0..MOST_CALLS {
        if u.is_empty() {
            break;
        }
        let function = usize::from(u.arbitrary::<u8>()?) % calls::FUNCTIONS;
        // SAFETY: the host gives arguments as the header asks for them.
        unsafe { calls::call(function, host, u) }?;
    }
    Ok(())
}
