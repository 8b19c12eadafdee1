//! The geometry of a lifecycle's diagram: pure, in whole numbers, placed by hand.
//!
//! Nodes stand on a grid (`column`, `row`, in hundredths of a cell). The wide picture reads left to
//! right, the tall one, for phones, is the same turned on its diagonal: columns become rows. Edges
//! are chains of horizontal and vertical legs, and several may share a lane, which then looks like
//! one line with branches. Nothing is ever laid out by an algorithm, so nothing jumps.

use super::{Circumstances, Guard, Lifecycle, NodeId, Outcome, Transition, Trigger, Truth};

/// A point of the grid, in hundredths of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Along the normal course.
    pub column: i16,
    /// Across it: waiting and pausing above, trouble below.
    pub row: i16,
}

/// The place in `column` and `row`.
pub(super) const fn at(column: i16, row: i16) -> Place {
    Place { column, row }
}

/// The row on which the normal course runs.
const COURSE: i16 = 100;

impl Place {
    /// The order in which a list tells of places: along the normal course, and away from it.
    pub fn along(self) -> i64 {
        i64::from(self.column) * 1000 + i64::from((self.row - COURSE).abs())
    }
}

/// A side of a node's box in the wide picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Towards the start of the normal course.
    Left,
    /// Towards its end.
    Right,
    /// Towards waiting and pausing.
    Top,
    /// Towards trouble.
    Bottom,
}

/// Where an edge leaves or enters a box: a side, and how far from its middle in percent of half the
/// side (-100 to 100).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Port(pub Side, pub i8);

/// How the picture draws all transitions from one node to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Route {
    /// The node that the edge leaves.
    pub from: NodeId,
    /// The node that it reaches.
    pub to: NodeId,
    /// Where it leaves.
    pub exit: Port,
    /// The lanes that it turns into, in hundredths of a cell: columns and rows in turn, beginning with
    /// the axis along which it leaves.
    pub lanes: &'static [i16],
    /// Where it arrives.
    pub enter: Port,
}

/// A route, in the order in which it is walked.
pub(super) const fn route(from: NodeId, exit: Port, lanes: &'static [i16], to: NodeId, enter: Port) -> Route {
    Route { from, to, exit, lanes, enter }
}

/// Which way the normal course runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Orientation {
    /// Left to right.
    Wide,
    /// Top to bottom.
    Tall,
}

/// A box or a label, by its upper left corner; in the picture's own units, about pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rectangle {
    /// Left edge.
    pub x: i32,
    /// Upper edge.
    pub y: i32,
    /// Width.
    pub width: i32,
    /// Height.
    pub height: i32,
}

impl Rectangle {
    /// True when the two share area.
    pub fn overlaps(&self, other: &Rectangle) -> bool {
        self.x < other.x + other.width
            && other.x < self.x + self.width
            && self.y < other.y + other.height
            && other.y < self.y + self.height
    }

    /// True when the point lies on the border.
    pub fn touches(&self, (x, y): (i32, i32)) -> bool {
        let within_x = (self.x..=self.x + self.width).contains(&x);
        let within_y = (self.y..=self.y + self.height).contains(&y);
        within_x && within_y && (x == self.x || x == self.x + self.width || y == self.y || y == self.y + self.height)
    }

    fn centered(x: i32, y: i32, width: i32, height: i32) -> Rectangle {
        Rectangle { x: x - width / 2, y: y - height / 2, width, height }
    }
}

/// A node as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DrawnNode {
    /// Which one.
    pub node: NodeId,
    /// Its box.
    pub rectangle: Rectangle,
    /// Its label, broken into lines that fit the box.
    pub lines: Vec<String>,
}

/// An edge as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DrawnEdge {
    /// The node that it leaves.
    pub from: NodeId,
    /// The node that it reaches.
    pub to: NodeId,
    /// Its corners, from border to border; neighbours differ in one coordinate only.
    pub points: Vec<(i32, i32)>,
    /// What sets it off: every trigger of the rows that it stands for, in the table's order.
    pub triggers: Vec<Trigger>,
    /// The label of the first action among them, broken into lines, and its box.
    pub label: Option<(Vec<&'static str>, Rectangle)>,
}

impl DrawnEdge {
    /// The edge as the data of an SVG path, corners rounded.
    pub fn path(&self) -> String {
        use std::fmt::Write as _;
        const RADIUS: i32 = 6;
        let mut path = String::new();
        let mut points = self.points.iter().copied().peekable();
        let mut before: Option<(i32, i32)> = None;
        while let Some((x, y)) = points.next() {
            match (before, points.peek().copied()) {
                (None, _) => _ = write!(path, "M{x} {y}"),
                (Some(_), None) => _ = write!(path, "L{x} {y}"),
                (Some(last), Some(next)) => {
                    let (ax, ay) = toward((x, y), last, RADIUS);
                    let (bx, by) = toward((x, y), next, RADIUS);
                    _ = write!(path, "L{ax} {ay}Q{x} {y} {bx} {by}");
                }
            }
            before = Some((x, y));
        }
        path
    }
}

