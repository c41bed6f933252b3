//! The workflows that `filiere new` writes: what they may do, and that their commands work.

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;
use yaml_rust2::{Yaml, YamlLoader};

use crate::harness::run_in;

const HOSTS: [(&str, &str); 3] = [
    ("github", ".github/workflows/site.yml"),
    ("gitlab", ".gitlab-ci.yml"),
    ("forgejo", ".forgejo/workflows/site.yml"),
];

/// A new site with the workflow of a host, and the workflow.
fn new(host: &str) -> (TempDir, Yaml, String) {
    let folder = tempfile::tempdir().unwrap();
    let run = run_in(folder.path(), &["new", "site", "--workflow", host]);
    assert_eq!(run.status, 0, "{run}");
    let path = HOSTS.iter().find(|(name, _)| *name == host).unwrap().1;
    let text = fs::read_to_string(folder.path().join("site").join(path)).unwrap();
    let workflow = YamlLoader::load_from_str(&text).unwrap().remove(0);
    (folder, workflow, text)
}

fn jobs(workflow: &Yaml) -> Vec<(&str, &Yaml)> {
    workflow["jobs"].as_hash().unwrap().iter().map(|(name, job)| (name.as_str().unwrap(), job)).collect()
}

fn steps(job: &Yaml) -> &[Yaml] {
    job["steps"].as_vec().unwrap()
}

/// Runs a script as a host does, with the program in the path.
fn script(folder: &Path, script: &str, environment: &[(&str, &str)]) {
    let program = Path::new(env!("CARGO_BIN_EXE_filiere")).parent().unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    let output = Command::new("bash")
        .args(["-euo", "pipefail", "-c", script])
        .current_dir(folder)
        .env("PATH", path)
        .env("SOURCE_DATE_EPOCH", "1768521600")
        .envs(environment.iter().copied())
        .output()
        .unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(output.status.success(), "{script}\n{}{}", text(&output.stdout), text(&output.stderr));
}

