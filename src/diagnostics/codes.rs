//! The stable codes of diagnostics, each with the explanation that `filiere explain CODE` prints.

use std::fmt;

use serde::{Serialize, Serializer};

/// How serious a diagnostic is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The site can't be published.
    Error,
    /// The site can be published, and would be better without it.
    Warning,
}

impl Severity {
    /// The name, in lower case.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

macro_rules! codes {
    ($($name:ident $code:literal $severity:ident $explanation:literal)+) => {
        /// The kind of a diagnostic. The text of a code is stable, so that tools and editors can rely on it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs)]
        pub enum Code { $($name),+ }

        impl Code {
            /// Every code, in the order in which `filiere explain` lists them.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The text of the code, such as `unknown-reference`.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code),+ }
            }

            /// The severity of all diagnostics with this code.
            pub fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity),+ }
            }

            /// What the code means, why it matters and how to correct the content, in Markdown.
            pub fn explanation(self) -> &'static str {
                match self { $(Self::$name => $explanation),+ }
            }
        }
    };
}

impl Code {
    /// Whether a part of the content is left out because of such a problem, so that other problems may follow from it.
    pub fn hides_content(self) -> bool {
        use Code::{BadId, MisplacedProfile, NoFrontMatter, NotUtf8, TomlSyntax, TooLarge};
        use Code::{UnclosedFrontMatter, UndeclaredLanguage, UnknownType};
        let is_unreadable = matches!(self, TomlSyntax | NoFrontMatter | UnclosedFrontMatter | NotUtf8 | TooLarge);
        is_unreadable || matches!(self, BadId | MisplacedProfile | UndeclaredLanguage | UnknownType)
    }

