//! A local Handle.Net server for demos, tests and continuous integration. It answers the JSON REST API over
//! HTTP and HTTPS on one port as the real server does.

mod api;
mod auth;
mod certificate;
mod client_certificate;
mod codes;
mod connections;
mod control;
mod crypto;
mod error;
mod fault;
mod fixture;
mod http;
mod identity;
mod json;
mod name;
mod options;
mod record;
pub mod replay;
mod form;
mod front;
mod requests;
mod reverse_lookup;
mod sandbox;
mod server;
mod server_key;
mod service;
mod session;
mod settings;
mod store;
mod tls;

pub use error::Error;
pub use fault::{Fault, FaultRule, When};
pub use fixture::User;
pub use options::Options;
pub use requests::RequestSeen;
pub use reverse_lookup::ReverseLookup;
pub use sandbox::Sandbox;
pub use store::Executed;
pub use tls::ClientAuth;
