//! The explorer in a real browser: that it shows what it should, runs what it should, and nothing else.
//!
//! Needs Chromium; `.ci/run` says how it is installed. The browser prints the page as it stands after its script ran.

use std::fs;
use std::process::Command;

use crate::diagram::cases::{HOSTILE, VIEWS, from_text, hostile, shipped};
use crate::support::browser::Browser;
use crate::support::tool::left_out;
use evigraph::Case;
use evigraph::internals::diagram::{Layouts, Request, html, html_from, open_on_overview, page_views, scene};
use evigraph::{Engine, Scenario};
use serde_json::Value;

fn page(case: &Case) -> String {
    let judge = Engine::new(case, Scenario::default());
    let answer = judge.answer_all(true).expect("it is small enough");
    let scenes: Vec<_> = VIEWS
        .into_iter()
        .filter_map(|view| Some((view, scene(&judge, &answer, &Request { view, ..Request::default() }).ok()?)))
        .collect();
    html(&judge, &answer, &scenes).expect("it is small enough")
}

/// The data that a page stores.
fn data(page: &str) -> Value {
    let block = page.split("id=\"case\">").nth(1).and_then(|rest| rest.split("</script>").next()).expect("the data");
    serde_json::from_str(block).expect("it is JSON")
}

/// The document that a browser makes of a page at an address such as `#choose=ID`; nothing if there is no browser,
/// which is an error where everything is to be tested.
fn opened(page: &str, address: &str) -> Option<String> {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let file = folder.path().join("case.html");
    fs::write(&file, page).expect("the page is written");
    let profile = folder.path().join("profile");
    for name in ["chromium", "chromium-browser", "google-chrome"] {
        let run = Command::new(name)
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"])
            .arg(format!("--user-data-dir={}", profile.display()))
            .args(["--virtual-time-budget=5000", "--dump-dom"])
            .arg(format!("file://{}{address}", file.display()))
            .output();
        if let Ok(output) = run {
            let document = String::from_utf8_lossy(&output.stdout).into_owned();
            assert!(document.contains("<html"), "{}", String::from_utf8_lossy(&output.stderr));
            return Some(document);
        }
    }
    left_out("Chromium", "chromium");
    None
}

/// What stands between the element with an id and its end; elements of the same name inside are not expected.
fn element<'a>(document: &'a str, id: &str, name: &str) -> &'a str {
    let start = document.find(&format!("id=\"{id}\"")).unwrap_or_else(|| panic!("#{id} is there"));
    let rest = &document[start..];
    &rest[..rest.find(&format!("</{name}>")).expect("it ends")]
}

const BRIDGE: &str = r#"Case(title: "A bridge",
    documents: { "log": (title: "The log", reliability: A), "diary": (title: "The diary", reliability: B) },
    claims: { "closed": (text: "The bridge was closed.", evidence: [Supports(from: "log", as: Finding), Supports(from: "diary")]),
              "open": (text: "The bridge was open.", note: "A note.") },
    questions: { "q": (text: "Was it?", claims: ["open", "closed"]) })"#;

#[test]
fn the_script_runs_under_its_own_rules() {
    let Some(document) = opened(&page(&from_text(BRIDGE.to_owned())), "") else { return };
    assert!(document.contains("data-ready=\"yes\""), "the script ran to its end");
    assert_eq!(
        document.matches("tabindex=\"0\"").count(),
        document.matches("class=\"node").count() - document.matches("data-id=\"group:").count(),
        "every box that stands for one thing has a tab stop"
    );
    assert!(
        document.contains("<title>closed (claim · of the question)\nThe bridge was closed.\nsupported: established")
    );
}

#[test]
fn choosing_a_box_shows_its_words_verdict_and_grounds() {
    let Some(document) = opened(&page(&from_text(BRIDGE.to_owned())), "#choose=closed") else { return };
    let details = element(&document, "details", "div");
    assert!(details.contains("The bridge was closed."));
    // 1 - (1 - 0.95 * 0.85) * (1 - 0.80 * 0.65) = 1 - 0.1925 * 0.48 = 0.9076
    assert!(details.contains("supported: established") && details.contains("for 0.91, against 0.00"), "{details}");
    assert!(details.contains("finding that supports it, strength 0.85") && details.contains("The log"));
}

