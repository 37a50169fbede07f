//! Runs a program on a core of its own and reads what it did: from the target how much was answered, from the kernel how
//! much processor time and memory it took. Must not know which program it is.

use super::programs::{Place, Program};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Where a program that leaves a result puts it.
pub const RESULT: &str = "last.tiderun";

/// How often the kernel is asked about a program.
const LOOK: Duration = Duration::from_millis(20);
/// Programs take this much longer than they are told to, at most.
const SLACK: Duration = Duration::from_secs(60);
/// What /proc counts in, on every Linux: a hundredth of a second.
const TICK_US: f64 = 10_000.0;

/// What one run did.
pub struct Figures {
    requests: f64,
    /// Between the first and the last request.
    seconds: f64,
    cpu_us: f64,
    /// The part of it that the kernel spent.
    kernel_us: f64,
    memory_kb: f64,
    /// How long answers took by the target's own clock: 50, 90, 99 and 99.9 of 100, in microseconds.
    pub truth_us: Vec<f64>,
    /// From the call of the program to its first request, in milliseconds.
    pub first_ms: f64,
    /// What the program said.
    pub said: String,
}

impl Figures {
    pub fn per_second(&self) -> f64 {
        self.requests / self.seconds
    }

    /// Processor time of the whole program for each request, its start included.
    pub fn cpu_each_us(&self) -> f64 {
        self.cpu_us / self.requests
    }

    /// The part of it that was spent in the program itself, not in the kernel's network.
    pub fn own_each_us(&self) -> f64 {
        (self.cpu_us - self.kernel_us) / self.requests
    }

    /// The share of one core that it used while there were requests.
    pub fn core_share(&self) -> f64 {
        self.cpu_us / 1e6 / self.seconds
    }

    /// The most memory that it had.
    pub fn memory_mb(&self) -> f64 {
        self.memory_kb * 1_024.0 / 1e6
    }
}

/// The target while it runs.
pub struct Target {
    child: Child,
    pub port: u16,
}

impl Target {
    pub fn start(path: &Path, core: &str, tongue: &str) -> Result<Self, String> {
        let mut command = Command::new("taskset");
        command
            .args(["-c", core])
            .arg(path)
            .arg("0")
            .args((!tongue.is_empty()).then_some(tongue))
            .stdout(Stdio::piped());
        let mut child = command
            .spawn()
            .map_err(|error| format!("could not start taskset (of util-linux) with the target: {error}"))?;
        let mut line = String::new();
        if let Some(out) = child.stdout.take() {
            let _ = BufReader::new(out).read_line(&mut line);
        }
        match line.trim().parse() {
            Ok(port) => Ok(Self { child, port }),
            Err(_) => Err("the target did not say its port".into()),
        }
    }

    /// What was answered since the last time.
    pub fn count(&self) -> Result<Count, String> {
        let ask = || -> std::io::Result<String> {
            let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
            stream.set_read_timeout(Some(Duration::from_secs(10)))?;
            stream.write_all(b"GET /-/count HTTP/1.1\r\nHost: target\r\n\r\n")?;
            let mut bytes = vec![0; 1_024];
            let count = stream.read(&mut bytes)?;
            Ok(String::from_utf8_lossy(&bytes[..count]).into_owned())
        };
        let text = ask().map_err(|error| format!("could not ask the target what it counted: {error}"))?;
        let body = text.rsplit("\r\n\r\n").next().unwrap_or_default();
        let count: serde_json::Value =
            serde_json::from_str(body).map_err(|_| format!("the target's count can't be read: {text}"))?;
        let number = |name: &str| count[name].as_f64().unwrap_or_default();
        let truth = count["truth_us"].as_array().map(|all| all.iter().filter_map(serde_json::Value::as_f64).collect());
        Ok(Count {
            answers: number("answers"),
            seconds: number("us") / 1e6,
            since_first: Duration::from_micros(number("ago_us") as u64),
            truth_us: truth.unwrap_or_default(),
        })
    }
}

