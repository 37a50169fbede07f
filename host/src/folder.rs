//! A folder of the app with files of one kind, and the files of that kind that the user chose elsewhere.
//!
//! Decides where a name may lead, never overwrites and never deletes. Must not know what is in the files.

use std::fs::Metadata;
use std::io;
use std::path::{Component, Path, PathBuf};

use tidemark_core::wire::shelf;

use crate::disk;
use crate::failure::{Code, Failure, OfFiles};

/// Removed files are kept here, in the folder that they were in.
const REMOVED: &str = "removed";

/// A folder of the app.
#[derive(Debug)]
pub(crate) struct Folder {
    root: PathBuf,
    /// How its files end, such as `tide`.
    end: &'static str,
    chosen_paths: bool,
}

impl Folder {
    /// Makes the folder where there is none, and takes away what a crash left half-written.
    ///
    /// # Errors
    /// It can't be made.
    pub(crate) fn open(root: PathBuf, end: &'static str, chosen_paths: bool) -> Result<Self, Failure> {
        std::fs::create_dir_all(&root).map_err(|error| disk::not_written(&root, &error))?;
        disk::sweep(&root);
        Ok(Self { root, end, chosen_paths })
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// The path behind a file name of this folder, or a path that the user chose.
    ///
    /// # Errors
    /// It is neither, or doesn't end as it should.
    pub(crate) fn place(&self, file: &str) -> Result<PathBuf, Failure> {
        let path = Path::new(file);
        let invalid = |why: String, hint: &str| Err(Failure::new(Code::Invalid, why, hint));
        if path.extension().is_none_or(|end| end != self.end) || file.contains('\0') {
            return invalid(format!("\"{file}\" is no name of a .{} file.", self.end), "Name another file.");
        }
        let mut parts = path.components();
        match (parts.next(), parts.next()) {
            (Some(Component::Normal(_)), None) if !file.starts_with('.') && !file.contains(['/', '\\']) => {
                Ok(self.root.join(path))
            }
            _ if !path.is_absolute() || path.components().any(|part| part == Component::ParentDir) => {
                invalid(format!("\"{file}\" is not in the app's folder."), "Name a file in it, or a whole path.")
            }
            _ if self.chosen_paths => Ok(path.to_owned()),
            _ => Err(Failure::new(
                Code::Refused,
                format!("\"{file}\" is not in the app's folder, and only files in it can be used from here."),
                "Put the file there, or open it in the app on that computer.",
            )),
        }
    }

    /// What a path is called: the mere file name, if it is in this folder.
    pub(crate) fn name_of(&self, path: &Path) -> String {
        // The root may be named through a link, a chosen path never is.
        let same = |parent: &Path| self.root.canonicalize().is_ok_and(|root| root == parent);
        let inside = path.parent().is_some_and(|parent| parent == self.root || same(parent));
        let name = path.file_name().filter(|_| inside);
        name.map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
    }

    /// The files in the folder, in no order.
    ///
    /// # Errors
    /// The folder can't be read.
    pub(crate) fn files(&self) -> Result<Vec<(PathBuf, Metadata)>, Failure> {
        let entries = std::fs::read_dir(&self.root).map_err(|error| Failure::reading(&self.root, &error))?;
        let wanted = |path: &PathBuf| {
            let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
            !hidden && path.extension().is_some_and(|end| end == self.end)
        };
        let paths = entries.flatten().map(|entry| entry.path()).filter(wanted);
        let with_facts = paths.filter_map(|path| path.metadata().ok().map(|facts| (path, facts)));
        Ok(with_facts.filter(|(_, facts)| facts.is_file()).collect())
    }

    /// Writes a new file named after `title`, with a number where that name is taken.
    ///
    /// # Errors
    /// It can't be written.
    pub(crate) fn add(&self, title: &str, bytes: &[u8]) -> Result<PathBuf, Failure> {
        let usual = self.root.join(shelf::file_name(title, self.end));
        let mut path = usual.clone();
        for number in 2..10_000 {
            match disk::create(&path, bytes) {
                Ok(()) => return Ok(path),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => path = disk::numbered(&usual, number),
                Err(error) => return Err(disk::not_written(&path, &error)),
            }
        }
        Err(disk::not_written(&usual, &io::ErrorKind::AlreadyExists.into()))
    }

    /// Moves a file among the removed ones.
    ///
    /// # Errors
    /// There is no such file, or it can't be moved.
    pub(crate) fn remove(&self, file: &str) -> Result<(), Failure> {
        let path = self.place(file)?;
        path.metadata().map_err(|error| Failure::reading(&path, &error))?;
        let removed = path.parent().unwrap_or(&self.root).join(REMOVED);
        std::fs::create_dir_all(&removed).map_err(|error| disk::not_written(&removed, &error))?;
        let usual = removed.join(path.file_name().unwrap_or_default());
        let mut kept = usual.clone();
        for number in 2..100_000 {
            if !kept.exists() {
                break;
            }
            kept = disk::numbered(&usual, number);
        }
        std::fs::rename(&path, &kept).map_err(|error| disk::not_written(&kept, &error))
    }

    /// Gives a file another name in its folder; its new path.
    ///
    /// # Errors
    /// There is no such file, or the name is taken or makes no sense.
    pub(crate) fn rename(&self, file: &str, to: &str) -> Result<PathBuf, Failure> {
        let path = self.place(file)?;
        path.metadata().map_err(|error| Failure::reading(&path, &error))?;
        if to.trim().is_empty() || to.contains(['/', '\\', '\0']) || to.starts_with('.') {
            let message = format!("A file can't be called \"{to}\".");
            return Err(Failure::new(Code::Invalid, message, "Choose a name without slashes."));
        }
        let new = path.with_file_name(shelf::file_name(to, self.end));
        if new == path {
            return Ok(path);
        }
        // On some systems names differ in case only and still mean the same file.
        let same_file = new.canonicalize().ok().is_some_and(|real| path.canonicalize().ok() == Some(real));
        if new.exists() && !same_file {
            let message = format!("There is a \"{}\" already.", new.file_name().unwrap_or_default().display());
            return Err(Failure::new(Code::Invalid, message, "Choose another name."));
        }
        std::fs::rename(&path, &new).map_err(|error| disk::not_written(&new, &error))?;
        Ok(new)
    }
}
