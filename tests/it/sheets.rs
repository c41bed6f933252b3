//! Spreadsheets, out and in.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use filiere::compile::{Checked, Compiler, Request};
use filiere::edit::{self, FileChange};
use filiere::locale::Lang;
use filiere::model::Today;
use filiere::sheets::{self, Decisions, Export, Import, Map};
use filiere::source::Memory;
use filiere::stop::Stop;
use proptest::prelude::*;
use rust_xlsxwriter::Workbook;
use std::sync::Arc;

use crate::harness::Site;

type Sources = BTreeMap<String, String>;

const SITE: &str =
    "title = \"T\"\nbase_url = \"https://example.org\"\nlanguages = [\"fr\", \"en\"]\ntheme = \"plain\"\n";

/// A field of every kind that a sheet has, alone and in a list, and relations with attributes.
const TYPE: &str = r#"name = { fr = "Chose", en = "Thing" }
plural = { fr = "Choses", en = "Things" }
[fields]
text = { kind = "text", label = { fr = "Texte", en = "Text" } }
prose = { kind = "markdown" }
whole = { kind = "integer" }
number = { kind = "number", unit = "km" }
money = { kind = "money" }
share = { kind = "percentage" }
span = { kind = "range" }
yes = { kind = "boolean" }
year = { kind = "year" }
date = { kind = "date" }
time = { kind = "period" }
web = { kind = "url" }
mail = { kind = "email" }
code = { kind = "identifier", url_template = "https://example.org/{}" }
place = { kind = "point" }
size = { kind = "choice", choices = { small = { fr = "Petit", en = "Small" }, large = { fr = "Grand; large", en = "Large" } }, attributes = { as_of = { kind = "date" } } }
texts = { kind = "text", many = true }
numbers = { kind = "number", many = true }
sums = { kind = "money", many = true }
places = { kind = "point", many = true }
sizes = { kind = "choice", many = true, choices = { small = { fr = "Petit", en = "Small" }, large = { fr = "Grand; large", en = "Large" } } }
rounds = { kind = "record", many = true, fields = { day = { kind = "date" }, sum = { kind = "money" }, what = { kind = "text" } } }
parent = { to = "things", one = true, to_itself = true, attributes = { since = { kind = "year" } } }
friends = { to = ["things", "people"], to_itself = true, attributes = { role = { kind = "choice", choices = { a = "A", b = "B" } }, sum = { kind = "money" }, note = { kind = "text" } } }
"#;

fn checked(files: &Sources) -> (Compiler, Checked) {
    let memory: Memory = files.iter().map(|(path, text)| (path.as_str(), text.as_bytes().to_vec())).collect();
    let today = Today::new(jiff::civil::date(2026, 1, 15)).unwrap();
    let request = Request { base_url: None, drafts: true, search: false, today };
    let mut compiler = Compiler::new(Arc::new(memory), request);
    let checked = compiler.check(&Stop::new()).unwrap();
    (compiler, checked)
}

fn errors(checked: &Checked) -> Vec<String> {
    let errors = checked.diagnostics.iter().filter(|it| it.severity() == filiere::diagnostics::Severity::Error);
    errors.map(|it| format!("{}: {}", it.place.path, it.message)).collect()
}

/// The files after importing others. No cell may be refused.
fn imported(files: &Sources, sheets: Vec<(String, Vec<u8>)>) -> Sources {
    let (_, before) = checked(files);
    let import = Import {
        files: sheets,
        owner: None,
        map: Map::default(),
        decisions: Decisions::default(),
        clear: true,
        source: None,
    };
    let imported = sheets::import(&before, &import).unwrap();
    let messages: Vec<&str> = imported.diagnostics.iter().map(|it| &*it.message).collect();
    assert!(messages.is_empty(), "{messages:#?}");
    let mut after = files.clone();
    for (path, file) in &imported.change.files {
        let text = after.get(&**path).cloned().unwrap_or_default();
        match file {
            FileChange::Create(text) => drop(after.insert(path.to_string(), text.clone())),
            FileChange::Edit(edits) => drop(after.insert(path.to_string(), edit::edited(&text, edits))),
            FileChange::Move { .. } | FileChange::Delete => panic!("an import neither moves nor deletes"),
        }
    }
    after
}

