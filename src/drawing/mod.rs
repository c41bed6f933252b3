//! Pure geometry: numbers in, numbers out.
//!
//! The choice of a network's nodes, their layout and its bridges, the placement of names, the spreading of dots and the
//! projection of maps. This module knows nothing of entities, languages or templates. The same input gives the same output on every
//! machine.

pub(crate) mod random;
pub(crate) mod shapes;
pub(crate) mod scale;
pub(crate) mod pie;
pub(crate) mod spread;
pub mod earth;
pub(crate) mod projection;
pub(crate) mod flows;
mod graph;
pub(crate) mod betweenness;
pub(crate) mod selection;
pub(crate) mod network;
pub(crate) mod names;
