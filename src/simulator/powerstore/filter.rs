//! Filters: `state=eq.Paused`, `name=not.ilike.*prod*`, `or=(state.eq.Failed,and(…))`.
//!
//! Null compares with nothing, not even by `not`, as in the database whose style this is.

use serde_json::Value;

use super::errors::Problem;
use super::field::Kind;
use crate::words::folded;

/// What is known of an attribute that is filtered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// Its place, for the reader of rows.
    pub column: usize,
    pub kind: Kind,
    /// Small and capital letters are alike.
    pub folds: bool,
}

/// A condition on rows.
#[derive(Clone, Debug, PartialEq)]
pub enum Filter {
    All(Vec<Filter>),
    Any(Vec<Filter>),
    Not(Box<Filter>),
    Test(Attribute, Option<String>, Test),
}

/// A comparison with an attribute.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    Compare(Comparison, Operand),
    In(Vec<Operand>),
    /// Pieces between the wildcards, in small letters.
    Like(Vec<String>),
    Is(Option<bool>),
    Contains(Vec<String>),
    ContainedIn(Vec<String>),
}

/// How two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    Equal,
    Unequal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// A value to compare with, in the attribute's kind.
#[derive(Clone, Debug, PartialEq)]
pub enum Operand {
    Text(String),
    /// In millionths: a library's reading of fractions would bring a page ten kilobytes.
    Number(i128),
    Flag(bool),
}

/// Reads one parameter of a query: `name` and `value` around the `=`.
pub fn parse(name: &str, value: &str, find: &dyn Fn(&str) -> Result<Attribute, Problem>) -> Result<Filter, Problem> {
    match name {
        "and" | "or" | "not.and" | "not.or" => term(&format!("{name}{value}"), find, 0),
        _ => term(&format!("{name}.{value}"), find, 0),
    }
}

fn malformed(text: &str) -> Problem {
    Problem::schema(format!("The filter cannot be read: {text}"))
}

fn term(text: &str, find: &dyn Fn(&str) -> Result<Attribute, Problem>, depth: usize) -> Result<Filter, Problem> {
    if depth > 8 {
        return Err(malformed(text));
    }
    for (word, any) in [("and(", false), ("or(", true)] {
        if let Some(inside) = text.strip_prefix(word) {
            let inside = inside.strip_suffix(')').ok_or_else(|| malformed(text))?;
            let parts = split(inside)?.into_iter().map(|part| term(part, find, depth + 1)).collect::<Result<_, _>>()?;
            return Ok(if any { Filter::Any(parts) } else { Filter::All(parts) });
        }
    }
    if let Some(negated) = text.strip_prefix("not.")
        && (negated.starts_with("and(") || negated.starts_with("or("))
    {
        return Ok(Filter::Not(Box::new(term(negated, find, depth + 1)?)));
    }
    let (name, condition) = text.split_once('.').ok_or_else(|| malformed(text))?;
    let (name, path) = match name.split_once("->>") {
        Some((name, path)) => (name, Some(path.to_owned())),
        None => (name, None),
    };
    let mut attribute = find(name.trim())?;
    if path.is_some() {
        attribute.kind = Kind::Text;
    }
    match condition.strip_prefix("not.") {
        Some(negated) => Ok(Filter::Not(Box::new(Filter::Test(attribute, path, test(negated, attribute)?)))),
        None => Ok(Filter::Test(attribute, path, test(condition, attribute)?)),
    }
}

