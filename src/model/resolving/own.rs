//! What an entity says by itself, with all names in it looked up. It is kept from one model to the next while the texts of the
//! entity and the names of the site are the same.
//!
//! In: an entity as it was read. Out: the entity with its links, and what was found wrong.

use std::sync::Arc;

use super::names::{LookupError, Names};
use super::prose::{self, Noticed};
use super::relations::{self, Stated};
use crate::diagnostics::Diagnostic;
use crate::model::body::Target;
use crate::model::entity::Entity;
use crate::model::ids::EntityId;
use crate::model::itself::{self, Rules};
use crate::model::reading::statements::Statement;
use crate::model::value::{FieldValue, FieldValues};

/// What an entity says by itself.
#[derive(Debug)]
pub(in crate::model) struct Own {
    /// The texts that it was read from.
    pub(in crate::model) texts: Box<[Arc<str>]>,
    /// What is wrong with its texts, and in it by itself.
    pub(in crate::model) problems: Vec<Diagnostic>,
    /// Its relations.
    pub(in crate::model) stated: Stated,
    /// What was noticed in it.
    pub(in crate::model) noticed: Noticed,
}

/// What was read of an entity besides the entity itself.
pub(in crate::model) struct Unresolved {
    pub(in crate::model) texts: Box<[Arc<str>]>,
    pub(in crate::model) statements: Vec<Statement>,
    pub(in crate::model) problems: Vec<Diagnostic>,
    /// The files that could not be found.
    pub(in crate::model) errors: Vec<LookupError>,
}

/// The targets of each body of an entity, in the order of [`Entity::bodies`].
pub(in crate::model) type Targets = Vec<Box<[Target]>>;

/// Looks up the names that an entity uses, and what is wrong in it by itself. What is wrong with a draft counts once it is
/// published.
pub(in crate::model) fn look_up(
    names: &Names<'_>,
    rules: &Rules<'_>,
    id: EntityId,
    unresolved: Unresolved,
) -> (Own, Targets) {
    let Unresolved { texts, statements, mut problems, errors } = unresolved;
    let entity = &names.entities[id.index()];
    let mut noticed = Noticed { errors, ..Noticed::default() };
    let stated = relations::look_up(names, id, statements, &mut noticed);
    let targets = prose::look_up(names, &entity.body, Some(id), entity.bodies(), &mut noticed);
    let values = entity.values.iter().flat_map(|values| &values.values).flat_map(FieldValue::images);
    noticed.pictures.extend(entity.image.iter().chain(values).map(|image| (image.src.clone(), image.place.clone())));
    if names.is_published(id) {
        problems.extend(itself::problems(rules, entity, &stated.links));
    } else {
        (problems, noticed) = (Vec::new(), Noticed::default());
    }
    (Own { texts, problems, stated, noticed }, targets)
}

/// Puts the targets into the prose of an entity.
pub(in crate::model) fn put_targets(entity: &mut Arc<Entity>, targets: Targets) {
    if targets.iter().all(|targets| targets.is_empty()) {
        return;
    }
    let entity = Arc::make_mut(entity);
    let values = entity.values.iter_mut().flat_map(FieldValues::bodies_mut);
    prose::put(entity.body.iter_mut().chain(values), targets);
}
