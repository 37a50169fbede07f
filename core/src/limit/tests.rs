//! Searches against queues whose limit can be worked out, in virtual time.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::{Came, End, Limit, Move, RAMP_SECONDS, Search, Settings};
use crate::plan::dice::Dice;
use crate::scaling::Along;
use crate::stats::snapshot::{FailureCount, HealthSample, People, Row, Snapshot};
use crate::stats::{Name, NameId, NameKind};
use crate::traffic::Kind;
use crate::units::Span;
use crate::verdict::goal::{Goal, Measure, Side};
use crate::verdict::{State, Verdict};
use crate::watch::{Track, Unit, Watched};

/// A shop with some servers.
struct Shop {
    /// Mean service time, in seconds.
    service: f64,
    /// Whether service times vary (exponentially) or are all the same.
    varies: bool,
    /// Mean pause of a person between two requests, in seconds; `None` where load counts arrivals.
    pause: Option<f64>,
    dice: Dice,
    /// When each server is free again.
    free: BinaryHeap<Reverse<u64>>,
    /// Answers under way: when they come, and when they were asked for.
    answers: BinaryHeap<Reverse<(u64, u64)>>,
    /// When people ask next.
    asks: BinaryHeap<Reverse<u64>>,
    /// People who are there.
    people: usize,
    next_arrival: f64,
    level: f64,
    second: u32,
}

impl Shop {
    fn new(servers: usize, service: f64, varies: bool, pause: Option<f64>, seed: u64) -> Self {
        Self {
            service,
            varies,
            pause,
            dice: Dice::new(seed, 0),
            free: (0..servers).map(|_| Reverse(0)).collect(),
            answers: BinaryHeap::new(),
            asks: BinaryHeap::new(),
            people: 0,
            next_arrival: 0.0,
            level: 0.0,
            second: 0,
        }
    }

    fn exponential(&mut self, mean: f64) -> f64 {
        mean * self.dice.exponential()
    }

    /// Someone asks at a moment: their place in the queue follows from who is served before.
    fn ask(&mut self, at_us: u64) {
        let service = if self.varies { self.exponential(self.service) } else { self.service };
        let Reverse(free) = self.free.pop().unwrap_or_default();
        let done = free.max(at_us) + (service * 1e6) as u64;
        self.free.push(Reverse(done));
        self.answers.push(Reverse((done, at_us)));
    }

    fn second(&mut self) -> Snapshot {
        let (from_us, end_us) = (u64::from(self.second) * 1_000_000, u64::from(self.second + 1) * 1_000_000);
        let mut due = 0;
        if self.pause.is_some() {
            while self.people < self.level as usize {
                self.people += 1;
                self.asks.push(Reverse(from_us + self.dice.below(1_000_000)));
            }
        } else {
            while self.level > 0.0 && self.next_arrival * 1e6 < end_us as f64 {
                self.ask((self.next_arrival * 1e6) as u64);
                self.next_arrival += self.exponential(1.0 / self.level);
                due += 1;
            }
        }
        let mut row = Row::default();
        loop {
            let answer = self.answers.peek().map_or(u64::MAX, |next| next.0.0);
            let ask = self.asks.peek().map_or(u64::MAX, |next| next.0);
            if answer.min(ask) >= end_us {
                break;
            }
            if ask <= answer {
                self.asks.pop();
                self.ask(ask);
            } else if let Some(Reverse((done, asked))) = self.answers.pop() {
                row.ok += 1;
                row.response.ok.record_n(done - asked, 1);
                if let Some(pause) = self.pause {
                    if self.people > self.level as usize {
                        self.people -= 1;
                    } else {
                        let pause = self.exponential(pause);
                        self.asks.push(Reverse(done + (pause * 1e6) as u64));
                    }
                }
            }
        }
        row.service = row.response.clone();
        let people =
            People { planned: if due > 0 { 0 } else { self.level as u32 }, active: self.people as u32, leaving: 0 };
        let snapshot = Snapshot {
            second: self.second,
            length_us: 1_000_000,
            people,
            started: due,
            rows: vec![row],
            ..Snapshot::default()
        };
        self.second += 1;
        snapshot
    }
}

