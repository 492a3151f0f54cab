//! The table of entities of a request, and the AuthZEN form.

use super::Rng;
use super::request::{Odds, ids, record};
use super::world::{DOCUMENT, FOLDER, GROUP, NAMES, Presence, ROBOT, USER, World};
use serde_json::{Map, Value as Json, json};

const ENTITIES: [usize; 5] = [USER, DOCUMENT, FOLDER, GROUP, ROBOT];

/// Some thing: its kind, and what its row is called.
pub fn row(rng: &mut Rng) -> (usize, String) {
    let kind = *rng.choose(&ENTITIES);
    let all = ids(kind);
    (kind, format!("{}:{}", NAMES[kind], rng.choose(all)))
}

/// Some of the things, all, or none; with a row for all others at times.
pub fn table(world: &World, odds: Odds, rng: &mut Rng) -> Json {
    let listed = *rng.choose(&[0, 50, 90, 100]);
    let mut table = Map::new();
    for kind in ENTITIES {
        for id in ids(kind) {
            if rng.chance(listed) {
                table.insert(format!("{}:{id}", NAMES[kind]), entry(world, kind, odds, rng));
            }
        }
    }
    if rng.chance(35) {
        let kind = *rng.choose(&ENTITIES);
        let others = rng
            .choose(&[json!({}), json!({"in": []}), json!({"in": ["group:g1"]}), json!({"in": [], "locked": false, "trusted": true})])
            .clone();
        table.insert("*".into(), if rng.chance(25) { entry(world, kind, odds, rng) } else { others });
    }
    Json::Object(table)
}

fn entry(world: &World, kind: usize, odds: Odds, rng: &mut Rng) -> Json {
    let fields = if rng.chance(60) { record(world, kind, 1, odds, rng) } else { json!({}) };
    let Json::Object(mut fields) = fields else { return fields };
    fields.remove("in");
    if !rng.chance(odds.missing / 2 + 3) {
        fields.insert("in".into(), parents(odds, rng));
    }
    Json::Object(fields)
}

/// What something lies in: mostly nothing or one thing, perhaps itself, perhaps something that nobody lists.
pub fn parents(odds: Odds, rng: &mut Rng) -> Json {
    let many = *rng.choose(&[0, 0, 1, 1, 1, 2, 3]);
    let mut all: Vec<&str> = vec!["group:g1", "group:g2", "group:g3", "folder:f1", "folder:f2", "folder:f3", "team:core"];
    rng.shuffle(&mut all);
    all.truncate(many);
    if rng.chance(odds.wrong) {
        all.push(rng.pick(&["nowhere", "user:ann", "group:g:1", ""]));
    }
    json!(all)
}

impl World {
    /// The table without a part of it that is required: a row's `in` or field, a whole row of such, or the row for all others.
    pub fn fewer_entries(&self, table: &Map<String, Json>) -> Vec<Option<Json>> {
        let required = |name: &str, key: &str| {
            let kind = NAMES.iter().position(|kind| name.split_once(':').is_some_and(|(of, _)| of == *kind));
            let field = kind.and_then(|kind| self.kinds[kind].fields.iter().find(|field| field.key == key));
            key == "in" || key == "id" || field.is_none_or(|field| field.presence == Presence::Required)
        };
        let mut found = Vec::new();
        let keys = |row: &Json| row.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
        for (name, row) in table {
            let only_required = keys(row).iter().all(|key| required(name, key));
            if name == "*" || (only_required && !table.contains_key("*")) {
                let mut fewer = table.clone();
                fewer.remove(name);
                found.push(Some(Json::Object(fewer)));
            }
            for key in keys(row).iter().filter(|key| name == "*" || required(name, key)) {
                let mut fewer = table.clone();
                fewer[name].as_object_mut().unwrap().remove(key);
                found.push(Some(Json::Object(fewer)));
            }
        }
        if table.iter().all(|(name, row)| name == "*" || keys(row).iter().all(|key| required(name, key))) {
            found.push(None);
        }
        found
    }
}

/// The same question in the form of OpenID AuthZEN; none where it cannot ask it.
pub fn authzen(request: &Json, rng: &mut Rng) -> Option<Json> {
    let mut members = request.as_object()?.clone();
    let action = members.remove("action")?;
    let resource = match members.remove("resource")? {
        Json::String(kind) => {
            let object = members.remove(&kind).unwrap_or(json!({"id": "d1"}));
            part(&kind, &object)?
        }
        object => part(object["type"].as_str()?, &object)?,
    };
    let subject = match members.remove("subject") {
        Some(object) => part(object["type"].as_str()?, &object)?,
        None => {
            let kind = if members.contains_key("user") { "user" } else { "robot" };
            let object = members.remove(kind)?;
            part(kind, &object)?
        }
    };
    let mut asked = json!({"subject": subject, "resource": resource, "action": {"name": action}});
    if rng.chance(50) {
        asked["action"]["properties"] =
            rng.choose(&[json!({"mode": "x", "urgent": true}), json!({"mode": "y"}), json!({"urgent": null})]).clone();
    }
    if let Some(entities) = members.remove("entities") {
        asked["entities"] = entities;
    }
    // What would take the name of the subject or of the resource is refused.
    for kind in [&asked["subject"]["type"], &asked["resource"]["type"]] {
        members.remove(kind.as_str()?);
    }
    asked["context"] = Json::Object(members);
    Some(asked)
}

fn part(kind: &str, object: &Json) -> Option<Json> {
    let mut properties = object.as_object()?.clone();
    let id = properties.remove("id").filter(|id| id.as_str().is_some_and(|id| !id.is_empty())).unwrap_or(json!("ann"));
    properties.remove("type");
    Some(json!({"type": kind, "id": id, "properties": properties}))
}
