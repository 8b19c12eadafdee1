//! `select`: which attributes an answer holds.

use super::errors::Problem;

/// Attributes asked for: `id,name,remote_system(id,name)`, `*`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection(pub Vec<Item>);

/// One attribute, with what is wanted of the object behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub name: String,
    pub inner: Option<Selection>,
}

/// Deeper nesting is refused rather than followed.
const DEEPEST: usize = 8;

impl Selection {
    /// What is answered without a `select`.
    pub fn id_only() -> Self {
        Selection(vec![Item { name: "id".to_owned(), inner: None }])
    }

    /// Reads the value of the parameter, already free of percent signs. Spaces around commas are fine.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let mut rest = text;
        let selection = list(&mut rest, 0)?;
        if rest.is_empty() { Ok(selection) } else { Err(malformed(text)) }
    }
}

fn malformed(text: &str) -> Problem {
    Problem::schema(format!("The select list cannot be read at: {text}"))
}

fn list(rest: &mut &str, depth: usize) -> Result<Selection, Problem> {
    let mut items = Vec::new();
    loop {
        *rest = rest.trim_start();
        let end = rest.find([',', '(', ')']).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        let name = name.trim_end();
        if name.is_empty() || depth > DEEPEST {
            return Err(malformed(rest));
        }
        *rest = after;
        let inner = match rest.strip_prefix('(') {
            Some(inside) => {
                *rest = inside;
                let inner = list(rest, depth + 1)?;
                *rest = rest.strip_prefix(')').ok_or_else(|| malformed(rest))?.trim_start();
                Some(inner)
            }
            None => None,
        };
        items.push(Item { name: name.to_owned(), inner });
        match rest.strip_prefix(',') {
            Some(next) => *rest = next,
            None => return Ok(Selection(items)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(selection: &Selection) -> String {
        let item = |item: &Item| match &item.inner {
            Some(inner) => format!("{}<{}>", item.name, shown(inner)),
            None => item.name.clone(),
        };
        selection.0.iter().map(item).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn reads_lists_nesting_and_spaces() {
        for (text, wanted) in [
            ("id", "id"),
            ("id, name ,state", "id|name|state"),
            ("*", "*"),
            ("id,remote_system(id, name),state", "id|remote_system<id|name>|state"),
            ("a(b(c,d),*),e", "a<b<c|d>|*>|e"),
        ] {
            assert_eq!(shown(&Selection::parse(text).unwrap()), wanted);
        }
    }

    #[test]
    fn refuses_what_is_no_list() {
        for text in ["", "id,", "id,,name", "a(b", "a)b", "a()", "(a)", &"a(".repeat(50)] {
            assert_eq!(Selection::parse(text).unwrap_err().status, 400, "{text}");
        }
    }
}
