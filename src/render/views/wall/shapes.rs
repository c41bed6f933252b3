//! What templates see of a wall.

use tera::Value;

use crate::render::engine::shapes::shapes;
use crate::render::words::Words;

shapes! {
    /// All entities of a type by name, for a page with `view = { kind = "wall", … }`.
    Wall {
        /// `wall`.
        kind: &'static str,
        /// The type, a [TypeInfo](#typeinfo).
        of: Value,
        /// The label of the field or relation of the sections.
        section_label: Words,
        /// The label of the field or relation of the groups; none if sections have no groups.
        group_label: Option<Words>,
        /// The sections with names, each after its parent in a [hierarchy](../FORMAT.md#relations), a list of [WallSection](#wallsection).
        sections: Vec<Value>,
        /// The names that are in no section, a list of [WallGroup](#wallgroup).
        without: Vec<Value>,
    }

    /// A section of a wall.
    WallSection {
        /// The id of the entity or of the choice, or the value.
        id: String,
        /// The name of the entity, or the value.
        title: Option<Words>,
        /// The page of the entity; none for values.
        url: Option<String>,
        /// Its depth in the hierarchy; 0 for roots.
        depth: usize,
        /// The number of names in it.
        count: usize,
        /// Its groups, a list of [WallGroup](#wallgroup).
        groups: Vec<Value>,
    }

    /// Names in a section of a wall.
    WallGroup {
        /// The name of the entity or the value that they have in common; none for the last group, of those that name none, or if there are no groups.
        title: Option<Words>,
        /// The page of the entity; none for values.
        url: Option<String>,
        /// The names, in the order of the type, a list of [WallName](#wallname).
        names: Vec<Value>,
        /// The number of others, beyond 3,000 names on the page.
        more: usize,
    }

    /// A name on a wall.
    WallName {
        /// The entity, a [Card](#card).
        card: Value,
        /// `large` for the tenth with the most related entities, `medium` for the third, else `small`. Sources do not count.
        size: &'static str,
    }
}
