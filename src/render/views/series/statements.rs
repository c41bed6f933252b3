//! What documents state of one indicator: numbers with their periods, those that state the same as one.

use crate::model::{EntityId, FieldValue};
use crate::render::parts::headline::{self, Number};
use crate::render::parts::prose::Filling;
use crate::render::parts::value;
use crate::render::scope::Scope;
use crate::render::words::Words;
use crate::values::Date;

use super::keys::Keys;

/// A number that one or several figures state.
pub(super) struct Statement {
    /// The figures, in the order of their type.
    pub ids: Vec<EntityId>,
    pub number: Number,
    /// The number as readers see it, with its qualifier.
    text: String,
    /// The start and the end of its period, in years.
    pub time: Option<(f64, f64)>,
    /// The period as readers see it; empty if it is not known.
    pub when: String,
    /// The position of its status in the choice.
    pub status: Option<usize>,
    /// The targets of each relation that tells figures apart.
    pub labels: Vec<Vec<EntityId>>,
}

impl Statement {
    /// The middle of its period, in years.
    pub(super) fn middle(&self) -> Option<f64> {
        self.time.map(|(from, to)| (from + to) / 2.0)
    }

    /// Whether it is about what was observed. Figures without a status are.
    pub(super) fn is_observed(&self) -> bool {
        self.status.is_none_or(|status| status == 0)
    }

    /// Whether both state the same number of the same.
    fn is_same(&self, other: &Self) -> bool {
        let key = |it: &Self| (it.time, it.when.clone(), it.status, it.text.clone(), it.labels.clone());
        key(self) == key(other)
    }
}

/// What figures state: by time, then in their order.
pub(super) fn statements(scope: &Scope, keys: &Keys, figures: &[EntityId]) -> Vec<Statement> {
    let mut statements: Vec<Statement> = Vec::new();
    for statement in figures.iter().filter_map(|id| statement(scope, keys, *id)) {
        match statements.iter_mut().find(|other| other.is_same(&statement)) {
            Some(same) => same.ids.extend(statement.ids),
            None => statements.push(statement),
        }
    }
    let time = |statement: &Statement| statement.time.unwrap_or((f64::INFINITY, f64::INFINITY));
    statements.sort_by(|a, b| time(a).0.total_cmp(&time(b).0).then(time(a).1.total_cmp(&time(b).1)));
    statements
}

fn statement(scope: &Scope, keys: &Keys, id: EntityId) -> Option<Statement> {
    let ecosystem = &scope.ecosystem;
    let entity = ecosystem.entity(id);
    let fields = &ecosystem.schema.get(entity.entity_type).fields;
    let shown = headline::headline(scope, id, true)?;
    let period = keys.period.and_then(|at| Some((&fields[at], entity.values(at).first()?)));
    let when = period.map(|(field, period)| value::item(&mut Filling::new(scope), field, period).text);
    let labels = keys.labels.iter().map(|relation| ecosystem.targets(id, *relation));
    Some(Statement {
        ids: vec![id],
        number: headline::number_of(scope, id)?,
        text: format!("{} {} {}", shown.qualifier, shown.number, shown.unit),
        time: period.and_then(|(_, period)| time(period)),
        when: when.unwrap_or_default(),
        status: status_of(scope, keys, id),
        labels: labels.collect(),
    })
}

/// The start and the end of a period, in years. A period without one of its ends has no place on an axis.
fn time(value: &FieldValue) -> Option<(f64, f64)> {
    let (from, to) = match value {
        FieldValue::Period(period) => (period.from?, period.to?),
        FieldValue::Date(date) => (*date, *date),
        FieldValue::Year(year) => {
            let date = Date { year: *year, month: None, day: None };
            (date, date)
        }
        _ => return None,
    };
    Some((from.in_years(0.0), to.in_years(1.0)))
}

/// The name of a status, such as "forecast"; none for what was observed.
pub(super) fn status(scope: &Scope, keys: &Keys, statement: &Statement) -> Option<Words> {
    statement.status.filter(|_| !statement.is_observed()).and_then(|at| label(scope, keys, at))
}

/// The name of a status, by its position in the choice.
pub(super) fn label(scope: &Scope, keys: &Keys, at: usize) -> Option<Words> {
    let field = &scope.ecosystem.schema.get(keys.entity_type).fields[keys.status?];
    field.kind.choices().get(at).map(|choice| scope.words(&choice.label))
}

/// The position of a figure's status in the choice.
pub(super) fn status_of(scope: &Scope, keys: &Keys, id: EntityId) -> Option<usize> {
    match scope.ecosystem.entity(id).values(keys.status?).first()? {
        FieldValue::Choice(choice) => Some(*choice),
        _ => None,
    }
}
