//! Work that grows with the input, counted in bytes of memory.

use allocation_counter::measure;

/// The bytes that a run may allocate for each byte of its input. Reading a byte takes some 100 bytes; quadratic work
/// passes this limit at inputs of some kilobytes.
const FOR_EACH_BYTE: u64 = 20_000;
/// The bytes that a run may allocate for an input of any size.
const AT_LEAST: u64 = 1 << 23;

/// Runs something, and panics if it allocates more than is reasonable for an input of this size, in bytes.
pub fn within_budget<T>(size: usize, run: impl FnOnce() -> T) -> T {
    let mut result = None;
    let allocated = measure(|| result = Some(run())).bytes_total;
    let budget = AT_LEAST + FOR_EACH_BYTE * size as u64;
    assert!(allocated <= budget, "{allocated} bytes were allocated for an input of {size} bytes");
    match result {
        Some(result) => result,
        None => unreachable!("the closure has run"),
    }
}