fn export(files: &Sources, lang: Lang) -> Vec<(String, Vec<u8>)> {
    let (_, checked) = checked(files);
    assert_eq!(errors(&checked), [""; 0]);
    let export = Export { types: Vec::new(), lang, empty: false };
    sheets::csv(&checked.ecosystem, &export).unwrap()
}

fn workbook(files: &Sources, lang: Lang) -> Vec<(String, Vec<u8>)> {
    let (_, checked) = checked(files);
    let export = Export { types: Vec::new(), lang, empty: false };
    vec![("eco.xlsx".into(), sheets::workbook(&checked.ecosystem, &export, "eco.xlsx").unwrap())]
}

/// The facts of a thing; each may be missing, and lists have one to three items.
fn facts(number: usize) -> impl Strategy<Value = String> {
    let word = || "[a-zA-Zé=+@'|; \"-]{0,6}[a-z0-9]";
    let quoted = |text: String| format!("\"{}\"", text.replace('"', "\\\""));
    let words = move || word().prop_map(quoted);
    let date = || {
        prop_oneof![
            (1800..2100, 1..13, 1..29).prop_map(|(y, m, d)| format!("{y}-{m:02}-{d:02}")),
            (1900..2100, 1..13).prop_map(|(y, m)| format!("\"{y}-{m:02}\"")),
            (1900..2100).prop_map(|y| format!("\"{y}\""))
        ]
    };
    let float = || (-1_000_000..1_000_000_i64).prop_map(|n| format!("{}", n as f64 / 1000.0));
    let sum = || {
        (0..9_000_000_i64, prop::sample::select(vec!["EUR", "USD"]))
            .prop_map(|(n, currency)| format!("\"{} {currency}\"", n as f64 / 100.0))
    };
    let point =
        || (-900..900, -1800..1800).prop_map(|(a, b)| format!("[{}, {}]", f64::from(a) / 10.0, f64::from(b) / 10.0));
    let size = || prop::sample::select(vec!["\"small\"", "\"large\""]).prop_map(str::to_owned);
    let list =
        |one: BoxedStrategy<String>| prop::collection::vec(one, 1..4).prop_map(|all| format!("[{}]", all.join(", ")));
    let thing = (0..5_usize).prop_map(|n| format!("\"t{n}\""));
    let friend = prop_oneof![
        (0..5_usize).prop_map(|n| format!("\"things/t{n}\"")),
        (0..5_usize, 0..2_usize, sum()).prop_map(|(n, role, sum)| {
            format!("{{ to = \"things/t{n}\", role = \"{}\", sum = {sum} }}", ["a", "b"][role])
        }),
        words().prop_map(|note| format!("{{ to = \"ann\", note = {note} }}")),
    ];
    let fields: Vec<(&'static str, BoxedStrategy<String>)> = vec![
        ("summary", words().boxed()),
        // A semicolon in a cell of one line separates values.
        ("aliases", list("[a-zé=+@' -]{0,6}[a-z]".prop_map(quoted).boxed()).boxed()),
        (
            "text",
            prop_oneof![words(), (words(), words()).prop_map(|(a, b)| format!("{{ fr = {a}, en = {b} }}"))].boxed(),
        ),
        (
            "prose",
            words()
                .prop_map(|a| format!("\"\"\"\n{}\n\n- b\"\"\"", a.trim_matches('"').replace(['"', '\\'], "")))
                .boxed(),
        ),
        ("whole", any::<i32>().prop_map(|n| n.to_string()).boxed()),
        ("number", float().boxed()),
        ("money", sum().boxed()),
        ("share", (0..1000).prop_map(|n| format!("{}", f64::from(n) / 10.0)).boxed()),
        (
            "span",
            prop_oneof![Just("[1, 2.5]"), Just("{ from = 470 }"), Just("{ to = 1 }")].prop_map(str::to_owned).boxed(),
        ),
        ("yes", any::<bool>().prop_map(|b| b.to_string()).boxed()),
        ("year", (1..9999).prop_map(|y: i32| y.to_string()).boxed()),
        ("date", date().boxed()),
        (
            "time",
            prop_oneof![
                Just("{ from = 2021, to = \"2027-06\" }"),
                Just("{ to = 2020 }"),
                Just("{ from = \"2020-01-02\" }")
            ]
            .prop_map(str::to_owned)
            .boxed(),
        ),
        ("web", Just(String::from("\"https://example.org/a?b=c;d\"")).boxed()),
        ("mail", Just(String::from("\"a@example.org\"")).boxed()),
        ("code", Just(String::from("\"0001\"")).boxed()),
        ("place", point().boxed()),
        (
            "size",
            prop_oneof![
                size(),
                (size(), date()).prop_map(|(size, date)| format!("{{ value = {size}, as_of = {date} }}"))
            ]
            .boxed(),
        ),
        ("texts", list("[a-zé=+@-]{1,6}".prop_map(quoted).boxed()).boxed()),
        ("numbers", list(float().boxed()).boxed()),
        ("sums", list(sum().boxed()).boxed()),
        ("places", list(point().boxed()).boxed()),
        ("sizes", list(size().boxed()).boxed()),
        (
            "rounds",
            list(
                (date(), sum(), words())
                    .prop_map(|(day, sum, what)| format!("{{ day = {day}, sum = {sum}, what = {what} }}"))
                    .boxed(),
            )
            .boxed(),
        ),
        ("parent", prop_oneof![thing, (0..5_usize).prop_map(|n| format!("{{ to = \"t{n}\", since = 2001 }}"))].boxed()),
        ("friends", list(friend.boxed()).boxed()),
        ("updated", date().boxed()),
    ];
    let optional = |(key, value): (&'static str, BoxedStrategy<String>)| {
        prop::option::weighted(0.4, value)
            .prop_map(move |value| value.map(|value| format!("{key} = {value}\n")).unwrap_or_default())
    };
    let all: Vec<_> = fields.into_iter().map(optional).map(Strategy::boxed).collect();
    (words(), all).prop_map(move |(title, facts)| {
        format!("title = \"T{number} {}\" # its name\n{}", title.trim_matches('"').replace("\\\"", ""), facts.concat())
    })
}

