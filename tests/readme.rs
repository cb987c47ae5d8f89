//! The README shows what the program prints, and links lead somewhere.
//!
//! `UPDATE_DOCS=1 cargo test readme::` writes the outputs anew.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use evigraph::{Input, Severity, load};

#[test]
fn the_readme_shows_what_the_program_prints() {
    crate::walk::page("README.md", "readme");
}

#[test]
fn links_between_pages_lead_to_files_and_headings() {
    let root = root();
    let mut broken = Vec::new();
    for page in pages(&root) {
        let text = prose(&page);
        for target in links(&text) {
            if let Err(why) = follow(&root, &page, &target) {
                let page = page.strip_prefix(&root).expect("it is in the repository");
                broken.push(format!("{}: {target}: {why}", page.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn whole_cases_on_pages_are_well_formed_and_come_out_as_they_expect() {
    let mut cases = 0;
    for page in pages(&root()) {
        let text = fs::read_to_string(&page).expect("the page can be read");
        for block in text.split("```ron\n").skip(1).filter(|block| block.starts_with("Case(\n")) {
            let case = block.split("```").next().unwrap_or_default();
            assert_eq!(problems(case), Vec::<String>::new(), "{}:\n{case}", page.display());
            cases += 1;
        }
    }
    assert!(cases >= 12, "docs/modelling.md alone has a dozen");
}

/// What is wrong with a case, and which of its expectations fail.
fn problems(case: &str) -> Vec<String> {
    let input = Input::Text { name: "case.ron".to_owned(), text: case.to_owned() };
    let checked = evigraph::check(load(input).expect("it can be read"));
    let errors = checked.diagnostics.iter().filter(|problem| problem.code.severity() == Severity::Error);
    errors.map(|problem| problem.message.clone()).collect()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).canonicalize().expect("the repository")
}

fn pages(root: &Path) -> Vec<PathBuf> {
    let docs = fs::read_dir(root.join("docs")).expect("docs is there");
    let mut pages: Vec<PathBuf> = docs.map(|entry| entry.expect("it can be listed").path()).collect();
    pages.retain(|path| is_page(path));
    pages.push(root.join("README.md"));
    pages.sort();
    pages
}

fn is_page(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "md")
}

/// A page without its code.
fn prose(page: &Path) -> String {
    let text = fs::read_to_string(page).expect("the page can be read");
    let mut in_block = false;
    let mut prose = String::new();
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            in_block = !in_block;
        } else if !in_block {
            prose += line;
            prose.push('\n');
        }
    }
    prose
}

/// The targets of links and pictures: `](target)`, `[name]: target`, `src="target"`.
fn links(text: &str) -> Vec<String> {
    let inline = text.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(target, _)| target);
    let quoted = ["src=\"", "href=\""].into_iter().flat_map(|before| {
        text.split(before).skip(1).filter_map(|rest| rest.split_once('"')).map(|(target, _)| target)
    });
    let named = text.lines().filter_map(|line| line.strip_prefix('[')?.split_once("]: ")).map(|(_, target)| target);
    let links = inline.chain(quoted).chain(named);
    links.filter_map(|link| link.split_whitespace().next()).map(str::to_owned).collect()
}

fn follow(root: &Path, page: &Path, target: &str) -> Result<(), String> {
    if ["https://", "http://", "mailto:"].iter().any(|scheme| target.starts_with(scheme)) {
        return Ok(());
    }
    let (path, heading) = target.split_once('#').map_or((target, None), |(path, heading)| (path, Some(heading)));
    let file: PathBuf = if path.is_empty() {
        page.to_owned()
    } else {
        let folder = page.parent().expect("a page is in a folder");
        folder.join(path).canonicalize().map_err(|error| error.to_string())?
    };
    if !file.starts_with(root) {
        return Err("leads out of the repository".to_owned());
    }
    match heading {
        Some(heading) if is_page(&file) && !anchors(&file).contains(heading) => Err("no such heading".to_owned()),
        _ => Ok(()),
    }
}

/// What the headings of a page are called in links.
fn anchors(page: &Path) -> BTreeSet<String> {
    let text = prose(page);
    let titles = text.lines().filter(|line| line.starts_with('#')).map(|line| line.trim_start_matches('#').trim());
    let kept = |letter: &char| letter.is_alphanumeric() || matches!(letter, ' ' | '-' | '_');
    titles.map(|title| title.to_lowercase().chars().filter(kept).collect::<String>().replace(' ', "-")).collect()
}
