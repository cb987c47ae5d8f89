//! Every explanation once more, by brute force: what the engine says of a verdict is held against all worlds of a
//! small case, worked out by the oracle, or against a case that is written anew.
//!
//! Cases are random and the same on every run; `ORACLE_TIMES=20 cargo test --release explain::` tries twenty
//! times as many. Every test counts what it has seen, so that none passes because nothing of interest occurred.

mod argument;
mod best_case;
mod examples;
mod influence;
mod load_bearing;
mod missing;
mod shared_ground;
mod trial;
mod why_not;

use crate::support::random::Profile;
use crate::support::trials::{add, saw};
use trial::{AS_WRITTEN, IN_SCENARIOS, check_all};

fn small(uncertain: usize, profile: Profile) -> Profile {
    Profile { uncertain, ..profile }
}

#[test]
fn influence_is_the_verdict_without_the_source() {
    let mut tally = check_all(&small(7, Profile::broad()), 20_000_000, 120, AS_WRITTEN, influence::check);
    add(&mut tally, check_all(&small(7, Profile::competing()), 20_100_000, 120, AS_WRITTEN, influence::check));
    add(&mut tally, check_all(&small(6, Profile::tangled()), 20_200_000, 60, AS_WRITTEN, influence::check));
    add(&mut tally, check_all(&small(6, Profile::broad()), 20_300_000, 80, IN_SCENARIOS, influence::check));
    saw(&tally, 100, &["makes a difference", "makes none", "turns the verdict"]);
    saw(&tally, 10, &["changes what is out", "exhibit"]);
}

#[test]
fn load_bearing_sets_are_all_the_smallest_that_turn_the_verdict() {
    let mut tally = check_all(&small(6, Profile::broad()), 21_000_000, 80, AS_WRITTEN, load_bearing::check);
    add(&mut tally, check_all(&small(6, Profile::competing()), 21_100_000, 80, AS_WRITTEN, load_bearing::check));
    add(&mut tally, check_all(&small(5, Profile::tangled()), 21_200_000, 40, AS_WRITTEN, load_bearing::check));
    add(&mut tally, check_all(&small(5, Profile::broad()), 21_300_000, 40, IN_SCENARIOS, load_bearing::check));
    saw(&tally, 20, &["one source", "several sets", "no set"]);
    saw(&tally, 5, &["two sources"]);
}

#[test]
fn no_way_to_a_case_is_more_probable_than_the_best() {
    let mut tally = check_all(&small(6, Profile::broad()), 22_000_000, 100, AS_WRITTEN, best_case::check);
    add(&mut tally, check_all(&small(6, Profile::competing()), 22_100_000, 100, AS_WRITTEN, best_case::check));
    add(&mut tally, check_all(&small(6, Profile::tangled()), 22_200_000, 100, AS_WRITTEN, best_case::check));
    add(&mut tally, check_all(&small(5, Profile::broad()), 22_300_000, 60, IN_SCENARIOS, best_case::check));
    saw(&tally, 100, &["a best case", "no case", "several conditions", "whatever else"]);
    saw(&tally, 10, &["something fails", "uncertain failure"]);
}

#[test]
fn shared_ground_is_what_both_readings_need_somewhere() {
    let mut tally = check_all(&small(7, Profile::competing()), 23_000_000, 150, AS_WRITTEN, shared_ground::check);
    add(&mut tally, check_all(&small(6, Profile::broad()), 23_100_000, 80, IN_SCENARIOS, shared_ground::check));
    saw(&tally, 20, &["shared", "nothing shared", "a rival of what it entails"]);
}

#[test]
fn what_is_missing_would_do() {
    let mut tally = check_all(&small(5, Profile::broad()), 24_000_000, 8, AS_WRITTEN, missing::check_evidence);
    add(&mut tally, check_all(&small(5, Profile::competing()), 24_100_000, 8, AS_WRITTEN, missing::check_evidence));
    add(&mut tally, check_all(&small(4, Profile::tangled()), 24_200_000, 4, AS_WRITTEN, missing::check_evidence));
    let withheld = Profile::withheld(1..=2, 4, 30);
    add(&mut tally, check_all(&withheld, 24_300_000, 5, AS_WRITTEN, missing::check_evidence));
    saw(&tally, 10, &["decides", "does not decide", "settles", "decides and does not settle", "takes several"]);
    saw(&tally, 1, &["settled already"]);
}

#[test]
fn missing_premises_would_do() {
    let profile = Profile { inferences: 1..=3, statement_premises: 50, wholes: 0..=2, ..Profile::broad() };
    let mut tally = check_all(&small(6, profile.clone()), 25_000_000, 40, AS_WRITTEN, missing::check_premises);
    let rivals = Profile { rivals: 1..=3, entailments: 0..=3, ..profile };
    add(&mut tally, check_all(&small(6, rivals), 25_100_000, 40, AS_WRITTEN, missing::check_premises));
    add(&mut tally, check_all(&small(5, Profile::tangled()), 25_200_000, 25, AS_WRITTEN, missing::check_premises));
    saw(&tally, 20, &["needed true", "changes the verdict", "all together", "written anew"]);
    saw(&tally, 5, &["needed false", "part"]);
}

#[test]
fn withheld_words_would_do() {
    let profile = Profile::withheld(1..=3, 5, 30);
    let mut tally = check_all(&profile, 26_000_000, 30, AS_WRITTEN, missing::check_withheld);
    let looped = Profile { passages: 1..=2, fully_withheld: 50, uncertain: 4, links: 2..=6, ..Profile::tangled() };
    add(&mut tally, check_all(&looped, 26_100_000, 10, AS_WRITTEN, missing::check_withheld));
    saw(&tally, 20, &["one passage", "nothing within reach"]);
    saw(&tally, 3, &["several verdicts"]);
    saw(&tally, 1, &["several passages"]);
}

#[test]
fn reasons_why_not_are_true() {
    let mut tally = check_all(&small(6, Profile::broad()), 27_000_000, 60, AS_WRITTEN, why_not::check);
    add(&mut tally, check_all(&small(6, Profile::competing()), 27_100_000, 60, AS_WRITTEN, why_not::check));
    add(&mut tally, check_all(&small(5, Profile::tangled()), 27_200_000, 30, AS_WRITTEN, why_not::check));
    add(&mut tally, check_all(&small(5, Profile::broad()), 27_300_000, 30, IN_SCENARIOS, why_not::check));
    saw(&tally, 20, &["case", "margin", "serious", "prevails", "no rival reading", "some case", "no case"]);
    saw(&tally, 5, &["only contested", "rival readings"]);
    saw(&tally, 20, &["hindrance", "one thing alone"]);
}

#[test]
fn arguments_weigh_what_the_worlds_say() {
    let mut tally = check_all(&small(6, Profile::broad()), 28_000_000, 40, AS_WRITTEN, argument::check);
    add(&mut tally, check_all(&small(6, Profile::competing()), 28_100_000, 40, AS_WRITTEN, argument::check));
    add(&mut tally, check_all(&small(5, Profile::tangled()), 28_200_000, 40, AS_WRITTEN, argument::check));
    add(&mut tally, check_all(&small(5, Profile::broad()), 28_300_000, 20, IN_SCENARIOS, argument::check));
    saw(&tally, 50, &["step", "undercut", "impeachment", "source", "something is lost", "nothing is lost"]);
    saw(&tally, 20, &["rival", "entailed", "entails", "parts", "below"]);
}