fn test(text: &str, attribute: Attribute) -> Result<Test, Problem> {
    let (operator, value) = text.split_once('.').ok_or_else(|| malformed(text))?;
    let compare = |comparison| Ok(Test::Compare(comparison, operand(value, attribute)?));
    let between = |open, close| value.strip_prefix(open).and_then(|value: &str| value.strip_suffix(close));
    match operator.to_ascii_lowercase().as_str() {
        "eq" => compare(Comparison::Equal),
        "neq" => compare(Comparison::Unequal),
        "lt" => compare(Comparison::Less),
        "lte" => compare(Comparison::LessOrEqual),
        "gt" => compare(Comparison::Greater),
        "gte" => compare(Comparison::GreaterOrEqual),
        "in" => {
            let inside = between('(', ')').ok_or_else(|| malformed(text))?;
            Ok(Test::In(split(inside)?.into_iter().map(|part| operand(part, attribute)).collect::<Result<_, _>>()?))
        }
        "ilike" => Ok(Test::Like(folded(unquoted(value)).split('*').map(str::to_owned).collect())),
        "is" => match value.to_ascii_lowercase().as_str() {
            "null" => Ok(Test::Is(None)),
            "true" => Ok(Test::Is(Some(true))),
            "false" => Ok(Test::Is(Some(false))),
            _ => Err(malformed(text)),
        },
        "cs" | "cd" => {
            let inside = between('{', '}').ok_or_else(|| malformed(text))?;
            let wanted = split(inside)?.into_iter().map(|part| unquoted(part).to_owned()).collect();
            Ok(if operator.eq_ignore_ascii_case("cs") { Test::Contains(wanted) } else { Test::ContainedIn(wanted) })
        }
        _ => Err(Problem::schema(format!("There is no filter operator {operator}."))),
    }
}

/// The parts between commas that stand in no brackets and in no quotes.
fn split(text: &str) -> Result<Vec<&str>, Problem> {
    let (mut parts, mut begin, mut depth, mut quoted) = (Vec::new(), 0, 0_i32, false);
    for (place, letter) in text.char_indices() {
        match letter {
            '"' => quoted = !quoted,
            _ if quoted => {}
            '(' | '{' => depth += 1,
            ')' | '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(text.get(begin..place).unwrap_or_default().trim());
                begin = place + 1;
            }
            _ => {}
        }
    }
    parts.push(text.get(begin..).unwrap_or_default().trim());
    if depth != 0 || quoted || parts.iter().any(|part| part.is_empty()) { Err(malformed(text)) } else { Ok(parts) }
}

fn unquoted(text: &str) -> &str {
    text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text)
}

fn operand(text: &str, attribute: Attribute) -> Result<Operand, Problem> {
    let text = unquoted(text);
    let wrong = || Problem::schema(format!("{text} is not a value of this attribute."));
    match attribute.kind {
        Kind::Text | Kind::List | Kind::Whole if attribute.folds => Ok(Operand::Text(folded(text))),
        Kind::Text | Kind::List | Kind::Whole => Ok(Operand::Text(text.to_owned())),
        Kind::Number => millionths(text).map(Operand::Number).ok_or_else(wrong),
        Kind::Flag => match text.to_ascii_lowercase().as_str() {
            "true" => Ok(Operand::Flag(true)),
            "false" => Ok(Operand::Flag(false)),
            _ => Err(wrong()),
        },
        // A plus sign that was not encoded arrives as a space.
        Kind::Time => crate::wire::time::parse(&text.replace(' ', "+")).map(number).ok_or_else(wrong),
    }
}

fn number(whole: i64) -> Operand {
    Operand::Number(i128::from(whole) * MILLION)
}

const MILLION: i128 = 1_000_000;

/// A number such as `-12.5`, in millionths; what is beyond them counts for nothing.
fn millionths(text: &str) -> Option<i128> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = fraction.get(..6).unwrap_or(fraction);
    if digits.is_empty() || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let whole = i128::from(whole.parse::<i64>().ok()?) * MILLION;
    let part: i64 = format!("{digits:0<6}").parse().ok()?;
    let part = i128::from(part);
    Some(if text.starts_with('-') { whole - part } else { whole + part })
}

