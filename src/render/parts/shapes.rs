//! What templates see of entities, wherever they are shown.

use tera::Value;

use crate::render::engine::shapes::shapes;
use crate::render::words::Words;

shapes! {
    /// A link to a page.
    Entry {
        /// The id of the type whose index it leads to, the path of the page, or `type/id`; empty for home, for other sites and for groups.
        id: String,
        /// The text of the link.
        title: Words,
        /// The address; empty for groups.
        url: String,
        /// Whether it leads to another site.
        outside: bool,
        /// The entries of a group of the menu, a list of [Entry](#entry); empty for links.
        items: Vec<Value>,
    }

    /// A type.
    TypeInfo {
        /// Its id.
        id: String,
        /// The name of the type in the singular.
        name: Words,
        /// The name of the type in the plural.
        plural: Words,
        /// The address of its index.
        url: String,
        /// The letters in its sign: its `mark`, or else letters of its name that no other type has.
        mark: String,
        /// Its hue in degrees (OKLCH); none if it is grey. Style sheets have it as `--type-hue`, see [Colours of types](#colours-of-types).
        hue: Option<u16>,
        /// The number of its entities.
        count: usize,
        /// Its data: a list of [Download](#download).
        data: Vec<Value>,
        /// The address of the feed of its latest changes; none if its entities have no pages.
        feed: Option<String>,
        /// Whether its entities are sources.
        citation: bool,
    }

    /// A file of data.
    Download {
        /// The format of the file: `csv` or `json`.
        format: &'static str,
        /// Its address.
        url: String,
    }

    /// A heading of the page's prose.
    Heading {
        /// From 1 to 6.
        level: usize,
        /// Its anchor.
        id: String,
        /// Its text.
        text: Words,
    }

    /// An entry of the table of contents: a heading of the prose or a relation.
    ContentsEntry {
        /// The anchor to which it leads.
        anchor: String,
        /// The text of the link.
        title: Words,
        /// The language of the text.
        lang: String,
        /// The level of the heading; 2 for relations.
        level: usize,
        /// The number of links of a relation; 0 for headings.
        count: usize,
    }

    /// A source that the page cites, in its prose or in its values.
    Reference {
        /// Its number on the page, from 1.
        number: usize,
        /// Its anchor, to which the citations lead: the template has to set it.
        id: String,
        /// The source, a [Card](#card).
        card: Value,
        /// The places in the source that are cited, a list of texts.
        locators: Vec<String>,
        /// The anchors of the citations, a list of texts.
        citations: Vec<String>,
        /// The attributes of the links by which the entity of the page names this source among its `sources`, a list of [Fact](#fact).
        attributes: Vec<Value>,
    }

    /// An entity in short.
    Card {
        /// The name of the entity for template functions: `type/id`.
        key: String,
        /// The id of its type.
        type_id: String,
        /// The name of its type in the singular.
        type_name: Words,
        /// The letters in the sign of its type.
        type_mark: String,
        /// Its id.
        id: String,
        /// Its name.
        title: Words,
        /// The language of the name: for a publication, [its own](../FORMAT.md#_typetoml).
        title_lang: String,
        /// One sentence about it; may be empty.
        summary: Words,
        /// The language of the summary.
        summary_lang: String,
        /// The texts that lists show beside its title, one for each field and relation with [`brief = true`](../FORMAT.md#fields) that has values. For a relation, the text has the first three names.
        brief: Vec<String>,
        /// A picture of it, a [Picture](#picture); none if there is none.
        image: Option<Value>,
        /// The number that it is about, a [Headline](#headline), with round sums in short; none if it has none.
        headline: Option<Value>,
        /// The address of its page, or of its place on the index of its type.
        url: String,
        /// Whether it has a page. Otherwise (with `pages = false` in `_type.toml`), its line on the index has its `id` as the id of an element and shows all of it.
        page: bool,
        /// Whether all of it is translated into the language of the page.
        translated: bool,
        /// When it last changed, for the filter `date`; none if that is not known.
        updated: Option<String>,
        /// Whether it is a draft.
        draft: bool,
    }

    /// The picture of an entity.
    Picture {
        /// Its address.
        url: String,
        /// Its alternative text; may be empty.
        text: String,
        /// The language of the alternative text.
        lang: String,
        /// Its width in pixels; none if it is not known.
        width: Option<u32>,
        /// Its height in pixels; none if it is not known.
        height: Option<u32>,
        /// How it is shown in a frame: `contain` shows all of it, `cover` fills the frame and cuts it.
        fit: &'static str,
        /// The background of a transparent picture: `light`, `dark` or `none`.
        background: &'static str,
    }

    /// An entity in full. Its title, summary and prose are in `page`.
    Entity {
        /// The entity in short, a [Card](#card).
        card: Value,
        /// Its type, a [TypeInfo](#typeinfo).
        of: Value,
        /// Its other names, a list of texts.
        aliases: Vec<Words>,
        /// A picture of it, a [Picture](#picture); none if there is none.
        image: Option<Value>,
        /// The whole address of the picture; none if there is none.
        image_canonical: Option<String>,
        /// When its facts were last verified, for the filter `date`; none if that is not known.
        verified: Option<String>,
        /// The number that it is about, a [Headline](#headline); none if it has none.
        headline: Option<Value>,
        /// Its fields that have values, in the order of `_type.toml`, a list of [Fact](#fact).
        facts: Vec<Value>,
        /// The facts that are not in `headline`, a list of [Fact](#fact).
        details: Vec<Value>,
        /// Its links in both directions, by relation, a list of [Relation](#relation).
        relations: Vec<Value>,
        /// The relations that do not lead to sources, a list of [Relation](#relation).
        connections: Vec<Value>,
        /// The [Relation](#relation) to its sources: the one that the key `sources` in `_type.toml` names, or else `sources`; none if the entity has no such links.
        sources: Option<Value>,
        /// The other relations that lead to sources, a list of [Relation](#relation).
        other_sources: Vec<Value>,
        /// Its derived relations, a list of [Derived](#derived).
        derived: Vec<Value>,
        /// The entities whose prose mentions it and that no relation joins to it, a list of [Card](#card).
        mentions: Vec<Value>,
        /// Its last changes, at most ten, the newest first, a list of [Change](#change); empty without `history = true` in `site.toml`.
        changes: Vec<Value>,
        /// The address of the feed of the latest changes of what is related to it; none without `feeds = true` in `_type.toml`.
        feed: Option<String>,
        /// Its data as JSON; none if `theme.toml` does not have `records`.
        json: Option<String>,
    }

    /// What happened to an entity on a day.
    Change {
        /// The day, for the filter `date`.
        date: String,
        /// `added`, `changed` or `removed`.
        kind: &'static str,
        /// The same in words.
        words: Words,
        /// The entity, a [Card](#card); none if it is gone.
        card: Option<Value>,
        /// Its name.
        title: Words,
        /// The name of its type in the singular.
        type_name: Words,
        /// What changed: labels of fields and relations, and names of other parts, with short values: `Founded (2016 instead of 2015)`.
        parts: Vec<Words>,
    }

    /// The values of a field or of an attribute.
    Fact {
        /// The field's id.
        id: String,
        /// Its label.
        label: Words,
        /// The kind of its values: `text`, `markdown`, `integer`, `number`, `boolean`, `year`, `date`, `url`, `email`, `point`, `choice`, `image` or `record`.
        kind: &'static str,
        /// The unit of numbers; may be empty.
        unit: String,
        /// The values, a list of [Item](#item) with at least one entry.
        values: Vec<Value>,
    }

    /// The number that an entity is about, with its unit: `about 470–600 jobs`, `€81 million`.
    Headline {
        /// The ids of the fields that it is made of, a list of texts.
        fields: Vec<String>,
        /// The word before the number, such as `about`; may be empty.
        qualifier: String,
        /// The number or the range. Money and percentages include their unit.
        number: String,
        /// The unit after the number; may be empty.
        unit: String,
    }

    /// The start of a list, from the filter `excerpt`.
    Excerpt {
        /// The first entries.
        first: Vec<Value>,
        /// The other entries.
        rest: Vec<Value>,
        /// The number of the other entries.
        more: usize,
    }

    /// A share of a whole, from the function `shares`.
    Share {
        /// The field, a [Fact](#fact).
        fact: Value,
        /// Where the share starts, in hundredths of the whole: after the shares before it.
        from: f64,
        /// Its width, in hundredths of the whole.
        width: f64,
    }

    /// A value.
    Item {
        /// The value for readers, as the language writes it; empty for Markdown.
        text: String,
        /// The value as it is in the data: a text, a number, a boolean, a date, a choice's id, `[latitude, longitude]`; none for Markdown.
        value: Value,
        /// The value as HTML, for Markdown; none for others.
        html: Option<Value>,
        /// The target of the link, for addresses, e-mail addresses and images; none for other kinds.
        url: Option<String>,
        /// What is said of the value, such as the date on which it was true, a list of [Fact](#fact).
        attributes: Vec<Value>,
        /// The last two parts of the host of an address on the web, such as `wikipedia.org`; none for other kinds.
        domain: Option<String>,
        /// The width of an image in pixels; none if it is not known, and for other kinds.
        width: Option<u32>,
        /// The height of an image in pixels; none if it is not known, and for other kinds.
        height: Option<u32>,
        /// The language of the text.
        lang: String,
        /// For a record: its values, a list of [Fact](#fact) with one value each; empty for other kinds.
        cells: Vec<Value>,
    }

    /// The links of an entity by one relation, in one direction.
    Relation {
        /// The relation's id or, in the other direction, its inverse's.
        id: String,
        /// An id for its heading, which no other relation of the entity has.
        anchor: String,
        /// Its label in this direction.
        label: Words,
        /// Whether the links lead to this entity, and not from it.
        inverse: bool,
        /// Whether it leads from this entity to sources.
        citation: bool,
        /// The address of the index of the other entities, filtered by this entity; none if `inverse` is false, and if the index can't be filtered by the relation.
        filter: Option<String>,
        /// The links, a list of [Link](#link); empty if there is only something `below`.
        links: Vec<Value>,
        /// In the other direction of the relation: the entities that name a descendant of this entity in a [hierarchy](../FORMAT.md#relations), through it, a list of [Reached](#reached); at most 100.
        below: Vec<Value>,
        /// The number of all such entities.
        below_count: usize,
    }

    /// A link to an entity.
    Link {
        /// The entity at the other end, a [Card](#card).
        card: Value,
        /// The attributes of the link, a list of [Fact](#fact).
        attributes: Value,
    }

    /// A derived relation: it follows from relations, and is not stated.
    Derived {
        /// The id of the derived relation.
        id: String,
        /// An id for its heading, which no other relation of the entity has.
        anchor: String,
        /// Its label.
        label: Words,
        /// The entities to which it leads, a list of [Reached](#reached).
        links: Vec<Value>,
    }

    /// An entity that is reached by way of others, by a derived relation or below another entity.
    Reached {
        /// The entity that is reached, a [Card](#card).
        card: Value,
        /// The entities on the paths to it, a list of [Card](#card).
        through: Vec<Value>,
    }

    /// A field or relation with `facet = true`. Its numbers are those of the whole index, not of one page.
    Facet {
        /// The id of the field or relation.
        id: String,
        /// Its label.
        label: Words,
        /// The options that at least one entity has, a list of [Choice](#choice). In a hierarchy, each follows its parent.
        options: Vec<Value>,
    }

    /// An option of a facet.
    Choice {
        /// The id of the choice or of the entity (`type/id` where the relation leads to several types), or the value; the same in all languages.
        id: String,
        /// The text of the option. If several options have the same title, their parents in a hierarchy, or their types, tell them apart.
        text: String,
        /// The address of the entity's page; none for a field's values.
        url: Option<String>,
        /// The number of options above it in the tree of a [hierarchy](../FORMAT.md#relations); 0 outside of one.
        depth: usize,
        /// The number of entities of the index that have the option, or a descendant of it in a [hierarchy](../FORMAT.md#relations).
        count: usize,
    }
}