/// Makes the new site a repository, with a proposal that is merged as GitHub merges it to try it.
fn proposal(folder: &Path) {
    let commands = "
        git init -q -b main . && git config user.name A && git config user.email a@example.org
        git add -A && git commit -qm one && git checkout -qb proposal
        sed -i.bak 's/^title .*/title = \"New name\"/' content/organisations/fernhollow.toml && rm content/organisations/*.bak
        git commit -qam two && git checkout -q main && git commit -q --allow-empty -m three
        git merge -q --no-ff -m merge proposal && git update-ref refs/remotes/origin/main 'HEAD^1'";
    script(folder, commands, &[]);
}

#[test]
fn a_new_site_has_no_workflow_unless_it_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(run_in(folder.path(), &["new", "site"]).status, 0);
    assert!(HOSTS.iter().all(|(_, path)| !folder.path().join("site").join(path).exists()));
}

#[test]
fn workflows_of_actions_can_do_little() {
    for host in ["github", "forgejo"] {
        let (_folder, workflow, text) = new(host);
        assert!(!text.contains("pull_request_target") && !text.contains("workflow_run") && !text.contains("secrets."));
        let permissions = workflow["permissions"].as_hash().unwrap();
        assert_eq!(permissions.len(), 1);
        assert_eq!(workflow["permissions"]["contents"].as_str(), Some("read"));
        for (name, job) in jobs(&workflow) {
            assert!(job["timeout-minutes"].as_i64().is_some(), "{host} {name}");
            let writes = !job["permissions"].is_badvalue();
            for step in steps(job) {
                let uses = step["uses"].as_str().unwrap_or_default();
                let commit = uses.rsplit_once('@').map_or("", |(_, commit)| commit);
                let is_pinned = commit.len() == 40 && commit.bytes().all(|byte| byte.is_ascii_hexdigit());
                assert!(uses.is_empty() || is_pinned, "{host} {name}: {uses}");
                // A text of a proposal, such as the name of its branch, must not become a part of a command.
                let run = step["run"].as_str().unwrap_or_default();
                assert!(!run.contains("${{"), "{host} {name}: {run}");
                if uses.contains("checkout") {
                    assert_eq!(step["with"]["fetch-depth"].as_i64(), Some(0));
                    assert_eq!(step["with"]["persist-credentials"].as_bool(), Some(false));
                }
                assert!(!writes || !(uses.contains("checkout") || run.contains("filiere")), "{host} {name}");
            }
            if writes {
                let condition = job["if"].as_str().unwrap();
                assert!(condition.contains("head.repo.full_name == github.repository"), "{host}: {condition}");
                assert_eq!(job["permissions"].as_hash().unwrap().len(), 1);
            }
        }
    }
}

#[test]
fn the_workflow_of_gitlab_shows_its_token_to_no_proposal() {
    let (_folder, workflow, text) = new("gitlab");
    assert_eq!(workflow["variables"]["GIT_DEPTH"].as_str(), Some("0"));
    assert!(!text.contains(":latest"));
    let comment = &workflow["comment"];
    assert_eq!(comment["variables"]["GIT_STRATEGY"].as_str(), Some("none"));
    let rule = comment["rules"][0]["if"].as_str().unwrap();
    assert!(rule.contains("$CI_MERGE_REQUEST_SOURCE_PROJECT_ID == $CI_PROJECT_ID"), "{rule}");
    let lines: Vec<&str> = workflow["site"]["script"].as_vec().unwrap().iter().filter_map(Yaml::as_str).collect();
    assert!(!lines.concat().contains("TOKEN"));
}

#[test]
fn workflows_install_this_version() {
    for (host, _) in HOSTS {
        let (_folder, workflow, text) = new(host);
        let variables = if host == "gitlab" { &workflow["variables"] } else { &workflow["env"] };
        assert_eq!(variables["FILIERE_VERSION"].as_str(), Some(env!("CARGO_PKG_VERSION")));
        assert!(text.contains("cargo install filiere --version \"$FILIERE_VERSION\" --locked"));
    }
}

#[test]
fn the_commands_of_workflows_work() {
    for host in ["github", "forgejo"] {
        let (folder, workflow, _) = new(host);
        let site = folder.path().join("site");
        proposal(&site);
        let out = folder.path().join("out");
        let out = out.to_str().unwrap();
        let environment = [("GITHUB_STEP_SUMMARY", out), ("GITHUB_OUTPUT", out), ("BASE", "main")];
        let all = jobs(&workflow);
        let (_, job) = all.iter().find(|(name, _)| *name == "site").unwrap();
        let mut ran = 0;
        for step in steps(job).iter().filter(|step| step["run"].as_str().is_some_and(|run| run.contains("filiere "))) {
            let run = step["run"].as_str().unwrap();
            if !run.contains("cargo install") {
                script(&site, run, &environment);
                ran += 1;
            }
        }
        assert_eq!(ran, 3);
        assert!(fs::read_to_string(site.join("changes.md")).unwrap().contains("New name"));
        assert!(fs::metadata(out).unwrap().len() > 20 && site.join("public/index.html").exists());
    }
}

#[test]
fn the_commands_of_gitlab_work() {
    let (folder, workflow, _) = new("gitlab");
    let site = folder.path().join("site");
    proposal(&site);
    script(&site, "mkdir -p .tools/bin && ln -s \"$(command -v filiere)\" .tools/bin/filiere", &[]);
    let environment = [("CI_MERGE_REQUEST_DIFF_BASE_SHA", "HEAD^1"), ("FILIERE_VERSION", "0")];
    for line in workflow["site"]["script"].as_vec().unwrap() {
        script(&site, line.as_str().unwrap(), &environment);
    }
    assert!(fs::read_to_string(site.join("changes.md")).unwrap().contains("New name"));
    assert!(site.join("public/index.html").exists());
}

/// The site can be looked at before a proposal is accepted.
#[test]
fn workflows_keep_the_site_that_they_build() {
    for (host, action) in
        [("github", "actions/upload-artifact"), ("forgejo", "https://code.forgejo.org/forgejo/upload-artifact")]
    {
        let (_folder, workflow, _) = new(host);
        let all = jobs(&workflow);
        let (_, job) = all.iter().find(|(name, _)| *name == "site").unwrap();
        let is_kept = |step: &Yaml| step["uses"].as_str().is_some_and(|uses| uses.starts_with(&format!("{action}@")));
        let kept = steps(job).iter().position(|step| is_kept(step) && step["with"]["path"].as_str() == Some("public"));
        let builds = |step: &Yaml| step["run"].as_str() == Some("filiere build --output public");
        let built = steps(job).iter().position(builds).unwrap();
        assert!(kept.is_some_and(|kept| built < kept), "{host}");
    }
    let (_folder, workflow, _) = new("gitlab");
    assert_eq!(workflow["site"]["artifacts"]["paths"][1].as_str(), Some("public"));
}
