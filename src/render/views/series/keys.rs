//! The keys of a view of series: which fields and relations of figures it reads.

use crate::locale::LocalText;
use crate::model::EntityId;
use crate::render::views::kind::Dated;
use crate::render::views::spec::Spec;
use crate::schema::{RelationId, TypeId};
use crate::table::{Data, Value as Written};
use crate::values::Kind;

/// The usual fields with the period of a figure, and with its status.
const PERIODS: &[&str] = &["period", "date", "year"];
const STATUSES: &[&str] = &["status", "kind"];

/// The fields and relations that are read of figures. Their numbers are the headlines of their type.
#[derive(Debug, Clone)]
pub(crate) struct Keys {
    pub entity_type: TypeId,
    /// The relation to what a figure measures.
    pub by: RelationId,
    /// The position of the field with its period.
    pub period: Option<usize>,
    /// The position of the choice whose first value marks what was observed.
    pub status: Option<usize>,
    /// The relation between figures that contradict one another.
    pub against: Option<RelationId>,
    pub sources: Option<RelationId>,
    /// The relations whose targets tell figures of one indicator apart.
    pub labels: Vec<RelationId>,
}

impl Keys {
    /// The keys of a view that name them.
    pub(super) const NAMES: [&str; 7] = ["of", "by", "period", "status", "against", "sources", "labels"];

    /// Reads the keys of a view. Those that are wrong are reported.
    pub(super) fn read(spec: &mut Spec<'_>) -> Option<Self> {
        let entity_type = spec.entity_type()?;
        if spec.schema.get(entity_type).headline.is_none() {
            let message = format!("the type \"{}\" has no numbers", spec.schema.get(entity_type).id);
            spec.report(
                "of",
                message,
                "a series needs a type with a \"headline\", or with a number in a field \"value\"",
            );
            return None;
        }
        let by = spec.relation(entity_type, "by")?;
        let against = spec.relation_to_itself(entity_type, "against");
        let sources = spec.relation_to_sources(entity_type);
        let is_right = [
            spec.check_field(&[entity_type], "period", is_period),
            spec.check_field(&[entity_type], "status", is_choice),
        ];
        let usual = Self::usual(spec, entity_type, by);
        let labels = spec.relations(&[entity_type], "labels");
        (is_right == [true, true]).then_some(Self {
            against: against?,
            sources: sources?.or(usual.sources),
            labels,
            ..usual
        })
    }

    /// What the keys say of the figures' periods.
    pub(crate) fn dated(&self) -> Dated {
        Dated { entity_type: self.entity_type, fields: self.period.into_iter().collect() }
    }

    /// The keys as far as they have usual names.
    pub(crate) fn usual(spec: &mut Spec<'_>, entity_type: TypeId, by: RelationId) -> Self {
        let info = spec.schema.get(entity_type);
        let first = || spec.schema.relations_of(entity_type).find(|(_, relation)| relation.citation).map(|(id, _)| id);
        let sources = info.sources.or_else(first);
        let period = spec.field(entity_type, "period", PERIODS, is_period);
        let status = spec.field(entity_type, "status", STATUSES, is_choice);
        Self { entity_type, by, period, status, against: None, sources, labels: Vec::new() }
    }
}

/// Whether values of a kind can say when a figure holds.
fn is_period(kind: &Kind) -> bool {
    matches!(kind, Kind::Period(_) | Kind::Date(_) | Kind::Year(_))
}

fn is_choice(kind: &Kind) -> bool {
    matches!(kind, Kind::Choice(_))
}

/// Series under a heading.
pub(super) struct Group {
    pub title: LocalText,
    pub indicators: Vec<EntityId>,
}

/// The key `groups`: a list of tables. None without the key.
pub(super) fn groups(spec: &mut Spec<'_>, by: RelationId) -> Option<Vec<Group>> {
    let value = spec.get("groups")?;
    let types = spec.schema.relation(by).to.clone();
    let items = spec.reader.array(value)?;
    Some(items.iter().filter_map(|item| group(spec, item, &types)).collect())
}

fn group(spec: &mut Spec<'_>, value: &Written, types: &[TypeId]) -> Option<Group> {
    const EXAMPLE: &str = "of = [\"exports\", \"jobs\"]";
    let table = spec.reader.table(value)?;
    spec.reader.unknown_keys(table, "a group of series", &["title", "of"]);
    let title = table.get("title").and_then(|title| spec.reader.localised(title)).unwrap_or_default();
    let Some(of) = table.get("of") else {
        spec.reader.missing(value.span, "a group of series", "of", EXAMPLE);
        return None;
    };
    let items: &[Written] = match &of.data {
        Data::Array(items) => items,
        _ => std::slice::from_ref(of),
    };
    let advice = "write the id of an entity to which the relation \"by\" leads";
    let indicators = items.iter().filter_map(|item| spec.entity(item, types, advice)).collect();
    Some(Group { title, indicators })
}
