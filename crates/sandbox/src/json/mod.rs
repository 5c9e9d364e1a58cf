//! JSON as the real server sees it: numbers keep their text, members keep their order, parsing is lenient
//! (BEHAVIOUR.md 5.1). serde_json offers none of the three.

mod number;
mod parse;
mod value;
mod write;

pub(crate) use number::wrapped_integer;
pub(crate) use parse::{ParseError, parse};
pub(crate) use value::Json;
