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

/// An attribute of rows `R`.
#[derive(Clone, Copy, Debug)]
pub struct Field<R> {
    pub name: &'static str,
    pub kind: Kind,
    pub since: Release,
    pub filterable: bool,
    pub folds: bool,
    pub label: Label,
    pub read: fn(&R, &View<'_>) -> Value,
}

impl<R> Field<R> {
    /// An attribute that every release has and that can be filtered.
    pub const fn new(name: &'static str, kind: Kind, read: fn(&R, &View<'_>) -> Value) -> Self {
        Field { name, kind, since: Release::OLDEST, filterable: true, folds: false, label: Label::None, read }
    }

    /// Came with release `major.minor.patch`.
    pub const fn since(self, major: u16, minor: u16, patch: u16) -> Self {
        Field { since: Release([major, minor, patch, 0]), ..self }
    }

    /// Has a label beside it.
    pub const fn labelled(self, label: Label) -> Self {
        Field { label, ..self }
    }

    const fn is_labelled(&self) -> bool {
        !matches!(self.label, Label::None)
    }

    /// Small and capital letters are alike in filters and in the order.
    pub const fn folded(self) -> Self {
        Field { folds: true, ..self }
    }

    /// Cannot be filtered.
    pub const fn unfiltered(self) -> Self {
        Field { filterable: false, ..self }
    }
}

/// Another resource that a row points to.
#[derive(Clone, Copy, Debug)]
pub struct Relation<R> {
    pub name: &'static str,
    /// Whether the selection fits the other resource.
    pub check: fn(&Selection, Release) -> Result<(), Problem>,
    pub read: fn(&R, &View<'_>, &Selection) -> Value,
}

/// A resource.
#[derive(Clone, Copy, Debug)]
pub struct Table<R: 'static> {
    pub name: &'static str,
    pub fields: &'static [Field<R>],
    pub relations: &'static [Relation<R>],
}

/// What is written of each row.
#[derive(Debug)]
pub enum Column<R: 'static> {
    Field(&'static Field<R>),
    Label(String, &'static Field<R>),
    Relation(&'static Relation<R>, Selection),
}

impl<R> Table<R> {
    /// The columns that `selection` asks for. Unknown attributes and those of later releases are refused.
    pub fn columns(&self, selection: &Selection, release: Release) -> Result<Vec<Column<R>>, Problem> {
        let mut columns = Vec::new();
        for item in &selection.0 {
            if item.name == "*" && item.inner.is_none() {
                for field in self.fields.iter().filter(|field| field.since <= release) {
                    columns.push(Column::Field(field));
                    if field.is_labelled() {
                        columns.push(Column::Label(format!("{}_l10n", field.name), field));
                    }
                }
            } else {
                columns.push(self.column(item, release)?);
            }
        }
        Ok(columns)
    }

    fn column(&self, item: &Item, release: Release) -> Result<Column<R>, Problem> {
        let unknown = || Problem::attribute(self.name, &item.name);
        if let Some(relation) = self.relations.iter().find(|relation| relation.name == item.name) {
            let inner = item.inner.clone().unwrap_or_else(Selection::id_only);
            (relation.check)(&inner, release)?;
            return Ok(Column::Relation(relation, inner));
        }
        if item.inner.is_some() {
            return Err(unknown());
        }
        if let Some(field) = self.field(&item.name, release) {
            return Ok(Column::Field(field));
        }
        let base = item.name.strip_suffix("_l10n").ok_or_else(unknown)?;
        match self.field(base, release) {
            Some(field) if field.is_labelled() => Ok(Column::Label(item.name.clone(), field)),
            _ => Err(unknown()),
        }
    }

    /// The attribute of this name in this release.
    pub fn field(&self, name: &str, release: Release) -> Option<&'static Field<R>> {
        self.fields.iter().find(|field| field.name == name && field.since <= release)
    }

    /// The attribute of this name for a filter.
    pub fn attribute(&self, name: &str, release: Release) -> Result<Attribute, Problem> {
        let column = self.fields.iter().position(|field| field.name == name && field.since <= release);
        let Some((column, field)) = column.and_then(|column| Some((column, self.fields.get(column)?))) else {
            return Err(Problem::attribute(self.name, name));
        };
        if !field.filterable {
            return Err(Problem::schema(format!("{} cannot be filtered by {name}.", self.name)));
        }
        Ok(Attribute { column, kind: field.kind, folds: field.folds })
    }

    /// Whether `selection` fits this resource.
    pub fn check(&self, selection: &Selection, release: Release) -> Result<(), Problem> {
        self.columns(selection, release).map(|_| ())
    }

    /// A row as JSON, by a selection that was checked before.
    pub fn embed(&self, row: Option<&R>, view: &View<'_>, selection: &Selection) -> Value {
        match (row, self.columns(selection, view.array.release)) {
            (Some(row), Ok(columns)) => render(row, &columns, view),
            _ => Value::Null,
        }
    }
}

/// A row as JSON.
pub fn render<R>(row: &R, columns: &[Column<R>], view: &View<'_>) -> Value {
    let mut object = Map::new();
    for column in columns {
        match column {
            Column::Field(field) => object.insert(field.name.to_owned(), shown(field, (field.read)(row, view))),
            Column::Label(name, field) => object.insert(name.clone(), label(field, (field.read)(row, view))),
            Column::Relation(relation, inner) => {
                object.insert(relation.name.to_owned(), (relation.read)(row, view, inner))
            }
        };
    }
    Value::Object(object)
}

fn label<R>(field: &Field<R>, value: Value) -> Value {
    match (value, field.label) {
        (Value::String(value), Label::Spaced) => Value::String(value.replace('_', " ")),
        (Value::String(value), Label::Of(read)) => Value::String(read(&value)),
        (value, _) => value,
    }
}

/// A value as the API writes it.
fn shown<R>(field: &Field<R>, value: Value) -> Value {
    match (field.kind, value.as_i64()) {
        (Kind::Time, Some(millis)) => Value::String(crate::wire::time::format(millis)),
        _ => value,
    }
}

/// A time, to be written by [`render`]: filters and orders compare the number.
pub fn time(millis: i64) -> Value {
    Value::from(millis)
}
