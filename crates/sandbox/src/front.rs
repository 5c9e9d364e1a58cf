//! What stands between the connections and the API: who a certificate belongs to, what goes wrong on purpose, the log
//! of requests.

use crate::api;
use crate::client_certificate::ClientCertificate;
use crate::connections::Connections;
use crate::fault::{Fault, Plan};
use crate::http::{Channel, Exchange, Head, Host, Outcome};
use crate::identity::Identity;
use crate::requests::{RequestLog, RequestSeen};
use crate::reverse_lookup;
use crate::server::Handler;
use crate::service::Service;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

/// One for all listeners of a sandbox.
pub(crate) struct Front {
    pub(crate) service: Service,
    pub(crate) log: RequestLog,
    pub(crate) faults: Plan,
    /// Those of all listeners.
    connections: Mutex<Vec<Arc<Connections>>>,
}

impl Front {
    pub(crate) fn new(service: Service, faults: Plan) -> Front {
        Front { service, log: RequestLog::default(), faults, connections: Mutex::default() }
    }

    pub(crate) fn add_connections(&self, connections: &Arc<Connections>) {
        self.connections.lock().unwrap_or_else(PoisonError::into_inner).push(Arc::clone(connections));
    }

    pub(crate) fn connections(&self) -> Vec<Arc<Connections>> {
        self.connections.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// How many connections were accepted.
    pub(crate) fn accepted(&self) -> u64 {
        self.connections().iter().map(|connections| connections.accepted()).sum()
    }

    pub(crate) fn close_idle_connections(&self) {
        self.connections().iter().for_each(|connections| connections.close_idle());
    }
}

impl Host for Front {
    fn faults(&self, head: &Head) -> Vec<Fault> {
        let faults = self.faults.faults(&head.method, &head.target);
        if faults.contains(&Fault::ForgetSessions) {
            self.service.sessions().clear();
        }
        faults
    }

    fn answer(&self, exchange: &mut Exchange<'_, '_>) -> io::Result<Outcome> {
        match reverse_lookup::answer(&self.service, exchange) {
            Some(response) => Ok(Outcome::Answer(response)),
            None => api::answer(&self.service, exchange),
        }
    }

    fn seen(&self, head: &Head, channel: &Channel, caller: Option<&Identity>, status: u16) {
        self.log.add(RequestSeen {
            method: head.method.clone(),
            target: head.target.clone(),
            status,
            caller: caller.map(Identity::to_string),
            certificate: channel.certified.as_ref().map(Identity::to_string),
        });
    }
}

impl Handler for Front {
    fn identify(&self, certificate: &[u8]) -> Option<Identity> {
        let certificate = ClientCertificate::from_der(certificate)?;
        let values = self.service.records().get(&certificate.claimed.handle.key()).ok()??;
        certificate.identity(&values)
    }
}
