//! What is exported.

use crate::locale::Lang;
use crate::model::Ecosystem;
use crate::schema::TypeId;
use crate::sheets::sheet::{self, Sheet};
use crate::sheets::titles::Titles;

/// What is exported, and in which language.
#[derive(Debug, Clone)]
pub struct Export {
    /// The types; all if there are none.
    pub types: Vec<TypeId>,
    /// The language of labels and titles.
    pub lang: Lang,
    /// Whether the sheets have no rows, to be filled in.
    pub empty: bool,
}

impl Export {
    /// The types, in the order of their ids unless they were named.
    pub(super) fn types(&self, ecosystem: &Ecosystem) -> Vec<TypeId> {
        match &*self.types {
            [] => ecosystem.schema.types().map(|(id, _)| id).collect(),
            types => types.to_vec(),
        }
    }

    /// The sheets of all types, then that of links.
    pub(super) fn sheets(&self, ecosystem: &Ecosystem, titles: &Titles<'_>) -> Vec<Sheet> {
        let types = self.types(ecosystem);
        let of_types = types.iter().map(|owner| sheet::of_type(ecosystem, titles, *owner, self.lang, self.empty));
        let links = sheet::of_links(ecosystem, titles, &types, self.lang, self.empty);
        of_types.chain(links).collect()
    }
}
