//! The language of selectors: every key on a case checked by hand, the laws of *not*, *and* and *or* on random
//! expressions, printing and reading again, the former form of `--only`, and what is refused, with its place.

use std::collections::BTreeSet;

use evigraph::Case;
use evigraph::internals::selector::{Expression, Selector, SelectorProblem};
use evigraph::{Input, load};
use proptest::prelude::*;

const CASE: &str = r#"Case(
    title: "Six documents",
    actors: {
        "state": (name: "The state", kind: Government),
        "office": (name: "An office", kind: Agency, part_of: "state"),
        "desk": (name: "A desk in the office", kind: Agency, part_of: "office"),
        "paper": (name: "A newspaper", kind: Outlet),
        "witness": (name: "A witness", kind: Person, reliability: C),
    },
    documents: {
        "cable": (title: "A cable from San José", kind: Cable, by: ["desk"], date: "1984-10-02", released: "1998-10",
                  authors: ["A. Clerk"], reliability: A,
                  places: ["San José"], tags: ["released"], collection: "shelf", withheld: Heavy, cite: 3),
        "memo": (title: "A memorandum", kind: Memorandum, by: ["office"], date: "1992", period: "1983/1985", reliability: B,
                 derives_from: ["cable"], tags: ["released", "two words"], collection: "shelf", mentions: ["paper"]),
        "report": (title: "A report", kind: NewsReport, by: ["paper"], date: "1986-05", reliability: C,
                   derives_from: ["memo", "witness"], tags: ["press"], places: ["Lima"], url: "https://example.org/Report"),
        "clip": (title: "A clipping", kind: NewsReport, by: ["paper"], reliability: C, derives_from: ["report"], tags: ["press", "a or b"],
                 withheld: 0.1, note: "Cut out with scissors."),
        "letter": (title: "A letter", kind: Other("private letter"), date: "198X", mentions: ["desk"]),
        "shelf": (title: "The shelf", kind: Archive, by: ["state"]),
    },
    claims: {
        "met": (text: "They met.", about: ["witness"], tags: ["meeting"], evidence: [
            Supports(from: "cable", as: Finding, at: "p. 1", quote: "at the harbour"),
            Opposes(from: "letter", as: Account),
        ]),
        "agreed": (text: "They agreed.", tags: ["meeting", "deal"], evidence: [Supports(from: "report", as: Allegation)]),
        "kept": (text: "They kept to it.", tags: ["deal"]),
    },
    relationships: { "met-them": (from: "desk", to: "witness", kind: HadContactWith, same_as: "met", tags: ["ties"]) },
    inferences: { "so": (given: ["memo", "agreed"], to: "kept", effect: Supports) },
    questions: { "q": (text: "Did they?", claims: ["kept"]) },
)"#;

/// Conditions, with the documents that each means, by hand.
const CONDITIONS: [(&str, &[&str]); 44] = [
    ("kind:Cable", &["cable"]),
    ("kind:NewsReport", &["clip", "report"]),
    ("kind:\"private letter\"", &["letter"]),
    ("kind:Book", &[]),
    ("tag:press", &["clip", "report"]),
    ("tag:\"two words\"", &["memo"]),
    ("collection:shelf", &["cable", "memo"]),
    ("collection:witness", &[]),
    ("by:office", &["memo"]),
    ("by:state", &["shelf"]),
    ("under:state", &["cable", "memo", "shelf"]),
    ("under:desk", &["cable"]),
    // The memorandum of 1992 speaks of 1983 to 1985; the report gives no period and is of 1986.
    ("period:1986", &["letter", "report"]),
    ("period:1992", &[]),
    ("period:1985", &["letter", "memo"]),
    ("period:1984-10", &["cable", "letter", "memo"]),
    ("period:1984-11/..", &["letter", "memo", "report"]),
    ("date:1992", &["memo"]),
    ("date:../1985", &["cable", "letter"]),
    // The cable of 1984 became known in 1998, what else has a date when it was written.
    ("released:1998", &["cable"]),
    ("released:1984/1986", &["letter", "report"]),
    ("author:CLERK", &["cable"]),
    ("place:\"san josé\"", &["cable"]),
    ("mentions:paper", &["memo"]),
    // It issued the two, the memorandum mentions it.
    ("actor:paper", &["clip", "memo", "report"]),
    // What speaks to the claim about it.
    ("actor:witness", &["cable", "letter"]),
    // It issued the cable, the letter mentions it; both speak to its relationship as well.
    ("actor:desk", &["cable", "letter"]),
    ("on:met", &["cable", "letter"]),
    ("on:met-them", &["cable", "letter"]),
    ("claim:kept", &["memo"]),
    ("topic:meeting", &["cable", "letter", "report"]),
    ("topic:deal", &["memo", "report"]),
    ("topic:ties", &["cable", "letter"]),
    // From the claim over the inference to its premises, and from these to their origins.
    ("reaches:kept", &["cable", "memo", "report"]),
    ("derives:cable", &["clip", "memo", "report"]),
    ("derives:witness", &["clip", "report"]),
    ("cite:3", &["cable"]),
    ("withheld:yes", &["cable", "clip"]),
    ("withheld:no", &["letter", "memo", "report", "shelf"]),
    ("withheld:Partial", &["cable"]),
    ("reliability:B", &["cable", "memo"]),
    // A document that gives none is taken at 0.5.
    ("reliability:0.5", &["cable", "clip", "letter", "memo", "report", "shelf"]),
    ("title:REPORT", &["report"]),
    ("text:report", &["report"]),
];

