//! What templates see of figures, and of those that contradict one another.

use tera::Value;

use crate::render::engine::shapes::shapes;

shapes! {
    /// Figures by subject, for a page with `view = { kind = "figures", … }`.
    Figures {
        /// `figures`.
        kind: &'static str,
        /// The type.
        of: Value,
        /// The types of their subjects, a list of [FigureSection](#figuresection); figures without a subject come last.
        sections: Vec<Value>,
        /// The number of sets of contradicting figures.
        disputes: usize,
    }

    /// The groups whose subjects have the same type.
    FigureSection {
        /// The type; none for figures without a subject.
        of: Option<Value>,
        /// The groups, a list of [FigureGroup](#figuregroup).
        groups: Vec<Value>,
    }

    /// The figures about one subject. Figures that contradict others are in `disputes`, and not in `figures`.
    FigureGroup {
        /// The subject; none for figures without one.
        card: Option<Value>,
        /// The sets of figures that contradict one another, a list of [Dispute](#dispute).
        disputes: Vec<Value>,
        /// The others, a list of [Figure](#figure).
        figures: Vec<Value>,
        /// The number of others, which are left out of the page.
        more: usize,
    }

    /// A figure. Its number is in `card.headline`.
    Figure {
        /// The figure, a [Card](#card).
        card: Value,
        /// When it holds, a list of [Fact](#fact): the field that the key `period` of the view names, or else the fields `period` and `year`.
        period: Vec<Value>,
        /// Where it holds, a list of [Card](#card): the targets of the relation that the key `geography` names, or else of `geography`.
        geography: Vec<Value>,
        /// Who states it, a list of [Link](#link): the links of the relation that the key `sources` names, or else of `sources`, or else of the first relation to sources.
        sources: Vec<Value>,
        /// Its other relations to sources, a list of [Relation](#relation).
        other_sources: Vec<Value>,
        /// A remark, a [Fact](#fact): the field that the key `note` names, or else `note`; none if there is none.
        note: Option<Value>,
    }

    /// Figures that contradict one another, directly or through others.
    Dispute {
        /// Its number on the page, from 1.
        number: usize,
        /// The first of the figures, a [Card](#card).
        card: Option<Value>,
        /// The figures of each source, a list of [Voice](#voice). There is only one if a source contradicts itself.
        voices: Vec<Value>,
        /// Whether more than sixty figures contradict one another, so that some are left out.
        more: bool,
    }

    /// The figures of one source, or those that the same several sources state.
    Voice {
        /// The sources, a list of [Card](#card).
        sources: Vec<Value>,
        /// The figures that they state, a list of [Figure](#figure).
        figures: Vec<Value>,
    }
}
