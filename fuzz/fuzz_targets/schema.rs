//! See `filiere_fuzz::schema`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| filiere_fuzz::schema(data));
