//! What a client says while it works, to whoever configured a listener.

use crate::fault::fault_point;
use std::fmt;
use std::sync::Arc;

/// How much a message matters. The numbers belong to the C interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(i32)]
pub enum Level {
    /// Something failed that no call reports.
    Error = 1,
    /// Something works, and should not be left as it is.
    Warning = 2,
    /// What an operator may want to know.
    Info = 3,
    /// Every single step.
    Debug = 4,
}

/// The log of a client. It is called on the thread of the caller, during calls only, and never when the client is
/// gone. Messages contain no secrets, and are one line each.
#[derive(Clone, Default)]
pub struct Log(Option<Arc<Listener>>);

type Listen = dyn Fn(Level, &str) + Send + Sync;

struct Listener {
    level: Level,
    listen: Box<Listen>,
}

impl Log {
    /// A log whose messages up to a level go to a function. It must return, soon, and use neither this client nor another,
    /// nor wait for asynchronous work: it may be called from inside a runtime.
    pub fn new(level: Level, listen: impl Fn(Level, &str) + Send + Sync + 'static) -> Log {
        Log(Some(Arc::new(Listener { level, listen: Box::new(listen) })))
    }

    /// Logs a message of this level; it is made only where somebody listens.
    pub(crate) fn write(&self, level: Level, message: impl FnOnce() -> String) {
        if let Some(listener) = &self.0
            && level <= listener.level
        {
            fault_point("log");
            // Names of Handles may have line ends in them: nobody is to forge a message.
            (listener.listen)(level, &message().replace(char::is_control, " "));
        }
    }

    pub(crate) fn warn(&self, message: impl FnOnce() -> String) {
        self.write(Level::Warning, message);
    }
}

impl fmt::Debug for Log {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Log({:?})", self.0.as_ref().map(|listener| listener.level))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Mutex;

    #[test]
    fn only_what_is_listened_to_is_made() {
        let heard = Arc::new(Mutex::new(Vec::new()));
        let ears = heard.clone();
        let log =
            Log::new(Level::Warning, move |level, text| ears.lock().unwrap().push((level, text.to_owned())));
        log.warn(|| "careful".to_owned());
        log.write(Level::Error, || "broken\nby\u{1b}[1m 21.T1/x".to_owned());
        log.write(Level::Info, || unreachable!("nobody listens to this level"));
        Log::default().warn(|| unreachable!("nobody listens"));
        let expected =
            [(Level::Warning, "careful".to_owned()), (Level::Error, "broken by [1m 21.T1/x".to_owned())];
        assert_eq!(*heard.lock().unwrap(), expected);
    }
}
