//! Values: choices, entities, types, words of the format.

use lsp_types::CompletionItemKind;

use super::offers::{Offer, Offers};
use super::request::Request;
use crate::lsp::cursor::Word;
use crate::model::EntityId;
use crate::schema::{Field, Property, TypeId};
use crate::values::Kind;

/// The number of entities that are offered at once. When more is typed, the client asks again.
const MOST_ENTITIES: usize = 100;

impl Request<'_> {
    /// Words of the format, as texts.
    pub(super) fn words<'w>(&self, words: impl IntoIterator<Item = &'w str>, word: &Word) -> Offers {
        let offers = words.into_iter().map(|value| Offer::new(value, CompletionItemKind::ENUM_MEMBER).quoted(word));
        offers.collect::<Vec<_>>().into()
    }

    /// `true` and `false`; none between quotation marks.
    pub(super) fn booleans(&self, word: &Word) -> Offers {
        let words = if word.quote.is_some() { &[][..] } else { &["true", "false"][..] };
        words.iter().map(|value| Offer::new(*value, CompletionItemKind::VALUE)).collect::<Vec<_>>().into()
    }

    /// The entities of these types, or of all, whose names contain what is typed. A name that several of the types have
    /// is written with its type.
    pub(super) fn entities(&self, types: Option<&[TypeId]>, typed: &str) -> (Vec<Offer>, bool) {
        let (of, typed) = match typed.split_once('/') {
            Some((of, typed)) => (self.context.ecosystem.schema.find(of), typed),
            None => (None, typed),
        };
        let only = of.filter(|of| types.is_none_or(|types| types.contains(of))).map(|of| vec![of]);
        let (found, is_all) = self.names.find(only.as_deref().or(types), typed, MOST_ENTITIES);
        (found.into_iter().map(|id| self.entity(id, types, of.is_some())).collect(), is_all)
    }

    fn entity(&self, id: EntityId, types: Option<&[TypeId]>, with_type: bool) -> Offer {
        let ecosystem = self.context.ecosystem;
        let (schema, entity) = (&ecosystem.schema, ecosystem.entity(id));
        let own = schema.get(entity.entity_type);
        let is_target = |at: TypeId| types.is_none_or(|types| types.contains(&at));
        let others = schema.types().filter(|(at, _)| *at != entity.entity_type && is_target(*at));
        let is_ambiguous = others.into_iter().any(|(at, _)| ecosystem.find(at, &entity.id).is_some());
        let name = if with_type || is_ambiguous { self.context.name_of(id) } else { entity.id.to_string() };
        let lang = self.context.lang;
        let mut names: Vec<&str> = entity.title.iter().map(|(_, title)| &**title).collect();
        names.extend(entity.aliases.iter().flat_map(|(_, aliases)| aliases.iter().map(|alias| &**alias)));
        names.dedup();
        let draft = if entity.draft { " (draft)" } else { "" };
        let mut offer = Offer::new(name, CompletionItemKind::REFERENCE)
            .detail(format!("{}{draft}", entity.title.text(lang)))
            .documentation(entity.summary.text(lang));
        offer.description = own.name.text(lang).to_owned();
        offer.names = names.join(" ");
        offer
    }

    /// The targets of a relation.
    pub(super) fn targets(&self, types: &[TypeId], word: &Word) -> Offers {
        let (offers, _) = self.entities(Some(types), &word.typed);
        // Another spelling of a name may fit when more is typed, so the client has to ask again.
        Offers { offers: offers.into_iter().map(|offer| offer.quoted(word)).collect(), is_complete: false }
    }

    /// The types of the site.
    pub(super) fn types(&self, word: &Word) -> Vec<Offer> {
        let lang = self.context.lang;
        let types = self.context.ecosystem.schema.types.iter().map(|entity_type| {
            Offer::new(&*entity_type.id, CompletionItemKind::CLASS).detail(entity_type.plural.text(lang)).quoted(word)
        });
        types.collect()
    }

    /// The fields, relations and derived relations of a type.
    pub(super) fn properties(&self, of: TypeId, word: &Word, fits: impl Fn(Property) -> bool) -> Vec<Offer> {
        let schema = &self.context.ecosystem.schema;
        let properties = schema.properties(of).filter(|(_, property)| fits(*property)).map(|(id, property)| {
            let label = schema.label(of, property).text(self.context.lang);
            Offer::new(id, CompletionItemKind::FIELD).detail(label).quoted(word)
        });
        properties.collect()
    }

    /// The free pages, by their paths.
    pub(super) fn pages(&self) -> impl Iterator<Item = Offer> {
        let pages = self.context.ecosystem.published_pages().filter(|(_, page)| !page.path.is_empty());
        pages.map(|(id, page)| Offer::new(&*page.path, CompletionItemKind::FILE).detail(self.context.title_of_page(id)))
    }

    /// The values of a field. Of most kinds, nobody but the author knows them.
    pub(super) fn values(&self, field: &Field, word: &Word) -> Option<Offers> {
        let lang = self.context.lang;
        let choices = field.kind.choices().iter().map(|choice| {
            let mut offer = Offer::new(&*choice.id, CompletionItemKind::ENUM_MEMBER).detail(choice.label.text(lang));
            offer.names = choice.label.iter().map(|(_, label)| &**label).collect::<Vec<_>>().join(" ");
            offer.quoted(word)
        });
        Some(match &field.kind {
            Kind::Choice(_) => choices.collect::<Vec<_>>().into(),
            Kind::Boolean(_) => self.booleans(word),
            Kind::Image(_) => self.files(word, true),
            _ => return None,
        })
    }

    /// The files of the content that are published as they are, relative to this file.
    pub(super) fn files(&self, word: &Word, only_images: bool) -> Offers {
        let offers = self.assets(only_images).into_iter().map(|offer| offer.quoted(word));
        offers.collect::<Vec<_>>().into()
    }
}
