//! The error envelope: `{"messages": [{code, severity, message_l10n, arguments}]}`.

use super::rows::Told;
use crate::wire::json::{self, Json};

/// One message of the array's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ErrorMessage {
    /// Hexadecimal code, such as `0xE04040020009`.
    pub code: Option<String>,
    /// `Info`, `Warning` or `Error`.
    pub severity: Option<String>,
    /// The sentence for the person.
    pub message_l10n: Option<String>,
}

impl ErrorMessage {
    /// The sentence with its code, or whichever of them there is.
    pub fn text(&self) -> String {
        match (self.message_l10n.as_deref().filter(|text| !text.is_empty()), self.code.as_deref()) {
            (Some(text), Some(code)) => format!("{text} ({code})"),
            (Some(text), None) => text.to_owned(),
            (None, Some(code)) => code.to_owned(),
            (None, None) => "The array gave no reason.".to_owned(),
        }
    }
}

impl Told for ErrorMessage {
    fn told(value: Json) -> Option<ErrorMessage> {
        let Json::Object(mut fields) = value else { return None };
        let mut text = |name: &str| String::told(fields.take(name));
        Some(ErrorMessage { code: text("code"), severity: text("severity"), message_l10n: text("message_l10n") })
    }
}

/// The messages in `{"messages": […]}`, empty when it is not such an envelope.
pub(super) fn messages_in(envelope: Json) -> Vec<ErrorMessage> {
    let Json::Object(mut fields) = envelope else { return Vec::new() };
    match fields.take("messages") {
        Json::List(messages) => messages.into_iter().filter_map(ErrorMessage::told).collect(),
        _ => Vec::new(),
    }
}

/// The messages of a body, empty when it is not such an envelope.
pub fn error_messages(body: &[u8]) -> Vec<ErrorMessage> {
    json::read(body).map(messages_in).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_words_and_the_code() {
        let body = br#"{"messages":[{"code":"0xE04040020009","severity":"Error","message_l10n":"No such session.","arguments":["7"]}]}"#;
        let messages = error_messages(body);
        assert_eq!(messages.len(), 1);
        assert_eq!(messages[0].text(), "No such session. (0xE04040020009)");
    }

    #[test]
    fn anything_else_has_no_words() {
        for body in [&b""[..], b"<html>", b"[]", b"{\"messages\":null}", b"{}"] {
            assert_eq!(error_messages(body), Vec::new());
        }
    }
}
