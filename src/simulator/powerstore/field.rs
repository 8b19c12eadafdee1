//! The attributes of a resource: name, kind, the release that brought them, how they are read.

use serde_json::{Map, Value};

use super::errors::Problem;
use super::filter::Attribute;
use super::select::{Item, Selection};
use crate::lifecycle::Release;
use crate::simulator::world::Array;

/// What a row is read against.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    pub array: &'a Array,
    /// The array's time.
    pub now: i64,
}

/// How values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    Number,
    Flag,
    Time,
    List,
    /// An embedded object.
    Whole,
}

/// How the `…_l10n` attribute beside an enumeration reads.
#[derive(Clone, Copy, Debug)]
pub enum Label {
    /// There is none.
    None,
    /// The value itself.
    Same,
    /// The value with spaces for underscores.
    Spaced,
    /// By a table of its own.
    Of(fn(&str) -> String),
}

/// What is known of an attribute, whatever its rows are.
#[derive(Clone, Copy, Debug)]
pub struct About {
    pub name: &'static str,
    pub kind: Kind,
    pub since: Release,
    pub filterable: bool,
    pub folds: bool,
    pub label: Label,
}

impl About {
    const fn is_labelled(&self) -> bool {
        !matches!(self.label, Label::None)
    }
}

/// An attribute of rows `R`.
#[derive(Clone, Copy, Debug)]
pub struct Field<R> {
    about: About,
    read: fn(&R, &View<'_>) -> Value,
}

impl<R> Field<R> {
    /// An attribute that every release has and that can be filtered.
    pub const fn new(name: &'static str, kind: Kind, read: fn(&R, &View<'_>) -> Value) -> Self {
        let about = About { name, kind, since: Release::OLDEST, filterable: true, folds: false, label: Label::None };
        Field { about, read }
    }

    /// Came with release `major.minor.patch`.
    pub const fn since(self, major: u16, minor: u16, patch: u16) -> Self {
        Field { about: About { since: Release([major, minor, patch, 0]), ..self.about }, ..self }
    }

    /// Has a label beside it.
    pub const fn labelled(self, label: Label) -> Self {
        Field { about: About { label, ..self.about }, ..self }
    }

    /// Small and capital letters are alike in filters and in the order.
    pub const fn folded(self) -> Self {
        Field { about: About { folds: true, ..self.about }, ..self }
    }

    /// Cannot be filtered.
    pub const fn unfiltered(self) -> Self {
        Field { about: About { filterable: false, ..self.about }, ..self }
    }
}

/// Whether a selection fits another resource.
pub type Check = fn(&Selection, Release) -> Result<(), Problem>;

/// Another resource that a row points to.
#[derive(Clone, Copy, Debug)]
pub struct Relation<R> {
    pub name: &'static str,
    /// Whether the selection fits the other resource.
    pub check: Check,
    pub read: fn(&R, &View<'_>, &Selection) -> Value,
}

/// A resource.
#[derive(Clone, Copy, Debug)]
pub struct Table<R: 'static> {
    pub name: &'static str,
    pub fields: &'static [Field<R>],
    pub relations: &'static [Relation<R>],
}

/// Rows of a resource, each by its number, whatever they are: so that what is asked of them is carried out by
/// the same code for all resources.
pub trait Sheet {
    /// What the resource is called.
    fn name(&self) -> &'static str;

    /// The attribute in this column; `None` behind the last one.
    fn about(&self, column: usize) -> Option<About>;

    /// What the rows point to by this number: its name, and whether a selection fits it.
    fn relation(&self, place: usize) -> Option<(&'static str, Check)>;

    /// How many rows there are.
    fn count(&self) -> usize;

    /// A value of a row.
    fn value(&self, row: usize, column: usize, view: &View<'_>) -> Value;

    /// What a row points to.
    fn related(&self, row: usize, place: usize, view: &View<'_>, selection: &Selection) -> Value;
}

/// Some rows of a table.
pub struct Rows<'a, R: 'static> {
    pub table: &'a Table<R>,
    pub rows: Vec<&'a R>,
}

impl<R> Sheet for Rows<'_, R> {
    fn name(&self) -> &'static str {
        self.table.name
    }

    fn about(&self, column: usize) -> Option<About> {
        self.table.fields.get(column).map(|field| field.about)
    }

    fn relation(&self, place: usize) -> Option<(&'static str, Check)> {
        self.table.relations.get(place).map(|relation| (relation.name, relation.check))
    }

    fn count(&self) -> usize {
        self.rows.len()
    }

    fn value(&self, row: usize, column: usize, view: &View<'_>) -> Value {
        match (self.rows.get(row), self.table.fields.get(column)) {
            (Some(row), Some(field)) => (field.read)(row, view),
            _ => Value::Null,
        }
    }

    fn related(&self, row: usize, place: usize, view: &View<'_>, selection: &Selection) -> Value {
        match (self.rows.get(row), self.table.relations.get(place)) {
            (Some(row), Some(relation)) => (relation.read)(row, view, selection),
            _ => Value::Null,
        }
    }
}

impl<R> Table<R> {
    /// Whether `selection` fits this resource.
    pub fn check(&self, selection: &Selection, release: Release) -> Result<(), Problem> {
        columns(&Rows { table: self, rows: Vec::new() }, selection, release).map(|_| ())
    }

