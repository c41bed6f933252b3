//! The figures of one indicator: a panel for each unit, with a drawing and rows.

use std::collections::BTreeSet;

use tera::Value;

use super::drawing::{self, Drawing};
use super::keys::Keys;
use super::labels;
use super::shapes::{SeriesCitation, SeriesPanel, SeriesRow, Trend, TrendNumber};
use super::statements::{self, Statement};
use crate::drawing::scale::Scale;
use crate::model::EntityId;
use crate::render::parts::{card, cards, entity, headline};
use crate::render::scope::Scope;

/// The maximum number of rows of a panel.
const MOST: usize = 200;

/// The sources of a view, in the order in which it first names them.
#[derive(Default)]
pub(super) struct Sources(pub Vec<EntityId>);

impl Sources {
    /// The number of a source, from 1.
    fn number(&mut self, source: EntityId) -> usize {
        let at = self.0.iter().position(|other| *other == source).unwrap_or_else(|| {
            self.0.push(source);
            self.0.len() - 1
        });
        at + 1
    }
}

/// The panels of an indicator, those with the most numbers first.
pub(super) fn panels(
    scope: &Scope,
    keys: &Keys,
    figures: &[EntityId],
    zero: bool,
    sources: &mut Sources,
) -> Vec<Value> {
    let mut by_unit: Vec<Vec<Statement>> = Vec::new();
    for statement in statements::statements(scope, keys, figures) {
        match by_unit.iter_mut().find(|panel| panel[0].number.unit == statement.number.unit) {
            Some(panel) => panel.push(statement),
            None => by_unit.push(vec![statement]),
        }
    }
    by_unit.sort_by_key(|panel| std::cmp::Reverse(panel.len()));
    by_unit.iter().map(|statements| panel(scope, keys, statements, zero, sources)).collect()
}

/// The numbers of an indicator in the unit of one of its figures, over time; none unless they are of at least two times.
pub(super) fn trend(scope: &Scope, keys: &Keys, figures: &[EntityId], figure: EntityId) -> Option<Trend> {
    let unit = headline::number_of(scope, figure)?.unit;
    let mut statements = statements::statements(scope, keys, figures);
    statements.retain(|statement| statement.number.unit == unit && statement.time.is_some());
    statements.truncate(MOST);
    if form(scope, keys, &statements) != "time" {
        return None;
    }
    let ends = statements.iter().flat_map(|statement| <[f64; 2]>::from(statement.number.ends()));
    let drawing = drawing::over_time(scope, &statements, Scale::new(ends, true), drawing::WITHOUT_AXES);
    let others = statements.iter().filter(|statement| !statement.ids.contains(&figure));
    let others = others.map(|statement| {
        let status = statements::status(scope, keys, statement);
        TrendNumber { card: card(scope, statement.ids[0]), when: statement.when.clone(), status }.into()
    });
    Some(Trend { lines: drawing.lines, points: drawing.points, others: others.collect() })
}

fn panel(scope: &Scope, keys: &Keys, all: &[Statement], zero: bool, sources: &mut Sources) -> Value {
    let statements = &all[..all.len().min(MOST)];
    let form = form(scope, keys, statements);
    let ends = statements.iter().flat_map(|statement| <[f64; 2]>::from(statement.number.ends()));
    let scale = Scale::new(ends, zero);
    let drawing = match form {
        "time" => drawing::over_time(scope, statements, scale, drawing::WITH_AXES),
        "dispute" => drawing::dispute(scope, statements, scale),
        _ => Drawing::default(),
    };
    let labels = labels::labels(scope, statements, form == "time");
    let rows: Vec<Value> = statements
        .iter()
        .zip(labels)
        .map(|(statement, label)| {
            let at = |value: f64| (form == "rows").then(|| scale.at(value));
            let (low, high) = statement.number.ends();
            let lang = label.as_ref().map_or(scope.lang, |label| label.lang);
            SeriesRow {
                label,
                label_lang: scope.tag_of(lang).to_owned(),
                cards: cards(scope, statement.ids.iter().copied()),
                when: statement.when.clone(),
                status: statements::status(scope, keys, statement),
                form: drawing::form(statement.status),
                from: at(low),
                to: at(high),
                zero: at(0.0_f64.clamp(scale.from, scale.to)),
                sources: citations(scope, keys, statement, sources),
            }
            .into()
        })
        .collect();
    let unit = headline::headline(scope, statements[0].ids[0], true).map(|shown| shown.unit);
    SeriesPanel {
        unit: unit.unwrap_or_default(),
        form,
        zero: scale.from <= 0.0 && scale.to >= 0.0,
        ticks: drawing.ticks,
        years: drawing.years,
        lines: drawing.lines,
        points: drawing.points,
        rows,
        more: all.len() - statements.len(),
    }
    .into()
}

/// What is drawn of numbers in one unit.
fn form(scope: &Scope, keys: &Keys, statements: &[Statement]) -> &'static str {
    let numbers = || statements.iter().map(|statement| statement.number.ends());
    let has_times =
        statements.iter().filter_map(Statement::middle).map(f64::to_bits).collect::<BTreeSet<_>>().len() > 1;
    if statements.iter().any(|statement| statement.number.is_ordinal()) {
        ""
    } else if has_times {
        "time"
    } else if numbers().all(|number| Some(number) == numbers().next()) {
        ""
    } else if are_disputed(scope, keys, statements) {
        "dispute"
    } else {
        "rows"
    }
}

/// Whether each statement contradicts another one of them.
fn are_disputed(scope: &Scope, keys: &Keys, statements: &[Statement]) -> bool {
    let Some(against) = keys.against else { return false };
    let contradicts = |a: EntityId, b: EntityId| scope.ecosystem.statements(a, against).any(|link| link.to == b);
    statements.iter().enumerate().all(|(at, one)| {
        let others = statements.iter().enumerate().filter(|(other, _)| *other != at).flat_map(|(_, other)| &other.ids);
        others.into_iter().any(|b| one.ids.iter().any(|a| contradicts(*a, *b) || contradicts(*b, *a)))
    })
}

/// The citations of the sources of the figures that state a number.
fn citations(scope: &Scope, keys: &Keys, statement: &Statement, sources: &mut Sources) -> Vec<Value> {
    let links = keys
        .sources
        .into_iter()
        .flat_map(|relation| statement.ids.iter().flat_map(move |id| scope.ecosystem.statements(*id, relation)));
    let citations = links.map(|link| {
        let link_value = entity::statement(scope, link);
        SeriesCitation { number: sources.number(link.to), link: link_value }.into()
    });
    citations.collect()
}
