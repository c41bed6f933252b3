//! The kind `identifier`: the name that a register gives to something.

use regex::Regex;
use serde::Serializer;

use super::text::{check_pattern, regex};
use serde_json::json;

use crate::config::Config;
use crate::diagnostics::{self, Code, Hint};
use crate::locale::Lang;
use crate::table::Value;
use crate::url::encoded;
use crate::values::kind::{Declaration, Format, HasMarkdown, Host, Item, Rank, Source, ValueKind};
use crate::values::schemes::{Fault, SCHEMES, Scheme};

/// The name that a register gives to something.
#[derive(Debug, Clone)]
pub struct IdentifierKind {
    /// The register, if it is one that the program knows.
    pub scheme: Option<&'static Scheme>,
    /// The address of the page about an identifier, which takes the place of `{}`.
    pub url_template: Option<Box<str>>,
    /// The regular expression that the whole text must match.
    pub pattern: Option<Regex>,
}

impl ValueKind for IdentifierKind {
    type Value<B> = Box<str>;

    const NAME: &'static str = "identifier";
    const KEYS: &'static [&'static str] = &["scheme", "url_template", "pattern"];

    fn declare(declaration: &mut Declaration<'_, '_>) -> Self {
        let Declaration { reader, kind, table } = declaration;
        if table.get("scheme").is_none() && table.get("url_template").is_none() {
            let message = "an identifier needs a \"scheme\" or a \"url_template\"";
            let problem = reader.problem(Code::MissingField, kind.value.span, message);
            reader.report(problem.hint("add: scheme = \"ror\", or url_template = \"https://example.org/{}\""));
        }
        Self {
            scheme: scheme(declaration),
            url_template: url_template(declaration),
            pattern: declaration.table.get("pattern").and_then(|value| regex(declaration.reader, value)),
        }
    }

    fn read<H: Host>(&self, source: &mut Source<'_, '_, H>, value: &Value) -> Option<Box<str>> {
        let text = source.reader.text(value)?;
        if let Some(pattern) = &self.pattern {
            check_pattern(source, pattern, value, &text);
        }
        let Some(scheme) = self.scheme else { return Some(text) };
        let Err(fault) = scheme.check(&text) else { return Some(text) };
        let message = match fault {
            Fault::CheckDigits => format!("\"{text}\" has a wrong digit: its check digits don't belong to the others"),
            _ => format!("\"{text}\" is not an identifier of the scheme \"{}\"", scheme.name),
        };
        let hint = match fault {
            Fault::CheckDigits => "compare it with the register".into(),
            Fault::Form => format!("write it like {}", scheme.example).into(),
            Fault::Spelling(tidy) => Hint::write(value.span, &format!("\"{tidy}\"")),
        };
        source.reader.report(source.reader.problem(Code::BadIdentifier, value.span, message).hint(hint));
        None
    }

    fn json_schema(&self, _text: &serde_json::Value, _lang: Lang) -> serde_json::Value {
        match &self.pattern {
            Some(pattern) => json!({ "type": "string", "pattern": pattern.as_str() }),
            None => json!({ "type": "string" }),
        }
    }

    fn is_same<B: HasMarkdown>(a: &Box<str>, b: &Box<str>) -> bool {
        a == b
    }

    fn is_blank<B>(id: &Box<str>) -> bool {
        id.trim().is_empty()
    }

    fn rank<B>(id: &Box<str>, _lang: Lang) -> Rank<'_> {
        Rank::Text(id)
    }

    fn item<B>(&self, id: &Box<str>, format: &mut dyn Format<B>) -> Item {
        let item = Item::new(&**id, format.lang(), &**id);
        match self.same_as::<B>(id) {
            Some(address) => item.link(address),
            None => item,
        }
    }

    fn json<B: HasMarkdown, S: Serializer>(
        &self,
        id: &Box<str>,
        _config: &Config,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(id)
    }

    fn cell<B: HasMarkdown>(&self, id: &Box<str>, _config: &Config, _lang: Lang) -> String {
        id.to_string()
    }

    fn schema_org<B>(&self, id: &Box<str>, _lang: Lang) -> Option<serde_json::Value> {
        Some((**id).into())
    }

    fn same_as<B>(&self, id: &Box<str>) -> Option<String> {
        match &self.url_template {
            Some(template) => Some(template.replace("{}", &encoded(id))),
            None => self.scheme?.address(id),
        }
    }
}

fn scheme(declaration: &mut Declaration<'_, '_>) -> Option<&'static Scheme> {
    let value = declaration.table.get("scheme")?;
    let name = declaration.reader.text(value)?;
    let scheme = Scheme::find(&name);
    if scheme.is_none() {
        let names = SCHEMES.iter().map(|scheme| scheme.name);
        let hint = diagnostics::did_you_mean(&name, names.clone()).unwrap_or_else(|| {
            format!("the schemes are {}; for others, write a url_template", diagnostics::list_all(names)).into()
        });
        let message = format!("there is no scheme \"{name}\"");
        let problem = declaration.reader.problem(Code::BadField, value.span, message);
        declaration.reader.report(problem.hint(hint));
    }
    scheme
}

fn url_template(declaration: &mut Declaration<'_, '_>) -> Option<Box<str>> {
    let value = declaration.table.get("url_template")?;
    let template = declaration.reader.text(value)?;
    let is_web = |text: &str| crate::url::problem(&text.replace("{}", "x")).is_none();
    if template.matches("{}").count() == 1 && is_web(&template) && is_after_host(&template) {
        return Some(template);
    }
    let message = format!("\"{template}\" is not an address with one place for the identifier");
    let problem = declaration.reader.problem(Code::BadUrl, value.span, message);
    declaration.reader.report(problem.hint("write {} where the identifier belongs: \"https://example.org/{}\""));
    None
}

/// Whether the place for the identifier comes after the host, so that the identifier can't choose the host.
fn is_after_host(template: &str) -> bool {
    let host = template.split_once("://").map_or("", |(_, rest)| rest).split(['/', '?', '#']).next();
    host.is_some_and(|host| !host.contains("{}"))
}
