//! The site as a reverse proxy presents it to browsers: the console, its configuration, the arrays.

use std::net::SocketAddr;
use std::rc::Rc;

use array_console::simulator::array_path;
use hyper::body::Incoming;
use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpListener;
use tower::ServiceExt;
use tower_http::services::ServeDir;

use crate::arguments::Site;
use crate::fleet::{Body, Closed, Shared, bytes, plain};

/// Sent with every answer. The policy allows what the console needs and nothing else.
const SECURITY: [(HeaderName, &str); 4] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
         connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
         require-trusted-types-for 'script'; trusted-types default",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
];

/// Opens the site and prints its address.
pub async fn open(fleet: Shared, address: SocketAddr, site: Site) -> Result<(), String> {
    let listener = TcpListener::bind(address).await.map_err(|error| format!("Cannot listen on {address}: {error}."))?;
    let address = listener.local_addr().map_err(|error| format!("Cannot listen on {address}: {error}."))?;
    println!("listening on http://{address}");
    let site = Rc::new(site);
    tokio::task::spawn_local(async move {
        loop {
            let Ok((stream, _)) = listener.accept().await else { continue };
            let (fleet, site) = (fleet.clone(), site.clone());
            tokio::task::spawn_local(async move {
                let service = service_fn(move |request| {
                    let (fleet, site) = (fleet.clone(), site.clone());
                    async move { answer(&fleet, &site, request).await }
                });
                let _ = http1::Builder::new()
                    .timer(TokioTimer::new())
                    .serve_connection(TokioIo::new(stream), service)
                    .await;
            });
        }
    });
    Ok(())
}

async fn answer(fleet: &Shared, site: &Site, request: Request<Incoming>) -> Result<Response<Body>, Closed> {
    let path = request.uri().path().to_owned();
    let mut response = if path == "/config.json" {
        config(fleet, site, request.method())
    } else if path.starts_with("/simulator/") && site.control {
        fleet.control(request).await
    } else if let Some((id, inside)) = array_path(&path) {
        confined(fleet.handle(id, request, inside).await?, id)
    } else {
        file(site, &path, request).await
    };
    let headers = response.headers_mut();
    for (name, value) in SECURITY {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    Ok(response)
}

/// The answer of an array as the site passes it on: browsers do not ask for a password themselves,
/// and the cookie goes to this array alone. It is not Secure because the site is plain HTTP.
fn confined(mut response: Response<Body>, id: &str) -> Response<Body> {
    let headers = response.headers_mut();
    headers.remove(header::WWW_AUTHENTICATE);
    let cookies: Vec<HeaderValue> = headers
        .get_all(header::SET_COOKIE)
        .iter()
        .filter_map(|cookie| cookie.to_str().ok()?.split(';').next())
        .filter_map(|pair| {
            HeaderValue::from_str(&format!("{pair}; Path=/arrays/{id}/; HttpOnly; SameSite=Strict")).ok()
        })
        .collect();
    headers.remove(header::SET_COOKIE);
    for cookie in cookies {
        headers.append(header::SET_COOKIE, cookie);
    }
    response
}

/// `/config.json`: the given file as it is now, or one that names the arrays of the fleet.
fn config(fleet: &Shared, site: &Site, method: &Method) -> Response<Body> {
    if method != Method::GET && method != Method::HEAD {
        return plain(StatusCode::METHOD_NOT_ALLOWED, "The configuration can only be read.\n");
    }
    let content = match &site.config {
        Some(path) => match std::fs::read(path) {
            Ok(content) => content,
            Err(error) => {
                return plain(StatusCode::NOT_FOUND, &format!("{} cannot be read: {error}.\n", path.display()));
            }
        },
        None => fleet.config().into_bytes(),
    };
    let mut response = Response::new(bytes(content));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

/// A file of the console; what is not there is 404.
async fn file(site: &Site, path: &str, request: Request<Incoming>) -> Response<Body> {
    let absent = || plain(StatusCode::NOT_FOUND, "There is nothing at this address.\n");
    let Some(folder) = &site.console else { return absent() };
    let served = ServeDir::new(folder).precompressed_br().precompressed_gzip().oneshot(request).await;
    let Ok(mut response) = served.map(|response| response.map(http_body_util::BodyExt::boxed_unsync));
    if response.status() == StatusCode::NOT_FOUND {
        return absent();
    }
    cache(response.headers_mut(), path);
    response
}

/// Files whose names change with their content may be kept for ever, the others are asked for each time.
fn cache(headers: &mut HeaderMap, path: &str) {
    let value = if is_hashed(path) { "public, max-age=31536000, immutable" } else { "no-cache" };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(value));
}

/// True for names such as `console-0123456789abcdef_bg.wasm`.
fn is_hashed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.split(['-', '_', '.']).any(|part| part.len() >= 8 && part.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_proxies_of_real_sites_send_the_same_headers_for_security() {
        let nginx = include_str!("../../../deploy/nginx.conf");
        let caddy = include_str!("../../../deploy/Caddyfile");
        for (name, value) in SECURITY {
            let sends = |text: &str, wanted: &str| text.lines().any(|line| line.trim().eq_ignore_ascii_case(wanted));
            assert!(sends(nginx, &format!("add_header {name} \"{value}\" always;")), "nginx: {name}");
            assert!(sends(caddy, &format!("header {name} \"{value}\"")), "Caddy: {name}");
        }
    }

    #[test]
    fn only_hashed_names_are_kept_for_ever() {
        for (path, hashed) in [
            ("/console-6e8f3a1b2c4d5e6f.js", true),
            ("/assets/console-6e8f3a1b2c4d5e6f_bg.wasm", true),
            ("/", false),
            ("/index.html", false),
            ("/boot.js", false),
            ("/icon.svg", false),
        ] {
            assert_eq!(is_hashed(path), hashed, "{path}");
        }
    }
}
