//! The sign of each type: a colour and a few letters, by which readers tell types apart.
//!
//! In: what the types declare. Out: a sign for each type. Types without a colour get hues far from all others, types
//! without letters get letters that no other type has. Declared signs that readers can't tell apart are reported.

use std::collections::{BTreeMap, BTreeSet};

use super::declarations::{Colour, Type};
use crate::diagnostics::{Code, Diagnostic};
use crate::locale::{Lang, Languages, LocalText};
use crate::reader::Reader;
use crate::table::Value;
use crate::text::Place;

/// The number of degrees of a circle of hues.
const CIRCLE: u16 = 360;
/// The hue of the first type, in degrees, if no type declares a hue.
const FIRST: u16 = 250;
/// Hues that are nearer than this can't be told apart, in degrees.
const NEAR: u16 = 12;
/// The maximum number of letters in a sign.
const LETTERS: usize = 3;

/// What a type declares of its sign.
#[derive(Default)]
pub(super) struct SignDraft {
    pub colour: Option<(Colour, Place)>,
    pub mark: Option<(LocalText, Place)>,
}

/// Reads the key `colour` of a type: a hue in degrees, or `"grey"`.
pub(super) fn colour(reader: &mut Reader<'_>, value: &Value) -> Option<(Colour, Place)> {
    let place = reader.source.place(value.span);
    let hint = "write a hue in degrees from 0 to 359, such as 250 for blue, or \"grey\"";
    if let Some(text) = value.as_text() {
        if text == "grey" {
            return Some((Colour::Grey, place));
        }
        let problem = reader.problem(Code::NotAChoice, value.span, format!("a colour can't be \"{text}\""));
        reader.report(problem.hint(hint));
        return None;
    }
    let hue = reader.integer(value)?;
    match u16::try_from(hue) {
        Ok(hue) if hue < CIRCLE => Some((Colour::Hue(hue), place)),
        _ => {
            let problem = reader.problem(Code::OutOfRange, value.span, format!("the hue of a colour can't be {hue}"));
            reader.report(problem.hint(hint));
            None
        }
    }
}

/// Reads the key `mark` of a type: one to three letters, for all languages or by language.
pub(super) fn mark(reader: &mut Reader<'_>, value: &Value) -> Option<(LocalText, Place)> {
    let texts = reader.localised(value)?;
    for (_, text) in texts.iter() {
        if !(1..=LETTERS).contains(&text.chars().count()) {
            let problem = reader.problem(Code::OutOfRange, value.span, format!("a mark can't be \"{text}\""));
            reader.report(problem.hint("write one to three letters: mark = \"Ac\""));
            return None;
        }
    }
    Some((texts, reader.source.place(value.span)))
}

/// Gives each type its sign. `drafts` are what the types declare, in the same order.
pub(super) fn resolve(types: &mut [Type], drafts: &[SignDraft], languages: &Languages, problems: &mut Vec<Diagnostic>) {
    let colours = colours(types, drafts);
    for (entity_type, colour) in types.iter_mut().zip(colours) {
        entity_type.sign.colour = colour;
    }
    for lang in languages.all() {
        let marks = marks(types, drafts, lang);
        for (entity_type, mark) in types.iter_mut().zip(marks) {
            entity_type.sign.mark.set(lang, mark);
        }
    }
    problems.extend(near_colours(types, drafts));
    problems.extend(same_marks(types, drafts, languages));
}

/// The colours of all types.
fn colours(types: &[Type], drafts: &[SignDraft]) -> Vec<Colour> {
    let declared = |draft: &SignDraft| draft.colour.as_ref().map(|(colour, _)| *colour);
    let mut hues: Vec<u16> = drafts.iter().filter_map(declared).filter_map(Colour::hue).collect();
    let colours = types.iter().zip(drafts).map(|(entity_type, draft)| {
        declared(draft).unwrap_or_else(|| {
            if entity_type.citation {
                return Colour::Grey;
            }
            let hue = farthest(&hues);
            hues.push(hue);
            Colour::Hue(hue)
        })
    });
    colours.collect()
}

/// The hue in the middle of the widest gap between these hues.
fn farthest(hues: &[u16]) -> u16 {
    let mut sorted = hues.to_vec();
    sorted.sort_unstable();
    let (Some(first), Some(last)) = (sorted.first(), sorted.last()) else { return FIRST };
    let gaps = sorted.windows(2).map(|pair| (pair[0], pair[1] - pair[0]));
    let around = (*last, first + CIRCLE - last);
    // Of several gaps of the same width, the last.
    let (start, width) = gaps.fold(around, |widest, gap| if gap.1 >= widest.1 { gap } else { widest });
    (start + width / 2) % CIRCLE
}

