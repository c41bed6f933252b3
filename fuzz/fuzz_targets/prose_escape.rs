//! See `filiere_fuzz::prose_escape`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| filiere_fuzz::prose_escape(data));
