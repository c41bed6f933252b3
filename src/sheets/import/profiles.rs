//! Reads the rows of a type's sheet.

use std::collections::HashMap;

use super::decisions::Decision;
use super::head::Head;
use super::plan::{Piece, Target, reference};
use super::read::RawRow;
use super::reading::{Compared, Reading, Todo, with_draft};
use super::remarks::Remarks;
use super::rows::{Match, Rows};
use super::values;
use crate::diagnostics::{self, Code};
use crate::edit::{Item, NewEntity, Setting};
use crate::locale::Lang;
use crate::model::{Body, EntityId};
use crate::schema::{Field, RelationId, TypeId, is_id};
use crate::sheets::cells;
use crate::sheets::column::{Column, Part};
use crate::values::{BooleanKind, SheetCell, ValueKind as _, toml_text};

/// A row, and the profile that it is.
pub(super) struct Known<'r> {
    row: &'r RawRow,
    is: Is,
}

enum Is {
    Entity(EntityId),
    /// An entity that was found by its name: the row's spelling of it does not become its title.
    Named(EntityId),
    New(Box<str>),
}

/// Finds out which profile each row is, and registers new ones, so that other rows can name them.
pub(super) fn know<'r>(
    reading: &mut Reading<'_>,
    (owner, head): (TypeId, &Head),
    rows: &'r [RawRow],
    remarks: &mut Remarks<'_>,
) -> Vec<Known<'r>> {
    let finder = Rows::new(reading.ecosystem, reading.titles, owner);
    let mut seen: HashMap<EntityId, usize> = HashMap::new();
    let mut known = Vec::new();
    for row in rows {
        let found = decided(reading, (owner, head), row, finder.find(row, &head.columns), remarks);
        match found {
            Some(is @ (Is::Entity(id) | Is::Named(id))) => match seen.insert(id, row.number) {
                None => known.push(Known { row, is }),
                Some(first) => {
                    let message = format!("this is the same profile as in row {first}");
                    remarks.report(Code::BadCell, (Some(row.number), None), message, "make one row of them");
                }
            },
            Some(is) => known.push(Known { row, is }),
            None => {}
        }
    }
    known
}

/// What a row is, after what people have decided. `None` if it is left out.
fn decided(
    reading: &mut Reading<'_>,
    (owner, head): (TypeId, &Head),
    row: &RawRow,
    found: Match,
    remarks: &mut Remarks<'_>,
) -> Option<Is> {
    let of = reading.ecosystem.schema.get(owner).id.to_string();
    let title = title(row, head);
    match found {
        Match::Entity(id) => Some(Is::Entity(id)),
        Match::Named(id) => Some(Is::Named(id)),
        Match::Nothing if row.cells.iter().any(|(at, _)| head.columns.iter().any(|(column, _)| column == at)) => {
            remarks.report(
                Code::BadCell,
                (Some(row.number), None),
                "this row has neither an id nor a title",
                "write a title, or delete the row",
            );
            None
        }
        Match::Nothing => None,
        Match::New(given) => new(reading, owner, (given, &title), row, remarks),
        Match::Unclear(candidates) => match reading.decisions.get(&of, &title).cloned() {
            Some(Decision::Is(id)) => match &*reading.titles.find(&id, &[owner]) {
                [one] => Some(Is::Named(*one)),
                _ => {
                    let message = format!("the decision \"{id}\" for \"{title}\" is no profile of \"{of}\"");
                    remarks.report(
                        Code::BadCell,
                        (Some(row.number), None),
                        message,
                        "write an id, \"new\" or \"skip\"",
                    );
                    None
                }
            },
            Some(Decision::New(_)) => new(reading, owner, (None, &title), row, remarks),
            Some(Decision::Skip) => None,
            None => {
                let names: Vec<String> = candidates
                    .iter()
                    .map(|(id, reason)| format!("{}: {reason}", reading.titles.with_id(*id, Lang::DEFAULT)))
                    .collect();
                let hint =
                    format!("it may be {}: write its id into the row, or decide with --review", names.join("; "));
                remarks.report(
                    Code::UnclearRow,
                    (Some(row.number), None),
                    format!("\"{title}\" may be there already"),
                    hint,
                );
                let lines: Vec<String> = candidates
                    .iter()
                    .map(|(id, reason)| format!("{of}/{}  {reason}", reading.ecosystem.entity(*id).id))
                    .collect();
                reading.add(&of, &title, row.number, &lines.join("\n"), remarks);
                None
            }
        },
    }
}

