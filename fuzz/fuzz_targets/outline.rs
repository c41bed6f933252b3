//! See `filiere_fuzz::outline`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| filiere_fuzz::outline(data));
