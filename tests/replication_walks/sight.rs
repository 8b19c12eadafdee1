//! Both arrays and the control door, as somebody outside sees them.

use std::collections::BTreeMap;

use array_console::simulator::{Answer, Fleet};
use array_console::wire::time;
use serde_json::{Value, json};

/// The arrays; the number of an array is its place here.
pub const ARRAYS: [&str; 2] = ["frankfurt", "dublin"];

const FIELDS: &str = "id,state,role,type,resource_type,local_resource_id,remote_resource_id,\
    parent_replication_session_id,last_sync_timestamp,last_sync_duration,progress_percentage,\
    failover_test_in_progress,local_resource_state";

/// What an array tells of its end of a session.
#[derive(Clone, Debug)]
pub struct End {
    pub state: String,
    pub role: String,
    pub kind: String,
    pub resource_type: String,
    pub local: String,
    pub remote: String,
    pub parent: Option<String>,
    pub last_sync: Option<i64>,
    /// Milliseconds.
    pub took: Option<i64>,
    pub progress: Option<i64>,
    pub test: bool,
    pub serves: String,
}

impl End {
    fn read(row: &Value) -> (String, End) {
        let text = |name: &str| row[name].as_str().unwrap_or_else(|| panic!("{name} is missing in {row}")).to_owned();
        let at = |name: &str| row[name].as_str().map(|text| time::parse(text).expect("a time"));
        let end = End {
            state: text("state"),
            role: text("role"),
            kind: text("type"),
            resource_type: text("resource_type"),
            local: text("local_resource_id"),
            remote: text("remote_resource_id"),
            parent: row["parent_replication_session_id"].as_str().map(str::to_owned),
            last_sync: at("last_sync_timestamp"),
            took: row["last_sync_duration"].as_i64(),
            progress: row["progress_percentage"].as_i64(),
            test: row["failover_test_in_progress"].as_bool().unwrap(),
            serves: text("local_resource_state"),
        };
        (text("id"), end)
    }

    pub fn leads(&self) -> bool {
        self.role == "Source" || self.role == "Metro_Preferred"
    }

    pub fn is_asynchronous(&self) -> bool {
        self.kind == "Asynchronous"
    }

    /// `nas`, `member`, `metro` or `volume`: which table of the product it belongs to, told apart without it.
    pub fn sort(&self) -> &'static str {
        match (self.kind.as_str(), self.resource_type.as_str()) {
            ("Asynchronous", "nas_server") => "nas",
            ("Asynchronous", "file_system") => "member",
            ("Asynchronous", _) => "volume",
            _ => "metro",
        }
    }
}

/// What both arrays tell at one moment: the ends of each session, by its id.
pub type Sight = BTreeMap<String, [Option<End>; 2]>;

/// The fleet under one clock.
pub struct World {
    pub fleet: Fleet,
    pub now: i64,
    pub link_up: bool,
    /// Since when the link is as it is.
    pub link_since: i64,
}

impl World {
    /// A request of a client that knows nothing of the console; the status and the body.
    pub fn send(&mut self, array: usize, method: &str, path: &str, body: &Value) -> (u16, Value) {
        let request = http::Request::builder()
            .method(method)
            .uri(format!("/api/rest/{path}"))
            .header("authorization", "Basic YWRtaW46UGFzc3dvcmQxMjMh")
            .body(if body.is_null() { Vec::new() } else { body.to_string().into_bytes() })
            .unwrap();
        let Answer::Reply { response, .. } = self.fleet.handle(ARRAYS[array], self.now, &request) else {
            panic!("no fault is set, and {path} was dropped");
        };
        let status = response.status().as_u16();
        let told = match response.body().as_slice() {
            [] => Value::Null,
            bytes => serde_json::from_slice(bytes).unwrap_or_else(|error| panic!("{path}: no JSON: {error}")),
        };
        (status, told)
    }

    /// What both arrays tell now.
    pub fn look(&mut self) -> Sight {
        let mut sight = Sight::new();
        for array in 0..2 {
            let path = format!("replication_session?select={FIELDS}&order=id&limit=2000");
            let (status, rows) = self.send(array, "GET", &path, &Value::Null);
            assert!(matches!(status, 200 | 206), "{status} {rows}");
            for row in rows.as_array().unwrap() {
                let (id, end) = End::read(row);
                sight.entry(id).or_default()[array] = Some(end);
            }
        }
        sight
    }

    /// The control door; the status and the body.
    pub fn door(&mut self, name: &str, body: &Value) -> (u16, Value) {
        let get = name.starts_with("state");
        let request = http::Request::builder()
            .method(if get { "GET" } else { "POST" })
            .uri(format!("/simulator/{name}"))
            .body(if get { Vec::new() } else { body.to_string().into_bytes() })
            .unwrap();
        let response = self.fleet.control(self.now, &request);
        let status = response.status().as_u16();
        (status, serde_json::from_slice(response.body()).expect("the door speaks JSON"))
    }

    /// What the simulator itself says of the replications, by their ids.
    pub fn truth(&mut self) -> Value {
        let (_, mut told) = self.door("state?history=14", &Value::Null);
        assert_eq!(told["replications"]["link"], if self.link_up { "up" } else { "down" });
        told["replications"]["sessions"].take()
    }

    /// Lets something happen to the end of a session on an array; false when nothing provides for it.
    pub fn event(&mut self, array: usize, id: &str, event: &str) -> bool {
        let (status, told) = self.door("event", &json!({ "array": ARRAYS[array], "session": id, "event": event }));
        assert!(status == 200 || status == 422 && is_sentence(&told["error"]), "{event}: {status} {told}");
        status == 200
    }

    /// An array is dead for so many seconds, in which nobody looks.
    pub fn die_for(&mut self, array: usize, seconds: i64) {
        let mut body = json!({ "array": ARRAYS[array], "fault": "array_down" });
        assert_eq!(self.door("fault", &body).0, 200);
        self.now += seconds * 1000;
        body["clear"] = json!(true);
        assert_eq!(self.door("fault", &body).0, 200);
        self.link_since = self.now;
    }

    pub fn set_link(&mut self, up: bool) {
        if up == self.link_up {
            return;
        }
        let mut body = json!({ "array": "frankfurt", "fault": "link_down" });
        if up {
            body["clear"] = json!(true);
        }
        let (status, told) = self.door("fault", &body);
        assert_eq!(status, 200, "{told}");
        (self.link_up, self.link_since) = (up, self.now);
    }
}

/// Words for a person, and not a code alone.
pub fn is_sentence(told: &Value) -> bool {
    told.as_str().is_some_and(|text| text.contains(' ') && text.ends_with('.'))
}
