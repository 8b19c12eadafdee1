//! What must hold of every picture: for each variant of each lifecycle, wide and tall.

use super::*;
use crate::lifecycle::Circumstance::{Agentless, Member, Metro};
use crate::lifecycle::Kind;
use crate::lifecycle::import_volume::IMPORT_VOLUME;

fn variants() -> Vec<Circumstances> {
    let choices = [None, Some(false), Some(true)];
    let mut variants = Vec::new();
    for agentless in choices {
        for member in choices {
            variants.push(Circumstances::UNKNOWN.with(Agentless, agentless).with(Member, member));
        }
    }
    for metro in [false, true] {
        variants.push(Circumstances::UNKNOWN.with(Metro, Some(metro)));
    }
    variants
}

fn each_picture(check: impl Fn(&Lifecycle, &Drawing, &str)) {
    for lifecycle in Kind::ALL.map(Kind::lifecycle) {
        for variant in variants() {
            for orientation in [Orientation::Wide, Orientation::Tall] {
                let drawing = draw(lifecycle, variant, orientation);
                check(lifecycle, &drawing, &format!("{orientation:?} {:?} {variant:?}", lifecycle.kind));
            }
        }
    }
}

fn name(lifecycle: &Lifecycle, node: NodeId) -> &'static str {
    lifecycle.node(node).unwrap().name
}

#[test]
fn no_two_nodes_overlap_and_none_leaves_the_picture() {
    each_picture(|lifecycle, drawing, which| {
        let name = |node| name(lifecycle, node);
        for (index, one) in drawing.nodes.iter().enumerate() {
            let r = one.rectangle;
            assert!(
                r.x >= 0 && r.y >= 0 && r.x + r.width <= drawing.width && r.y + r.height <= drawing.height,
                "{which}"
            );
            for other in &drawing.nodes[index + 1..] {
                assert!(!r.overlaps(&other.rectangle), "{which}: {} and {}", name(one.node), name(other.node));
            }
        }
    });
}

#[test]
fn every_label_fits_its_box() {
    each_picture(|lifecycle, drawing, which| {
        let name = |node| name(lifecycle, node);
        for node in &drawing.nodes {
            let height = i32::try_from(node.lines.len()).unwrap() * LABEL_LINE;
            assert!(height <= node.rectangle.height - 2, "{which}: {} has too many lines", name(node.node));
            for line in &node.lines {
                let width = i32::try_from(line.len()).unwrap() * LABEL_CHARACTER;
                assert!(width <= node.rectangle.width - 4, "{which}: {line:?} is too wide");
            }
        }
    });
}

#[test]
fn labels_of_edges_overlap_neither_nodes_nor_each_other() {
    each_picture(|lifecycle, drawing, which| {
        let name = |node| name(lifecycle, node);
        let labels: Vec<_> = drawing.edges.iter().filter_map(|edge| Some((edge, edge.label.as_ref()?.1))).collect();
        assert_eq!(labels.is_empty(), lifecycle.actions.is_empty());
        for (index, (edge, label)) in labels.iter().enumerate() {
            let of = format!("{which}: label {} to {}", name(edge.from), name(edge.to));
            assert!(label.x >= 0 && label.y >= 0 && label.x + label.width <= drawing.width, "{of} leaves the picture");
            for node in &drawing.nodes {
                assert!(!label.overlaps(&node.rectangle), "{of} lies on {}", name(node.node));
            }
            for (other, other_label) in &labels[index + 1..] {
                assert!(
                    !label.overlaps(other_label),
                    "{of} lies on that of {} to {}",
                    name(other.from),
                    name(other.to)
                );
            }
        }
    });
}

#[test]
fn every_edge_touches_the_nodes_that_it_joins_and_crosses_no_other() {
    each_picture(|lifecycle, drawing, which| {
        let name = |node| name(lifecycle, node);
        let rectangle = |node: NodeId| drawing.nodes.iter().find(|drawn| drawn.node == node).unwrap().rectangle;
        for edge in &drawing.edges {
            let of = format!("{which}: {} to {}", name(edge.from), name(edge.to));
            assert!(rectangle(edge.from).touches(edge.points[0]), "{of} does not touch its beginning");
            assert!(rectangle(edge.to).touches(*edge.points.last().unwrap()), "{of} does not touch its end");
            for leg in edge.points.windows(2) {
                let (a, b) = (leg[0], leg[1]);
                assert!((a.0 == b.0) != (a.1 == b.1), "{of}: leg {a:?} {b:?} is not straight");
                let path = Rectangle {
                    x: a.0.min(b.0),
                    y: a.1.min(b.1),
                    width: (a.0 - b.0).abs().max(1),
                    height: (a.1 - b.1).abs().max(1),
                };
                assert!(
                    path.x >= 0 && path.y >= 0 && path.x <= drawing.width && path.y <= drawing.height,
                    "{of} leaves the picture"
                );
                for node in &drawing.nodes {
                    let r = node.rectangle;
                    let inside = Rectangle { x: r.x + 1, y: r.y + 1, width: r.width - 2, height: r.height - 2 };
                    assert!(!path.overlaps(&inside), "{of} runs through {}", name(node.node));
                }
            }
        }
    });
}

/// States that nearly every other one can fall into: their meanings say so in place of a dozen lines.
fn from_anywhere(kind: Kind, end: &str) -> bool {
    end == "Invalid" || kind != Kind::Migration && matches!(end, "Error" | "Deleting")
}

/// Events that come upon nearly every state: the meaning of the one that they lead to says so.
fn comes_anywhere(lifecycle: &Lifecycle, trigger: Trigger) -> bool {
    lifecycle.event_named("failed_over_elsewhere").is_some_and(|event| trigger == Trigger::Event(event))
}

#[test]
fn every_transition_between_two_nodes_has_exactly_one_edge() {
    for lifecycle in Kind::ALL.map(Kind::lifecycle) {
        for (from, start) in lifecycle.nodes_with_ids() {
            for (to, end) in lifecycle.nodes_with_ids() {
                let mut rows = lifecycle.transitions.iter().filter(|row| !comes_anywhere(lifecycle, row.trigger));
                let joined = rows.any(|row| row.from.contains(Some(from)) && leads_to(row, to));
                let routes = lifecycle.routes.iter().filter(|route| route.from == from && route.to == to).count();
                let wanted = usize::from(joined && !from_anywhere(lifecycle.kind, end.name));
                assert_eq!(routes, wanted, "{:?}: {} to {}", lifecycle.kind, start.name, end.name);
            }
        }
    }
}

#[test]
fn a_picture_shows_only_the_variant_that_applies() {
    let single = Circumstances::UNKNOWN.with(Member, Some(false));
    let names = |variant| -> Vec<&str> {
        let drawing = draw(&IMPORT_VOLUME, variant, Orientation::Wide);
        drawing.nodes.iter().map(|node| name(&IMPORT_VOLUME, node.node)).collect()
    };
    let by_host_agent = names(single.with(Agentless, Some(false)));
    assert!(!by_host_agent.contains(&"Mirror_Enabled") && !by_host_agent.contains(&"Cancel_Required"));
    let agentless = names(single.with(Agentless, Some(true)));
    assert!(agentless.contains(&"Mirror_Enabled") && !agentless.contains(&"Cancel_Failed"));
    assert_eq!(names(Circumstances::UNKNOWN).len(), IMPORT_VOLUME.nodes.len());
}

#[test]
fn the_tall_picture_fits_a_phone() {
    each_picture(|_, drawing, which| {
        if which.starts_with("Tall") {
            assert!(drawing.width <= 400, "{which}: {}", drawing.width);
        }
    });
}