#[test]
fn switching_a_source_off_shows_what_the_engine_computed_for_that() {
    let Some(document) = opened(&page(&from_text(BRIDGE.to_owned())), "#without=log&choose=log") else { return };
    // The diary alone: 0.80 * 0.65 = 0.52, which is not enough.
    let details = element(&document, "details", "div");
    assert!(details.contains("Verdicts that would change without it (1)"), "{details}");
    assert!(details.contains("→ ○ unsupported: not enough evidence, for 0.52, against 0.00"), "{details}");
    assert!(document.contains("class=\"change\" data-detail=\"insufficient\""), "and a tag is on the box");
    assert!(!element(&document, "banner", "div").contains("hidden"));
}

#[test]
fn filters_and_search_find_what_fits() {
    let page = page(&from_text(BRIDGE.to_owned()));
    let Some(document) = opened(&page, "#verdict=supported&search=closed") else { return };
    // Of the boxes of the first view only the one claim is supported.
    assert!(element(&document, "count", "p").ends_with("1 box fits"), "{}", element(&document, "count", "p"));
    assert!(element(&document, "found-count", "span").ends_with("1 found"));
}

/// A relationship is a line in the view of actors: its verdict is asked for like that of a box.
#[test]
fn a_filter_by_verdict_keeps_the_lines_that_have_it_and_their_ends() {
    let case = r#"Case(title: "A dispatch",
        documents: { "log": (title: "The log", reliability: A) },
        actors: { "one": (name: "One", kind: Person), "two": (name: "Two", kind: Person), "three": (name: "Three", kind: Person) },
        relationships: { "met": (from: "one", kind: HadContactWith, to: "two", evidence: [Supports(from: "log", as: Finding)]),
                         "paid": (from: "two", kind: WorkedWith, to: "three") })"#;
    let page = page(&from_text(case.to_owned()));
    let Some(document) = opened(&page, "#view=actors&verdict=supported") else { return };
    assert!(element(&document, "count", "p").ends_with("2 boxes fit"), "{}", element(&document, "count", "p"));
    let of_actors = |svg: &&str| svg.split('>').next().is_some_and(|tag| tag.contains("data-view=\"actors\""));
    let view = document.split("<svg").skip(1).find(of_actors).expect("the view of actors");
    let lines: Vec<&str> =
        view.split("<g class=\"edge ").skip(1).filter(|line| line.contains("data-line-verdict")).collect();
    assert_eq!(lines.len(), 2);
    for line in lines {
        let tag = line.split('>').next().expect("a tag");
        assert_eq!(tag.contains("dim"), tag.contains("data-line-verdict=\"unsupported\""), "{tag}");
    }
}

/// What the hostile words leave behind where they run.
const BROKEN: &str = "data-broken=\"1\"";

#[test]
fn hostile_words_run_nothing() {
    let page = page(&hostile());
    assert!(page.contains("dataset.broken=1"), "the words are in the page");
    for address in ["", "#choose=first", "#choose=paper&without=paper", "#choose=step", "#choose=q&search=script"] {
        let Some(document) = opened(&page, address) else { return };
        assert!(document.contains("data-ready=\"yes\""), "{address}");
        assert!(!document.contains(BROKEN), "{address}");
    }
}

/// Were words to become markup after all, the page's policy would still keep them from running; and without it they
/// would be seen to run, so the test above can fail.
#[test]
fn the_policy_of_the_page_stops_what_gets_into_it() {
    let spoilt = page(&from_text(BRIDGE.to_owned())).replace("<header>", &format!("<header>{HOSTILE}"));
    let Some(document) = opened(&spoilt, "") else { return };
    assert!(!document.contains(BROKEN));
    let (before, rest) = spoilt.split_once("<meta http-equiv").expect("the policy");
    let (_, after) = rest.split_once('>').expect("its end");
    let document = opened(&format!("{before}{after}"), "").expect("the browser was there");
    assert!(document.contains(BROKEN), "without a policy they run");
}