/// The point at most `length` from `corner` towards `target` along an axis, never past the middle.
fn toward(corner: (i32, i32), target: (i32, i32), length: i32) -> (i32, i32) {
    let step = |from: i32, to: i32| (to - from).signum() * length.min((to - from).abs() / 2);
    (corner.0 + step(corner.0, target.0), corner.1 + step(corner.1, target.1))
}

/// A whole diagram.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawing {
    /// Width of the picture.
    pub width: i32,
    /// Height of the picture.
    pub height: i32,
    /// The nodes of the variant that applies, in the table's order.
    pub nodes: Vec<DrawnNode>,
    /// The edges between them.
    pub edges: Vec<DrawnEdge>,
}

/// The measures of one orientation, in the picture's units.
struct Grid {
    orientation: Orientation,
    pitch: (i32, i32),
    node: (i32, i32),
    characters: usize,
    margin: (i32, i32),
}

const WIDE: Grid =
    Grid { orientation: Orientation::Wide, pitch: (166, 104), node: (110, 50), characters: 17, margin: (20, 12) };
const TALL: Grid =
    Grid { orientation: Orientation::Tall, pitch: (97, 98), node: (72, 54), characters: 11, margin: (12, 14) };

/// The width of a character and the height of a line of an edge's label, a generous estimate for
/// system fonts at 11 units.
const LABEL_CHARACTER: i32 = 6;
const LABEL_LINE: i32 = 12;

/// Draws the variant of `lifecycle` that `circumstances` tell of; what is unknown is drawn.
pub fn draw(lifecycle: &Lifecycle, circumstances: Circumstances, orientation: Orientation) -> Drawing {
    let grid = match orientation {
        Orientation::Wide => &WIDE,
        Orientation::Tall => &TALL,
    };
    let shown = |guards: &[Guard]| Truth::of(guards, circumstances) != Truth::No;
    let visible: Vec<(NodeId, &super::Node)> =
        lifecycle.nodes_with_ids().filter(|(_, node)| shown(node.shown)).collect();
    let center = |id: NodeId| visible.iter().find(|(other, _)| *other == id).map(|(_, node)| grid.center(node.place));
    let nodes: Vec<DrawnNode> = visible
        .iter()
        .map(|(id, node)| {
            let (x, y) = grid.center(node.place);
            DrawnNode {
                node: *id,
                rectangle: Rectangle::centered(x, y, grid.node.0, grid.node.1),
                lines: broken(node.label, grid.characters),
            }
        })
        .collect();
    let edges: Vec<DrawnEdge> = lifecycle
        .routes
        .iter()
        .filter_map(|route| {
            let triggers = triggers_between(lifecycle, route.from, route.to, circumstances);
            if triggers.is_empty() {
                return None;
            }
            let from = center(route.from)?;
            let points = grid.points(route, from, center(route.to)?);
            let label = first_action(lifecycle, &triggers)
                .map(|short| grid.label(route, short, grid.port(from, route.exit), from));
            Some(DrawnEdge { from: route.from, to: route.to, points, triggers, label })
        })
        .collect();
    let furthest = |axis: fn(&(i32, i32)) -> i32, end: fn(&Rectangle) -> i32| {
        let boxes = nodes.iter().map(|node| end(&node.rectangle));
        let corners = edges.iter().flat_map(|edge| edge.points.iter().map(axis));
        let labels = edges.iter().filter_map(|edge| edge.label.as_ref()).map(|(_, label)| end(label));
        boxes.chain(corners).chain(labels).max().unwrap_or(0)
    };
    Drawing {
        width: furthest(|point| point.0, |r| r.x + r.width) + grid.margin.0,
        height: furthest(|point| point.1, |r| r.y + r.height) + grid.margin.1,
        nodes,
        edges,
    }
}

/// Every trigger that can lead from one node to another in the variant that applies.
fn triggers_between(lifecycle: &Lifecycle, from: NodeId, to: NodeId, circumstances: Circumstances) -> Vec<Trigger> {
    let mut triggers = Vec::new();
    let rows = lifecycle
        .transitions
        .iter()
        .filter(|row| row.from.contains(Some(from)) && leads_to(row, to) && fits_variant(row, circumstances));
    for row in rows {
        if !triggers.contains(&row.trigger) {
            triggers.push(row.trigger);
        }
    }
    triggers
}

/// True when the row's outcome names `to`.
pub fn leads_to(row: &Transition, to: NodeId) -> bool {
    match row.outcome {
        Outcome::Node(node) => node == to,
        Outcome::OneOf(nodes) => nodes.contains(&to),
        _ => false,
    }
}

fn fits_variant(row: &Transition, circumstances: Circumstances) -> bool {
    Truth::of(row.guards, circumstances) != Truth::No
}

fn first_action(lifecycle: &Lifecycle, triggers: &[Trigger]) -> Option<&'static str> {
    triggers.iter().find_map(|trigger| match trigger {
        Trigger::Action(action) => lifecycle.action(*action).map(|action| action.short),
        Trigger::Event(_) => None,
    })
}

