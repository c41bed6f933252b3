//! What templates see of figures, and of those that contradict one another.

use tera::Value;

use crate::render::engine::shapes::shapes;

shapes! {
    /// Entities by what they are about, for a page with `view = { kind = "figures", … }`.
    Figures {
        /// `figures`.
        kind: &'static str,
        /// The type.
        of: Value,
        /// The types of what they are about, a list of [FigureSection](#figuresection); those about nothing come last.
        sections: Vec<Value>,
        /// How many sets contradict one another.
        disputes: usize,
    }

    /// The groups about things of one type.
    FigureSection {
        /// The type; none for what is about nothing.
        of: Option<Value>,
        /// The groups, a list of [FigureGroup](#figuregroup).
        groups: Vec<Value>,
    }

    /// The figures about one thing. What contradicts others is in `disputes` and nowhere else.
    FigureGroup {
        /// What they are about; none for what is about nothing.
        card: Option<Value>,
        /// Those that contradict one another, a list of [Dispute](#dispute).
        disputes: Vec<Value>,
        /// The others, a list of [Entity](#entity).
        figures: Vec<Value>,
        /// How many more there are that the page does not hold.
        more: usize,
    }

    /// Figures that contradict one another, directly or through others.
    Dispute {
        /// Its number on the page, from 1.
        number: usize,
        /// What each source says, a list of [Voice](#voice); one where a source contradicts itself.
        voices: Vec<Value>,
        /// Whether more than sixty figures contradict one another, so that some are left out.
        more: bool,
    }

    /// What one source says, or what several say together.
    Voice {
        /// The sources, a list of [Card](#card).
        sources: Vec<Value>,
        /// What they say, a list of [Entity](#entity).
        figures: Vec<Value>,
    }
}