fn case() -> Case {
    let loaded = load(Input::Text { name: "six.ron".to_owned(), text: CASE.to_owned() }).expect("it is no file");
    loaded.case.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics))
}

fn chosen(case: &Case, text: &str) -> BTreeSet<String> {
    let selector = Selector::parse(text, case).unwrap_or_else(|error| panic!("{text}: {error}"));
    selector.chosen().map(|id| case.documents[id].key.to_string()).collect()
}

#[track_caller]
fn assert_chosen(case: &Case, text: &str, documents: &[&str]) {
    let expected: BTreeSet<String> = documents.iter().map(|&key| key.to_owned()).collect();
    assert_eq!(chosen(case, text), expected, "{text}");
}

#[test]
fn every_key_means_the_documents_that_one_finds_by_hand() {
    let case = case();
    for (text, documents) in CONDITIONS {
        assert_chosen(&case, text, documents);
    }
    assert_chosen(&case, "text:harbour", &["cable"]);
    assert_chosen(&case, "text:SCISSORS", &["clip"]);
    assert_chosen(&case, "id:memo", &["memo"]);
    let tried: BTreeSet<&str> =
        CONDITIONS.iter().filter_map(|(text, _)| text.split_once(':')).map(|(key, _)| key).collect();
    for key in Selector::keys() {
        assert!(tried.contains(key.name) || key.name == "id", "{} is tried", key.name);
    }
}

#[test]
fn not_binds_before_and_and_and_before_or() {
    let case = case();
    assert_chosen(&case, "kind:Cable or tag:press and not text:scissors", &["cable", "report"]);
    assert_chosen(&case, "(kind:Cable or tag:press) and not text:scissors", &["cable", "report"]);
    assert_chosen(&case, "not tag:press and tag:released", &["cable", "memo"]);
    assert_chosen(&case, "not (tag:press and tag:released)", &["cable", "clip", "letter", "memo", "report", "shelf"]);
    assert_chosen(&case, "tag:released and kind:Cable or kind:Archive", &["cable", "shelf"]);
    assert_chosen(&case, "not not kind:Cable", &["cable"]);
    assert_chosen(&case, "  kind : Cable  or(tag:press)and(kind:NewsReport)", &["cable", "clip", "report"]);
}

/// One condition with one of four keys was all that `--only` took; its value went to the end of the text.
#[test]
fn what_only_took_before_means_the_same() {
    let case = case();
    assert_chosen(&case, "kind:private letter", &["letter"]);
    assert_chosen(&case, "tag: two words ", &["memo"]);
    assert_chosen(&case, "tag:a or b", &["clip"]);
    assert_chosen(&case, "by:office", &["memo"]);
    assert_chosen(&case, "collection : shelf", &["cable", "memo"]);
    let printed = Selector::parse("kind:private letter", &case).expect("it is one").to_string();
    assert_eq!(printed, "kind:\"private letter\"");
    assert_chosen(&case, &printed, &["letter"]);
}

/// The bytes that are wrong, as they stand in the text.
#[track_caller]
fn assert_wrong(text: &str, at: &str, problem: &str) {
    let error = Selector::parse(text, &case()).expect_err(text);
    assert_eq!(&text[error.at.clone()], at, "{error:?}");
    assert!(error.problem.to_string().contains(problem), "{text}: {}", error.problem);
}