/// The title of a row, in the first language that has one.
fn title(row: &RawRow, head: &Head) -> String {
    let titles = head.columns.iter().filter(|(_, column)| column.part == Part::Title);
    titles.map(|(at, _)| row.get(*at).text().trim().to_owned()).find(|title| !title.is_empty()).unwrap_or_default()
}

/// A new profile. An id that a row gives has to be one, and is not to be a slip in another one.
fn new(
    reading: &mut Reading<'_>,
    owner: TypeId,
    (given, title): (Option<String>, &str),
    row: &RawRow,
    remarks: &mut Remarks<'_>,
) -> Option<Is> {
    let mut bad = |message: String, hint: &str| {
        remarks.report(Code::BadCell, (Some(row.number), None), message, hint);
        None
    };
    if title.is_empty() {
        let given = given.unwrap_or_default();
        let ids = reading.ecosystem.of_type(owner).map(|id| &*reading.ecosystem.entity(id).id);
        let hint = match diagnostics::closest(&given, ids) {
            Some(near) => format!("did you mean \"{near}\"? A new profile needs a title"),
            None => String::from("a new profile needs a title"),
        };
        return bad(format!("no profile has the id \"{given}\""), &hint);
    }
    let id: Box<str> = match given {
        Some(id) if !is_id(&id, false) => {
            return bad(
                format!("\"{id}\" can't be an id"),
                "write small letters without accents, digits and hyphens, or leave it empty",
            );
        }
        Some(id) => id.into(),
        None => match reading.free_id(owner, title) {
            Some(id) => id,
            None => return bad(format!("no id can be made from \"{title}\""), "write one into the column of ids"),
        },
    };
    reading.add_name(owner, title, &id);
    Some(Is::New(id))
}

/// Reads the cells of the rows.
pub(super) fn read(
    reading: &mut Reading<'_>,
    (owner, head): (TypeId, &Head),
    known: &[Known<'_>],
    lang: Lang,
    remarks: &mut Remarks<'_>,
) {
    for Known { row, is } in known {
        for (column, error) in &row.faults {
            if head.columns.iter().any(|(at, _)| at == column) {
                remarks.report(
                    Code::BadCell,
                    (Some(row.number), Some(*column)),
                    format!("the formula of this cell has failed: {error}"),
                    "mend the formula, or write the value itself",
                );
            }
        }
        match is {
            Is::Entity(id) => Updating { reading, id: *id, owner, lang, row, remarks }.all(head, |_| true),
            Is::Named(id) => {
                Updating { reading, id: *id, owner, lang, row, remarks }.all(head, |part| part != Part::Title);
            }
            Is::New(id) => {
                let facts = Adding { reading, owner, row, remarks }.facts(head);
                let facts = with_draft(reading.ecosystem, owner, facts);
                reading.plan.new.push(NewEntity { owner, id: id.clone(), facts });
            }
        }
    }
}

/// Reports a cell that is no value of a field.
fn no_value(field: &Field, part: &str, place: (usize, usize), remarks: &mut Remarks<'_>) {
    let name = field.kind.name();
    let message = format!("\"{part}\" is no value of \"{}\" (kind \"{name}\")", field.id);
    let labels = field.kind.choices().iter().map(|choice| choice.label.text(Lang::DEFAULT));
    let help = field.help.text(Lang::DEFAULT);
    let hint = match field.kind.choices() {
        [] if help.is_empty() => {
            String::from("correct the cell; the first sheet of an exported workbook says how values are written")
        }
        [] => help.to_owned(),
        _ => format!("write {}", diagnostics::list(labels)),
    };
    remarks.report(Code::BadCell, (Some(place.0), Some(place.1)), message, hint);
}

/// A date as TOML.
fn date(cell: &SheetCell) -> Option<String> {
    cell.as_date().map(crate::values::Date::toml)
}

/// Whether a cell says yes.
fn draft(cell: &SheetCell) -> Option<bool> {
    BooleanKind.entered::<Body>(cell, None).map(|written| written == "true")
}

fn no_truth(cell: &SheetCell, place: (usize, usize), remarks: &mut Remarks<'_>) {
    let message = format!("\"{}\" is neither yes nor no", cell.text());
    remarks.report(Code::BadCell, (Some(place.0), Some(place.1)), message, "write true or false");
}

fn texts(cell: &SheetCell) -> String {
    let parts: Vec<String> = values::parts(cell, |_| false).iter().map(|part| toml_text(&part.text())).collect();
    format!("[{}]", parts.join(", "))
}

/// A row of an entity that is there.
struct Updating<'r, 'a, 'm> {
    reading: &'r mut Reading<'a>,
    id: EntityId,
    owner: TypeId,
    lang: Lang,
    row: &'r RawRow,
    remarks: &'r mut Remarks<'m>,
}

