use super::*;
use proptest::prelude::*;

fn text_of(text: &str) -> String {
    read(text.as_bytes()).unwrap().text
}

fn what(text: &str) -> &'static str {
    read(text.as_bytes()).unwrap_err().what
}

#[test]
fn reads_what_the_vendors_clients_and_servers_write() {
    let plain = read(br#"<netapp xmlns="http://www.netapp.com/filer/admin" version="1.0"><dp-job-abort><job-id>7</job-id></dp-job-abort></netapp>"#).unwrap();
    let call = Element::new("dp-job-abort").with("job-id", "7");
    assert_eq!(plain.children, [call]);
    assert_eq!(plain.attribute("version"), Some("1.0"));
    let decorated = "\u{feff}<?xml version='1.0' encoding='utf-8' ?>\r\n<!DOCTYPE netapp SYSTEM 'file:/etc/netapp_dfm.dtd'>\r\n\
        <!-- <a> --><na:netapp xmlns:na='http://www.netapp.com/filer/admin'\r\n na:version = '1.0' >\r\n <na:dp-job-abort >\
        <job-id>7</job-id>\n</na:dp-job-abort\n><?pi <a> ?></na:netapp>\n<!-- end -->\n";
    let decorated = read(decorated.as_bytes()).unwrap();
    assert_eq!((decorated.children, decorated.name, decorated.text), (plain.children, plain.name, plain.text));
    assert_eq!(decorated.attributes, [("version".to_owned(), "1.0".to_owned())]);
}

#[test]
fn references_and_unparsed_text_are_what_they_mean() {
    assert_eq!(text_of("<a>&lt;&gt;&amp;&quot;&apos;&#65;&#x42;&#Xe9;</a>"), "<>&\"'ABé");
    assert_eq!(text_of("<a>x<![CDATA[<b>&lt;]]&gt;]]>y</a>"), "x<b>&lt;]]&gt;y");
    assert_eq!(
        text_of("<a>1 & 2 &unknown; &#xd800; &#0; &#99999999999; &</a>"),
        "1 & 2 &unknown; \u{fffd} \u{fffd} &#99999999999; &"
    );
    assert_eq!(text_of("<a>one\r\ntwo\rthree&#13;\u{1}</a>"), "one\ntwo\nthree\r\u{fffd}");
    assert_eq!(read(b"<a>\xff</a>").unwrap().text, "\u{fffd}");
    assert_eq!(text_of("<a>  </a>"), "  ", "a text may be blank");
    assert_eq!(text_of("<a>  <b/>  </a>"), "", "blanks between elements are none");
    assert_eq!(text_of("<a>x<b/>y</a>"), "xy");
    assert_eq!(read(b"<a b='1&quot;2' c=\"'&#10;>\"/>").unwrap().attributes[1].1, "'\n>");
}

#[test]
fn nothing_that_a_document_type_defines_is_expanded() {
    let bomb = "<!DOCTYPE a [<!-- don't ] > --><!ENTITY x \"ha>]\"><!ENTITY y '&x;&x;&x;'>\n\
        <!ENTITY file SYSTEM \"file:///etc/passwd\"><?pi ]>?>]><a b='&y;'>&y;&file;</a>";
    let read = read(bomb.as_bytes()).unwrap();
    assert_eq!((read.text.as_str(), read.attribute("b")), ("&y;&file;", Some("&y;")));
}

#[test]
fn depth_length_and_number_are_bounded() {
    let deep = |depth: usize| "<a>".repeat(depth) + &"</a>".repeat(depth);
    assert!(read(deep(DEPTH).as_bytes()).is_ok());
    assert_eq!(what(&deep(DEPTH + 1)), "too many elements lie in each other");
    assert_eq!(what(&deep(100_000)), "too many elements lie in each other");
    assert_eq!(what(&format!("<a>{}</a>", "<b/>".repeat(ELEMENTS))), "there are too many elements");
    assert_eq!(what(&format!("<a>{}</a>", " ".repeat(LENGTH))), "the text is too long");
}

#[test]
fn a_mistake_is_told_with_its_place() {
    let error = read("<a>\r\n <ü></b></a>".as_bytes()).unwrap_err();
    assert_eq!((error.line, error.column, error.is_cut_off), (2, 9, false));
    assert_eq!(error.what, "an element ends that was not begun last");
    for (text, mistake) in [
        ("<a", "a name is missing"),
        ("<a b></a>", "an equals sign is missing"),
        ("<a b=c/>", "a value in quotes is missing"),
        ("<a/><b/>", "a second element follows the first"),
        ("<a/>x", "words stand outside of all elements"),
        ("x<a/>", "words stand outside of all elements"),
        ("<![CDATA[x]]><a/>", "words stand outside of all elements"),
        ("<a><!DOCTYPE a></a>", "a declaration stands after the beginning of an element"),
        ("</a>", "an element ends that was not begun last"),
        ("", "the text ends too early"),
        ("<>", "a name is missing"),
        ("<!-- ", "something that was begun has no end"),
    ] {
        assert_eq!(what(text), mistake, "{text}");
    }
}

fn any_element() -> impl Strategy<Value = Element> {
    let name = "[a-zé][a-z0-9_.-]{0,6}";
    let text = || prop_oneof!["[ -~é日\u{1f600}\\t\\n\\r]{0,12}", "\\PC{0,12}", Just("9223372036854775807".to_owned())];
    let attributes = prop::collection::vec((name, text()), 0..3);
    let leaf = (name, attributes.clone(), text()).prop_map(|(name, attributes, text)| Element {
        name,
        attributes,
        text,
        children: Vec::new(),
    });
    leaf.prop_recursive(5, 40, 5, move |inner| {
        (name, attributes.clone(), prop::collection::vec(inner, 1..5))
            .prop_map(|(name, attributes, children)| Element { name, attributes, text: String::new(), children })
    })
}

proptest! {
    #[test]
    fn what_is_written_reads_back(element in any_element()) {
        let mut text = String::new();
        element.write(&mut text);
        prop_assert_eq!(read(text.as_bytes()), Ok(element), "{}", text);
    }

    #[test]
    fn what_was_cut_off_is_never_taken_for_whole(element in any_element(), part in 0.0f64..1.0) {
        let mut text = String::new();
        element.write(&mut text);
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
        let end = (text.len() as f64 * part) as usize;
        prop_assert!(read(&text.as_bytes()[..end]).is_err());
    }

    #[test]
    fn a_text_of_markup_breaks_nothing(text in "(<|>|/|a|b|=|'|\"|&|;|#|x|!|-|\\[|\\]|\\?|CDATA|DOCTYPE| |\n|é){0,24}") {
        if let Ok(element) = read(text.as_bytes()) {
            let mut again = String::new();
            element.write(&mut again);
            prop_assert_eq!(read(again.as_bytes()), Ok(element));
        }
    }
}