/// What lies in the page is what judges say who never had that source.
#[test]
fn every_answer_without_a_source_is_that_of_a_case_without_it() {
    let (_, case) = shipped().into_iter().find(|(name, _)| name == "declassified").expect("it is shipped");
    let data = data(&page(&case));
    let mut compared = 0;
    for source in case.sources() {
        let scenario = Scenario { without: vec![source], ..Scenario::default() };
        let judge = Engine::new(&case, scenario);
        let answer = judge.answer_all(false).expect("it is small enough");
        for one in answer.statements {
            let key = case.statements[one.statement].key.as_str();
            let now = &data["without"][case.source_key(source).as_str()][key];
            let as_ever = data["statements"].as_array().expect("statements").iter().find(|entry| entry["id"] == key);
            let told = if now.is_null() { as_ever.expect("it is there") } else { now };
            assert_eq!(told["detail"], one.assessment.detail.name(), "{key} without {}", case.source_key(source));
            let degree = told["degrees"]["for"].as_f64().expect("a number");
            assert!(
                (degree - one.assessment.degrees.in_favour).abs() < 1e-9,
                "{key} without {}",
                case.source_key(source)
            );
            compared += 1;
        }
    }
    assert!(compared > 1000);
}

/// Kinds are open: what separates a kind from a date in a heading may stand in the kind itself.
#[test]
fn a_kind_is_shown_as_it_is_written() {
    let case = from_text(
        r#"Case(title: "Kinds", actors: { "x": (name: "X", kind: Other("p · q")) }, documents: {
            "d": (title: "D", reliability: A, kind: Other("a · b"), date: "1990") })"#
            .to_owned(),
    );
    let data = data(&page(&case));
    let kinds: Vec<_> = data["sources"].as_array().expect("sources").iter().map(|source| &source["kind"]).collect();
    assert_eq!(kinds, ["a · b", "p · q"]);
}

#[test]
fn the_page_needs_nothing_from_elsewhere() {
    let (_, case) = shipped().into_iter().find(|(name, _)| name == "two-sources").expect("it is shipped");
    let page = page(&case);
    for outside in [" src=", "href=", "@import", "http:", "https:", "fetch(", "XMLHttpRequest", "eval("] {
        let found = page.match_indices(outside).map(|(at, _)| &page[at..(at + 60).min(page.len())]);
        let found: Vec<&str> = found.filter(|text| !text.starts_with("http://www.w3.org/")).collect();
        let found: Vec<&str> =
            found.into_iter().filter(|text| !text.starts_with("http:") || !text.contains("w3.org")).collect();
        assert!(found.is_empty(), "{outside}: {found:?}");
    }
    assert!(page.contains("default-src 'none'"));
}

/// A layout that is remembered is the one that would be made: of the case before an edit, after it, and of another.
#[test]
fn layouts_that_are_remembered_change_no_byte() {
    let (_, other) = shipped().into_iter().find(|(name, _)| name == "two-sources").expect("it is shipped");
    let edited = BRIDGE.replace("reliability: A", "reliability: E");
    let longer =
        BRIDGE.replace("The bridge was open.", "The bridge was open, as far as anybody can tell from so little.");
    let mut layouts = Layouts::default();
    for case in
        [from_text(BRIDGE.to_owned()), from_text(edited), other, from_text(longer), from_text(BRIDGE.to_owned())]
    {
        let engine = Engine::new(&case, Scenario::default());
        let answer = engine.answer_all(true).expect("it is small enough");
        let of_view = |view| Some((view, scene(&engine, &answer, &Request { view, ..Request::default() }).ok()?));
        let scenes: Vec<_> = VIEWS.into_iter().filter_map(of_view).collect();
        assert!(scenes.len() > 1);
        let remembered = html_from(&engine, &answer, &scenes, &mut layouts).expect("it is small enough");
        assert_eq!(remembered, html(&engine, &answer, &scenes).expect("it is small enough"));
    }
}

