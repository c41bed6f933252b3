//! The payments of one currency as a drawing.

use tera::Value;

use super::payments::{self, Payment};
use super::shapes::{Sankey, SankeyNode, SankeyRibbon};
use crate::drawing::flows::{self, Flow, Lengths, Node, Ribbon};
use crate::drawing::scale::tenth;
use crate::model::EntityId;
use crate::render::scope::Scope;
use crate::render::words::Words;

/// The maximum number of payments that are drawn.
const MOST: usize = 60;
/// The lengths of the drawing, in pixels. A name has room above its node.
const LENGTHS: Lengths = Lengths { flows: 280.0, gap: 30.0, least: 2.0 };
/// The size of letters, and the room for a name in half of a wide and of a narrow screen, in pixels. On a wide one, the sum
/// follows the name.
const SIZE: i32 = 14;
const WIDE: i32 = 340;
const NARROW: i32 = 136;

/// The largest payments as ribbons, those between the same two as one.
pub(super) fn drawing(scope: &Scope, code: &str, payments: &[&Payment]) -> Value {
    let mut payments = payments.to_vec();
    payments.sort_by(|a, b| b.amount().total_cmp(&a.amount()).then((a.from, a.to).cmp(&(b.from, b.to))));
    let more = payments.len().saturating_sub(MOST);
    payments.truncate(MOST);
    let (mut left, mut right) = (Vec::new(), Vec::new());
    let mut flows: Vec<Flow> = Vec::new();
    for payment in &payments {
        let (from, to) = (position(&mut left, payment.from), position(&mut right, payment.to));
        match flows.iter_mut().find(|flow| (flow.left, flow.right) == (from, to)) {
            Some(flow) => flow.size += payment.amount(),
            None => flows.push(Flow { left: from, right: to, size: payment.amount() }),
        }
    }
    let drawing = flows::draw(left.len(), right.len(), &flows, LENGTHS);
    let between = |from: EntityId, to: EntityId| {
        payments.iter().copied().filter(|payment| payment.from == from && payment.to == to).collect::<Vec<_>>()
    };
    let ribbons = flows.iter().zip(&drawing.ribbons).map(|(flow, ribbon)| {
        let (from, to) = (left[flow.left], right[flow.right]);
        let total = payments::total(scope, code, &between(from, to));
        let text = format!("{} → {}, {total}", scope.title(from).text, scope.title(to).text);
        SankeyRibbon { path: path(ribbon), title: Words { text, lang: scope.lang } }.into()
    });
    let of = |ids: &[EntityId], nodes: &[Node], side: fn(&Payment) -> EntityId| -> Vec<Value> {
        let total = |id: EntityId| {
            let own: Vec<&Payment> = payments.iter().copied().filter(|payment| side(payment) == id).collect();
            payments::total(scope, code, &own)
        };
        ids.iter().zip(nodes).map(|(id, node)| self::node(scope, *id, *node, total(*id)).into()).collect()
    };
    Sankey {
        height: tenth(drawing.height),
        left: of(&left, &drawing.left, |payment| payment.from),
        right: of(&right, &drawing.right, |payment| payment.to),
        ribbons: ribbons.collect(),
        more,
    }
    .into()
}

/// The position of an entity in a column, to which it is added if it is new.
fn position(column: &mut Vec<EntityId>, id: EntityId) -> usize {
    column.iter().position(|other| *other == id).unwrap_or_else(|| {
        column.push(id);
        column.len() - 1
    })
}

fn node(scope: &Scope, id: EntityId, node: Node, total: String) -> SankeyNode {
    let (title, faces) = (scope.title(id).text, scope.faces());
    // The letters of sums are bold, which makes them a tenth wider.
    let sum = faces.sans.of(&format!(" {total}")) * 11 / 10;
    SankeyNode {
        name: faces.sans.shortened(&title, WIDE * 1000 / SIZE - sum),
        short: faces.sans.shortened(&title, NARROW * 1000 / SIZE),
        total,
        y: tenth(node.y),
        height: tenth(node.height),
    }
}

/// The borders of a ribbon, as an SVG path of the width 100.
fn path(ribbon: &Ribbon) -> String {
    let [from, to] = [ribbon.from, ribbon.to].map(tenth);
    let [below, end] = [ribbon.from + ribbon.height, ribbon.to + ribbon.height].map(tenth);
    format!("M0 {from}C50 {from} 50 {to} 100 {to}V{end}C50 {end} 50 {below} 0 {below}Z")
}
