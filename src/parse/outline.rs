//! The outline of a map.
//!
//! In: the text of a GeoJSON file (RFC 7946). Out: an [`Outline`] of areas with their names and borders, and
//! diagnostics. This module knows neither which part of the outline is drawn nor how.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, SeqAccess, Visitor};

use crate::diagnostics::{Code, Diagnostic};
pub use crate::drawing::earth::{Bounds, Position};
use crate::locale::{Lang, Languages, LocalText};
use crate::text::{SourceText, Span, forbidden};

/// The maximum size of an outline file, in bytes.
pub const LARGEST: u64 = 8 * 1024 * 1024;

/// The areas on which maps are drawn, such as the provinces of a country.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Outline {
    /// The areas, in the order of the file.
    pub areas: Vec<Area>,
}

/// An area of an outline.
#[derive(Debug, Clone, PartialEq)]
pub struct Area {
    /// The id of the entity that the area stands for.
    pub id: Option<Box<str>>,
    /// The name; empty if the file has none.
    pub name: LocalText,
    /// The borders: outer rings and the rings of holes. No ring is empty.
    pub rings: Vec<Vec<Position>>,
    /// The bounding box.
    pub bounds: Bounds,
}

impl Outline {
    /// The bounding box of all areas; `None` if there are no areas.
    pub fn bounds(&self) -> Option<Bounds> {
        self.areas.iter().map(|area| area.bounds).reduce(Bounds::and)
    }

    /// The index of the area that contains a position; the first one if several do.
    pub fn area_at(&self, position: Position) -> Option<usize> {
        self.areas.iter().position(|area| area.contains(position))
    }
}

impl Area {
    /// Whether the area contains a position: a ray from the position crosses the borders an odd number of times
    /// (Shimrat, Algorithm 112, Communications of the ACM 5, 1962). Holes need no special treatment.
    pub fn contains(&self, at: Position) -> bool {
        let crosses = |from: Position, to: Position| {
            (from.latitude > at.latitude) != (to.latitude > at.latitude)
                && at.longitude
                    < from.longitude
                        + (to.longitude - from.longitude) * (at.latitude - from.latitude)
                            / (to.latitude - from.latitude)
        };
        let crossings = |ring: &Vec<Position>| {
            let previous = ring.iter().cycle().skip(ring.len() - 1);
            ring.iter().zip(previous).filter(|(from, to)| crosses(**from, **to)).count()
        };
        self.bounds.contains(at) && self.rings.iter().map(crossings).sum::<usize>() % 2 == 1
    }
}

#[derive(Deserialize)]
#[serde(expecting = "a FeatureCollection")]
struct Collection<'a> {
    #[serde(rename = "type", borrow)]
    kind: Cow<'a, str>,
    #[serde(borrow, default)]
    features: Vec<Feature<'a>>,
}

#[derive(Deserialize)]
#[serde(expecting = "a Feature")]
struct Feature<'a> {
    #[serde(default)]
    id: serde_json::Value,
    properties: Option<serde_json::Map<String, serde_json::Value>>,
    #[serde(borrow)]
    geometry: Option<Geometry<'a>>,
}

#[derive(Deserialize)]
#[serde(expecting = "a geometry")]
struct Geometry<'a> {
    #[serde(rename = "type", borrow)]
    kind: Cow<'a, str>,
    #[serde(default)]
    coordinates: Nested,
}

/// The coordinates of any geometry: numbers in nested lists.
enum Nested {
    Number(f64),
    List(Vec<Nested>),
}

impl Default for Nested {
    fn default() -> Self {
        Self::List(Vec::new())
    }
}

impl<'de> Deserialize<'de> for Nested {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NestedVisitor)
    }
}

struct NestedVisitor;

impl<'de> Visitor<'de> for NestedVisitor {
    type Value = Nested;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number or a list of coordinates")
    }

    fn visit_f64<E>(self, number: f64) -> Result<Nested, E> {
        Ok(Nested::Number(number))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Nested, E> {
        Ok(Nested::Number(number as f64))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Nested, E> {
        Ok(Nested::Number(number as f64))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Nested, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Nested::List(list))
    }
}

/// Reads an outline. An area with mistakes is reported and left out.
pub fn read(source: &SourceText, languages: &Languages) -> (Outline, Vec<Diagnostic>) {
    let mut reader = OutlineReader { source, languages, problems: Vec::new() };
    let outline = reader.outline();
    (outline, reader.problems)
}

struct OutlineReader<'a> {
    source: &'a SourceText,
    languages: &'a Languages,
    problems: Vec<Diagnostic>,
}

