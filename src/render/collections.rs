//! Entities in groups: figures beside those that contradict them, terms by their letters.
//!
//! In: the entities of a type. Out: the same, by what they are about or by their first letters.

use std::collections::{BTreeMap, BTreeSet};

use tera::Value;

use super::facts;
use super::pages::Pages;
use super::timeline::fair_share;
use super::views::{self, text};
use crate::locale::{Lang, Letter, SortKey, folded};
use crate::model::{Ecosystem, EntityId, FieldValue};
use crate::parse::typographic;
use crate::schema::{Kind, RelationId, TypeId};

/// The relation that says which source states a figure, where a type has several relations to sources.
const SOURCES: &str = "sources";
/// The text field of a type that says what an abbreviation stands for.
const EXPANSION: &str = "expansion";
/// How many figures a page holds at most, those that contradict others apart; what goes beyond is counted group by group.
const MOST: usize = 1_000;
/// How many figures that contradict one another stand side by side at most.
const MOST_VOICES: usize = 60;

/// Entities by what they are about, those that contradict one another together.
///
/// A figure about several things stands in the group of the first. So do all that contradict one another, directly or through others: in
/// the group of the first of them that is about anything.
pub(super) fn figures(
    pages: &Pages,
    entity_type: TypeId,
    by: Option<RelationId>,
    against: Option<RelationId>,
    lang: Lang,
) -> Value {
    let ecosystem = &pages.ecosystem;
    let about = |id: EntityId| by.and_then(|by| ecosystem.targets(id, by).first().copied());
    let mut groups: BTreeMap<GroupKey, Group> = BTreeMap::new();
    for members in disputes(ecosystem, pages.order(entity_type, lang), against) {
        let subject = members.iter().find_map(|id| about(*id));
        let key = subject.map(|id| (place_among(ecosystem, by, id), ecosystem.rank(id, lang)));
        let group = groups.entry((key.is_none(), key)).or_insert_with(|| Group { subject, ..Group::default() });
        match members.as_slice() {
            [alone] => group.figures.push(*alone),
            _ => group.disputes.push(members),
        }
    }
    let most = fair_share(groups.values().map(|group| group.figures.len()), MOST);
    let mut shown = Shown { pages, entity_type, most, lang, disputes: 0 };
    let groups: Vec<(Option<TypeId>, Value)> = groups
        .values()
        .map(|group| (group.subject.map(|id| ecosystem.entity(id).entity_type), shown.group(group)))
        .collect();
    let sections = groups.chunk_by(|a, b| a.0 == b.0).map(|groups| {
        let entity_type = groups[0].0.map(|entity_type| pages.type_info(entity_type, lang));
        views::FigureSection { of: entity_type, groups: groups.iter().map(|(_, group)| group.clone()).collect() }.into()
    });
    views::Figures {
        kind: "figures",
        of: pages.type_info(entity_type, lang),
        sections: sections.collect(),
        disputes: shown.disputes,
    }
    .into()
}

/// Whether a group is about nothing, and else the place of its type and of its subject: the order of groups.
type GroupKey = (bool, Option<((usize, TypeId), u32)>);

/// The figures about one thing.
#[derive(Default)]
struct Group {
    subject: Option<EntityId>,
    disputes: Vec<Vec<EntityId>>,
    figures: Vec<EntityId>,
}

/// The place of an entity's type among those that a relation leads to.
fn place_among(ecosystem: &Ecosystem, by: Option<RelationId>, id: EntityId) -> (usize, TypeId) {
    let entity_type = ecosystem.entity(id).entity_type;
    let place = by.and_then(|by| ecosystem.schema.relation(by).to.iter().position(|to| *to == entity_type));
    (place.unwrap_or(usize::MAX), entity_type)
}

