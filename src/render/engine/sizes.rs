//! The sizes of letters that drawings and style sheets share.
//!
//! In: the table `[sizes]` of a `theme.toml`. Out: [`Sizes`], with which views leave room for names, and the same sizes
//! as custom properties of CSS.

use std::fmt::Write;

use crate::diagnostics::Code;
use crate::reader::Reader;
use crate::table::{Table, Value};

/// The smallest and the greatest size, in pixels. Smaller letters can't be read; larger ones leave no room on a drawing,
/// which is about 640 pixels wide.
const LEAST: i64 = 4;
const GREATEST: i64 = 64;

/// A size of letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Size {
    /// The names of a map.
    Map,
    /// The names of a map on narrow screens, where the drawing is about half as wide.
    MapNarrow,
    /// The names of a network.
    Network,
    /// The names of entities with many relations in a network.
    NetworkLarge,
}

impl Size {
    pub(crate) const ALL: [Self; 4] = [Self::Map, Self::MapNarrow, Self::Network, Self::NetworkLarge];

    /// The key in `theme.toml`.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Map => "map",
            Self::MapNarrow => "map_narrow",
            Self::Network => "network",
            Self::NetworkLarge => "network_large",
        }
    }

    /// The size where no theme has the key, in pixels.
    fn default(self) -> i32 {
        match self {
            Self::Map => 13,
            Self::MapNarrow => 24,
            Self::Network => 12,
            Self::NetworkLarge => 16,
        }
    }
}

/// The sizes that a theme has, in pixels, by their position in [`Size::ALL`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sizes([Option<i32>; Size::ALL.len()]);

impl Sizes {
    /// Reads the table `[sizes]`.
    pub(super) fn read(reader: &mut Reader<'_>, table: &Table) -> Self {
        reader.unknown_keys(table, "the table of sizes", &Size::ALL.map(Size::key));
        Self(Size::ALL.map(|size| table.get(size.key()).and_then(|value| pixels(reader, size, value))))
    }

    /// The size, or else the default one. In pixels, which are the units of drawings.
    pub(crate) fn get(&self, size: Size) -> i32 {
        self.0[size as usize].unwrap_or_else(|| size.default())
    }

    /// These sizes, and those of another theme where this one has none.
    pub(super) fn or(self, other: Self) -> Self {
        Self(Size::ALL.map(|size| self.0[size as usize].or(other.0[size as usize])))
    }

    /// The sizes as custom properties of CSS: `--size-map-narrow` for `map_narrow`.
    pub(super) fn css(&self) -> String {
        let mut css = String::from("\n/* The sizes in theme.toml. */\n\n:root {\n");
        for size in Size::ALL {
            // Writing to a text does not fail.
            let _ = writeln!(css, "  --size-{}: {}px;", size.key().replace('_', "-"), self.get(size));
        }
        css + "}\n"
    }
}

fn pixels(reader: &mut Reader<'_>, size: Size, value: &Value) -> Option<i32> {
    let pixels = reader.integer(value)?;
    if (LEAST..=GREATEST).contains(&pixels) {
        return i32::try_from(pixels).ok();
    }
    let message = format!("the size \"{}\" can't be {pixels}", size.key());
    let hint = format!("write a number of pixels from {LEAST} to {GREATEST}");
    reader.report(reader.problem(Code::OutOfRange, value.span, message).hint(hint));
    None
}
