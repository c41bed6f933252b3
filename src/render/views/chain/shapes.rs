//! What templates see of a chain.

use tera::Value;

use crate::render::engine::shapes::shapes;
use crate::render::words::Words;

shapes! {
    /// The entities of a type in their order, for a page with `view = { kind = "chain", … }`. A block that shows the view of another page has it in a short form in `atlas`: without what is under each link.
    Chain {
        /// `chain`.
        kind: &'static str,
        /// The type of the links, a [TypeInfo](#typeinfo).
        of: Value,
        /// The type of those that work in the chain, a [TypeInfo](#typeinfo).
        actors: Value,
        /// The type of what is missing, a [TypeInfo](#typeinfo); none if the view does not name one.
        gaps: Option<Value>,
        /// The links in the order of their type, each after its parent in a hierarchy, a list of [ChainLink](#chainlink).
        links: Vec<Value>,
        /// The number of links beyond 60 that are left out.
        left_out: usize,
        /// The number of entities of the type `actors` that are at no link.
        elsewhere: usize,
    }

    /// A link of a chain.
    ChainLink {
        /// The entity, a [Card](#card).
        card: Value,
        /// Its depth in the hierarchy; 0 for roots.
        depth: usize,
        /// The number of those that work in it.
        count: usize,
        /// The same in hundredths of the highest such number in the chain, rounded up.
        share: usize,
        /// The address of their index with them alone; none if there are none, or if the index can't be filtered by the relation.
        filter: Option<String>,
        /// Those that work in it: by their role, then by what the view shows, a list of [ChainGroup](#chaingroup).
        groups: Vec<Value>,
        /// What is missing there, a list of [ChainGap](#chaingap).
        gaps: Vec<Value>,
        /// The number of gaps that nothing answers.
        unanswered: usize,
    }

    /// Those that work in a link of a chain, by an attribute, a field or a relation.
    ChainGroup {
        /// The id of the attribute, field or relation.
        id: String,
        /// Its label.
        label: Words,
        /// The options that at least one of them has, at most 40, a list of [ChainOption](#chainoption).
        options: Vec<Value>,
    }

    /// An option of a group.
    ChainOption {
        /// The id of the choice or the entity, or the value.
        id: String,
        /// Its text.
        title: String,
        /// The page of the entity; none for values.
        url: Option<String>,
        /// The number of those that have it.
        count: usize,
        /// The address of their index with them alone; none if the index can't be filtered so.
        filter: Option<String>,
        /// The first 60 of them, a list of [ChainMember](#chainmember).
        members: Vec<Value>,
    }

    /// Somebody who works in a link of a chain.
    ChainMember {
        /// The entity, a [Card](#card).
        card: Value,
        /// The choices and booleans among the attributes of the link to the option, a list of [Fact](#fact).
        attributes: Vec<Value>,
    }

    /// Something that is missing in a link of a chain.
    ChainGap {
        /// The entity, a [Card](#card).
        card: Value,
        /// What kind of gap it is, in words; none if that is not known.
        kind: Option<String>,
        /// Who says so, a list of [Link](#link).
        sources: Vec<Value>,
        /// What answers it, a list of [Link](#link).
        answers: Vec<Value>,
        /// The other links of the chain in which it is missing too, a list of [Card](#card).
        others: Vec<Value>,
    }
}
