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
    MissingFile "missing-file" Error "A file that the site needs, or that a profile names, is not there.\n\nPaths are relative to the file that names them; a path that starts with `/` starts at `content/`. Capitals and accents count."
    NotUtf8 "not-utf8" Error "The file is not UTF-8 text.\n\nSave it as UTF-8 (every current editor can). Older Windows programs often save as Windows-1252."
    BadFileName "bad-file-name" Error "A file or folder name can't be used in an address: it is not UTF-8, or holds a control character or a backslash.\n\nRename it with plain letters, digits and hyphens."
    SymbolicLink "symbolic-link" Error "Symbolic links are not followed, so that nothing from outside the site is published by accident.\n\nPut the file itself in its place."
    OutsideContent "outside-content" Error "A path leaves the `content/` folder, for example with too many `../`.\n\nOnly what is in `content/` is published. Move the file there, or link to its address on the web."
    MisplacedType "misplaced-type" Error "`_type.toml` stands where it has no effect. A folder directly in `content/` is a type; deeper folders only group files."

    // TOML
    TomlSyntax "toml-syntax" Error "The TOML of a front matter or a `.toml` file can't be read.\n\nCommon causes: a text without quotation marks, a missing `=`, the same key twice. Long texts go between `\"\"\"`."
    NoFrontMatter "no-front-matter" Error "A Markdown profile starts with its facts, between two lines that hold only `+++`:\n\n    +++\n    title = \"Novadip\"\n    +++\n    Prose."
    UnclosedFrontMatter "unclosed-front-matter" Error "The front matter starts with `+++` and never ends. Put a line with only `+++` after the facts."
    UnknownKey "unknown-key" Error "The key means nothing here.\n\nEvery entity has `title`, `summary`, `aliases`, `image`, `draft`, `updated`, `verified` and `redirects`; all other keys are the fields of its type, as its `_type.toml` says. An unknown key is most often a slip of the pen, which is why it is an error: a fact that nobody reads is lost."
    MissingField "missing-field" Error "A required field is not there. `title` is always required; the type's `_type.toml` says which others are."
    WrongType "wrong-type" Error "The value is of another kind than the field: text where a number is due, one value where a list is due, and so on.\n\n    founded = 2015                 # year, integer: without quotation marks\n    towns   = [\"gosselies\"]        # a relation is a list, even of one\n    category = \"biotech\"           # a relation with one = true is not"

    // Values
    NotAChoice "not-a-choice" Error "The value is none of the choices that the type allows. The choices are written by their ids, never by their labels."
    OutOfRange "out-of-range" Error "A number is below the field's `min` or above its `max`, or a year is not between 1 and 9999."
    PatternMismatch "pattern-mismatch" Error "The text does not have the form that the field's `pattern` (a regular expression) asks for."
    BadUrl "bad-url" Error "An address must be complete and start with `https://` or `http://` (links in prose may also start with `mailto:` or `tel:`). Others, such as `javascript:`, are refused because they are unsafe."
    BadEmail "bad-email" Error "An e-mail address has the form `name@example.org`."
    BadDate "bad-date" Error "A date is `2024-01-17` without quotation marks, or, where less is known, \"2024-01\" or \"2024\" with them."
    BadPoint "bad-point" Error "A point is `[latitude, longitude]` in decimal degrees: latitude from -90 to 90, longitude from -180 to 180.\n\n    position = [50.46936, 4.43324]"
    BadId "bad-id" Error "An id is the name of a file (or table): small letters without accents, digits and single hyphens, such as `mont-saint-guibert`. Ids of fields may also hold underscores."
    DuplicateId "duplicate-id" Error "Two entities of one type have the same id. An id names one entity of its type, whether it stands in a file of its own or in `_list.toml`."

    // References
    UnknownReference "unknown-reference" Error "No entity of the expected type has this id.\n\nA relation names its target by the id: the name of its file, without `.md`. Create the profile, or correct the id."
    WrongTargetType "wrong-target-type" Error "There is an entity with this id, but not of a type that this relation leads to."
    AmbiguousReference "ambiguous-reference" Error "The id exists in several types. Say which one is meant: `projects/theramir` instead of `theramir`."
    TooManyValues "too-many-values" Error "The field takes one value (`one = true` in the type)."
    UnknownAttribute "unknown-attribute" Error "The relation has no such attribute. Attributes are declared with the relation, in `_type.toml`."
    RepeatedReference "repeated-reference" Warning "The same relation is stated twice with the same attributes. Once is enough; a relation shows at both its ends."

    // Links in prose
    BrokenLink "broken-link" Error "The link leads nowhere.\n\n`[[id]]` links to an entity by its id; `[text](../projects/theramir.md)` to a file relative to this one."
    BrokenAnchor "broken-anchor" Error "The page exists but has no heading with this anchor. A heading's anchor is its text in small letters, with hyphens and without accents, or what `{#…}` after it says."
    LinkToDraft "link-to-draft" Warning "What is linked to is a draft, so the published page shows the words without a link, or leaves the relation out, until the draft is published."

    // Translations
    FactsInTranslation "facts-in-translation" Error "A translation holds only what is language: title, summary, aliases, the image's alternative text, text fields and prose. Facts live once, in the default language's file, for all languages."
    OrphanTranslation "orphan-translation" Error "There is a translation but no original in the default language. Write the original, or correct the file's name: `novadip.en.md` translates `novadip.md` or `novadip.toml`."
    UndeclaredLanguage "undeclared-language" Error "The language is not in `languages` of `site.toml`; or the file names the default language, which has no suffix."
    MissingTranslation "missing-translation" Warning "A text exists in the default language but not in this one. Readers of this language see the default language's text, with a notice."

    // Configuration and schema
    BadConfig "bad-config" Error "A value in `site.toml` can't be used; the message says why."
    BadOutline "bad-outline" Error "The outline of the map, which `site.toml` names, can't be used. It is a GeoJSON file (RFC 7946): a FeatureCollection whose features are areas (Polygon or MultiPolygon), with longitude and latitude in degrees.\n\n    map = { outline = \"geo/provinces.geojson\" }"
    UnknownTheme "unknown-theme" Error "There is no theme of this name, neither in `themes/` nor in the program (`atlas` and `plain`)."
    ThemeCycle "theme-cycle" Error "The theme extends itself, directly or through others."
    UnknownKind "unknown-kind" Error "A field's `kind` is one of: text, markdown, integer, number, boolean, year, date, url, email, point, choice, image. A field with `to` is a relation and has no kind."
    UnknownType "unknown-type" Error "There is no type of this name. A type is a folder of `content/` with a `_type.toml`."
    ReservedField "reserved-field" Error "The name is taken: every entity has title, summary, aliases, image, draft, updated, verified and redirects, and its data have id, type and url."
    ClashingField "clashing-field" Error "Two relations, fields or derived relations of a type have the same id. An inverse is an id of the type that it leads to, so it may not be taken there; two relations into one type need two inverse ids."
    BadField "bad-field" Error "A field's declaration contradicts itself, such as `choices` without `kind = \"choice\"`, `min` above `max`, or a relation with a `kind`."
    BadPattern "bad-pattern" Error "The `pattern` is not a regular expression that can be used. Backslashes are doubled in \"…\" and plain in '…'."
    ImpossiblePath "impossible-path" Error "A derived relation follows relations or inverses by their ids, step by step. At this step no type that is reached so far has a relation or an inverse of that id."
    UnknownView "unknown-view" Error "A page's `view` has a kind that does not exist, or lacks what its kind needs.\n\n    view = { kind = \"matrix\", of = \"actors\", rows = \"segments\", columns = \"approaches\" }"

    // Addresses
    UrlConflict "url-conflict" Error "Two pages or files would be published at one address. Capitals do not tell addresses apart, because some servers and disks ignore them. Redirects count too."
    BadRedirect "bad-redirect" Error "A redirect is an old path of this site, such as \"/entreprises/novadip/\": it starts with `/` and holds no `..`, `?` or `#`."

    // Templates
    TemplateSyntax "template-syntax" Error "A template can't be read: its syntax is wrong, or it uses a filter, function or template that does not exist. `themes/README.md` lists what there is."
    TemplateError "template-error" Error "A template failed while it rendered a page, most often because it uses a variable that the page does not have. `themes/README.md` says which variables every template gets."
    MissingTemplate "missing-template" Error "Neither the theme nor a theme that it extends has this template."
    MissingString "missing-string" Error "A template asks for a word that the theme's `strings/` do not have in the language of the page nor in the default language."
    UnusedPluralForm "unused-plural-form" Warning "A word of the theme's `strings/` has a plural form that its language never uses, so nobody will read it.\n\nThe forms are those of Unicode's CLDR: English has `one` and `other`; Polish has `one`, `few`, `many` and `other`; Japanese has `other` alone. The form `other` stands in for every one that is missing."

    // Advice
    NoRelations "no-relations" Warning "The entity relates to nothing and nothing relates to it, so readers find it only in the index."
    NoSource "no-source" Warning "Nothing says where the facts of this entity come from. Its type has a relation to a type of sources (`citation = true`): name at least one."
    RawHtml "raw-html" Warning "Raw HTML in prose is shown as text. Write Markdown, or allow cleaned HTML with `html = \"sanitize\"` in `site.toml`."
    MissingAlt "missing-alt" Warning "An image has no text for those who can't see it: `![what it shows](file.jpg)`, or `image = { src = \"…\", alt = \"…\" }`."
    SkippedHeading "skipped-heading" Warning "Headings go down one level at a time, and start at `##`, because the page's title is the first level. Readers who listen to the page move by headings."
    Stale "stale" Warning "The facts were last verified longer ago than `stale_after` says. Check them and set `verified` to today."
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
