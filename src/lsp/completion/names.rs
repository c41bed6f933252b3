//! The names of all entities, folded: what is typed is compared with these.

use rayon::prelude::*;

use crate::locale::folded;
use crate::model::{Ecosystem, EntityId};
use crate::schema::TypeId;

/// The names of all entities: ids, titles and aliases in all languages, without accents and capitals.
pub(in crate::lsp) struct Names(Vec<Named>);

struct Named {
    id: EntityId,
    entity_type: TypeId,
    names: Vec<Box<str>>,
}

impl Names {
    pub(in crate::lsp) fn new(ecosystem: &Ecosystem) -> Self {
        let types = ecosystem.schema.types().flat_map(|(entity_type, _)| ecosystem.every(entity_type));
        let entities: Vec<_> = types.collect();
        let named = entities.into_par_iter().map(|(id, entity)| {
            let titles = entity.title.iter().map(|(_, title)| &**title);
            let aliases = entity.aliases.iter().flat_map(|(_, aliases)| aliases.iter().map(|alias| &**alias));
            let all = std::iter::once(&*entity.id).chain(titles).chain(aliases);
            Named { id, entity_type: entity.entity_type, names: all.map(|name| folded(name).into()).collect() }
        });
        Self(named.collect())
    }

    /// The entities with a name that contains what is typed, the best first: those with a name that starts with it, then
    /// those with a word that starts with it. At most `most`, and whether these are all.
    pub(in crate::lsp) fn find(&self, types: Option<&[TypeId]>, typed: &str, most: usize) -> (Vec<EntityId>, bool) {
        let wanted = folded(typed);
        let wanted = wanted.trim();
        let is_possible = |named: &&Named| types.is_none_or(|types| types.contains(&named.entity_type));
        let ranked = self.0.iter().filter(is_possible).filter_map(|named| {
            let rank = named.names.iter().filter_map(|name| rank(name, wanted)).min()?;
            Some((rank, named.id))
        });
        let mut ranked: Vec<(usize, EntityId)> = ranked.collect();
        ranked.sort();
        let is_all = ranked.len() <= most;
        ranked.truncate(most);
        (ranked.into_iter().map(|(_, id)| id).collect(), is_all)
    }
}

/// How well a name fits; the smaller, the better.
fn rank(name: &str, wanted: &str) -> Option<usize> {
    let at = name.find(wanted)?;
    let starts_word = || name.match_indices(wanted).any(|(at, _)| name[..at].ends_with(' '));
    Some(match at {
        0 if name.len() == wanted.len() => 0,
        0 => 1,
        _ if starts_word() => 2,
        _ => 3,
    })
}

#[cfg(test)]
mod tests {
    use super::rank;

    #[test]
    fn names_that_start_like_what_is_typed_come_first() {
        assert!(rank("liege", "liege") < rank("liege airport", "liege"));
        assert!(rank("liege airport", "liege") < rank("universite de liege", "liege"));
        assert!(rank("universite de liege", "liege") < rank("xliege", "liege"));
        assert_eq!(rank("mons", "liege"), None);
    }
}