/// Breaks a label between words into lines of at most `characters`. A word that is longer than a line
/// loses its last three letters to the next one: these end in "ing" or "ble".
fn broken(label: &str, characters: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in label.split(' ') {
        match lines.last_mut() {
            Some(line) if line.len() + 1 + word.len() <= characters => {
                line.push(' ');
                line.push_str(word);
            }
            _ => match word.len().checked_sub(3).and_then(|end| word.split_at_checked(end)) {
                Some((head, tail)) if word.len() > characters => {
                    lines.push(head.to_owned() + "-");
                    lines.push(tail.to_owned());
                }
                _ => lines.push(word.to_owned()),
            },
        }
    }
    lines
}

impl Grid {
    /// From grid coordinates to the picture's.
    fn at(&self, column: i32, row: i32) -> (i32, i32) {
        let (across, down) = match self.orientation {
            Orientation::Wide => (column, row),
            Orientation::Tall => (row, column),
        };
        (
            self.margin.0 + self.node.0 / 2 + across * self.pitch.0 / 100,
            self.margin.1 + self.node.1 / 2 + down * self.pitch.1 / 100,
        )
    }

    fn center(&self, place: Place) -> (i32, i32) {
        self.at(i32::from(place.column), i32::from(place.row))
    }

    /// The side as this orientation shows it.
    fn turned(&self, side: Side) -> Side {
        match (self.orientation, side) {
            (Orientation::Wide, side) => side,
            (Orientation::Tall, Side::Left) => Side::Top,
            (Orientation::Tall, Side::Right) => Side::Bottom,
            (Orientation::Tall, Side::Top) => Side::Left,
            (Orientation::Tall, Side::Bottom) => Side::Right,
        }
    }

    fn port(&self, (x, y): (i32, i32), Port(side, offset): Port) -> (i32, i32) {
        let (half_width, half_height) = (self.node.0 / 2, self.node.1 / 2);
        let along = |half: i32| half * i32::from(offset) / 100;
        match self.turned(side) {
            Side::Left => (x - half_width, y + along(half_height)),
            Side::Right => (x + half_width, y + along(half_height)),
            Side::Top => (x + along(half_width), y - half_height),
            Side::Bottom => (x + along(half_width), y + half_height),
        }
    }

    /// The corners of a route between two boxes with these centres.
    fn points(&self, route: &Route, from: (i32, i32), to: (i32, i32)) -> Vec<(i32, i32)> {
        let start = self.port(from, route.exit);
        let end = self.port(to, route.enter);
        let mut horizontal = matches!(self.turned(route.exit.0), Side::Left | Side::Right);
        let mut points = vec![start];
        let (mut x, mut y) = start;
        for lane in route.lanes {
            let lane = i32::from(*lane);
            // A lane is a column while the wide picture would move along it, a row otherwise.
            let (lane_x, lane_y) = self.at(lane, lane);
            if horizontal {
                x = lane_x;
            } else {
                y = lane_y;
            }
            points.push((x, y));
            horizontal = !horizontal;
        }
        // The last leg but one lines up with the port, so that the last one runs straight into it.
        let corner = if horizontal { (end.0, y) } else { (x, end.1) };
        if points.last() != Some(&corner) && corner != end {
            points.push(corner);
        }
        points.push(end);
        points
    }

    /// Where the label of an edge goes: close to the node that it leaves. In the tall picture boxes
    /// stand so close side by side that labels of sideways edges go above or below the corner.
    fn label(
        &self,
        route: &Route,
        short: &'static str,
        start: (i32, i32),
        center: (i32, i32),
    ) -> (Vec<&'static str>, Rectangle) {
        let lines: Vec<&'static str> = short.split(' ').collect();
        let longest = lines.iter().map(|line| line.len()).max().unwrap_or(0);
        let width = i32::try_from(longest).unwrap_or(0) * LABEL_CHARACTER + 2;
        let height = i32::try_from(lines.len()).unwrap_or(0) * LABEL_LINE;
        let (x, y) = start;
        let (top, bottom) = (center.1 - self.node.1 / 2, center.1 + self.node.1 / 2);
        let (x, y) = match (self.orientation, self.turned(route.exit.0)) {
            (Orientation::Wide, Side::Right) => (x + 3, y - height - 2),
            // Clear of the mark that the corner of a node carries.
            (Orientation::Wide, Side::Left) if route.exit.1 < -30 => (x - width - 13, y - height - 2),
            (Orientation::Wide, Side::Left) => (x - width - 3, y - height - 2),
            (Orientation::Wide, Side::Bottom) => (x + 4, y + 3),
            (_, Side::Top) => (x + 4, y - height - 3),
            (Orientation::Tall, Side::Bottom) if route.exit.1 < 0 => (x + 4, y + 3),
            (Orientation::Tall, Side::Bottom) => (x - width - 4, y + 3),
            (Orientation::Tall, Side::Left) if route.exit.1 < 0 => (x - width - 12, top - height - 2),
            // Ends before the lane that runs beside the node.
            (Orientation::Tall, _) if route.exit.1 < 0 => (x - width + 4, top - height - 2),
            (Orientation::Tall, _) => (x - width + 4, bottom + 2),
        };
        (lines, Rectangle { x, y, width, height })
    }
}

#[cfg(test)]
mod tests;
