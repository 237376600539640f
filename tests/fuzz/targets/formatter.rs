#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| amtsweg_fuzz::formatter(data));
