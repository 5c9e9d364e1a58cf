//! What stands between the connections and the API: who a certificate belongs to, the log of requests.

use crate::api;
use crate::client_certificate::ClientCertificate;
use crate::http::{Exchange, Outcome};
use crate::identity::Identity;
use crate::requests::{RequestLog, RequestSeen};
use crate::server::Handler;
use crate::service::Service;
use std::io;

/// One for all listeners of a sandbox.
pub(crate) struct Front {
    pub(crate) service: Service,
    pub(crate) log: RequestLog,
}

impl Handler for Front {
    fn identify(&self, certificate: &[u8]) -> Option<Identity> {
        let certificate = ClientCertificate::from_der(certificate)?;
        let values = self.service.records().get(&certificate.claimed.handle.key()).ok()??;
        certificate.identity(&values)
    }

    fn answer(&self, exchange: &mut Exchange<'_, '_>) -> io::Result<Outcome> {
        let outcome = api::answer(&self.service, exchange)?;
        self.log.add(RequestSeen {
            method: exchange.head.method.clone(),
            target: exchange.head.target.clone(),
            status: outcome.status(),
        });
        Ok(outcome)
    }
}
