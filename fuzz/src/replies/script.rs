//! What a server does, as the input says it.

/// A reply in the input ends with these.
const END: &[u8] = b"\0\0";

/// The server of one input.
#[derive(Debug, Default)]
pub(super) struct Script {
    /// Into how large pieces replies are cut; 0: not at all.
    pub(super) piece: usize,
    /// Whether it answers before it is asked.
    pub(super) hasty: bool,
    /// What it does after the last reply.
    pub(super) end: End,
    /// The bytes for one request after another. The last are for all further requests, if they are repeated.
    pub(super) replies: Vec<Vec<u8>>,
    pub(super) repeats: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) enum End {
    /// It waits for the next request, and then closes.
    #[default]
    Close,
    CloseAtOnce,
    Reset,
    /// It says nothing any more, until the client goes.
    Stall,
}

impl Script {
    /// One byte of behaviour, one for the pieces, and the replies.
    pub(super) fn read(data: &[u8]) -> Script {
        let Some((&[manners, piece], mut rest)) = data.split_first_chunk() else { return Script::default() };
        let mut replies = Vec::new();
        while !rest.is_empty() && replies.len() < 8 {
            let end = rest.windows(END.len()).position(|window| window == END);
            replies.push(rest[..end.unwrap_or(rest.len())].to_vec());
            rest = end.map_or(&[], |end| &rest[end + END.len()..]);
        }
        Script {
            piece: usize::from(piece),
            hasty: manners & 0x40 != 0,
            end: match manners % 64 {
                0..=15 => End::Close,
                16..=47 => End::CloseAtOnce,
                48..=62 => End::Reset,
                _ => End::Stall,
            },
            replies,
            repeats: manners & 0x80 != 0,
        }
    }
}