impl Updating<'_, '_, '_> {
    fn all(&mut self, head: &Head, is_read: fn(Part) -> bool) {
        let ecosystem = self.reading.ecosystem;
        let (sheet, key) = (ecosystem.schema.get(self.owner).id.clone(), ecosystem.entity(self.id).id.clone());
        for (at, column) in head.columns.iter().filter(|(_, column)| column.part != Part::Id && is_read(column.part)) {
            let cell = self.row.get(*at);
            let present = cells::cell(self.reading.titles, ecosystem, self.id, column, self.lang);
            let compared = Compared { row: (&sheet, &key, 0), column: &column.id, cell, present: &present };
            let place = (self.row.number, *at);
            match self.reading.todo(&compared, place, self.remarks) {
                Todo::Nothing => {}
                Todo::Clear => self.clear(column),
                Todo::Set => self.set(column, cell, place),
            }
        }
    }

    fn clear(&mut self, column: &Column) {
        let ecosystem = self.reading.ecosystem;
        let key: Box<str> = column.id.split('@').next().unwrap_or_default().into();
        let is_text = match column.part {
            Part::Title | Part::Summary | Part::Aliases => true,
            Part::Field(at) => cells::field(ecosystem, self.owner, at).kind.is_text(),
            _ => false,
        };
        let setting = if is_text { Setting::NoText(key, column.lang) } else { Setting::Nothing(key) };
        self.reading.plan.set(self.id, setting);
    }

    fn set(&mut self, column: &Column, cell: &SheetCell, place: (usize, usize)) {
        let ecosystem = self.reading.ecosystem;
        let key: Box<str> = column.id.split('@').next().unwrap_or_default().into();
        let text = || toml_text(cell.text().trim());
        let setting = match column.part {
            Part::Id => return,
            Part::Title | Part::Summary => Setting::Text(key, column.lang, text()),
            Part::Aliases => Setting::Text(key, column.lang, texts(cell)),
            Part::Updated | Part::Verified => match date(cell) {
                Some(date) => Setting::Value(key, date),
                None => {
                    let message = format!("\"{}\" is no date", cell.text());
                    self.remarks.report(
                        Code::BadCell,
                        (Some(place.0), Some(place.1)),
                        message,
                        "write 2024-01-17, 2024-01 or 2024",
                    );
                    return;
                }
            },
            Part::Draft => match draft(cell) {
                Some(is_draft) if is_draft == ecosystem.entity(self.id).draft => return,
                Some(true) => Setting::Value(key, String::from("true")),
                Some(false) => Setting::Nothing(key),
                None => return no_truth(cell, place, self.remarks),
            },
            Part::Field(at) => match self.field(at, column, cell, place) {
                Some(setting) => setting,
                None => return,
            },
            Part::Relation(relation) => return self.relation(relation, cell, place),
        };
        self.reading.plan.set(self.id, setting);
    }

    fn field(&mut self, at: usize, column: &Column, cell: &SheetCell, place: (usize, usize)) -> Option<Setting> {
        let ecosystem = self.reading.ecosystem;
        let field = cells::field(ecosystem, self.owner, at);
        let own = ecosystem.entity(self.id).values(at);
        let wanted = match values::values(field, cell, own) {
            Ok(wanted) => wanted,
            Err(part) => {
                no_value(field, &part, place, self.remarks);
                return None;
            }
        };
        let key = field.id.clone();
        if field.kind.is_text() {
            let text = if field.many { format!("[{}]", wanted.join(", ")) } else { wanted.concat() };
            return Some(Setting::Text(key, column.lang, text));
        }
        let present = values::present(ecosystem, field, own, self.lang);
        if wanted == present {
            return None;
        }
        if !field.many {
            return Some(Setting::Value(key, wanted.concat()));
        }
        let mut used = vec![false; present.len()];
        let items = wanted.into_iter().map(|value| {
            match present.iter().enumerate().position(|(at, own)| *own == value && !used[at]) {
                Some(at) => {
                    used[at] = true;
                    Item::Kept(at)
                }
                None => Item::New(value),
            }
        });
        Some(Setting::Items(key, items.collect()))
    }

    fn relation(&mut self, relation: RelationId, cell: &SheetCell, place: (usize, usize)) {
        let ecosystem = self.reading.ecosystem;
        let info = ecosystem.schema.relation(relation);
        let Some(targets) = targets(self.reading, relation, cell, place, self.remarks) else { return };
        let present: Vec<EntityId> = ecosystem.statements(self.id, relation).map(|link| link.to).collect();
        if info.one {
            match &*targets {
                [one] if present.first().is_some_and(|own| *one == Target::Entity(*own)) => {}
                [one] => {
                    let value = reference(ecosystem, relation, one, &[]);
                    self.reading.plan.set(self.id, Setting::Value(info.id.clone(), value));
                }
                _ => {
                    let message = format!("\"{}\" leads to one profile", info.id);
                    self.remarks.report(Code::BadCell, (Some(place.0), Some(place.1)), message, "write one");
                }
            }
            return;
        }
        let mut used = vec![false; present.len()];
        let pieces = targets.into_iter().map(|target| {
            let same = present.iter().enumerate().position(|(at, own)| Target::Entity(*own) == target && !used[at]);
            match same {
                Some(at) => {
                    used[at] = true;
                    Piece::Kept(at)
                }
                None => Piece::New(target, Vec::new()),
            }
        });
        let pieces = pieces.collect();
        *self.reading.plan.items(ecosystem, self.id, relation) = pieces;
    }
}

