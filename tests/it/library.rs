//! The library, as an editor, an importer or a form uses it: files from memory, unsaved texts, stopping, and the
//! meaning of a position.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use filiere::compile::{self, Checked, Compiler, Request};
use filiere::diagnostics::Diagnostic;
use filiere::locale::Lang;
use filiere::model::{Ecosystem, EntityId, FieldId, LinkForm, Meaning, PageId, Subject, Target, Today};
use filiere::render::Rendered;
use filiere::schema::{RelationId, TypeId};
use filiere::source::{Disk, Files, Memory};
use filiere::stop::{Failure, Stop};
use filiere::text::{Columns, offset_at, position};

use crate::harness::Site;

const SITE: &str = r#"title = "Portail"
base_url = "https://example.org"
languages = ["fr", "en"]
theme = "plain"
menu = ["actors", "about"]
"#;

const ACTORS: &str = r#"name = { fr = "Acteur", en = "Actor" }
sort = "-founded"

[fields]
founded = { kind = "year", label = "Fondation", attributes.as_of = { kind = "year", label = "En" } }
status  = { kind = "choice", label = "Statut", choices = { active = "Actif", closed = "Fermé" } }
notes   = { kind = "markdown", label = "Notes" }
phones  = { kind = "text", many = true, label = "Téléphones" }
logo    = { kind = "image", label = "Logo" }

[fields.partners]
to      = ["actors", "places"]
label   = "Partenaires"
inverse = { id = "partners" }
attributes.role = { kind = "choice", label = "Rôle", choices = { lead = "Chef", member = "Membre" } }

[derived.circle]
path  = ["partners", "partners"]
label = "Cercle"
"#;

const PLACES: &str = "name = \"Lieu\"\n";

const LIST: &str = "[liege]\ntitle = \"Liège 🏭\"\n\n[mons]\ntitle = \"Mons\"\ndraft = true\n";

