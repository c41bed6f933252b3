//! The kinds of entries: the choices of a field, or else their types.

use std::collections::BTreeMap;

use tera::Value;

use super::shapes::TimelineKind;
use crate::model::{EntityId, FieldValue};
use crate::render::scope::Scope;
use crate::render::views::spec::Spec;
use crate::schema::TypeId;
use crate::values;

/// The maximum number of kinds: a style sheet has a rule for each. Entries of further kinds have none.
const MOST: usize = 24;

/// Which field of each type says of which kind its entities are.
#[derive(Debug, Clone, Default)]
pub(super) struct Fields(Vec<(TypeId, usize)>);

/// A kind: a choice of a type's field, or the type itself, which comes after its choices.
type Kind = (TypeId, Option<usize>);

impl Fields {
    /// Reads the key `kinds`, the id of a choice. A type without it has one kind.
    pub(super) fn read(spec: &mut Spec<'_>, types: &[TypeId]) -> Option<Self> {
        let fits = |kind: &values::Kind| matches!(kind, values::Kind::Choice(_));
        if !spec.check_field(types, "kinds", fits) {
            return None;
        }
        let fields =
            types.iter().filter_map(|entity_type| Some((*entity_type, spec.field(*entity_type, "kinds", &[], fits)?)));
        Some(Self(fields.collect()))
    }

    fn kind(&self, scope: &Scope, id: EntityId) -> Kind {
        let entity = scope.ecosystem.entity(id);
        let field = self.0.iter().find(|(entity_type, _)| *entity_type == entity.entity_type);
        let choice = field.and_then(|(_, at)| match entity.values(*at).first()? {
            FieldValue::Choice(choice) => Some(*choice),
            _ => None,
        });
        (entity.entity_type, choice)
    }

    /// The name of a kind.
    fn label(&self, scope: &Scope, (entity_type, choice): Kind) -> crate::render::words::Words {
        let info = scope.ecosystem.schema.get(entity_type);
        let field = self.0.iter().find(|(own, _)| *own == entity_type);
        let label = field.zip(choice).and_then(|((_, at), choice)| info.fields[*at].kind.choices().get(choice));
        scope.words(label.map_or(&info.plural, |choice| &choice.label))
    }
}

/// The kinds of some entries, with their numbers from 1 on.
pub(super) struct Kinds {
    numbers: BTreeMap<Kind, (usize, usize)>,
    fields: Fields,
}

impl Kinds {
    pub(super) fn new(scope: &Scope, fields: &Fields, entries: impl Iterator<Item = EntityId>) -> Self {
        let mut numbers: BTreeMap<Kind, (usize, usize)> = BTreeMap::new();
        for id in entries {
            numbers.entry(order(fields.kind(scope, id))).or_default().1 += 1;
        }
        for (at, (number, _)) in numbers.values_mut().enumerate() {
            *number = at + 1;
        }
        Self { numbers, fields: fields.clone() }
    }

    /// The number of an entity's kind; none if there are too many.
    pub(super) fn number(&self, scope: &Scope, id: EntityId) -> Option<usize> {
        let (number, _) = self.numbers.get(&order(self.fields.kind(scope, id)))?;
        (*number <= MOST).then_some(*number)
    }

    /// All kinds for templates; empty if there is only one.
    pub(super) fn values(&self, scope: &Scope) -> Vec<Value> {
        if self.numbers.len() < 2 {
            return Vec::new();
        }
        let kinds = self.numbers.iter().take(MOST);
        let value = |(kind, (number, count)): (&Kind, &(usize, usize))| {
            let label = self.fields.label(scope, unordered(*kind));
            TimelineKind { number: *number, label, count: *count }.into()
        };
        kinds.map(value).collect()
    }
}

/// A kind as it is sorted: a type comes after its choices.
fn order((entity_type, choice): Kind) -> Kind {
    (entity_type, Some(choice.unwrap_or(usize::MAX)))
}

fn unordered((entity_type, choice): Kind) -> Kind {
    (entity_type, choice.filter(|choice| *choice < usize::MAX))
}
