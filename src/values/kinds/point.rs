//! The kind `point`: a position on the earth.

use serde::{Serialize, Serializer};
use serde_json::json;

use crate::config::Config;
use crate::diagnostics::Code;
use crate::locale::Lang;
use crate::table::{Data, Value};
use crate::values::kind::{Declaration, Format, HasMarkdown, Host, Item, Raw, Source, ValueKind};
use crate::values::sheet::SheetCell;

/// A position on the earth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// From -90 to 90 degrees; north is positive.
    pub latitude: f64,
    /// From -180 to 180 degrees; east is positive.
    pub longitude: f64,
}

/// A position on the earth, written as `[latitude, longitude]`.
#[derive(Debug, Clone)]
pub struct PointKind;

impl ValueKind for PointKind {
    type Value<B> = Point;

    const NAME: &'static str = "point";
    const IS_LIST: bool = true;

    fn declare(_declaration: &mut Declaration<'_, '_>) -> Self {
        Self
    }

    fn read<H: Host>(&self, source: &mut Source<'_, '_, H>, value: &Value) -> Option<Point> {
        match point(value) {
            Ok(point) => Some(point),
            Err(message) => {
                let problem = source.reader.problem(Code::BadPoint, value.span, message);
                source.reader.report(problem.hint("write [latitude, longitude], such as [50.46936, 4.43324]"));
                None
            }
        }
    }

    fn json_schema(&self, _text: &serde_json::Value, _lang: Lang) -> serde_json::Value {
        let ends = json!([{ "type": "number", "minimum": -90, "maximum": 90 }, { "type": "number", "minimum": -180, "maximum": 180 }]);
        json!({ "type": "array", "items": ends, "minItems": 2, "maxItems": 2 })
    }

    fn is_same<B: HasMarkdown>(a: &Point, b: &Point) -> bool {
        a == b
    }

    fn item<B>(&self, point: &Point, format: &mut dyn Format<B>) -> Item {
        let Point { latitude, longitude } = point;
        let raw = Raw::List(vec![Raw::Number(*latitude), Raw::Number(*longitude)]);
        Item::new(format!("{latitude}, {longitude}"), format.lang(), raw)
    }

    /// Readers don't search for degrees.
    fn plain<B>(&self, _point: &Point, _format: &mut dyn Format<B>) -> String {
        String::new()
    }

    fn json<B: HasMarkdown, S: Serializer>(
        &self,
        point: &Point,
        _config: &Config,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        [point.latitude, point.longitude].serialize(serializer)
    }

    fn cell<B: HasMarkdown>(&self, point: &Point, _config: &Config, _lang: Lang) -> String {
        format!("{};{}", point.latitude, point.longitude)
    }

    fn entered<B>(&self, cell: &SheetCell, _like: Option<&Point>) -> Option<String> {
        let text = cell.text();
        let (latitude, longitude) =
            text.split_once(';').or_else(|| text.split_once(", ")).or_else(|| text.split_once(','))?;
        let number = |text: &str| text.trim().replace(',', ".").parse::<f64>().ok().filter(|number| number.is_finite());
        Some(format!("[{}, {}]", number(latitude)?, number(longitude)?))
    }

    fn schema_org<B>(&self, point: &Point, _lang: Lang) -> Option<serde_json::Value> {
        let Point { latitude, longitude } = point;
        Some(json!({ "@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude }))
    }
}

/// Reads `[latitude, longitude]`, or gives the reason why it is not a point.
fn point(value: &Value) -> Result<Point, String> {
    let items = match &value.data {
        Data::Array(items) => items,
        other => return Err(format!("a point is made of two numbers, found {}", other.name())),
    };
    let [latitude, longitude] = items.as_slice() else {
        return Err(format!("a point is made of two numbers, found {}", items.len()));
    };
    let (Some(latitude), Some(longitude)) = (latitude.as_number(), longitude.as_number()) else {
        return Err(String::from("a point is made of two numbers"));
    };
    if !(-90.0..=90.0).contains(&latitude) {
        return Err(format!("a latitude is from -90 to 90, not {latitude}"));
    }
    if !(-180.0..=180.0).contains(&longitude) {
        return Err(format!("a longitude is from -180 to 180, not {longitude}"));
    }
    Ok(Point { latitude, longitude })
}
