//! What a scaling curve says, in sentences. Must not compute what is said.

use super::{Along, Lack, Law, Range, Scaling};
use crate::units::{grouped, plain_time};
use crate::verdict::goal::digits;

impl Lack {
    /// Why, as a sentence's end: "the load stayed about the same".
    pub fn words(self) -> String {
        match self {
            Self::Steady => "the load stayed about the same. Let it grow, slowly or in steps, to see one".to_owned(),
            Self::FewLevels(have, needed) => {
                format!("{have} levels of load were measured, and {needed} far apart are needed")
            }
            Self::OwnLimit => "this computer was at its limit too often".to_owned(),
            Self::NoBend => "more load made more answers, up to the most that was tried".to_owned(),
            Self::BentAtOnce => "answers got slower from the least load on. Begin with less".to_owned(),
            Self::NotPeople => "it is about people at the same time, and this load counts arrivals".to_owned(),
            Self::Misfit(off) => format!("what was measured is {} off it", percent(off)),
        }
    }
}

impl Along {
    /// "85 people", "40 arrivals a second".
    pub fn load(self, load: f64) -> String {
        match self {
            Self::People if load.round() as u64 == 1 => "1 person".to_owned(),
            Self::People => format!("{} people", grouped(load.round() as u64)),
            Self::Arrivals => format!("{} arrivals a second", digits(load)),
        }
    }

    pub(crate) fn number(self, load: f64) -> String {
        match self {
            Self::People => grouped(load.round() as u64),
            Self::Arrivals => digits(load),
        }
    }
}

impl Scaling {
    /// Whether there is a curve at all.
    pub fn is_curve(&self) -> bool {
        !matches!(self.knee, Err(Lack::Steady | Lack::OwnLimit)) && self.levels.len() > 1
    }

    /// In sentences: the most answers, the knee, the law; or why there is none.
    pub fn sentences(&self) -> Vec<String> {
        match (&self.knee, self.is_curve()) {
            (Err(lack), false) => return vec![format!("No scaling curve: {}.", lack.words())],
            (_, false) => return Vec::new(),
            _ => {}
        }
        let mut sentences = Vec::new();
        let most = self.levels.iter().max_by(|a, b| a.per_second.total_cmp(&b.per_second));
        sentences.extend(most.map(|most| {
            format!(
                "The most were {} good answers a second, at {}.",
                digits(most.per_second),
                self.along.load(most.load)
            )
        }));
        sentences.push(self.knee_words());
        sentences.extend(self.law_words());
        sentences
    }

    fn knee_words(&self) -> String {
        match &self.knee {
            Ok(knee) => {
                let (load, low, high) = (self.along.load(knee.load), knee.low, knee.high);
                let between = match self.along.number(low) == self.along.number(high) {
                    true => String::new(),
                    false => format!(" (between {} and {})", self.along.number(low), self.along.number(high)),
                };
                let (rate, time) = (digits(knee.per_second), plain_time(knee.mean_us as u64));
                format!(
                    "The knee is at about {load}{between}, with {rate} a second in {time} on average. Beyond it more load \
                     mostly makes answers slower."
                )
            }
            Err(lack) => format!("There is no knee: {}.", lack.words()),
        }
    }

    fn law_words(&self) -> Vec<String> {
        match &self.law {
            Ok(law) => law.words(),
            Err(lack) => vec![format!("The Universal Scalability Law was not fitted: {}.", lack.words())],
        }
    }
}

impl Law {
    fn words(&self) -> Vec<String> {
        let figures = format!(
            "Universal Scalability Law: contention {}, coherency {}, off by {} on average.",
            range(&self.contention, percent),
            range(&self.coherency, percent),
            percent(self.off)
        );
        let peak = match &self.peak {
            Some(peak) => format!(
                "By it the peak is {} a second at {} people.",
                range(&peak.per_second, digits),
                range(&peak.people, |people| grouped(people.round() as u64))
            ),
            None => "By it there is no peak within twice the people that were there.".to_owned(),
        };
        vec![figures, peak]
    }
}

/// "41 (39 to 44)".
fn range(range: &Range, words: impl Fn(f64) -> String) -> String {
    let (value, low, high) = (words(range.value), words(range.low), words(range.high));
    if low == high { value } else { format!("{value} ({low} to {high})") }
}

/// "2.1 %", with two digits that count.
fn percent(share: f64) -> String {
    let percent = share * 100.0;
    if percent <= 0.0 {
        return "0 %".to_owned();
    }
    let places = (1 - percent.log10().floor() as i32).clamp(0, 6) as usize;
    format!("{percent:.places$} %")
}