/// The entities in sets whose members contradict one another, directly or through others; most are alone in theirs. Order is kept.
fn disputes(ecosystem: &Ecosystem, ids: &[EntityId], against: Option<RelationId>) -> Vec<Vec<EntityId>> {
    let Some(against) = against else { return ids.iter().map(|id| vec![*id]).collect() };
    let order: BTreeMap<EntityId, usize> = ids.iter().enumerate().map(|(at, id)| (*id, at)).collect();
    let mut seen: BTreeSet<EntityId> = BTreeSet::new();
    let mut sets = Vec::new();
    for id in ids {
        if !seen.contains(id) {
            let mut set = contradicting(ecosystem, *id, against, usize::MAX);
            set.sort_by_key(|id| order.get(id));
            seen.extend(&set);
            sets.push(set);
        }
    }
    sets
}

/// An entity with those of its type that contradict it, directly or through others, the nearest first and at most so many: a connected
/// component, by breadth-first search.
fn contradicting(ecosystem: &Ecosystem, start: EntityId, against: RelationId, most: usize) -> Vec<EntityId> {
    let (mut found, mut seen) = (vec![start], BTreeSet::from([start]));
    let mut next = 0;
    while next < found.len() && found.len() < most {
        let id = found[next];
        let said = ecosystem.statements(id, against).map(|link| link.to);
        let others = said.chain(ecosystem.statements_about(id, against).map(|link| link.from));
        let of_type =
            others.filter(|other| ecosystem.entity(*other).entity_type == ecosystem.entity(start).entity_type);
        found.extend(of_type.filter(|other| seen.insert(*other)));
        next += 1;
    }
    found.truncate(most);
    found
}

/// What contradicts an entity, source by source, the entity among it; none where nothing does.
pub(super) fn dispute(pages: &Pages, id: EntityId, against: &str, lang: Lang) -> Value {
    let ecosystem = &pages.ecosystem;
    let entity_type = ecosystem.entity(id).entity_type;
    let relation = ecosystem.schema.relations_of(entity_type).find(|(_, relation)| &*relation.id == against);
    let Some((relation, _)) = relation else { return Value::none() };
    let mut members = contradicting(ecosystem, id, relation, MOST_VOICES + 1);
    let more = members.len() > MOST_VOICES;
    members.truncate(MOST_VOICES);
    if members.len() < 2 {
        return Value::none();
    }
    Shown { pages, entity_type, most: MOST, lang, disputes: 0 }.dispute(&members, more)
}

/// Makes the views of groups.
struct Shown<'a> {
    pages: &'a Pages,
    entity_type: TypeId,
    most: usize,
    lang: Lang,
    /// How many sets of figures that contradict one another there are so far.
    disputes: usize,
}

impl Shown<'_> {
    fn group(&mut self, group: &Group) -> Value {
        let disputes = group
            .disputes
            .iter()
            .map(|members| {
                let shown = &members[..members.len().min(MOST_VOICES)];
                self.dispute(shown, shown.len() < members.len())
            })
            .collect();
        let entity = |id: &EntityId| self.pages.entity(*id, self.lang);
        views::FigureGroup {
            card: group.subject.map(|id| self.pages.card(id, self.lang)),
            disputes,
            figures: group.figures.iter().take(self.most).map(entity).collect(),
            more: group.figures.len().saturating_sub(self.most),
        }
        .into()
    }

    /// What each source says, the sources in the order of their first figures.
    fn dispute(&mut self, members: &[EntityId], more: bool) -> Value {
        self.disputes += 1;
        let mut voices: Vec<(BTreeSet<EntityId>, Vec<EntityId>)> = Vec::new();
        let mut known: BTreeMap<BTreeSet<EntityId>, usize> = BTreeMap::new();
        for id in members {
            let sources = self.sources(*id);
            let at = *known.entry(sources.clone()).or_insert(voices.len());
            if at == voices.len() {
                voices.push((sources, Vec::new()));
            }
            voices[at].1.push(*id);
        }
        let voices = voices.into_iter().map(|(sources, figures)| {
            let sources = sources.into_iter().map(|id| self.pages.card(id, self.lang));
            let figures = figures.into_iter().map(|id| self.pages.entity(id, self.lang));
            views::Voice { sources: sources.collect(), figures: figures.collect() }.into()
        });
        views::Dispute { number: self.disputes, voices: voices.collect(), more }.into()
    }

    fn sources(&self, id: EntityId) -> BTreeSet<EntityId> {
        let ecosystem = &self.pages.ecosystem;
        let citations = || ecosystem.schema.relations_of(self.entity_type).filter(|(_, relation)| relation.citation);
        let found = citations().find(|(_, relation)| &*relation.id == SOURCES).or_else(|| citations().next());
        found.map(|(relation, _)| ecosystem.statements(id, relation).map(|link| link.to).collect()).unwrap_or_default()
    }
}

