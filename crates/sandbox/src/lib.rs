//! A local Handle.Net server for demos, tests and continuous integration. It answers the JSON REST API over
//! HTTP and HTTPS on one port as the real server does.

mod api;
mod auth;
mod certificate;
mod codes;
mod error;
mod fixture;
mod http;
mod json;
mod name;
mod record;
pub mod replay;
mod requests;
mod sandbox;
mod server;
mod service;
mod settings;
mod store;
mod tls;

pub use error::Error;
pub use fixture::User;
pub use requests::RequestSeen;
pub use sandbox::{Options, Sandbox};