fn names() -> Vec<Name> {
    let label = "Pay".to_owned();
    vec![Name { id: String::new(), label, of: NameKind::Request, user_type: None, task: None }]
}

fn settings(along: Along, start: f64, most: f64) -> Settings {
    Settings { along, start, most, step: Span::from_secs(10), confirm: Span::from_secs(60) }
}

fn within(ms: u64) -> Vec<Goal> {
    vec![Goal::new(Measure::Percentile(95.0), Side::Below, ms as f64 * 1e3)]
}

/// Searches to the end; every search has one within three hours.
fn searched(mut shop: Shop, settings: Settings, goals: &[Goal], change: fn(&mut Snapshot)) -> Limit {
    let mut search = Search::new(settings, &names(), goals, 0);
    shop.level = search.level();
    for _ in 0..10_800 {
        let mut snapshot = shop.second();
        change(&mut snapshot);
        match search.push(&snapshot) {
            Some((Move::To(level), _)) => {
                shop.level = level;
                shop.next_arrival = shop.next_arrival.max(f64::from(shop.second));
            }
            Some((Move::End, _)) => return search.limit(),
            None => {}
        }
    }
    panic!("no end: {:?}", search.limit());
}

/// The rate at which 95 of 100 requests to an M/M/c queue take exactly `target` seconds, by bisection: the chance of waiting is
/// Erlang's C formula, and P(R > t) follows from it (Gross and Harris, "Fundamentals of Queueing Theory", section 2.3).
fn true_rate(servers: usize, service: f64, target: f64) -> f64 {
    let slow = |rate: f64| {
        let (mu, c) = (1.0 / service, servers as f64);
        let load = rate / mu;
        let blocking = (1..=servers).fold(1.0, |b, n| load * b / (n as f64 + load * b));
        let waits = blocking / (1.0 - load / c * (1.0 - blocking));
        let (spare, t) = (c * mu - rate, target);
        // Where both exponentials are the same the general form divides by zero; a hair beside it is near enough.
        let spare = if (spare - mu).abs() < 1e-9 { spare + 1e-6 } else { spare };
        let both = (spare * (-mu * t).exp() - mu * (-spare * t).exp()) / (spare - mu);
        (1.0 - waits) * (-mu * t).exp() + waits * both
    };
    let (mut low, mut high) = (0.0, servers as f64 / service);
    for _ in 0..100 {
        let middle = (low + high) / 2.0;
        if slow(middle) < 0.05 { low = middle } else { high = middle }
    }
    low
}

/// How many of 20 searches come within 5 % of the truth; and what they said.
fn near(truth: f64, search: impl Fn(u64) -> Limit) -> (usize, Vec<Option<f64>>) {
    let found: Vec<Option<f64>> = (0..20).map(|seed| search(seed).holds).collect();
    let right = |holds: &Option<f64>| holds.is_some_and(|holds| (holds / truth - 1.0).abs() <= 0.05);
    (found.iter().filter(|holds| right(holds)).count(), found)
}

fn as_is(_: &mut Snapshot) {}

#[test]
fn the_rate_that_a_queue_can_take_is_found_within_5_percent_in_19_of_20_runs() {
    // 8 servers and 40 ms, all the same: 200 a second; a second of waiting is far beyond it, however little more comes.
    let (count, found) = near(200.0, |seed| {
        searched(Shop::new(8, 0.04, false, None, seed), settings(Along::Arrivals, 10.0, 2_000.0), &within(1_000), as_is)
    });
    assert!(count >= 19, "{count} of 20: {found:?}");
}

