//! Logins, the envelope, the check of inputs, iterators, faults, generations.

use http::{Method, Request, header};
use serde_json::json;

use super::super::START;
use super::{Client, basic, call};
use crate::simulator::{DFM, Fleet, Options};
use crate::wire::zapi::{self, Element};

#[test]
fn who_comes_without_a_password_is_asked_for_it_each_time() {
    let mut client = Client::with_jobs(5);
    // Byte for byte what netapp-lib sends, which waits for the question.
    let body = br#"<netapp xmlns="http://www.netapp.com/filer/admin" version="1.0"><dp-job-abort><job-id>7</job-id></dp-job-abort></netapp>"#;
    for _ in 0..2 {
        let asked = client.try_send(body, None).into_response().unwrap();
        let challenge = asked.headers().get(header::WWW_AUTHENTICATE).unwrap().to_str().unwrap();
        assert_eq!((asked.status().as_u16(), challenge.starts_with("Basic realm=\"")), (401, true));
        let text = String::from_utf8(client.send(body).into_body()).unwrap();
        assert!(text.contains("errno=\"22217\""), "{text}");
    }
    for wrong in [basic("admin", "x"), basic("nobody", "Password123!"), "Bearer x".to_owned(), "Basic ?".to_owned()] {
        assert_eq!(client.try_send(body, Some(&wrong)).into_response().unwrap().status(), 401, "{wrong}");
    }
    let (_, state) = client.control("state", json!({}));
    assert_eq!(state["arrays"][DFM]["logins"], json!({ "right": 2, "wrong": 4 }));
}

#[test]
fn what_the_vendors_clients_send_is_understood_byte_for_byte() {
    let mut client = Client::with_jobs(5);
    let python = "<?xml version='1.0' encoding='utf-8'?>\n<!DOCTYPE netapp SYSTEM 'file:/etc/netapp_dfm.dtd'>\
        <netapp version=\"1.0\" xmlns=\"http://www.netapp.com/filer/admin\" nmsdk_version=\"5.3.1\" nmsdk_platform=\"...\" \
        nmsdk_language=\"Python\"><dp-job-list-iter-end><tag>abc_1</tag></dp-job-list-iter-end></netapp>";
    let text = client.text(python);
    assert!(text.starts_with(
        "<?xml version='1.0' encoding='UTF-8' ?>\n<!DOCTYPE netapp SYSTEM 'file:/etc/netapp_dfm.dtd'>\n\
         <netapp version='1.0' xmlns='http://www.netapp.com/filer/admin'>\n<results status=\"failed\" reason=\""
    ));
    assert!(text.ends_with("\" errno=\"21002\"/></netapp>"), "{text}");
    for body in [
        "<netapp xmlns=\"http://www.netapp.com/filer/admin\"><dp-job-schedule-get-last-changed/></netapp>",
        "<?xml version='1.0' encoding='utf-8' ?><!DOCTYPE netapp SYSTEM 'file:/etc/netapp_dfm.dtd'><netapp \
         version='1.0' xmlns='http://www.netapp.com/filer/admin'><dp-job-schedule-get-last-changed>\
         </dp-job-schedule-get-last-changed></netapp>",
        "<netapp originator_id='x' vfiler='v' nmsdk_app='a'>\r\n <dp-job-schedule-get-last-changed />\r\n</netapp>\r\n",
        "<n:netapp xmlns:n='http://www.netapp.com/filer/admin'><n:dp-job-schedule-get-last-changed/></n:netapp>",
    ] {
        let text = client.text(body);
        assert!(text.contains("<results status=\"passed\"><last-changed-timestamp>17"), "{body}: {text}");
    }
}

#[test]
fn a_request_that_cannot_be_read_is_told_in_the_body() {
    let mut client = Client::with_jobs(1);
    for body in [
        "",
        "{}",
        "<netapp/>",
        "<netapp><dp-job-abort/><dp-job-abort/></netapp>",
        "<other><dfm-about/></other>",
        "<netapp><dfm-about/></netapp",
    ] {
        let text = client.text(body);
        assert!(text.contains("status=\"failed\"") && text.contains("errno=\"13001\""), "{body}: {text}");
    }
    let get = Request::builder().uri("/apis/XMLrequest").body(Vec::new()).unwrap();
    assert_eq!(client.fleet.handle(DFM, START, &get).into_response().unwrap().status(), 405);
    let elsewhere = Request::builder().method(Method::POST).uri("/dfm.wsdl").body(Vec::new()).unwrap();
    assert_eq!(client.fleet.handle(DFM, START, &elsewhere).into_response().unwrap().status(), 404);
}

