//! The model: entities, pages, and the links between them.
//!
//! In: the configuration, the schema and the parsed documents. Out: an immutable [`Ecosystem`] in which every relation
//! can be followed from both ends, and diagnostics. The model does not know addresses, templates or themes.

mod ids;
mod path;
mod assets;
mod body;
mod today;
mod value;
mod entity;
mod page;
mod link;
mod adjacency;
mod autolink;
mod event;
mod ecosystem;
mod order;
mod derived;
mod groups;
mod cycles;
mod unique;
mod itself;
mod reading;
mod resolving;
mod kept;
mod entities;
mod at;
mod pictures;
mod advice;
mod titles;
mod past;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::config::Config;
use crate::diagnostics::Diagnostic;
use crate::history::History;
use crate::parse::Document;
use crate::parse::outline::Outline;
use crate::schema::Schema;
use crate::source::Sources;
use crate::stop::{Stop, Stopped};
use adjacency::Adjacency;
use assets::AssetsByNfc;
use entities::{Entities, LookedUp};
use itself::Rules;
use kept::Earlier;
use reading::context::Context;
use reading::{assemble, pages};
use resolving::prose::Noticed;
use resolving::{names, own, prose, relations, suggestions};

pub use at::{Declared, FieldId, LinkForm, Meaning, Name, Occurrence, Subject};
pub use autolink::Autolink;
pub use body::{Body, Target};
pub use derived::Reached;
pub use ecosystem::Ecosystem;
pub use entity::{Entity, Extra};
pub use event::{Difference, Event, EventKind, EventSubject, Part};
pub use groups::Group;
pub use ids::{EntityId, PageId};
pub use kept::Kept;
pub use link::Link;
pub use page::{Page, PageKind, RawView};
pub(crate) use path::resolve as resolve_path;
pub(crate) use reading::pages::PAGE_KEYS;
pub use today::Today;
pub use value::{Attribute, FieldValue, FieldValues};

/// The data that a model is made from.
pub struct Input<'a> {
    /// The configuration.
    pub config: Arc<Config>,
    /// The types.
    pub schema: Arc<Schema>,
    /// The parsed content.
    pub documents: &'a [Document],
    /// The source files of the documents, and the files that are published as they are.
    pub sources: Arc<Sources>,
    /// The outline that maps are drawn on; without areas if the configuration names no file.
    pub outline: Arc<Outline>,
    /// What happened to the content, if that is wanted and known.
    pub history: Option<Arc<History>>,
    /// An earlier model of the same site, of which unchanged entities are taken over.
    pub before: Option<(&'a Ecosystem, &'a Kept)>,
}

/// Options for making a model.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Whether drafts are published.
    pub drafts: bool,
    /// The day of the compilation, for the age of verifications.
    pub today: Today,
    /// Whether the model keeps what the next one can take over from it.
    pub keep: bool,
}

/// A model.
pub struct Resolved {
    /// The model.
    pub ecosystem: Ecosystem,
    /// What is wrong with the content.
    pub problems: Vec<Diagnostic>,
    /// What the next model can take over, if that is wanted.
    pub kept: Option<Kept>,
}

