//! Writing a folder whole or not at all.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;

use super::destination::followed;
use super::inputs::Inputs;
use super::leftover::{TemporaryFolder, undisturbed};
use super::write_error::{Refused, WriteError};

/// Writes files into a temporary folder beside the wanted one, then renames it. What is there is replaced if it is an
/// empty folder or `is_ours`, and is not what is being read.
pub fn replace(
    path: &Path,
    inputs: &Inputs,
    is_ours: impl FnOnce(&Path) -> bool,
    fill: impl FnOnce(&mut dyn FnMut(&str, &[u8]) -> io::Result<()>) -> io::Result<()>,
) -> Result<(), WriteError> {
    let refused = |why| Err(WriteError::Refused { path: path.to_owned(), why });
    let failed = |cause| WriteError::File { path: path.to_owned(), cause };
    let target = followed(path).map_err(failed)?;
    let is_there = target.symlink_metadata().is_ok();
    let is_empty = || fs::read_dir(&target).is_ok_and(|mut entries| entries.next().is_none());
    if is_there && !is_empty() && !is_ours(&target) {
        return refused(Refused::Occupied);
    }
    if inputs.lie_in(&target) {
        return refused(Refused::Input);
    }
    write(&target, is_there, fill).map_err(failed)
}

fn write(
    target: &Path,
    is_there: bool,
    fill: impl FnOnce(&mut dyn FnMut(&str, &[u8]) -> io::Result<()>) -> io::Result<()>,
) -> io::Result<()> {
    let room = TemporaryFolder::beside(target)?;
    let (new, old) = (room.path().join("new"), room.path().join("old"));
    fs::create_dir(&new)?;
    fill(&mut |name, bytes| {
        let mut file = File::create_new(new.join(name))?;
        file.write_all(bytes)?;
        file.sync_all()
    })?;
    if is_there {
        fs::set_permissions(&new, fs::metadata(target)?.permissions())?;
    }
    // A signal in between would remove what was there together with the temporary folder.
    undisturbed(|| {
        if is_there {
            fs::rename(target, &old)?;
        }
        // What was there is put back where the new cannot take its place.
        fs::rename(&new, target).inspect_err(|_| drop(fs::rename(&old, target)))
    })
}
