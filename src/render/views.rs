//! What templates see: a small set of views, the only things that are handed to them.
//!
//! `themes/README.md` documents the same set for the makers of themes; a test holds the two together.

use serde::Serialize;
use tera::Value;

/// Declares views and how they become values of templates. Each field is a variable of that name.
macro_rules! views {
    ($($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $field:ident: $kind:ty,)* })+) => {
        $(
            $(#[$about])*
            #[derive(Serialize)]
            pub(super) struct $name { $($(#[$doc])* pub $field: $kind,)* }

            impl From<$name> for Value {
                fn from(view: $name) -> Self {
                    // The engine shares values that are in it already instead of serialising them again.
                    Value::from_serializable(&view)
                }
            }
        )+

        /// Every view with its fields, to hold the documentation against.
        #[cfg(test)]
        pub(super) const ALL: &[(&str, &[&str])] = &[$((stringify!($name), &[$(stringify!($field)),*])),+];
    };
}

views! {
    /// The site, the same on all pages of a language.
    Site {
        /// Its name.
        title: Value,
        /// What it is, in a sentence.
        description: Value,
        /// The language's tag.
        lang: String,
        /// All languages: a list of [`Language`] that lead to their home pages.
        languages: Vec<Value>,
        /// Where it is published, without a slash at the end.
        base_url: String,
        /// The path of that address.
        base_path: String,
        /// The home page.
        home: String,
        /// The feed of the language.
        feed: String,
        /// The menu: a list of [`Entry`].
        menu: Vec<Value>,
        /// All types: a list of [`TypeInfo`].
        types: Vec<Value>,
        /// `[params]` of `site.toml`.
        params: Value,
        /// How many entities there are.
        total: usize,
        /// How many of them are translated into the language.
        translated: usize,
        /// What pages may load and run, for a `Content-Security-Policy`; none if the theme does not say.
        security_policy: Option<String>,
        /// The program and its version.
        generator: &'static str,
    }

    /// The same page in a language.
    Language {
        /// Its tag.
        lang: String,
        /// Its own name for itself.
        name: String,
        /// The page in it.
        url: String,
        /// Its whole address.
        canonical: String,
        /// Whether the page is translated into it.
        translated: bool,
        /// Whether it is the language of the page.
        current: bool,
    }

    /// A link with its words.
    Entry {
        /// What it is about: the id of a type or the path of a page.
        id: String,
        /// The words.
        title: Value,
        /// Where to.
        url: String,
    }

    /// A type.
    TypeInfo {
        /// Its id.
        id: String,
        /// What one of them is called.
        name: Value,
        /// What several of them are called.
        plural: Value,
        /// Its index.
        url: String,
        /// How many entities it has.
        count: usize,
        /// Its table of data, as CSV.
        csv: String,
        /// Its table of data, as JSON.
        json: String,
        /// Whether its entities are sources.
        citation: bool,
    }

    /// A page, whatever it is.
    Page {
        /// `home`, `index`, `entity`, `page` or `not_found`.
        kind: &'static str,
        /// Its title.
        title: Value,
        /// What it is about, in a sentence; empty if nothing says so.
        summary: Value,
        /// The language of the page.
        lang: String,
        /// Its path with the base path.
        url: String,
        /// Its whole address.
        canonical: String,
        /// The page in all languages, its own included: a list of [`Language`].
        translations: Vec<Value>,
        /// Where search engines find it in other languages: a list of [`Language`]; empty if it is in one language only.
        alternates: Vec<Value>,
        /// Its prose as HTML; empty if there is none.
        content: Value,
        /// The language of the prose.
        content_lang: String,
        /// Whether the prose is in another language than the page.
        fallback: bool,
        /// The headings of the prose: a list of [`Heading`].
        headings: Vec<Value>,
        /// The sources that the prose cites, by number: a list of [`Reference`].
        references: Vec<Value>,
        /// The way from home: a list of [`Entry`].
        breadcrumbs: Vec<Value>,
        /// Where to edit its file; none if the site does not say.
        edit_url: Option<String>,
        /// When it last changed, for the filter `date`; none if it is not known.
        updated: Option<String>,
        /// JSON-LD, ready for a script element; none for pages that have none.
        json_ld: Option<Value>,
    }

    /// A heading of the prose.
    Heading {
        /// From 1 to 6.
        level: usize,
        /// Its anchor.
        id: String,
        /// Its text.
        text: String,
    }

    /// A cited source.
    Reference {
        /// Its number.
        number: usize,
        /// Its anchor.
        id: String,
        /// The source.
        card: Value,
        /// The places in it that are cited.
        locators: Vec<Value>,
        /// The anchors of the citations.
        citations: Vec<Value>,
    }

    /// An entity in short.
    Card {
        /// Its name among all: `type/id`.
        key: String,
        /// Its type's id.
        type_id: String,
        /// What one of its type is called.
        type_name: Value,
        /// Its id.
        id: String,
        /// Its name.
        title: Value,
        /// What it is, in a sentence; empty if nothing says so.
        summary: Value,
        /// The language of the summary.
        summary_lang: String,
        /// Its page, with the base path.
        url: String,
        /// Whether all of it is translated into the language.
        translated: bool,
        /// When it last changed; none if it is not known.
        updated: Option<String>,
        /// Whether it is a draft.
        draft: bool,
    }

    /// An entity in full.
    Entity {
        /// The entity in short.
        card: Value,
        /// Its other names.
        aliases: Vec<Value>,
        /// A picture of it, an [`Item`] with `url` and `text`; none if there is none.
        image: Option<Value>,
        /// When its facts were last verified; none if it is not known.
        verified: Option<String>,
        /// Its old and new facts that have values: a list of [`Fact`].
        facts: Vec<Value>,
        /// Its relations in both directions: a list of [`Relation`].
        relations: Vec<Value>,
        /// What follows from its relations: a list of [`Derived`].
        derived: Vec<Value>,
        /// The entities whose prose mentions it: a list of [`Card`].
        mentions: Vec<Value>,
        /// Its data as JSON; none if the theme does not want them published.
        json: Option<String>,
    }

    /// The values of a field.
    Fact {
        /// The field's id.
        id: String,
        /// What it is called.
        label: Value,
        /// The kind of its values.
        kind: &'static str,
        /// What they measure; empty if nothing says so.
        unit: Value,
        /// The values: a list of [`Item`].
        values: Vec<Value>,
    }

    /// A value.
    Item {
        /// For readers.
        text: Value,
        /// As it is in the data: a text, a number, a date, a choice's id, `[latitude, longitude]`; none for Markdown.
        value: Value,
        /// As HTML, for Markdown; none for others.
        html: Option<Value>,
        /// Where it leads, for addresses and pictures; none for others.
        url: Option<String>,
        /// The language of the text.
        lang: String,
    }

    /// The links of an entity by one relation, in one direction.
    Relation {
        /// The relation's id, or its inverse's.
        id: String,
        /// What it is called in this direction.
        label: Value,
        /// Whether others say it of this entity.
        inverse: bool,
        /// Whether it leads to sources.
        citation: bool,
        /// The links: a list of [`Link`].
        links: Vec<Value>,
    }

    /// A link to an entity.
    Link {
        /// The entity.
        card: Value,
        /// What is said of the link: a list of [`Fact`].
        attributes: Value,
    }

    /// What follows from relations.
    Derived {
        /// The derived relation's id.
        id: String,
        /// What it is called.
        label: Value,
        /// What it reaches: a list of [`Reached`].
        links: Vec<Value>,
    }

    /// An entity that a derived relation reaches.
    Reached {
        /// The entity.
        card: Value,
        /// The entities on the ways to it: a list of [`Card`].
        through: Vec<Value>,
    }

    /// A page of a type's index.
    Index {
        /// The type.
        of: Value,
        /// The entities on this page: a list of [`Card`].
        items: Vec<Value>,
        /// How many entities the index has.
        total: usize,
        /// The number of this page, from 1.
        number: usize,
        /// The first page, the last one and those around this one: a list of [`PageLink`].
        pages: Vec<Value>,
        /// The page before; none on the first.
        previous: Option<String>,
        /// The page behind; none on the last.
        next: Option<String>,
        /// What the entities can be filtered by: a list of [`Facet`].
        facets: Value,
    }

    /// A page of an index.
    PageLink {
        /// Its number.
        number: usize,
        /// Its path, with the base path.
        url: String,
        /// Whether it is this page.
        current: bool,
    }

    /// Something by which entities can be filtered.
    Facet {
        /// The field's or relation's id.
        id: String,
        /// What it is called.
        label: Value,
        /// Its options: a list of [`Choice`].
        options: Vec<Value>,
    }

    /// An option of a facet.
    Choice {
        /// The id of the choice, or of the entity.
        id: String,
        /// For readers.
        text: Value,
        /// The entity's page; none for choices.
        url: Option<String>,
        /// How many entities of the index have it.
        count: usize,
    }

    /// The full-text search; it has no content of its own.
    Search {
        /// `search`.
        kind: &'static str,
    }

    /// The entities of a type by two of their relations.
    Matrix {
        /// `matrix`.
        kind: &'static str,
        /// The type that is counted.
        of: Value,
        /// What the rows are called.
        row_label: Value,
        /// What the columns are called.
        column_label: Value,
        /// The columns: a list of [`Card`].
        columns: Vec<Value>,
        /// The rows: a list of [`Row`].
        rows: Vec<Value>,
    }

    /// A row of a matrix.
    Row {
        /// What it is.
        card: Value,
        /// For each column, the entities that have both: lists of [`Card`].
        cells: Vec<Value>,
    }
}

/// A text that templates escape.
pub(super) fn text(text: &str) -> Value {
    Value::normal_string(text)
}

/// HTML that templates leave as it is.
pub(super) fn html(html: &str) -> Value {
    Value::safe_string(html)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_themes_page_documents_every_view_and_field() {
        let page = include_str!("../../themes/README.md");
        for (view, fields) in ALL {
            let heading = format!("### {view}\n");
            let start = page.find(&heading).unwrap_or_else(|| panic!("themes/README.md has no heading for {view}"));
            let section = page[start + heading.len()..].split("\n#").next().unwrap_or_default();
            for field in *fields {
                assert!(
                    section.contains(&format!("`{field}`")),
                    "themes/README.md does not tell of `{field}` under {view}"
                );
            }
            let documented = section.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next());
            for name in documented {
                assert!(fields.contains(&name), "themes/README.md tells of `{name}` under {view}, which is gone");
            }
        }
    }
}