/// Makes the model. If a diagnostic is an error, parts of the content are missing from the model, but it can be used.
///
/// # Errors
/// The work was stopped.
pub fn resolve(input: Input<'_>, options: Options, stop: &Stop) -> Result<Resolved, Stopped> {
    let Input { config, schema, documents, sources, outline, history, before } = input;
    let assets = sources.assets().to_vec();
    let (assets_by_nfc, missing) = (AssetsByNfc::new(&assets), Mutex::default());
    let context = Context {
        config: &config,
        schema: &schema,
        assets: &assets,
        assets_by_nfc: &assets_by_nfc,
        drafts: options.drafts,
        missing: &missing,
    };
    let mut problems = Vec::new();
    let groups = assemble::groups(&context, documents, &mut problems);
    let rules = Rules { config: &config, schema: &schema, outline: &outline, today: options.today };
    let earlier =
        before.and_then(|before| Earlier::new(before, &context, &rules, &groups, documents, history.as_ref()));
    let Entities { mut entities, said, renewed } = entities::read(&context, &groups.entities, earlier.as_ref(), stop)?;
    let by_type = entity::ranges(&entities, schema.types.len());
    let (mut pages, found) = pages::read(&context, &groups.pages);
    problems.extend(found);
    let mut errors = names::about_files(&mut problems, &missing.lock().unwrap_or_else(PoisonError::into_inner));
    let names = names::Names::new(&config, &schema, &entities, &by_type, &pages, &assets, documents, options.drafts);
    let LookedUp { own, targets } = entities::look_up(&names, &rules, said, stop)?;
    let (links, repeated) = relations::join(&names, own.iter().map(|own| &own.stated));
    errors.extend(repeated);
    let (mut mentions, mut addresses, mut pictures) = (Vec::new(), Vec::new(), Vec::new());
    let mut targets_of_pages = Vec::with_capacity(pages.len());
    for page in &pages {
        let mut noticed = Noticed::default();
        targets_of_pages.push(prose::look_up(&names, &page.body, None, page.body.iter(), &mut noticed));
        errors.append(&mut noticed.errors);
        if options.drafts || !page.draft {
            addresses.append(&mut noticed.addresses);
            pictures.append(&mut noticed.pictures);
        }
    }
    for (at, own) in own.iter().enumerate() {
        problems.extend_from_slice(&own.problems);
        errors.extend_from_slice(&own.noticed.errors);
        addresses.extend_from_slice(&own.noticed.addresses);
        mentions.extend(own.noticed.mentions.iter().map(|id| (*id, EntityId(at as u32))));
    }
    let pictures = own.iter().flat_map(|own| &own.noticed.pictures).chain(&pictures);
    problems.extend(pictures::problems(&sources, pictures));
    problems.extend(suggestions::diagnostics(&names, errors));
    for (id, targets) in targets {
        own::put_targets(&mut entities[id.index()], targets);
    }
    for (page, targets) in pages.iter_mut().zip(targets_of_pages) {
        prose::put(page.body.iter_mut(), targets);
    }
    let count = entities.len();
    let vocabularies = config.languages.all().map(|_| OnceLock::new()).collect();
    let (mentions, mentioning) = adjacency::mentions(count, mentions);
    let before = before.filter(|_| renewed.is_some());
    let ranks_before = before.and_then(|(before, _)| before.ranks.get().cloned());
    let kept = options.keep.then(|| Kept::new(&groups, documents, history.clone(), options.today, own));
    let mut ecosystem = Ecosystem {
        outgoing: Adjacency::new(count, links.iter().map(|link| link.from)),
        incoming: Adjacency::new(count, links.iter().map(|link| link.to)),
        config,
        schema,
        entities,
        pages,
        assets,
        outline,
        sources,
        links,
        events: Vec::new(),
        events_of: HashMap::new(),
        drafts: options.drafts,
        by_type,
        counts: Vec::new(),
        mentions,
        mentioning,
        addresses,
        ranks: OnceLock::new(),
        vocabularies,
        renewed,
        ranks_before,
    };
    stop.check()?;
    ecosystem.counts =
        ecosystem.schema.types().map(|(entity_type, _)| ecosystem.of_type(entity_type).count()).collect();
    if let Some(history) = history {
        let past = past::read(&ecosystem, &history);
        past::put(&mut ecosystem, past);
    }
    problems.extend(cycles::cycles(&ecosystem));
    problems.extend(unique::repeated_values(&ecosystem));
    problems.extend(advice::advice(&ecosystem, options.today));
    problems.extend(titles::same_titles(&ecosystem));
    Ok(Resolved { ecosystem, problems, kept })
}
