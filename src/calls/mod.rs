//! The calls on Handles.

// In the order of the header.
mod register;
mod read;
mod read_many;
mod change;
mod locations;
mod delete;
mod search;
mod list;
mod cursor;
