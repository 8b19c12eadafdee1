//! What a DFM means to start: the entries of its schedule.

use super::Element;
use crate::wire::powerstore::Rows;

/// An entry. It has no id: when it is due, a job is born that has one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScheduledJob {
    /// The id of the dataset; its name is not told.
    pub dataset: String,
    /// When it shall start, milliseconds since 1970.
    pub start: i64,
    /// When it should have started, where it was delayed and the server tells it; milliseconds since 1970.
    pub nominal: Option<i64>,
    /// The type of the job that it will become, as it follows from what the entry holds.
    pub job_type: Option<&'static str>,
    /// The id of the node, for a local backup, or of the connection over which data goes.
    pub place: Option<String>,
    /// How long the backup shall be kept.
    pub retention: Option<String>,
}

/// What an entry holds, and the type of job that it means.
static TYPES: [(&str, &str); 3] = [
    ("dp-local-snapshot-job-data", "local_backup"),
    ("dp-snapvault-transfer-job-data", "remote_backup"),
    ("dp-snapmirror-transfer-job-data", "mirror"),
];

/// The entries in the results of `dp-job-schedule-list-iter-next`. One without a dataset or a time is counted
/// as unreadable.
pub fn scheduled_jobs(results: Element) -> Rows<ScheduledJob> {
    let mut rows = Rows { rows: Vec::new(), unreadable: 0 };
    for entry in results.items("scheduled-jobs", "dp-scheduled-job") {
        let dataset = entry.text_of("dataset-id").filter(|id| !id.is_empty());
        let (Some(dataset), Some(start)) = (dataset, entry.time_of("start-time")) else {
            rows.unreadable += 1;
            continue;
        };
        let held = TYPES.iter().find_map(|(name, job_type)| Some((entry.child(name)?, *job_type)));
        let text = |name| held?.0.text_of(name).map(str::to_owned);
        let confirms = text("is-confirmation-data").is_some_and(|word| super::flag(&word) == Some(true));
        rows.rows.push(ScheduledJob {
            dataset: dataset.to_owned(),
            start,
            nominal: entry.time_of("scheduled-time"),
            job_type: if confirms { Some("local_backup_confirmation") } else { held.map(|(_, job_type)| job_type) },
            place: text("node-id").or_else(|| text("connection-id")),
            retention: text("retention-type"),
        });
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::zapi::read;

    #[test]
    fn an_entry_tells_the_type_of_its_job_by_what_it_holds() {
        let text = "<results><records>5</records><scheduled-jobs>\
            <dp-scheduled-job><dataset-id>412</dataset-id><dp-local-snapshot-job-data><node-id>1</node-id>\
            <retention-type>hourly</retention-type></dp-local-snapshot-job-data><start-time>1262311200</start-time>\
            <scheduled-time>1262311100</scheduled-time></dp-scheduled-job>\
            <dp-scheduled-job><dataset-id>4</dataset-id><dp-local-snapshot-job-data>\
            <is-confirmation-data>True</is-confirmation-data></dp-local-snapshot-job-data><start-time>1</start-time></dp-scheduled-job>\
            <dp-scheduled-job><dataset-id>4</dataset-id><start-time>1</start-time><dp-snapmirror-transfer-job-data>\
            <connection-id>9</connection-id></dp-snapmirror-transfer-job-data></dp-scheduled-job>\
            <dp-scheduled-job><dataset-id>4</dataset-id><start-time>1</start-time></dp-scheduled-job>\
            <dp-scheduled-job><dataset-id>4</dataset-id></dp-scheduled-job></scheduled-jobs></results>";
        let rows = scheduled_jobs(read(text.as_bytes()).unwrap());
        assert_eq!(rows.unreadable, 1);
        let types: Vec<_> = rows.rows.iter().map(|entry| entry.job_type).collect();
        assert_eq!(types, [Some("local_backup"), Some("local_backup_confirmation"), Some("mirror"), None]);
        let first = ScheduledJob {
            dataset: "412".to_owned(),
            start: 1_262_311_200_000,
            nominal: Some(1_262_311_100_000),
            job_type: Some("local_backup"),
            place: Some("1".to_owned()),
            retention: Some("hourly".to_owned()),
        };
        assert_eq!(rows.rows[0], first);
        assert_eq!(rows.rows[2].place.as_deref(), Some("9"));
    }
}
