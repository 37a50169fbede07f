//! What the shop sells: made once from the seed, never changed, and written out as JSON in advance, since products are
//! what the benchmarks ask for. It must not know about visitors; stock never runs out.

use std::collections::HashMap;

use bytes::Bytes;
use serde::Serialize;
use serde_json::json;

use crate::dice::{self, Die};

/// How many products there are; their ids are 1 to this.
pub(crate) const PRODUCTS: u32 = 240;
/// How many products a page shows.
pub(crate) const PAGE: usize = 12;
/// How many products a search shows at most.
const FOUND: usize = 20;

const CATEGORIES: [&str; 6] = ["bread", "cheese", "fruit", "tea", "books", "lamps"];
const KINDS: [[&str; 5]; 6] = [
    ["Rye Loaf", "Baguette", "Seed Roll", "Plait", "Flatbread"],
    ["Cheddar", "Blue Wheel", "Goat Log", "Brie", "Curd"],
    ["Apple", "Pear", "Plum", "Quince", "Cherry Box"],
    ["Green Tea", "Black Tea", "Mint Tea", "Oolong", "Camomile"],
    ["Novel", "Atlas", "Cookbook", "Diary", "Almanac"],
    ["Desk Lamp", "Lantern", "Candle", "Night Light", "Reading Lamp"],
];
const ADJECTIVES: [&str; 16] = [
    "Small", "Large", "Fresh", "Old", "Golden", "Quiet", "Island", "Harbour", "Morning", "Evening", "Northern",
    "Salted", "Smoked", "Sweet", "Plain", "Spring",
];

/// One product; the price is in cents here and in whole units with decimals in answers.
pub(crate) struct Product {
    pub(crate) id: u32,
    pub(crate) name: String,
    pub(crate) cents: u64,
    stock: u32,
    category: &'static str,
    lower: String,
    json: Bytes,
}

#[derive(Serialize)]
struct Shown<'a> {
    id: u32,
    name: &'a str,
    price: f64,
    stock: u32,
    category: &'a str,
}

/// All products, and the pages of each category.
pub(crate) struct Catalogue {
    products: Vec<Product>,
    pages: HashMap<&'static str, Pages>,
}

/// One category's pages, written out.
struct Pages {
    written: Vec<Bytes>,
    beyond: Bytes,
}

impl Catalogue {
    pub(crate) fn new(seed: u64) -> Catalogue {
        let products: Vec<Product> = (1..=PRODUCTS).map(|id| Product::new(seed, id)).collect();
        let mut pages = HashMap::from([("", Pages::new(products.iter()))]);
        for category in CATEGORIES {
            pages.insert(category, Pages::new(products.iter().filter(|product| product.category == category)));
        }
        Catalogue { products, pages }
    }

    /// The product with this id.
    pub(crate) fn product(&self, id: u64) -> Option<&Product> {
        self.products.get(usize::try_from(id).ok()?.checked_sub(1)?)
    }

    /// The answer for one page (from 1) of a category, or of everything when it is empty; `None` when there is no such
    /// category. A page beyond the last has no items.
    pub(crate) fn page(&self, category: &str, page: usize) -> Option<Bytes> {
        let pages = self.pages.get(category)?;
        Some(pages.written.get(page.saturating_sub(1)).unwrap_or(&pages.beyond).clone())
    }

    /// The answer for a search: products whose name contains the word, whatever its case.
    pub(crate) fn search(&self, word: &str) -> Bytes {
        let word = word.trim().to_lowercase();
        let found = |product: &&Product| !word.is_empty() && product.lower.contains(&word);
        let items: Vec<Shown> = self.products.iter().filter(found).take(FOUND).map(Product::shown).collect();
        json!({ "items": items }).to_string().into()
    }
}

impl Product {
    fn new(seed: u64, id: u32) -> Product {
        let roll = dice::mix(seed, u64::from(id), Die::Catalogue);
        let pick = |shift: u32, of: usize| (roll >> shift) as usize % of;
        let category = id as usize % CATEGORIES.len();
        let adjective = ADJECTIVES[pick(0, ADJECTIVES.len())];
        let name = format!("{adjective} {}", KINDS[category][pick(8, KINDS[category].len())]);
        let mut product = Product {
            id,
            lower: name.to_lowercase(),
            name,
            cents: 150 + (pick(16, 970) as u64) * 5,
            stock: 5 + pick(32, 195) as u32,
            category: CATEGORIES[category],
            json: Bytes::new(),
        };
        product.json = json!(product.shown()).to_string().into();
        product
    }

    /// The answer for this product.
    pub(crate) fn json(&self) -> Bytes {
        self.json.clone()
    }

    fn shown(&self) -> Shown<'_> {
        Shown { id: self.id, name: &self.name, price: money(self.cents), stock: self.stock, category: self.category }
    }
}

impl Pages {
    fn new<'a>(products: impl Iterator<Item = &'a Product>) -> Pages {
        let all: Vec<Shown> = products.map(Product::shown).collect();
        let (total, pages) = (all.len(), all.len().div_ceil(PAGE));
        let write = |items: &[Shown]| json!({ "items": items, "total": total, "pages": pages }).to_string().into();
        Pages { written: all.chunks(PAGE).map(write).collect(), beyond: write(&[]) }
    }
}

/// Cents as answers show them: 1250 is 12.5.
pub(crate) fn money(cents: u64) -> f64 {
    cents as f64 / 100.0
}
