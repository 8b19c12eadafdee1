//! Collections: select, filters, order, pages.

use std::cmp::Ordering;

use http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::errors::{self, Problem};
use super::field::{self, About, Kind, Sheet, View, render};
use super::filter::{self, Filter};
use super::select::Selection;
use crate::simulator::answer;
use crate::words::folded;

/// Rows of a page when nothing else is asked for.
const DEFAULT_LIMIT: usize = 100;
/// Rows of a page at most; more is cut to it without a word.
const LARGEST_LIMIT: usize = 2000;

/// The parameters of a request, decoded, in their order.
pub fn parameters(query: Option<&str>) -> Vec<(String, String)> {
    let decode = |text: &str| percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned();
    query
        .unwrap_or_default()
        .split('&')
        .filter(|part| !part.is_empty())
        .map(|part| {
            part.split_once('=').map_or((decode(part), String::new()), |(name, value)| (decode(name), decode(value)))
        })
        .collect()
}

/// What of a collection is asked for.
struct Query {
    selection: Selection,
    filter: Filter,
    order: Vec<Key>,
    first: usize,
    limit: usize,
}

/// What a collection is ordered by: a column, and whether the greatest comes first.
struct Key {
    column: usize,
    about: About,
    descending: bool,
}

/// Answers a query of a collection, which the sheet holds whole.
pub fn collection(
    sheet: &dyn Sheet,
    view: &View<'_>,
    parameters: &[(String, String)],
    headers: &HeaderMap,
) -> Result<Response<Vec<u8>>, Problem> {
    let query = read(sheet, view, parameters, headers)?;
    let columns = field::columns(sheet, &query.selection, view.array.release)?;
    let holds = |row: &usize| query.filter.holds(&|column| sheet.value(*row, column, view)) == Some(true);
    let mut found: Vec<usize> = (0..sheet.count()).filter(holds).collect();
    if !query.order.is_empty() {
        let keys = |row| query.order.iter().map(|key| sort_key(sheet, key, row, view)).collect();
        let mut keyed: Vec<(Vec<Value>, usize)> = found.iter().map(|row| (keys(*row), *row)).collect();
        keyed.sort_by(|(one, _), (other, _)| by_keys(one, other, &query.order));
        found = keyed.into_iter().map(|(_, row)| row).collect();
    }
    let total = found.len();
    if query.first >= total && query.first > 0 {
        return Err(range(format!("The first row asked for is {}, and there are {total}.", query.first)));
    }
    let page = found.into_iter().skip(query.first).take(query.limit);
    let page: Vec<Value> = page.map(|row| render(sheet, row, &columns, view)).collect();
    let rows = page.len();
    let mut response = answer::json(StatusCode::OK, &Value::Array(page));
    if rows < total {
        *response.status_mut() = StatusCode::PARTIAL_CONTENT;
        let range = format!("{}-{}/{total}", query.first, (query.first + rows).saturating_sub(1));
        if let Ok(range) = HeaderValue::from_str(&range) {
            response.headers_mut().insert(header::CONTENT_RANGE, range);
        }
    }
    Ok(response)
}

/// Answers a query of one instance, which is the first of the sheet.
pub fn instance(
    sheet: &dyn Sheet,
    id: &str,
    view: &View<'_>,
    parameters: &[(String, String)],
) -> Result<Response<Vec<u8>>, Problem> {
    let mut selection = Selection::id_only();
    for (name, value) in parameters {
        match name.as_str() {
            "select" => selection = Selection::parse(value)?,
            _ => return Err(Problem::schema(format!("The query of an instance has no parameter {name}."))),
        }
    }
    let columns = field::columns(sheet, &selection, view.array.release)?;
    if sheet.count() == 0 {
        return Err(Problem::no_instance(sheet.name(), id));
    }
    Ok(answer::json(StatusCode::OK, &render(sheet, 0, &columns, view)))
}

