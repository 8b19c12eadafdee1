//! The native server over loopback: what a browser and a client in a data centre get from it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![cfg(feature = "server")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use base64::Engine;
use tokio_rustls::rustls;

const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types default";

/// A running server, ended with the test.
struct Server {
    child: Child,
    /// The lines that it printed: addresses.
    site: String,
    own: Option<String>,
    folder: PathBuf,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// An answer, read to its end.
struct Answer {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

fn command() -> Command {
    Command::new(env!("CARGO_BIN_EXE_array-simulator"))
}

impl Server {
    fn start(name: &str, more: &[&str]) -> Self {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("index.html"), "<!DOCTYPE html><title>console</title>").unwrap();
        std::fs::write(folder.join("boot.js"), "start()").unwrap();
        std::fs::write(folder.join("console-0123456789abcdef.js"), "plain").unwrap();
        std::fs::write(folder.join("console-0123456789abcdef.js.br"), "brotli").unwrap();
        let mut child = command()
            .args(["--listen", "127.0.0.1:0", "--seed", "3"])
            .args(more)
            .arg("--console")
            .arg(&folder)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let (mut site, mut own) = (None, None);
        while site.is_none() {
            let line = lines.next().expect("the server prints its address").unwrap();
            match line.split_once(" listening on ").and_then(|(_, address)| address.split_once("://")) {
                Some((_, address)) => own = Some(address.to_owned()),
                None => site = line.strip_prefix("listening on http://").map(str::to_owned),
            }
        }
        Server { child, site: site.unwrap(), own, folder }
    }

    fn ask(&self, request: &str) -> Option<Answer> {
        let mut stream = TcpStream::connect(&self.site).unwrap();
        ask(&mut stream, request)
    }