fn ecosystems() -> impl Strategy<Value = Sources> {
    let things: Vec<_> = (0..5).map(|number| (facts(number), any::<bool>(), any::<bool>())).collect();
    things.prop_map(|things| {
        let mut files: Sources = BTreeMap::from([
            ("site.toml".into(), SITE.into()),
            ("content/things/_type.toml".into(), TYPE.into()),
            ("content/people/_type.toml".into(), "name = \"Person\"\nplural = \"People\"\npages = false\n".into()),
            ("content/people/ann.toml".into(), "title = \"Ann\"\n".into()),
        ]);
        let mut list = String::new();
        for (number, (facts, in_list, is_translated)) in things.into_iter().enumerate() {
            if in_list {
                list += &format!("[t{number}]\n{facts}\n");
                continue;
            }
            files.insert(format!("content/things/t{number}.md"), format!("+++\n{facts}+++\nProse.\n"));
            if is_translated {
                files.insert(
                    format!("content/things/t{number}.en.md"),
                    "+++\ntitle = \"In English\"\n+++\nProse.\n".into(),
                );
            }
        }
        if !list.is_empty() {
            files.insert("content/things/_list.toml".into(), list);
        }
        files
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    /// What comes back as it went out changes no byte.
    #[test]
    fn importing_an_export_changes_nothing(files in ecosystems(), lang in 0..2_usize) {
        let lang = checked(&files).1.ecosystem.config.languages.all().nth(lang).unwrap();
        prop_assert_eq!(imported(&files, workbook(&files, lang)), files.clone());
        prop_assert_eq!(imported(&files, export(&files, lang)), files);
    }

    /// A row of one site, brought to another, makes it the same there: all of the cell, and nothing else.
    #[test]
    fn a_changed_cell_becomes_that_change_and_no_other((files, other) in (ecosystems(), ecosystems()), row in 0..5_usize, column in 0..40_usize) {
        let read = |files: &Sources| -> Vec<Vec<String>> {
            let tables = export(files, Lang::DEFAULT);
            let bytes = &tables.iter().find(|(name, _)| name == "things.csv").unwrap().1;
            let mut reader = csv::ReaderBuilder::new().delimiter(b';').has_headers(false).from_reader(&bytes[3..]);
            reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
        };
        let (mut own, others) = (read(&files), read(&other));
        // The id and the titles stay.
        let column = 3 + column % (own[0].len() - 3);
        let id = &own[row + 1][0].clone();
        let from = others.iter().find(|row| row[0] == *id).unwrap();
        own[row + 1][column] = from[column].clone();
        // Titles differ between the two sites, so targets are named by their ids.
        let header = own[0][column].clone();
        prop_assume!(!["parent", "friends"].contains(&&*header));
        let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer(Vec::new());
        own.iter().for_each(|row| writer.write_record(row).unwrap());
        let after = imported(&files, vec![("things.csv".into(), writer.into_inner().unwrap())]);
        let errors = errors(&checked(&after).1);
        // The check refuses a text that is in another language alone.
        let is_refused = |error: &String| error.contains("missing in the default language") || error.contains("another number of values");
        prop_assume!(!errors.iter().any(is_refused));
        prop_assert_eq!(errors, Vec::<String>::new());
        // Spaces at the ends of lines are not kept, and decide whether a text could be taken for a formula.
        let plain = |rows: Vec<Vec<String>>| -> Vec<Vec<String>> {
            let plain = |cell: &String| cell.lines().map(|line| line.trim_start_matches(['\'', ' ']).trim_end()).collect::<Vec<_>>().join("\n");
            rows.iter().map(|row| row.iter().map(plain).collect()).collect()
        };
        prop_assert_eq!(plain(read(&after)), plain(own));
    }
}

fn book(rows: &[&[&str]]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("Actors").unwrap();
    for (row, cells) in rows.iter().enumerate() {
        for (column, text) in cells.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            sheet.write_string(row as u32, column as u16, *text).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

fn site() -> Site {
    Site::new()
        .config("[warnings]\nmissing-translation = \"allow\"\nno-relations = \"allow\"\nno-source = \"allow\"")
        .file("content/actors/gamma-bio.toml", "title = \"Gamma Biosciences\"\nfounded = 2001\n")
}

fn run(site: &Site, arguments: &[&str]) -> String {
    let output = site.run(arguments);
    format!("exit {}\n{}{}", output.status, output.stdout, output.stderr)
}

fn put(site: &Site, name: &str, bytes: &[u8]) {
    fs::write(site.path(name), bytes).unwrap();
}

#[test]
fn a_table_of_another_program_is_told_as_changes() {
    let site = site();
    let rows: &[&[&str]] = &[
        &["", "Members 2026"],
        &[],
        &["Company", "Founded", "Founding year", "Website", "Status"],
        &["GAMMA BIOSCIENCES S.A.", "2 003", "x", "y", "Active"],
        &["Delta Génétique SRL", "2019", "", "", "active"],
    ];
    put(&site, "members.xlsx", &book(rows));
    snapshot!(run(&site, &["import", "members.xlsx", "--dry-run"]));
}

#[test]
fn cells_that_say_nothing_are_all_named() {
    let site = site();
    let rows: &[&[&str]] = &[
        &["id", "title", "founded", "status", "peers"],
        &["gamma-bio", "Gamma Biosciences", "soon", "aktive", "Gamma Bio; Nobody"],
        &["gamma-bia", "", "", "", ""],
        &["", "", "2001", "", ""],
        &["Ünïcode", "Title", "", "", ""],
        &["", "Gamma Bioscience", "", "", ""],
    ];
    put(&site, "actors.xlsx", &book(rows));
    snapshot!(run(&site, &["import", "actors.xlsx"]));
}

#[test]
fn what_is_unclear_is_decided_in_a_workbook() {
    let site = site();
    let rows: &[&[&str]] = &[&["title", "peers"], &["Gamma Bioscience", "Omega"], &["Zeta", "Gamma Biosciences"]];
    put(&site, "actors.xlsx", &book(rows));
    let first = run(&site, &["import", "actors.xlsx", "--review", "review.xlsx", "--dry-run"]);
    assert!(first.contains("wrote review.xlsx with 1 case to decide"), "{first}");
    let decide = |name: &str, decision: &str| {
        vec!["actors".to_owned(), name.into(), String::new(), String::new(), decision.into()]
    };
    let rows = [decide("Gamma Bioscience", "gamma-bio"), decide("Omega", "new")];
    let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    put(&site, "review.xlsx", &book(&rows));
    snapshot!(run(&site, &["import", "actors.xlsx", "--review", "review.xlsx", "--dry-run"]));
}

#[test]
fn both_sides_of_a_conflict_stay() {
    let site = site();
    assert_eq!(site.run(&["export", "eco.xlsx"]).status, 0);
    let folder = site.path("");
    let text = fs::read_to_string(folder.join("content/actors/gamma-bio.toml")).unwrap();
    // The workbook says 2001; the site has another year by now.
    fs::write(folder.join("content/actors/gamma-bio.toml"), text.replace("2001", "1999")).unwrap();
    assert!(run(&site, &["import", "eco.xlsx"]).contains("nothing to change"));
    change_a_cell(&folder, "2001", "2010");
    snapshot!(run(&site, &["import", "eco.xlsx"]));
}

/// Replaces a number in the exported workbook, as a person would.
fn change_a_cell(folder: &Path, old: &str, new: &str) {
    use std::io::{Read as _, Write as _};
    let path = folder.join("eco.xlsx");
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(fs::read(&path).unwrap())).unwrap();
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        if name.starts_with("xl/worksheets/") {
            let text = String::from_utf8(bytes).unwrap();
            bytes = text.replace(&format!("<v>{old}</v>"), &format!("<v>{new}</v>")).into_bytes();
        }
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(&bytes).unwrap();
    }
    fs::write(path, writer.finish().unwrap().into_inner()).unwrap();
}

#[test]
fn a_map_is_written_then_read() {
    let site = site();
    put(&site, "t.csv", "Nom;Naissance;Remarque\nGamma Biosciences;1990;x\n".as_bytes());
    run(&site, &["import", "t.csv", "--type", "actors", "--map", "map.toml", "--dry-run"]);
    let map = fs::read_to_string(site.path("map.toml")).unwrap();
    snapshot!(map);
    fs::write(site.path("map.toml"), map.replace("\"Naissance\" = false", "\"Naissance\" = \"founded\"")).unwrap();
    let output = site.run(&["import", "t.csv", "--type", "actors", "--map", "map.toml", "--dry-run"]);
    assert!(output.stdout.contains("+founded = 1990"), "{}{}", output.stdout, output.stderr);
}

#[test]
fn an_empty_cell_changes_nothing_unless_it_is_meant_to() {
    let site = site();
    put(&site, "actors.csv", b"id;title;founded\ngamma-bio;Gamma Biosciences;\n");
    assert!(run(&site, &["import", "actors.csv"]).contains("nothing to change"));
    let output = site.run(&["import", "actors.csv", "--clear"]);
    assert_eq!(output.status, 0, "{}", output.stderr);
    assert_eq!(
        fs::read_to_string(site.path("content/actors/gamma-bio.toml")).unwrap(),
        "title = \"Gamma Biosciences\"\n"
    );
}

#[test]
fn a_source_is_added_to_what_is_imported() {
    let site = site();
    put(&site, "actors.csv", b"id;title;founded\ngamma-bio;Gamma Biosciences;1990\n;Zeta;2000\n");
    let output = site.run(&["import", "actors.csv", "--source", "gamma", "--at", "p. 3"]);
    assert_eq!(output.status, 0, "{}", output.stderr);
    let both =
        ["gamma-bio.toml", "zeta.md"].map(|name| fs::read_to_string(site.path("content/actors").join(name)).unwrap());
    snapshot!(both.join("---\n"));
}

/// Files that are no sheets, or bad ones, are refused with a reason.
#[test]
fn files_of_any_bytes_are_refused_with_a_reason() {
    let site = site();
    let workbook = book(&[&["id", "title"], &["a", "b"]]);
    let cut = &workbook[..workbook.len() / 2];
    let mut flipped = workbook.clone();
    for at in (40..flipped.len()).step_by(97) {
        flipped[at] ^= 0x55;
    }
    let bomb = bomb();
    let files: [(&str, &[u8]); 8] = [
        ("empty.xlsx", b""),
        ("zip.xlsx", b"PK\x03\x04 and nothing else"),
        ("cut.xlsx", cut),
        ("flipped.xlsx", &flipped),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and nothing else"),
        ("binary.csv", b"a\0b\0\xff"),
        ("lines.jsonl", b"{\"title\": 1}\nno json\n"),
        ("bomb.xlsx", &bomb),
    ];
    for (name, bytes) in files {
        put(&site, name, bytes);
        let output = site.run(&["import", name, "--type", "actors"]);
        assert!(output.status == 1 || output.status == 2, "{name}: {} {}", output.status, output.stderr);
        assert!(output.stderr.contains(name), "{name}: {}", output.stderr);
    }
    let output = site.run(&["import", "content", "--type", "actors"]);
    assert_eq!(output.status, 2);
}

/// A workbook of some kilobytes that would fill the memory.
fn bomb() -> Vec<u8> {
    use std::io::Write as _;
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    writer.start_file("xl/sharedStrings.xml", zip::write::SimpleFileOptions::default()).unwrap();
    let zeros = vec![b' '; 1 << 20];
    for _ in 0..600 {
        writer.write_all(&zeros).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn a_cell_in_the_last_corner_takes_no_memory() {
    let site = site();
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name("actors").unwrap();
    sheet.write_string(0, 0, "id").unwrap().write_string(0, 1, "founded").unwrap();
    sheet.write_string(1_048_575, 0, "gamma-bio").unwrap().write_number(1_048_575, 1, 1990.0).unwrap();
    sheet.write_string(1_048_575, 16_383, "far").unwrap();
    put(&site, "far.xlsx", &workbook.save_to_buffer().unwrap());
    let output = site.run(&["import", "far.xlsx", "--dry-run"]);
    assert!(output.stdout.contains("+founded = 1990"), "{}{}", output.stdout, output.stderr);
}

#[test]
fn an_old_encoding_and_formulas_are_read() {
    let site = site();
    put(&site, "actors.csv", b"Titre;founded\nSoci\xe9t\xe9 \x80;1990\n");
    let output = site.run(&["import", "actors.csv", "--dry-run"]);
    assert!(output.stdout.contains("title = \"Société €\""), "{}{}", output.stdout, output.stderr);
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name("actors").unwrap();
    for (column, label) in ["id", "founded"].into_iter().enumerate() {
        sheet.write_string(0, column as u16, label).unwrap();
    }
    sheet.write_string(1, 0, "gamma-bio").unwrap();
    sheet.write_formula(1, 1, rust_xlsxwriter::Formula::new("=1980+10").set_result("1990")).unwrap();
    put(&site, "formula.xlsx", &workbook.save_to_buffer().unwrap());
    let output = site.run(&["import", "formula.xlsx", "--dry-run"]);
    assert!(output.stdout.contains("+founded = 1990"), "{}{}", output.stdout, output.stderr);
}

#[test]
fn an_export_does_not_replace_a_workbook_by_accident() {
    let site = site();
    assert_eq!(site.run(&["export", "eco.xlsx", "--type", "actors", "--lang", "en"]).status, 0);
    snapshot!(run(&site, &["export", "eco.xlsx"]));
    assert_eq!(site.run(&["export", "eco.xlsx", "--force", "--empty"]).status, 0);
    snapshot!(run(&site, &["export", "eco2.xlsx", "--type", "actor"]));
    assert_eq!(site.run(&["export", "sheets", "--format", "csv"]).status, 0);
    snapshot!(fs::read_to_string(site.path("sheets/actors.csv")).unwrap());
}

#[test]
fn types_are_proposed_for_sheets_that_are_of_none() {
    let site = site();
    let mut workbook = Workbook::new();
    let tables: [(&str, &[&[&str]]); 2] = [
        (
            "Companies",
            &[
                &["Name", "Title (en)", "Founded in", "Site", "Town", "Size", "Where", "Partner", "Notes"],
                &["Aleph", "Aleph", "2001", "https://example.org", "Liège", "Small", "50.6, 5.5", "Alpha", "a"],
                &["Beth", "", "1999", "", "Liège; Namur", "small", "50.4, 4.8", "", "b"],
                &["Gimel", "", "2015", "", "Namur", "Large", "", "Alpha", "c"],
                &["Daleth", "", "2016", "", "", "Large", "", "", ""],
                &["He", "", "2017", "", "", "Small", "", "", ""],
                &["Waw", "", "2018", "", "", "Large", "", "", ""],
            ],
        ),
        ("Towns", &[&["Nom", "Population"], &["Liège", "195000"], &["Namur", "113000"]]),
    ];
    for (name, rows) in tables {
        let sheet = workbook.add_worksheet();
        sheet.set_name(name).unwrap();
        for (row, cells) in rows.iter().enumerate() {
            for (column, text) in cells.iter().enumerate() {
                sheet.write_string(row as u32, column as u16, *text).unwrap();
            }
        }
    }
    put(&site, "new.xlsx", &workbook.save_to_buffer().unwrap());
    snapshot!(run(&site, &["import", "new.xlsx", "--infer", "--dry-run"]));
    assert_eq!(site.run(&["import", "new.xlsx", "--infer"]).status, 0);
    let output = site.run(&["import", "new.xlsx"]);
    assert_eq!(output.status, 0, "{}", output.stderr);
    assert_eq!(site.run(&["check"]).status, 0);
    snapshot!(fs::read_to_string(site.path("content/companies/beth.md")).unwrap());
}

#[test]
fn a_type_that_is_proposed_has_the_id_that_is_asked_for() {
    let site = site();
    put(&site, "export.csv", b"Nom;Ville\nAleph;Mons\nBeth;Namur\n");
    let infer = |id: &str| site.run(&["import", "export.csv", "--type", id, "--infer"]);
    for id in ["actors", "No id"] {
        assert_eq!(infer(id).stderr, format!("error: a new type can't have the id \"{id}\"\n"));
    }
    assert_eq!(infer("members").stdout, "created 1 file\n  content/members/_type.toml\n");
    assert_eq!(site.run(&["import", "export.csv", "--type", "members"]).status, 0);
    assert!(site.path("content/members/aleph.md").exists() || site.path("content/members/aleph.toml").exists());
    // A second run has nothing to do, and says so.
    let again = site.run(&["import", "export.csv", "--type", "members", "--dry-run"]);
    assert_eq!((again.stdout.as_str(), again.stderr.as_str()), ("", "nothing to change\n"));
}

#[test]
fn sheets_that_are_of_nothing_are_named() {
    let site = site();
    let mut workbook = Workbook::new();
    for (name, labels) in [("Budget", ["Poste", "Montant"]), ("Projects", ["x", "y"])] {
        let sheet = workbook.add_worksheet();
        sheet.set_name(name).unwrap();
        for (column, label) in labels.into_iter().enumerate() {
            sheet.write_string(0, column as u16, label).unwrap();
        }
    }
    put(&site, "book.xlsx", &workbook.save_to_buffer().unwrap());
    put(&site, "notes.jsonl", b"no json\n");
    snapshot!(run(&site, &["import", "book.xlsx", "notes.jsonl"]));
}

/// Imports a workbook with one sheet, and expects success.
fn imports(site: &Site, name: &str, workbook: &mut Workbook) -> String {
    put(site, name, &workbook.save_to_buffer().unwrap());
    let output = site.run(&["import", name, "--dry-run"]);
    assert_eq!(output.status, 0, "{output}");
    output.stdout
}

/// Spreadsheet programs keep 25% as 0.25 with a format; who types "25%" into a cell means 25 hundredths.
#[test]
fn a_cell_in_percent_is_what_it_shows() {
    let site = site().fields("share = { kind = \"percentage\" }\nrate = { kind = \"number\" }");
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name("actors").unwrap();
    let percent = rust_xlsxwriter::Format::new().set_num_format("0.0%");
    let quoted = rust_xlsxwriter::Format::new().set_num_format("0.0\"%\"");
    for (column, label) in ["title", "share", "rate", "licence"].into_iter().enumerate() {
        sheet.write_string(0, column as u16, label).unwrap();
    }
    let rows = [("One", 0.07, &percent), ("Two", 0.5, &quoted), ("Three", 12.5, &quoted), ("Four", 1.5, &percent)];
    for (row, (title, number, format)) in rows.into_iter().enumerate() {
        let row = row as u32 + 1;
        sheet.write_string(row, 0, title).unwrap();
        sheet.write_number_with_format(row, 1, number, format).unwrap();
        sheet.write_number_with_format(row, 2, number, format).unwrap();
    }
    let diff = imports(&site, "shares.xlsx", &mut workbook);
    let expected = [
        ("one", ["+share = 7", "+rate = 0.07"]),
        ("two", ["+share = 0.5", "+rate = 0.5"]),
        ("three", ["+share = 12.5", "+rate = 12.5"]),
        ("four", ["+share = 150", "+rate = 1.5"]),
    ];
    for (id, lines) in expected {
        let file = diff.split("diff --git ").find(|part| part.starts_with(&format!("a/content/actors/{id}."))).unwrap();
        assert!(lines.iter().all(|line| file.lines().any(|other| other == *line)), "{id}: {file}");
    }
}

#[test]
fn a_head_with_merged_cells_is_read() {
    let site = site();
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name("actors").unwrap();
    let plain = rust_xlsxwriter::Format::new();
    sheet.merge_range(0, 0, 0, 3, "Our members", &plain).unwrap();
    sheet.merge_range(1, 0, 1, 1, "Who", &plain).unwrap();
    sheet.merge_range(1, 2, 1, 3, "What", &plain).unwrap();
    // A label over two rows of the head.
    sheet.merge_range(2, 0, 3, 0, "title", &plain).unwrap();
    for (column, label) in ["founded", "website", "status"].into_iter().enumerate() {
        sheet.write_string(2, column as u16 + 1, label).unwrap();
    }
    sheet.write_string(4, 0, "New one").unwrap().write_number(4, 1, 1999.0).unwrap();
    let diff = imports(&site, "merged.xlsx", &mut workbook);
    assert!(diff.contains("+title = \"New one\"") && diff.contains("+founded = 1999"), "{diff}");
    assert_eq!(diff.matches("diff --git").count(), 1, "{diff}");
}

/// Thousands of names that nobody has are told, and near ones are looked for only for the first of them.
#[test]
fn thousands_of_rows_are_read() {
    let site = site();
    let profiles: String = (0..2000).map(|row| format!("[company-{row}]\ntitle = \"Company {row}\"\n\n")).collect();
    let site = site.file("content/actors/_list.toml", profiles);
    let mut table = String::from("id;founded;peers\n");
    for row in 0..20_000 {
        // A tenth of the rows are of profiles; the others have an id that nobody has.
        table.push_str(&format!("company-{row};1999;Compani {row}\n"));
    }
    put(&site, "actors.csv", table.as_bytes());
    let output = site.run(&["import", "actors.csv", "--dry-run", "--format", "json"]);
    assert_eq!(output.status, 1, "{}", output.stderr);
    let told: serde_json::Value = serde_json::from_str(&output.stdout).unwrap();
    let count = |text: &str| {
        let all = told["diagnostics"].as_array().unwrap().iter();
        all.filter(|it| it["message"].as_str().unwrap().contains(text) || it["hints"].to_string().contains(text))
            .count()
    };
    assert_eq!((count("is nobody's name"), count("no profile has the id")), (2000, 18_000));
    assert!((1..=100).contains(&(count("is it ") + count("did you mean"))));
}

#[test]
fn a_million_empty_rows_are_passed_over() {
    let site = site();
    let small = book(&[&["title", "founded"], &["New one", "1999"]]);
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(small)).unwrap();
    let mut large = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        use std::io::{Read as _, Write as _};
        let mut file = archive.by_index(at).unwrap();
        let name = file.name().unwrap().to_string();
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        if name.ends_with("sheet1.xml") {
            let rows: String = (3..=1_000_002).map(|row| format!("<row r=\"{row}\" ht=\"15\"/>")).collect();
            text = text.replace("</sheetData>", &format!("{rows}</sheetData>"));
        }
        large.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        large.write_all(text.as_bytes()).unwrap();
    }
    put(&site, "actors.xlsx", &large.finish().unwrap().into_inner());
    let output = site.run(&["import", "actors.xlsx", "--dry-run"]);
    assert!(output.stdout.contains("+founded = 1999"), "{output}");
}
