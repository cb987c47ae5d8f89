//! `evigraph why`

use std::fmt::Write as _;

use evigraph::diagnostic::visible;
use evigraph::exchange::why_json;
use evigraph::logic::Step;
use evigraph::model::{Case, Effect, Premise};
use evigraph::report::{count, degree, detail_phrase, quoted};
use evigraph::verdict::{Ground, Influence, StatementAnswer, Weighed};

use super::args::{Format, StatementArgs};
use super::exit::{Exit, Failure};
use super::output::{BOLD, DIM, Output, styled};
use super::{input, settled, table};

/// How many sources `why` tells of in a text; JSON has all.
const MOST_SOURCES: usize = 5;

pub fn run(args: &StatementArgs, output: &Output) -> Result<Exit, Failure> {
    let case = input::load_case(&args.case, output)?;
    let statement = input::statement(&case, &args.id)?;
    let mut judge = input::judge(&case, &args.evaluation)?;
    let answer = judge.answer_statement(statement, true)?;
    let grounds = judge.grounds(statement)?;
    let influence = judge.influence(statement)?;
    let text = match args.format {
        Format::Json => why_json(&judge, &answer, &grounds, &influence),
        Format::Text => {
            let width = output.width(&args.output);
            let mut text =
                format!("{}\n{}", table::heading(&judge, width), table::statement_head(&case, &answer, width));
            for (effect, title) in [(Effect::Supports, "For it"), (Effect::Opposes, "Against it")] {
                text += &side(&case, &grounds, effect, title, width);
            }
            text += &format!("\n{}", settled::reasons(&case, &answer, width));
            text + &losses(&case, &answer, &influence, width)
        }
    };
    output.write(&args.output, &text)?;
    Ok(Exit::Yes)
}

/// The grounds on one side, each with the probability that it makes a case.
fn side(case: &Case, grounds: &[Weighed], effect: Effect, title: &str, width: usize) -> String {
    let mut text = format!("\n{}", styled(BOLD, title));
    let grounds: Vec<&Weighed> = grounds.iter().filter(|weighed| weighed.effect == effect).collect();
    if grounds.is_empty() {
        return text + "\n  nothing\n";
    }
    let legend = "how likely it is to make a case; what the case would lose without it";
    text += &format!("\n{}\n", styled(DIM, table::wrapped(legend, width.saturating_sub(2), "  ")));
    for weighed in grounds {
        let loss = match weighed.loss {
            Some(loss) if loss > 0.0 => format!("-{}", degree(loss)),
            _ => " ".repeat(5),
        };
        let words = visible(&ground(case, weighed)).into_owned();
        let indent = " ".repeat(15);
        let mut lines = textwrap::wrap(&words, table::options(width.saturating_sub(16))).into_iter();
        let first = lines.next().unwrap_or_default();
        let _ = writeln!(text, "  {}  {}  {first}", degree(weighed.weight), styled(DIM, loss));
        lines.for_each(|line| {
            let _ = writeln!(text, "{indent}{line}");
        });
        for attack in &weighed.attacks {
            let kind = if attack.impeaches { "its source is impeached by" } else { "undercut by" };
            let from = premise(case, attack.from);
            let sentence = visible(&format!("{kind} {from}, in force with {}", degree(attack.in_force))).into_owned();
            let _ = writeln!(text, "{}", table::wrapped(&sentence, width, &indent));
        }
    }
    text
}

/// A source or a statement by its id and its words.
fn premise(case: &Case, premise: Premise) -> String {
    let words = match premise {
        Premise::Source(source) => case.source_title(source),
        Premise::Statement(statement) => &case.statements[statement].text,
    };
    format!("{} {}", case.premise_key(premise), quoted(words))
}

fn ground(case: &Case, weighed: &Weighed) -> String {
    let statement = |id| premise(case, Premise::Statement(id));
    match weighed.ground {
        Ground::Step(Step::Evidence { statement: to, index }) => {
            let link = &case.statements[to].evidence[index];
            let manner = link.manner.map_or_else(|| "evidence".to_owned(), |manner| manner.phrase().to_owned());
            let at = link.at.as_ref().map(|at| format!(", {at}")).unwrap_or_default();
            format!("{manner}: {}{at}", premise(case, link.from))
        }
        Ground::Step(Step::Inference(id)) => {
            let inference = &case.inferences[id];
            let given: Vec<&str> = inference.given.iter().map(|&premise| case.premise_key(premise).as_str()).collect();
            format!("inference: {} from {}", inference.key, evigraph::report::joined(given))
        }
        Ground::EntailedBy(stronger) => format!("entailed by the stronger {}", statement(stronger)),
        Ground::Entails(weaker) => format!("it entails the weaker {}, which is opposed", statement(weaker)),
        Ground::Rival(rival) => format!("the rival reading {}", statement(rival)),
        Ground::Parts => "its parts, all together".to_owned(),
    }
}

/// The sources whose loss would change the verdict most.
fn losses(case: &Case, answer: &StatementAnswer, influence: &[Influence], width: usize) -> String {
    if influence.is_empty() {
        return format!("\n{}\n", styled(BOLD, "No single source makes a difference."));
    }
    let mut text = format!("\n{}\n", styled(BOLD, "Without one source"));
    for one in influence.iter().take(MOST_SOURCES) {
        let (with, without) = (answer.assessment.degrees, one.degrees);
        let turns = if one.detail == answer.assessment.detail {
            String::new()
        } else {
            format!(", and it would be {}", detail_phrase(one.detail))
        };
        let sides = [
            ("case for", with.case_for(), without.case_for()),
            ("case against", with.case_against(), without.case_against()),
        ];
        let changed = sides.into_iter().filter(|(_, with, without)| degree(*with) != degree(*without));
        let changed: Vec<String> =
            changed.map(|(side, with, without)| format!("{side} {} → {}", degree(with), degree(without))).collect();
        if changed.is_empty() && turns.is_empty() {
            continue;
        }
        let source = premise(case, Premise::Source(one.source));
        let sentence = format!("{source}: {}{turns}", changed.join(", "));
        let options = table::options(width).initial_indent("  ").subsequent_indent("      ");
        let _ = writeln!(text, "{}", textwrap::fill(&visible(&sentence), options));
    }
    if influence.len() > MOST_SOURCES {
        let more = count(influence.len() - MOST_SOURCES, "other source");
        let _ = writeln!(text, "  {}", styled(DIM, format!("and {more} that would change it less")));
    }
    text
}