    fn get(&self, path: &str, headers: &str) -> Answer {
        self.ask(&format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{headers}\r\n")).unwrap()
    }

    fn post(&self, path: &str, headers: &str, body: &str) -> Option<Answer> {
        let length = body.len();
        self.ask(&format!(
            "POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n{body}"
        ))
    }
}

/// Sends a request and reads the answer; `None` when the connection ends without one.
fn ask(stream: &mut (impl Read + Write), request: &str) -> Option<Answer> {
    stream.write_all(request.as_bytes()).unwrap();
    let mut read = Vec::new();
    // TLS ends without a farewell and a dropped connection may be reset: what was read counts.
    let _ = stream.read_to_end(&mut read);
    let end = read.windows(4).position(|window| window == b"\r\n\r\n")?;
    let head = String::from_utf8(read[..end].to_vec()).unwrap();
    let mut lines = head.split("\r\n");
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let headers = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
        .collect();
    Some(Answer { status, headers, body: read[end + 4..].to_vec() })
}

fn basic(password: &str) -> String {
    format!(
        "Authorization: Basic {}\r\n",
        base64::engine::general_purpose::STANDARD.encode(format!("admin:{password}"))
    )
}

#[test]
fn a_story_that_the_command_line_names_stands_at_its_first_step_and_goes_on() {
    let server = Server::start("story", &["--control", "--scenario", "failover-test", "--speed", "0"]);
    let told = server.get("/simulator/scenario", "").json();
    assert_eq!((&told["seed"], &told["current"]["name"]), (&3.into(), &"failover-test".into()));
    assert_eq!(told["speed"].as_f64(), Some(0.0));
    assert_eq!(told["current"]["step"], 1);
    let told = server.post("/simulator/scenario", "", r#"{"next":true}"#).unwrap().json();
    assert_eq!(told["current"]["step"], 2);
}

#[test]
fn every_answer_carries_the_security_headers() {
    let server = Server::start("headers", &["--control"]);
    for (path, status, cache) in [
        ("/", 200, "no-cache"),
        ("/index.html", 200, "no-cache"),
        ("/boot.js", 200, "no-cache"),
        ("/console-0123456789abcdef.js", 200, "public, max-age=31536000, immutable"),
        ("/missing.js", 404, "no-store"),
        ("/../../../etc/passwd", 404, "no-store"),
        ("/%2e%2e/%2e%2e/etc/passwd", 404, "no-store"),
        ("/config.json", 200, "no-store"),
        ("/simulator/state", 200, "no-store"),
        ("/simulator/scenario", 200, "no-store"),
        ("/simulator/weather", 404, "no-store"),
        ("/arrays/frankfurt/api/rest/job", 401, "no-store"),
        ("/arrays/nowhere/api/rest/job", 404, "no-store"),
    ] {
        let answer = server.get(path, "");
        assert_eq!((answer.status, answer.header("cache-control")), (status, Some(cache)), "{path}");
        assert_eq!(answer.header("content-security-policy"), Some(POLICY), "{path}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"), "{path}");
        assert_eq!(answer.header("cross-origin-opener-policy"), Some("same-origin"), "{path}");
    }
    let packed = server.get("/console-0123456789abcdef.js", "Accept-Encoding: br\r\n");
    assert_eq!((packed.header("content-encoding"), packed.body.as_slice()), (Some("br"), &b"brotli"[..]));
    let config = server.get("/config.json", "").json();
    assert_eq!((&config["arrays"][1]["id"], &config["arrays"][1]["url"]), (&"dublin".into(), &"arrays/dublin/".into()));
    assert_eq!((&config["arrays"][2]["kind"], &config["arrays"][2]["url"]), (&"dfm".into(), &"arrays/dfm/".into()));
    server.post("/simulator/reset", "", r#"{"imports":0}"#).unwrap();
    assert_eq!(server.get("/config.json", "").json()["arrays"].as_array().unwrap().len(), 2, "it has nothing to show");
}

#[test]
fn the_door_is_closed_unless_it_is_asked_for() {
    let server = Server::start("no_door", &[]);
    assert_eq!(server.get("/simulator/state", "").status, 404);
}

#[test]
fn a_login_through_the_site_confines_its_cookie_and_asks_for_no_password() {
    let server = Server::start("login", &[]);
    let refused = server.get("/arrays/frankfurt/api/rest/login_session", &basic("wrong"));
    assert_eq!((refused.status, refused.header("www-authenticate")), (401, None));
    let login = server.get("/arrays/frankfurt/api/rest/login_session", &basic("Password123!"));
    let cookie = login.header("set-cookie").unwrap();
    let (pair, attributes) = cookie.split_once("; ").unwrap();
    assert_eq!(attributes, "Path=/arrays/frankfurt/; HttpOnly; SameSite=Strict");
    let token = login.header("dell-emc-token").unwrap();
    let rows =
        server.get("/arrays/frankfurt/api/rest/import_session?select=id,state&limit=3", &format!("Cookie: {pair}\r\n"));
    assert_eq!((rows.status, rows.header("content-range")), (206, Some("0-2/12")));
    assert_eq!(rows.json().as_array().unwrap().len(), 3);
    let logout = |headers: &str| server.post("/arrays/frankfurt/api/rest/logout", headers, "").unwrap().status;
    assert_eq!(logout(&format!("Cookie: {pair}\r\n")), 403);
    assert_eq!(logout(&format!("Cookie: {pair}\r\nDELL-EMC-TOKEN: {token}\r\n")), 204);
    assert_eq!(server.get("/arrays/frankfurt/api/rest/login_session", &format!("Cookie: {pair}\r\n")).status, 401);
}

#[test]
fn a_lost_answer_closes_the_connection_and_a_long_body_is_refused() {
    let server = Server::start("dropped", &["--control", "--speed", "0"]);
    let fault = r#"{"array":"dublin","fault":"drop_answer","times":1}"#;
    assert_eq!(server.post("/simulator/fault", "", fault).unwrap().status, 200);
    let lost = "GET /arrays/dublin/api/rest/job HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    assert!(server.ask(lost).is_none());
    assert_eq!(server.get("/arrays/dublin/api/rest/job", "").status, 401);
    let long = "x".repeat(1024 * 1024 + 1);
    let refused = server.post("/arrays/dublin/api/rest/import_session", &basic("Password123!"), &long);
    assert!(refused.is_none_or(|answer| answer.status == 413));
    let advanced = server.post("/simulator/advance", "", r#"{"seconds":60}"#).unwrap();
    assert_eq!(advanced.status, 200);
}

/// Trusts every certificate: it is the server's own.
#[derive(Debug)]
struct Trusting(rustls::crypto::CryptoProvider);

impl rustls::client::danger::ServerCertVerifier for Trusting {
    fn verify_server_cert(
        &self,
        _: &rustls::pki_types::CertificateDer<'_>,
        _: &[rustls::pki_types::CertificateDer<'_>],
        _: &rustls::pki_types::ServerName<'_>,
        _: &[u8],
        _: rustls::pki_types::UnixTime,
    ) -> Result<rustls::client::danger::ServerCertVerified, rustls::Error> {
        Ok(rustls::client::danger::ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &rustls::pki_types::CertificateDer<'_>,
        signature: &rustls::DigitallySignedStruct,
    ) -> Result<rustls::client::danger::HandshakeSignatureValid, rustls::Error> {
        rustls::crypto::verify_tls12_signature(
            message,
            certificate,
            signature,
            &self.0.signature_verification_algorithms,
        )
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &rustls::pki_types::CertificateDer<'_>,
        signature: &rustls::DigitallySignedStruct,
    ) -> Result<rustls::client::danger::HandshakeSignatureValid, rustls::Error> {
        rustls::crypto::verify_tls13_signature(
            message,
            certificate,
            signature,
            &self.0.signature_verification_algorithms,
        )
    }

    fn supported_verify_schemes(&self) -> Vec<rustls::SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}

#[test]
fn an_own_port_speaks_tls_and_is_raw() {
    let server = Server::start("own_port", &["--own-port", "frankfurt=127.0.0.1:0", "--release", "frankfurt=1.0"]);
    let provider = rustls::crypto::ring::default_provider();
    let config = rustls::ClientConfig::builder_with_provider(Arc::new(provider.clone()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(Trusting(provider)))
        .with_no_client_auth();
    let config = Arc::new(config);
    let own = server.own.clone().unwrap();
    let get = |path: &str, headers: &str| {
        let connection = rustls::ClientConnection::new(config.clone(), "localhost".try_into().unwrap()).unwrap();
        let mut stream = rustls::StreamOwned::new(connection, TcpStream::connect(&own).unwrap());
        ask(&mut stream, &format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{headers}\r\n")).unwrap()
    };
    let refused = get("/api/rest/login_session", "");
    assert_eq!((refused.status, refused.header("www-authenticate")), (401, Some("Basic realm=\"PowerStore\"")));
    let login = get("/api/rest/login_session", &basic("Password123!"));
    assert!(login.header("set-cookie").unwrap().ends_with("; Path=/; Secure; HttpOnly"));
    assert_eq!(login.header("content-security-policy"), None);
    let release = get("/api/rest/software_installed?select=release_version", &basic("Password123!"));
    assert_eq!(release.json()[0]["release_version"], "1.0.0.0");
    assert_eq!(get("/api/rest/import_session?select=type", &basic("Password123!")).status, 400);
}

const ABOUT: &str = "<?xml version='1.0' encoding='utf-8' ?><!DOCTYPE netapp SYSTEM 'file:/etc/netapp_dfm.dtd'>\
    <netapp version='1.0' xmlns='http://www.netapp.com/filer/admin'><dfm-about></dfm-about></netapp>";

#[test]
fn a_dfm_answers_old_clients_on_its_own_port() {
    let server = Server::start("own_port_dfm", &["--own-port", "dfm=127.0.0.1:0", "--protection-jobs", "5"]);
    let own = server.own.clone().unwrap();
    let send = |request: String| {
        let mut stream = TcpStream::connect(&own).unwrap();
        // The connection is closed by the server, or this would wait for ever.
        stream.set_read_timeout(Some(std::time::Duration::from_secs(20))).unwrap();
        ask(&mut stream, &request).unwrap()
    };
    let length = ABOUT.len();
    let login = basic("Password123!").replace("\r\n", "\n");
    // As the vendor's Perl client writes it: HTTP/1.0, bare line feeds, no Host.
    let head = format!("POST /apis/XMLrequest HTTP/1.0\n{login}Content-type: text/xml; charset=\"UTF-8\"\n");
    let old = send(format!("{head}Content-length: {length}\n\n{ABOUT}"));
    assert_eq!((old.status, old.header("transfer-encoding")), (200, None));
    let body = String::from_utf8(old.body).unwrap();
    assert!(body.contains("<results status=\"passed\">") && body.contains("<version>5.2.0.0</version>"), "{body}");
    assert_eq!(old.headers.iter().find(|(name, _)| name == "content-length").unwrap().1, body.len().to_string());
    // As clients do that wait to be asked.
    let head =
        "POST /apis/XMLrequest HTTP/1.1\r\nAccept-Encoding: identity\r\nHost: 127.0.0.1:8088\r\nConnection: close\r\n";
    let asked = send(format!("{head}Content-Length: {length}\r\n\r\n{ABOUT}"));
    assert_eq!(asked.status, 401);
    assert!(asked.header("www-authenticate").unwrap().starts_with("Basic realm="));
    let login = basic("Password123!");
    let answered = send(format!("{head}Content-Length: {length}\r\n{login}\r\n{ABOUT}"));
    assert_eq!((answered.status, answered.header("content-type")), (200, Some("text/xml; charset=utf-8")));
    assert_eq!((answered.header("content-security-policy"), answered.header("transfer-encoding")), (None, None));
}

#[test]
fn a_dfm_through_the_site_asks_no_browser_for_a_password() {
    let server = Server::start("site_dfm", &["--protection-jobs", "5"]);
    let refused = server.post("/arrays/dfm/apis/XMLrequest", "", ABOUT).unwrap();
    assert_eq!((refused.status, refused.header("www-authenticate")), (401, None));
    let answered = server.post("/arrays/dfm/apis/XMLrequest", &basic("Password123!"), ABOUT).unwrap();
    assert!(answered.status == 200 && answered.body.starts_with(b"<?xml version='1.0' encoding='UTF-8' ?>"));
    assert_eq!(server.get("/arrays/dfm/api/rest/job", "").status, 404);
}

#[test]
fn bad_usage_is_told_apart_from_trouble() {
    let run = |words: &[&str]| command().args(words).output().unwrap();
    let unknown = run(&["--scenario", "x"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("--scenario"));
    let help = run(&["--help"]);
    assert_eq!(help.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&help.stdout).contains("--own-port"));
    let server = Server::start("taken", &[]);
    assert_eq!(run(&["--listen", &server.site]).status.code(), Some(1));
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_it_cleanly() {
    let mut server = Server::start("ended", &[]);
    let id = server.child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    assert_eq!(server.child.wait().unwrap().code(), Some(0));
}
