//! Pure geometry: numbers in, numbers out.
//!
//! Where the nodes of a network go, where names go so that they cover nothing, where a position of the Earth is on a sheet. Knows nothing of
//! entities, languages or templates. The same input gives the same output on every machine.

pub(crate) mod random;
pub(crate) mod shapes;
pub(crate) mod spread;
pub mod earth;
pub(crate) mod projection;
pub(crate) mod network;
pub(crate) mod names;
