//! What is at stake in a failover or a pause of a replication, from what its end tells: read before the click.

use super::format;
use crate::wire::powerstore::{Resource, Session};

/// The lines that an action's dialog adds for this session, each with its label; none for other actions and
/// other sorts of work. `from` is when the chosen snapshot was taken. `remote` names the other array; `now` is the array's clock and `time` writes a moment
/// (milliseconds since 1970).
pub fn stakes(
    action: &str,
    session: &Session,
    from: Option<i64>,
    remote: &str,
    now: i64,
    time: &dyn Fn(i64) -> String,
) -> Vec<(&'static str, String)> {
    if session.resource != Resource::Replication {
        return Vec::new();
    }
    let synced = session.time("last_sync_timestamp");
    let age = synced.map(|at| format::duration(Some((now - at).max(0))));
    let last = match (synced, &age) {
        (Some(at), Some(age)) => format!("{}, {age} ago", time(at)),
        _ => "The array does not tell.".to_owned(),
    };
    let together = match session.text("resource_type") {
        Some("volume_group") => Some("All volumes of the group go together."),
        Some("nas_server") => Some("All file systems of the NAS server go together."),
        _ => None,
    };
    let stop_first = session.flag("failover_test_in_progress") == Some(true);
    let mut lines = Vec::new();
    match action {
        "failover_planned" => {
            lines.push(("Becomes writable", format!("the other end, on {remote}; this one no longer is")));
            lines.push(("Last good synchronization", last));
            lines.push(("Would be lost", "nothing: it synchronizes once more before it fails over".to_owned()));
        }
        "failover_unplanned" => {
            lines.push(("Becomes writable", format!("this end; what runs on {remote} is not stopped by it")));
            lines.push(("Last good synchronization", last));
            let older = from.map(|at| format::duration(Some((now - at).max(0))));
            let lost = older.or(age).map_or_else(
                || "everything written on the other end since the last good synchronization".to_owned(),
                |age| format!("what was written on {remote} in the last {age}, and until it stops"),
            );
            lines.push(("Would be lost", lost));
        }
        "pause" => {
            let more = "Changes pile up while it is paused: they take space on the source, and the next \
                        synchronization takes longer.";
            lines.push(("Last good synchronization", last));
            lines.push(("Meanwhile", more.to_owned()));
            return lines;
        }
        _ => return lines,
    }
    if let Some(together) = together {
        lines.push(("In the same group", together.to_owned()));
    }
    if stop_first {
        lines.push(("Stop first", "A failover test runs on the destination.".to_owned()));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::json::Json;

    fn session(kind: &str) -> Session {
        let body = format!(
            r#"{{"id":"1","resource_type":"{kind}","last_sync_timestamp":"1970-01-01T00:00:00Z","role":"Destination"}}"#
        );
        Session::of(Resource::Replication, serde_json::from_str(&body).unwrap())
    }

    fn told(action: &str, session: &Session) -> Vec<(&'static str, String)> {
        stakes(action, session, None, "Dublin", 420_000, &|at| format!("at {at}"))
    }

    #[test]
    fn an_unplanned_failover_tells_what_it_loses() {
        let lines = told("failover_unplanned", &session("volume_group"));
        assert_eq!(lines[1], ("Last good synchronization", "at 0, 7 min ago".to_owned()));
        assert_eq!(
            lines[2],
            ("Would be lost", "what was written on Dublin in the last 7 min, and until it stops".to_owned())
        );
        assert_eq!(lines[3].0, "In the same group");
    }

    #[test]
    fn an_older_snapshot_loses_more() {
        let told = stakes("failover_unplanned", &session("volume"), Some(-7_200_000), "Dublin", 0, &|_| String::new());
        assert_eq!(told[2].1, "what was written on Dublin in the last 2 h, and until it stops");
    }

    #[test]
    fn a_running_test_is_to_be_stopped_first() {
        let testing = session("volume").with("failover_test_in_progress", Json::Flag(true));
        let told = told("failover_planned", &testing);
        assert!(told.iter().any(|(label, _)| *label == "Stop first"));
    }

    #[test]
    fn a_pause_warns_and_other_actions_have_nothing_to_add() {
        assert_eq!(told("pause", &session("volume")).len(), 2);
        assert_eq!(told("sync", &session("volume")), Vec::new());
        assert_eq!(told("pause", &Session::default()), Vec::new());
    }
}