#[test]
fn inputs_are_checked_before_anything_else() {
    let mut client = Client::with_jobs(3);
    for (name, inputs, errno) in [
        ("dp-job-retry", &[][..], 13005),
        ("DP-JOB-ABORT", &[("job-id", "1")], 13005),
        ("dp-job-abort", &[], 13006),
        ("dp-job-abort", &[("job-id", "1"), ("force", "true")], 22),
        ("dp-job-abort", &[("job-id", "one")], 13115),
        ("dp-job-abort", &[("job-id", "0")], 13115),
        ("dp-job-abort", &[("job-id", "1"), ("job-id", "2")], 13115),
        ("dfm-about", &[("verbose", "1")], 22),
        ("dp-job-list-iter-start", &[("dataset-id", "1")], 22),
        ("dp-job-list-iter-start", &[("job-state", "Running")], 21012),
        ("dp-job-list-iter-start", &[("job-type", "back-up")], 21012),
        ("dp-job-list-iter-start", &[("job-id", "2147483648")], 21012),
        ("dp-job-list-iter-start", &[("max-jobs", "-1")], 21012),
        ("dp-job-list-iter-start", &[("started-timestamp-from", "2"), ("started-timestamp-to", "1")], 21012),
        ("dp-job-list-iter-start", &[("object-name-or-id", "nothing")], 22255),
        ("dp-job-list-iter-start", &[("object-name-or-id", "99999")], 22255),
        ("dp-job-list-iter-next", &[("tag", "x")], 13006),
        ("dp-job-list-iter-next", &[("maximum", "1")], 13006),
        ("dp-job-list-iter-next", &[("maximum", "0"), ("tag", "x")], 21012),
        ("dp-job-list-iter-next", &[("maximum", "1"), ("tag", "x")], 21002),
        ("dp-job-list-iter-end", &[("tag", "x")], 21002),
        ("dp-job-list-iter-end", &[], 13006),
        ("dp-job-progress-event-list-iter-start", &[("job-id", "5"), ("dataset-name-or-id", "Mail")], 21012),
        ("dp-job-progress-event-list-iter-start", &[("job-id", "5")], 22217),
        ("dp-job-progress-event-list-iter-start", &[("history", "perhaps")], 21012),
        ("dp-job-progress-event-list-iter-start", &[("start-time", "9"), ("end-time", "8")], 21012),
        ("dp-job-progress-event-list-iter-start", &[("dataset-name-or-id", "nothing")], 22255),
        ("dp-job-progress-event-list-iter-next", &[("maximum", "1"), ("tag", "x")], 21002),
        ("dp-job-progress-event-list-iter-end", &[("tag", "x")], 21002),
        ("dp-job-purge", &[], 21012),
        ("dp-job-purge", &[("purge-jobs-completed-with-error", "true")], 21012),
        ("dp-job-purge", &[("completed-timestamp", "soon")], 21012),
        ("dp-job-purge", &[("job-id", "5")], 22217),
        ("dp-job-purge", &[("job-id", "5"), ("completed-timestamp", "7")], 22217),
        ("dp-job-schedule-get-last-changed", &[("tag", "x")], 22),
        ("dp-job-schedule-list-iter-start", &[("from-time", "1")], 13006),
        ("dp-job-schedule-list-iter-start", &[("from-time", "2"), ("to-time", "1")], 13115),
        ("dp-job-schedule-list-iter-start", &[("from-time", "x"), ("to-time", "1")], 13115),
        (
            "dp-job-schedule-list-iter-start",
            &[("from-time", "1"), ("to-time", "1"), ("dataset-name-or-id", "nothing")],
            22255,
        ),
        ("dp-job-schedule-list-iter-next", &[("maximum", "0"), ("tag", "x")], 21002),
        ("dp-job-schedule-list-iter-end", &[("tag", "x")], 21002),
    ] {
        assert_eq!(client.errno(name, inputs), errno, "{name} {inputs:?}");
    }
    let both =
        call("dp-job-list-iter-start", &[("job-type", "mirror")]).holding(call("job-types", &[("job-type", "mirror")]));
    assert_eq!(client.errno_of(&both), 21012);
    let odd = call("dp-job-list-iter-start", &[]).holding(call("job-types", &[("type", "mirror")]));
    assert_eq!(client.errno_of(&odd), 22);
}

