//! What a search says, in sentences. Must not decide anything.

use super::{Broken, Came, End, Limit, Step};
use crate::scaling::Along;
use crate::units::{grouped, plain_length, plain_time};
use crate::verdict::goal::digits;
use crate::watch::{Suspect, hint};

impl Limit {
    /// The answer, what broke first, where to look, and what to do next.
    pub fn sentences(&self, suspects: &[Suspect]) -> Vec<String> {
        let load = |level: f64| self.along.load(level);
        let held = self.holds.map(|holds| format!("It held {}.", load(holds)));
        let mut sentences = match (self.end, self.holds) {
            (End::Found, Some(holds)) => vec![format!("Holds {}.", load(holds))],
            (End::MostHeld, Some(holds)) => vec![format!("Holds {}, the most that was tried.", load(holds))],
            (End::NothingHeld, _) => vec![match self.first_broken() {
                Some(step) => format!("Does not hold {}, the least that was tried.", load(step.level)),
                None => "Does not hold the least that was tried.".to_owned(),
            }],
            (End::OwnLimit, _) => {
                let at = self.steps.iter().rev().find(|step| step.came == Came::OwnLimit);
                let at = at.map(|step| format!(" at {}", load(step.level))).unwrap_or_default();
                vec![format!("Can't tell: this computer was the limit{at}, not the target.")]
            }
            (End::Restless, _) => {
                vec!["Can't tell: what held for a short time did not hold for longer, again and again.".to_owned()]
            }
            (End::TooFew, _) => vec!["Can't tell: too few requests finished to judge the goals.".to_owned()],
            _ => vec!["Can't tell: the search ended before it had an answer.".to_owned()],
        };
        if !matches!(self.end, End::Found | End::MostHeld) {
            sentences.extend(held);
        }
        sentences.extend(self.first_broken().map(|step| self.broke(step)));
        sentences.extend(hint(suspects));
        if let (Some(seconds), End::Found | End::MostHeld) = (self.confirmed, self.end) {
            let time = plain_length(seconds);
            sentences.push(format!("That was held for {time} at the end, to be sure."));
        }
        sentences.push(self.next().to_owned());
        sentences
    }

    fn broke(&self, step: &Step) -> String {
        let at = self.along.number(step.level);
        match &step.broken {
            Some(Broken { goal: Some(goal), got, most, .. }) => {
                let got = got.as_ref().map(|got| format!("got {got}"));
                let detail: Vec<String> = got.into_iter().chain(most.clone()).collect();
                let detail = if detail.is_empty() { String::new() } else { format!(" ({})", detail.join("; ")) };
                format!("At {at} this broke first: {goal}{detail}.")
            }
            Some(Broken { silent: true, .. }) => format!("At {at} no answers came any more."),
            Some(Broken { dropped: true, .. }) => {
                format!("At {at} arrivals could not start: those before them were not done.")
            }
            Some(Broken { most: Some(most), .. }) => {
                format!("At {at} answers kept getting slower and did not settle ({most}).")
            }
            _ => format!("At {at} answers kept getting slower and did not settle."),
        }
    }

    fn next(&self) -> &'static str {
        match self.end {
            End::Found => "Next: show what broke first to whoever runs the target.",
            End::MostHeld => "Next: raise the most that is tried.",
            End::NothingHeld => "Next: look at the goals, or begin with less.",
            End::OwnLimit => "Next: use a faster computer, or shorter answers.",
            End::Restless => "Next: run it again when the target does nothing else.",
            End::TooFew => "Next: make steps longer, or pauses shorter.",
            End::Cut => "Next: let it run to the end.",
        }
    }

    /// The steps as a table: names of columns, and a row for each step.
    pub fn table(&self) -> (Vec<&'static str>, Vec<Vec<String>>) {
        let columns = vec!["Load", "Came to", "Good per second", "95 of 100", "Failed", "Measured"];
        let row = |step: &Step| {
            vec![
                self.along.load(step.level),
                came(step),
                digits(step.per_second),
                step.p95_us.map_or_else(|| "too few".to_owned(), plain_time),
                step.failed.map_or_else(|| "–".to_owned(), |share| format!("{} %", digits(share * 100.0))),
                format!("{} s", grouped(u64::from(step.measured))),
            ]
        };
        (columns, self.steps.iter().map(row).collect())
    }
}

fn came(step: &Step) -> String {
    let held = if step.confirms { "held for longer" } else { "held" };
    match (step.came, &step.broken) {
        (Came::Held, _) => held.to_owned(),
        (Came::OwnLimit, _) => "this computer was the limit".to_owned(),
        (Came::Broke, Some(Broken { goal: Some(goal), .. })) => format!("missed: {goal}"),
        (Came::Broke, Some(Broken { silent: true, .. })) => "no answers".to_owned(),
        (Came::Broke, Some(Broken { dropped: true, .. })) => "arrivals could not start".to_owned(),
        (Came::Broke, _) => "did not settle".to_owned(),
    }
}

/// A step in a sentence, told while the search goes on.
pub(super) fn told(along: Along, step: &Step) -> String {
    let load = along.load(step.level);
    format!("{load}: {}.", came(step))
}
