//! Answers that take a known time, and how long they really took: what the figures of a load generator are held against.
//! Must not know how requests look.

use std::cell::RefCell;
use std::io::{self, IoSliceMut};
use std::os::fd::AsRawFd;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use nix::sys::socket::{ControlMessageOwned, MsgFlags, recvmsg, setsockopt, sockopt};
use nix::sys::time::TimeSpec;
use tokio::io::Interest;
use tokio::net::TcpStream;

/// How long answers take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wait {
    /// 20 ms, and one in fifty 200 ms.
    Steady,
    /// Six in ten 5 ms, four 50 ms.
    Bimodal,
    /// Log-normal around 20 ms with a deviation of 0.5: 99 of 100 take at most 64 ms.
    LogNormal,
    /// At once; but from the fifth second on nothing at all is answered for a second.
    Stall,
}

impl Wait {
    /// By its word in an address.
    pub fn named(word: &[u8]) -> Option<Self> {
        match word {
            b"steady" => Some(Self::Steady),
            b"bimodal" => Some(Self::Bimodal),
            b"lognormal" => Some(Self::LogNormal),
            b"stall" => Some(Self::Stall),
            _ => None,
        }
    }

    /// How long the answer with this number takes. Neighbours differ, and any hundred in a row are spread evenly.
    pub fn long(self, number: u64) -> Duration {
        let share = (number as f64 * 0.618_033_988_749_895).fract();
        let ms = match self {
            Self::Steady if share >= 0.98 => 200.0,
            Self::Steady => 20.0,
            Self::Bimodal if share < 0.6 => 5.0,
            Self::Bimodal => 50.0,
            Self::LogNormal => 20.0 * (0.5 * normal(share.clamp(1e-4, 1.0 - 1e-4))).exp(),
            Self::Stall => 0.0,
        };
        Duration::from_micros((ms * 1_000.0) as u64)
    }
}

/// The normal distribution's quantile, to 0.0005. Source: Abramowitz and Stegun, 26.2.23.
fn normal(share: f64) -> f64 {
    let tail = share.min(1.0 - share);
    let t = (-2.0 * tail.ln()).sqrt();
    let over = 2.515517 + t * (0.802853 + t * 0.010328);
    let under = 1.0 + t * (1.432788 + t * (0.189269 + t * 0.001308));
    (t - over / under) * if share < 0.5 { -1.0 } else { 1.0 }
}

thread_local! {
    /// Room for what the kernel says beside the bytes.
    static BESIDE: RefCell<Vec<u8>> = RefCell::new(nix::cmsg_space!(TimeSpec));
}

/// Asks the kernel to note when requests come in.
pub fn stamp(stream: &TcpStream) {
    let _ = setsockopt(stream, sockopt::ReceiveTimestampns, &true);
}

/// Reads what is there, and how long it has lain there.
pub fn read(stream: &TcpStream, into: &mut [u8]) -> io::Result<(usize, Duration)> {
    stream.try_io(Interest::READABLE, || {
        BESIDE.with_borrow_mut(|beside| {
            let mut room = [IoSliceMut::new(into)];
            let got = recvmsg::<()>(stream.as_raw_fd(), &mut room, Some(beside), MsgFlags::empty())?;
            let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
            let came = got.cmsgs().ok().and_then(|mut all| {
                all.find_map(|beside| match beside {
                    ControlMessageOwned::ScmTimestampns(at) => Some(Duration::from(at)),
                    _ => None,
                })
            });
            Ok((got.bytes, came.map_or(Duration::ZERO, |came| now.saturating_sub(came))))
        })
    })
}

/// How long answers took, from when their request came in to when they were written.
#[derive(Default)]
pub struct Truth(Vec<u32>);

impl Truth {
    /// Adds one.
    pub fn add(&mut self, took: Duration) {
        self.0.push(u32::try_from(took.as_micros()).unwrap_or(u32::MAX));
    }

    /// In microseconds: what 50, 90, 99 and 99.9 of 100 did not exceed; nothing where there were none.
    pub fn quantiles(&mut self) -> Vec<u32> {
        self.0.sort_unstable();
        let at = |share: f64| {
            let rank = (self.0.len() as f64 * share).ceil() as usize;
            self.0.get(rank.saturating_sub(1)).copied()
        };
        [0.5, 0.9, 0.99, 0.999].into_iter().filter_map(at).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_spread_as_named() {
        for (wait, p50, p90, p99) in [
            (Wait::Steady, 20_000, 20_000, 200_000),
            (Wait::Bimodal, 5_000, 50_000, 50_000),
            (Wait::LogNormal, 20_000, 37_960, 64_000),
        ] {
            let mut truth = Truth::default();
            (0..100_000).for_each(|number| truth.add(wait.long(number)));
            let found = truth.quantiles();
            let near = |(found, wanted): (&u32, u32)| found.abs_diff(wanted) <= wanted / 100;
            assert!(found.iter().zip([p50, p90, p99]).all(near), "{wait:?}: {found:?}");
        }
        assert_eq!(Truth::default().quantiles(), []);
    }
}