/// A link to the page carries what is seen of it.
#[test]
fn an_address_opens_the_page_as_it_was_seen() {
    let page = page(&from_text(BRIDGE.to_owned()));
    let address = "#view=sources&choose=closed&verdict=supported&verdict=contested&kind=claim&source=log&at=sources+10+20+300+200+0+0+";
    let Some(document) = opened(&page, address) else { return };
    let view = document.split("<svg").skip(1).find(|svg| svg.contains("data-view=\"sources\"")).expect("the view");
    assert!(
        view.split('>').next().is_some_and(|tag| tag.contains("viewBox=\"10 20 300 200\"") && !tag.contains("hidden"))
    );
    assert!(element(&document, "details", "div").contains("The bridge was closed."));
    assert!(element(&document, "count", "p").ends_with("1 box fits"), "{}", element(&document, "count", "p"));
    // What is no part of the case, and what is no number, changes nothing.
    let Some(document) = opened(&page, "#view=x&choose=x&without=x&source=x&at=argument+1+2+x+4+5+6+x&at=x") else {
        return;
    };
    assert!(document.contains("data-ready=\"yes\"") && element(&document, "details", "div").contains("Choose a box"));
}

/// The page is the same each time.
#[test]
fn the_same_case_makes_the_same_page() {
    let case = from_text(BRIDGE.to_owned());
    assert_eq!(page(&case), page(&case));
}

/// Everything that the program writes for a case: every view, with one of each section.
fn whole_page(case: &Case) -> String {
    let engine = Engine::new(case, Scenario::default());
    let answer = engine.answer_all(true).expect("it is small enough");
    let of_view = |view| Some((view, scene(&engine, &answer, &Request { view, ..Request::default() }).ok()?));
    let mut scenes: Vec<_> = page_views(&engine).filter_map(of_view).collect();
    open_on_overview(&mut scenes);
    html(&engine, &answer, &scenes).expect("it is small enough")
}

/// A page in a window of a size, once its script has run.
fn shown(page: &str, (width, height): (u32, u32)) -> Option<(Browser, tempfile::TempDir)> {
    let browser = Browser::start()?;
    let folder = tempfile::tempdir().expect("a folder for the test");
    fs::write(folder.path().join("case.html"), page).expect("the page is written");
    browser.resize(width, height);
    browser.open(&format!("file://{}/case.html", folder.path().display()));
    browser.until("document.body && document.body.dataset.ready === 'yes'");
    Some((browser, folder))
}

/// Pixels to a unit of the picture that is seen.
const SCALE: &str = "(() => { const svg = document.querySelector('#stage svg:not([hidden])'), stage = document.getElementById('stage'), \
    [, , w, h] = svg.getAttribute('viewBox').split(' ').map(Number); return Math.min(stage.clientWidth / w, stage.clientHeight / h); })()";

/// A large case opens on its overview, at a size at which its words can be read, in a window and on a phone, where nothing leaves
/// the screen.
#[test]
fn a_page_opens_where_it_can_be_read() {
    let (_, case) = shipped().into_iter().find(|(name, _)| name == "contra-record").expect("it is shipped");
    let page = whole_page(&case);
    for size in [(1280, 800), (390, 844)] {
        let Some((browser, _folder)) = shown(&page, size) else { return };
        assert_eq!(browser.value("document.querySelector('#views [aria-pressed=true]').textContent"), "overview");
        for view in ["overview", "argument", "sources", "all"] {
            browser.value(&format!("document.querySelector('#views [data-view={view}]').click()"));
            let scale = browser.value(SCALE).as_f64().expect("a number");
            assert!(scale >= 0.89, "{view} at {size:?}: letters of 11 units are {:.1} pixels high", 11.0 * scale);
            let first = "[...document.querySelectorAll('#stage svg:not([hidden]) g.node')].some((node) => { \
                const box = node.getBoundingClientRect(), stage = document.getElementById('stage').getBoundingClientRect(); \
                return box.top >= stage.top && box.left >= stage.left && box.right <= stage.right && box.bottom <= stage.bottom; })";
            assert_eq!(browser.value(first), true, "{view} at {size:?}: a whole box is seen");
        }
        assert_eq!(browser.value("document.documentElement.scrollWidth <= innerWidth"), true, "{size:?}");
        let out = "[...document.querySelectorAll('button, select, input')].filter((one) => one.id !== 'skip' && one.checkVisibility() \
            && !one.closest('#views, aside') && (one.getBoundingClientRect().right > innerWidth + 1 \
            || one.getBoundingClientRect().bottom > innerHeight + 1)).map((one) => one.id || one.textContent).join()";
        assert_eq!(browser.value(out), "", "{size:?}");
    }
}

