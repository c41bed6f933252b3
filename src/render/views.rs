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
        /// The full-text search, a [`SearchIndex`]; none if there is no index.
        search: Option<Value>,
        /// The program and its version.
        generator: &'static str,
    }

    /// Where the index of the full-text search is.
    SearchIndex {
        /// The folders of its parts in the language of the page.
        parts: Vec<String>,
        /// The page that holds the search; none if there is none.
        page: Option<String>,
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
        /// The language of the summary.
        summary_lang: String,
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
        /// What lists say of it beside its title: a list of texts, one for each field and relation with `brief = true` that it has.
        brief: Value,
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
        /// The entities whose prose mentions it and that no relation joins to it: a list of [`Card`].
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
        /// The index of those that say it, filtered by it; none where no index can be.
        filter: Option<String>,
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
        /// How many of them a page holds at most.
        size: usize,
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
        /// The order of the index: `title`, or the id of a field, with `-` before it if the greatest comes first.
        order: String,
        /// What readers can sort it by, beside the title: a list of [`Sorting`].
        sorts: Value,
        /// What a browser needs to filter the index; none if the theme does not want it published.
        listing: Option<String>,
    }

    /// A field by which readers can sort.
    Sorting {
        /// The field's id.
        id: String,
        /// What it is called.
        label: Value,
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
        /// The id of the choice or of the entity, or the value; the same in all languages.
        id: String,
        /// For readers.
        text: Value,
        /// The entity's page; none for choices.
        url: Option<String>,
        /// How many entities of the index have it, or something below it.
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
        /// For each column, how many entities have it, whatever their rows.
        totals: Vec<usize>,
        /// The rows, each after the one above it in their hierarchy: a list of [`Row`].
        rows: Vec<Value>,
        /// How many rows and columns are left out because there are too many.
        left_out: usize,
    }

    /// A row of a matrix.
    Row {
        /// What it is.
        card: Value,
        /// How many rows are above it in their hierarchy.
        depth: usize,
        /// For each column, the entities that have both, or what is below them: lists of [`Card`].
        cells: Vec<Value>,
        /// How many entities have it, whatever their columns.
        total: usize,
    }

    /// What happened when.
    Timeline {
        /// `timeline`.
        kind: &'static str,
        /// The types that are shown: a list of [`TypeInfo`].
        of: Vec<Value>,
        /// The years in which anything happens, in order: a list of [`TimelineYear`].
        years: Vec<Value>,
        /// How many bars stand side by side at most.
        lanes: usize,
        /// The types of which not all entities say a date: a list of [`Undated`].
        undated: Vec<Value>,
    }

    /// The entities of a type that say no date.
    Undated {
        /// The type.
        of: Value,
        /// How many of its entities say none.
        count: usize,
    }

    /// A year of a timeline.
    TimelineYear {
        /// The year.
        number: i16,
        /// Whether it is the first of its decade on the page.
        decade: bool,
        /// How many years lie between the one before on the page and this one.
        gap: usize,
        /// For each lane, the period that runs through the year: a [`TimelineBar`] or none.
        bars: Vec<Value>,
        /// What happens, starts or ends in it: a list of [`Occurrence`].
        entries: Vec<Value>,
        /// How many more there are that the page does not hold.
        more: usize,
    }

    /// A period in one of its years.
    TimelineBar {
        /// The number of the period on the page.
        number: usize,
        /// The id of its type.
        type_id: String,
        /// Whether it begins in this year.
        begins: bool,
        /// Whether it ends in this year.
        ends: bool,
    }

    /// Something that happens, starts or ends.
    Occurrence {
        /// What.
        card: Value,
        /// When it happens or starts, for the filter `date`; none if only its end is known.
        start: Option<String>,
        /// When it ends; none for what has no end.
        end: Option<String>,
        /// Whether it stands here because it ends, not because it happens or starts.
        ends: bool,
        /// Whether its dates are not exact.
        approximate: bool,
        /// The number of its bar; none if it has none.
        bar: Option<usize>,
        /// What it names itself, sources apart: a list of [`Card`]; empty where it ends.
        related: Vec<Value>,
    }

    /// The dates of one entity on an axis from 0 to 1000.
    Period {
        /// When it starts, for the filter `date`; none if it is not known.
        start: Option<String>,
        /// When it ends; none if it is not known.
        end: Option<String>,
        /// Where it starts on the axis; none if it is not known.
        from: Option<u32>,
        /// Where it ends; none if it is not known.
        to: Option<u32>,
        /// The years that the axis names: a list of [`Tick`].
        ticks: Vec<Value>,
        /// Its start and its end, and what names it and has a date, in order: a list of [`Moment`].
        moments: Vec<Value>,
    }

    /// The start of a year on an axis.
    Tick {
        /// The year.
        year: i32,
        /// Where it is.
        x: u32,
    }

    /// Something on the axis of an entity.
    Moment {
        /// `start` or `end` of the entity itself, or `named` for what names it.
        kind: &'static str,
        /// What names it; none for its own start and end.
        card: Option<Value>,
        /// When, for the filter `date`.
        date: String,
        /// Where it is.
        x: u32,
    }

    /// Entities by what they are about.
    Figures {
        /// `figures`.
        kind: &'static str,
        /// The type.
        of: Value,
        /// The types of what they are about: a list of [`FigureSection`]; those about nothing come last.
        sections: Vec<Value>,
        /// How many sets contradict one another.
        disputes: usize,
    }

    /// The groups about things of one type.
    FigureSection {
        /// The type; none for what is about nothing.
        of: Option<Value>,
        /// The groups: a list of [`FigureGroup`].
        groups: Vec<Value>,
    }

    /// The figures about one thing.
    FigureGroup {
        /// What they are about; none for what is about nothing.
        card: Option<Value>,
        /// Those that contradict one another: a list of [`Dispute`].
        disputes: Vec<Value>,
        /// The others: a list of [`Entity`].
        figures: Vec<Value>,
        /// How many more there are that the page does not hold.
        more: usize,
    }

    /// Figures that contradict one another, directly or through others.
    Dispute {
        /// Its number on the page, from 1.
        number: usize,
        /// What each source says: a list of [`Voice`]; one where a source contradicts itself.
        voices: Vec<Value>,
        /// Whether there are more figures that the page does not hold.
        more: bool,
    }

    /// What one source says, or several together.
    Voice {
        /// The sources: a list of [`Card`].
        sources: Vec<Value>,
        /// What they say: a list of [`Entity`].
        figures: Vec<Value>,
    }

    /// The entities of a type by their first letters.
    Glossary {
        /// `glossary`.
        kind: &'static str,
        /// The type.
        of: Value,
        /// The letters that there are: a list of [`Letter`].
        letters: Vec<Value>,
    }

    /// A letter of a glossary.
    Letter {
        /// The letter as a capital, without accents; `0–9` for all that is none.
        name: String,
        /// The letter as a part of anchors.
        id: String,
        /// The names under it, in order: a list of [`Term`].
        terms: Vec<Value>,
    }

    /// A name of an entity in a glossary.
    Term {
        /// The name.
        name: Value,
        /// Whether it is another name, that only leads to the entity.
        alias: bool,
        /// The entity.
        card: Value,
        /// What the name is short for, an [`Item`]; none if nothing says so.
        expansion: Option<Value>,
    }
    /// Entities that are related to one another, as a drawing.
    Network {
        /// `network`.
        kind: &'static str,
        /// The types that are drawn: a list of [`NetworkType`].
        types: Vec<Value>,
        /// The width of the drawing; all places are whole numbers in the same unit.
        width: i32,
        /// Its height.
        height: i32,
        /// All lines between nodes, as the `d` of one path.
        lines: String,
        /// How many entities are drawn.
        drawn: usize,
        /// How many have relations and are not drawn, because there are too many.
        left_out: usize,
    }

    /// The entities of one type in a network.
    NetworkType {
        /// The type.
        of: Value,
        /// The outline of its nodes around the origin, for the legend, as the `d` of a path; six types have one of their own each.
        mark: String,
        /// Those that are drawn: a list of [`NetworkNode`].
        nodes: Vec<Value>,
        /// Those without relations: a list of [`Card`]; empty if they are too many to be named.
        alone: Vec<Value>,
        /// How many have no relations.
        alone_count: usize,
    }

    /// An entity in a network.
    NetworkNode {
        /// The entity.
        card: Value,
        /// Its other names.
        aliases: Vec<Value>,
        /// Where its middle is, from the left.
        x: i32,
        /// Where its middle is, from the top.
        y: i32,
        /// Its outline around its middle, as the `d` of a path.
        mark: String,
        /// Its name, shortened if it is long.
        name: String,
        /// Where the name goes, seen from the middle.
        name_x: i32,
        /// The line that the name stands on, seen from the middle.
        name_y: i32,
        /// The `text-anchor` of the name.
        anchor: &'static str,
        /// Whether the name is written large.
        large: bool,
        /// Whether the name has a place of its own; others cover something.
        always: bool,
        /// Lines from it: numbers of nodes, counted from 0 over all types in their order. Each line is told at one end only.
        joined: String,
        /// The first of those that it is related to: a list of [`Card`].
        related: Vec<Value>,
        /// How many more it is related to.
        further: usize,
    }

    /// An entity's neighbours, in two columns of about the same length.
    Neighbourhood {
        /// Those on the left: a list of [`NearGroup`].
        left: Vec<Value>,
        /// Those on the right: a list of [`NearGroup`].
        right: Vec<Value>,
        /// How many more there are.
        more: usize,
    }

    /// Neighbours of one type.
    NearGroup {
        /// What several of the type are called.
        label: Value,
        /// The neighbours: a list of [`Near`].
        items: Vec<Value>,
    }

    /// A neighbour.
    Near {
        /// The entity.
        card: Value,
        /// What the relations to it are called, each once.
        labels: Vec<Value>,
        /// Whether it is reached by derived relations only.
        derived: bool,
    }

    /// Where the entities of a type are.
    Map {
        /// `map`.
        kind: &'static str,
        /// The type.
        of: Value,
        /// What the relation to the places is called.
        label: Value,
        /// The width of the drawing, in points; 0 if there is nothing to draw.
        width: i32,
        /// Its height.
        height: i32,
        /// The length of the bar that is the scale, in kilometres; none where even a kilometre is too long.
        kilometres: Option<i32>,
        /// The same in points.
        bar: Option<i32>,
        /// The areas on the drawing: a list of [`MapArea`].
        areas: Vec<Value>,
        /// The places on the drawing, those with the most entities first: a list of [`MapDot`].
        dots: Vec<Value>,
        /// The lines from dots to names that stand off, as the `d` of an SVG path; may be empty.
        leaders: String,
        /// The same on narrow screens.
        narrow_leaders: String,
        /// The same places by the area in which they are: a list of [`MapGroup`].
        groups: Vec<Value>,
        /// The places outside the drawing: a list of [`MapPlace`].
        outside: Vec<Value>,
        /// How many entities are on the drawing.
        located: usize,
        /// How many are only outside of it.
        elsewhere: usize,
        /// The entities that are nowhere: a list of [`Card`].
        unlocated: Vec<Value>,
        /// How many places are left out because there are too many.
        left_out: usize,
    }

    /// An area of a map.
    MapArea {
        /// The title of the entity that it is, or else its name; may be empty.
        title: Value,
        /// What the outline calls it, or else its title: it stands on the drawing.
        name: Value,
        /// The page of the entity that it is; none if it is none.
        url: Option<String>,
        /// How many times an entity is in it.
        count: usize,
        /// Its borders, as the `d` of an SVG path.
        path: String,
        /// Where the middle of its name goes; none if there is no room.
        label_x: Option<i32>,
        /// The same, down.
        label_y: Option<i32>,
    }

    /// A place on a map.
    MapDot {
        /// What tells its anchors apart.
        id: String,
        /// Its name.
        title: Value,
        /// Its page.
        url: String,
        /// How many entities are there.
        count: usize,
        /// Its middle, where it belongs or, if other dots are in the way, a little off.
        x: i32,
        /// The same, down.
        y: i32,
        /// The radius; the dot's area is in proportion to `count`.
        r: i32,
        /// Its name on wide and on narrow screens, as far as there is room: a list of [`MapLabel`].
        labels: Vec<Value>,
    }

    /// Where the name of a dot goes.
    MapLabel {
        /// `wide` or `narrow`; empty if it is the same on both.
        screens: &'static str,
        /// The point at its end or its middle.
        x: i32,
        /// The same, down.
        y: i32,
        /// How far down from there the middle of its height is; empty if it is there.
        dy: &'static str,
        /// `start`, `middle` or `end`: what of the name is at the point.
        anchor: &'static str,
    }

    /// The places of a map that are in one area.
    MapGroup {
        /// The area's name; empty for places in none.
        title: Value,
        /// The page of the entity that the area is; none if it is none.
        url: Option<String>,
        /// The places: a list of [`MapPlace`].
        places: Vec<Value>,
    }

    /// A place and who is there.
    MapPlace {
        /// What tells its anchors apart.
        id: String,
        /// The place.
        card: Value,
        /// How many entities are there.
        count: usize,
        /// The entities: a list of [`MapEntity`].
        entities: Vec<Value>,
    }

    /// An entity on a map.
    MapEntity {
        /// The entity.
        card: Value,
        /// The place that it names, if that is a part of the place on the map; none if it is the same.
        at: Option<Value>,
    }

    /// A small map of where an entity is.
    Locator {
        /// The address of the SVG file that holds the outline.
        file: String,
        /// The width of the drawing, in points.
        width: i32,
        /// Its height.
        height: i32,
        /// The areas in which the entity is: a list of [`LocatorArea`].
        areas: Vec<Value>,
        /// The places where it is: a list of [`LocatorDot`].
        dots: Vec<Value>,
    }

    /// An area of a small map.
    LocatorArea {
        /// Its anchor in the SVG file.
        id: String,
        /// Its name; may be empty.
        title: Value,
        /// The page of the entity that it is; none if it is none.
        url: Option<String>,
    }

    /// A place on a small map.
    LocatorDot {
        /// Its middle.
        x: i32,
        /// The same, down.
        y: i32,
        /// The place.
        card: Value,
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
