//! The kind `image`: a picture in the content folder.

use serde::Serializer;
use serde_json::json;

use crate::config::Config;
use crate::locale::{Lang, LocalText};
use crate::table::{Data, Value};
use crate::values::image::Image;
use crate::values::kind::{Declaration, Format, HasMarkdown, Host, Item, Source, ValueKind};

impl Image {
    /// The picture as a page shows it: its text is the alternative text.
    pub fn item<B>(&self, format: &dyn Format<B>) -> Item {
        let item = Item::new(self.alt.text(format.lang()), format.lang(), &*self.src);
        Item { size: format.size(&self.src), ..item.link(format.address(&self.src)) }
    }
}

/// A picture: its path, or a table with `src` and `alt`.
#[derive(Debug, Clone)]
pub struct ImageKind;

impl ValueKind for ImageKind {
    type Value<B> = Image;

    const NAME: &'static str = "image";

    fn declare(_declaration: &mut Declaration<'_, '_>) -> Self {
        Self
    }

    fn read<H: Host>(&self, source: &mut Source<'_, '_, H>, value: &Value) -> Option<Image> {
        let reader = &mut *source.reader;
        let (src, alt) = match &value.data {
            Data::Text(_) => (value, LocalText::default()),
            Data::Table(table) => {
                reader.unknown_keys(table, "an image", &["src", "alt"]);
                let Some(src) = table.get("src") else {
                    reader.missing(value.span, "an image", "src", "src = \"file.jpg\"");
                    return None;
                };
                (src, table.get("alt").and_then(|alt| reader.localised(alt)).unwrap_or_default())
            }
            _ => {
                reader.wrong_type(value, "the path of an image, or { src = \"…\", alt = \"…\" }");
                return None;
            }
        };
        let path = reader.text(src)?;
        let src = source.host.file(reader, &path, src.span)?;
        Some(Image { src, alt, place: reader.source.place(value.span), key: source.id.into() })
    }

    fn json_schema(&self, text: &serde_json::Value, _lang: Lang) -> serde_json::Value {
        let path = json!({ "type": "string" });
        let table = json!({
            "type": "object",
            "properties": { "src": path, "alt": text },
            "required": ["src"],
            "additionalProperties": false,
        });
        json!({ "anyOf": [path, table] })
    }

    fn is_same<B: HasMarkdown>(a: &Image, b: &Image) -> bool {
        a.src == b.src
    }

    fn images<'v, B>(image: &'v Image, out: &mut Vec<&'v Image>) {
        out.push(image);
    }

    fn item<B>(&self, image: &Image, format: &mut dyn Format<B>) -> Item {
        image.item(format)
    }

    /// Pictures are not searched.
    fn plain<B>(&self, _image: &Image, _format: &mut dyn Format<B>) -> String {
        String::new()
    }

    fn json<B: HasMarkdown, S: Serializer>(
        &self,
        image: &Image,
        config: &Config,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&config.file_address(&image.src))
    }

    fn cell<B: HasMarkdown>(&self, image: &Image, config: &Config, _lang: Lang) -> String {
        config.file_address(&image.src)
    }
}
