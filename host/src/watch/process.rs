//! A process of this computer and its children: how much of the processors they use, and how much memory they hold. Linux tells
//! it in /proc (proc(5)); elsewhere there is nothing to read. Must not know why it is watched.

use tidemark_core::watch::Value;

/// A process, with what it had used before.
pub(super) struct Process {
    id: u32,
    #[cfg(target_os = "linux")]
    linux: linux::Before,
}

impl Process {
    /// The process of this number.
    pub(super) fn of(id: u32) -> Self {
        Self {
            id,
            #[cfg(target_os = "linux")]
            linux: linux::Before::default(),
        }
    }

    /// What it uses now; of the processors since the last look.
    ///
    /// # Errors
    /// In words, why nothing is known.
    #[cfg(target_os = "linux")]
    pub(super) fn look(&mut self) -> Result<Vec<Value>, String> {
        self.linux.look(self.id)
    }

    #[cfg(not(target_os = "linux"))]
    pub(super) fn look(&mut self) -> Result<Vec<Value>, String> {
        let Self { id } = self;
        Err(format!("process {id} can't be watched on this system, only on Linux"))
    }
}

#[cfg(target_os = "linux")]
mod linux {
    use std::collections::HashMap;
    use std::time::Instant;

    use tidemark_core::watch::{CPU, MEMORY, Unit, Value};

    /// Processor time is told in hundredths of a second: USER_HZ is 100 wherever Rust runs Linux.
    const TICKS_PER_SECOND: f64 = 100.0;

    /// The most processes of a family.
    const MOST: usize = 256;

    /// What was used before.
    #[derive(Default)]
    pub struct Before {
        /// When the process itself began, in ticks since the computer did.
        began: Option<u64>,
        /// When, and the ticks of each process.
        used: Option<(Instant, HashMap<u32, u64>)>,
    }

    /// What a process has used so far.
    struct Stat {
        ticks: u64,
        began: u64,
    }

    impl Before {
        pub fn look(&mut self, id: u32) -> Result<Vec<Value>, String> {
            let gone = || format!("there is no process {id}");
            let own = stat(id).ok_or_else(gone)?;
            if *self.began.get_or_insert(own.began) != own.began {
                return Err(format!("process {id} ended, and another one has its number now"));
            }
            let (now, mut used, mut memory) = (Instant::now(), HashMap::new(), 0);
            for one in family(id) {
                // One that ends in this moment is left out.
                let Some(stat) = stat(one) else { continue };
                used.insert(one, stat.ticks);
                memory += resident(one).unwrap_or(0);
            }
            let share = self.used.as_ref().and_then(|(then, before)| {
                let seconds = now.duration_since(*then).as_secs_f64();
                let grown = used.iter().filter_map(|(one, ticks)| Some(ticks.saturating_sub(*before.get(one)?)));
                (seconds > 0.0).then(|| grown.sum::<u64>() as f64 / TICKS_PER_SECOND / seconds)
            });
            self.used = Some((now, used));
            let cpu = share.map(|value| Value { name: CPU.to_owned(), unit: Unit::Share, value });
            let memory = Value { name: MEMORY.to_owned(), unit: Unit::Bytes, value: memory as f64 };
            Ok(cpu.into_iter().chain([memory]).collect())
        }
    }

    /// A process and its children, and theirs.
    fn family(id: u32) -> Vec<u32> {
        let (mut all, mut at) = (vec![id], 0);
        while let Some(&one) = all.get(at) {
            at += 1;
            let tasks = std::fs::read_dir(format!("/proc/{one}/task")).into_iter().flatten().flatten();
            let lists = tasks.filter_map(|task| std::fs::read_to_string(task.path().join("children")).ok());
            let children: Vec<u32> = lists
                .flat_map(|list| list.split_whitespace().filter_map(|id| id.parse().ok()).collect::<Vec<_>>())
                .collect();
            let room = MOST.saturating_sub(all.len());
            all.extend(children.into_iter().take(room));
        }
        all
    }

    /// The fields after the name, which stands in brackets and may hold any: state is the first, so that utime, stime and
    /// starttime are the 12th, 13th and 20th.
    fn stat(id: u32) -> Option<Stat> {
        let text = std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
        let fields: Vec<&str> = text.rsplit_once(')')?.1.split_whitespace().collect();
        let number = |at: usize| fields.get(at).and_then(|field| field.parse::<u64>().ok());
        // One that has ended and is not waited for yet still has a line.
        let ended = matches!(*fields.first()?, "Z" | "X");
        (!ended).then_some(Stat { ticks: number(11)? + number(12)?, began: number(19)? })
    }

    /// Memory that is in use and not swapped out, in bytes.
    fn resident(id: u32) -> Option<u64> {
        let text = std::fs::read_to_string(format!("/proc/{id}/status")).ok()?;
        let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        line.split_whitespace().next()?.parse::<u64>().ok().map(|kib| kib * 1_024)
    }
}
