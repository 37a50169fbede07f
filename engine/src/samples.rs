//! Failure samples: of each kind of failure the first, and a few of the others by chance, with request and answer.
//! Bounded in number and size. Must not know secrets: whoever lets samples out scrubs them.

use tidemark_core::plan::dice::Dice;
use tidemark_core::stats::NameId;
use tidemark_core::traffic::{Draft, Kind, Reply, Trouble};

/// A failed request with what went out and what came back. May hold secrets: scrub it before it leaves the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// The line of the results.
    pub name: NameId,
    /// What went wrong.
    pub kind: Kind,
    /// In words.
    pub detail: String,
    /// When it ended, in microseconds since the start of the run.
    pub at_us: u64,
    /// Request line, headers and body as text, the body cut at 64 KiB.
    pub request: String,
    /// Status line, headers and body as text, the body cut at 64 KiB; empty where there was no answer.
    pub answer: String,
}

/// So many samples of one name and kind are kept, the first among them.
pub const MOST_OF_A_KIND: usize = 5;
/// So many names and kinds are told apart.
const MOST_KINDS: usize = 100;
/// So many bytes all samples of a worker may have.
const MOST_BYTES: usize = 16 << 20;
/// Bodies are cut here.
const LONGEST_BODY: usize = 64 << 10;

/// The samples of one worker.
#[derive(Debug)]
pub(crate) struct Samples {
    dice: Dice,
    kinds: Vec<Seen>,
    bytes: usize,
}

#[derive(Debug)]
struct Seen {
    name: NameId,
    kind: Kind,
    count: u64,
    kept: Vec<Sample>,
}

impl Samples {
    pub(crate) fn new(dice: Dice) -> Self {
        Self { dice, kinds: Vec::new(), bytes: 0 }
    }

    /// Offers a failed request. Returns it, where it is the first of its kind, so that it can be told at once.
    pub(crate) fn offer(
        &mut self,
        name: NameId,
        trouble: &Trouble,
        at_us: u64,
        draft: &Draft,
        reply: &Reply,
    ) -> Option<Sample> {
        let known = self.kinds.iter().position(|seen| seen.name == name && seen.kind == trouble.kind);
        let at = match known {
            Some(at) => at,
            None if self.kinds.len() < MOST_KINDS => {
                self.kinds.push(Seen { name, kind: trouble.kind, count: 0, kept: Vec::new() });
                self.kinds.len() - 1
            }
            None => return None,
        };
        let seen = &mut self.kinds[at];
        seen.count += 1;
        let make = || Sample {
            name,
            kind: trouble.kind,
            detail: trouble.detail.clone(),
            at_us,
            request: request_text(draft),
            answer: answer_text(reply),
        };
        if seen.count == 1 {
            return Some(make());
        }
        // Reservoir sampling (Vitter's algorithm R) over all but the first: each is as likely to be among the kept.
        let room = MOST_OF_A_KIND - 1;
        let place = match seen.kept.len() < room {
            true => seen.kept.len(),
            false => self.dice.below(seen.count - 1) as usize,
        };
        if place >= room {
            return None;
        }
        let fresh = make();
        let spent = seen.kept.get(place).map_or(0, size);
        if self.bytes - spent + size(&fresh) <= MOST_BYTES {
            self.bytes = self.bytes - spent + size(&fresh);
            match seen.kept.get_mut(place) {
                Some(old) => *old = fresh,
                None => seen.kept.push(fresh),
            }
        }
        None
    }

    /// All but the first of each kind, which were told already.
    pub(crate) fn take(&mut self) -> Vec<Sample> {
        self.bytes = 0;
        self.kinds.iter_mut().flat_map(|seen| std::mem::take(&mut seen.kept)).collect()
    }
}

fn size(sample: &Sample) -> usize {
    sample.request.len() + sample.answer.len() + sample.detail.len()
}

/// A request as text.
pub(crate) fn request_text(draft: &Draft) -> String {
    let mut text =
        format!("{} {}\n{}", draft.method, draft.url(), String::from_utf8_lossy(&draft.headers).replace("\r\n", "\n"));
    push_body(
        &mut text,
        draft.body.as_deref().unwrap_or_default(),
        draft.body.as_ref().map_or(0, |body| body.len() as u64),
    );
    text
}

/// An answer as text; empty where there was none.
pub(crate) fn answer_text(reply: &Reply) -> String {
    let answer = &reply.answer;
    if answer.status == 0 {
        return String::new();
    }
    let mut text = format!("{}\n{}", answer.status, String::from_utf8_lossy(&answer.headers.0).replace("\r\n", "\n"));
    push_body(&mut text, &answer.body, answer.body_len.max(answer.body.len() as u64));
    text
}

/// An answer as text with its body up to `most` bytes, and nothing said about what was cut; empty where there was none.
pub(crate) fn answer_whole(reply: &Reply, most: usize) -> String {
    let answer = &reply.answer;
    if answer.status == 0 {
        return String::new();
    }
    let headers = String::from_utf8_lossy(&answer.headers.0).replace("\r\n", "\n");
    let body = String::from_utf8_lossy(&answer.body[..answer.body.len().min(most)]);
    format!("{}\n{headers}\n{body}", answer.status)
}

fn push_body(text: &mut String, body: &[u8], whole: u64) {
    if body.is_empty() {
        return;
    }
    let kept = &body[..body.len().min(LONGEST_BODY)];
    text.push('\n');
    text.push_str(&String::from_utf8_lossy(kept));
    if (kept.len() as u64) < whole {
        text.push_str(&format!("\n… (the first {} of {whole} bytes)", kept.len()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offer(samples: &mut Samples, number: u64, body: usize) -> Option<Sample> {
        let draft = Draft {
            method: "GET".into(),
            host: "h".into(),
            port: 80,
            target: format!("/{number}"),
            ..Draft::default()
        };
        let mut reply = Reply::default();
        reply.answer.status = 503;
        reply.answer.body = vec![b'x'; body];
        samples.offer(NameId(1), &Trouble::new(Kind::Status, "503"), number, &draft, &reply)
    }

    #[test]
    fn the_first_is_told_at_once_and_four_others_are_kept_by_chance() {
        let mut spread = 0;
        for seed in 0..20 {
            let mut samples = Samples::new(Dice::new(seed, 1));
            let first = offer(&mut samples, 0, 10).expect("the first");
            assert!(first.request.starts_with("GET http://h/0\n") && first.answer.starts_with("503\n"), "{first:?}");
            for number in 1..1_000 {
                assert_eq!(offer(&mut samples, number, 10), None);
            }
            let kept = samples.take();
            assert_eq!(kept.len(), MOST_OF_A_KIND - 1);
            spread += u32::from(kept.iter().any(|sample| sample.at_us > 500));
        }
        assert!(spread > 10, "late ones are kept too: {spread} of 20");
    }

    #[test]
    fn bodies_are_cut_and_memory_is_bounded() {
        let mut samples = Samples::new(Dice::new(1, 1));
        let first = offer(&mut samples, 0, 100_000).expect("the first");
        assert!(first.answer.ends_with("… (the first 65536 of 100000 bytes)"), "{}", &first.answer[..20]);
        for kind in Kind::ALL {
            for name in 0..60 {
                let mut reply = Reply::default();
                reply.answer.status = 500;
                reply.answer.body = vec![b'x'; 70_000];
                for at in 0..8 {
                    samples.offer(NameId(name), &Trouble::new(kind, ""), at, &Draft::default(), &reply);
                }
            }
        }
        let total: usize = samples.take().iter().map(size).sum();
        assert!(total <= MOST_BYTES, "{total}");
    }
}
