//! What templates see of a view of flows.

use tera::Value;

use crate::render::engine::shapes::shapes;
use crate::render::words::Words;

shapes! {
    /// Who pays whom, for a page with `view = { kind = "flows", … }`.
    Flows {
        /// `flows`.
        kind: &'static str,
        /// The types whose entities state the payments, a list of [TypeInfo](#typeinfo).
        of: Vec<Value>,
        /// The payments of each currency, which are never summed, a list of [Currency](#currency): the one with the most payments first.
        currencies: Vec<Value>,
        /// The payments without an amount, a list of [Payment](#payment).
        unstated: Vec<Value>,
        /// The number of payments without an amount that are left out.
        more: usize,
    }

    /// The payments in one currency.
    Currency {
        /// Its code (ISO 4217).
        code: String,
        /// The sum of all payments, each counted once, for readers.
        total: String,
        /// The number of payments that are counted.
        count: usize,
        /// The number of payments that are not counted, because another one states the same money.
        repeated: usize,
        /// The payments by who pays, the largest sum first, a list of [Payer](#payer).
        payers: Vec<Value>,
        /// The sums by recipient, the largest first, a list of [Sum](#sum).
        recipients: Vec<Value>,
        /// The sums by year or period, in order, a list of [Sum](#sum).
        years: Vec<Value>,
        /// The sums by the first entity of which the recipient is a part, a list of [Sum](#sum); empty if no recipient is a part of anything.
        programmes: Vec<Value>,
        /// The same as a drawing, a [Sankey](#sankey).
        drawing: Value,
    }

    /// Somebody who pays.
    Payer {
        /// The entity, a [Card](#card).
        card: Value,
        /// The sum of its payments, for readers.
        total: String,
        /// The payments, the largest first, a list of [Payment](#payment).
        payments: Vec<Value>,
    }

    /// A payment.
    Payment {
        /// Who pays, a [Card](#card).
        from: Value,
        /// Who is paid, a [Card](#card).
        to: Value,
        /// The entity that states it, a [Card](#card); none if it is a link.
        statement: Option<Value>,
        /// The amount for readers; empty if none is stated.
        amount: String,
        /// The word before the amount, such as `about`; may be empty.
        qualifier: String,
        /// Its year or period; empty if it is not known.
        when: String,
        /// What else is stated of a link, a list of [Fact](#fact).
        facts: Vec<Value>,
        /// Why it is not counted: `same` if another payment states the same payer, amount and time, and the same recipient or a related one; `part` if the recipient is a part of one that the same payer pays; else empty.
        repeats: &'static str,
        /// The recipient of that other payment, a [Card](#card); none if it is counted.
        other: Option<Value>,
    }

    /// A sum of payments.
    Sum {
        /// The entity that they have in common, a [Card](#card); none for years, and for what has no such entity.
        card: Option<Value>,
        /// The year or period; empty if it is not known, and for entities.
        when: String,
        /// The sum for readers.
        total: String,
        /// The number of payments.
        count: usize,
    }

    /// Payments as ribbons from the left to the right. Lengths from the top are in pixels.
    Sankey {
        /// The height of the drawing.
        height: f64,
        /// Those who pay, a list of [SankeyNode](#sankeynode).
        left: Vec<Value>,
        /// Those who are paid, a list of [SankeyNode](#sankeynode).
        right: Vec<Value>,
        /// The ribbons, a list of [SankeyRibbon](#sankeyribbon).
        ribbons: Vec<Value>,
        /// The number of payments that are not drawn, because there are too many: the smallest.
        more: usize,
    }

    /// An entity in a drawing of payments.
    SankeyNode {
        /// Its name, shortened to what fits on a wide screen.
        name: String,
        /// Its name, shortened to what fits on a narrow screen.
        short: String,
        /// The sum of its payments for readers.
        total: String,
        /// Its top.
        y: f64,
        /// Its height.
        height: f64,
    }

    /// A payment in a drawing.
    SankeyRibbon {
        /// Its borders, as the `d` of an SVG path from 0 to 100 in width, which may be stretched to any width.
        path: String,
        /// The name of who pays, the name of who is paid, and the amount.
        title: Words,
    }
}
