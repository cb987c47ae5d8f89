//! Writes a generated case: `cargo bench --bench generate -- SHAPE N SEED [--as ron|ev|problog|af] [-o FILE]`.
//!
//! SHAPE is tree, layered, local, cyclic or positive; N counts documents and claims together.

#[path = "graphs/mod.rs"]
mod graphs;

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use graphs::{Graph, Shape, write_case, write_ev, write_framework, write_problog};

const USAGE: &str = "usage: generate SHAPE N SEED [--as ron|ev|problog|af] [-o FILE]";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}\n{USAGE}");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<(), String> {
    // Cargo adds `--bench` to what it is given.
    let mut words = std::env::args().skip(1).filter(|word| word != "--bench");
    let (mut places, mut form, mut file) = (Vec::new(), "ron".to_owned(), None);
    while let Some(word) = words.next() {
        match word.as_str() {
            "--as" => form = words.next().ok_or("`--as` names a form")?,
            "-o" => file = Some(words.next().ok_or("`-o` names a file")?),
            _ => places.push(word),
        }
    }
    // Without arguments, as in `cargo bench`, there is nothing to write.
    let [shape, nodes, seed] = places.as_slice() else {
        return if places.is_empty() { Ok(()) } else { Err("three things are needed".to_owned()) };
    };
    let nodes = nodes.parse().ok().filter(|nodes| *nodes >= 5).ok_or("N is a number of 5 or more")?;
    let seed = seed.parse().map_err(|_| "SEED is a number from 0")?;
    let graph = Graph::new(shape.parse()?, nodes, seed);
    let told = |error: io::Error| error.to_string();
    let out: Box<dyn Write> = match file {
        Some(file) => Box::new(File::create(file).map_err(told)?),
        None => Box::new(io::stdout()),
    };
    let mut out = BufWriter::with_capacity(1 << 20, out);
    match form.as_str() {
        "ron" => write_case(&graph, &mut out),
        "ev" => write_ev(&graph, &mut out),
        "af" => write_framework(&graph, &mut out),
        "problog" if shape.parse() == Ok(Shape::Cyclic) => return Err("ProbLog refuses cyclic graphs".to_owned()),
        "problog" => write_problog(&graph, &mut out),
        other => return Err(format!("`{other}` is no form: ron, ev, problog or af")),
    }
    .and_then(|()| out.flush())
    .map_err(told)
}
