//! The kind `money`: an amount in a currency.

use iso_currency::Currency;
use serde::ser::{SerializeMap, Serializer};
use serde_json::json;

use crate::config::Config;
use crate::diagnostics::Code;
use crate::locale::{Lang, LocalText};
use crate::table::{Data, Value};
use crate::values::amount::Amount;
use crate::values::kind::{Declaration, Format, HasMarkdown, Host, Item, Rank, Raw, Source, ValueKind};
use crate::values::sheet::{self, SheetCell};

/// An amount in a currency.
#[derive(Debug, Clone, PartialEq)]
pub struct Money {
    /// The amount, in the unit of the currency.
    pub amount: Amount,
    /// The code of the currency (ISO 4217).
    pub currency: Box<str>,
}

/// An amount in a currency, written as `"81000000 EUR"` or as a table.
#[derive(Debug, Clone)]
pub struct MoneyKind;

impl ValueKind for MoneyKind {
    type Value<B> = Money;

    const NAME: &'static str = "money";
    const IS_BRIEF: bool = true;
    const IS_SORTABLE: bool = true;

    fn declare(_declaration: &mut Declaration<'_, '_>) -> Self {
        Self
    }

    fn read<H: Host>(&self, source: &mut Source<'_, '_, H>, value: &Value) -> Option<Money> {
        let (amount, currency) = match &value.data {
            Data::Table(table) => {
                let reader = &mut *source.reader;
                reader.unknown_keys(table, "a sum of money", &["amount", "currency"]);
                for key in ["amount", "currency"] {
                    if table.get(key).is_none() {
                        reader.missing(value.span, "a sum of money", key, "amount = 81000000, currency = \"EUR\"");
                    }
                }
                let amount = table.get("amount")?;
                let amount = match amount.data {
                    Data::Integer(integer) => Amount::Integer(integer),
                    _ => Amount::Float(reader.number(amount)?),
                };
                (amount, reader.text(table.get("currency")?)?)
            }
            Data::Text(text) => match parse(text) {
                Some((amount, currency)) => (amount, currency.into()),
                None => {
                    let message = format!("\"{text}\" is not a sum of money");
                    report(source, value, message, "write the amount in digits and the currency: \"81000000 EUR\"");
                    return None;
                }
            },
            other => {
                let message = format!("\"{}\" is a sum of money, found {}", source.id, other.name());
                report(source, value, message, "write it with its currency: \"81000000 EUR\"");
                return None;
            }
        };
        if Currency::from_code(&currency).is_some() {
            return Some(Money { amount, currency });
        }
        let message = format!("\"{currency}\" is not the code of a currency");
        report(source, value, message, "write three capital letters, such as EUR, USD or GBP");
        None
    }

    fn json_schema(&self, _text: &serde_json::Value, _lang: Lang) -> serde_json::Value {
        let sum = json!({ "type": "string", "pattern": "^-?[0-9][0-9_]*(\\.[0-9]+)? +[A-Z]{3}$" });
        let table = json!({
            "type": "object",
            "properties": { "amount": { "type": "number" }, "currency": { "type": "string", "pattern": "^[A-Z]{3}$" } },
            "required": ["amount", "currency"],
            "additionalProperties": false,
        });
        json!({ "anyOf": [sum, table] })
    }

    fn is_same<B: HasMarkdown>(a: &Money, b: &Money) -> bool {
        a == b
    }

    fn rank<B>(money: &Money, _lang: Lang) -> Rank<'_> {
        Rank::Money(&money.currency, money.amount.value())
    }

    fn brief<B>(&self, money: &Money, _label: &LocalText, format: &dyn Format<B>) -> Option<String> {
        Some(format.measure(money.amount, &money.currency))
    }

    fn item<B>(&self, money: &Money, format: &mut dyn Format<B>) -> Item {
        let raw =
            Raw::Table(vec![("amount".into(), money.amount.into()), ("currency".into(), (*money.currency).into())]);
        Item::new(format.measure(money.amount, &money.currency), format.lang(), raw)
    }

    fn json<B: HasMarkdown, S: Serializer>(
        &self,
        money: &Money,
        _config: &Config,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("amount", &money.amount)?;
        map.serialize_entry("currency", &money.currency)?;
        map.end()
    }

    fn cell<B: HasMarkdown>(&self, money: &Money, _config: &Config, _lang: Lang) -> String {
        format!("{} {}", money.amount, money.currency)
    }

    fn sheet<B: HasMarkdown>(&self, money: &Money, _config: &Config, _lang: Lang) -> SheetCell {
        SheetCell::Money(money.amount.value(), money.currency.clone())
    }

    fn entered<B>(&self, cell: &SheetCell, like: Option<&Money>) -> Option<String> {
        let (amount, currency) = match cell {
            SheetCell::Money(amount, currency) => (*amount, currency.to_string()),
            // The format of the cell shows the currency, and is not read.
            SheetCell::Number(amount) => (*amount, like?.currency.to_string()),
            SheetCell::Text(text) => typed(text)?,
            _ => return None,
        };
        Some(sheet::toml_text(&format!("{amount} {currency}")))
    }

    fn schema_org<B>(&self, money: &Money, _lang: Lang) -> Option<serde_json::Value> {
        Some(json!({ "@type": "MonetaryAmount", "value": money.amount, "currency": money.currency }))
    }
}

/// Splits `81000000 EUR`. `_` may separate digits, as in TOML.
fn parse(text: &str) -> Option<(Amount, &str)> {
    let (digits, currency) = text.trim().rsplit_once(' ')?;
    let digits = digits.trim().replace('_', "");
    let is_plain = digits.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'));
    let integer = digits.parse().map(Amount::Integer);
    let amount = integer.or_else(|_| digits.parse().map(Amount::Float)).ok()?;
    is_plain.then_some((amount, currency))
}

/// `81 000 000 EUR`, `EUR 81.000.000` or `€ 81,5`, as people type it.
fn typed(text: &str) -> Option<(f64, String)> {
    const SIGNS: [(&str, &str); 3] = [("€", "EUR"), ("£", "GBP"), ("$", "USD")];
    let mut text = text.trim().to_owned();
    for (sign, code) in SIGNS {
        text = text.replace(sign, code);
    }
    let is_code = |part: &str| part.len() == 3 && part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let (before, after) =
        (text.get(..3).unwrap_or_default(), text.get(text.len().saturating_sub(3)..).unwrap_or_default());
    let (code, digits) = if is_code(after) { (after, &text[..text.len() - 3]) } else { (before, text.get(3..)?) };
    Some((sheet::number(digits)?, code.to_uppercase())).filter(|(_, code)| is_code(code))
}

fn report<H>(source: &mut Source<'_, '_, H>, value: &Value, message: String, hint: &str) {
    source.reader.report(source.reader.problem(Code::BadMoney, value.span, message).hint(hint));
}
