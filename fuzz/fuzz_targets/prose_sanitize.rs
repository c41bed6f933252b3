//! See `filiere_fuzz::prose_sanitize`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| filiere_fuzz::prose_sanitize(data));
