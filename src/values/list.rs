//! The macro that makes [`Kind`](super::Kind) and [`FieldValue`](super::FieldValue) from the list of the kinds.

/// Declares the two enums, with a variant for each kind, and passes each call on to the kind.
///
/// A value that is given to another kind than its own is treated as a value that has nothing to show. This does not
/// happen: values are read by the kind of their field.
macro_rules! kinds {
    ($($(#[$doc:meta])+ $name:ident: $kind:ty,)+) => {
        /// The kind of a field's values, with what the field declares for it.
        #[derive(Debug, Clone)]
        pub enum Kind { $($(#[$doc])+ $name($kind),)+ }

        /// A value of a field. `B` is compiled prose.
        #[derive(Debug, Clone)]
        pub enum FieldValue<B> { $($(#[$doc])+ $name(<$kind as ValueKind>::Value<B>),)+ }

        impl Kind {
            /// The names of all kinds.
            pub const NAMES: &[&str] = &[$(<$kind>::NAME),+];

            /// The names of the kinds that can be facets.
            pub fn facets() -> impl Iterator<Item = &'static str> + Clone {
                [$((<$kind>::NAME, <$kind>::IS_FACET)),+].into_iter().filter(|(_, is_facet)| *is_facet).map(|(name, _)| name)
            }

            /// The names of the kinds that lists can show beside a title.
            pub fn briefs() -> impl Iterator<Item = &'static str> + Clone {
                [$((<$kind>::NAME, <$kind>::IS_BRIEF)),+].into_iter().filter(|(_, is_brief)| *is_brief).map(|(name, _)| name)
            }

            /// The keys that only some kinds have.
            pub fn keys() -> impl Iterator<Item = &'static str> + Clone {
                let keys: [&[&str]; Self::NAMES.len()] = [$(<$kind>::KEYS),+];
                let is_first = move |at: usize, key: &str| !keys[..at].iter().any(|earlier| earlier.contains(&key));
                keys.into_iter().enumerate().flat_map(move |(at, keys)| {
                    keys.iter().copied().filter(move |key| is_first(at, key))
                })
            }

            /// The keys of a kind besides those that every field can have.
            pub fn keys_of(name: &str) -> &'static [&'static str] {
                $(if name == <$kind>::NAME { return <$kind>::KEYS; })+
                &[]
            }

            /// Reads the keys of a field of a kind. `None` if there is no kind of this name.
            pub fn declare(name: &str, declaration: &mut Declaration<'_, '_>) -> Option<Self> {
                $(if name == <$kind>::NAME { return Some(Self::$name(<$kind>::declare(declaration))); })+
                None
            }

            /// The name of the kind in `_type.toml`.
            pub fn name(&self) -> &'static str {
                match self { $(Self::$name(_) => <$kind>::NAME),+ }
            }

            /// Whether readers can sort a list by the values.
            pub fn is_sortable(&self) -> bool {
                match self { $(Self::$name(_) => <$kind>::IS_SORTABLE),+ }
            }

            /// Whether the values are in a language.
            pub fn is_text(&self) -> bool {
                match self { $(Self::$name(_) => <$kind>::IS_TEXT),+ }
            }

            /// Whether one value is written as a list.
            pub fn is_list(&self) -> bool {
                match self { $(Self::$name(_) => <$kind>::IS_LIST),+ }
            }

            /// Whether a cell of CSV has the values as JSON: several as one list.
            pub fn is_json(&self) -> bool {
                match self { $(Self::$name(_) => <$kind>::IS_JSON),+ }
            }

            /// The unit of the numbers, if the kind has one.
            pub fn unit(&self) -> Option<&LocalText> {
                match self { $(Self::$name(kind) => kind.unit()),+ }
            }

            /// The smallest and the largest number, if the field has bounds.
            pub fn bounds(&self) -> (Option<f64>, Option<f64>) {
                match self { $(Self::$name(kind) => kind.bounds()),+ }
            }

            /// The possible values; empty if the kind is not a choice.
            pub fn choices(&self) -> &[Choice] {
                match self { $(Self::$name(kind) => kind.choices()),+ }
            }

            /// Reads and checks a value. `None` if it is invalid, which is reported.
            pub fn read<H: Host>(&self, source: &mut Source<'_, '_, H>, value: &Value) -> Option<FieldValue<H::Prose>> {
                match self { $(Self::$name(kind) => kind.read(source, value).map(FieldValue::$name)),+ }
            }

            /// A JSON Schema of a value as it is written. `text` is that of a text for people.
            pub fn json_schema(&self, text: &serde_json::Value, lang: Lang) -> serde_json::Value {
                match self { $(Self::$name(kind) => ValueKind::json_schema(kind, text, lang)),+ }
            }

            /// A value as an option of a facet.
            pub fn option<B>(&self, value: &FieldValue<B>, format: &dyn Format<B>) -> Option<FacetOption> {
                match (self, value) {
                    $((Self::$name(kind), FieldValue::$name(value)) => kind.option(value, format),)+
                    _ => None,
                }
            }

            /// All possible values in their order, for kinds with few of them; empty for others.
            pub fn possible<B>(&self, format: &dyn Format<B>) -> Vec<FacetOption> {
                match self { $(Self::$name(kind) => kind.possible(format)),+ }
            }

            /// A value as lists show it beside a title. `label` is the field's.
            pub fn brief<B>(&self, value: &FieldValue<B>, label: &LocalText, format: &dyn Format<B>) -> Option<String> {
                match (self, value) {
                    $((Self::$name(kind), FieldValue::$name(value)) => kind.brief(value, label, format),)+
                    _ => None,
                }
            }

            /// A value as a page shows it.
            pub fn item<B>(&self, value: &FieldValue<B>, format: &mut dyn Format<B>) -> Item {
                match (self, value) {
                    $((Self::$name(kind), FieldValue::$name(value)) => kind.item(value, format),)+
                    _ => Item::new("", format.lang(), Raw::Nothing),
                }
            }

            /// The searchable text of a value, without markup.
            pub fn plain<B>(&self, value: &FieldValue<B>, format: &mut dyn Format<B>) -> String {
                match (self, value) {
                    $((Self::$name(kind), FieldValue::$name(value)) => kind.plain(value, format),)+
                    _ => String::new(),
                }
            }

            /// A value as a cell of CSV. A kind whose values are texts has a cell for each language.
            pub fn cell<B: kind::HasMarkdown>(&self, value: &FieldValue<B>, config: &Config, lang: Lang) -> String {
                match (self, value) {
                    $((Self::$name(kind), FieldValue::$name(value)) => kind.cell::<B>(value, config, lang),)+
                    _ => String::new(),
                }
            }

            /// A value as a cell of a spreadsheet. A kind whose values are texts has a cell for each language.
            pub fn sheet<B: kind::HasMarkdown>(&self, value: &FieldValue<B>, config: &Config, lang: Lang) -> SheetCell {
                match (self, value) {
                    $((Self::$name(kind), FieldValue::$name(value)) => kind.sheet::<B>(value, config, lang),)+
                    _ => SheetCell::Empty,
                }
            }

            /// What a person who typed this into a cell means, as TOML; `None` if it is no value of this kind. `like` is
            /// the present value.
            pub fn entered<B>(&self, cell: &SheetCell, like: Option<&FieldValue<B>>) -> Option<String> {
                match (self, like) {
                    $((Self::$name(kind), Some(FieldValue::$name(like))) => kind.entered::<B>(cell, Some(like)),)+
                    $((Self::$name(kind), _) => kind.entered::<B>(cell, None),)+
                }
            }

            /// The address of a page elsewhere that is about the same thing as the entity with this value.
            pub fn same_as<B>(&self, value: &FieldValue<B>) -> Option<String> {
                match (self, value) {
                    $((Self::$name(kind), FieldValue::$name(value)) => kind.same_as::<B>(value),)+
                    _ => None,
                }
            }

            /// A value in JSON-LD.
            pub fn schema_org<B>(&self, value: &FieldValue<B>, lang: Lang) -> Option<serde_json::Value> {
                match (self, value) {
                    $((Self::$name(kind), FieldValue::$name(value)) => kind.schema_org::<B>(value, lang),)+
                    _ => None,
                }
            }
        }

        impl<B> FieldValue<B> {
            /// Reads the text of a value in another language, from a translation.
            pub(crate) fn translate<H: Host<Prose = B>>(
                &mut self,
                source: &mut Source<'_, '_, H>,
                lang: Lang,
                text: &Value,
            ) {
                match self { $(Self::$name(value) => <$kind>::translate(value, source, lang, text)),+ }
            }

            /// Whether a value is there and says nothing.
            pub(crate) fn is_blank(&self) -> bool {
                match self { $(Self::$name(value) => <$kind>::is_blank::<B>(value)),+ }
            }

            /// The prose of the value, in each of its languages.
            pub(crate) fn prose(&self) -> impl Iterator<Item = (Lang, &B)> {
                let mut prose: Vec<&Localised<B>> = Vec::new();
                <Kind as kind::AnyKind>::prose(self, &mut prose);
                prose.into_iter().flat_map(Localised::iter)
            }

            /// Like [`FieldValue::prose`], mutable.
            pub(crate) fn prose_mut(&mut self) -> impl Iterator<Item = &mut B> {
                let mut prose: Vec<&mut Localised<B>> = Vec::new();
                <Kind as kind::AnyKind>::prose_mut(self, &mut prose);
                prose.into_iter().flat_map(Localised::iter_mut)
            }

            /// The pictures of the value.
            pub(crate) fn images(&self) -> Vec<&Image> {
                let mut images = Vec::new();
                <Kind as kind::AnyKind>::images(self, &mut images);
                images
            }

            /// The position of the value in a list that is sorted by it.
            pub(crate) fn rank(&self, lang: Lang) -> Rank<'_> {
                match self { $(Self::$name(value) => <$kind>::rank::<B>(value, lang)),+ }
            }
        }

        impl<B: kind::HasMarkdown> FieldValue<B> {
            /// Whether two values of one field are the same.
            pub(crate) fn is_same(&self, other: &Self) -> bool {
                match (self, other) {
                    $((Self::$name(a), Self::$name(b)) => <$kind>::is_same::<B>(a, b),)+
                    _ => false,
                }
            }
        }

        impl kind::AnyKind for Kind {
            type Value<B> = FieldValue<B>;

            fn read<H: Host>(&self, source: &mut Source<'_, '_, H>, value: &Value) -> Option<FieldValue<H::Prose>> {
                Self::read(self, source, value)
            }

            fn json_schema(&self, text: &serde_json::Value, lang: Lang) -> serde_json::Value {
                self.json_schema(text, lang)
            }

            fn is_same<B: kind::HasMarkdown>(a: &FieldValue<B>, b: &FieldValue<B>) -> bool {
                a.is_same(b)
            }

            fn prose<'v, B>(value: &'v FieldValue<B>, out: &mut Vec<&'v Localised<B>>) {
                match value { $(FieldValue::$name(value) => <$kind as ValueKind>::prose(value, out)),+ }
            }

            fn prose_mut<'v, B>(value: &'v mut FieldValue<B>, out: &mut Vec<&'v mut Localised<B>>) {
                match value { $(FieldValue::$name(value) => <$kind as ValueKind>::prose_mut(value, out)),+ }
            }

            fn images<'v, B>(value: &'v FieldValue<B>, out: &mut Vec<&'v Image>) {
                match value { $(FieldValue::$name(value) => <$kind as ValueKind>::images::<B>(value, out)),+ }
            }

            fn item<B>(&self, value: &FieldValue<B>, format: &mut dyn Format<B>) -> Item {
                Self::item(self, value, format)
            }

            fn plain<B>(&self, value: &FieldValue<B>, format: &mut dyn Format<B>) -> String {
                Self::plain(self, value, format)
            }

            fn json<B: kind::HasMarkdown, S: Serializer>(
                &self,
                value: &FieldValue<B>,
                config: &Config,
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                Json { kind: self, value, config }.serialize(serializer)
            }
        }

        impl<B: kind::HasMarkdown> Serialize for Json<'_, B> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match (self.kind, self.value) {
                    $((Kind::$name(kind), FieldValue::$name(value)) => kind.json::<B, S>(value, self.config, serializer),)+
                    _ => serializer.serialize_none(),
                }
            }
        }
    };
}
