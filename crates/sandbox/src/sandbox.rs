//! The sandbox as a library: start it, look into it, drop it.

use crate::control::Control;
use crate::error::Error;
use crate::fault::{FaultRule, Plan};
use crate::fixture::User;
use crate::front::Front;
use crate::json::Json;
use crate::name::Name;
use crate::options::Options;
use crate::record::{Value, now};
use crate::requests::RequestSeen;
use crate::server::{Handler, Listener, Manners, Server};
use crate::service::Service;
use crate::settings::Settings;
use crate::store::{Cause, Executed, Store};
use crate::tls::{self, ClientAuth};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

/// A running server. Dropping it closes its port and its connections and ends its threads.
pub struct Sandbox {
    front: Arc<Front>,
    users: Vec<User>,
    idle: Duration,
    control: Option<SocketAddr>,
    servers: Vec<Server>,
}

impl Sandbox {
    /// Starts a server; it accepts connections when this returns.
    ///
    /// # Errors
    /// When the fixture or the data file is not valid, another sandbox uses the data file, or the system lacks
    /// something (a free port, randomness, threads).
    pub fn start(options: Options) -> Result<Sandbox, Error> {
        let mut store = Store::open(options.data.as_deref())?;
        let settings = Settings::load(&store, options.fixture.as_deref())?;
        if options.journal {
            store.keep_journal()?;
        }
        let listener = Listener::bind(options.listen)?;
        let users = settings.accounts.users();
        let service = Service::new(store, settings, listener.address)?
            .offering(options.reverse_lookup, options.listing);
        let front = Arc::new(Front::new(service, Plan::new(options.faults, options.seed)));
        let mut sandbox = Sandbox { front, users, idle: options.idle, control: None, servers: Vec::new() };
        sandbox.serve(listener, options.client_auth)?;
        if let Some(address) = options.control {
            sandbox.serve_control(address)?;
        }
        Ok(sandbox)
    }

    /// Listens in one more place, on the same records.
    ///
    /// # Errors
    /// When the address is not free or the system refuses a thread.
    pub fn listen_too(&mut self, listen: SocketAddr, client_auth: ClientAuth) -> Result<SocketAddr, Error> {
        let listener = Listener::bind(listen)?;
        let address = listener.address;
        self.serve(listener, client_auth)?;
        Ok(address)
    }

    fn serve(&mut self, listener: Listener, client_auth: ClientAuth) -> Result<(), Error> {
        let server = self.start_server(listener, client_auth, Arc::clone(&self.front) as Arc<dyn Handler>)?;
        self.front.add_connections(server.connections());
        self.servers.push(server);
        Ok(())
    }

    fn serve_control(&mut self, address: SocketAddr) -> Result<(), Error> {
        if !address.ip().is_loopback() {
            return Err(Error::RemoteControl(address));
        }
        let listener = Listener::bind(address)?;
        self.control = Some(listener.address);
        let control = Arc::new(Control { front: Arc::clone(&self.front) });
        self.servers.push(self.start_server(listener, ClientAuth::None, control)?);
        Ok(())
    }

    fn start_server(
        &self,
        listener: Listener,
        client_auth: ClientAuth,
        handler: Arc<dyn Handler>,
    ) -> Result<Server, Error> {
        let tls = tls::configure(&self.service().settings().certificate, client_auth)?;
        Server::start(listener, Manners { idle: self.idle, client_auth, tls }, handler)
    }

    pub(crate) fn service(&self) -> &Service {
        &self.front.service
    }

    /// Where the server listens.
    pub fn address(&self) -> SocketAddr {
        self.service().address()
    }

    /// `http://ADDRESS:PORT`.
    pub fn http_url(&self) -> String {
        format!("http://{}", self.address())
    }

    /// `https://ADDRESS:PORT`.
    pub fn https_url(&self) -> String {
        format!("https://{}", self.address())
    }

    /// The server's certificate, in PEM. It is kept in the data file; without one every start makes another.
    pub fn certificate_pem(&self) -> &str {
        &self.service().settings().certificate.pem
    }

    /// The users who can log in with a secret.
    pub fn users(&self) -> &[User] {
        &self.users
    }

