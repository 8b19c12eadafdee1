//! Which job an entry of a schedule became. No field joins the two: what is found here is a guess.

use super::row::Row;
use crate::wire::powerstore::Resource;
use crate::wire::zapi::ScheduledJob;

/// A job begins at its time or somewhat later: it may wait for its turn. Milliseconds.
const LATEST: i64 = 1_800_000;
/// Clocks are told in whole seconds.
const EARLIEST: i64 = 1_000;

/// The job among `rows` that `entry` most likely became: of the same dataset and type, begun nearest after the
/// time of the entry.
pub fn became<'a>(entry: &ScheduledJob, rows: &[&'a Row]) -> Option<&'a Row> {
    let late_by = |row: &Row| {
        let job = row.job.as_ref().filter(|_| row.resource == Resource::ProtectionJob)?;
        // What a person submitted came of no schedule.
        let fits = job.dataset.as_deref() == Some(&*entry.dataset)
            && row.kind.label() == Some(entry.job_type?)
            && job.user.is_none();
        let late = row.updated?.saturating_sub(entry.start);
        (fits && (-EARLIEST..=LATEST).contains(&late)).then_some(late)
    };
    rows.iter().filter_map(|row| Some((late_by(row)?, *row))).min_by_key(|(late, _)| *late).map(|(_, row)| row)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fleet::ArrayIndex;
    use crate::wire::json::Json;
    use crate::wire::powerstore::{Fields, Session};

    fn job(id: &str, kind: &str, dataset: &str, began: i64) -> Row {
        let text = |text: &str| Json::Text(text.to_owned());
        let fields = Fields::default()
            .with("job-id", text(id))
            .with("job-type", text(kind))
            .with("dataset-id", text(dataset))
            .with("started-timestamp", text(&began.to_string()));
        Row::from_session(ArrayIndex(0), &Session::of(Resource::ProtectionJob, fields))
    }

    #[test]
    fn an_entry_became_the_job_that_began_next_after_it() {
        let rows = [
            job("1", "mirror", "412", 900),
            job("2", "local_backup", "412", 1004),
            job("3", "mirror", "413", 1001),
            job("4", "mirror", "412", 1007),
            job("5", "mirror", "412", 1500),
        ];
        let rows: Vec<&Row> = rows.iter().collect();
        let entry = ScheduledJob {
            dataset: "412".to_owned(),
            start: 1_000_000,
            job_type: Some("mirror"),
            ..ScheduledJob::default()
        };
        assert_eq!(became(&entry, &rows).map(|row| &*row.key.id), Some("4"));
        let unknown = ScheduledJob { job_type: None, ..entry.clone() };
        assert_eq!(became(&unknown, &rows), None);
        let long_ago = ScheduledJob { start: -9_000_000, ..entry };
        assert_eq!(became(&long_ago, &rows), None);
    }
}
