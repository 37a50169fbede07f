//! Which route a request is for. It must not know what the routes answer.

use std::time::Duration;

use http::Method;

use crate::knobs::Latency;

macro_rules! routes {
    ($($name:ident = $pattern:literal),* $(,)?) => {
        /// Everything that can be asked of the shop.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Route { $($name),* }

        impl Route {
            /// Every route, in the order of the counts.
            pub(crate) const ALL: &[Route] = &[$(Route::$name),*];

            /// The route's method and address pattern, as the counts name it.
            pub(crate) fn pattern(self) -> &'static str {
                match self { $(Route::$name => $pattern),* }
            }
        }
    };
}

routes! {
    Home = "GET /",
    Asset = "GET /assets/{name}",
    SignIn = "POST /login",
    Products = "GET /products",
    Search = "GET /search",
    Product = "GET /products/{id}",
    Basket = "GET /basket",
    AddToBasket = "POST /basket",
    ClearBasket = "DELETE /basket",
    PlaceOrder = "POST /orders",
    Order = "GET /orders/{id}",
    Pay = "POST /orders/{id}/pay",
    SignOut = "POST /logout",
    Upload = "POST /upload",
    Redirect = "GET /redirect",
    Slow = "GET /slow",
    Health = "GET /health",
    Stats = "GET /stats",
    Metrics = "GET /metrics",
    ShowKnobs = "GET /knobs",
    SetKnobs = "POST /knobs",
    WrongMethod = "(wrong method)",
    Unknown = "(unknown address)",
}

impl Route {
    /// The route for this method and path, with the part of the path that its pattern leaves open (or "").
    pub(crate) fn find<'a>(method: &Method, path: &'a str) -> (Route, &'a str) {
        let get = |route| if method == Method::GET { route } else { Route::WrongMethod };
        let post = |route| if method == Method::POST { route } else { Route::WrongMethod };
        if let Some(id) = path.strip_prefix("/products/") {
            return (get(Route::Product), id);
        }
        if let Some(name) = path.strip_prefix("/assets/") {
            return (get(Route::Asset), name);
        }
        if let Some(rest) = path.strip_prefix("/orders/") {
            return match rest.strip_suffix("/pay") {
                Some(id) => (post(Route::Pay), id),
                None => (get(Route::Order), rest),
            };
        }
        let route = match path {
            "/" => get(Route::Home),
            "/login" => post(Route::SignIn),
            "/products" => get(Route::Products),
            "/search" => get(Route::Search),
            "/basket" => match *method {
                Method::GET => Route::Basket,
                Method::POST => Route::AddToBasket,
                Method::DELETE => Route::ClearBasket,
                _ => Route::WrongMethod,
            },
            "/orders" => post(Route::PlaceOrder),
            "/logout" => post(Route::SignOut),
            "/upload" => post(Route::Upload),
            "/redirect" => get(Route::Redirect),
            "/slow" => get(Route::Slow),
            "/health" => get(Route::Health),
            "/stats" => get(Route::Stats),
            "/metrics" => get(Route::Metrics),
            "/knobs" if method == Method::POST => Route::SetKnobs,
            "/knobs" => get(Route::ShowKnobs),
            _ => Route::Unknown,
        };
        (route, "")
    }

    /// Looking at the shop and turning its knobs: never dropped or failed on purpose, so that nobody locks themselves
    /// out.
    pub(crate) fn is_control(self) -> bool {
        matches!(self, Route::Stats | Route::Metrics | Route::ShowKnobs | Route::SetKnobs)
    }

    /// Whether the knobs' clock starts with such a request.
    pub(crate) fn starts_the_clock(self) -> bool {
        !self.is_control() && self != Route::Health
    }

    /// The middle latency of this route.
    pub(crate) fn latency(self, latency: &Latency) -> Duration {
        match self {
            Route::Home => latency.page,
            Route::Asset => latency.asset,
            Route::SignIn | Route::SignOut => latency.sign_in,
            Route::Products => latency.browse,
            Route::Product => latency.product,
            Route::Search => latency.search,
            Route::Basket | Route::AddToBasket | Route::ClearBasket | Route::Upload => latency.basket,
            Route::PlaceOrder | Route::Order => latency.order,
            Route::Pay => latency.pay,
            _ => Duration::ZERO,
        }
    }
}