const ALPHA: &str = r#"+++
title    = { fr = "Alpha 🦠 été", en = "Alpha" }
summary  = "Un résumé"
founded  = { value = 2015, as_of = 2024 }
status   = "active"
phones   = ["📞 1", "2"]
notes    = "Près de [[liege]]"
image    = "logo.svg"
partners = ["beta", { to = "places/liege", role = "lead" }, "mons"]
+++
🦠 Été avec [[beta|un **ami**]], [Bêta](beta.md#but) et ![un logo](logo.svg).

![[beta]]

[[mons]] [[rien]] [[about]][[beta]]
"#;

const BETA: &str = "+++\ntitle = \"Bêta\"\n+++\n## But\n";

const ABOUT: &str = "+++\ntitle = \"À propos\"\nview = { kind = \"matrix\", of = \"actors\", rows = \"partners\", columns = \"partners\" }\n+++\nVoir [[alpha]].\n";

/// The files of a small site. Its only mistakes are two broken links; links to a draft are warnings.
fn files() -> Vec<(&'static str, String)> {
    let files = [
        ("site.toml", SITE),
        ("content/actors/_type.toml", ACTORS),
        ("content/actors/alpha.md", ALPHA),
        ("content/actors/beta.md", BETA),
        ("content/actors/logo.svg", "<svg/>"),
        ("content/places/_type.toml", PLACES),
        ("content/places/_list.toml", LIST),
        ("content/about.md", ABOUT),
    ];
    files.map(|(path, text)| (path, text.to_owned())).into()
}

/// The same site without a mistake.
fn sound_files() -> Vec<(&'static str, String)> {
    files().into_iter().map(|(path, text)| (path, text.replace(" [[rien]]", ""))).collect()
}

fn request() -> Request {
    let today = Today::new(jiff::civil::date(2026, 1, 16)).unwrap();
    Request { base_url: None, drafts: false, search: true, today }
}

fn compiler(files: Vec<(&'static str, String)>) -> Compiler {
    let files = files.into_iter().map(|(path, text)| (path, text.into_bytes()));
    Compiler::new(Arc::new(Memory::from_iter(files)), request())
}

fn check(compiler: &mut Compiler) -> Checked {
    compiler.check(&Stop::new()).unwrap()
}

/// The code and the place of each error: `unknown-reference content/actors/alpha.md:9:14`.
fn errors(checked: &Checked) -> Vec<String> {
    let errors = checked.diagnostics.iter().filter(|found| found.severity().as_str() == "error");
    let place = |found: &Diagnostic| {
        let text = checked.text(&found.place.path).unwrap();
        let (line, column) = position(&text.text, found.place.span.start as usize, Columns::Characters);
        format!("{} {}:{line}:{column}", found.code, found.place.path)
    };
    errors.map(place).collect()
}

/// Every published file.
fn published(files: Arc<dyn Files>) -> BTreeMap<String, Vec<u8>> {
    let outcome = compile::compile(files, &request(), &mut |_| {}).unwrap();
    let compiled = outcome.compiled.unwrap_or_else(|| panic!("{:?}", outcome.diagnostics));
    let published = Mutex::new(BTreeMap::new());
    let sink = |route: &filiere::site::Route, rendered| {
        let bytes = match rendered {
            Rendered::Bytes(bytes) => bytes,
            Rendered::File(bytes) => bytes.read()?,
        };
        published.lock().unwrap().insert(route.file(), bytes);
        Ok(())
    };
    assert_eq!(compile::render(&compiled, |_| true, &Stop::new(), &sink).unwrap(), []);
    published.into_inner().unwrap()
}

#[test]
fn memory_and_disk_give_the_same_pages() {
    let on_disk = sound_files().into_iter().fold(Site::empty(), |site, (path, text)| site.file(path, text));
    let disk = published(Arc::new(Disk::new(on_disk.path(""))));
    let memory = published(Arc::new(
        sound_files().into_iter().map(|(path, text)| (path, text.into_bytes())).collect::<Memory>(),
    ));
    assert!(memory["actors/alpha/index.html"].len() > 500);
    assert_eq!(memory["actors/logo.svg"], b"<svg/>");
    assert_eq!(memory.keys().collect::<Vec<_>>(), disk.keys().collect::<Vec<_>>());
    assert!(memory == disk);
}

#[test]
fn a_theme_may_be_in_memory_too() {
    let mut files = sound_files();
    files[0].1 = SITE.replace("plain", "own");
    files.push(("themes/own/theme.toml", String::from("extends = \"plain\"\n")));
    files.push(("themes/own/templates/page.html", String::from("own {{ page.title }}")));
    files.push(("themes/own/static/own.css", String::from("body {}")));
    let memory: Memory = files.into_iter().map(|(path, text)| (path, text.into_bytes())).collect();
    let published = published(Arc::new(memory));
    assert_eq!(published["about/index.html"], "own À propos".as_bytes());
    assert_eq!(published["assets/own.css"], b"body {}");
}

#[test]
fn an_unsaved_text_is_checked_in_place_of_its_file_until_it_is_taken_back() {
    let site = sound_files().into_iter().fold(Site::empty(), |site, (path, text)| site.file(path, text));
    let mut compiler = Compiler::new(Arc::new(Disk::new(site.path(""))), request());
    assert_eq!(errors(&check(&mut compiler)), [""; 0]);
    compiler.set_text("content/actors/beta.md", Some(BETA.replace("Bêta\"", "Bêta\"\npartners = [\"gamma\"]")));
    assert_eq!(errors(&check(&mut compiler)), ["unknown-reference content/actors/beta.md:3:13"]);
    // A file that exists only in the editor.
    compiler.set_text("content/actors/gamma.md", Some(String::from("+++\ntitle = \"Gamma\"\n+++\n")));
    assert_eq!(errors(&check(&mut compiler)), [""; 0]);
    compiler.set_text("content/actors/gamma.md", None);
    assert_eq!(errors(&check(&mut compiler)), ["unknown-reference content/actors/beta.md:3:13"]);
    compiler.set_text("content/actors/beta.md", None);
    assert_eq!(errors(&check(&mut compiler)), [""; 0]);
    assert!(compiler.look(&Stop::new()).unwrap().is_empty());
    // The file may change below the unsaved text, and is used again when that text is taken back.
    compiler.set_text("content/actors/beta.md", Some(BETA.replace("Bêta", "Éditée")));
    let site = site.file("content/actors/beta.md", BETA.replace("Bêta", "Disque"));
    compiler.look(&Stop::new()).unwrap();
    let title = |checked: &Checked| {
        let actors = checked.ecosystem.schema.find("actors").unwrap();
        checked.ecosystem.entity(checked.ecosystem.find(actors, "beta").unwrap()).title.text(Lang::DEFAULT).to_owned()
    };
    assert_eq!(title(&check(&mut compiler)), "Éditée");
    compiler.set_text("content/actors/beta.md", None);
    assert_eq!(title(&check(&mut compiler)), "Disque");
    drop(site);
}

#[test]
fn a_hidden_file_is_as_if_it_were_removed_until_its_text_is_set_again() {
    let mut compiler = compiler(sound_files());
    assert_eq!(errors(&check(&mut compiler)), [""; 0]);
    let references = |compiler: &mut Compiler| {
        let errors = errors(&check(compiler));
        assert!(errors.iter().all(|error| error.contains(" content/actors/alpha.md:")), "{errors:?}");
        errors.len()
    };
    compiler.hide("content/actors/beta.md");
    assert!(references(&mut compiler) > 0);
    // What a rename does before the references are changed.
    compiler.set_text("content/actors/delta.md", Some(BETA.to_owned()));
    assert!(references(&mut compiler) > 0);
    compiler.set_text("content/actors/delta.md", None);
    compiler.set_text("content/actors/beta.md", Some(BETA.to_owned()));
    assert_eq!(references(&mut compiler), 0);
    compiler.hide("content/actors/beta.md");
    compiler.set_text("content/actors/beta.md", None);
    assert_eq!(errors(&check(&mut compiler)), [""; 0]);
    compiler.hide("site.toml");
    assert!(!check(&mut compiler).diagnostics.is_empty());
}

#[test]
fn declarations_and_the_configuration_can_be_unsaved_too() {
    let mut compiler = compiler(sound_files());
    assert_eq!(errors(&check(&mut compiler)), [""; 0]);
    compiler.set_text("content/actors/_type.toml", Some(ACTORS.replace("founded ", "started ")));
    let found = errors(&check(&mut compiler));
    assert!(found.contains(&String::from("unknown-key content/actors/alpha.md:4:1")), "{found:?}");
    compiler.set_text("content/actors/_type.toml", None);
    compiler.set_text("site.toml", Some(SITE.replace("\"plain\"", "\"plane\"")));
    assert_eq!(errors(&check(&mut compiler)), ["unknown-theme site.toml:4:9"]);
    compiler.set_text("site.toml", None);
    assert_eq!(errors(&check(&mut compiler)), [""; 0]);
}

#[test]
fn check_reads_no_templates() {
    let mut files = sound_files();
    files[0].1 = SITE.replace("plain", "own");
    files.push(("themes/own/theme.toml", String::from("extends = \"plain\"\n")));
    files.push(("themes/own/templates/page.html", String::from("{% if %}")));
    let mut compiler = compiler(files);
    assert_eq!(errors(&check(&mut compiler)), [""; 0]);
    let outcome = compiler.compile(&Stop::new(), &mut |_| {}).unwrap();
    assert!(outcome.has_errors() && outcome.compiled.is_none());
}

#[test]
fn stopped_work_gives_no_result_and_can_be_done_again() {
    let complete = check(&mut compiler(files())).diagnostics;
    assert!(!complete.is_empty());
    let mut compiler = compiler(files());
    let stopped = Stop::new();
    stopped.stop();
    assert!(matches!(compiler.look(&stopped), Err(Failure::Stopped)));
    // Stops at the first check of the token, then at the second one, and so on, until a run ends before it is stopped.
    for most in 0.. {
        let asked = Arc::new(AtomicUsize::new(0));
        let count = asked.clone();
        let stop = Stop::when(move || count.fetch_add(1, Ordering::Relaxed) >= most);
        match compiler.check(&stop) {
            Err(Failure::Stopped) => assert!(asked.load(Ordering::Relaxed) > most),
            Err(Failure::Files(error)) => panic!("{error}"),
            Ok(checked) => {
                assert_eq!(checked.diagnostics, complete);
                assert!(most > 10, "the token was only looked at {most} times");
                break;
            }
        }
    }
    assert_eq!(check(&mut compiler).diagnostics, complete);
}

#[test]
fn rendering_can_be_stopped() {
    let mut compiler = compiler(sound_files());
    let compiled = compiler.compile(&Stop::new(), &mut |_| {}).unwrap().compiled.unwrap();
    let (stop, count) = (Stop::new(), AtomicUsize::new(0));
    let result = compile::render(&compiled, |_| true, &stop, &|_, _| {
        count.fetch_add(1, Ordering::Relaxed);
        stop.stop();
        Ok(())
    });
    assert!(matches!(result, Err(Failure::Stopped)));
    assert!(count.load(Ordering::Relaxed) < compiled.site.routes.len());
}

/// The site with Windows line ends and byte order marks.
fn windows_files() -> Vec<(&'static str, String)> {
    let windows = |text: String| format!("\u{feff}{}", text.replace('\n', "\r\n"));
    files().into_iter().map(|(path, text)| (path, windows(text))).collect()
}

/// The occurrence at the first character of a piece of a file's text; `|` marks another character of the piece.
struct Asking {
    checked: Checked,
}

impl Asking {
    fn new() -> Self {
        Self { checked: check(&mut compiler(windows_files())) }
    }

    /// The text of the occurrence, its subject and its meaning.
    fn at(&self, path: &str, piece: &str) -> (String, Subject, Meaning) {
        let text = self.checked.text(path).unwrap().text;
        let marked = piece.find('|').unwrap_or(0);
        let piece = piece.replace('|', "");
        let offset = text.find(&piece).unwrap_or_else(|| panic!("there is no {piece:?} in {path}")) + marked;
        let found =
            self.ecosystem().at(path, offset).unwrap_or_else(|| panic!("nothing stands at {piece:?} in {path}"));
        (text[found.span.range()].to_owned(), found.subject, found.meaning)
    }

    fn ecosystem(&self) -> &Ecosystem {
        &self.checked.ecosystem
    }

    fn entity(&self, entity_type: &str, id: &str) -> EntityId {
        let entity_type = self.ecosystem().schema.find(entity_type).unwrap();
        self.ecosystem().every(entity_type).find(|(_, entity)| &*entity.id == id).unwrap().0
    }

    fn field(&self, name: &str) -> FieldId {
        let fields = &self.ecosystem().schema.get(self.actors()).fields;
        FieldId::OfType(self.actors(), fields.iter().position(|field| &*field.id == name).unwrap())
    }

    fn actors(&self) -> TypeId {
        self.ecosystem().schema.find("actors").unwrap()
    }

    fn partners(&self) -> RelationId {
        self.ecosystem().schema.relations_of(self.actors()).next().unwrap().0
    }
}

#[test]
fn what_stands_in_the_facts_of_a_profile() {
    let asking = Asking::new();
    let (path, alpha) = ("content/actors/alpha.md", asking.entity("actors", "alpha"));
    let (beta, liege, mons) =
        (asking.entity("actors", "beta"), asking.entity("places", "liege"), asking.entity("places", "mons"));
    let (partners, role) = (asking.partners(), FieldId::OfRelation(asking.partners(), 0));
    let as_of = FieldId::OfField(asking.actors(), 0, 0);
    let image = Target::Asset("actors/logo.svg".into(), None);
    for (piece, text, meaning) in [
        ("title ", "title", Meaning::Key("title".into())),
        ("|\"Alpha 🦠", "\"Alpha 🦠 été\"", Meaning::Title(Lang(0))),
        ("|\"Alpha\" }", "\"Alpha\"", Meaning::Title(Lang(1))),
        ("|en = \"Alpha\"", "en", Meaning::Key("en".into())),
        ("|\"Un résumé", "\"Un résumé\"", Meaning::Value("summary".into())),
        ("founded", "founded", Meaning::Field(asking.field("founded"))),
        ("20|15", "2015", Meaning::FieldValue(asking.field("founded"), 0)),
        ("|value = ", "value", Meaning::Key("value".into())),
        ("|as_of = 2024", "as_of", Meaning::Field(as_of)),
        ("|2024", "2024", Meaning::FieldValue(as_of, 0)),
        ("status", "status", Meaning::Field(asking.field("status"))),
        ("\"act|ive\"", "\"active\"", Meaning::Choice(asking.field("status"), Some(0))),
        ("\"📞 |1\"", "\"📞 1\"", Meaning::FieldValue(asking.field("phones"), 0)),
        ("|\"2\"", "\"2\"", Meaning::FieldValue(asking.field("phones"), 1)),
        ("|Près de", "\"Près de [[liege]]\"", Meaning::FieldValue(asking.field("notes"), 0)),
        ("[[|liege", "[[liege]]", Meaning::Link(LinkForm::Wiki, Target::Entity(liege, None))),
        ("|\"logo.svg\"", "\"logo.svg\"", Meaning::Link(LinkForm::Value, image)),
        ("partners", "partners", Meaning::Relation(partners)),
        ("|\"beta\"", "\"beta\"", Meaning::Target(partners, Some(beta))),
        ("|to = \"places", "to", Meaning::Key("to".into())),
        ("\"places/|liege\"", "\"places/liege\"", Meaning::Target(partners, Some(liege))),
        ("|role = ", "role", Meaning::Field(role)),
        ("|\"lead\"", "\"lead\"", Meaning::Choice(role, Some(0))),
        ("|\"mons\"", "\"mons\"", Meaning::Target(partners, Some(mons))),
    ] {
        assert_eq!(asking.at(path, piece), (text.to_owned(), Subject::Entity(alpha), meaning), "{piece}");
    }
}

#[test]
fn what_stands_in_prose() {
    let asking = Asking::new();
    let (path, alpha) = ("content/actors/alpha.md", asking.entity("actors", "alpha"));
    let (beta, mons) = (asking.entity("actors", "beta"), asking.entity("places", "mons"));
    let about = asking.ecosystem().published_page("about").unwrap();
    let to_beta = |form| Meaning::Link(form, Target::Entity(beta, None));
    for (piece, text, meaning) in [
        ("avec |[[beta", "[[beta|un **ami**]]", to_beta(LinkForm::Wiki)),
        ("**|ami", "[[beta|un **ami**]]", to_beta(LinkForm::Wiki)),
        (
            "](|beta.md",
            "[Bêta](beta.md#but)",
            Meaning::Link(LinkForm::Markdown, Target::Entity(beta, Some("but".into()))),
        ),
        (
            "un |logo",
            "![un logo](logo.svg)",
            Meaning::Link(LinkForm::Image, Target::Asset("actors/logo.svg".into(), None)),
        ),
        ("|![[beta", "![[beta]]", to_beta(LinkForm::Embed)),
        // A draft is not published, but can be looked up.
        ("[[|mons", "[[mons]]", Meaning::Link(LinkForm::Wiki, Target::Entity(mons, None))),
        ("[[|rien", "[[rien]]", Meaning::Link(LinkForm::Wiki, Target::Nothing)),
        ("[[|about", "[[about]]", Meaning::Link(LinkForm::Wiki, Target::Page(about, None))),
        // Between two links, the second one.
        ("[[about]]|[[beta", "[[beta]]", to_beta(LinkForm::Wiki)),
    ] {
        assert_eq!(asking.at(path, piece), (text.to_owned(), Subject::Entity(alpha), meaning), "{piece}");
    }
    let text = asking.checked.text(path).unwrap().text;
    assert_eq!(asking.ecosystem().at(path, text.find("Été").unwrap()), None);
    assert_eq!(asking.ecosystem().at(path, text.len() + 10), None);
    assert_eq!(asking.ecosystem().at("content/nobody.md", 0), None);
}

#[test]
fn what_stands_in_lists_pages_and_declarations() {
    let asking = Asking::new();
    let (actors, partners) = (asking.actors(), asking.partners());
    let places = asking.ecosystem().schema.find("places").unwrap();
    let liege = Subject::Entity(asking.entity("places", "liege"));
    let about = asking.ecosystem().published_page("about").unwrap();
    let role = FieldId::OfRelation(partners, 0);
    let (list, page, declared) = ("content/places/_list.toml", "content/about.md", "content/actors/_type.toml");
    for (path, piece, text, subject, meaning) in [
        (list, "[|liege", "liege", liege, Meaning::Id),
        (list, "|\"Liège", "\"Liège 🏭\"", liege, Meaning::Title(Lang(0))),
        (page, "|\"À propos", "\"À propos\"", Subject::Page(about), Meaning::Title(Lang(0))),
        (page, "|\"actors", "\"actors\"", Subject::Page(about), Meaning::Type(Some(actors))),
        (page, "|rows", "rows", Subject::Page(about), Meaning::Key("rows".into())),
        (page, "|\"partners\", columns", "\"partners\"", Subject::Page(about), Meaning::Relation(partners)),
        (
            page,
            "|[[alpha",
            "[[alpha]]",
            Subject::Page(about),
            Meaning::Link(LinkForm::Wiki, Target::Entity(asking.entity("actors", "alpha"), None)),
        ),
        (declared, "|\"-founded", "\"-founded\"", Subject::Type(actors), Meaning::Field(asking.field("founded"))),
        (declared, "|founded =", "founded", Subject::Type(actors), Meaning::Field(asking.field("founded"))),
        (declared, "kind = |\"year", "\"year\"", Subject::Type(actors), Meaning::Value("kind".into())),
        (declared, "closed", "closed", Subject::Type(actors), Meaning::Choice(asking.field("status"), Some(1))),
        (declared, ".|partners]", "partners", Subject::Type(actors), Meaning::Relation(partners)),
        (declared, "|\"places\"", "\"places\"", Subject::Type(actors), Meaning::Type(Some(places))),
        (declared, ".|role", "role", Subject::Type(actors), Meaning::Field(role)),
        (declared, "member", "member", Subject::Type(actors), Meaning::Choice(role, Some(1))),
        (declared, "[|\"partners\", ", "\"partners\"", Subject::Type(actors), Meaning::Relation(partners)),
        ("site.toml", "|\"actors", "\"actors\"", Subject::Site, Meaning::Type(Some(actors))),
        ("site.toml", "|\"about", "\"about\"", Subject::Site, Meaning::Page(about)),
        ("site.toml", "|\"plain", "\"plain\"", Subject::Site, Meaning::Value("theme".into())),
    ] {
        assert_eq!(asking.at(path, piece), (text.to_owned(), subject, meaning), "{piece}");
    }
    assert_ne!(about, PageId::HOME);
}

#[test]
fn links_values_and_attributes_keep_their_place() {
    let asking = Asking::new();
    let (ecosystem, alpha) = (asking.ecosystem(), asking.entity("actors", "alpha"));
    let text = asking.checked.text("content/actors/alpha.md").unwrap().text;
    let links: Vec<_> = ecosystem.statements(alpha, asking.partners()).collect();
    let place = ecosystem.place_of(links[1]);
    assert_eq!((&*place.path, &text[place.span.range()]), ("content/actors/alpha.md", "\"places/liege\""));
    assert_eq!(&text[links[1].attributes[0].span.range()], "\"lead\"");
    let FieldId::OfType(_, phones) = asking.field("phones") else { unreachable!() };
    let written: Vec<_> =
        ecosystem.entity(alpha).places(phones).map(|place| text[place.span.range()].to_owned()).collect();
    assert_eq!(written, ["\"📞 1\"", "\"2\""]);
}

#[test]
fn names_for_completion_include_drafts() {
    let asking = Asking::new();
    let ecosystem = asking.ecosystem();
    let places = ecosystem.schema.find("places").unwrap();
    let names: Vec<_> = ecosystem.every(places).map(|(_, it)| (&*it.id, it.title.text(Lang::DEFAULT))).collect();
    assert_eq!(names, [("liege", "Liège 🏭"), ("mons", "Mons")]);
    let choices: Vec<_> =
        ecosystem.field(asking.field("status")).kind.choices().iter().map(|choice| &*choice.id).collect();
    assert_eq!(choices, ["active", "closed"]);
}

#[test]
fn columns_are_counted_as_language_servers_count_them() {
    let checked = check(&mut compiler(windows_files()));
    let broken = checked.diagnostics.iter().find(|found| found.code.as_str() == "broken-link").unwrap();
    let text = checked.text(&broken.place.path).unwrap().text;
    let start = broken.place.span.start as usize;
    assert_eq!(&text[broken.place.span.range()], "[[rien]]");
    assert_eq!(position(&text, start, Columns::Utf16), (15, 10));
    let title = text.find(" été\"").unwrap();
    assert_eq!(position(&text, title, Columns::Characters), (2, 27));
    assert_eq!(position(&text, title, Columns::Utf16), (2, 28));
    assert_eq!(offset_at(&text, 2, 28, Columns::Utf16), title);
}

/// `site` refuses the address of the file that `output` writes, and can't import from a later stage.
#[test]
fn the_marker_of_the_output_folder_is_the_one_that_is_reserved() {
    assert_eq!(filiere::site::MARKER, filiere::output::MARKER);
}
