//! TOML tables in which every key and value has its span.
//!
//! In: TOML text. Out: a [`Table`] in the order of the text, and the syntax errors. Reading never fails: the table
//! holds whatever could be read. This module does not know what the keys mean.

mod data;
mod cursor;
mod brackets;
mod values;
mod mistakes;
mod read;
mod keys;

pub use cursor::Cursor;
pub use data::{Data, Entry, Table, Value, texts};
pub use keys::{WrittenKey, keys};
pub use mistakes::SyntaxError;
pub use read::parse;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_count_from_the_start_of_the_file() {
        let file = "+++\ntitle = \"É\"\nn = [1, 2.5]\n+++\n";
        let (table, errors) = parse(&file[4..file.len() - 4], 4);
        assert!(errors.is_empty());
        assert_eq!(&file[table.entry("title").unwrap().key_span.range()], "title");
        assert_eq!(&file[table.get("title").unwrap().span.range()], "\"É\"");
        assert_eq!(&file[table.get("n").unwrap().span.range()], "[1, 2.5]");
    }

    #[test]
    fn a_cursor_leads_to_the_key_or_value_at_an_offset() {
        let text = "title = \"É\"\n[fields.role]\nlinks = [\"a\", { to = \"b\" }]\n";
        let (table, _) = parse(text, 0);
        let steps = |needle: &str| {
            let mut cursor = table.cursor(text.find(needle).unwrap()).unwrap();
            let mut steps = Vec::new();
            while !cursor.is_at_end() {
                steps.push(match cursor.next_key() {
                    Some(entry) => entry.key.to_string(),
                    None => cursor.next_item().unwrap().to_string(),
                });
            }
            (steps.join("."), cursor.on_key(), &text[cursor.span().range()])
        };
        assert_eq!(steps("title"), (String::from("title"), true, "title"));
        assert_eq!(steps("\"É"), (String::from("title"), false, "\"É\""));
        assert_eq!(steps("role"), (String::from("fields.role"), true, "role"));
        assert_eq!(steps("\"a\""), (String::from("fields.role.links.0"), false, "\"a\""));
        assert_eq!(steps("to"), (String::from("fields.role.links.1.to"), true, "to"));
        assert_eq!(steps("\"b\""), (String::from("fields.role.links.1.to"), false, "\"b\""));
        assert_eq!(steps(", {"), (String::from("fields.role.links.0"), false, "\"a\""), "directly after it");
        assert!(table.cursor(text.len()).is_none());
    }

    #[test]
    fn tables_that_are_too_deep_are_errors_with_a_place() {
        let deep = [
            "a = 1\nb = ".to_owned() + &"[".repeat(1000) + &"]".repeat(1000),
            "a = 1\nb = ".to_owned() + &"{ c = ".repeat(1000) + "1" + &" }".repeat(1000),
            "a = 1\n".to_owned() + &"b.".repeat(1000) + "b = 1",
            "a = 1\n[".to_owned() + &"b.".repeat(1000) + "b]",
        ];
        for text in deep {
            let (table, errors) = parse(&text, 0);
            assert!(table.get("a").is_some());
            let too_deep = errors.iter().find(|error| error.message.contains("too deep")).unwrap();
            assert!(too_deep.span.start >= 6, "{errors:?}");
        }
    }

    #[test]
    fn every_syntax_error_is_reported() {
        let (table, errors) = parse("a = \nb = 2\nc = = 3\nd = 4\n", 0);
        assert!(errors.len() >= 2, "{errors:?}");
        assert!(table.get("d").is_some());
    }
}