/// The targets that a cell names. `None` if one of them is not known, so that nothing is set in part.
fn targets(
    reading: &mut Reading<'_>,
    relation: RelationId,
    cell: &SheetCell,
    place: (usize, usize),
    remarks: &mut Remarks<'_>,
) -> Option<Vec<Target>> {
    let types = reading.ecosystem.schema.relation(relation).to.clone();
    let named = values::targets(reading.titles, &types, cell);
    let mut all = Vec::new();
    let mut is_complete = true;
    for (name, named) in &named {
        match reading.target(&types, (name, named), place, remarks) {
            Some(target) => all.push(target),
            None => is_complete &= reading.is_skipped(&types, name),
        }
    }
    is_complete.then_some(all)
}

/// The values of a key by language; one that is in no language is alone.
type ByLanguage = Vec<(Lang, String)>;

/// A row of a new entity.
struct Adding<'r, 'a, 'm> {
    reading: &'r mut Reading<'a>,
    owner: TypeId,
    row: &'r RawRow,
    remarks: &'r mut Remarks<'m>,
}

impl Adding<'_, '_, '_> {
    /// The facts of the entity, in the order of the schema.
    fn facts(&mut self, head: &Head) -> Vec<(Box<str>, String)> {
        let ecosystem = self.reading.ecosystem;
        let order = crate::sheets::column::columns(ecosystem, self.owner, Lang::DEFAULT);
        let position = |id: &str| order.iter().position(|column| column.id == id);
        let mut columns: Vec<&(usize, Column)> = head.columns.iter().collect();
        columns.sort_by_key(|(_, column)| position(&column.id));
        let mut facts: Vec<(Box<str>, ByLanguage)> = Vec::new();
        for (at, column) in columns.into_iter().filter(|(_, column)| column.part != Part::Id) {
            let cell = self.row.get(*at);
            if cell.is_empty() {
                continue;
            }
            let Some(value) = self.value(column, cell, (self.row.number, *at)) else { continue };
            let key: Box<str> = column.id.split('@').next().unwrap_or_default().into();
            match facts.iter_mut().find(|(other, _)| *other == key) {
                Some((_, values)) => values.push((column.lang, value)),
                None => facts.push((key, vec![(column.lang, value)])),
            }
        }
        let languages = &ecosystem.config.languages;
        let written = |values: ByLanguage| match &*values {
            [(Lang::DEFAULT, value)] => value.clone(),
            several => {
                let texts: Vec<String> =
                    several.iter().map(|(lang, text)| format!("{} = {text}", languages.tag(*lang))).collect();
                format!("{{ {} }}", texts.join(", "))
            }
        };
        let mut facts: Vec<(Box<str>, String)> =
            facts.into_iter().map(|(key, values)| (key, written(values))).collect();
        // A title in another language alone is the title.
        if let Some((_, title)) = facts.iter_mut().find(|(key, _)| &**key == "title")
            && title.starts_with('{')
            && !title.contains(&format!("{{ {} = ", languages.tag(Lang::DEFAULT)))
        {
            *title = toml_text(&self::title(self.row, head));
        }
        facts
    }

    fn value(&mut self, column: &Column, cell: &SheetCell, place: (usize, usize)) -> Option<String> {
        let ecosystem = self.reading.ecosystem;
        match column.part {
            Part::Id => None,
            Part::Title | Part::Summary => Some(toml_text(cell.text().trim())),
            Part::Aliases => Some(texts(cell)),
            Part::Updated | Part::Verified => {
                let date = date(cell);
                if date.is_none() {
                    let message = format!("\"{}\" is no date", cell.text());
                    self.remarks.report(
                        Code::BadCell,
                        (Some(place.0), Some(place.1)),
                        message,
                        "write 2024-01-17, 2024-01 or 2024",
                    );
                }
                date
            }
            Part::Draft => match draft(cell) {
                Some(is_draft) => is_draft.then(|| String::from("true")),
                None => {
                    no_truth(cell, place, self.remarks);
                    None
                }
            },
            Part::Field(at) => {
                let field = cells::field(ecosystem, self.owner, at);
                match values::values(field, cell, &[]) {
                    Ok(values) if field.many => Some(format!("[{}]", values.join(", "))),
                    Ok(values) => Some(values.concat()),
                    Err(part) => {
                        no_value(field, &part, place, self.remarks);
                        None
                    }
                }
            }
            Part::Relation(relation) => {
                let targets = targets(self.reading, relation, cell, place, self.remarks)?;
                let is_one = ecosystem.schema.relation(relation).one;
                let texts: Vec<String> =
                    targets.iter().map(|target| reference(ecosystem, relation, target, &[])).collect();
                match &*texts {
                    [one] if is_one => Some(one.clone()),
                    _ if is_one => {
                        self.remarks.report(
                            Code::BadCell,
                            (Some(place.0), Some(place.1)),
                            "this relation leads to one profile",
                            "write one",
                        );
                        None
                    }
                    texts => Some(format!("[{}]", texts.join(", "))),
                }
            }
        }
    }
}
