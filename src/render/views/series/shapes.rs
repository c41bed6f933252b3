//! What templates see of a view of series.

use tera::Value;

use crate::render::engine::shapes::shapes;
use crate::render::words::Words;

shapes! {
    /// The figures of indicators as small drawings, for a page with `view = { kind = "series", … }`. Positions are in hundredths of the width or height of what is drawn, so that letters keep their size.
    Series {
        /// `series`.
        kind: &'static str,
        /// The type of the figures, a [TypeInfo](#typeinfo).
        of: Value,
        /// The groups, a list of [SeriesGroup](#seriesgroup).
        groups: Vec<Value>,
        /// What the marks of the drawings mean, a list of [SeriesStatus](#seriesstatus); empty if all figures have the same status.
        statuses: Vec<Value>,
        /// The sources of the numbers, in the order in which they are first cited, a list of [Card](#card).
        sources: Vec<Value>,
        /// The number of figures that belong to none of the indicators.
        others: usize,
        /// The number of indicators that are left out because of the key `limit`.
        left_out: usize,
    }

    /// A status of figures, as an entry of a key.
    SeriesStatus {
        /// How it is drawn, as for a [SeriesPoint](#seriespoint).
        form: &'static str,
        /// Its name.
        label: Words,
    }

    /// Indicators under a heading.
    SeriesGroup {
        /// The heading; none if there is none.
        title: Option<Words>,
        /// The indicators, a list of [Indicator](#indicator).
        indicators: Vec<Value>,
    }

    /// The figures of one indicator.
    Indicator {
        /// The indicator, a [Card](#card).
        card: Value,
        /// Its figures by unit, because numbers in different units have no common scale: a list of [SeriesPanel](#seriespanel).
        panels: Vec<Value>,
    }

    /// The figures of one indicator in one unit.
    SeriesPanel {
        /// The unit, if it is not a part of the numbers; may be empty.
        unit: String,
        /// What is drawn: `time` for numbers on an axis of time, `rows` for a bar in each row, `dispute` for numbers that contradict one another on one line, or nothing: a single number, ranks, or numbers that are all the same.
        form: &'static str,
        /// Whether the scale of the numbers holds zero.
        zero: bool,
        /// The round numbers on the scale, a list of [SeriesTick](#seriestick): from the top for `time`, from the left for `dispute`, none for `rows`.
        ticks: Vec<Value>,
        /// For `time`: the years that are named on the axis, a list of [SeriesTick](#seriestick).
        years: Vec<Value>,
        /// For `time` and `dispute`: the lines of the drawing, a list of [SeriesLine](#seriesline).
        lines: Vec<Value>,
        /// For `time` and `dispute`: the points of the drawing, a list of [SeriesPoint](#seriespoint).
        points: Vec<Value>,
        /// The numbers in order, a list of [SeriesRow](#seriesrow): the same as the drawing in words.
        rows: Vec<Value>,
        /// The number of rows that are left out.
        more: usize,
    }

    /// A round number or a year on an axis.
    SeriesTick {
        /// The text.
        text: String,
        /// Its position.
        at: f64,
    }

    /// A line of a drawing.
    SeriesLine {
        /// What it is: `observed` between two numbers, `expected` if one of them was not observed, `range` from the lower to the upper end of a number (`range expected` if it was not observed), `period` from the start to the end of a number's period, `between` from the lowest to the highest of several numbers of one time.
        kind: &'static str,
        /// The start from the left.
        x1: f64,
        /// The start from the top.
        y1: f64,
        /// The end from the left.
        x2: f64,
        /// The end from the top.
        y2: f64,
    }

    /// A number in a drawing.
    SeriesPoint {
        /// Its position from the left.
        x: f64,
        /// Its position from the top.
        y: f64,
        /// How it is drawn: `full` if its status is the first one of the choice, or if it has none; `hollow` for the second, `square` for the others.
        form: &'static str,
        /// The number for readers; empty if there is no room for it.
        text: String,
        /// Where the text is: `above` or `below` the point.
        side: &'static str,
        /// The SVG attribute `text-anchor` of the text.
        anchor: &'static str,
    }

    /// A number that one or several figures state.
    SeriesRow {
        /// What tells it from the other rows: its period, the places or subjects that are its own, or else its title.
        label: Option<Words>,
        /// The language of the label.
        label_lang: String,
        /// The figures that state it, a list of [Card](#card); they have the same headline.
        cards: Vec<Value>,
        /// Its period; empty if it is not known.
        when: String,
        /// Its status; none if it is the first one of the choice.
        status: Option<Words>,
        /// How it is drawn: as for a [SeriesPoint](#seriespoint).
        form: &'static str,
        /// The position of its lower end on the scale; none if there are no bars.
        from: Option<f64>,
        /// The position of its upper end.
        to: Option<f64>,
        /// The position of zero, or of the start of the scale.
        zero: Option<f64>,
        /// The sources of all its figures, a list of [SeriesCitation](#seriescitation).
        sources: Vec<Value>,
    }

    /// A source of a number.
    SeriesCitation {
        /// The position of the source in `sources` of the view, from 1.
        number: usize,
        /// The [Link](#link) to the source, with the place in it.
        link: Value,
    }

    /// The numbers of the indicator of one figure over time, as a line without axes that starts at zero.
    Trend {
        /// The lines of the drawing, a list of [SeriesLine](#seriesline).
        lines: Vec<Value>,
        /// The points of the drawing, a list of [SeriesPoint](#seriespoint).
        points: Vec<Value>,
        /// The other numbers in order, a list of [TrendNumber](#trendnumber).
        others: Vec<Value>,
    }

    /// A number beside that of a figure.
    TrendNumber {
        /// The figure that states it, a [Card](#card).
        card: Value,
        /// Its period.
        when: String,
        /// Its status; none if it is the first one of the choice.
        status: Option<Words>,
    }
}
