//! The jobs of an answer.

use super::Element;
use crate::wire::powerstore::{Resource, Rows, Session};

/// The jobs in the results of `dp-job-list-iter-next`. One without an id is counted as unreadable.
pub fn jobs(results: Element) -> Rows<Session> {
    let mut rows = Rows { rows: Vec::new(), unreadable: 0 };
    for job in results.items("jobs", "dp-job-info") {
        let job = Session::of(Resource::ProtectionJob, job.fields());
        if job.id.is_empty() {
            rows.unreadable += 1;
        } else {
            rows.rows.push(job);
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::zapi::read;

    fn rows(text: &str) -> Rows<Session> {
        jobs(read(text.as_bytes()).unwrap())
    }

    #[test]
    fn a_job_reads_as_a_session() {
        let rows = rows(
            "<results status='passed'><jobs><dp-job-info><bytes-transferred>9223372036854775807</bytes-transferred>\
             <destination-node-name>Backup</destination-node-name><job-description>R&amp;D &lt;zürich&gt;</job-description>\
             <job-id>1042</job-id><job-state>running</job-state><job-type>remote_backup</job-type>\
             <source-node-name>Primary data</source-node-name><started-timestamp>1262311200</started-timestamp>\
             <provision-request-info><a>1</a></provision-request-info></dp-job-info>\
             <dp-job-info><job-type>mirror</job-type></dp-job-info></jobs><records>2</records></results>",
        );
        let [job] = &rows.rows[..] else { panic!("{rows:?}") };
        assert_eq!(rows.unreadable, 1);
        assert_eq!((job.id.as_str(), job.state.as_deref()), ("1042", Some("running")));
        assert_eq!((job.name(), job.kind()), (Some("R&D <zürich>"), Some("remote_backup")));
        assert_eq!((job.source(), job.destination()), (Some("Primary data"), Some("Backup")));
        assert_eq!(job.updated(), Some(1_262_311_200_000));
        assert_eq!(job.number("bytes-transferred"), Some(i64::MAX));
        assert_eq!((job.inner("provision-request-info", "a"), job.error(), job.parent()), (Some("1"), None, None));
    }

    #[test]
    fn an_older_server_tells_no_state_for_a_job_that_waits() {
        let state = |times: &str| {
            let text = format!("<r><jobs><dp-job-info><job-id>1</job-id>{times}</dp-job-info></jobs></r>");
            rows(&text).rows[0].state.clone().unwrap()
        };
        let time = |name: &str| format!("<{name}-timestamp>1262311200</{name}-timestamp>");
        let (started, asked, completed) = (time("started"), time("abort-requested"), time("completed"));
        assert_eq!(state(""), "queued");
        assert_eq!(state("<job-state/>"), "queued");
        assert_eq!(state(&started), "running");
        assert_eq!(state(&asked), "aborting");
        assert_eq!(state(&format!("{started}{completed}")), "completed");
        assert_eq!(state(&format!("{started}{asked}{completed}")), "aborted");
        assert_eq!(state(&format!("{started}<job-state>of_tomorrow</job-state>")), "of_tomorrow");
    }

    #[test]
    fn flags_and_numbers_are_read_from_texts() {
        let job = &rows(
            "<r><jobs><dp-job-info><job-id>1</job-id><a>TRUE</a><b>0</b><c> 7 </c><d>7.5</d></dp-job-info></jobs></r>",
        )
        .rows[0];
        assert_eq!((job.flag("a"), job.flag("b"), job.flag("c")), (Some(true), Some(false), None));
        assert_eq!((job.number("c"), job.number("d"), job.time("c"), job.time("a")), (Some(7), None, Some(7000), None));
    }
}