/// Entities by the first letters of their titles, with their other names among them.
pub(super) fn glossary(pages: &Pages, entity_type: TypeId, lang: Lang) -> Value {
    let mut headings = headings(pages, entity_type, lang);
    headings.sort_by(|a, b| a.place().cmp(&b.place()));
    let letters = headings.chunk_by(|a, b| a.letter == b.letter).map(|headings| {
        let letter = headings[0].letter.as_ref().map(|letter| &*letter.name);
        let name = letter.map_or_else(|| String::from("0–9"), str::to_uppercase);
        let terms = headings.iter().map(|heading| term(pages, entity_type, heading, lang)).collect();
        views::Letter { name, id: letter.unwrap_or("0").to_owned(), terms }.into()
    });
    views::Glossary { kind: "glossary", of: pages.type_info(entity_type, lang), letters: letters.collect() }.into()
}

/// A name under which something is looked up.
struct Heading {
    name: String,
    id: EntityId,
    alias: bool,
    /// None for a name that starts with a digit.
    letter: Option<Letter>,
    key: SortKey,
}

impl Heading {
    /// Names without a letter come first, and a title before others that are spelt like it.
    fn place(&self) -> impl Ord + '_ {
        (self.letter.is_some(), &self.key, self.alias, &self.name, self.id)
    }
}

/// The titles of a type's entities, and those of their other names that are not spelt like them.
fn headings(pages: &Pages, entity_type: TypeId, lang: Lang) -> Vec<Heading> {
    let language = pages.ecosystem.config.languages.get(lang);
    let (order, alphabet) = (language.order(), language.alphabet());
    let heading = |name: String, id, alias| {
        let (letter, key) = (alphabet.letter(&name), order.key(&name));
        Heading { name, id, alias, letter, key }
    };
    let mut headings = Vec::new();
    for id in pages.ecosystem.of_type(entity_type) {
        let title = pages.title(id, lang);
        let mut known = BTreeSet::from([folded(&title)]);
        headings.push(heading(title, id, false));
        if let Some((found, names)) = pages.ecosystem.entity(id).aliases.best(lang) {
            let names = names.iter().map(|name| typographic(name, pages.tag(found)).into_owned());
            let others = names.filter(|name| known.insert(folded(name)));
            headings.extend(others.map(|name| heading(name, id, true)));
        }
    }
    headings
}

fn term(pages: &Pages, entity_type: TypeId, heading: &Heading, lang: Lang) -> Value {
    let fields = &pages.ecosystem.schema.get(entity_type).fields;
    let expansion = fields.iter().position(|field| &*field.id == EXPANSION && matches!(field.kind, Kind::Text { .. }));
    let values = expansion.map_or(&[][..], |field| pages.ecosystem.entity(heading.id).values(field));
    let expansion = match values.first() {
        Some(FieldValue::Text(texts)) if !heading.alias => Some(facts::in_its_language(pages, texts, lang).into()),
        _ => None,
    };
    views::Term { name: text(&heading.name), alias: heading.alias, card: pages.card(heading.id, lang), expansion }
        .into()
}
