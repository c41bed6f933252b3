//! Looks up the targets of relations.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use super::names::{LookupError, Names};
use super::prose::{self, Noticed};
use crate::diagnostics::{Change, Code, Diagnostic, Hint};
use crate::locale::{Lang, Localised};
use crate::model::ids::EntityId;
use crate::model::link::Link;
use crate::model::reading::statements::Statement;
use crate::model::value::{Attribute, FieldValue};
use crate::schema::RelationId;
use crate::text::{Place, Span};

/// The relations that an entity states, looked up. `links` and `places` have the same length.
#[derive(Debug, Clone, Default)]
pub(in crate::model) struct Stated {
    pub(in crate::model) links: Vec<Link>,
    /// The place of each target, and the span of all of its statement.
    pub(in crate::model) places: Vec<(Place, Span)>,
}

/// Looks up the targets of an entity's statements. Links from and to drafts are left out, unless drafts are published.
pub(in crate::model) fn look_up(
    names: &Names<'_>,
    from: EntityId,
    statements: Vec<Statement>,
    noticed: &mut Noticed,
) -> Stated {
    let (stated, no_attributes, by_target) = (Stated::default(), Arc::default(), HashMap::new());
    let mut resolving = Resolving { names, from, stated, noticed, no_attributes, by_target };
    for statement in statements {
        resolving.statement(statement);
    }
    resolving.stated
}

/// Joins the relations of all entities. A symmetric relation that both ends state is there once, and reported.
pub(in crate::model) fn join<'s>(
    names: &Names<'_>,
    stated: impl Iterator<Item = &'s Stated> + Clone,
) -> (Vec<Link>, Vec<LookupError>) {
    let mut links: Vec<Link> = Vec::with_capacity(stated.clone().map(|stated| stated.links.len()).sum());
    let mut errors = Vec::new();
    // Keys: relation, from, to. Values: the link's index and place.
    let mut symmetric: HashMap<(RelationId, EntityId, EntityId), (usize, &Place)> = HashMap::new();
    for stated in stated {
        for (link, (place, whole)) in stated.links.iter().zip(&stated.places) {
            if names.is_symmetric(link.relation) {
                let mirrored = symmetric.get(&(link.relation, link.to, link.from));
                if let Some((_, first)) = mirrored.filter(|(at, _)| links[*at].has_same_attributes(link)) {
                    let message = "this relation is already stated by the other entity; the pages of both show it";
                    let diagnostic = Diagnostic::new(Code::RepeatedReference, place.clone(), message);
                    errors.push(diagnostic.note((*first).clone(), "stated here").hint(delete_it(*whole)).into());
                    continue;
                }
                symmetric.insert((link.relation, link.from, link.to), (links.len(), place));
            }
            links.push(link.clone());
        }
    }
    (links, errors)
}

/// The hint to delete a statement that is there twice.
fn delete_it(whole: Span) -> Hint {
    Hint::mend("delete one of them", "Delete it", Change::Delete(whole))
}

/// The lookup of one entity's statements.
struct Resolving<'a, 'n> {
    names: &'a Names<'n>,
    from: EntityId,
    stated: Stated,
    noticed: &'a mut Noticed,
    /// The attributes of a link that has none.
    no_attributes: Arc<[Attribute]>,
    /// The indices of the links to each target, by a hash of their attributes.
    by_target: HashMap<(RelationId, EntityId, u64), Vec<usize>>,
}

impl Resolving<'_, '_> {
    /// A hash of the attributes of a link. Links that are the same have the same hash.
    fn fingerprint(&self, link: &Link) -> u64 {
        let mut hasher = DefaultHasher::new();
        let fields = &self.names.schema.relation(link.relation).attributes;
        for attribute in link.attributes.iter() {
            let cell = fields[attribute.index].kind.cell(&attribute.value, self.names.config, Lang::DEFAULT);
            (attribute.index, cell).hash(&mut hasher);
        }
        hasher.finish()
    }

    fn statement(&mut self, statement: Statement) {
        let from_published = self.names.is_published(self.from);
        let to = match self.names.reference(statement.relation, &statement.target, &statement.place) {
            Ok(to) => to,
            Err(error) => {
                // Of a type that does not exist there are no entities.
                let follows = error.unknown.is_some() && self.names.schema.relation(statement.relation).is_incomplete;
                self.noticed.errors.extend((from_published && !follows).then_some(error));
                return;
            }
        };
        if !from_published {
            return;
        }
        if !self.names.is_published(to) {
            let message = format!("\"{}\" is a draft, so this relation is not published", statement.target);
            self.noticed.errors.push(Diagnostic::new(Code::LinkToDraft, statement.place, message).into());
            return;
        }
        let relation = self.names.schema.relation(statement.relation);
        if to == self.from && !relation.to_itself {
            let message = format!("\"{}\" leads from \"{}\" to itself", relation.id, statement.target);
            let problem = Diagnostic::new(Code::SelfReference, statement.place, message);
            let hint = "delete it; if it is meant, the relation needs to_itself = true in _type.toml";
            self.noticed.errors.push(problem.hint(Hint { text: hint.into(), ..delete_it(statement.whole) }).into());
            return;
        }
        // Most links have no attributes, and share the empty list.
        let attributes = match statement.attributes.is_empty() {
            true => self.no_attributes.clone(),
            false => statement.attributes.into(),
        };
        let span = statement.place.span;
        let mut link = Link { from: self.from, relation: statement.relation, to, span, attributes };
        let fingerprint = self.fingerprint(&link);
        let same_target = self.by_target.entry((link.relation, to, fingerprint)).or_default();
        if let Some(&at) = same_target.iter().find(|at| self.stated.links[**at].is_same(&link)) {
            let message = format!("the relation to \"{}\" is stated twice", statement.target);
            let diagnostic = Diagnostic::new(Code::RepeatedReference, statement.place, message);
            let diagnostic = diagnostic.note(self.stated.places[at].0.clone(), "first stated here");
            let diagnostic = diagnostic.hint(delete_it(statement.whole));
            self.noticed.errors.push(diagnostic.into());
            return;
        }
        same_target.push(self.stated.links.len());
        let targets = prose::look_up(self.names, &Localised::default(), Some(self.from), link.bodies(), self.noticed);
        let attributes = Arc::get_mut(&mut link.attributes).into_iter().flatten();
        prose::put(attributes.flat_map(|attribute| FieldValue::prose_mut(&mut attribute.value)), targets);
        self.stated.links.push(link);
        self.stated.places.push((statement.place, statement.whole));
    }
}
