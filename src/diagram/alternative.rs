//! Pictures in words, for those who do not see them: in as many words as somebody listens to, and with what that leaves out.

use crate::verdict::Verdict;
use crate::words::{capital, count, joined, shortened, spelled};

use super::level::is_source;
use super::scene::{Figure, Scene, SceneNode};

/// So many questions are described, and claims of a list.
pub(super) const FEW: usize = 6;
/// So many letters of a sentence are read, and of all sentences together.
pub(super) const LONGEST: usize = 320;
const MOST: usize = 2_000;

/// A picture in words: what it shows, how the questions stand, the verdicts in numbers, and what is not drawn.
pub(super) fn alternative(scene: &Scene) -> String {
    let of = |is: fn(&SceneNode) -> bool| scene.nodes.iter().filter(move |node| is(node));
    let sorts = [
        (of(|node| node.figure == Figure::Question).count(), "question"),
        (of(|node| node.mark.is_some()).count(), "statement"),
        (of(|node| node.figure == Figure::Inference).count(), "inference"),
        (of(|node| node.figure == Figure::Pile).count(), "group"),
        (of(|node| is_source(node.figure) && node.figure != Figure::Pile).count(), "source"),
        (scene.edges.len(), "line"),
    ];
    let sorts = sorts.iter().filter(|(number, _)| *number > 0).map(|&(number, noun)| count(number, noun));
    let mut sentences = vec![format!("{}.", scene.subtitle), format!("It has {}.", joined(sorts))];
    sentences.extend(verdicts(scene));
    let questions = || of(|node| node.figure == Figure::Question);
    sentences.extend(questions().take(FEW).map(|node| format!("{} {}.", node.label, node.facts.join("; "))));
    sentences.extend(further(questions().count(), "question"));
    sentences.extend(scene.left_out.iter().map(|note| note.words.clone()));
    described(sentences)
}

/// How many statements have which verdict.
fn verdicts(scene: &Scene) -> Option<String> {
    let verdicts = [Verdict::Supported, Verdict::Contested, Verdict::Unsupported, Verdict::Undecided].map(|verdict| {
        let with = scene.nodes.iter().filter_map(|node| node.mark).filter(|mark| mark.detail.verdict() == verdict);
        (with.count(), verdict.name())
    });
    let clauses = verdicts.into_iter().filter(|(number, _)| *number > 0).enumerate().map(|(at, (number, verdict))| {
        let verb = if number == 1 { "is" } else { "are" };
        let noun = if number == 1 { " statement" } else { " statements" };
        format!("{}{} {verb} {verdict}", spelled(number), if at == 0 { noun } else { "" })
    });
    let clauses = joined(clauses);
    (!clauses.is_empty()).then(|| format!("{}.", capital(&clauses)))
}

/// That there are more than are described.
pub(super) fn further(all: usize, noun: &str) -> Option<String> {
    let more = all.saturating_sub(FEW);
    let verb = if more == 1 { "is" } else { "are" };
    (more > 0).then(|| format!("{} {verb} not described here.", count(more, &format!("further {noun}"))))
}

/// A description of sentences, with how many there is no room for.
pub(super) fn described(sentences: impl IntoIterator<Item = String>) -> String {
    let sentences: Vec<String> = sentences.into_iter().map(|sentence| shortened(sentence, LONGEST)).collect();
    let mut letters = 0;
    let fitting = sentences.iter().take_while(|sentence| {
        letters += sentence.chars().count() + 1;
        letters <= MOST
    });
    let kept = fitting.count().max(1).min(sentences.len());
    let left_out = sentences.len() - kept;
    let verb = if left_out == 1 { "is" } else { "are" };
    let more = (left_out > 0).then(|| format!("{} of this description {verb} left out.", count(left_out, "sentence")));
    sentences[..kept].iter().cloned().chain(more).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_has_an_end_and_says_what_it_leaves_out() {
        assert_eq!(described(["One.".to_owned(), "Two.".to_owned()]), "One. Two.");
        // A sentence of 320 letters and a space, six times, are 1926; the seventh would make 2247.
        let description = described((0..9).map(|_| "w".repeat(400)));
        assert!(description.chars().count() < MOST + 100, "{description}");
        assert!(description.ends_with("3 sentences of this description are left out."), "{description}");
        assert_eq!(further(7, "question").as_deref(), Some("1 further question is not described here."));
        assert_eq!(further(6, "question"), None);
    }
}
