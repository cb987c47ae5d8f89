//! Cases read from open texts laid over the files of the disk: the rules of what may be read stay the same.

use std::fs;

use evigraph::{Code, Input, Loaded, Overlay, load_from};

fn codes(loaded: &Loaded) -> Vec<Code> {
    loaded.diagnostics.iter().filter(|problem| problem.is_error()).map(|problem| problem.code).collect()
}

#[test]
fn open_texts_take_the_place_of_files() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let path = |name: &str| folder.path().join(name);
    fs::write(path("case.ron"), "Case(title: \"T\", includes: [\"a.ron\", \"b.ron\"])").expect("a file");
    fs::write(path("a.ron"), "(actors: {\"x\": (name: \"X\" kind: Person)})").expect("a file");
    let mut files = Overlay::new();
    let load = |files: &Overlay| load_from(Input::Path(folder.path().to_owned()), files).expect("it can be opened");
    assert_eq!(codes(&load(&files)), [Code::IncludeMissing, Code::Syntax], "as they are on the disk");
    let a = files.put(&path("a.ron"), "(actors: {\"x\": (name: \"X\")})").expect("it is there");
    files.put(&path("b.ron"), "(actors: {\"y\": (name: \"Y\", part_of: \"x\")})").expect("its folder is there");
    let loaded = load(&files);
    assert_eq!(codes(&loaded), []);
    assert_eq!(loaded.case.expect("it is a case").actors.len(), 2, "one of them was never saved");
    files.remove(&a);
    assert_eq!(codes(&load(&files)), [Code::Syntax]);
}

#[test]
fn an_open_text_outside_of_the_folder_is_not_read() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let inside = folder.path().join("case");
    fs::create_dir(&inside).expect("a folder inside");
    let mut files = Overlay::new();
    files.put(&folder.path().join("secret.ron"), "(actors: {\"x\": (name: \"X\")})").expect("its folder is there");
    let case =
        files.put(&inside.join("case.ron"), "Case(title: \"T\", includes: [\"../secret.ron\"])").expect("it is there");
    let loaded = load_from(Input::Path(case), &files).expect("it can be opened");
    assert_eq!(codes(&loaded), [Code::IncludeOutside]);
    assert!(files.put(&folder.path().join("no/such/folder.ron"), "()").is_err());
}

#[test]
fn of_a_long_circle_the_first_files_are_named() {
    const FILES: usize = 30;
    let folder = tempfile::tempdir().expect("a folder for the test");
    let mut files = Overlay::new();
    for index in 0..FILES {
        let next = format!("{}.ron", (index + 1) % FILES);
        let text = if index == 0 {
            format!("Case(title: \"T\", includes: [\"{next}\"])")
        } else {
            format!("(includes: [\"{next}\"])")
        };
        files.put(&folder.path().join(format!("{index}.ron")), text).expect("its folder is there");
    }
    let loaded = load_from(Input::Path(folder.path().join("0.ron")), &files).expect("it can be opened");
    assert_eq!(codes(&loaded), [Code::IncludeCircular]);
    let [problem] = &loaded.diagnostics[..] else { panic!("one problem: {:?}", loaded.diagnostics) };
    assert!(problem.message.contains("7.ron → … 22 more … → "), "{}", problem.message);
    assert_eq!(problem.related.len(), 8);
}

/// Each search for a near name reads a folder, which may be full.
#[test]
fn near_names_are_looked_for_a_hundred_times() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let includes: Vec<String> = (100..300).map(|index| format!("\"witnes-{index}.ron\"")).collect();
    let mut files = Overlay::new();
    let text = format!("Case(title: \"T\", includes: [{}])", includes.join(", "));
    files.put(&folder.path().join("case.ron"), text).expect("its folder is there");
    files.put(&folder.path().join("witness-1.ron"), "(actors: {})").expect("its folder is there");
    let loaded = load_from(Input::Path(folder.path().to_owned()), &files).expect("it can be opened");
    let missing = loaded.diagnostics.iter().filter(|problem| problem.code == Code::IncludeMissing);
    let (near, far): (Vec<_>, Vec<_>) = missing.partition(|problem| !problem.fixes.is_empty());
    assert_eq!((near.len(), far.len()), (100, 100));
    assert_eq!(near[0].fixes[0].title, "write `witness-1.ron`");
}
