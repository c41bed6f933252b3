//! The parameters of a theme: what `[params]` of a site can set.
//!
//! In: the declarations in `theme.toml`, and `[params]` in `site.toml`. Out: the parameters as templates see them, with
//! defaults, and diagnostics about unknown names and wrong values. A theme without declarations accepts everything.

mod declaration;
mod check;

use serde_json::{Map, Value as Json};

pub(super) use declaration::read;
pub use declaration::{Parameter, ParameterKind};

use crate::config::Config;
use crate::diagnostics::Diagnostic;
use crate::model::{Ecosystem, Name};
use crate::reader::Reader;
use check::Check;

/// The parameters of a site.
#[derive(Debug, Default)]
pub(super) struct Parameters {
    /// Their values as templates see them.
    pub values: Json,
    /// The names of types, pages, entities and the like among the values.
    pub names: Vec<Name>,
    /// The diagnostics about them.
    pub problems: Vec<Diagnostic>,
}

/// Reads the parameters of a site, and checks them against the declarations.
pub(super) fn parameters(declared: &[Parameter], ecosystem: &Ecosystem) -> Parameters {
    let config = &ecosystem.config;
    let mut parameters = Parameters::default();
    let Some((source, value)) = &config.params else {
        parameters.values = with_defaults(declared, Json::Null);
        return parameters;
    };
    if !declared.is_empty() {
        let mut check = Check { ecosystem, reader: Reader::new(source, &config.languages), names: Vec::new() };
        if let Some(table) = check.reader.table(value) {
            check.table(table, declared, "the theme");
        }
        (parameters.problems, parameters.names) = (check.reader.problems, check.names);
    }
    parameters.values = with_defaults(declared, value.data.to_json());
    parameters
}

/// The parameters that a site does not set and that name a field or a relation by default: their keys, such as
/// `period.start`, and the names.
pub(super) fn usual_names<'p>(declared: &'p [Parameter], config: &Config) -> Vec<(String, &'p str)> {
    let given = config.params.as_ref().and_then(|(_, value)| value.as_table());
    let mut names = Vec::new();
    for parameter in declared {
        let own = given.and_then(|table| table.get(&parameter.id));
        match &parameter.kind {
            ParameterKind::Table(keys) => {
                let inner = own.and_then(|value| value.as_table());
                let unset = keys.iter().filter(|key| inner.is_none_or(|table| table.get(&key.id).is_none()));
                names.extend(unset.filter_map(|key| Some((format!("{}.{}", parameter.id, key.id), key.named()?))));
            }
            _ if own.is_none() => names.extend(parameter.named().map(|name| (parameter.id.to_string(), name))),
            _ => {}
        }
    }
    names
}

/// Values with the defaults of parameters that are not set.
fn with_defaults(declared: &[Parameter], given: Json) -> Json {
    let mut values = match given {
        Json::Object(values) => values,
        _ => Map::new(),
    };
    for parameter in declared {
        let given = values.remove(&*parameter.id);
        let value = match &parameter.kind {
            ParameterKind::Table(keys) if !keys.is_empty() => Some(with_defaults(keys, given.unwrap_or_default())),
            _ => given.or_else(|| parameter.default.clone()),
        };
        values.extend(value.map(|value| (parameter.id.to_string(), value)));
    }
    Json::Object(values)
}