#[test]
fn who_may_look_only_may_not_abort_and_not_purge() {
    let mut client = Client::with_jobs(20);
    let running = client.ids(&[("job-state", "running")]).remove(0);
    client.user = "viewer";
    assert_eq!(client.jobs(&[]).len(), 20);
    assert_eq!(client.errno("dp-job-abort", &[("job-id", &running)]), 22256);
    assert_eq!(client.errno("dp-job-purge", &[("completed-timestamp", "2147483647")]), 22256);
    assert_eq!(client.errno("dp-job-abort", &[]), 13006, "the inputs are looked at first");
    client.user = "admin";
    assert_eq!((client.state_of(&running).as_str(), client.jobs(&[]).len()), ("running", 20));
}

#[test]
fn a_list_is_a_snapshot_that_is_fetched_in_parts_and_ended_once() {
    let mut client = Client::with_jobs(12);
    let started = client.ask("dp-job-list-iter-start", &[]);
    let tag = started.text_of("tag").unwrap().to_owned();
    assert_eq!(started.number_of("records"), Some(12));
    client.ask("dp-job-purge", &[("completed-timestamp", "2147483647"), ("purge-jobs-completed-with-error", "TRUE")]);
    let next = |client: &mut Client, maximum: &str| {
        let page = client.ask("dp-job-list-iter-next", &[("maximum", maximum), ("tag", &tag)]);
        (page.number_of("records").unwrap(), page.child("jobs").map_or(0, |jobs| jobs.children.len()))
    };
    assert_eq!(next(&mut client, "5"), (5, 5));
    assert_eq!(next(&mut client, "50"), (7, 7), "those that are gone are told as they were");
    assert_eq!(next(&mut client, "50"), (0, 0), "past the end: no holder, no error");
    assert_eq!(client.errno("dp-job-progress-event-list-iter-next", &[("maximum", "1"), ("tag", &tag)]), 21002);
    client.user = "viewer";
    assert_eq!(next(&mut client, "1"), (0, 0));
    client.ask("dp-job-list-iter-end", &[("tag", &tag)]);
    for call in ["dp-job-list-iter-next", "dp-job-list-iter-end"] {
        let maximum = [("tag", tag.as_str()), ("maximum", "1")];
        assert_eq!(client.errno(call, &maximum[..if call.ends_with("end") { 1 } else { 2 }]), 21002, "{call}");
    }
    let none = client.ask("dp-job-list-iter-start", &[("job-id", "5")]);
    assert_eq!(none.number_of("records"), Some(0));
    let tag = none.text_of("tag").unwrap().to_owned();
    assert_eq!(client.errno("dp-job-list-iter-end", &[("tag", &tag)]), 0, "an empty list has a tag too");
    let idle = client.ask("dp-job-list-iter-start", &[]).text_of("tag").unwrap().to_owned();
    client.wait(3600);
    assert_eq!(client.errno("dp-job-list-iter-end", &[("tag", &idle)]), 21002);
}

#[test]
fn the_older_generation_knows_no_queue_and_fewer_inputs() {
    let mut client = Client::old(20);
    assert_eq!(client.ask("dfm-about", &[]).text_of("version"), Some("3.6.2.0"));
    let job = client.submit("Mail", "remote_backup");
    let row = client.job(&job);
    for name in ["job-state", "job-overall-status", "object-name", "started-timestamp"] {
        assert_eq!(row.child(name), None, "{name}");
    }
    assert_eq!(row.text_of("dataset-name"), Some("Mail"));
    assert_eq!(client.errno("dp-job-list-iter-start", &[("job-state", "queued")]), 21012);
    assert_eq!(client.errno("dp-job-list-iter-start", &[("job-type", "configuration")]), 21012);
    let types = call("dp-job-list-iter-start", &[]).holding(call("job-types", &[("job-type", "mirror")]));
    assert_eq!(client.errno_of(&types), 22);
    assert_eq!(client.errno("dp-job-progress-event-list-iter-start", &[("object-name-or-id", "Mail")]), 22);
    let event = client.events(&[]).remove(0);
    assert_eq!(event.child("job-type"), None);
    let mut later = Client::with_jobs(20);
    assert_eq!(later.ask("dfm-about", &[]).text_of("version"), Some("5.2.0.0"));
    assert_eq!(later.ask("dfm-about", &[]).number_of("system-time"), Some(START / 1000));
    let row = later.jobs(&[("job-state", "completed")]).remove(0);
    assert!(row.child("job-overall-status").is_some() && row.text_of("object-type") == Some("dataset"));
    assert_eq!(later.errno("dp-job-list-iter-start", &[("job-type", "resize_lun")]), 0);
}

