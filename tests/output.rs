//! `-o`: what is never lost, what is written to and what is replaced, what is left behind.

use std::fs;
use std::io::Read as _;
use std::os::unix::fs::{FileTypeExt as _, MetadataExt as _, PermissionsExt as _, symlink};
use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use super::cli::{CASE, Folder, assert_refused, code, command, evigraph, stderr, stdout};

/// The verdicts of `case.ron` in a folder, written to something in the same folder.
fn verdict(folder: &Folder, to: &str) -> std::process::Output {
    evigraph(["verdict", &folder.arg("case.ron"), "-o", &folder.arg(to)])
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("the folder is there");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("it is there").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn no_answer_takes_the_place_of_what_it_is_made_from() {
    let including = CASE.replace("title: \"A bridge\",", "title: \"A bridge\", includes: [\"more.ron\"],");
    let folder = Folder::with("case.ron", &including);
    let more = "Case(documents: { \"map\": (title: \"A map\") })";
    fs::write(folder.path("more.ron"), more).expect("it is written");
    symlink("case.ron", folder.path("link.ron")).expect("a link is made");
    fs::hard_link(folder.path("more.ron"), folder.path("hard.ron")).expect("a link is made");
    for target in ["case.ron", "./case.ron", "more.ron", "link.ron", "hard.ron"] {
        assert_refused(&verdict(&folder, target), "the answer is made from it");
        let streamed = evigraph(["verdict", &folder.arg("."), "--format", "jsonl", "-o", &folder.arg(target)]);
        assert_refused(&streamed, "the answer is made from it");
    }
    let compared = ["compare", &folder.arg("case.ron"), &folder.arg("hard.ron"), "-o", &folder.arg("hard.ron")];
    assert_eq!(code(&evigraph(compared)), 2);
    assert_eq!(fs::read_to_string(folder.path("case.ron")).ok(), Some(including));
    assert_eq!(fs::read_to_string(folder.path("more.ron")).ok().as_deref(), Some(more));
}

#[test]
fn standard_input_and_tallies_are_inputs_as_well() {
    let folder = Folder::with("case.ron", CASE);
    let input = fs::File::open(folder.path("case.ron")).expect("it opens");
    let output = command(["verdict", "-", "-o", &folder.arg("case.ron")]).stdin(input).output().expect("it runs");
    assert_refused(&output, "the answer is made from it");
    let tally = folder.arg("tally.json");
    let sampled = evigraph(["sample", &folder.arg("case.ron"), "--worlds", "0..512", "-o", &tally]);
    assert_eq!(code(&sampled), 0, "{}", stderr(&sampled));
    assert_refused(&evigraph(["merge", &tally, "--format", "tally", "-o", &tally]), "the answer is made from it");
}

/// A case with a comma missing, which `check --fix` adds.
const SLIP: &str = "Case(title: \"T\" claims: {\"c\": (text: \"C\")})";

#[test]
fn what_is_mended_takes_the_place_of_the_case_and_of_nothing_else() {
    let folder = Folder::with("case.ron", SLIP);
    let case = folder.arg("case.ron");
    let text = || fs::read_to_string(folder.path("case.ron")).expect("it is there");
    assert_refused(&evigraph(["check", &case, "--fix", "--diff", "-o", &case]), "the answer is made from it");
    assert_eq!(text(), SLIP);
    assert_refused(&evigraph(["check", &case, "--fix", "-o", &case]), "the answer is made from it");
    let mended = SLIP.replace("\"T\"", "\"T\",");
    assert_eq!(text(), mended, "mended, and not the report");
    assert_refused(&evigraph(["check", &case, "-o", &case]), "the answer is made from it");
    assert_eq!(text(), mended);
}

/// Of what is no text only a part is known, which must not take the place of the whole.
#[test]
fn what_is_no_text_is_neither_mended_nor_laid_out() {
    let folder = Folder::with("case.ron", "");
    fs::write(folder.path("case.ron"), b"Case(title: \"caf\xe9\" claims: {\"c\": (text: \"C\")})")
        .expect("it is written");
    for args in [["check", "-", "--fix"].as_slice(), &["fmt", "-"]] {
        let input = fs::File::open(folder.path("case.ron")).expect("it opens");
        let output = command(args).stdin(input).output().expect("it runs");
        assert_refused(&output, "not-utf8");
    }
    assert_refused(&evigraph(["fmt", &folder.arg("case.ron")]), "not-utf8");
}

#[test]
fn files_that_are_laid_out_change_all_or_none() {
    let folder = Folder::with("case.ron", "Case(title:\"T\",includes:[\"more.ron\"],claims:{\"c\":(text:\"C\")})");
    let more = "(documents:{\"d\":(title:\"D\")})";
    fs::write(folder.path("more.ron"), more).expect("it is written");
    fs::hard_link(folder.path("more.ron"), folder.path("other.ron")).expect("a link is made");
    let before = fs::read_to_string(folder.path("case.ron")).expect("it is there");
    assert_refused(&evigraph(["fmt", &folder.arg("case.ron")]), "hard links");
    assert_eq!(fs::read_to_string(folder.path("case.ron")).expect("it is there"), before);
    assert_eq!(names(&folder.path(".")), ["case.ron", "more.ron", "other.ron"], "nothing is left behind");
    fs::remove_file(folder.path("other.ron")).expect("it was there");
    assert_eq!(code(&evigraph(["fmt", &folder.arg("case.ron")])), 0);
    assert_ne!(fs::read_to_string(folder.path("more.ron")).expect("it is there"), more);
}

#[test]
fn a_link_is_followed_and_stays() {
    let folder = Folder::with("case.ron", CASE);
    fs::create_dir(folder.path("far")).expect("a folder is made");
    fs::write(folder.path("far/answer"), "old").expect("it is written");
    symlink("far/answer", folder.path("near")).expect("a link is made");
    symlink("far/new", folder.path("dangling")).expect("a link is made");
    symlink("round", folder.path("round")).expect("a link is made");
    for (link, target) in [("near", "far/answer"), ("dangling", "far/new")] {
        assert_eq!(code(&verdict(&folder, link)), 0);
        assert!(folder.path(link).symlink_metadata().is_ok_and(|found| found.is_symlink()), "{link}");
        assert!(fs::read_to_string(folder.path(target)).is_ok_and(|text| text.starts_with("A bridge")), "{link}");
    }
    assert_refused(&verdict(&folder, "round"), "cannot write");
    assert_eq!(names(&folder.path("far")), ["answer", "new"], "nothing else is left there");
}

#[test]
fn what_is_no_file_is_written_to_and_stays() {
    let folder = Folder::with("case.ron", CASE);
    let made = Command::new("mkfifo").arg(folder.path("pipe")).status().expect("mkfifo runs");
    assert!(made.success());
    let pipe = folder.path("pipe");
    let reader = std::thread::spawn(move || fs::read_to_string(pipe));
    assert_eq!(code(&verdict(&folder, "pipe")), 0);
    let read = reader.join().expect("the thread ends").expect("it is text");
    assert!(read.starts_with("A bridge"), "{read}");
    assert!(folder.path("pipe").metadata().is_ok_and(|found| found.file_type().is_fifo()));
    let _listener = std::os::unix::net::UnixListener::bind(folder.path("socket")).expect("a socket is made");
    assert_refused(&verdict(&folder, "socket"), "cannot write");
    assert!(folder.path("socket").metadata().is_ok_and(|found| found.file_type().is_socket()));
    assert_refused(&verdict(&folder, "."), "it is a folder");
}

#[test]
fn dev_stdout_goes_on_where_standard_output_is() {
    let folder = Folder::with("case.ron", CASE);
    let line = "echo before; \"$0\" verdict \"$1\" -o /dev/stdout; echo after";
    let all = fs::File::create(folder.path("all")).expect("it is made");
    let shell = ["-c", line, env!("CARGO_BIN_EXE_evigraph"), &folder.arg("case.ron")];
    assert!(Command::new("sh").args(shell).stdout(all).status().expect("sh runs").success());
    let all = fs::read_to_string(folder.path("all")).expect("it is text");
    assert!(all.starts_with("before\nA bridge\n") && all.ends_with("\nafter\n"), "{all}");
}

#[test]
fn a_file_keeps_its_mode_and_a_new_one_has_that_of_the_umask() {
    let folder = Folder::with("case.ron", CASE);
    let mode = |name: &str| folder.path(name).metadata().expect("it is there").mode() & 0o777;
    for kept in [0o600, 0o640, 0o666, 0o755] {
        fs::write(folder.path("old"), "old").expect("it is written");
        fs::set_permissions(folder.path("old"), fs::Permissions::from_mode(kept)).expect("its mode is set");
        assert_eq!(code(&verdict(&folder, "old")), 0);
        assert_eq!(mode("old"), kept);
    }
    for (umask, new) in [("077", 0o600), ("027", 0o640)] {
        let line = format!("umask {umask}; exec \"$0\" verdict \"$1\" -o \"$2\"");
        let shell = ["-c", &line, env!("CARGO_BIN_EXE_evigraph"), &folder.arg("case.ron"), &folder.arg(umask)];
        assert!(Command::new("sh").args(shell).status().expect("sh runs").success());
        assert_eq!(mode(umask), new);
    }
}

#[test]
fn a_file_that_is_read_only_or_has_other_names_is_left_alone() {
    let folder = Folder::with("case.ron", CASE);
    fs::write(folder.path("one"), "old").expect("it is written");
    fs::hard_link(folder.path("one"), folder.path("other")).expect("a link is made");
    assert_refused(&verdict(&folder, "one"), "hard links");
    fs::remove_file(folder.path("other")).expect("it is removed");
    fs::set_permissions(folder.path("one"), fs::Permissions::from_mode(0o444)).expect("its mode is set");
    assert_refused(&verdict(&folder, "one"), "read-only");
    assert_eq!(fs::read_to_string(folder.path("one")).ok().as_deref(), Some("old"));
    assert_eq!(names(&folder.path("")), ["case.ron", "one"]);
}

#[test]
fn messages_do_not_name_temporary_files() {
    let folder = Folder::with("case.ron", CASE);
    let nowhere = verdict(&folder, "no-such-folder/answer");
    assert_refused(&nowhere, "there is no such folder");
    assert!(!stderr(&nowhere).contains(".evigraph"), "{}", stderr(&nowhere));
    let long = verdict(&folder, &"x".repeat(300));
    assert_refused(&long, "cannot write");
    assert!(!stderr(&long).contains(".evigraph"), "{}", stderr(&long));
}

/// A case that takes minutes to sample as finely as [`a_signal_leaves_nothing_behind`] asks.
fn slow() -> String {
    let documents: String = (0..300).map(|i| format!("\"d{i}\": (title: \"D\", reliability: 0.7),")).collect();
    let claim = |i: usize| {
        let from = |k: usize| {
            if k == 0 && i > 0 { format!("c{}", i * 7 % i) } else { format!("d{}", (i * 13 + k * 71) % 300) }
        };
        let evidence: String = (0..4).map(|k| format!("Supports(from: \"{}\"),", from(k))).collect();
        format!("\"c{i}\": (text: \"C.\", evidence: [{evidence}]),")
    };
    let claims: String = (0..300).map(claim).collect();
    format!("Case(title: \"Slow\", documents: {{{documents}}}, claims: {{{claims}}})")
}

#[test]
fn a_signal_leaves_nothing_behind() {
    for (name, number) in [("HUP", 1), ("INT", 2), ("TERM", 15)] {
        let folder = Folder::with("case.ron", slow());
        let (case, target) = (folder.arg("case.ron"), folder.arg("answer"));
        let args = ["verdict", &case, "--method", "sampled", "--half-width", "0.0001", "--format", "jsonl"];
        let mut child = command(args).args(["-o", &target]).spawn().expect("the program runs");
        let is_temporary = |name: &String| name.starts_with(".evigraph-");
        while !names(&folder.path("")).iter().any(is_temporary) {
            assert!(child.try_wait().expect("it is ours").is_none(), "it ended before there was anything to remove");
            std::thread::sleep(Duration::from_millis(5));
        }
        let sent = Command::new("kill").args(["-s", name, &child.id().to_string()]).status().expect("kill runs");
        assert!(sent.success());
        let ended = child.wait().expect("it ends");
        assert_eq!(ended.signal(), Some(number), "it ends as by a signal that nobody waits for");
        assert_eq!(names(&folder.path("")), ["case.ron"]);
    }
}

#[test]
fn an_output_that_cannot_be_written_is_a_failure_and_one_that_is_closed_is_none() {
    let folder = Folder::with("case.ron", CASE);
    let case = folder.arg("case.ron");
    for format in ["text", "jsonl"] {
        let args = ["verdict", &case, "--format", format];
        let read_only = fs::File::open("/dev/null").expect("it opens");
        let output = command(args).stdout(read_only).stderr(Stdio::piped()).output().expect("it runs");
        assert_eq!(code(&output), 2, "{format}");
        assert!(stderr(&output).contains("cannot write to standard output"), "{}", stderr(&output));
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let output = command(args).stdout(writer).stderr(Stdio::piped()).output().expect("it runs");
        assert_eq!((code(&output), stderr(&output)), (0, String::new()), "{format}");
    }
}

#[test]
fn a_stream_gets_what_standard_output_would() {
    let folder = Folder::with("case.ron", CASE);
    let (mut reader, writer) = std::io::pipe().expect("a pipe");
    let args = ["verdict", &folder.arg("case.ron"), "--format", "jsonl", "-o", "/dev/stdout"];
    let status = command(args).stdout(writer).status().expect("it runs");
    assert!(status.success());
    let mut lines = String::new();
    reader.read_to_string(&mut lines).expect("it is text");
    assert_eq!(lines, stdout(&evigraph(&args[..4])));
}
