#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::*;

#[test]
fn coarse_cells_hold_what_they_say() {
    for us in (0..70).flat_map(|shift| [(1_u64 << (shift % 37)) - 1, 1 << (shift % 37), 3 << (shift % 35)]) {
        let us = us.min(LONGEST_US);
        let top = coarse_top(coarse_index(us));
        assert!(top >= us && top - us <= us / 128, "{us} lies in a cell up to {top}");
        assert_eq!(coarse_index(top.min(LONGEST_US)), coarse_index(us));
    }
}
