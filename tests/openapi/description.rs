//! The vendor's description as schemas that answers can be held against.

use serde_json::{Value, json};

const VARIABLE: &str = "POWERSTORE_OPENAPI";

/// The vendor's description.
pub struct Description {
    pub document: Value,
    pub definitions: Value,
}

impl Description {
    /// `None` when no file is named; a file that is named must be readable.
    pub fn named() -> Option<Self> {
        let Some(path) = std::env::var_os(VARIABLE) else {
            println!("skipped: {VARIABLE} is not set");
            return None;
        };
        let text =
            std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{VARIABLE}: {}: {error}", path.display()));
        let document: Value = serde_json::from_str(&text).expect("the description is JSON");
        let mut definitions = document["definitions"].clone();
        for (name, definition) in definitions.as_object_mut().expect("definitions") {
            as_json_schema(definition);
            // An attribute that the vendor does not know is as wrong as a bad value. Answers of jobs are
            // open: what follows the discriminator depends on it.
            if name != "base_response" && definition.get("properties").is_some() {
                definition["additionalProperties"] = json!(false);
            }
        }
        Some(Description { document, definitions })
    }

    /// The schema of an answer: as described for the status, or the error envelope.
    pub fn schema(&self, operation: &str, status: u16) -> Result<Option<Value>, String> {
        let (method, path) = operation.split_once(' ').ok_or("no operation")?;
        let described = &self.document["paths"][path][method.to_lowercase()];
        if described.is_null() {
            return Err(format!("the description lacks {operation}"));
        }
        // The report is described with 204, which cannot carry it: it is answered with 200.
        let described_as = if operation.ends_with("/report") && status == 200 { 204 } else { status };
        let answer = &described["responses"][described_as.to_string()];
        let mut schema = match (answer.get("schema"), status) {
            (Some(schema), _) => schema.clone(),
            (None, 202) => json!({ "$ref": "#/definitions/create_response" }),
            (None, 400..) => json!({ "$ref": "#/definitions/error_response" }),
            (None, _) if answer.is_null() => return Err(format!("{operation} is not described to answer {status}")),
            (None, _) => return Ok(None),
        };
        as_json_schema(&mut schema);
        schema["$schema"] = json!("http://json-schema.org/draft-04/schema#");
        schema["definitions"] = self.definitions.clone();
        Ok(Some(schema))
    }

    /// What is wrong with an answer; empty when nothing is.
    pub fn faults(&self, operation: &str, status: u16, body: &[u8]) -> Vec<String> {
        let schema = match self.schema(operation, status) {
            Ok(schema) => schema,
            Err(fault) => return vec![fault],
        };
        let Some(schema) = schema else {
            return if body.is_empty() { vec![] } else { vec![format!("{operation} {status} has a body")] };
        };
        let Ok(body) = serde_json::from_slice::<Value>(body) else { return vec![format!("{operation}: no JSON")] };
        let validator =
            jsonschema::options().should_validate_formats(true).build(&schema).expect("the schema can be read");
        validator
            .iter_errors(&body)
            .map(|error| format!("{operation} {status} at {}: {error}", error.instance_path()))
            .collect()
    }
}

/// Turns a Swagger schema into JSON Schema: `x-nullable` becomes a type of its own.
fn as_json_schema(schema: &mut Value) {
    match schema {
        Value::Array(items) => items.iter_mut().for_each(as_json_schema),
        Value::Object(keys) => {
            keys.values_mut().for_each(as_json_schema);
            let nullable = keys.get("x-nullable") == Some(&json!(true));
            keys.remove("discriminator");
            keys.remove("readOnly");
            if !nullable {
                return;
            }
            if let Some(reference) = keys.remove("$ref") {
                *schema = json!({ "anyOf": [{ "$ref": reference }, { "type": "null" }] });
            } else if keys.contains_key("allOf") {
                keys.remove("x-nullable");
                let described = std::mem::take(schema);
                *schema = json!({ "anyOf": [described, { "type": "null" }] });
            } else if let Some(Value::String(kind)) = keys.get("type").cloned() {
                keys.insert("type".to_owned(), json!([kind, "null"]));
                if let Some(Value::Array(values)) = keys.get_mut("enum")
                    && !values.contains(&Value::Null)
                {
                    values.push(Value::Null);
                }
            }
        }
        _ => {}
    }
}
