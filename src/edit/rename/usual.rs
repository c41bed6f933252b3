//! Fields and relations that views, headlines and themes find by usual names, such as `start`.
//!
//! A view that would lose what it found gets the key that names it, so its page stays as it was. If the key can't say it,
//! the view is reported. The other way round, a key goes that names what the view finds without it: a rename there and
//! back leaves no trace.

use std::collections::BTreeMap;

use crate::compile::Checked;
use crate::config;
use crate::diagnostics::{Code, Diagnostic};
use crate::edit::draft::Draft;
use crate::edit::{locate, place, toml};
use crate::model::{Ecosystem, FieldId, Meaning};
use crate::render::{self, Lookup};
use crate::schema::{self, Field};
use crate::source::CONTENT;
use crate::text::Place;

/// A field or relation that gets another name.
pub(super) struct Member<'a> {
    pub meaning: &'a Meaning,
    pub old: &'a str,
    pub new: &'a str,
}

impl Member<'_> {
    /// Writes and removes keys of views, and reports what would no longer be found.
    pub(super) fn keep(&self, checked: &Checked, draft: &mut Draft) {
        let mut by_key: BTreeMap<(&Place, &str), Vec<&Lookup>> = BTreeMap::new();
        for lookup in &checked.lookups {
            by_key.entry((&lookup.table, lookup.key)).or_default().push(lookup);
        }
        for lookups in by_key.into_values() {
            if lookups.iter().any(|lookup| lookup.meaning == *self.meaning) {
                self.in_view(checked, &lookups, draft);
            }
        }
        let Some(declaration) = declaration(&checked.ecosystem, self.meaning) else { return };
        self.in_headline(&checked.ecosystem, draft);
        self.in_parameters(checked, draft);
        if render::usual_names().any(|name| name == self.old) {
            let message =
                format!("functions of templates find fields called \"{}\" where a template names none", self.old);
            let diagnostic = Diagnostic::new(Code::UsualName, declaration, message);
            draft.diagnostics.push(diagnostic.hint("look at the profiles and pages that show it"));
        }
    }

    /// What a view looks for with one key, which finds the member.
    fn in_view(&self, checked: &Checked, lookups: &[&Lookup], draft: &mut Draft) {
        let Lookup { table, key, usual, is_written, keys, .. } = lookups[0];
        let can_be_written = keys.contains(key);
        let is_alone = lookups.iter().all(|lookup| lookup.meaning == *self.meaning);
        // Without the key, the view finds the new name too, and nothing else.
        let is_usual = usual.contains(&self.new)
            && !siblings(&checked.ecosystem, self.meaning).any(|name| name != self.old && usual.contains(&name));
        if *is_written {
            if is_alone && is_usual {
                remove(checked, table, key, draft);
            }
        } else if is_alone && !is_usual && can_be_written {
            write(checked, lookups[0], self.new, draft);
        } else if !is_usual {
            let message = format!("this finds \"{}\" by its usual name, and would no longer find it", self.old);
            let hint = match can_be_written {
                true => format!("the key \"{key}\" can't name it, because it names others too: give all the same name"),
                false => String::from("it has no key that names it: keep the name, or show something else"),
            };
            draft.diagnostics.push(Diagnostic::new(Code::UsualName, table.clone(), message).hint(hint));
        }
    }

    /// The headline of a type, which finds the member.
    fn in_headline(&self, ecosystem: &Ecosystem, draft: &mut Draft) {
        let Meaning::Field(FieldId::OfType(owner, at)) = *self.meaning else { return };
        let info = ecosystem.schema.get(owner);
        let Some(headline) = &info.headline else { return };
        let found = [Some(headline.value), headline.to, headline.unit, headline.qualifier];
        let path = format!("{CONTENT}/{}/{}", info.id, schema::FILE);
        let table = ecosystem.text(&path).map(locate::facts);
        let written = table.as_ref().and_then(|table| table.get("headline")?.as_table());
        for ((role, usual), found) in schema::HEADLINE_ROLES.into_iter().zip(found) {
            let is_lost = found == Some(at) && usual == self.old && written.is_none_or(|it| it.get(role).is_none());
            if is_lost {
                let message = format!("the headline finds \"{usual}\" by its usual name, and would no longer find it");
                let hint = format!("name it: headline.{role} = \"{}\"", self.new);
                draft
                    .diagnostics
                    .push(Diagnostic::new(Code::UsualName, info.fields[at].place.clone(), message).hint(hint));
            }
        }
    }

    /// The parameters of the theme that name it by default.
    fn in_parameters(&self, checked: &Checked, draft: &mut Draft) {
        for (key, _) in checked.usual_names().into_iter().filter(|(_, name)| *name == self.old) {
            let message = format!("the theme finds \"{}\" by its parameter \"{key}\", which is not set", self.old);
            let hint = format!("if pages lack it now, set it under [params]: {key} = \"{}\"", self.new);
            let params = checked.ecosystem.config.params.as_ref().map(|(source, value)| source.place(value.span));
            let diagnostic = match params {
                Some(place) => Diagnostic::new(Code::UsualName, place, message),
                None => Diagnostic::about_file(Code::UsualName, config::FILE, message),
            };
            draft.diagnostics.push(diagnostic.hint(hint));
        }
    }
}

/// Where a field of a type or a relation is declared; attributes are found by views alone.
fn declaration(ecosystem: &Ecosystem, meaning: &Meaning) -> Option<Place> {
    match *meaning {
        Meaning::Field(id @ FieldId::OfType(..)) => Some(ecosystem.field(id).place.clone()),
        Meaning::Relation(id) => Some(ecosystem.schema.relation(id).place.clone()),
        _ => None,
    }
}

/// The names of all that could be found in the place of a member.
fn siblings<'e>(ecosystem: &'e Ecosystem, meaning: &Meaning) -> Box<dyn Iterator<Item = &'e str> + 'e> {
    let names = |fields: &'e [Field]| fields.iter().map(|field| &*field.id);
    let schema = &ecosystem.schema;
    match *meaning {
        Meaning::Field(FieldId::OfType(owner, _)) => Box::new(names(&schema.get(owner).fields)),
        Meaning::Field(FieldId::OfRelation(relation, _)) => Box::new(names(&schema.relation(relation).attributes)),
        Meaning::Relation(relation) => {
            let owner = schema.relation(relation).owner;
            Box::new(schema.relations_of(owner).map(|(_, relation)| &*relation.id))
        }
        _ => Box::new(std::iter::empty()),
    }
}

/// Writes the key into the table of a view.
fn write(checked: &Checked, lookup: &Lookup, name: &str, draft: &mut Draft) {
    let Lookup { table: at, key, keys, .. } = lookup;
    let Some(source) = checked.ecosystem.text(&at.path) else { return };
    let facts = locate::facts(source);
    if let Some(table) = locate::table(&facts, at.span) {
        place::add(draft, source, table, keys, key, &toml::quoted(name, ""));
    }
}

/// Removes a key from the table of a view.
fn remove(checked: &Checked, at: &Place, key: &str, draft: &mut Draft) {
    let Some(source) = checked.ecosystem.text(&at.path) else { return };
    let facts = locate::facts(source);
    let Some(table) = locate::table(&facts, at.span) else { return };
    if let Some(entry) = table.entries.iter().position(|entry| &*entry.key == key) {
        draft.remove(&source.place(toml::entry_span(source, table, entry)));
    }
}