    /// The code with this text.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str() == name)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

codes! {
    // Files
    MissingFile "missing-file" Error "A file that the site needs, or that a profile names, does not exist.\n\nA path is relative to the folder of the file that names it; a path that starts with `/` is relative to `content/`. Capitals and accents matter: `Photo.jpg` is not `photo.jpg`."
    NotUtf8 "not-utf8" Error "The file is not UTF-8 text.\n\nChoose the encoding UTF-8 when you save the file. Old programs for Windows often save as Windows-1252."
    BadFileName "bad-file-name" Error "The name of a file or folder can't be part of an address: it is not UTF-8, or contains a control character or a backslash.\n\nCharacters that change the direction of writing, such as U+202E, are refused too. Rename it: use letters, digits and hyphens."
    UnportableName "unportable-name" Error "The name of a file or folder is not possible on every system, so that the site could not be checked out there.\n\nWindows has no names such as `con`, `nul` or `aux`, no names that end in a dot or a space, and none with `< > : \" | ? *`. Windows and macOS do not tell names apart that differ only in capitals, and macOS none that differ only in how accents are stored.\n\nRename the file or folder. If nobody works on the site with such a system, write `portable_names = false` in `site.toml`."
    ActiveFile "active-file" Warning "The file can run scripts in readers' browsers, because it is published as it is.\n\nOn a site where not everybody who writes may do that, remove the scripts: save drawings as plain SVG, and write pages in Markdown."
    SymbolicLink "symbolic-link" Error "The file or folder is a symbolic link. Symbolic links are not followed, so that nothing from outside the site is published by accident.\n\nReplace the link by the file or folder itself."
    NotAFile "not-a-file" Error "A pipe, a socket, a device or a folder is in the place of a file. Folders can't have names that end in `.md` or `.toml`.\n\nReplace it by a file, or remove it."
    TooLarge "too-large" Error "A text has more than 16 MiB (16 × 1024 × 1024 bytes). Texts that people write are far smaller, so it is probably another kind of file, or a list that can be split.\n\nSplit the file, or give it another extension: files that are not `.md` or `.toml` are published as they are."
    OutsideContent "outside-content" Error "A path leads out of the `content/` folder, for example with too many `../`.\n\nOnly files in `content/` are published. Move the file there, or link to its address on the web."
    MisplacedProfile "misplaced-profile" Error "The keys of a file are those of another type, so the file is in the wrong folder. The folder in `content/` decides which type a profile has. Move the file."
    MisplacedType "misplaced-type" Error "A `_type.toml` is in a folder where it has no effect. Only a folder directly in `content/` can be a type; deeper folders only group files."

    NotAnImage "not-an-image" Error "A file that is used as an image is none, or browsers do not show its kind.\n\nBrowsers show images whose names end in `.png`, `.jpg`, `.jpeg`, `.gif`, `.webp`, `.avif`, `.svg`, `.apng`, `.bmp` or `.ico`. A file with such a name can still be something else, for example a page with an error message that was saved in its place."

    // TOML
    TomlSyntax "toml-syntax" Error "The TOML of a front matter or a `.toml` file can't be read.\n\nCommon causes: a text without quotation marks, a missing `=`, the same key twice. A text of several lines is written between `\"\"\"` and `\"\"\"`."
    ForbiddenCharacter "forbidden-character" Error "A text contains a character that HTML and XML do not allow: a control character, such as U+0000, or one of the numbers that Unicode never gives to a character, such as U+FFFE.\n\nIn TOML, `\\u0000` makes such a character; in prose, `&#1;` does. It mostly comes from a conversion. Delete it."
    NoFrontMatter "no-front-matter" Error "A Markdown profile starts with its facts (the front matter), between two lines that contain only `+++`:\n\n    +++\n    title = \"Novadip\"\n    +++\n    Prose."
    UnclosedFrontMatter "unclosed-front-matter" Error "The front matter starts with a line `+++`, but the second line `+++` is missing. Put it after the facts."
    UnknownKey "unknown-key" Error "The key is not allowed here.\n\nEvery entity can have `title`, `summary`, `aliases`, `image`, `draft`, `updated`, `verified` and `redirects`; all other keys are the fields that the `_type.toml` of its type declares. An unknown key is an error because it is most often misspelt, and the fact would be lost."
    MissingField "missing-field" Error "A required field is missing. `title` is always required; other fields are if the type's `_type.toml` has `required = true` for them."
    WrongType "wrong-type" Error "The value does not have the kind of the field: for example, it is a text and the field holds a number, or it is one value and the field holds a list.\n\n    founded = 2015                 # year, integer: without quotation marks\n    towns   = [\"gosselies\"]        # a relation: a list, even of one id\n    category = \"biotech\"           # a relation with one = true in _type.toml: no list"

    // Values
    NotAChoice "not-a-choice" Error "The value is not one of the choices. Write the id of a choice (the key under `choices` in `_type.toml`), not the label that readers see."
    OutOfRange "out-of-range" Error "A number is below the field's `min` or above its `max`, or a year is not between 1 and 9999."
    PatternMismatch "pattern-mismatch" Error "The text does not match the field's `pattern` (a regular expression) in `_type.toml`."
    BadUrl "bad-url" Error "An address must be complete and start with `https://` or `http://` (links in prose may also start with `mailto:` or `tel:`). Other addresses, such as `javascript:`, are refused because they are unsafe."
    BadIdentifier "bad-identifier" Error "The text is not an identifier of the register that the field's `scheme` names, or has a wrong digit: many identifiers have check digits, which follow from the other ones.\n\nWrite the identifier alone and not its address: `05f950310` and not `https://ror.org/05f950310`."
    BadMoney "bad-money" Error "A sum of money is an amount in digits and the code of its currency (ISO 4217), such as `81000000 EUR`."
    BadEmail "bad-email" Error "An e-mail address has the form `name@example.org`."
    BadDate "bad-date" Error "Write a date as `2024-01-17`, without quotation marks. If only the month or the year is known, write `\"2024-01\"` or `\"2024\"`, with quotation marks."
    BadPoint "bad-point" Error "A point is `[latitude, longitude]` in decimal degrees: latitude from -90 to 90, longitude from -180 to 180.\n\n    position = [50.46936, 4.43324]"
    BadId "bad-id" Error "An id is the name of a profile's file without `.md`, or of its table in `_list.toml`. It consists of small letters without accents, digits and single hyphens: `mont-saint-guibert`. Ids of fields can also contain underscores."
    DuplicateId "duplicate-id" Error "Two entities of one type have the same id. Files in deeper folders count too, and so do the tables of `_list.toml`. Give one of the two another id, or merge them."

    DuplicateValue "duplicate-value" Error "Two profiles have the same value in a field with `unique = true`, so that the value does not tell them apart. One of the two is wrong, or both profiles are about the same thing: then merge them."

    // References
    UnknownReference "unknown-reference" Error "No entity of the expected type has this id.\n\nA relation names its target by its id: the name of the target's file, without `.md`. Create the profile, or correct the id."
    WrongTargetType "wrong-target-type" Error "There is an entity with this id, but the relation can't lead to entities of its type. The types are listed under `to` in `_type.toml`."
    AmbiguousReference "ambiguous-reference" Error "Entities of several types have this id. Write the type as well: `projects/theramir` instead of `theramir`."
    TooManyValues "too-many-values" Error "The field holds one value, and this is a list. A relation with `one = true` in `_type.toml` holds one id; any other field holds one value unless it has `many = true`."
    UnknownAttribute "unknown-attribute" Error "The relation has no such attribute. Attributes are declared with the relation, in `_type.toml`."
    RepeatedReference "repeated-reference" Warning "The same relation is stated twice with the same attributes. Once is enough: the pages of both entities show it."

    SelfReference "self-reference" Error "A relation leads from an entity to itself.\n\nThat is mostly a slip. If an entity can be its own target, write `to_itself = true` for the relation in `_type.toml`."

    // Links in prose
    BrokenLink "broken-link" Error "The target of the link does not exist.\n\n`[[id]]` links to an entity by its id, `[text](../projects/theramir.md)` to a file by its path from the folder of this file."
    BadAnchor "bad-anchor" Error "The anchor that a heading sets (`## Heading {#own}`) consists of letters, digits, hyphens and dots.\n\nIt can't have an underscore: the ids of everything else on a page have one, so that no heading can have the id of a form or of a footnote."
    UnusedFootnote "unused-footnote" Warning "Nothing refers to the footnote, so its text is not published.\n\nWrite its reference, such as `[^1]`, where the note belongs. A reference in another footnote counts only if readers see that footnote."
    RepeatedFootnote "repeated-footnote" Error "Two footnotes of a text have the same name.\n\nOnly the first one would be published, and the text of the other one would be lost. Give one of them another name. Capitals make no difference."
    TooDeep "too-deep" Error "More than 128 elements are inside each other, such as lists in lists, or raw HTML is too complex.\n\nRaw HTML can have at most 16 elements that are not closed, and at most 100 attributes on an element. No reader needs that, and it can make a build take very long. Write the text with fewer levels, and close the elements of raw HTML."
    BrokenAnchor "broken-anchor" Error "The page exists but has no heading with this anchor. The anchor of a heading is its text in small letters without accents, with hyphens in place of spaces. `{#name}` after a heading gives it the anchor `name`."
    LinkToDraft "link-to-draft" Warning "The target of the link is a draft. Until it is published, pages show the words without a link, and relations to it are left out."
    DeadLink "dead-link" Warning "An address outside of the site is dead: readers who follow the link get nothing.\n\n`filiere check --links` asks the outside addresses. One is dead if its server says that the document is not there (404, 410), or if there is no such host, nothing listens or no web server answers, on two days. A server that refuses programs, is busy or slow proves nothing, and is only counted.\n\nWrite the new address. If there is none, link to a copy in an archive such as https://web.archive.org, or take the link out. If it is to stay, write `dead-link = { allow = [\"sources\"] }` in `[warnings]` in `site.toml`."

    // Translations
    FactsInTranslation "facts-in-translation" Error "A translation can only contain what depends on the language: title, summary, aliases, the image's alternative text, text fields and prose. All other facts are in the file of the default language, once for all languages."
    OrphanTranslation "orphan-translation" Error "There is a translation, but no file in the default language. Write the original, or correct the file's name: `novadip.en.md` translates `novadip.md` or `novadip.toml`."
    UndeclaredLanguage "undeclared-language" Error "The language is not in `languages` in `site.toml`. Files in the default language have no suffix: `novadip.md`, not `novadip.fr.md`."
    MissingTranslation "missing-translation" Warning "A text exists in the default language but not in this one. Readers of this language see the text in the default language, with a notice."

    HierarchyCycle "hierarchy-cycle" Error "A relation with `hierarchy = true` leads back to where it started.\n\nSuch a relation leads from a part to its whole, and nothing is a part of itself. Delete one of the statements that the message names."
    HiddenCharacter "hidden-character" Warning "A name contains a character that nobody sees.\n\nSuch a character, for example U+202E, can change the order in which the text around it is shown. It often comes from copied text. Delete it, and write the text again."

    // Configuration and schema
    BadConfig "bad-config" Error "A value in `site.toml` can't be used; the message says why."
    NoHistory "no-history" Error "`site.toml` asks for the history of the content (`history = true`), and it can't be read.\n\nThe history is that of the git repository which the site is in. The program needs `git`, and a clone that is not shallow: with a part of the history, profiles would be dated too late. `git fetch --unshallow` gets the rest; workflows need `fetch-depth: 0` (GitHub, Forgejo) or `GIT_DEPTH: 0` (GitLab).\n\nOnly `build` and `serve` read the history."
    BadOutline "bad-outline" Error "The file with the outline of the map can't be used. It must be a GeoJSON file (RFC 7946): a FeatureCollection whose features are areas (Polygon or MultiPolygon), with longitude and latitude in degrees. Its path is in `site.toml`:\n\n    map = { outline = \"geo/provinces.geojson\" }"
    UnknownTheme "unknown-theme" Error "There is no theme with this name. A theme is a folder in `themes/`, or one of the built-in themes `atlas` and `plain`."
    ThemeCycle "theme-cycle" Error "The theme extends itself, directly or through other themes."
    UnknownKind "unknown-kind" Error "There is no kind of value with this name. FORMAT.md lists the kinds, such as text, number, date and choice. A field with `to` is a relation and has no kind."
    UnknownParameter "unknown-parameter" Error "`[params]` in `site.toml` has a parameter that the theme does not declare, or a parameter names a type, a field, a relation, a page or an entity that does not exist. The theme's `theme.toml` says under `[params]` which parameters there are, and what each is for."
    DeprecatedParameter "deprecated-parameter" Warning "A parameter in `[params]` still works, but there is a better way; the message says which. A later version of the theme will no longer have the parameter."
    UnknownType "unknown-type" Error "There is no type with this name. A type is a folder of `content/` with a `_type.toml`."
    ReservedField "reserved-field" Error "The name is reserved. Every entity has title, summary, aliases, image, draft, updated, verified and redirects; the published data also have id, type and url. The attributes of a relation can't be called `to`."
    ClashingField "clashing-field" Error "Two fields, relations, inverses or derived relations of a type have the same id. The inverse of a relation belongs to the type that the relation leads to, so its id must be free there. Two relations to the same type need two different inverse ids."
    BadField "bad-field" Error "A field's declaration contradicts itself, such as `choices` without `kind = \"choice\"`, `min` above `max`, or a relation with a `kind`."
    BadPattern "bad-pattern" Error "The `pattern` is not a valid regular expression, or is too large. In TOML, write backslashes twice between `\"…\"`, and once between `'…'`."
    ImpossiblePath "impossible-path" Error "The `path` of a derived relation lists the ids of relations or inverses to follow, step by step. The types that the path has reached have no relation or inverse with this id."
    SimilarSigns "similar-signs" Warning "Readers tell types apart by their colour and their mark, and those of two types are the same or nearly so.\n\n    colour = 250     # a hue in degrees (OKLCH), or \"grey\"\n    mark   = \"Ac\"    # one to three letters\n\nWithout these keys in `_type.toml`, a type gets a colour and letters that differ from those of the other types."
    UnknownView "unknown-view" Error "A page's `view`, or one of its `blocks`, has an unknown kind, or names a type, a relation or a page that this kind can't use.\n\n    view = { kind = \"matrix\", of = \"actors\", rows = \"segments\", columns = \"approaches\" }"

    // Addresses
    UrlConflict "url-conflict" Error "Two pages, files or redirects would be published at the same address. Addresses that differ only by capitals count as the same, because some servers and disks ignore capitals."
    UnwritablePath "unwritable-path" Error "No file can be written at this address.\n\nA part of it is longer than 255 bytes, it is longer than 2,048 bytes as a whole, or a name in it is not possible on every system (see `unportable-name`)."
    PageNeeded "page-needed" Error "The profile has prose or redirects, which need a page, and its type has none (`pages = false` in `_type.toml`): its address is its place on the index.\n\nMove the text into a field of the kind `markdown` or into `summary`, or delete `pages = false` from the type."
    BadRedirect "bad-redirect" Error "A redirect is an old path of this site, such as `/entreprises/novadip/`. It starts with `/`, is not `/` alone, and contains no `..`, `?`, `#` or `%`.\n\n`*` and `:` are refused too: in the file `_redirects`, which some hosts read, `/*` and `/:name` are rules that match many paths, so that the whole site could lead to one page. Write each old path in full."

    // Changes of the content
    NameTaken "name-taken" Error "A change would give something a name that something else has, or that links use for something else. Choose another name."
    Contradiction "contradiction" Error "Two entities that are to be merged say different things in the same field. Correct one of them first, or decide for all fields with `--keep from` or `--keep into`."
    StillReferenced "still-referenced" Error "An entity can't be removed while others refer to it: their links would be broken. Take the references out, or let `filiere remove --unlink` do it: values go out of lists, a wikilink becomes its words, a citation goes."
    SharedName "shared-name" Error "A name, in a view or in the path of a derived relation, means several things: fields of several types that have the same id, for example. A change would rename only some of them, and the name would lose its meaning for these.\n\nGive the others the same new name, or write the name down for each type on its own first."
    UsualName "usual-name" Warning "A change gives another name to a field or relation that a headline, a block or the theme finds by its usual name (`value`, `start`, `period` …), because nothing else is said. Views get the key that names it; what is reported could not.\n\nName it there: `headline = { value = \"…\" }` and `sources = \"…\"` in `_type.toml`, the keys of a view, `[params]` in `site.toml`."
    NamedInTheme "named-in-theme" Warning "A file of the site's theme has the name that a change replaces. Templates can build names in any way, so they are not changed: look at the place, and change it if it means the same."
    BrokenAddress "broken-address" Warning "Addresses of the site would be gone after a change, and nothing would redirect from them: those of data files, or of files of the content that move. If others use them, tell them, or set up redirects on the server."

    // Spreadsheets
    UnreadableSheet "unreadable-sheet" Error "A file that is to be imported is no workbook (XLSX, XLS, ODS) and no table (CSV, TSV, JSON Lines), is broken, or is too large. Open it in a spreadsheet program and save it again."
    UnknownSheet "unknown-sheet" Warning "A sheet is not of a type of the site, so it is not imported.\n\nA sheet is of a type if it has the type's name, or the id of the type in the hidden second row of an exported sheet. For another sheet, name the type with `--type`."
    UnknownColumn "unknown-column" Warning "A column is neither a field nor a relation of its type, so it is not imported.\n\nGive the column the id or the label of a field, or say what it is in a file that you name with `--map`."
    BadCell "bad-cell" Error "What a cell says is no value of its field, or names something that does not exist. Correct the cell. With `--force`, the import leaves out such cells."
    SheetConflict "sheet-conflict" Error "A cell and the site have both changed since the workbook was exported, and say different things. Neither is taken: look at both, write into the cell or the profile what is right, and import again. With `--force`, the import goes on without such cells."
    UnclearRow "unclear-row" Warning "A row may be one of several profiles, or a name in a cell is nobody's, so a person has to decide. `--review FILE` writes such cases into a workbook; write the decisions into it, and import again."

    // Templates
    TemplateSyntax "template-syntax" Error "A template can't be read: its syntax is wrong, or it uses a filter, function or template that does not exist. `themes/README.md` lists the functions and templates."
    TemplateError "template-error" Error "A template failed while it rendered a page, most often because it uses a variable that the page does not have. `themes/README.md` lists the variables of each template."
    MissingTemplate "missing-template" Error "Neither the theme nor the themes that it extends have this template."
    MissingString "missing-string" Error "A template uses a text that is missing from the theme's `strings/`, both in the language of the page and in the default language."
    UnusedTemplate "unused-template" Warning "A template has nearly the name of a type, and no page is rendered with it.\n\nThe pages of a type's entities are rendered with `TYPE.html`, its index with `TYPE-index.html`. `TYPE` is the id of the type: the name of its folder."
    UntranslatedTheme "untranslated-theme" Warning "The theme has no words in a language of the site, or not all, so pages in this language show words of another one.\n\nWrite the words in `strings/LANGUAGE.toml` of the theme; a theme that extends another one can add words to it. To do it later, write in `site.toml`:\n\n    [warnings]\n    untranslated-theme = { allow = [\"@de\"] }"
    UnusedPluralForm "unused-plural-form" Warning "A text in the theme's `strings/` has a plural form that its language never uses, so nobody will read it.\n\nThe forms are those of Unicode's CLDR: English has `one` and `other`; Polish has `one`, `few`, `many` and `other`; Japanese has only `other`. A form that is missing is replaced by `other`."

    // Advice
    ExtraKey "extra-key" Warning "The type does not declare the key. Because the type has `extra = true`, the value is kept as a text: pages, data and search have it.\n\nThis is for a first import. Declare the key in `_type.toml`, so that its values are checked, or correct its spelling."
    NoRelations "no-relations" Warning "No relation leads from the entity to another one, and none leads to it. Readers find it only on the index page of its type."
    NoSource "no-source" Warning "The entity has no source for its facts. Its type has a relation to a type of sources (one with `citation = true`): name at least one source."
    RawHtml "raw-html" Warning "Raw HTML in prose is shown as text. Write Markdown, or allow harmless HTML with `html = \"sanitize\"` in `site.toml`."
    MissingAlt "missing-alt" Warning "An image has no alternative text for readers who can't see it. Write what the image shows: `![a bioreactor](file.jpg)` in prose, `image = { src = \"file.jpg\", alt = \"a bioreactor\" }` in front matter."
    LargeImage "large-image" Warning "An image has more than 1 MB (1,000,000 bytes), so pages that show it load slowly. Images are published as they are, and not made smaller.\n\nSave the image with fewer pixels (2,000 across are enough for a whole page), as WebP or JPEG for photographs, and as SVG or PNG for drawings and logos."
    SkippedHeading "skipped-heading" Warning "The first heading has level 2 (`##`), because the title of the page has level 1, and each heading is at most one level below the one before. Readers who use a screen reader move from heading to heading."
    FutureDate "future-date" Warning "The date in `verified` is in the future, so the profile would never become stale. Write the day on which its facts were checked."
    NeverVerified "never-verified" Warning "`stale_after` applies, but some entities have no `verified`, so they can't become stale. Types in which no entity has it are left out, unless they have a `stale_after` of their own.\n\nCheck the facts of an entity, and add `verified` with the date. To start later, write in `site.toml`:\n\n    [warnings]\n    never-verified = \"allow\""
    SameTitle "same-title" Warning "Two entities of one type have the same title, so readers can't tell them apart in lists.\n\nIf they are the same, merge them. If not, write into the titles what tells them apart."
    SwappedCoordinates "swapped-coordinates" Warning "A position is outside the outline of maps, and would be inside it if latitude and longitude were exchanged. The latitude comes first: `[50.46936, 4.43324]`."
    Stale "stale" Warning "The date in `verified` is older than `stale_after` (in `site.toml` or `_type.toml`) allows. Check the facts, and set `verified` to today's date."
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_kebab_case_unique_and_explained() {
        let mut seen = std::collections::BTreeSet::new();
        for code in Code::ALL {
            let name = code.as_str();
            assert!(name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'), "{name}");
            assert!(seen.insert(name), "{name} twice");
            assert_eq!(Code::named(name), Some(*code));
            assert!(code.explanation().len() > 40, "{name} says too little");
        }
    }
}