#[test]
fn what_is_wrong_is_reported_with_its_place() {
    assert_wrong("", "", "missing at the end");
    assert_wrong("tag:press and", "", "missing at the end");
    assert_wrong("and tag:press", "and", "missing before `and`");
    assert_wrong("tag:press or or kind:Cable", "or", "missing before `or`");
    assert_wrong("()", ")", "missing before `)`");
    assert_wrong("(tag:press", "(", "not closed");
    assert_wrong("tag:press)", ")", "nothing opened");
    assert_wrong("tag:press kind:Cable", "kind:Cable", "missing before `kind:Cable`");
    assert_wrong("press", "press", "has no `:`");
    assert_wrong("tag:", "tag:", "has no value");
    assert_wrong("tag:\"\"", "tag:\"\"", "has no value");
    assert_wrong("tag:press and place:\"Lima", "\"", "not closed");
    assert_wrong("tga:press", "tga", "no key `tga`");
    assert_wrong("not tag:pres", "pres", "no document with the tag `pres`");
    assert_wrong("by:cable", "cable", "`cable` is a document, and `by:` needs an actor");
    assert_wrong("on:cable", "cable", "needs a claim or relationship");
    assert_wrong("on:q", "q", "is a question");
    assert_wrong("derives:met", "met", "is a claim or relationship");
    assert_wrong("period:1990/1980", "1990/1980", "no date");
    assert_wrong("cite:-1", "-1", "no number");
    assert_wrong("withheld:NaN", "NaN", "no share");
    assert_wrong("withheld:2", "2", "no share");
    assert_wrong("reliability:F", "F", "no reliability");
    assert_wrong("place:Lyma", "Lyma", "no document with the place");
    assert_wrong("kind:Cable\u{1b}[31m", "Cable\u{1b}[31m", "no kind of document");
}

#[test]
fn a_word_that_may_be_mistyped_comes_with_those_that_there_are() {
    let case = case();
    let known = |text: &str| {
        let error = Selector::parse(text, &case).expect_err(text);
        error.problem.mistyped().map(|(_, known)| known.to_vec()).unwrap_or_default()
    };
    assert_eq!(known("tag:pres"), ["a or b", "press", "released", "two words"]);
    assert!(known("kind:cable").contains(&"Cable".to_owned()));
    assert!(known("kind:cable").contains(&"private letter".to_owned()));
    assert_eq!(known("by:offic"), ["desk", "office", "paper", "state", "witness"]);
    assert!(known("knid:Cable").contains(&"kind".to_owned()));
}

#[test]
fn length_depth_and_number_have_limits() {
    let case = case();
    let problem = |text: &str| Selector::parse(text, &case).map_err(|error| error.problem);
    let nested = |depth: usize| format!("{}tag:press{}", "(".repeat(depth), ")".repeat(depth));
    let deepest = Expression::<()>::DEEPEST;
    assert!(problem(&nested(deepest)).is_ok());
    assert_eq!(problem(&nested(deepest + 1)), Err(SelectorProblem::TooDeep));
    assert_eq!(problem(&"(".repeat(10_000)), Err(SelectorProblem::TooDeep));
    assert_eq!(problem(&"not ".repeat(4_000)), Err(SelectorProblem::TooDeep));
    assert_eq!(problem(&"(".repeat(1_000_000)), Err(SelectorProblem::TooLong));
    // What stands side by side is not deep.
    let beside = |part: &str| vec![part; 2 * deepest].join(" and ");
    assert!(problem(&beside("(tag:press)")).is_ok() && problem(&beside("not tag:press")).is_ok());
    let many = |number: usize| vec!["tag:press"; number].join(" or ");
    assert!(problem(&many(Expression::<()>::MOST)).is_ok());
    assert_eq!(problem(&many(Expression::<()>::MOST + 1)), Err(SelectorProblem::TooMany));
}

/// An expression over [`CONDITIONS`], with its own printing and its own meaning.
#[derive(Debug, Clone)]
enum Tree {
    Condition(usize),
    Not(Box<Tree>),
    All(Vec<Tree>),
    Any(Vec<Tree>),
}

const EVERY: [&str; 6] = ["cable", "clip", "letter", "memo", "report", "shelf"];

impl Tree {
    /// With every part in parentheses, so that precedence plays no part.
    fn text(&self) -> String {
        let joined = |parts: &[Tree], joint: &str| {
            let parts: Vec<String> = parts.iter().map(|part| format!("({})", part.text())).collect();
            parts.join(joint)
        };
        match self {
            Self::Condition(index) => CONDITIONS[*index].0.to_owned(),
            Self::Not(inner) => format!("not ({})", inner.text()),
            Self::All(parts) => joined(parts, " and "),
            Self::Any(parts) => joined(parts, " or "),
        }
    }

