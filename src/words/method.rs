//! How degrees were computed, in words.

use crate::engine::{Engine, Interval, Method, Sampling};

use super::phrase::degree;

/// What degrees a method gives, in a few words: `exact degrees`.
pub fn method_name(method: &Method) -> &'static str {
    match method {
        Method::Auto | Method::Exact => "exact degrees",
        Method::Sampled => "sampled degrees",
        Method::Independent => "degrees as if nothing were shared",
        Method::Bounds => "bounds whatever the dependence",
        Method::World { .. } => "one world",
    }
}

/// How degrees were computed, with the precision of sampled ones: `degrees from 66,400 sampled worlds, ±0.005 at 99 %`.
pub fn method_phrase(engine: &Engine<'_>) -> String {
    let degrees = degrees_phrase(engine);
    match settled_from(engine) {
        Some(confidence) => {
            format!("{degrees}; settled or open from sampled worlds, at {confidence} % for all together")
        }
        None => degrees,
    }
}

/// With which confidence, in percent, it was worked out from sampled worlds whether verdicts are settled, if it was.
fn settled_from(engine: &Engine<'_>) -> Option<f64> {
    engine.settled_by_sampling().then(|| engine.how_sampled().confidence * 100.0)
}

fn degrees_phrase(engine: &Engine<'_>) -> String {
    match engine.method() {
        Method::Auto if !engine.is_exact() => {
            format!("exact degrees where that is not too much, else {}", sampled(engine))
        }
        Method::Sampled => sampled(engine),
        Method::Bounds => "bounds, whatever the dependence".to_owned(),
        method => method_name(method).to_owned(),
    }
}

fn sampled(engine: &Engine<'_>) -> String {
    let Sampling { half_width, confidence, .. } = engine.how_sampled();
    match engine.worlds_sampled() {
        0 => "degrees from sampled worlds".to_owned(),
        worlds => {
            format!("degrees from {} sampled worlds, ±{half_width} at {} %", thousands(worlds), confidence * 100.0)
        }
    }
}

/// How degrees were computed, as sentences.
pub(crate) fn method_sentence(engine: &Engine<'_>) -> String {
    let degrees = degrees_sentence(engine);
    match settled_from(engine) {
        Some(confidence) => format!(
            "{degrees} Whether verdicts are settled was worked out from sampled worlds, with a confidence of {confidence} % for all \
             of them together."
        ),
        None => degrees,
    }
}

fn degrees_sentence(engine: &Engine<'_>) -> String {
    let exact = "Degrees are exact probabilities, computed by decision diagrams or by elimination.";
    match engine.method() {
        Method::Exact => exact.to_owned(),
        Method::Auto if engine.is_exact() => exact.to_owned(),
        Method::Auto | Method::Sampled => format!(
            "This was too large or not wanted to be computed exactly: {}. A verdict that these intervals cannot decide is \
             reported as undecided.",
            degrees_phrase(engine)
        ),
        Method::Independent => "Degrees are estimates that take the parts of every condition as independent; they are \
                                exact where no two of them share a source."
            .to_owned(),
        Method::Bounds => {
            "Degrees are bounds that hold whatever the sources have to do with each other; a verdict that \
                           they cannot decide is reported as undecided."
                .to_owned()
        }
        Method::World { .. } => {
            "This is one single world: things hold in it or do not, nothing is likely or unlikely, \
                                 and it is not asked what is settled."
                .to_owned()
        }
    }
}

/// A degree with what it is known to lie in, where that is more than a point: `0.62 to 0.64`.
pub fn degree_within(number: f64, within: Option<Interval>) -> String {
    match within.map(|range| (degree(range.low), degree(range.high))) {
        Some((low, high)) if low != high => format!("{low} to {high}"),
        _ => degree(number),
    }
}

/// `66,400`.
fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().map(|group| std::str::from_utf8(group).unwrap_or("")).collect();
    groups.join(",")
}