/// The letters of all types in a language: those that are declared, or else two letters of the name that no other type
/// has.
fn marks(types: &[Type], drafts: &[SignDraft], lang: Lang) -> Vec<Box<str>> {
    let declared = |draft: &SignDraft| draft.mark.as_ref().map(|(texts, _)| Box::<str>::from(texts.text(lang)));
    let mut taken: Vec<String> = drafts.iter().filter_map(declared).map(|mark| mark.to_lowercase()).collect();
    let marks = types.iter().zip(drafts).map(|(entity_type, draft)| {
        declared(draft).unwrap_or_else(|| {
            let mark = letters(entity_type.name.text(lang), &taken);
            taken.push(mark.to_lowercase());
            mark.into()
        })
    });
    marks.collect()
}

/// The first letter of a name and the first later one with which the pair is free; the first two if no pair is.
fn letters(name: &str, taken: &[String]) -> String {
    let mut letters = name.chars().filter(|letter| letter.is_alphanumeric());
    let Some(first) = letters.next() else { return name.chars().take(2).collect() };
    let pair = |letter: char| format!("{first}{letter}");
    let rest: Vec<char> = letters.collect();
    let free = rest.iter().map(|letter| pair(*letter)).find(|pair| !taken.contains(&pair.to_lowercase()));
    free.unwrap_or_else(|| rest.first().map_or_else(|| first.to_string(), |letter| pair(*letter)))
}

/// Warnings about declared colours that readers can't tell apart.
fn near_colours(types: &[Type], drafts: &[SignDraft]) -> Vec<Diagnostic> {
    let declared = types.iter().zip(drafts).filter_map(|(entity_type, draft)| {
        let (colour, place) = draft.colour.as_ref()?;
        Some((entity_type, *colour, place))
    });
    let declared: Vec<(&Type, Colour, &Place)> = declared.collect();
    let warnings = declared.iter().enumerate().filter_map(|(at, (entity_type, colour, place))| {
        let (other, _, other_place) = declared[..at].iter().find(|(_, other, _)| colour.is_near(*other, NEAR))?;
        let message = format!("the colours of \"{}\" and \"{}\" can't be told apart", other.id, entity_type.id);
        let hint =
            format!("choose a hue at least {NEAR} degrees from all others, or delete the key for one far from them");
        let warning = Diagnostic::new(Code::SimilarSigns, (*place).clone(), message).hint(hint);
        Some(warning.note((*other_place).clone(), "the other colour"))
    });
    warnings.collect()
}

/// Warnings about declared marks that another type has too.
fn same_marks(types: &[Type], drafts: &[SignDraft], languages: &Languages) -> Vec<Diagnostic> {
    let mut warnings = Vec::new();
    let mut reported = BTreeSet::new();
    for lang in languages.all() {
        let mut owners: BTreeMap<String, usize> = BTreeMap::new();
        for (at, entity_type) in types.iter().enumerate() {
            let mark = entity_type.sign.mark.text(lang);
            let other = *owners.entry(mark.to_lowercase()).or_insert(at);
            let places = [at, other].map(|at| drafts[at].mark.as_ref().map(|(_, place)| place));
            let place = places.into_iter().flatten().next();
            if let Some(place) = place.filter(|_| other != at && reported.insert((other, at))) {
                let message =
                    format!("\"{}\" and \"{}\" have the same mark, \"{mark}\"", types[other].id, entity_type.id);
                warnings.push(Diagnostic::new(Code::SimilarSigns, place.clone(), message).hint("choose other letters"));
            }
        }
    }
    warnings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hues_are_far_from_one_another() {
        let mut hues = Vec::new();
        for _ in 0..24 {
            let hue = farthest(&hues);
            hues.push(hue);
        }
        let apart = |a: u16, b: u16| a.abs_diff(b).min(CIRCLE - a.abs_diff(b));
        for (at, hue) in hues.iter().enumerate() {
            assert!(hues[..at].iter().all(|other| apart(*hue, *other) >= NEAR - 1), "{hues:?}");
        }
        assert_eq!(hues[..3], [250, 70, 160]);
    }

    #[test]
    fn letters_differ_while_the_name_has_any() {
        let taken = ["pr", "po"].map(String::from);
        assert_eq!(letters("Project", &taken), "Pj");
        assert_eq!(letters("Pro", &taken), "Pr");
        assert_eq!(letters("É", &taken), "É");
        assert_eq!(letters("l’eau", &taken), "le");
    }
}
