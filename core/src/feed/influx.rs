//! InfluxDB's line protocol (docs.influxdata.com, "Line protocol"): measurements `tidemark_requests` with a tag for the name, and
//! `tidemark_load`.

use std::fmt::{self, Display, Write};

use super::{Run, load};
use crate::stats::snapshot::Snapshot;

/// One second. Counts are those of the second, times are in microseconds; what is not known is left out.
pub fn influx(run: &Run, snapshot: &Snapshot) -> String {
    let mut out = String::new();
    let at = run.end_ns(snapshot);
    let tags = |out: &mut String, more: &[(&str, &str)]| {
        let own = [("test", run.title.as_str()), ("target", run.target.as_str())];
        // A tag without a value is no tag.
        for (name, value) in own.iter().chain(more).filter(|(_, value)| !value.is_empty()) {
            let _ = write!(out, ",{name}={}", Tag(value));
        }
    };
    for point in run.points(snapshot) {
        let name = point.name.as_deref().unwrap_or("All requests");
        out.push_str("tidemark_requests");
        tags(&mut out, &[("name", name), ("of", if point.name.is_some() { point.of.word() } else { "all" })]);
        let _ = write!(out, " count={}i,failed={}i", point.ok + point.failures(), point.failures());
        let _ = write!(out, ",bytes_out={}i,bytes_in={}i", point.bytes_out, point.bytes_in);
        for (kind, count) in &point.failed {
            let _ = write!(out, ",failed_{}={count}i", kind.replace('-', "_"));
        }
        for (name, us) in point.times() {
            let _ = write!(out, ",{name}={us}i");
        }
        let _ = writeln!(out, " {at}");
    }
    out.push_str("tidemark_load");
    tags(&mut out, &[]);
    for (place, (name, value)) in load(snapshot).into_iter().enumerate() {
        let _ = write!(out, "{}{name}={value}i", if place == 0 { ' ' } else { ',' });
    }
    let _ = writeln!(out, " {at}");
    out
}

/// The value of a tag: commas, equals signs and blanks are escaped, and nothing breaks the line. A backslash at its end would
/// escape what follows.
struct Tag<'a>(&'a str);

impl Display for Tag<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for letter in self.0.trim_end_matches('\\').chars() {
            match letter {
                ',' | '=' | ' ' => write!(f, "\\{letter}")?,
                letter if letter.is_control() => f.write_str("\\ ")?,
                letter => f.write_char(letter)?,
            }
        }
        Ok(())
    }
}
