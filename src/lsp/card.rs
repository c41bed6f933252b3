//! What is shown of an entity, a page, a field or a key, in Markdown.

use super::context::Context;
use crate::diagnostics::Code;
use crate::manual;
use crate::model::{EntityId, FieldId, FieldValue, PageId};
use crate::schema::{Field, RelationId, TypeId};
use crate::values::Kind;

/// The number of links of one relation that a card names.
const MOST_LINKS: usize = 5;

/// The number of characters of a value that a card shows.
const MOST_CHARACTERS: usize = 120;

impl Context<'_> {
    /// An entity: its title, type and summary, its facts, and what it relates to in both directions.
    pub(super) fn card(&self, id: EntityId) -> String {
        let (schema, entity) = (&self.ecosystem.schema, self.ecosystem.entity(id));
        let entity_type = schema.get(entity.entity_type);
        let draft = if entity.draft { ", draft" } else { "" };
        let mut card = format!(
            "**{}** — {}{draft} `{}`\n",
            escaped(entity.title.text(self.lang)),
            escaped(entity_type.name.text(self.lang)),
            self.name_of(id)
        );
        if !entity.summary.text(self.lang).is_empty() {
            card += &format!("\n{}\n", escaped(entity.summary.text(self.lang)));
        }
        let facts = self.facts(id);
        let links = self.links_of(id);
        if !facts.is_empty() || !links.is_empty() {
            card += &format!("\n{}{}", facts.concat(), links.concat());
        }
        let mentions = self.ecosystem.mentions(id).count();
        if mentions > 0 {
            card += &format!("- mentioned in the prose of {mentions}\n");
        }
        card
    }

    /// The values of an entity, a line for each field.
    fn facts(&self, id: EntityId) -> Vec<String> {
        let entity = self.ecosystem.entity(id);
        let fields = &self.ecosystem.schema.get(entity.entity_type).fields;
        let Some(file) = entity.files.iter().next().and_then(|(_, path)| self.file(path)) else { return Vec::new() };
        let line = |field: &Field, at: usize| {
            let values =
                entity.values(at).iter().zip(entity.places(at)).map(|(value, place)| match (value, &field.kind) {
                    (FieldValue::Choice(choice), Kind::Choice(kind)) => kind
                        .choices
                        .get(*choice)
                        .map(|choice| choice.label.text(self.lang).to_owned())
                        .unwrap_or_default(),
                    (FieldValue::Text(text), _) => text.text(self.lang).to_owned(),
                    _ => file.text().get(place.span.range()).unwrap_or_default().trim_matches('"').to_owned(),
                });
            let values = values.collect::<Vec<_>>().join(", ");
            (!values.is_empty())
                .then(|| format!("- {}: {}\n", escaped(field.label.text(self.lang)), escaped(&short(&values))))
        };
        fields.iter().enumerate().filter_map(|(at, field)| line(field, at)).collect()
    }

    /// The links from and to an entity, a line for each relation.
    fn links_of(&self, id: EntityId) -> Vec<String> {
        let (schema, entity) = (&self.ecosystem.schema, self.ecosystem.entity(id));
        let own = schema
            .relations_of(entity.entity_type)
            .map(|(relation, info)| (info.label.text(self.lang), self.ecosystem.targets(id, relation)));
        let inverses = schema.get(entity.entity_type).inverses.iter().map(|relation| {
            let from = self.ecosystem.statements_about(id, *relation).map(|link| link.from).collect();
            (schema.relation(*relation).inverse_label.text(self.lang), from)
        });
        let line = |(label, ids): (&str, Vec<EntityId>)| {
            let titles: Vec<String> = ids.iter().take(MOST_LINKS).map(|id| escaped(self.title_of(*id))).collect();
            let more = if ids.len() > MOST_LINKS { format!(" … ({})", ids.len()) } else { String::new() };
            (!ids.is_empty()).then(|| format!("- {}: {}{more}\n", escaped(label), titles.join(", ")))
        };
        own.chain(inverses).filter_map(line).collect()
    }

    /// A page that is no entity.
    pub(super) fn page_card(&self, id: PageId) -> String {
        let page = self.ecosystem.page(id);
        let summary = page.summary.text(self.lang);
        format!("**{}** `{}`\n\n{}", escaped(self.title_of_page(id)), page.path, escaped(summary))
    }

    /// A field or an attribute: its label and kind, what it can hold, and the help for authors.
    pub(super) fn field_card(&self, id: FieldId) -> String {
        let field = self.ecosystem.field(id);
        let mut card = format!("**{}** — `{}`", escaped(field.label.text(self.lang)), field.kind.name());
        for (flag, name) in [(field.many, "list"), (field.required, "required"), (field.unique, "unique")] {
            if flag {
                card += &format!(", {name}");
            }
        }
        if let Some(unit) = field.kind.unit() {
            card += &format!(", in {}", escaped(unit.text(self.lang)));
        }
        card += &bounds(field.kind);
        if !field.help.text(self.lang).is_empty() {
            card += &format!("\n\n{}", escaped(field.help.text(self.lang)));
        }
        if let Some(kind) = manual::key("Kinds of value", field.kind.name()) {
            card += &format!("\n\n{}", kind.value);
        }
        for choice in field.kind.choices() {
            card += &format!("\n- `{}` {}", choice.id, escaped(choice.label.text(self.lang)));
        }
        card
    }

    /// A relation: its label, its targets, and what it is called at their end.
    pub(super) fn relation_card(&self, id: RelationId) -> String {
        let schema = &self.ecosystem.schema;
        let relation = schema.relation(id);
        let to: Vec<&str> = relation.to.iter().map(|to| schema.get(*to).plural.text(self.lang)).collect();
        let one = if relation.one { "one of" } else { "a list of" };
        let required = if relation.required { ", required" } else { "" };
        let mut card =
            format!("**{}** — {one} {}{required}", escaped(relation.label.text(self.lang)), escaped(&to.join(", ")));
        card += &format!("\n\n← {} `{}`", escaped(relation.inverse_label.text(self.lang)), relation.inverse);
        if !relation.help.text(self.lang).is_empty() {
            card += &format!("\n\n{}", escaped(relation.help.text(self.lang)));
        }
        let attributes: Vec<String> = relation.attributes.iter().map(|field| format!("`{}`", field.id)).collect();
        if !attributes.is_empty() {
            card += &format!("\n\nattributes: {}", attributes.join(", "));
        }
        card
    }

    /// A derived relation: its label, and the path that it follows.
    pub(super) fn derived_card(&self, owner: TypeId, at: usize) -> String {
        let schema = &self.ecosystem.schema;
        let derived = &schema.get(owner).derived[at];
        let steps = derived.steps.iter().filter_map(|step| step.first()).map(|step| {
            let relation = schema.relation(step.relation);
            let label = if step.backward { &relation.inverse_label } else { &relation.label };
            escaped(label.text(self.lang))
        });
        let path = steps.collect::<Vec<_>>().join(" → ");
        format!("**{}** — {path}", escaped(derived.label.text(self.lang)))
    }

    /// A type: its names and how many entities it has.
    pub(super) fn type_card(&self, id: TypeId) -> String {
        let entity_type = self.ecosystem.schema.get(id);
        let count = self.ecosystem.count(id);
        format!("**{}** `{}` — {count}", escaped(entity_type.plural.text(self.lang)), entity_type.id)
    }
}

/// A key of the format, as FORMAT.md describes it.
pub(super) fn key_card(sections: &[&str], name: &str) -> Option<String> {
    let key = sections.iter().find_map(|section| manual::key(section, name))?;
    let absent = match key.absent.as_str() {
        "" => String::new(),
        "an error" => String::from("\n\nIt is required."),
        absent => format!("\n\nIf absent: {absent}"),
    };
    Some(format!("`{name}`: {}{absent}", key.value))
}

/// The explanation of a code, as `filiere explain` prints it.
pub(super) fn code_card(code: Code) -> String {
    format!("`{}[{code}]` {}", code.severity().as_str(), code.explanation())
}

/// The bounds of a number.
fn bounds(kind: &Kind) -> String {
    match kind.bounds() {
        (None, None) => String::new(),
        (Some(min), None) => format!(", at least {min}"),
        (None, Some(max)) => format!(", at most {max}"),
        (Some(min), Some(max)) => format!(", {min} to {max}"),
    }
}

/// A text for people in Markdown, without markup.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' => out.extend(['\\', char]),
            '\n' | '\r' => out.push(' '),
            char => out.push(char),
        }
    }
    out
}

fn short(text: &str) -> String {
    match text.char_indices().nth(MOST_CHARACTERS) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}
