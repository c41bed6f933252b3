//! Reads entities, and looks up the names in them. Those of an earlier model that have not changed are taken over.
//!
//! In: the documents of each entity, and the earlier model. Out: the entities, and what each says by itself.

use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use super::entity::Entity;
use super::ids::EntityId;
use super::itself::Rules;
use super::kept::{self, Earlier};
use super::reading::assemble::EntityGroup;
use super::reading::context::Context;
use super::reading::entity as read_entity;
use super::resolving::names::{self, Names};
use super::resolving::own::{self, Own, Targets, Unresolved};
use crate::stop::{Stop, Stopped};

/// What an entity says: as before, or as it was read now.
pub(super) enum Said {
    AsBefore(Arc<Own>),
    Anew(Unresolved),
}

/// The entities, in the order of their groups.
pub(super) struct Entities {
    pub(super) entities: Vec<Arc<Entity>>,
    pub(super) said: Vec<Said>,
    /// The entities that were not taken over from the earlier model; none if all were read.
    pub(super) renewed: Option<Vec<EntityId>>,
}

/// Reads the entities that can't be taken over from an earlier model.
pub(super) fn read(
    context: &Context<'_>,
    groups: &[EntityGroup<'_>],
    earlier: Option<&Earlier<'_>>,
    stop: &Stop,
) -> Result<Entities, Stopped> {
    let read_one = |(at, group): (usize, &EntityGroup<'_>)| {
        if let Some((entity, own)) = earlier.and_then(|earlier| earlier.take(at, group)) {
            return Some((entity, Said::AsBefore(own)));
        }
        (!stop.is_stopped()).then(|| {
            let missing = Mutex::default();
            let context = Context { missing: &missing, ..*context };
            let read_entity::Reading { entity, statements, mut problems } = read_entity::read(&context, group);
            let errors = names::about_files(&mut problems, &missing.lock().unwrap_or_else(PoisonError::into_inner));
            let texts = kept::texts(&group.parts).cloned().collect();
            (Arc::new(entity), Said::Anew(Unresolved { texts, statements, problems, errors }))
        })
    };
    // Collecting options keeps the order of the entities without a search for the first error.
    let readings: Vec<Option<(Arc<Entity>, Said)>> = groups.par_iter().enumerate().map(read_one).collect();
    let (mut entities, mut said) = (Vec::with_capacity(readings.len()), Vec::with_capacity(readings.len()));
    let mut renewed = Vec::new();
    for (at, reading) in readings.into_iter().enumerate() {
        let (entity, now) = reading.ok_or(Stopped)?;
        if let (Some(earlier), Said::Anew(_)) = (earlier, &now) {
            if !earlier.is_named_alike(at, &entity) {
                return self::read(context, groups, None, stop);
            }
            renewed.push(EntityId(at as u32));
        }
        entities.push(entity);
        said.push(now);
    }
    Ok(Entities { entities, said, renewed: earlier.map(|_| renewed) })
}

/// What entities say, with the names in it looked up.
pub(super) struct LookedUp {
    /// In the order of the entities.
    pub(super) own: Vec<Arc<Own>>,
    /// The targets of the prose that was looked up.
    pub(super) targets: Vec<(EntityId, Targets)>,
}

/// Looks up the names in what entities say.
pub(super) fn look_up(names: &Names<'_>, rules: &Rules<'_>, said: Vec<Said>, stop: &Stop) -> Result<LookedUp, Stopped> {
    let look_up = |(at, said)| match said {
        Said::AsBefore(own) => Some((own, None)),
        Said::Anew(_) if stop.is_stopped() => None,
        Said::Anew(unresolved) => {
            let id = EntityId(at as u32);
            let (own, targets) = own::look_up(names, rules, id, unresolved);
            Some((Arc::new(own), Some((id, targets))))
        }
    };
    let found = said.into_par_iter().enumerate().map(look_up).collect::<Vec<_>>();
    let mut looked_up = LookedUp { own: Vec::with_capacity(found.len()), targets: Vec::new() };
    for found in found {
        let (own, targets) = found.ok_or(Stopped)?;
        looked_up.own.push(own);
        looked_up.targets.extend(targets);
    }
    Ok(looked_up)
}