impl OutlineReader<'_> {
    fn report(&mut self, span: Span, message: impl Into<String>, hint: &str) {
        let problem = Diagnostic::new(Code::BadOutline, self.source.place(span), message);
        self.problems.push(problem.hint(hint));
    }

    fn outline(&mut self) -> Outline {
        let source = self.source;
        let collection: Collection<'_> = match serde_json::from_str(&source.text) {
            Ok(collection) => collection,
            Err(error) => {
                self.unreadable(&error);
                return Outline::default();
            }
        };
        let hint = "export it as a GeoJSON FeatureCollection (RFC 7946) of areas";
        if collection.kind != "FeatureCollection" {
            let message = format!("the outline is a \"{}\", not a \"FeatureCollection\"", collection.kind);
            self.report(self.span(&collection.kind), message, hint);
            return Outline::default();
        }
        let areas: Vec<Area> = collection.features.iter().filter_map(|feature| self.area(feature)).collect();
        if areas.is_empty() && self.problems.is_empty() {
            self.report(self.span(&collection.kind), "the outline has no areas", hint);
        }
        Outline { areas }
    }

    /// Reports that the file is not JSON, or not GeoJSON.
    fn unreadable(&mut self, error: &serde_json::Error) {
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or_default();
        let text = &self.source.text;
        // `serde_json` counts lines from 1, and columns in bytes from 1.
        let line = text.match_indices('\n').nth(error.line().saturating_sub(2)).map_or(0, |(at, _)| at + 1);
        let line = if error.line() < 2 { 0 } else { line };
        let at = text.floor_char_boundary(line + error.column().saturating_sub(1));
        let next = text[at..].chars().next().map_or(0, char::len_utf8);
        let hint = "export it again as GeoJSON (RFC 7946), with longitude and latitude in degrees";
        self.report(Span::new(at..at + next), format!("the outline can't be read: {message}"), hint);
    }

    /// The span of a string that is a slice of the text. A string with escapes was decoded into memory of its own; its
    /// span is the start of the file.
    fn span(&self, part: &str) -> Span {
        let text = &self.source.text;
        let start = part.as_ptr().addr().wrapping_sub(text.as_ptr().addr());
        if start <= text.len() { Span::new(start..start + part.len()) } else { Span::default() }
    }

    fn area(&mut self, feature: &Feature<'_>) -> Option<Area> {
        let geometry = feature.geometry.as_ref()?;
        let polygons: Vec<&Nested> = match (&*geometry.kind, &geometry.coordinates) {
            ("Polygon", polygon) => vec![polygon],
            ("MultiPolygon", Nested::List(polygons)) => polygons.iter().collect(),
            ("MultiPolygon", Nested::Number(_)) => Vec::new(),
            (other, _) => {
                let message = format!("the geometry is a \"{other}\", not an area");
                let hint = "remove all features whose geometry is neither a Polygon nor a MultiPolygon";
                self.report(self.span(&geometry.kind), message, hint);
                return None;
            }
        };
        let rings = match polygons.into_iter().map(rings).collect::<Result<Vec<_>, String>>() {
            Ok(rings) => rings.concat(),
            Err(message) => {
                let hint = "write each position as [longitude, latitude], in degrees (WGS 84)";
                self.report(self.span(&geometry.kind), message, hint);
                return None;
            }
        };
        let bounds = rings.iter().flatten().copied().map(Bounds::of).reduce(Bounds::and)?;
        let properties = feature.properties.as_ref();
        let property = |name: &str| properties?.get(name)?.as_str().filter(|text| !text.is_empty());
        let id = feature.id.as_str().or_else(|| property("id")).map(Into::into);
        let mut name = LocalText::default();
        for lang in self.languages.all() {
            let own = property(&format!("name_{}", self.languages.tag(lang)));
            let common = || property("name").filter(|_| lang == Lang::DEFAULT);
            let Some(text) = own.or_else(common) else { continue };
            if let Some(char) = forbidden(text) {
                let message =
                    format!("a name contains the character U+{:04X}, which can't be published", u32::from(char));
                self.report(self.span(&geometry.kind), message, "delete the character from the names of this feature");
            }
            name.set(lang, text.into());
        }
        Some(Area { id, name, rings, bounds })
    }
}

/// The rings of a polygon. The error is the message of a diagnostic.
fn rings(polygon: &Nested) -> Result<Vec<Vec<Position>>, String> {
    let error = || String::from("a polygon is a list of rings, and a ring is a list of at least four positions");
    let Nested::List(rings) = polygon else { return Err(error()) };
    let ring = |ring: &Nested| match ring {
        Nested::List(positions) if positions.len() > 3 => positions.iter().map(position).collect(),
        _ => Err(error()),
    };
    rings.iter().map(ring).collect()
}