/// From the overview a section leads to its picture, and from there a statement to its words, which lead back.
#[test]
fn the_overview_leads_to_sections_and_they_to_statements() {
    let (_, case) = shipped().into_iter().find(|(name, _)| name == "declassified").expect("it is shipped");
    let Some((browser, _folder)) = shown(&whole_page(&case), (1280, 800)) else { return };
    browser.value("document.querySelector('#views [data-view=overview]').click()");
    let pile = "document.querySelector('svg[data-view=overview] g.node[data-id^=\"group:2. \"]')";
    assert!(
        browser
            .value(&format!("{pile}.querySelector('title').textContent"))
            .as_str()
            .is_some_and(|name| name.ends_with("opens its picture"))
    );
    browser.value(&format!("{pile}.dispatchEvent(new KeyboardEvent('keydown', {{ key: 'Enter', bubbles: true }}))"));
    assert_eq!(browser.value("document.querySelector('#stage svg:not([hidden])').dataset.view"), "section-2");
    assert_eq!(browser.value("document.getElementById('sections').value"), "section-2");
    browser.value("document.querySelector('svg[data-view=section-2] g.node[data-id=narcotics-for-arms]').dispatchEvent(new MouseEvent('click', { bubbles: true }))");
    assert!(
        browser
            .value("document.getElementById('details').textContent")
            .as_str()
            .is_some_and(|text| text.contains("narcotics were exchanged for arms"))
    );
    browser.value("document.querySelector('#views [data-view=argument]').click()");
    browser.value(
        "[...document.querySelectorAll('#details button')].find((one) => one.textContent.startsWith('2. ')).click()",
    );
    assert_eq!(browser.value("document.querySelector('#stage svg:not([hidden])').dataset.view"), "section-2");
    browser.until("location.hash.includes('view=section-2') && location.hash.includes('choose=narcotics-for-arms')");
}

/// What a source changes is shown in the view that is seen, and in the next one that is opened.
#[test]
fn what_a_source_changes_follows_from_view_to_view() {
    let page = page(&from_text(BRIDGE.to_owned()));
    let Some((browser, _folder)) = shown(&page, (1280, 800)) else { return };
    let tags = "document.querySelectorAll('#stage svg:not([hidden]) g.change').length";
    browser.value("(document.querySelector('#source-off').value = 'log', document.querySelector('#source-off').dispatchEvent(new Event('change')), true)");
    assert_eq!(browser.value(tags), 1);
    browser.value("document.querySelector('#views [data-view=sources]').click()");
    assert_eq!(browser.value(tags), 1);
    assert_eq!(browser.value("document.querySelectorAll('g.change').length"), 1, "and nowhere else");
    let named = "document.querySelector('svg[data-view=sources] g.node[data-id=closed] title').textContent";
    assert!(
        browser
            .value(named)
            .as_str()
            .is_some_and(|name| name.ends_with("without the source that is off: unsupported: not enough evidence"))
    );
    browser.value("document.getElementById('banner-close').click()");
    assert_eq!(browser.value("document.querySelectorAll('g.change').length"), 0);
    assert!(browser.value(named).as_str().is_some_and(|name| !name.contains("without the source")));
}