#[test]
fn the_rate_within_a_goal_is_found_where_service_times_vary() {
    let truth = true_rate(8, 0.04, 0.2);
    // In a minute, chance alone moves 95 of 100 of such a queue by a sixth: what it decides is held for longer.
    let (count, found) = near(truth, |seed| {
        searched(Shop::new(8, 0.04, true, None, seed), settings(Along::Arrivals, 10.0, 2_000.0), &within(200), as_is)
    });
    assert!(count >= 19, "{count} of 20 near {truth}: {found:?}");
}

#[test]
fn the_people_that_a_queue_can_take_are_found_within_5_percent_in_19_of_20_runs() {
    // Beyond saturation every person adds service ÷ servers: 10 ms each. With a pause of a second, 95 of 100 within 500 ms
    // hold up to about (1 + 0.5) ÷ 0.01 people, less what makes the slowest twentieth slower than the mean. Known from one
    // long run at each level.
    let slow = |people: f64| {
        let mut shop = Shop::new(4, 0.04, false, Some(1.0), 99);
        shop.level = people;
        let mut row = Row::default();
        (0..1_500).for_each(|at| {
            let second = shop.second();
            if at > 100 {
                row.merge(&second.rows[0]);
            }
        });
        row.response.all().quantile(0.95).unwrap_or(0) > 500_000
    };
    let (mut low, mut high) = (100.0, 200.0);
    while high - low > 1.0 {
        let middle = f64::floor((low + high) / 2.0);
        if slow(middle) { high = middle } else { low = middle }
    }
    let (count, found) = near(low, |seed| {
        searched(Shop::new(4, 0.04, false, Some(1.0), seed), settings(Along::People, 5.0, 5_000.0), &within(500), as_is)
    });
    assert!(count >= 19, "{count} of 20 near {low}: {found:?}");
}

fn one(goals: &[Goal], most: f64, change: fn(&mut Snapshot)) -> Limit {
    searched(Shop::new(8, 0.04, false, None, 1), settings(Along::Arrivals, 10.0, most), goals, change)
}

#[test]
fn what_broke_first_is_said_with_the_failure_and_its_step() {
    let limit = one(&[Goal::new(Measure::FailureShare, Side::Below, 0.01)], 1_000.0, |snapshot| {
        if snapshot.started > 160 {
            let (row, failed) = (&mut snapshot.rows[0], snapshot.started / 10);
            row.ok = row.ok.saturating_sub(failed);
            row.failed.add(Kind::Status, failed);
            let detail = "502".to_owned();
            snapshot.failures.push(FailureCount { name: NameId(0), kind: Kind::Status, detail, count: failed });
        }
    });
    let said = limit.sentences(&[]).join(" ");
    assert!(limit.end == End::Found && limit.holds.is_some_and(|holds| (110.0..=165.0).contains(&holds)), "{said}");
    assert!(
        said.contains("this broke first: at most 1 % fail (got ") && said.contains("“Pay”: answered 502"),
        "{said}"
    );
    assert!(limit.goals[0].met == Some(true) && limit.confirmed.is_some_and(|seconds| seconds >= 60));
}

