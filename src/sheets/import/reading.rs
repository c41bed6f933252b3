//! What an import knows while it reads sheets.

use std::collections::{HashMap, HashSet};

use super::decisions::{Case, Decision, Decisions};
use super::memory::{Memory, Since};
use super::plan::{Plan, Target};
use super::remarks::Remarks;
use super::values::Named;
use crate::diagnostics::{Code, Hint};
use crate::edit::NewEntity;
use crate::locale::{Lang, name_key};
use crate::model::{Ecosystem, EntityId};
use crate::parse;
use crate::schema::{Property, TypeId, is_id};
use crate::sheets::fingerprint::plain;
use crate::sheets::titles::Titles;
use crate::values::{SheetCell, toml_text};

/// What an import knows while it reads sheets.
pub(super) struct Reading<'a> {
    pub ecosystem: &'a Ecosystem,
    pub titles: &'a Titles<'a>,
    pub memory: Memory,
    pub decisions: &'a Decisions,
    /// Whether an empty cell empties its field.
    pub clear: bool,
    pub plan: Plan,
    pub cases: Vec<Case>,
    /// The entities that this import adds, by type and name.
    new: HashMap<(TypeId, String), Box<str>>,
    taken: HashSet<(TypeId, Box<str>)>,
    /// The names of the cases, by type.
    unclear: HashSet<(String, String)>,
    /// The folded titles of the types in which near ones were looked for.
    folded: HashMap<TypeId, Vec<(String, EntityId)>>,
    /// For how many names near ones were looked for.
    guesses: usize,
}

/// For so many names that nobody has, near ones are looked for. Looking through all titles for each of thousands of names
/// would take minutes, and a table with more of them than this has another problem.
const MOST_GUESSES: usize = 100;

/// A cell and what is known of it.
pub(super) struct Compared<'c> {
    /// The id of its sheet, the key of its row, and the number of rows with this key before it.
    pub row: (&'c str, &'c str, usize),
    pub column: &'c str,
    pub cell: &'c SheetCell,
    /// What the site says.
    pub present: &'c SheetCell,
}

/// What is to be done with a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Todo {
    Nothing,
    Set,
    Clear,
}

impl<'a> Reading<'a> {
    pub(super) fn new(ecosystem: &'a Ecosystem, titles: &'a Titles<'a>, decisions: &'a Decisions, clear: bool) -> Self {
        Self {
            ecosystem,
            titles,
            memory: Memory::default(),
            decisions,
            clear,
            plan: Plan::default(),
            cases: Vec::new(),
            new: HashMap::new(),
            taken: HashSet::new(),
            unclear: HashSet::new(),
            folded: HashMap::new(),
            guesses: 0,
        }
    }

    /// What is to be done with a cell; a conflict is reported.
    pub(super) fn todo(&self, compared: &Compared<'_>, place: (usize, usize), remarks: &mut Remarks<'_>) -> Todo {
        let Compared { row, column, cell, present } = *compared;
        if plain(cell) == plain(present) {
            return Todo::Nothing;
        }
        let todo = match (cell.is_empty(), self.clear) {
            (true, true) => Todo::Clear,
            (true, false) => return Todo::Nothing,
            (false, _) => Todo::Set,
        };
        match self.memory.since(row, column, cell, present) {
            Since::Same => Todo::Nothing,
            Since::Unknown | Since::Changed => todo,
            Since::Both => {
                let said = |cell: &SheetCell| {
                    let text = cell.text().replace('\n', ", ");
                    if text.is_empty() { String::from("nothing") } else { format!("\"{text}\"") }
                };
                let message =
                    format!("the workbook says {} and the site says {}: both have changed", said(cell), said(present));
                let hint =
                    "write into the cell what is right for both, or delete what is in it to leave the site as it is";
                remarks.report(Code::SheetConflict, (Some(place.0), Some(place.1)), message, hint);
                Todo::Nothing
            }
        }
    }

    /// Registers a new entity, under all its names.
    pub(super) fn add_name(&mut self, owner: TypeId, name: &str, id: &str) {
        self.new.insert((owner, name_key(name)), id.into());
    }

    /// A free id for a new entity, made from its title. `None` if the title has neither letters nor digits.
    pub(super) fn free_id(&mut self, owner: TypeId, title: &str) -> Option<Box<str>> {
        let slug = parse::slug(title);
        let numbered = (1..).map(|number| if number > 1 { format!("{slug}-{number}") } else { slug.clone() });
        let is_free = |id: &String| {
            self.ecosystem.find(owner, id).is_none() && !self.taken.contains(&(owner, id.as_str().into()))
        };
        let id: Box<str> = numbered.take(1000).find(is_free).filter(|id| is_id(id, false))?.into();
        self.taken.insert((owner, id.clone()));
        Some(id)
    }

    /// What a name in a cell means: an entity, or one that this import adds. Otherwise it becomes a case for a person, or is
    /// left out by their decision.
    pub(super) fn target(
        &mut self,
        types: &[TypeId],
        (name, named): (&str, &Named),
        place: (usize, usize),
        remarks: &mut Remarks<'_>,
    ) -> Option<Target> {
        if let Named::One(id) = named {
            return Some(Target::Entity(*id));
        }
        let new = types.iter().find_map(|owner| Some((*owner, self.new.get(&(*owner, name_key(name)))?.clone())));
        if let (Named::Nobody, Some((owner, id))) = (named, new) {
            return Some(Target::New(owner, id));
        }
        let of: Vec<&str> = types.iter().map(|owner| &*self.ecosystem.schema.get(*owner).id).collect();
        let of = of.join(", ");
        match self.decisions.get(&of, name) {
            Some(Decision::Is(id)) => {
                let found = self.titles.find(id, types);
                if let [one] = &*found {
                    return Some(Target::Entity(*one));
                }
                let message = format!("the decision \"{id}\" for \"{name}\" is none of {of}");
                remarks.report(
                    Code::BadCell,
                    (Some(place.0), Some(place.1)),
                    message,
                    "write an id, \"new\" or \"skip\"",
                );
                None
            }
            Some(Decision::New(owner)) => self.add_named(types, name, owner.as_deref(), place, remarks),
            Some(Decision::Skip) => None,
            None => {
                self.add_case(&of, (name, named, types), place, remarks);
                None
            }
        }
    }

