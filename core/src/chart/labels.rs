//! Labels that must not lie on each other: moved apart, or put together. Must not know what they say.

/// Where labels stand whose wanted places may be too near: at least `apart` from each other, in the same order, between
/// `from` and `to` as long as they fit there.
pub fn spread(wanted: &[f64], apart: f64, from: f64, to: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|a, b| wanted[*a].total_cmp(&wanted[*b]));
    let mut places = wanted.to_vec();
    let mut least = from;
    for at in &order {
        places[*at] = places[*at].max(least);
        least = places[*at] + apart;
    }
    let mut most = to;
    for at in order.iter().rev() {
        places[*at] = places[*at].min(most);
        most = places[*at] - apart;
    }
    places
}

/// Which neighbours are so near that they share one label: the first and the last of each such group, by number. `wanted`
/// is in order.
pub fn gather(wanted: &[f64], apart: f64) -> Vec<(usize, usize)> {
    let mut groups: Vec<(usize, usize)> = Vec::new();
    for (at, place) in wanted.iter().enumerate() {
        match groups.last_mut() {
            Some((first, last)) if place - wanted[*first] < apart => *last = at,
            _ => groups.push((at, at)),
        }
    }
    groups
}
