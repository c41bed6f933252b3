//! What templates see of a timeline, and of the dates of one entity.

use tera::Value;

use crate::render::engine::shapes::shapes;
use crate::render::words::Words;

shapes! {
    /// Entities by year, for a page with `view = { kind = "timeline", … }`.
    Timeline {
        /// `timeline`.
        kind: &'static str,
        /// The types that are shown, a list of [TypeInfo](#typeinfo).
        of: Vec<Value>,
        /// The years in which anything happens, in order, a list of [TimelineYear](#timelineyear).
        years: Vec<Value>,
        /// The kinds of its entries, a list of [TimelineKind](#timelinekind); empty if all are of one kind.
        kinds: Vec<Value>,
        /// The number of entries before the year that the key `from` of the view gives.
        before: usize,
        /// The number of entries after the year that the key `to` gives.
        after: usize,
        /// The maximum number of bars side by side.
        lanes: usize,
        /// The types that have entities without a date, a list of [Undated](#undated).
        undated: Vec<Value>,
    }

    /// A kind of entries: a choice of the field that the key `kinds` of the view names, or a type.
    TimelineKind {
        /// Its number, from 1.
        number: usize,
        /// Its name.
        label: Words,
        /// The number of entries of the kind.
        count: usize,
    }

    /// A type with entities that have no date.
    Undated {
        /// The type.
        of: Value,
        /// The number of its entities without a date.
        count: usize,
    }

    /// A year in which something happens, starts or ends.
    TimelineYear {
        /// The year.
        number: i16,
        /// The number of its entries.
        count: usize,
        /// Its position between the first and the last year of the page, in hundredths.
        x: f64,
        /// The number of its entries, in hundredths of the number in the year with the most.
        part: f64,
        /// Whether it is the first of its decade on the page.
        decade: bool,
        /// The number of years between the previous year on the page and this one.
        gap: usize,
        /// For each lane, the period that runs through the year: a [TimelineBar](#timelinebar) or none.
        bars: Vec<Value>,
        /// What happens, starts or ends in it, a list of [Occurrence](#occurrence).
        entries: Vec<Value>,
        /// The number of others, which are left out of the page.
        more: usize,
    }

    /// A period in one of the years that it runs through.
    TimelineBar {
        /// The number of the period on the page.
        number: usize,
        /// The id of its type.
        type_id: String,
        /// Whether it begins in this year.
        begins: bool,
        /// Whether it ends in this year.
        ends: bool,
    }

    /// An entity in a year. An entity with a start and an end is listed in both years.
    Occurrence {
        /// The entity, a [Card](#card).
        card: Value,
        /// If the entry is about a record of the entity: the values of the record without its dates, a list of [Fact](#fact); else empty.
        facts: Vec<Value>,
        /// When it happens or starts, for the filter `date`; none if only its end is known.
        start: Option<String>,
        /// When it ends; none if it has no end.
        end: Option<String>,
        /// The number of its kind; none if there are too many kinds.
        kind: Option<usize>,
        /// Whether the entry is about the end of the entity, and not about its start.
        ends: bool,
        /// Whether the dates are not exact.
        approximate: bool,
        /// Which dates say more than the year of the entry: `start`, `end`, `period` for both; empty if none does.
        dates: &'static str,
        /// The number of its bar; none if it has no bar.
        bar: Option<usize>,
        /// The entities that it names, a list of [Card](#card): those of the types that the key `related` of the view lists, or else all but sources; empty if the entry is about its end.
        related: Vec<Value>,
    }

    /// The dates of one entity on an axis, from the function `period`.
    Period {
        /// When it starts, for the filter `date`; none if it is not known.
        start: Option<String>,
        /// When it ends; none if it is not known.
        end: Option<String>,
        /// The length of the axis, in its own units.
        axis: u32,
        /// The position of its start on the axis; none if it is not known.
        from: Option<u32>,
        /// The position of its end; none if it is not known.
        to: Option<u32>,
        /// The length from its start to its end; none if one of them is not known.
        length: Option<u32>,
        /// The years that the axis names, a list of [Tick](#tick).
        ticks: Vec<Value>,
        /// Its start, its end, and the dates of the entities whose relations lead to it, in order: a list of [Moment](#moment).
        moments: Vec<Value>,
    }

    /// The start of a year on an axis.
    Tick {
        /// The year.
        year: i32,
        /// Its position on the axis.
        x: u32,
    }

    /// A date on the axis of an entity.
    Moment {
        /// `start` or `end` of the entity itself, or `named` for an entity whose relation leads to it.
        kind: &'static str,
        /// The other entity, a [Card](#card); none for the entity's own start and end.
        card: Option<Value>,
        /// The date, for the filter `date`.
        date: String,
        /// Its position on the axis.
        x: u32,
    }
}
