//! Random ecosystems.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use proptest::prelude::*;

/// The texts of the files of a site, by their paths.
pub(crate) type Files = BTreeMap<String, String>;

/// A random ecosystem: actors and projects, some of them drafts, with relations, links in prose and translations.
#[derive(Debug, Clone)]
pub(crate) struct Random {
    pub(crate) base_path: &'static str,
    pub(crate) page_size: usize,
    pub(crate) actors: Vec<Actor>,
    pub(crate) projects: Vec<Project>,
}

#[derive(Debug, Clone)]
pub(crate) struct Actor {
    pub(crate) draft: bool,
    pub(crate) translated: bool,
    pub(crate) in_list: bool,
    pub(crate) partners: Vec<usize>,
    pub(crate) mentions: Vec<usize>,
    pub(crate) title: String,
}

#[derive(Debug, Clone)]
pub(crate) struct Project {
    pub(crate) draft: bool,
    pub(crate) leader: Option<usize>,
    pub(crate) members: Vec<usize>,
}

pub(crate) fn ecosystems() -> impl Strategy<Value = Random> {
    (2..14_usize, 1..6_usize).prop_flat_map(|(actors, projects)| {
        let some =
            move || prop::collection::btree_set(0..actors, 0..4).prop_map(|set| set.into_iter().collect::<Vec<_>>());
        let actor = (
            prop::bool::weighted(0.15),
            any::<bool>(),
            any::<bool>(),
            some(),
            some(),
            "[A-Za-zéÉ<>&\"' :!?«»0-9]{1,20}",
        )
            .prop_map(|(draft, translated, in_list, partners, mentions, title)| Actor {
                draft,
                translated,
                in_list,
                partners,
                mentions,
                title: format!("T{title}"),
            });
        let project = (prop::bool::weighted(0.15), prop::option::of(0..actors), some())
            .prop_map(|(draft, leader, members)| Project { draft, leader, members });
        (
            prop::sample::select(vec!["", "/portal", "/a/b"]),
            1..5_usize,
            prop::collection::vec(actor, actors),
            prop::collection::vec(project, projects),
        )
            .prop_map(|(base_path, page_size, actors, projects)| Random {
                base_path,
                page_size,
                actors,
                projects,
            })
    })
}

