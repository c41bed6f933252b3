//! See `filiere_fuzz::template`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| filiere_fuzz::template(data));
