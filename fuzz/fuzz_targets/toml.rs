//! See `filiere_fuzz::toml`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| filiere_fuzz::toml(data));
