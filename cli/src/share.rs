//! `tidemark share`: a result file to pass on.

use tidemark_core::units::plain_bytes;
use tidemark_host::{Failure, results};

use crate::args::ShareArgs;
use crate::exit::Exit;
use crate::show;

/// Writes the file and says what is in it.
pub fn share(args: &ShareArgs) -> Result<Exit, Failure> {
    let (bytes, parts) = results::share(&args.file, &args.leave_out.options())?;
    results::save_new(&args.out, &bytes)?;
    let mut out = format!("{} ({}) holds:\n", args.out.display(), plain_bytes(bytes.len() as u64));
    for part in parts {
        let mark = if part.review { "!" } else { " " };
        out.push_str(&format!("{mark} {}\n", part.text));
    }
    show::print(&out)?;
    Ok(Exit::Fine)
}