#[test]
fn no_limit_is_claimed_where_none_was_seen_or_this_computer_was_it() {
    let within = within(1_000);
    let most = one(&within, 60.0, as_is);
    assert_eq!((most.end, most.holds, most.breaks), (End::MostHeld, Some(60.0), None));
    assert_eq!(most.sentences(&[])[0], "Holds 60 arrivals a second, the most that was tried.");
    let nothing = one(&within, 60.0, |snapshot| snapshot.rows[0].response.ok.record_n(9_000_000, 1_000));
    assert_eq!((nothing.end, nothing.holds), (End::NothingHeld, None));
    let own = one(&within, 500.0, |snapshot| {
        snapshot.health = HealthSample { suspect: snapshot.started > 90, ..HealthSample::default() };
    });
    assert_eq!((own.end, own.holds), (End::OwnLimit, Some(80.0)));
    assert!(
        own.sentences(&[])[0].starts_with("Can't tell: this computer was the limit at 160"),
        "{:?}",
        own.sentences(&[])
    );
    let full = one(&within, 500.0, |snapshot| snapshot.dropped = if snapshot.started > 90 { 20 } else { 0 });
    assert_eq!((full.end, full.holds.is_some()), (End::Found, true));
    assert!(full.sentences(&[])[1].contains("arrivals could not start"), "{:?}", full.sentences(&[]));
    let silent = one(&within, 500.0, |snapshot| snapshot.rows.clear());
    assert_eq!(silent.end, End::NothingHeld);
    assert!(silent.sentences(&[])[1].contains("no answers"), "{:?}", silent.sentences(&[]));
    for limit in [most, nothing, own, full, silent] {
        assert!(
            limit.steps.iter().all(|step| step.per_second.is_finite() && step.came != Came::Held || step.measured > 0)
        );
    }
}

#[test]
fn what_moved_as_the_first_step_broke_is_named_and_what_follows_the_load_is_not() {
    let limit = one(&within(500), 1_000.0, as_is);
    let end = limit.steps.last().map_or(0, |step| step.from + step.measured);
    let level = |second: u32| {
        let begun = limit.steps.iter().rev().find(|step| step.from.saturating_sub(RAMP_SECONDS) <= second);
        begun.map_or(limit.steps[0].level, |step| step.level)
    };
    let track = |name: &str, of: &dyn Fn(f64) -> f64| Track {
        source: 0,
        name: name.to_owned(),
        unit: Unit::Number,
        step: 1,
        points: (0..end).map(|second| (second, of(level(second)) + f64::from(second * 7 % 3))).collect(),
    };
    let watched = Watched {
        tracks: vec![
            track("busy", &|level| level / 10.0),
            // Hardly anything waits until the servers are all busy.
            track("queue", &|level| if level > 200.0 { 400.0 } else { level / 100.0 }),
            track("still", &|_| 50.0),
        ],
        ..Watched::of(["app".to_owned()])
    };
    let broke = limit.broke_at().expect("it breaks somewhere");
    let told = limit.verdict(verdict(), &watched, 0);
    assert_eq!(told.suspects.iter().map(|one| one.series.as_str()).collect::<Vec<_>>(), ["queue"], "{told:?}");
    assert!(told.suspects[0].second.abs_diff(broke) <= 5, "{} and {broke}", told.suspects[0].second);
    let hint = told.sentences.iter().position(|text| text.starts_with("May be worth a look: queue of app rose"));
    assert!(hint.is_some_and(|at| at > 0 && at + 1 < told.sentences.len()), "{:?}", told.sentences);
}

/// The verdict of a run of which nothing is known.
fn verdict() -> Verdict {
    Verdict {
        state: State::CantTell,
        sentences: Vec::new(),
        goals: Vec::new(),
        turning_point: None,
        suspects: Vec::new(),
        caveats: Vec::new(),
        limit: None,
    }
}

#[test]
fn a_search_that_is_cut_says_so_and_what_held() {
    let mut search = Search::new(settings(Along::People, 1.0, 50.0), &names(), &within(500), 0);
    assert!(search.limit().sentences(&[])[0].starts_with("Can't tell"));
    let mut shop = Shop::new(4, 0.04, false, Some(0.1), 1);
    shop.level = search.level();
    let mut said = Vec::new();
    for _ in 0..30 {
        if let Some((Move::To(level), told)) = search.push(&shop.second()) {
            said.extend(told);
            shop.level = level;
        }
    }
    assert_eq!(said, ["1 person: held.", "2 people: held."]);
    let limit = search.limit();
    assert_eq!((limit.end, limit.holds), (End::Cut, Some(2.0)));
    assert!(limit.sentences(&[]).contains(&"It held 2 people.".to_owned()));
}
