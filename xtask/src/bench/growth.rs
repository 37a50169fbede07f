//! What a request costs as work grows, and what is written down as a run grows longer, drawn for docs/performance.md:
//! `cargo xtask bench growth length`. Must not judge.

use super::measure::{self, Figures, RESULT, Target};
use super::programs::{Place, Program};
use std::fmt::Write;
use std::path::Path;

/// For how long each point is measured.
const SECONDS: u64 = 4;
const TIDEMARK: Program = Program { name: "Tidemark", file: "tidemark", words: |_, _| None };

/// One way in which work grows.
struct Axis {
    /// The chart's file, without its ending.
    name: &'static str,
    title: &'static str,
    points: &'static [u32],
    /// The scenario's users and load at a point.
    scenario: fn(u32) -> (String, String),
}

const AXES: [Axis; 4] = [
    Axis {
        name: "people",
        title: "people, who ask once a second",
        points: &[10, 100, 1_000, 10_000],
        scenario: |people| {
            let load = format!(
                r#"{{ "people": [{{ "to": {people}, "over": "1s" }}, {{ "to": {people}, "over": "{SECONDS}s" }}] }}"#
            );
            (task(r#""pause": { "for": "1s" }, "#, &request("Item", "/items/12345")), load)
        },
    },
    Axis {
        name: "names",
        title: "names in the results, 64 people",
        points: &[1, 10, 100, 1_000],
        scenario: |names| {
            let steps: Vec<_> = (0..names).map(|at| request(&format!("Item {at}"), "/items/12345")).collect();
            (task("", &steps.join(", ")), busy())
        },
    },
    Axis {
        name: "steps",
        title: "steps of a task, 64 people",
        points: &[1, 5, 50, 500],
        scenario: |steps| {
            let steps: Vec<_> = (0..steps).map(|_| request("Item", "/items/12345")).collect();
            (task("", &steps.join(", ")), busy())
        },
    },
    Axis {
        name: "bytes",
        title: "bytes of an answer, 64 people",
        points: &[100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000],
        scenario: |bytes| (task("", &request("Bytes", &format!("/bytes/{bytes}"))), busy()),
    },
];

fn request(name: &str, url: &str) -> String {
    format!(r#"{{ "request": {{ "name": "{name}", "url": "{url}" }} }}"#)
}

fn task(pause: &str, steps: &str) -> String {
    format!(r#"[{{ "name": "Visitor", {pause}"tasks": [{{ "name": "Look", "steps": [{steps}] }}] }}]"#)
}

fn busy() -> String {
    format!(r#"{{ "start": 64, "people": [{{ "to": 64, "over": "{SECONDS}s" }}] }}"#)
}

/// Measures all, draws a chart of each beside `docs`, and gives the tables.
pub fn tables(target: &Target, core: &str, place: &Place, docs: &Path) -> Result<String, String> {
    let mut text = String::new();
    for axis in &AXES {
        let _ = write!(
            text,
            "**By {}**\n\n![cost by {}](performance/{}.svg)\n\n| | µs of processor for a request | requests/s | most memory |\n\
             | --- | --- | --- | --- |\n",
            axis.title, axis.title, axis.name
        );
        let mut points = Vec::new();
        for x in axis.points {
            let figures = ask(target, core, place, (axis.scenario)(*x))?;
            let row = format!(
                "| {} | {:.1} | {} | {:.0} MB |\n",
                super::table::thousands(u64::from(*x)),
                figures.cpu_each_us(),
                super::table::thousands(figures.per_second().round() as u64),
                figures.memory_mb()
            );
            eprint!("{}: {row}", axis.name);
            text += &row;
            points.push((f64::from(*x), figures.cpu_each_us(), figures.memory_mb()));
        }
        text.push('\n');
        let path = docs.join(format!("performance/{}.svg", axis.name));
        draw(&path, &chart(axis.title, ["µs of processor for a request", "most memory, MB"], &points))?;
    }
    Ok(text)
}

fn draw(path: &Path, drawn: &str) -> Result<(), String> {
    let made = path.parent().map_or(Ok(()), std::fs::create_dir_all).and_then(|()| std::fs::write(path, drawn));
    made.map_err(|error| format!("could not write {}: {error}", path.display()))
}

/// Lengths of a run.
const LENGTHS: [(&str, u32); 6] =
    [("1 min", 60), ("10 min", 600), ("1 h", 3_600), ("4 h", 14_400), ("12 h", 43_200), ("24 h", 86_400)];

/// What is written down of a run, at 1,000 requests a second under 20 names, however long it is.
pub fn lengths(docs: &Path) -> Result<String, String> {
    let program = super::parts::build()?;
    let mut text = "**By length of the run: 1,000 requests a second, 20 names**\n\n\
        ![what is written down, by length of the run](performance/length.svg)\n\n\
        | | file while it runs | file when it is over | most memory |\n| --- | --- | --- | --- |\n"
        .to_owned();
    let mut points = Vec::new();
    for (shown, seconds) in LENGTHS {
        let mut command = std::process::Command::new(&program);
        let child = command.args(["last", &seconds.to_string()]).stdout(std::process::Stdio::piped()).spawn();
        let mut child = child.map_err(|error| format!("could not start {program}: {error}"))?;
        let out = child.stdout.take();
        let (_, _, memory_kb) = measure::watch(child, std::time::Duration::from_secs(900), "the logbook")?;
        let said = out.and_then(|out| std::io::read_to_string(out).ok()).unwrap_or_default();
        let mb: Vec<f64> =
            said.split_whitespace().filter_map(|word| word.parse::<f64>().ok()).map(|bytes| bytes / 1e6).collect();
        let [grown, sealed] = mb[..] else { return Err(format!("the logbook said {said:?}")) };
        let memory = memory_kb * 1_024.0 / 1e6;
        let row = format!("| {shown} | {grown:.2} MB | {sealed:.2} MB | {memory:.0} MB |\n");
        eprint!("{row}");
        text += &row;
        points.push((f64::from(seconds), grown, memory));
    }
    let drawn = chart("seconds of the run", ["file while it runs, MB", "most memory, MB"], &points);
    draw(&docs.join("performance/length.svg"), &drawn)?;
    Ok(text)
}

fn ask(target: &Target, core: &str, place: &Place, (users, load): (String, String)) -> Result<Figures, String> {
    let text = format!(
        r#"{{ "format": 1, "name": "Growth", "targets": [{{ "url": "{}", "http": "1.1" }}], "users": {users}, "load": {load} }}"#,
        place.origin()
    );
    let path = place.folder.join("growth.tide");
    std::fs::write(&path, text).map_err(|error| format!("could not write {}: {error}", path.display()))?;
    let words = format!("run growth.tide --fail-on never --workers 1 --quiet --no-probe --out {RESULT}");
    let words: Vec<String> = words.split(' ').map(str::to_owned).collect();
    measure::run(target, core, place, &TIDEMARK, &words)
}

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 240.0;
/// Room for the axes: left, right, above, below.
const ROOM: (f64, f64, f64, f64) = (56.0, 56.0, 28.0, 40.0);

/// Two lines over one axis, all of them in powers of ten: one on the left, the other on the right.
fn chart(title: &str, sides: [&str; 2], points: &[(f64, f64, f64)]) -> String {
    let xs = decades(points.iter().map(|point| point.0));
    let left = decades(points.iter().map(|point| point.1));
    let right = decades(points.iter().map(|point| point.2));
    let across = |x: f64| ROOM.0 + (WIDTH - ROOM.0 - ROOM.1) * share(x, xs);
    let up = |y: f64, of: (i32, i32)| HEIGHT - ROOM.3 - (HEIGHT - ROOM.2 - ROOM.3) * share(y, of);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" font-family=\"sans-serif\" \
         font-size=\"12\" fill=\"#4a5560\">\n<rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#ffffff\"/>\n"
    );
    let mut label = |x: f64, y: f64, anchor: &str, fill: &str, text: &str| {
        let _ = writeln!(out, "<text x=\"{x:.0}\" y=\"{y:.0}\" text-anchor=\"{anchor}\" fill=\"{fill}\">{text}</text>");
    };
    label(ROOM.0, 16.0, "start", LEFT, sides[0]);
    label(WIDTH - ROOM.1, 16.0, "end", RIGHT, sides[1]);
    label(WIDTH / 2.0, HEIGHT - 6.0, "middle", "#4a5560", title);
    for at in xs.0..=xs.1 {
        label(across(10_f64.powi(at)), HEIGHT - 24.0, "middle", "#4a5560", &power(at));
    }
    for at in left.0..=left.1 {
        label(ROOM.0 - 8.0, up(10_f64.powi(at), left) + 4.0, "end", LEFT, &power(at));
    }
    for at in right.0..=right.1 {
        label(WIDTH - ROOM.1 + 8.0, up(10_f64.powi(at), right) + 4.0, "start", RIGHT, &power(at));
    }
    for (fill, of, pick) in [(LEFT, left, 0), (RIGHT, right, 1)] {
        let value = |point: &(f64, f64, f64)| if pick == 0 { point.1 } else { point.2 };
        let places: Vec<String> =
            points.iter().map(|point| format!("{:.1},{:.1}", across(point.0), up(value(point), of))).collect();
        let dash = if pick == 0 { "" } else { " stroke-dasharray=\"6 4\"" };
        let _ = writeln!(
            out,
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{fill}\" stroke-width=\"2\"{dash}/>",
            places.join(" ")
        );
    }
    out + "</svg>\n"
}

/// Blue and brown: told apart by those who see no red or green, too; the second line is dashed besides.
const LEFT: &str = "#1f5fa8";
const RIGHT: &str = "#8a4b08";

/// The powers of ten around some values.
fn decades(values: impl Iterator<Item = f64>) -> (i32, i32) {
    let (low, high) =
        values.fold((f64::MAX, f64::MIN_POSITIVE), |(low, high), value| (low.min(value), high.max(value)));
    let (low, high) = (low.log10().floor() as i32, high.log10().ceil() as i32);
    (low, high.max(low + 1))
}

fn share(value: f64, (low, high): (i32, i32)) -> f64 {
    (value.log10() - f64::from(low)) / f64::from(high - low)
}

fn power(at: i32) -> String {
    if at >= 0 { super::table::thousands(10_u64.pow(at as u32)) } else { format!("{}", 10_f64.powi(at)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_lie_between_powers_of_ten() {
        assert_eq!(decades([5.0, 90.0].into_iter()), (0, 2));
        assert_eq!(decades([10.0].into_iter()), (1, 2));
        assert!((share(10.0, (0, 2)) - 0.5).abs() < 1e-9);
        assert_eq!((power(3), power(-1)), ("1,000".to_owned(), "0.1".to_owned()));
        let drawn = chart("people", ["µs", "MB"], &[(10.0, 5.0, 12.0), (1_000.0, 50.0, 120.0)]);
        assert!(drawn.contains(r#"points="56.0,"#) && drawn.ends_with("</svg>\n"), "{drawn}");
    }
}
