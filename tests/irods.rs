//! The library of the iRODS microservices, `irods/lib`: calls as agents make them, by programs in `tests/irods/`, against a
//! sandbox. One test program, since the library is compiled for it.

mod common;

#[path = "irods/built.rs"]
mod built;
#[path = "irods/configuration.rs"]
mod configuration;
#[path = "irods/defects.rs"]
mod defects;
#[path = "irods/forms.rs"]
mod forms;
#[path = "irods/permissions.rs"]
mod permissions;
#[path = "irods/process.rs"]
mod process;
#[path = "irods/site.rs"]
mod site;
#[path = "irods/writing.rs"]
mod writing;
