//! An array alone, raw, as a client in a data centre sees it: a PowerStore over https with a certificate of its
//! own, a DFM over http, to old clients too (HTTP/1.0, no Host header, bare line feeds).

use std::net::SocketAddr;
use std::sync::Arc;

use array_console::simulator::DFM;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

use crate::fleet::Shared;

/// Opens the port of the array `id` and prints its address.
pub async fn open(fleet: Shared, id: &str, address: SocketAddr) -> Result<(), String> {
    let acceptor = if id == DFM {
        None
    } else {
        Some(acceptor().map_err(|error| format!("No certificate can be made for {id}: {error}."))?)
    };
    let listener = TcpListener::bind(address).await.map_err(|error| format!("Cannot listen on {address}: {error}."))?;
    let address = listener.local_addr().map_err(|error| format!("Cannot listen on {address}: {error}."))?;
    let scheme = if acceptor.is_some() { "https" } else { "http" };
    println!("{id} listening on {scheme}://{address}");
    let id: Arc<str> = Arc::from(id);
    tokio::task::spawn_local(async move {
        loop {
            let Ok((stream, _)) = listener.accept().await else { continue };
            let (fleet, id, acceptor) = (fleet.clone(), id.clone(), acceptor.clone());
            tokio::task::spawn_local(async move {
                match acceptor {
                    // A client that does not trust the certificate goes away: that is its business.
                    Some(acceptor) => {
                        let Ok(stream) = acceptor.accept(stream).await else { return };
                        serve(fleet, id, stream).await;
                    }
                    None => serve(fleet, id, stream).await,
                }
            });
        }
    });
    Ok(())
}

async fn serve(fleet: Shared, id: Arc<str>, stream: impl AsyncRead + AsyncWrite + Unpin + 'static) {
    let service = service_fn(move |request| {
        let (fleet, id) = (fleet.clone(), id.clone());
        async move {
            let path = hyper::Request::uri(&request).path().to_owned();
            fleet.handle(&id, request, &path).await
        }
    });
    let _ = http1::Builder::new().timer(TokioTimer::new()).serve_connection(TokioIo::new(stream), service).await;
}

fn acceptor() -> Result<TlsAcceptor, Box<dyn std::error::Error>> {
    let names = ["localhost".to_owned(), "127.0.0.1".to_owned(), "::1".to_owned()];
    let certified = rcgen::generate_simple_self_signed(names)?;
    let key = PrivateKeyDer::try_from(certified.signing_key.serialize_der())?;
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(vec![certified.cert.der().clone()], key)?;
    Ok(TlsAcceptor::from(Arc::new(config)))
}