impl Filter {
    /// Whether a row meets the condition; `read` gives the value of a column. `None`: not to be said,
    /// because a null is in the way; such a row is not in the answer.
    pub fn holds(&self, read: &dyn Fn(usize) -> Value) -> Option<bool> {
        match self {
            Filter::Not(inner) => inner.holds(read).map(|holds| !holds),
            Filter::All(parts) => parts
                .iter()
                .try_fold(Some(true), |all, part| match part.holds(read) {
                    Some(false) => Err(()),
                    Some(true) => Ok(all),
                    None => Ok(None),
                })
                .unwrap_or(Some(false)),
            Filter::Any(parts) => parts
                .iter()
                .try_fold(Some(false), |any, part| match part.holds(read) {
                    Some(true) => Err(()),
                    Some(false) => Ok(any),
                    None => Ok(None),
                })
                .unwrap_or(Some(true)),
            Filter::Test(attribute, path, test) => {
                let mut value = read(attribute.column);
                if let Some(path) = path {
                    value = value.get(path).cloned().unwrap_or(Value::Null);
                }
                test.holds(*attribute, &value)
            }
        }
    }
}

impl Test {
    fn holds(&self, attribute: Attribute, value: &Value) -> Option<bool> {
        if let Test::Is(wanted) = self {
            return Some(match wanted {
                None => value.is_null(),
                Some(wanted) => value.as_bool() == Some(*wanted),
            });
        }
        if value.is_null() {
            return None;
        }
        let listed = |value: &Value| match value {
            Value::Array(items) => items.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
            Value::String(text) => vec![text.clone()],
            _ => Vec::new(),
        };
        match self {
            Test::Is(_) => None,
            Test::Compare(comparison, operand) => {
                operand.order(attribute, value).map(|order| comparison.accepts(order))
            }
            Test::In(operands) => {
                Some(operands.iter().any(|operand| operand.order(attribute, value) == Some(std::cmp::Ordering::Equal)))
            }
            Test::Like(pieces) => value.as_str().map(|text| matches(&folded(text), pieces)),
            Test::Contains(wanted) => {
                let held = listed(value);
                Some(wanted.iter().all(|item| held.contains(item)))
            }
            Test::ContainedIn(allowed) => Some(listed(value).iter().all(|item| allowed.contains(item))),
        }
    }
}

impl Operand {
    /// How `value` stands to it.
    fn order(&self, attribute: Attribute, value: &Value) -> Option<std::cmp::Ordering> {
        match self {
            Operand::Flag(flag) => value.as_bool().map(|value| value.cmp(flag)),
            Operand::Number(number) => Some((i128::from(value.as_i64()?) * MILLION).cmp(number)),
            Operand::Text(text) if attribute.folds => value.as_str().map(|value| folded(value).cmp(text)),
            Operand::Text(text) => value.as_str().map(|value| value.cmp(text.as_str())),
        }
    }
}

impl Comparison {
    fn accepts(self, order: std::cmp::Ordering) -> bool {
        match self {
            Comparison::Equal => order.is_eq(),
            Comparison::Unequal => order.is_ne(),
            Comparison::Less => order.is_lt(),
            Comparison::LessOrEqual => order.is_le(),
            Comparison::Greater => order.is_gt(),
            Comparison::GreaterOrEqual => order.is_ge(),
        }
    }
}

