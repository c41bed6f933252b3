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
mod reading;
mod resolving;
mod at;
mod pictures;
mod advice;
mod contradictions;
mod past;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rayon::prelude::*;

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
use reading::assemble::EntityGroup;
use reading::context::Context;
use reading::statements::Statement;
use reading::{assemble, entity as read_entity, pages};
use resolving::{names, prose, relations, suggestions};

pub use at::{Declared, FieldId, LinkForm, Meaning, Name, Occurrence, Subject};
pub use autolink::Autolink;
pub use body::{Body, Target};
pub use derived::Reached;
pub use ecosystem::Ecosystem;
pub use entity::{Entity, Extra};
pub use event::{Event, EventKind, EventSubject, Part};
pub use groups::Group;
pub use ids::{EntityId, PageId};
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
}

/// Options for making a model.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Whether drafts are published.
    pub drafts: bool,
    /// The day of the compilation, for the age of verifications.
    pub today: Today,
}

/// Makes the model. If a diagnostic is an error, parts of the content are missing from the model, but it can be used.
///
/// # Errors
/// The work was stopped.
pub fn resolve(input: Input<'_>, options: Options, stop: &Stop) -> Result<(Ecosystem, Vec<Diagnostic>), Stopped> {
    let Input { config, schema, documents, sources, outline, history } = input;
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
    let (mut entities, statements, found) = read_entities(&context, &groups.entities, stop)?;
    problems.extend(found);
    let by_type = entity::ranges(&entities, schema.types.len());
    let (mut pages, found) = pages::read(&context, &groups.pages);
    problems.extend(found);
    let names = names::Names::new(&config, &schema, &entities, &by_type, &pages, &assets, documents, options.drafts);
    let (mut links, mut errors) = relations::resolve(&names, statements, stop)?;
    let (targets, mentions, of_links) = prose::resolve_bodies(&names, &entities, &pages, &links, stop)?;
    errors.extend(of_links);
    let missing = missing.into_inner().unwrap_or_else(PoisonError::into_inner);
    errors.extend(names::about_files(&mut problems, &missing));
    problems.extend(suggestions::diagnostics(&names, errors));
    prose::put_targets(&mut entities, &mut pages, &mut links, targets);
    let count = entities.len();
    let vocabularies = config.languages.all().map(|_| OnceLock::new()).collect();
    let (mentions, mentioning) = adjacency::mentions(count, mentions);
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
        ranks: OnceLock::new(),
        vocabularies,
    };
    stop.check()?;
    ecosystem.counts =
        ecosystem.schema.types().map(|(entity_type, _)| ecosystem.of_type(entity_type).count()).collect();
    if let Some(history) = history {
        ecosystem.events = past::events(&ecosystem, &history);
        past::index(&mut ecosystem);
    }
    problems.extend(cycles::cycles(&ecosystem));
    problems.extend(unique::repeated_values(&ecosystem));
    problems.extend(pictures::problems(&ecosystem));
    problems.extend(advice::advice(&ecosystem, options.today));
    problems.extend(contradictions::contradictions(&ecosystem));
    Ok((ecosystem, problems))
}

/// The entities, in the order of their groups; the relations that each states; and the diagnostics about them.
type Entities = (Vec<Entity>, Vec<Vec<Statement>>, Vec<Diagnostic>);

/// Reads all entities.
fn read_entities(context: &Context<'_>, groups: &[EntityGroup<'_>], stop: &Stop) -> Result<Entities, Stopped> {
    let read = |group| (!stop.is_stopped()).then(|| read_entity::read(context, group));
    let readings: Vec<Option<read_entity::Reading>> = groups.par_iter().map(read).collect();
    let mut entities = Vec::with_capacity(readings.len());
    let mut statements = Vec::with_capacity(readings.len());
    let mut problems = Vec::new();
    for reading in readings {
        let reading = reading.ok_or(Stopped)?;
        // A draft may be unfinished: what is wrong with it counts once it is to be published.
        if context.drafts || !reading.entity.draft {
            problems.extend(reading.problems);
        }
        entities.push(reading.entity);
        statements.push(reading.statements);
    }
    Ok((entities, statements, problems))
}