    fn means(&self, document: &str) -> bool {
        match self {
            Self::Condition(index) => CONDITIONS[*index].1.contains(&document),
            Self::Not(inner) => !inner.means(document),
            Self::All(parts) => parts.iter().all(|part| part.means(document)),
            Self::Any(parts) => parts.iter().any(|part| part.means(document)),
        }
    }
}

fn tree() -> impl Strategy<Value = Tree> {
    let leaf = (0..CONDITIONS.len()).prop_map(Tree::Condition);
    leaf.prop_recursive(5, 24, 3, |inner| {
        prop_oneof![
            inner.clone().prop_map(|part| Tree::Not(Box::new(part))),
            proptest::collection::vec(inner.clone(), 2..4).prop_map(Tree::All),
            proptest::collection::vec(inner, 2..4).prop_map(Tree::Any),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_expression_means_what_its_parts_mean(tree in tree()) {
        let expected: BTreeSet<String> = EVERY.iter().filter(|key| tree.means(key)).map(|&key| key.to_owned()).collect();
        prop_assert_eq!(chosen(&case(), &tree.text()), expected);
    }

    #[test]
    fn printed_and_read_again_it_is_the_same(tree in tree()) {
        let case = case();
        let selector = Selector::parse(&tree.text(), &case).expect("it is a selector");
        let again = Selector::parse(&selector.to_string(), &case).expect("what is printed is a selector");
        prop_assert_eq!(&again, &selector);
        prop_assert_eq!(again.to_string(), selector.to_string());
    }

    #[test]
    fn de_morgan(one in tree(), other in tree()) {
        let case = case();
        let (one, other) = (one.text(), other.text());
        let negated = |text: &str| format!("not ({text})");
        prop_assert_eq!(
            chosen(&case, &negated(&format!("({one}) and ({other})"))),
            chosen(&case, &format!("{} or {}", negated(&one), negated(&other)))
        );
        prop_assert_eq!(
            chosen(&case, &negated(&format!("({one}) or ({other})"))),
            chosen(&case, &format!("{} and {}", negated(&one), negated(&other)))
        );
    }

    /// Whatever is typed, the answer is a selector or an error within the text.
    #[test]
    fn anything_can_be_typed(text in "([a-z:\"() ]|and |or |not |tag:press|é|\u{202e}|\\\\){0,40}") {
        match Selector::parse(&text, &case()) {
            Ok(selector) => { chosen(&case(), &selector.to_string()); }
            Err(error) => {
                prop_assert!(error.text.get(error.at.clone()).is_some());
                prop_assert!(error.to_string().contains("character"));
            }
        }
    }

    /// Any value at all survives printing.
    #[test]
    fn any_tag_can_be_quoted(tag in "[^\u{0}-\u{1f}]{1,12}") {
        prop_assume!(!tag.trim().is_empty());
        let tag = tag.trim();
        let text = format!(
            "Case(title: \"t\", documents: {{\"d\": (title: \"d\", tags: [\"{}\"]), \"e\": (title: \"e\")}})",
            tag.replace('\\', "\\\\").replace('"', "\\\"")
        );
        let loaded = load(Input::Text { name: "t.ron".to_owned(), text }).expect("it is no file");
        let case = loaded.case.expect("the case is sound");
        let former = Selector::parse(&format!("tag:{tag}"), &case).expect("former selectors are read");
        let again = Selector::parse(&format!("{former} or id:e"), &case).expect("it is quoted");
        prop_assert_eq!(former.chosen().count(), 1);
        prop_assert_eq!(again.chosen().count(), 2);
    }
}

#[test]
fn in_another_version_what_is_not_there_means_nothing() {
    let version = |documents: &str| {
        let text = format!("Case(title: \"A version\", documents: {{ {documents} }})");
        let loaded = load(Input::Text { name: "case.ron".to_owned(), text }).expect("a text can be read");
        loaded.case.expect("it is sound")
    };
    let old = version(r#""a": (title: "A", tags: ["seen"]), "b": (title: "B", kind: Cable)"#);
    let new = version(r#""b": (title: "B", kind: Cable), "c": (title: "C", kind: Cable)"#);
    let chosen = |case: &Case, selector: &Selector| -> Vec<String> {
        selector.chosen().map(|id| case.documents[id].key.to_string()).collect()
    };
    let selector = Selector::parse("tag:seen or kind:Cable", &old).expect("it reads");
    assert_eq!(chosen(&old, &selector), ["a", "b"]);
    assert_eq!(chosen(&new, &selector.in_version(&new)), ["b", "c"]);
    let not = Selector::parse("not tag:seen", &old).expect("it reads");
    assert_eq!(chosen(&new, &not.in_version(&new)), ["b", "c"]);
}