/// Whether `text` is the pieces in their order with anything between them.
fn matches(text: &str, pieces: &[String]) -> bool {
    let Some((first, others)) = pieces.split_first() else { return true };
    let Some((last, middle)) = others.split_last() else { return text == first };
    let Some(mut rest) = text.strip_prefix(first.as_str()) else { return false };
    for piece in middle {
        let Some(place) = rest.find(piece.as_str()) else { return false };
        rest = rest.get(place + piece.len()..).unwrap_or_default();
    }
    rest.ends_with(last.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn find(name: &str) -> Result<Attribute, Problem> {
        let (column, kind, folds) = match name {
            "name" => (0, Kind::Text, true),
            "state" => (1, Kind::Text, false),
            "progress" => (2, Kind::Number, false),
            "automatic" => (3, Kind::Flag, false),
            "updated" => (4, Kind::Time, false),
            "purposes" => (5, Kind::List, false),
            "protection" => (6, Kind::Whole, false),
            _ => return Err(Problem::attribute("thing", name)),
        };
        Ok(Attribute { column, kind, folds })
    }

    fn row(column: usize) -> Value {
        match column {
            0 => json!("Imp_ERP_017"),
            1 => json!("Paused"),
            2 => json!(42),
            3 => json!(false),
            4 => json!(1_795_262_400_000_i64),
            5 => json!(["A", "B"]),
            6 => json!({ "source_id": "x" }),
            _ => Value::Null,
        }
    }

    fn holds(name: &str, value: &str) -> Option<bool> {
        parse(name, value, &find).unwrap().holds(&row)
    }

    #[test]
    fn every_operator_says_yes_and_no() {
        for (name, yes, no) in [
            ("state", "eq.Paused", "eq.paused"),
            ("state", "neq.Failed", "neq.Paused"),
            ("name", "eq.imp_erp_017", "eq.imp_erp"),
            ("progress", "gt.41", "gt.42"),
            ("progress", "gte.42", "gte.43"),
            ("progress", "lt.100", "lt.5"),
            ("progress", "lte.42", "lte.41"),
            ("state", "in.(Queued,Paused)", "in.(Queued,Failed)"),
            ("state", "in.(\"Paused\",\"a,b\")", "in.(\"a,Paused\")"),
            ("name", "ilike.*ERP*", "ilike.*hr*"),
            ("name", "ilike.imp*017", "ilike.imp"),
            ("automatic", "is.false", "is.true"),
            ("automatic", "eq.False", "eq.True"),
            ("state", "not.is.null", "is.null"),
            ("purposes", "cs.{A}", "cs.{A,C}"),
            ("purposes", "cd.{A,B,C}", "cd.{A}"),
            ("state", "not.in.(Failed,Cancelled)", "not.eq.Paused"),
            ("updated", "gte.2026-11-21T12:00:00+00:00", "gt.2026-11-21T13:00:00 02:00"),
            ("or", "(state.eq.Failed,progress.gt.40)", "(state.eq.Failed,progress.gt.50)"),
            ("and", "(state.eq.Paused,or(progress.lt.1,name.ilike.imp*))", "(state.eq.Paused,progress.lt.1)"),
            ("not.or", "(state.eq.Failed,state.eq.Queued)", "(state.eq.Paused)"),
            ("or", "(not.and(state.eq.Failed),state.eq.Queued)", "(state.not.eq.Paused)"),
            ("protection->>source_id", "eq.x", "eq.y"),
        ] {
            assert_eq!(holds(name, yes), Some(true), "{name}={yes}");
            let said = holds(name, no);
            assert!(said == Some(false) || no.contains("02:00"), "{name}={no}");
        }
    }

    #[test]
    fn a_null_is_found_by_is_alone() {
        let nothing = |_: usize| Value::Null;
        for condition in ["eq.Paused", "not.eq.Paused", "in.(Paused)", "not.in.(Paused)", "ilike.*"] {
            assert_eq!(parse("state", condition, &find).unwrap().holds(&nothing), None, "{condition}");
        }
        assert_eq!(parse("state", "is.null", &find).unwrap().holds(&nothing), Some(true));
        assert_eq!(parse("state", "not.is.null", &find).unwrap().holds(&nothing), Some(false));
        assert_eq!(parse("or", "(state.eq.x,state.is.null)", &find).unwrap().holds(&nothing), Some(true));
    }

    #[test]
    fn nonsense_is_refused() {
        for (name, value) in [
            ("nothing", "eq.1"),
            ("state", "Paused"),
            ("state", "like.x"),
            ("progress", "eq.many"),
            ("automatic", "eq.perhaps"),
            ("updated", "gt.yesterday"),
            ("state", "in.Paused"),
            ("state", "in.()"),
            ("state", "is.maybe"),
            ("or", "(state.eq.x"),
            ("or", "(state.eq.x,)"),
            ("purposes", "cs.A"),
        ] {
            assert_eq!(parse(name, value, &find).unwrap_err().status, 400, "{name}={value}");
        }
    }
}
