//! What templates see of the site and of each page.

use tera::Value;

use crate::render::engine::shapes::shapes;
use crate::render::words::Words;

shapes! {
    /// The site, the same on all pages of a language.
    Site {
        /// Its name.
        title: Words,
        /// One sentence about it.
        description: Words,
        /// The language of the page.
        lang: String,
        /// All languages, a list of [Language](#language), leading to their home pages.
        languages: Vec<Value>,
        /// The base URL, without a slash at the end.
        base_url: String,
        /// The path of the base URL; empty if it has none.
        base_path: String,
        /// The address of the home page.
        home: String,
        /// The address of the language's feed.
        feed: String,
        /// The menu, a list of [Entry](#entry).
        menu: Vec<Value>,
        /// All types, a list of [TypeInfo](#typeinfo).
        types: Vec<Value>,
        /// The table `[params]` of `site.toml`, with the defaults of the [parameters](#parameters) that the theme declares.
        params: Value,
        /// The number of entities.
        total: usize,
        /// The number of entities that are translated into the language.
        translated: usize,
        /// The Content Security Policy of `theme.toml`; none if it has none.
        security_policy: Option<String>,
        /// The full-text search, a [SearchIndex](#searchindex); none if there is no index, because `theme.toml` does not have `search` or the site was built with `--no-search`.
        search: Option<Value>,
        /// The address of the page with the view `path`, which `?from=` and `?to=` with `type/id` fill in; none if there is no such page.
        paths: Option<String>,
        /// The program and its version.
        generator: &'static str,
    }

    /// Where the index of the full-text search is. It is made by [Pagefind](https://pagefind.app), whose script is `pagefind.js` in the folder of the first part; hand the other folders to its function `mergeIndex`.
    /// A page has the filters `type` (the id of its type) and `category` (the values of the type's first facet), and the names
    /// `title1`, `title2` or `title3` (a title of one, two or more words), `source` (the title of a source), `aliases`, `foreign` (names in other languages) and `summary`, which `metaWeights` can weigh; `image` is the address of its picture.
    ///
    /// In the index, French elisions (l’, d’, qu’…) are separate words, so that “arthrose” finds “l’arthrose”. Names and excerpts have a word joiner and a space (U+2060 U+0020)
    /// after the apostrophe: remove both before you show them, and leave elisions out of queries. If no page has a word, Pagefind looks for shorter and shorter beginnings of it; the theme has to
    /// tell such results from exact ones.
    ///
    /// `names.json` in each folder has the names of the pages: `types` (the ids of types) and `names`, a list of `[address, position of the type in types, title, [other names], [names in other languages]]`. Sources are not
    /// among them. `summaries/0.json` has the summary and the categories of the first pages by address, `summaries/1.json` those of the next ones; `summaries` in `names.json` is the number
    /// of pages in each of these files.
    SearchIndex {
        /// The addresses of its folders in the language of the page, with a slash at the end; more than one only with over 10,000 pages.
        parts: Vec<String>,
        /// The address of the page with `view = { kind = "search" }`; none if there is none.
        page: Option<String>,
    }

    /// The same page in a language.
    Language {
        /// Its tag.
        lang: String,
        /// The name of the language, in that language.
        name: String,
        /// The address of the page in this language.
        url: String,
        /// The whole address.
        canonical: String,
        /// Whether the page is translated into it.
        translated: bool,
        /// Whether it is the language of the current page.
        current: bool,
    }

    /// A page of any kind.
    Page {
        /// `home`, `index`, `entity`, `page` or `not_found`.
        kind: &'static str,
        /// Its title.
        title: String,
        /// The language of the title.
        title_lang: String,
        /// One sentence about its content; may be empty.
        summary: Words,
        /// The language of the summary.
        summary_lang: String,
        /// Its language.
        lang: String,
        /// Its address.
        url: String,
        /// Its whole address.
        canonical: String,
        /// The page in all languages, its own included, a list of [Language](#language); of a page that is not found, the home pages.
        translations: Vec<Value>,
        /// The translations to announce to search engines (`hreflang`), a list of [Language](#language): the languages into which the page is translated; empty if there is only one.
        alternates: Vec<Value>,
        /// Its prose as HTML; may be empty.
        content: Value,
        /// The language of the prose.
        content_lang: String,
        /// Whether the prose is in another language than the page, because its translation is missing.
        fallback: bool,
        /// The headings of the prose, a list of [Heading](#heading).
        headings: Vec<Value>,
        /// The table of contents, a list of [ContentsEntry](#contentsentry). On the page of an entity: the headings of the second level, then the `connections` and the derived relations. On other pages: the headings of the second and third level.
        contents: Vec<Value>,
        /// The sources that the page cites, by number, a list of [Reference](#reference).
        references: Vec<Value>,
        /// The `sources` of the page's entity that the page does not cite by a number, a list of [Link](#link).
        uncited: Vec<Value>,
        /// The breadcrumbs: the ancestors of the page, from home down, a list of [Entry](#entry).
        breadcrumbs: Vec<Value>,
        /// The address for editing its file; none if `site.toml` has no `edit_url`.
        edit_url: Option<String>,
        /// The address of a letter about the page (`mailto:`), with its title and its address in it and, for an entity, its facts; none if `site.toml` has no `contact`.
        letter: Option<String>,
        /// When it last changed, for the filter `date`; none if that is not known.
        updated: Option<String>,
        /// JSON-LD as text for a script element; none if the page has none.
        json_ld: Option<Value>,
    }

    /// The view that the page holds, drawn by the theme's template `views/KIND.html`.
    View {
        /// Its kind: `matrix`, `map`, `network`, `timeline`, `figures`, `glossary` or `search`.
        kind: &'static str,
        /// Its HTML; empty if the theme has no template for this kind.
        html: Value,
    }

    /// A block of the page, drawn by the theme's template `blocks/KIND.html`.
    Block {
        /// Its kind: `search`, `text`, `types`, `changes`, `list`, `figures`, `view` or `links`.
        kind: &'static str,
        /// Its HTML; empty if the theme has no template for this kind.
        html: Value,
    }

    /// One page of the index of a type. The prose is on the first page only.
    Index {
        /// The type, a [TypeInfo](#typeinfo).
        of: Value,
        /// The entities on this page, a list of [Card](#card).
        items: Vec<Value>,
        /// The number of entities of the index.
        total: usize,
        /// The maximum number of entities on a page.
        size: usize,
        /// The number of this page, from 1.
        number: usize,
        /// The first page, the last one and those around this one, a list of [PageLink](#pagelink).
        pages: Vec<Value>,
        /// The address of the previous page; none on the first one.
        previous: Option<String>,
        /// The address of the next page; none on the last one.
        next: Option<String>,
        /// The facets by which the entities can be filtered, a list of [Facet](#facet).
        facets: Value,
        /// The order of the index: `title`, or the id of a field, with `-` before it if the greatest comes first.
        order: String,
        /// Whether `order` is neither `title` nor the order of a field in `sorts`.
        own_order: bool,
        /// The fields by which readers can sort the index, a list of [Sorting](#sorting): those that hold one number, year or date and that any entity has.
        sorts: Value,
        /// Whether any of the entities has a picture.
        pictures: bool,
        /// The address of the [listing](#listings); none if `theme.toml` does not have `listings`.
        listing: Option<String>,
        /// The address of the [table](#tables); none if `theme.toml` does not have `listings`.
        table: Option<String>,
    }

    /// A field by which readers can sort.
    Sorting {
        /// The id of the field.
        id: String,
        /// Its label.
        label: Words,
        /// `ascending` or `descending` if the index has the order of this field; empty if it has not.
        current: &'static str,
    }

    /// A page of an index.
    PageLink {
        /// The number of the page.
        number: usize,
        /// Its address.
        url: String,
        /// Whether it is this page.
        current: bool,
        /// Whether there are pages between this one and the one before it in the list.
        gap: bool,
    }
}
