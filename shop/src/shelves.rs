//! Looking around: products, pages of them, search. Nobody needs to be signed in.

use crate::{
    answer::{self, Answer},
    shop::{Ask, Inside},
};

/// `GET /products`.
pub(crate) fn products(shop: &Inside, ask: &Ask) -> Answer {
    let page = match ask.query("page").as_deref() {
        None | Some("") => Some(1),
        Some(page) => page.parse().ok().filter(|&page: &usize| page > 0),
    };
    let Some(page) = page else { return answer::wrong("page must be a number from 1") };
    match shop.catalogue.page(&ask.query("category").unwrap_or_default(), page) {
        Some(written) => answer::written(written),
        None => answer::missing("there is no such category"),
    }
}

/// `GET /products/{id}`.
pub(crate) fn product(shop: &Inside, id: &str) -> Answer {
    match id.parse().ok().and_then(|id| shop.catalogue.product(id)) {
        Some(product) => answer::written(product.json()),
        None => answer::missing("there is no product with this id"),
    }
}

/// `GET /search`.
pub(crate) fn search(shop: &Inside, ask: &Ask) -> Answer {
    match ask.query("q") {
        Some(word) => answer::written(shop.catalogue.search(&word)),
        None => answer::wrong("q, the word to look for, is missing"),
    }
}
