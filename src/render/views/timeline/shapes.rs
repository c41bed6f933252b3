//! What templates see of a timeline, and of the dates of one entity.

use tera::Value;

use crate::render::engine::shapes::shapes;

shapes! {
    /// What happened when, for a page with `view = { kind = "timeline", … }`.
    Timeline {
        /// `timeline`.
        kind: &'static str,
        /// The types that are shown, a list of [TypeInfo](#typeinfo).
        of: Vec<Value>,
        /// The years in which anything happens, in order, a list of [TimelineYear](#timelineyear).
        years: Vec<Value>,
        /// How many bars stand side by side at most.
        lanes: usize,
        /// The types of which not all entities say a date, a list of [Undated](#undated).
        undated: Vec<Value>,
    }

    /// The entities of a type that say no date.
    Undated {
        /// The type.
        of: Value,
        /// How many of its entities say none.
        count: usize,
    }

    /// A year in which something happens, starts or ends.
    TimelineYear {
        /// The year.
        number: i16,
        /// Whether it is the first of its decade on the page.
        decade: bool,
        /// How many years lie between the one before on the page and this one.
        gap: usize,
        /// For each lane, the period that runs through the year: a [TimelineBar](#timelinebar) or none.
        bars: Vec<Value>,
        /// What happens, starts or ends in it, a list of [Occurrence](#occurrence).
        entries: Vec<Value>,
        /// How many more there are that the page does not hold.
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

    /// Something under a year. A period stands under the year in which it starts and under that in which it ends.
    Occurrence {
        /// What, a [Card](#card).
        card: Value,
        /// When it happens or starts, for the filter `date`; none if only its end is known.
        start: Option<String>,
        /// When it ends; none for what has no end.
        end: Option<String>,
        /// Whether it stands here because it ends, not because it happens or starts.
        ends: bool,
        /// Whether its dates are not exact.
        approximate: bool,
        /// The number of its bar; none if it has none.
        bar: Option<usize>,
        /// What it names itself, sources apart, a list of [Card](#card); empty where it ends.
        related: Vec<Value>,
    }

    /// The dates of one entity on an axis that is 1000 units long. The function `period` gives it.
    Period {
        /// When it starts, for the filter `date`; none if it is not known.
        start: Option<String>,
        /// When it ends; none if it is not known.
        end: Option<String>,
        /// Where it starts on the axis; none if it is not known.
        from: Option<u32>,
        /// Where it ends; none if it is not known.
        to: Option<u32>,
        /// The years that the axis names, a list of [Tick](#tick).
        ticks: Vec<Value>,
        /// Its start and its end, and what names it and has a date, in order, a list of [Moment](#moment).
        moments: Vec<Value>,
    }

    /// The start of a year on an axis.
    Tick {
        /// The year.
        year: i32,
        /// Where it is.
        x: u32,
    }

    /// Something on the axis of an entity.
    Moment {
        /// `start` or `end` of the entity itself, or `named` for what names it.
        kind: &'static str,
        /// What names it, a [Card](#card); none for its own start and end.
        card: Option<Value>,
        /// When, for the filter `date`.
        date: String,
        /// Where it is.
        x: u32,
    }
}