fn position(position: &Nested) -> Result<Position, String> {
    let numbers = match position {
        Nested::List(numbers) => numbers.as_slice(),
        Nested::Number(_) => &[],
    };
    let [Nested::Number(longitude), Nested::Number(latitude), ..] = *numbers else {
        return Err(String::from("a position is a list of two numbers"));
    };
    if longitude.abs() > 180.0 || latitude.abs() > 90.0 {
        return Err(format!("[{longitude}, {latitude}] is not a longitude and a latitude"));
    }
    Ok(Position { longitude, latitude })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Language;

    const SQUARE: &str = "[[0,0],[4,0],[4,4],[0,4],[0,0]]";

    fn collection(features: &str) -> String {
        format!("{{\"type\":\"FeatureCollection\",\"features\":[{features}]}}")
    }

    fn feature(kind: &str, coordinates: &str, rest: &str) -> String {
        format!("{{\"type\":\"Feature\"{rest},\"geometry\":{{\"type\":\"{kind}\",\"coordinates\":{coordinates}}}}}")
    }

    fn outline(text: &str) -> (Outline, Vec<String>) {
        let (outline, problems) = read(
            &SourceText::new("content/o.geojson", text),
            &Languages::new(["fr", "en"].map(|tag| Language::parse(tag).unwrap())),
        );
        (outline, problems.into_iter().map(|problem| problem.message).collect())
    }

    #[test]
    fn names_and_ids_come_from_the_feature_or_its_properties() {
        let (outline, problems) = outline(&collection(
            &[
                feature(
                    "Polygon",
                    &format!("[{SQUARE}]"),
                    ",\"id\":\"a\",\"properties\":{\"name\":\"Aire\",\"name_en\":\"Area\"}",
                ),
                feature(
                    "Polygon",
                    &format!("[{SQUARE}]"),
                    ",\"properties\":{\"id\":\"b\",\"name_fr\":\"B\",\"name\":3}",
                ),
                feature("Polygon", &format!("[{SQUARE}]"), ",\"id\":7,\"properties\":null"),
                String::from("{\"type\":\"Feature\",\"geometry\":null}"),
            ]
            .join(","),
        ));
        assert_eq!(problems, Vec::<String>::new());
        let ids: Vec<_> = outline.areas.iter().map(|area| area.id.as_deref()).collect();
        assert_eq!(ids, [Some("a"), Some("b"), None]);
        assert_eq!(outline.areas[0].name.text(Lang(0)), "Aire");
        assert_eq!(outline.areas[0].name.text(Lang(1)), "Area");
        assert_eq!(outline.areas[1].name.text(Lang(1)), "B");
        assert!(outline.areas[2].name.is_empty());
    }

    #[test]
    fn positions_lie_in_areas_and_not_in_their_holes() {
        let hole = "[[1,1],[3,1],[3,3],[1,3],[1,1]]";
        let island = "[[[6,0],[7,0],[7,1],[6,1],[6,0]]]";
        let (outline, problems) =
            outline(&collection(&feature("MultiPolygon", &format!("[[{SQUARE},{hole}],{island}]"), "")));
        assert_eq!(problems, Vec::<String>::new());
        let area = |longitude, latitude| outline.area_at(Position { longitude, latitude });
        assert_eq!([area(0.5, 0.5), area(2.0, 2.0), area(6.5, 0.5), area(5.0, 0.5)], [Some(0), None, Some(0), None]);
        assert_eq!(outline.bounds(), Some(Bounds { west: 0.0, south: 0.0, east: 7.0, north: 4.0 }));
    }

    #[test]
    fn mistakes_are_reported_and_the_rest_is_read() {
        let good = feature("Polygon", &format!("[{SQUARE}]"), "");
        for (bad, part) in [
            (feature("Point", "[1,2]", ""), "is a \"Point\""),
            (feature("Polygon", "3", ""), "list of rings"),
            (feature("Polygon", "[[[0,0],[1,1]]]", ""), "four positions"),
            (feature("Polygon", "[[0,0,0,0]]", ""), "two numbers"),
            (feature("Polygon", "[[[0],[1],[2],[0]]]", ""), "two numbers"),
            (feature("Polygon", "[[[600000,120000],[1,1],[2,2],[0,0]]]", ""), "not a longitude"),
        ] {
            let (outline, problems) = outline(&collection(&format!("{bad},{good}")));
            assert!(problems.len() == 1 && problems[0].contains(part), "{problems:?} lacks {part}");
            assert_eq!(outline.areas.len(), 1);
        }
    }

    #[test]
    fn hostile_files_are_refused() {
        let deep = |depth: usize| feature("Polygon", &format!("{}{}", "[".repeat(depth), "]".repeat(depth)), "");
        for text in [
            String::new(),
            String::from("[]"),
            String::from("null"),
            String::from("{}"),
            String::from("{\"type\":\"FeatureCollection\""),
            String::from("é\n\u{fffd}{"),
            String::from("{\"type\":\"Polygon\",\"coordinates\":[]}"),
            collection(""),
            collection("3"),
            collection("{\"geometry\":[]}"),
            collection(&feature("Polygon", "[[[NaN,0],[1,1],[2,2],[0,0]]]", "")),
            collection(&feature("Polygon", "[[[1e999,0],[1,1],[2,2],[0,0]]]", "")),
            collection(&feature("Polygon", "[[[\"0\",0],[1,1],[2,2],[0,0]]]", "")),
            collection(&feature("Polygon", "[]", "")),
            collection(&deep(20)),
            collection(&deep(100_000)),
            collection(&feature("Poly\\u0067on", "[[0]]", "")),
        ] {
            let (outline, problems) = outline(&text);
            assert!(outline.areas.is_empty(), "{text:.60}");
            assert_eq!(problems.len(), 1, "{text:.60}: {problems:?}");
        }
    }
}