    /// A row as JSON, by a selection that was checked before.
    pub fn embed(&self, row: Option<&R>, view: &View<'_>, selection: &Selection) -> Value {
        embed(&Rows { table: self, rows: row.into_iter().collect() }, view, selection)
    }
}

fn embed(sheet: &dyn Sheet, view: &View<'_>, selection: &Selection) -> Value {
    match columns(sheet, selection, view.array.release) {
        Ok(columns) if sheet.count() > 0 => render(sheet, 0, &columns, view),
        _ => Value::Null,
    }
}

/// What is written of each row.
#[derive(Debug)]
pub enum Column {
    Field(usize),
    Label(String, usize),
    Relation(usize, Selection),
}

/// The columns that `selection` asks for. Unknown attributes and those of later releases are refused.
pub fn columns(sheet: &dyn Sheet, selection: &Selection, release: Release) -> Result<Vec<Column>, Problem> {
    let mut columns = Vec::new();
    for item in &selection.0 {
        if item.name == "*" && item.inner.is_none() {
            for (place, about) in abouts(sheet).filter(|(_, about)| about.since <= release) {
                columns.push(Column::Field(place));
                if about.is_labelled() {
                    columns.push(Column::Label(format!("{}_l10n", about.name), place));
                }
            }
        } else {
            columns.push(column(sheet, item, release)?);
        }
    }
    Ok(columns)
}

fn column(sheet: &dyn Sheet, item: &Item, release: Release) -> Result<Column, Problem> {
    let unknown = || Problem::attribute(sheet.name(), &item.name);
    let mut relations = (0..).map_while(|place| Some((place, sheet.relation(place)?)));
    if let Some((place, (_, check))) = relations.find(|(_, (name, _))| *name == item.name) {
        let inner = item.inner.clone().unwrap_or_else(Selection::id_only);
        check(&inner, release)?;
        return Ok(Column::Relation(place, inner));
    }
    if item.inner.is_some() {
        return Err(unknown());
    }
    if let Some((place, _)) = field(sheet, &item.name, release) {
        return Ok(Column::Field(place));
    }
    let base = item.name.strip_suffix("_l10n").ok_or_else(unknown)?;
    match field(sheet, base, release) {
        Some((place, about)) if about.is_labelled() => Ok(Column::Label(item.name.clone(), place)),
        _ => Err(unknown()),
    }
}

fn abouts(sheet: &dyn Sheet) -> impl Iterator<Item = (usize, About)> {
    (0..).map_while(move |place| Some((place, sheet.about(place)?)))
}

/// The attribute of this name in this release, and its column.
pub fn field(sheet: &dyn Sheet, name: &str, release: Release) -> Option<(usize, About)> {
    abouts(sheet).find(|(_, about)| about.name == name && about.since <= release)
}

/// The attribute of this name for a filter.
pub fn attribute(sheet: &dyn Sheet, name: &str, release: Release) -> Result<Attribute, Problem> {
    let (column, about) = field(sheet, name, release).ok_or_else(|| Problem::attribute(sheet.name(), name))?;
    if !about.filterable {
        return Err(Problem::schema(format!("{} cannot be filtered by {name}.", sheet.name())));
    }
    Ok(Attribute { column, kind: about.kind, folds: about.folds })
}

/// A row as JSON.
pub fn render(sheet: &dyn Sheet, row: usize, columns: &[Column], view: &View<'_>) -> Value {
    let mut object = Map::new();
    for column in columns {
        let (name, value) = match column {
            Column::Field(place) | Column::Label(_, place) => {
                let Some(about) = sheet.about(*place) else { continue };
                let value = sheet.value(row, *place, view);
                match column {
                    Column::Label(name, _) => (name.clone(), label(about, value)),
                    _ => (about.name.to_owned(), shown(about, value)),
                }
            }
            Column::Relation(place, inner) => {
                let Some((name, _)) = sheet.relation(*place) else { continue };
                (name.to_owned(), sheet.related(row, *place, view, inner))
            }
        };
        object.insert(name, value);
    }
    Value::Object(object)
}

fn label(about: About, value: Value) -> Value {
    match (value, about.label) {
        (Value::String(value), Label::Spaced) => Value::String(value.replace('_', " ")),
        (Value::String(value), Label::Of(read)) => Value::String(read(&value)),
        (value, _) => value,
    }
}

/// A value as the API writes it.
fn shown(about: About, value: Value) -> Value {
    match (about.kind, value.as_i64()) {
        (Kind::Time, Some(millis)) => Value::String(crate::wire::time::format(millis)),
        _ => value,
    }
}

/// A time, to be written by [`render`]: filters and orders compare the number.
pub fn time(millis: i64) -> Value {
    Value::from(millis)
}
