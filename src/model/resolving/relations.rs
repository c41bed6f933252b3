//! Looks up the targets of relations.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use rayon::prelude::*;

use super::names::{LookupError, Names};
use crate::diagnostics::{Change, Code, Diagnostic, Hint};
use crate::locale::Lang;
use crate::model::ids::EntityId;
use crate::model::link::Link;
use crate::model::reading::statements::Statement;
use crate::schema::RelationId;
use crate::stop::{Stop, Stopped};
use crate::text::{Place, Span};

/// Looks up the targets of all statements. Links from and to drafts are left out, unless drafts are published.
///
/// # Errors
/// The work was stopped.
pub(in crate::model) fn resolve(
    names: &Names<'_>,
    statements: Vec<Vec<Statement>>,
    stop: &Stop,
) -> Result<(Vec<Link>, Vec<LookupError>), Stopped> {
    let resolved: Vec<Option<Resolving<'_, '_>>> = statements
        .into_par_iter()
        .enumerate()
        .map(|(index, statements)| {
            if stop.is_stopped() {
                return None;
            }
            let mut resolving = Resolving {
                names,
                from: EntityId(index as u32),
                links: Vec::new(),
                places: Vec::new(),
                by_target: HashMap::new(),
                errors: Vec::new(),
            };
            for statement in statements {
                resolving.statement(statement);
            }
            Some(resolving)
        })
        .collect();
    let resolved: Vec<Resolving<'_, '_>> = resolved.into_iter().collect::<Option<_>>().ok_or(Stopped)?;
    let count = resolved.iter().map(|resolving| resolving.links.len()).sum();
    let mut links: Vec<Link> = Vec::with_capacity(count);
    let mut errors = Vec::new();
    // A symmetric relation that both ends state is a repetition. Keys: relation, from, to. Values: the link's index and
    // place.
    let mut symmetric: HashMap<(RelationId, EntityId, EntityId), (usize, Place)> = HashMap::new();
    for resolving in resolved {
        errors.extend(resolving.errors);
        for (link, (place, whole)) in resolving.links.into_iter().zip(resolving.places) {
            if names.is_symmetric(link.relation) {
                let mirrored = symmetric.get(&(link.relation, link.to, link.from));
                if let Some((_, first)) = mirrored.filter(|(at, _)| links[*at].has_same_attributes(&link)) {
                    let message = "this relation is already stated by the other entity; the pages of both show it";
                    let diagnostic = Diagnostic::new(Code::RepeatedReference, place, message);
                    errors.push(diagnostic.note(first.clone(), "stated here").hint(delete_it(whole)).into());
                    continue;
                }
                symmetric.insert((link.relation, link.from, link.to), (links.len(), place));
            }
            links.push(link);
        }
    }
    Ok((links, errors))
}

/// The hint to delete a statement that is there twice.
fn delete_it(whole: Span) -> Hint {
    Hint::mend("delete one of them", "Delete it", Change::Delete(whole))
}

/// The lookup of one entity's statements. `links` and `places` have the same length.
struct Resolving<'a, 'n> {
    names: &'a Names<'n>,
    from: EntityId,
    links: Vec<Link>,
    /// The place of each target, and the span of all of its statement.
    places: Vec<(Place, Span)>,
    /// The indices in `links` of the links to each target, by a hash of their attributes.
    by_target: HashMap<(RelationId, EntityId, u64), Vec<usize>>,
    errors: Vec<LookupError>,
}

impl Resolving<'_, '_> {
    /// A hash of the attributes of a link. Links that are the same have the same hash.
    fn fingerprint(&self, link: &Link) -> u64 {
        let mut hasher = DefaultHasher::new();
        let fields = &self.names.schema.relation(link.relation).attributes;
        for attribute in &link.attributes {
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
                self.errors.extend((from_published && !follows).then_some(error));
                return;
            }
        };
        if !from_published {
            return;
        }
        if !self.names.is_published(to) {
            let message = format!("\"{}\" is a draft, so this relation is not published", statement.target);
            self.errors.push(Diagnostic::new(Code::LinkToDraft, statement.place, message).into());
            return;
        }
        let relation = self.names.schema.relation(statement.relation);
        if to == self.from && !relation.to_itself {
            let message = format!("\"{}\" leads from \"{}\" to itself", relation.id, statement.target);
            let problem = Diagnostic::new(Code::SelfReference, statement.place, message);
            let hint = "delete it; if it is meant, the relation needs to_itself = true in _type.toml";
            self.errors.push(problem.hint(Hint { text: hint.into(), ..delete_it(statement.whole) }).into());
            return;
        }
        let (span, attributes) = (statement.place.span, statement.attributes);
        let link = Link { from: self.from, relation: statement.relation, to, span, attributes };
        let fingerprint = self.fingerprint(&link);
        let same_target = self.by_target.entry((link.relation, to, fingerprint)).or_default();
        if let Some(&at) = same_target.iter().find(|at| self.links[**at].is_same(&link)) {
            let message = format!("the relation to \"{}\" is stated twice", statement.target);
            let diagnostic = Diagnostic::new(Code::RepeatedReference, statement.place, message);
            let diagnostic = diagnostic.note(self.places[at].0.clone(), "first stated here");
            let diagnostic = diagnostic.hint(delete_it(statement.whole));
            self.errors.push(diagnostic.into());
            return;
        }
        same_target.push(self.links.len());
        self.links.push(link);
        self.places.push((statement.place, statement.whole));
    }
}