impl Random {
    /// Writes the site into a folder.
    pub(crate) fn write(&self, root: &Path) {
        for (path, text) in self.files() {
            let path = root.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
    }

    /// The files of the site.
    pub(crate) fn files(&self) -> Files {
        let mut files = Files::new();
        let mut put = |path: &str, text: &str| drop(files.insert(path.to_owned(), text.to_owned()));
        put(
            "site.toml",
            &format!(
                "title = {{ fr = \"Essai\", en = \"Trial\" }}\nbase_url = \"https://example.org{}\"\nlanguages = [\"fr\", \"en\"]\ntheme = \"plain\"\npage_size = {}\nmenu = [\"actors\", \"about\"]\n",
                self.base_path, self.page_size
            ),
        );
        put(
            "content/about.md",
            "+++\ntitle = \"À propos\"\nslug = { fr = \"a-propos\", en = \"about\" }\n+++\nVoir [les acteurs](actors/_index.md) et [les données](/data/actors.csv).\n",
        );
        put("content/actors/_index.md", "Tous les acteurs.\n");
        put(
            "content/actors/_type.toml",
            "name = { fr = \"Acteur\", en = \"Actor\" }\nplural = { fr = \"Acteurs\", en = \"Actors\" }\npath = { fr = \"acteurs\", en = \"actors\" }\n[fields.partners]\nto = \"actors\"\nto_itself = true\nfacet = true\nlabel = \"Partenaires\"\ninverse = { id = \"partners\" }\n[derived.peers]\npath = [\"projects\", \"members\"]\nlabel = \"Pairs\"\n",
        );
        // Plans are what projects are, so that a project can become one.
        for (folder, name, path, inverse) in
            [("projects", "Project", "projets", ""), ("plans", "Plan", "plans", "_of_plans")]
        {
            put(
                &format!("content/{folder}/_type.toml"),
                &format!(
                    "name = {{ fr = \"{name} (fr)\", en = \"{name}\" }}\npath = {{ fr = \"{path}\", en = \"{folder}\" }}\n[fields.leader]\nto = \"actors\"\none = true\nlabel = \"Chef\"\ninverse = {{ id = \"leads{inverse}\", label = \"Dirige\" }}\n[fields.members]\nto = \"actors\"\nlabel = \"Membres\"\ninverse = {{ id = \"projects{inverse}\", label = \"Projets\" }}\n"
                ),
            );
        }
        let mut list = String::from("# The actors without a file.\n\n");
        let mut list_en = String::new();
        for (n, actor) in self.actors.iter().enumerate() {
            let ids = |numbers: &[usize]| numbers.iter().map(|n| format!("\"a{n}\"")).collect::<Vec<_>>().join(", ");
            let title = actor.title.replace('\\', "").replace('"', "\\\"");
            let facts = format!(
                "title = \"{title}\" # title {n}\nsummary = {{ fr = \"Résumé {n}\", en = \"Summary {n}\" }}\ndraft = {}\npartners = [{}]\n",
                actor.draft,
                ids(&actor.partners)
            );
            if actor.in_list {
                let _ = writeln!(list, "[a{n}]\n{facts}");
                if actor.translated {
                    let _ = writeln!(list_en, "[a{n}]\naliases = [\"N{n}\"] # alias {n}\n");
                }
                continue;
            }
            let links = actor.mentions.iter().fold(String::new(), |mut all, n| {
                // Profiles in the list have no file of their own.
                let file = if self.actors[*n].in_list { format!("_list.toml#a{n}") } else { format!("a{n}.md") };
                let _ = write!(all, "[[a{n}]] et [[actors/a{n}|autre]] ou [fichier]({file}). ");
                let project = n % self.projects.len();
                let _ =
                    write!(all, "[[p{project}]], [[projects/p{project}|projet]], [p](../projects/p{project}.toml). ");
                all
            });
            put(
                &format!("content/actors/a{n}.md"),
                &format!("+++\n{facts}+++\n## Titre {n}\n\nProse. {links}[ici](#titre-{n})\n"),
            );
            if actor.translated {
                // Some translations have a title of their own.
                let english = if n % 2 == 0 { format!("title = \"E{n}\" # English {n}\n") } else { String::new() };
                put(
                    &format!("content/actors/a{n}.en.md"),
                    &format!("+++\n{english}+++\n## Heading\n\nEnglish. {links}\n"),
                );
            }
        }
        put("content/actors/_list.toml", &list);
        put("content/actors/_list.en.toml", &list_en);
        for (n, project) in self.projects.iter().enumerate() {
            let members: Vec<String> = project.members.iter().map(|n| format!("\"a{n}\"")).collect();
            let leader = project.leader.map(|n| format!("leader = \"a{n}\"\n")).unwrap_or_default();
            put(
                &format!("content/projects/p{n}.toml"),
                &format!(
                    "title = \"Projet {n}\"\ndraft = {}\nmembers = [{}]\n{leader}redirects = [\"/ancien/p{n}/\"]\n",
                    project.draft,
                    members.join(", ")
                ),
            );
        }
        files
    }

    /// The relations between published entities, by the paths of both ends in French.
    pub(crate) fn relations(&self) -> Vec<(String, String)> {
        let actor = |n: usize| (!self.actors[n].draft).then(|| format!("/acteurs/a{n}/"));
        let mut relations = Vec::new();
        for (n, entity_type) in self.actors.iter().enumerate() {
            relations.extend(entity_type.partners.iter().filter_map(|to| Some((actor(n)?, actor(*to)?))));
        }
        for (n, entity_type) in self.projects.iter().enumerate().filter(|(_, project)| !project.draft) {
            relations.extend(
                entity_type
                    .members
                    .iter()
                    .chain(&entity_type.leader)
                    .filter_map(|to| Some((format!("/projets/p{n}/"), actor(*to)?))),
            );
        }
        relations
    }
}
