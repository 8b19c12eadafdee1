//! What surrounds a call on its way, and its results on theirs.

use thiserror::Error;

use super::{Element, errno, read};
use crate::wire::Misread;

/// Before a call. Declaration and document type are those that the vendor's own clients send; the version is
/// that of the envelope, and 1.0 for every DFM (SDK reference, `NaServer`).
const CALL: &str = concat!(
    "<?xml version='1.0' encoding='utf-8'?>\n",
    "<!DOCTYPE netapp SYSTEM 'file:/etc/netapp_dfm.dtd'>",
    r#"<netapp version="1.0" xmlns="http://www.netapp.com/filer/admin">"#
);

/// Before results: as the vendor's servers write it.
const ANSWER: &str = concat!(
    "<?xml version='1.0' encoding='UTF-8' ?>\n",
    "<!DOCTYPE netapp SYSTEM 'file:/etc/netapp_dfm.dtd'>\n",
    "<netapp version='1.0' xmlns='http://www.netapp.com/filer/admin'>\n"
);

/// After either.
const END: &str = "</netapp>";

const ROOT: &str = "netapp";
const RESULTS: &str = "results";

/// Why a call has no results.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ZapiError {
    /// The server says no.
    #[error("{reason} ({})", errno::code(*.errno))]
    Failed {
        /// Its number: see [`errno`]. 0 when it tells none.
        errno: u32,
        /// Its words, which may be none.
        reason: String,
    },
    /// What came is no answer to a call.
    #[error("The answer cannot be read ({0}).")]
    Unreadable(Misread),
}

/// The body of a request: an element named for the API, its inputs in it.
pub fn call(call: &Element) -> Vec<u8> {
    let mut text = CALL.to_owned();
    call.write(&mut text);
    text.push_str(END);
    text.into_bytes()
}

/// The body of an answer.
pub fn answer(results: &Element) -> Vec<u8> {
    answer_written(&results.written())
}

/// The body of an answer with results that are written out.
pub fn answer_written(results: &str) -> Vec<u8> {
    [ANSWER, results, END].concat().into_bytes()
}

/// The results of a call that was carried out.
pub fn results(body: &[u8]) -> Result<Element, ZapiError> {
    let results = inside(body).map_err(ZapiError::Unreadable)?;
    match results.attribute("status") {
        Some("passed") if results.name == RESULTS => Ok(results),
        Some("failed") if results.name == RESULTS => Err(ZapiError::Failed {
            errno: results.attribute("errno").and_then(|digits| digits.trim().parse().ok()).unwrap_or(0),
            reason: results.attribute("reason").unwrap_or_default().to_owned(),
        }),
        _ => Err(ZapiError::Unreadable(Misread::NOT_WANTED)),
    }
}

/// The call that a request makes: for whoever answers it.
pub fn called(body: &[u8]) -> Result<Element, Misread> {
    inside(body)
}

/// The only element in the envelope.
fn inside(body: &[u8]) -> Result<Element, Misread> {
    let mut envelope = read(body)?;
    match envelope.children.pop() {
        Some(only) if envelope.name == ROOT && envelope.children.is_empty() => Ok(only),
        _ => Err(Misread::NOT_WANTED),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_is_written_as_the_vendors_clients_write_it() {
        let body = call(&Element::new("dp-job-list-iter-end").with("tag", "abc_1"));
        let wanted = "<?xml version='1.0' encoding='utf-8'?>\n\
            <!DOCTYPE netapp SYSTEM 'file:/etc/netapp_dfm.dtd'><netapp version=\"1.0\" \
            xmlns=\"http://www.netapp.com/filer/admin\"><dp-job-list-iter-end><tag>abc_1</tag>\
            </dp-job-list-iter-end></netapp>";
        assert_eq!(String::from_utf8(body).unwrap(), wanted);
    }

    #[test]
    fn a_refusal_has_its_number_and_its_words() {
        let body =
            br#"<netapp><results reason="No &quot;such&quot; job." status='failed' errno="22217"></results></netapp>"#;
        let error = results(body).unwrap_err();
        assert_eq!(error, ZapiError::Failed { errno: 22217, reason: "No \"such\" job.".to_owned() });
        assert_eq!(error.to_string(), "No \"such\" job. (EJOBDOESNOTEXIST 22217)");
        let silent = ZapiError::Failed { errno: 0, reason: String::new() };
        for body in
            ["<netapp><results status='failed'/></netapp>", "<netapp><results status='failed' errno='?'/></netapp>"]
        {
            assert_eq!(results(body.as_bytes()), Err(silent.clone()), "{body}");
        }
    }

    #[test]
    fn what_is_no_answer_is_unreadable() {
        for body in [
            "",
            "<html><body>Bad Gateway</body></html>",
            "<netapp/>",
            "<netapp><dp-job-abort status='passed'/></netapp>",
            "<netapp><results/></netapp>",
            "<netapp><results status='odd'/></netapp>",
            "<netapp><results status='passed'/><results status='passed'/></netapp>",
            "<other><results status='passed'/></other>",
        ] {
            assert!(matches!(results(body.as_bytes()), Err(ZapiError::Unreadable(_))), "{body}");
        }
    }

    #[test]
    fn an_answer_reads_back_and_begins_as_the_vendors_servers_begin_it() {
        let given = Element::new("results").saying("status", "passed").with("records", "2").with("tag", "joblist_17");
        let body = answer(&given);
        assert!(body.starts_with(b"<?xml version='1.0' encoding='UTF-8' ?>\n<!DOCTYPE netapp SYSTEM"));
        assert_eq!(results(&body), Ok(given));
    }
}
