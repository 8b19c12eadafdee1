//! The error envelope: `{"messages": [{code, severity, message_l10n, arguments}]}`.

use serde::Deserialize;

/// One message of the array's.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
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

#[derive(Deserialize)]
struct Envelope {
    #[serde(default)]
    messages: Vec<ErrorMessage>,
}

/// The messages of a body, empty when it is not such an envelope.
pub fn error_messages(body: &[u8]) -> Vec<ErrorMessage> {
    serde_json::from_slice::<Envelope>(body).map(|envelope| envelope.messages).unwrap_or_default()
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
