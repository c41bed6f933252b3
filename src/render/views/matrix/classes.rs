//! Classes of years and other whole numbers: decades, or from one bound to the next.

use std::collections::BTreeMap;

use crate::model::EntityId;
use crate::render::parts::prose::Filling;
use crate::render::scope::{FacetOption, Scope};
use crate::render::views::spec::Spec;
use crate::schema::Field;
use crate::values::Kind;

/// How the values of a field are grouped.
pub(super) enum Classes {
    /// By ten years: 1990–1999.
    Decades,
    /// From one bound to the next; values below the first bound and from the last one on are classes too.
    Bounds(Vec<i64>),
}

impl Classes {
    /// Reads the key of an axis: `"decades"`, `"years"` or a list of bounds. `Err` if it is wrong, which is reported.
    pub(super) fn read(spec: &mut Spec<'_>, key: &str, field: Option<&Field>) -> Result<Option<Self>, ()> {
        let kind = field.map(|field| &field.kind);
        let has_years = matches!(kind, Some(Kind::Year(_) | Kind::Date(_)));
        if !spec.has(key) {
            return Ok(has_years.then_some(Self::Decades));
        }
        if !has_years && !matches!(kind, Some(Kind::Integer(_))) {
            let message = format!("only years, dates and integers have \"{key}\"");
            spec.report(key, message, "delete it: the axis shows each value or entity");
            return Err(());
        }
        match spec.text_or_integers(key) {
            Ok(text) if has_years && text == "decades" => Ok(Some(Self::Decades)),
            Ok(text) if has_years && text == "years" => Ok(None),
            Err(bounds) if !bounds.is_empty() && bounds.is_sorted_by(|a, b| a < b) => Ok(Some(Self::Bounds(bounds))),
            _ => {
                let hint =
                    "write ascending bounds, such as [1990, 2000, 2010]; for years also \"decades\" or \"years\"";
                spec.report(key, format!("\"{key}\" does not say how values are grouped"), hint);
                Err(())
            }
        }
    }

    /// The classes in ascending order, each with its words and the positions of the entities in it. Classes between the
    /// first and the last are there even if they are empty.
    pub(super) fn groups(&self, scope: &Scope, at: usize, field: &Field, counted: &[EntityId]) -> Vec<FacetOption> {
        let mut by_class: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
        for (position, id) in counted.iter().enumerate() {
            for value in scope.ecosystem.entity(*id).values(at) {
                let Some(option) = field.kind.option(value, &Filling::new(scope)) else { continue };
                let positions = by_class.entry(self.class(option.rank as i64)).or_default();
                // A list can have several values in one class.
                if positions.last() != Some(&position) {
                    positions.push(position);
                }
            }
        }
        let (first, last) = match self {
            Self::Decades => (by_class.keys().next().copied(), by_class.keys().next_back().copied()),
            Self::Bounds(bounds) => (Some(0), Some(bounds.len() as i64)),
        };
        let (Some(first), Some(last)) = (first, last) else { return Vec::new() };
        let groups = (first..=last).map(|class| {
            let (text, positions) = (self.words(class), by_class.remove(&class).unwrap_or_default());
            FacetOption { id: text.clone(), text, url: None, depth: 0, positions }
        });
        groups.collect()
    }

    /// The number of the class of a value; classes are in the order of their numbers.
    fn class(&self, value: i64) -> i64 {
        match self {
            Self::Decades => value.div_euclid(10),
            Self::Bounds(bounds) => bounds.partition_point(|bound| *bound <= value) as i64,
        }
    }

    fn words(&self, class: i64) -> String {
        match self {
            Self::Decades => format!("{}–{}", class * 10, class * 10 + 9),
            Self::Bounds(bounds) => {
                let at = class as usize;
                match (at.checked_sub(1).and_then(|at| bounds.get(at)), bounds.get(at)) {
                    (None, Some(next)) => format!("< {next}"),
                    (Some(from), None) => format!("≥ {from}"),
                    (Some(from), Some(next)) if next - from > 1 => format!("{from}–{}", next - 1),
                    (Some(from), _) => from.to_string(),
                    (None, None) => String::new(),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_in_the_class_whose_words_include_it() {
        let bounds = Classes::Bounds(vec![1990, 2000, 2001]);
        for (value, words) in
            [(1989, "< 1990"), (1990, "1990–1999"), (1999, "1990–1999"), (2000, "2000"), (2001, "≥ 2001")]
        {
            assert_eq!(bounds.words(bounds.class(value)), words);
        }
        assert_eq!(Classes::Decades.words(Classes::Decades.class(2009)), "2000–2009");
        assert_eq!(Classes::Decades.words(Classes::Decades.class(2010)), "2010–2019");
    }
}