fn read(
    sheet: &dyn Sheet,
    view: &View<'_>,
    parameters: &[(String, String)],
    headers: &HeaderMap,
) -> Result<Query, Problem> {
    let release = view.array.release;
    let (mut selection, mut filters, mut order) = (Selection::id_only(), Vec::new(), Vec::new());
    let (mut first, mut limit) = (None, None);
    for (name, value) in parameters {
        match name.as_str() {
            "select" => selection = Selection::parse(value)?,
            "order" => order = read_order(sheet, value, view)?,
            "offset" => first = Some(value.trim().parse().map_err(|_| range(format!("{value} is not an offset.")))?),
            "limit" => match value.trim().parse() {
                Ok(rows) if rows > 0_usize => limit = Some(rows),
                _ => return Err(range(format!("{value} is not a limit."))),
            },
            _ => filters.push(filter::parse(name, value, &|name| field::attribute(sheet, name, release))?),
        }
    }
    if first.is_none()
        && limit.is_none()
        && let Some(header) = headers.get(header::RANGE)
    {
        (first, limit) = read_range(header)?;
    }
    Ok(Query {
        selection,
        filter: Filter::All(filters),
        order,
        first: first.unwrap_or(0),
        limit: limit.unwrap_or(DEFAULT_LIMIT).min(LARGEST_LIMIT),
    })
}

/// `Range: 0-99`, both included, without a unit; the last may be left out.
fn read_range(header: &HeaderValue) -> Result<(Option<usize>, Option<usize>), Problem> {
    let wrong = || range("The range cannot be read: first-last is expected.".to_owned());
    let text = header.to_str().map_err(|_| wrong())?;
    let (first, last) = text.trim().split_once('-').ok_or_else(wrong)?;
    let first: usize = first.trim().parse().map_err(|_| wrong())?;
    if last.trim().is_empty() {
        return Ok((Some(first), None));
    }
    let last: usize = last.trim().parse().map_err(|_| wrong())?;
    let rows = last.checked_sub(first).ok_or_else(wrong)?;
    Ok((Some(first), Some(rows.saturating_add(1))))
}

fn range(message: String) -> Problem {
    Problem::new(StatusCode::RANGE_NOT_SATISFIABLE, errors::SCHEMA, message)
}

fn read_order(sheet: &dyn Sheet, text: &str, view: &View<'_>) -> Result<Vec<Key>, Problem> {
    let term = |term: &str| {
        let (name, direction) = term.trim().split_once('.').unwrap_or((term.trim(), "asc"));
        let field = field::field(sheet, name, view.array.release);
        let (column, about) = field.ok_or_else(|| Problem::attribute(sheet.name(), name))?;
        match direction.to_ascii_lowercase().as_str() {
            "asc" => Ok(Key { column, about, descending: false }),
            "desc" => Ok(Key { column, about, descending: true }),
            _ => Err(Problem::schema(format!("{direction} is not a direction of an order."))),
        }
    };
    text.split(',').map(term).collect()
}

/// What a row is sorted by.
fn sort_key(sheet: &dyn Sheet, key: &Key, row: usize, view: &View<'_>) -> Value {
    match sheet.value(row, key.column, view) {
        Value::String(text) if key.about.folds => Value::String(folded(&text)),
        value => value,
    }
}

fn by_keys(one: &[Value], other: &[Value], order: &[Key]) -> Ordering {
    for ((one, other), key) in one.iter().zip(other).zip(order) {
        let ordering = compare(one, other, key.about.kind);
        if ordering.is_ne() {
            return if key.descending { ordering.reverse() } else { ordering };
        }
    }
    Ordering::Equal
}

/// Null is the greatest.
fn compare(one: &Value, other: &Value, kind: Kind) -> Ordering {
    match (one.is_null(), other.is_null()) {
        (true, true) => Ordering::Equal,
        (true, false) => Ordering::Greater,
        (false, true) => Ordering::Less,
        (false, false) => match kind {
            Kind::Number | Kind::Time => one.as_i64().cmp(&other.as_i64()),
            Kind::Flag => one.as_bool().cmp(&other.as_bool()),
            _ => one.as_str().cmp(&other.as_str()),
        },
    }
}
