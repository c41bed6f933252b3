//! A file for each kind of value, and what several of them share.

mod json;
mod range;
mod quantity;
pub(super) mod interval;
pub(super) mod text;
pub(super) mod markdown;
pub(super) mod integer;
pub(super) mod number;
pub(super) mod money;
pub(super) mod percentage;
pub(super) mod number_range;
pub(super) mod boolean;
pub(super) mod year;
pub(super) mod date;
pub(super) mod period;
pub(super) mod url;
pub(super) mod email;
pub(super) mod identifier;
pub(super) mod point;
pub(super) mod choice;
pub(super) mod image;
pub(super) mod record;