    /// Whether a person has decided that a name is left out.
    pub(super) fn is_skipped(&self, types: &[TypeId], name: &str) -> bool {
        let of: Vec<&str> = types.iter().map(|owner| &*self.ecosystem.schema.get(*owner).id).collect();
        self.decisions.get(&of.join(", "), name) == Some(&Decision::Skip)
    }

    /// Adds an entity of which nothing is known but its name.
    fn add_named(
        &mut self,
        types: &[TypeId],
        name: &str,
        owner: Option<&str>,
        place: (usize, usize),
        remarks: &mut Remarks<'_>,
    ) -> Option<Target> {
        let schema = &self.ecosystem.schema;
        let owner = match (owner, types) {
            (Some(id), _) => schema.find(id).filter(|owner| types.contains(owner)),
            (None, [only]) => Some(*only),
            _ => None,
        };
        let Some(owner) = owner else {
            let names = types.iter().map(|owner| &*schema.get(*owner).id);
            let hint = format!("write \"new\" and the type: {}", crate::diagnostics::list(names));
            remarks.report(
                Code::BadCell,
                (Some(place.0), Some(place.1)),
                format!("\"{name}\" can be new of several types"),
                hint,
            );
            return None;
        };
        let id = self.free_id(owner, name)?;
        self.add_name(owner, name, &id);
        let facts = with_draft(self.ecosystem, owner, vec![("title".into(), toml_text(name.trim()))]);
        self.plan.new.push(NewEntity { owner, id: id.clone(), facts });
        Some(Target::New(owner, id))
    }

    fn add_case(
        &mut self,
        of: &str,
        (name, named, types): (&str, &Named, &[TypeId]),
        place: (usize, usize),
        remarks: &mut Remarks<'_>,
    ) {
        let (message, candidates): (String, Vec<EntityId>) = match named {
            Named::Several(ids) => (format!("\"{name}\" is the name of several profiles"), ids.clone()),
            _ => (format!("\"{name}\" is nobody's name ({of})"), self.near(name, types)),
        };
        let candidates: Vec<String> = candidates.into_iter().map(|id| self.titles.with_id(id, Lang::DEFAULT)).collect();
        let hint: Hint = match &*candidates {
            [] => "correct the name, or decide with --review whether it is a new profile".into(),
            some => format!(
                "is it {}? Write so, or decide with --review",
                crate::diagnostics::list(some.iter().map(|it| &**it))
            )
            .into(),
        };
        remarks.report(Code::UnclearRow, (Some(place.0), Some(place.1)), message, hint);
        self.add(of, name, place.0, &candidates.join("\n"), remarks);
    }

    /// Adds a case, once for each name.
    pub(super) fn add(&mut self, of: &str, name: &str, row: usize, candidates: &str, remarks: &Remarks<'_>) {
        if !self.unclear.insert((of.to_owned(), name.trim().to_owned())) {
            return;
        }
        let sheet = if remarks.sheet.is_empty() { String::new() } else { format!("{}, ", remarks.sheet) };
        self.cases.push(Case {
            of: of.to_owned(),
            name: name.trim().to_owned(),
            place: format!("{}, {sheet}row {row}", remarks.file),
            candidates: candidates.to_owned(),
        });
    }

    /// Whether near names are looked for once more.
    pub(super) fn may_guess(&mut self) -> bool {
        self.guesses += 1;
        self.guesses <= MOST_GUESSES
    }

    /// The entities whose titles are nearest to a name that nobody has.
    fn near(&mut self, name: &str, types: &[TypeId]) -> Vec<EntityId> {
        if !self.may_guess() {
            return Vec::new();
        }
        let (key, ecosystem) = (name_key(name), self.ecosystem);
        let title = |id| (name_key(ecosystem.entity(id).title.text(Lang::DEFAULT)), id);
        for owner in types {
            self.folded.entry(*owner).or_insert_with(|| ecosystem.of_type(*owner).map(title).collect());
        }
        let titles = || types.iter().filter_map(|owner| self.folded.get(owner)).flatten();
        let Some(near) = crate::diagnostics::closest(&key, titles().map(|(key, _)| &**key)) else {
            return Vec::new();
        };
        titles().filter(|(key, _)| key == near).map(|(_, id)| *id).take(5).collect()
    }
}

/// The facts of a new entity; it is a draft if a required one is missing.
pub(super) fn with_draft(
    ecosystem: &Ecosystem,
    owner: TypeId,
    mut facts: Vec<(Box<str>, String)>,
) -> Vec<(Box<str>, String)> {
    let schema = &ecosystem.schema;
    let is_required = |property: Property| match property {
        Property::Field(at) => schema.get(owner).fields[at].required,
        Property::Relation(relation) => schema.relation(relation).required,
        Property::Derived(_) => false,
    };
    let mut properties = schema.properties(owner);
    let is_missing =
        properties.any(|(id, property)| is_required(property) && facts.iter().all(|(key, _)| **key != *id));
    if is_missing && facts.iter().all(|(key, _)| &**key != "draft") {
        facts.insert(1.min(facts.len()), ("draft".into(), String::from("true")));
    }
    facts
}
