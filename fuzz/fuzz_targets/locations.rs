#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| b2handle_fuzz::locations::run(data));