#[test]
fn a_server_that_forgets_its_iterators_says_so_in_the_middle_of_a_list() {
    let mut client = Client::with_jobs(9);
    let tag = client.ask("dp-job-list-iter-start", &[]).text_of("tag").unwrap().to_owned();
    let inputs = [("maximum", "4"), ("tag", tag.as_str())];
    client.ask("dp-job-list-iter-next", &inputs);
    client.fault(json!({ "fault": "forget_iterators" }));
    let again = client.ask("dp-job-list-iter-start", &[]).text_of("tag").unwrap().to_owned();
    assert_eq!(client.errno("dp-job-list-iter-next", &inputs), 21002);
    assert_eq!(client.errno("dp-job-list-iter-end", &[("tag", &again)]), 21002, "all of them");
    assert_eq!(client.jobs(&[]).len(), 9, "once is enough");
}

#[test]
fn faults_meet_a_dfm_as_they_meet_a_powerstore() {
    let mut client = Client::with_jobs(9);
    let about = zapi::call(&Element::new("dfm-about"));
    let status = |client: &mut Client| client.send(&about).status().as_u16();
    client.fault(json!({ "fault": "status_500_empty", "times": 1 }));
    client.fault(json!({ "fault": "busy_503", "times": 2 }));
    assert_eq!([status(&mut client), status(&mut client), status(&mut client)], [500, 503, 200]);
    client.fault(json!({ "fault": "network_down", "times": 1 }));
    assert!(client.try_send(&about, None).into_response().is_none());
    for (fault, reads) in
        [("html", false), ("malformed_json", false), ("truncated_body", false), ("too_large", false), ("slow", true)]
    {
        client.fault(json!({ "fault": fault, "times": 1, "delay_ms": 5 }));
        assert_eq!(zapi::results(client.send(&about).body()).is_ok(), reads, "{fault}");
    }
    client.fault(json!({ "fault": "refuse_422", "code": "22259", "message": "The database is away." }));
    let running = client.ids(&[("job-state", "running")]).remove(0);
    assert_eq!(client.errno("dp-job-abort", &[("job-id", &running)]), 22259);
    client.fault(json!({ "fault": "refuse_422", "clear": true }));
    client.fault(json!({ "fault": "drop_answer", "match": { "path_contains": "dp-job-abort" }, "times": 1 }));
    let abort = zapi::call(&call("dp-job-abort", &[("job-id", &running)]));
    let authorization = basic("admin", "Password123!");
    assert!(client.try_send(&abort, Some(&authorization)).into_response().is_none());
    assert_eq!(client.state_of(&running), "aborting", "it was carried out");
    client.fault(json!({ "fault": "unknown_state", "session": running, "state": "hovering" }));
    assert_eq!(client.state_of(&running), "hovering");
    client.fault(json!({ "fault": "clock_skew", "seconds": 60 }));
    assert_eq!(client.ask("dfm-about", &[]).number_of("system-time"), Some(START / 1000 + 60));
    client.control("fault", json!({ "clear": true }));
    assert_eq!(client.state_of(&running), "aborting");
    for fault in ["stale_token", "expire_logins", "link_down", "nonsense"] {
        assert_eq!(client.control("fault", json!({ "array": DFM, "fault": fault })).0, 400, "{fault}");
    }
}

#[test]
fn a_reset_may_say_how_many_jobs_there_are() {
    let mut client = Client::with_jobs(3);
    assert_eq!(client.control("reset", json!({ "protection_jobs": 17, "releases": { "dfm": "3.6.2" } })).0, 200);
    assert_eq!(client.jobs(&[]).len(), 17);
    assert_eq!(client.ask("dfm-about", &[]).text_of("version"), Some("3.6.2.0"));
    let few = Fleet::new(Options::default());
    assert_eq!(
        (few.options().protection_jobs(), Options { imports: 0, ..Options::default() }.protection_jobs()),
        (60, 0)
    );
}
