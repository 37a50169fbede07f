//! The `tidemark` program, as built beside the tests.

use std::path::{Path, PathBuf};

/// The top of the repository.
pub fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The folder that cargo builds into.
///
/// # Panics
/// Where the running test has no path.
pub fn target_folder() -> PathBuf {
    // target/debug/deps/it-1234: this holds wherever cargo was told to build.
    let test = std::env::current_exe().expect("a running test has a path");
    test.ancestors().nth(3).map_or_else(|| top().join("target"), Path::to_path_buf)
}

/// The program: `TIDEMARK_BIN`, else what `cargo build` made beside this test.
///
/// # Panics
/// Where there is none; the message says how to build it.
pub fn tidemark() -> PathBuf {
    let beside = || {
        let test = std::env::current_exe().expect("a running test has a path");
        let folder = test.ancestors().nth(2).map_or_else(PathBuf::new, Path::to_path_buf);
        folder.join(format!("tidemark{}", std::env::consts::EXE_SUFFIX))
    };
    let program = std::env::var_os("TIDEMARK_BIN").map_or_else(beside, PathBuf::from);
    assert!(program.is_file(), "{} is not there; build it with: cargo build -p tidemark", program.display());
    program
}