    /// The users of the reverse lookup, `/hrls`; they are none of the others.
    pub fn reverse_lookup_users(&self) -> &[User] {
        &self.service().settings().accounts.reverse_lookup_users
    }

    /// The prefix to create handles under.
    pub fn prefix(&self) -> &str {
        &self.service().settings().prefix
    }

    /// The requests answered so far, oldest first; of very many only the latest.
    pub fn requests(&self) -> Vec<RequestSeen> {
        self.front.log.all()
    }

    /// How many of [`Sandbox::requests`] have this method and a target that starts like this.
    pub fn count(&self, method: &str, target_prefix: &str) -> usize {
        self.front.log.count(method, target_prefix)
    }

    /// Forgets the requests seen so far.
    pub fn clear_requests(&self) {
        self.front.log.clear();
    }

    /// How many times a record was really written since the start: created, changed or removed, by requests and by
    /// [`Sandbox::put_values`]. What is refused does not count.
    pub fn writes(&self, handle: &str) -> u64 {
        self.service().writes_of(&Name::new(handle))
    }

    /// [`Sandbox::writes`] of every record written, by its name in upper case.
    pub fn all_writes(&self) -> BTreeMap<String, u64> {
        self.service().writes()
    }

    /// Every write that was executed while [`Options::journal`] was set, oldest first, those before a restart included;
    /// empty without it.
    ///
    /// # Errors
    /// What is wrong with the database.
    pub fn journal(&self) -> Result<Vec<Executed>, Error> {
        self.service().journal().map_err(|error| Error::Store(error.to_string()))
    }

    /// How many requests were seen so far, whatever became of them; [`Sandbox::clear_requests`] changes nothing here.
    pub fn requests_seen(&self) -> u64 {
        self.front.log.total()
    }

    /// Lets something go wrong from now on.
    pub fn add_fault(&self, rule: impl Into<FaultRule>) {
        self.front.faults.add(rule.into());
    }

    /// Lets nothing go wrong any more.
    pub fn clear_faults(&self) {
        self.front.faults.clear();
    }

    /// How many faults have happened.
    pub fn faults_happened(&self) -> u64 {
        self.front.faults.happened()
    }

    /// Closes the connections that wait for their next request.
    pub fn close_idle_connections(&self) {
        self.front.close_idle_connections();
    }

    /// `http://ADDRESS:PORT` of the control endpoint, if there is one.
    pub fn control_url(&self) -> Option<String> {
        self.control.map(|address| format!("http://{address}"))
    }

    /// Forgets all sessions, as a restart of the server does: clients have to log in again.
    pub fn forget_sessions(&self) {
        self.service().sessions().clear();
    }

    /// How many connections were accepted so far.
    pub fn connections(&self) -> u64 {
        self.front.accepted()
    }

    /// Adds values to a record, or replaces those with the same indexes, as a change from elsewhere would:
    /// `values` is a JSON array as a PUT has it. The record is made if there is none.
    ///
    /// # Errors
    /// What is wrong with the values, or with the database.
    pub fn put_values(&self, handle: &str, values: &str) -> Result<(), String> {
        let parsed: Vec<serde_json::Value> =
            serde_json::from_str(values).map_err(|error| error.to_string())?;
        let new = parsed
            .iter()
            .map(|json| Value::from_json(&Json::from(json), now()))
            .collect::<Result<Vec<_>, _>>();
        let new = new.map_err(|problem| problem.to_string())?;
        let key = Name::new(handle).key();
        let mut records = self.service().records();
        let mut all = records.get(&key).map_err(|error| error.to_string())?.unwrap_or_default();
        all.retain(|value| new.iter().all(|changed| changed.index != value.index));
        all.extend(new);
        all.sort_by_key(|value| value.index);
        records.put(&key, &all, Cause::default()).map_err(|error| error.to_string())
    }

    /// A record with all its values, also those that nobody may read, in the form of a GET; `None` when there is
    /// no such handle.
    pub fn record(&self, handle: &str) -> Option<serde_json::Value> {
        let values = self.service().records().get(&Name::new(handle).key()).ok()??;
        let values = values.iter().map(|value| value.to_json()).collect();
        let record = Json::object([("handle", Json::text(handle)), ("values", Json::Array(values))]);
        serde_json::from_str(&record.compact()).ok()
    }
}