/// What the target counted.
pub struct Count {
    pub answers: f64,
    /// Between the first and the last.
    seconds: f64,
    /// From the first until it was asked.
    since_first: Duration,
    /// How long the 50th, 90th, 99th and 99.9th of 100 took by the target's own clock, where it waited at all.
    truth_us: Vec<f64>,
}

impl Drop for Target {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Runs a program to its end.
pub fn run(target: &Target, core: &str, place: &Place, program: &Program, words: &[String]) -> Result<Figures, String> {
    let name = program.name;
    let _ = std::fs::remove_file(place.folder.join(RESULT));
    target.count()?;
    let mut command = Command::new("taskset");
    command.args(["-c", core]).arg(place.path(program)).args(words).current_dir(&place.folder);
    let (said, grumbled) = (place.folder.join("said.txt"), place.folder.join("grumbled.txt"));
    let open = |path: &Path| {
        std::fs::File::create(path).map_err(|error| format!("could not write {}: {error}", path.display()))
    };
    command.stdin(Stdio::null()).stdout(open(&said)?).stderr(open(&grumbled)?);
    let begun = Instant::now();
    let child = command.spawn().map_err(|error| format!("could not start {name}: {error}"))?;
    let (user_us, kernel_us, memory_kb) = watch(child, Duration::from_secs(place.seconds) + SLACK, name)?;
    let count = target.count()?;
    if count.answers < 2.0 || count.seconds == 0.0 {
        return Err(format!("{name} sent nothing; this is how it was called: {}", super::run::shown(&command)));
    }
    // Some say everything as if it were an error.
    let heard = |path: &Path| std::fs::read_to_string(path).ok().filter(|text| !text.trim().is_empty());
    let said = heard(&said).or_else(|| heard(&grumbled)).unwrap_or_default();
    let Count { answers: requests, seconds, since_first, truth_us } = count;
    let first_ms = begun.elapsed().saturating_sub(since_first).as_secs_f64() * 1e3;
    Ok(Figures { requests, seconds, cpu_us: user_us + kernel_us, kernel_us, memory_kb, truth_us, first_ms, said })
}

/// Waits for a program's end; its processor time, its own and the kernel's, in microseconds and the most memory it had in
/// kB. It is left unburied until its last figures are read.
pub fn watch(mut child: Child, longest: Duration, name: &str) -> Result<(f64, f64, f64), String> {
    let folder = format!("/proc/{}", child.id());
    let (started, mut memory_kb) = (Instant::now(), 0.0_f64);
    loop {
        let status = std::fs::read_to_string(format!("{folder}/status")).unwrap_or_default();
        memory_kb = memory_kb.max(peak_kb(&status));
        let stat = std::fs::read_to_string(format!("{folder}/stat")).unwrap_or_default();
        let Some((state, user, kernel)) = state_and_ticks(&stat) else {
            return Err(format!("{name}: its figures can't be read from {folder}"));
        };
        if state == "Z" {
            let _ = child.wait();
            return Ok((user * TICK_US, kernel * TICK_US, memory_kb));
        }
        if started.elapsed() > longest {
            let _ = child.kill();
            let _ = child.wait();
            return Err(format!("{name} did not end within {} s", longest.as_secs()));
        }
        std::thread::sleep(LOOK);
    }
}

/// The most memory a program had, from /proc/…/status.
fn peak_kb(status: &str) -> f64 {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().strip_suffix("kB")?.trim().parse().ok()).unwrap_or(0.0)
}

/// The state of a program and its processor time, its own and the kernel's, from /proc/…/stat. The name before them may
/// hold anything.
fn state_and_ticks(stat: &str) -> Option<(&str, f64, f64)> {
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let number = |at: usize| fields.get(at)?.parse::<f64>().ok();
    Some((fields.first()?, number(11)?, number(12)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kernels_figures_are_read() {
        let stat = "77 (a ) b) Z 1 77 77 0 -1 4194304 99 0 0 0 250 31 0 0 20 0 2 0";
        assert_eq!(state_and_ticks(stat), Some(("Z", 250.0, 31.0)));
        assert_eq!(state_and_ticks(""), None);
        assert_eq!(peak_kb("Name:\tx\nVmHWM:\t   65432 kB\nVmRSS:\t 1 kB\n"), 65_432.0);
    }
}
