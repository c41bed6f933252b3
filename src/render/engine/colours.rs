//! The colours of types in style sheets.
//!
//! In: a schema. Out: a rule of CSS for each type, for the attribute `data-type`. A theme combines the hue with the
//! lightness and the chroma that it chooses.

use std::fmt::Write;

use crate::schema::Schema;

/// The hue of grey types, which is hardly visible: that of paper.
const GREY: u16 = 70;

/// A rule for each type, with its hue in degrees and whether it is grey.
pub(super) fn css(schema: &Schema) -> String {
    let mut css = String::from("\n/* The colours of types, from _type.toml. */\n\n[data-type]{--type-grey:0}\n");
    for entity_type in &schema.types {
        let id = &entity_type.id;
        // Writing to a text does not fail.
        let _ = match entity_type.sign.colour.hue() {
            Some(hue) => writeln!(css, "[data-type=\"{id}\"]{{--type-hue:{hue}}}"),
            None => writeln!(css, "[data-type=\"{id}\"]{{--type-hue:{GREY};--type-grey:1}}"),
        };
    }
    css
}
