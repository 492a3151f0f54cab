//! Random requests.

use super::Rng;
use super::rules::act;
use super::table;
use super::world::{DOCUMENT, FOLDER, Field, GROUP, LINE, NAMES, OFFICE, Presence, ROBOT, Ty, USER, World};
use serde_json::{Map, Value as Json, json};

/// How often, in a hundred, something is missing, null, or wrong.
#[derive(Debug, Clone, Copy)]
pub struct Odds {
    pub missing: usize,
    pub null: usize,
    pub wrong: usize,
    pub extra: usize,
}

/// A request as JSON, with the act of a policy mostly.
pub fn request(world: &World, rng: &mut Rng) -> Json {
    let missing = *rng.choose(&[0, 0, 0, 3, 15, 40]);
    let (null, wrong) = (*rng.choose(&[0, 0, 4]), *rng.choose(&[0, 0, 4]));
    let odds = Odds { missing, null, wrong, extra: *rng.choose(&[0, 0, 0, 3]) };
    let mut members = Map::new();
    let (action, thing) = act(rng);
    members.insert("action".into(), json!(action));
    for fact in &world.facts {
        // A robot seldom acts, and then mostly in the place of a user.
        let absent = if fact.ty == Ty::Thing(ROBOT) { 80 } else { odds.missing / 3 };
        if !rng.chance(absent) {
            members.insert(fact.name.into(), value(world, fact.ty, 3, odds, rng));
        }
    }
    if members.contains_key("robot") && rng.chance(70) {
        members.remove("user");
    }
    if thing == Some("folder") && world.declared && rng.chance(60) {
        members.insert("folder".into(), value(world, Ty::Thing(FOLDER), 2, odds, rng));
    }
    if let Some(thing) = thing {
        members.insert("resource".into(), json!(thing));
        as_object("resource", thing, &mut members, 15, rng);
    }
    for who in ["user", "robot"] {
        if !members.contains_key("subject") {
            as_object("subject", who, &mut members, 8, rng);
        }
    }
    if !rng.chance(odds.missing) {
        let clock = if rng.chance(odds.wrong) {
            json!(5)
        } else {
            json!(rng.pick(&["2026-03-03T09:30:00+01:00", "2026-03-02T23:30:00-02:00", "2026-03-04T00:00:00Z", "0001-01-02T00:00:00Z"]))
        };
        members.insert("now".into(), clock);
    }
    if world.declared && rng.chance(70) {
        members.insert("entities".into(), table::table(world, odds, rng));
    }
    if world.declared && rng.chance(1) {
        members.insert("cap".into(), json!(9));
    }
    Json::Object(members)
}

/// Puts a fact that is an object in the place of the subject or of the resource, with its type.
fn as_object(part: &str, name: &str, members: &mut Map<String, Json>, percent: usize, rng: &mut Rng) {
    if let (Some(Json::Object(object)), true) = (members.get(name), rng.chance(percent)) {
        let mut object = object.clone();
        object.insert("type".into(), json!(name));
        members.remove(name);
        members.insert(part.into(), Json::Object(object));
    }
}

/// A thing or a record with most of its fields.
pub fn record(world: &World, kind: usize, depth: usize, odds: Odds, rng: &mut Rng) -> Json {
    let mut members = Map::new();
    if !rng.chance(odds.missing / 2) && has_identity(world, kind) {
        members.insert("id".into(), identity(kind, odds, rng));
    }
    if world.declared && has_identity(world, kind) && rng.chance(8) {
        members.insert("in".into(), table::parents(odds, rng));
    }
    for field in &world.kinds[kind].fields {
        let absent = if field.presence == Presence::Required { odds.missing } else { 40 };
        if !rng.chance(absent) {
            members.insert(field.key.clone(), value(world, field.ty, depth.saturating_sub(1), odds, rng));
        }
    }
    if rng.chance(odds.extra) {
        members.insert("surplus".into(), json!(1));
    }
    Json::Object(members)
}

/// Without vocabulary users alone have one.
fn has_identity(world: &World, kind: usize) -> bool {
    if world.declared { ![OFFICE, LINE].contains(&kind) } else { kind == USER }
}

/// The ids of a kind; some are those of another kind, too.
pub fn ids(kind: usize) -> &'static [&'static str] {
    match kind {
        USER => &["ann", "ann", "bob", "5"],
        DOCUMENT => &["d1", "d2"],
        FOLDER => &["f1", "f2", "f3"],
        GROUP => &["g1", "g2", "g3"],
        _ => &["r1", "ann"],
    }
}

fn identity(kind: usize, odds: Odds, rng: &mut Rng) -> Json {
    if rng.chance(odds.wrong) {
        return rng.choose(&[json!(1.5), json!(true), json!(null)]).clone();
    }
    if kind == USER && rng.chance(15) { json!(5) } else { json!(rng.pick(ids(kind))) }
}

pub fn value(world: &World, ty: Ty, depth: usize, odds: Odds, rng: &mut Rng) -> Json {
    if rng.chance(odds.null) {
        return Json::Null;
    }
    if rng.chance(odds.wrong) {
        let wrong = [json!(7), json!("zzz"), json!(true), json!([]), json!({}), json!([1, "a"]), json!({"a": 1}), json!(1.5), json!("")];
        return rng.choose(&wrong).clone();
    }
    let mut some = |texts: &[&str]| json!(rng.pick(texts));
    match ty {
        Ty::YesNo => json!(rng.chance(50)),
        Ty::Text => some(&["a", "ab", "B", "red", "ann", "AB", "", "x", "Ssx", "ßX"]),
        Ty::FilePath => some(&["/srv/public/a", "/srv", "/srvx", "home/me", "/srv//a", "/srv/../a", "/srv/%2e"]),
        Ty::Host => some(&["example.com", "a.Example.com", "badexample.com", "1.2.3.4", "example.com:80", "com"]),
        Ty::Number => rng
            .choose(&[json!(0), json!(2), json!(3.5), json!(3), json!(-1), json!(1000), json!(1e3), json!(2.0), json!(9e27), json!(1e-18)])
            .clone(),
        Ty::Money => rng
            .choose(&[
                json!("5 EUR"),
                json!("20.00 EUR"),
                json!("50.5 EUR"),
                json!({"amount": 20, "currency": "EUR"}),
                json!("7 EUR"),
                json!("9 USD"),
            ])
            .clone(),
        Ty::Date => some(&["2026-01-31", "2026-03-03", "2026-03-02", "2025-02-28"]),
        Ty::Time => some(&["08:00", "08:00:00", "17:30", "23:59:59"]),
        Ty::Moment => some(&["2026-03-03T09:30:00+01:00", "2026-03-03T08:30:00Z", "2026-01-01T01:00:00.5+01:00"]),
        Ty::Span => some(&["90 minutes", "PT90M", "3 days", "PT72H", "6 months", "1 hour"]),
        Ty::Address => some(&["10.0.0.1", "::1", "::ffff:10.9.0.1", "2001:db8::7", "010.0.0.1"]),
        Ty::Level => some(&["guest", "member", "expert"]),
        Ty::Role => some(&["clerk", "boss", "on leave", "boss"]),
        Ty::Texts => list(Ty::Text, world, depth, odds, rng),
        Ty::Numbers => list(Ty::Number, world, depth, odds, rng),
        Ty::Labels => rng
            .choose(&[json!({}), json!({"color": "red"}), json!({"color": "blue"}), json!({"size": "x"}), json!({"color": null})])
            .clone(),
        Ty::Limits => rng
            .choose(&[json!({}), json!({"cpu": 2}), json!({"cpu": 3.5, "disk": 1}), json!({"disk": null}), json!({"cpu": 1, "disk": "x"})])
            .clone(),
        Ty::Amounts => list(Ty::Money, world, depth, odds, rng),
        Ty::Spans => list(Ty::Span, world, depth, odds, rng),
        Ty::Dates => list(Ty::Date, world, depth, odds, rng),
        Ty::Levels => list(Ty::Level, world, depth, odds, rng),
        Ty::Net => some(&["10.0.0.0/8", "10.0.0.1", "2001:db8::/32", "::ffff:10.0.0.0/104", "10.0.0.5/8", "::/0"]),
        Ty::Nets => list(Ty::Net, world, depth, odds, rng),
        Ty::Holder => {
            let kind = *rng.choose(&[USER, ROBOT]);
            let id = identity(kind, odds, rng);
            if rng.chance(60) { json!({"type": NAMES[kind], "id": id}) } else { id }
        }
        Ty::Holders => list(Ty::Holder, world, depth, odds, rng),
        Ty::Thing(kind) | Ty::Reference(kind) if has_identity(world, kind) => thing(world, kind, ty, depth, odds, rng),
        Ty::Thing(kind) | Ty::Reference(kind) => record(world, kind, depth, odds, rng),
        Ty::Things(kind) => list(Ty::Thing(kind), world, depth, odds, rng),
        Ty::References(kind) => list(Ty::Reference(kind), world, depth, odds, rng),
    }
}

/// A thing as an object, as a mere id, or as an id with its type.
fn thing(world: &World, kind: usize, ty: Ty, depth: usize, odds: Odds, rng: &mut Rng) -> Json {
    let bare = if ty == Ty::Thing(kind) { odds.missing / 2 } else { 30 };
    if depth == 0 || rng.chance(bare) {
        let id = identity(kind, odds, rng);
        return if rng.chance(15) {
            json!({"type": if world.declared && rng.chance(25) { "team" } else { NAMES[kind] }, "id": id})
        } else {
            id
        };
    }
    record(world, kind, depth, odds, rng)
}

/// Up to three elements, one of them perhaps twice.
fn list(element: Ty, world: &World, depth: usize, odds: Odds, rng: &mut Rng) -> Json {
    let mut items: Vec<Json> = (0..rng.below(4)).map(|_| value(world, element, depth.saturating_sub(1), odds, rng)).collect();
    if let (true, Some(first)) = (rng.chance(30), items.first().cloned()) {
        items.push(first);
    }
    Json::Array(items)
}

/// The request as text; with a shuffler, its keys in another order.
pub fn text(json: &Json, shuffle: &mut Option<Rng>) -> String {
    match json {
        Json::Object(members) => {
            let mut members: Vec<(&String, &Json)> = members.iter().collect();
            if let Some(rng) = shuffle {
                rng.shuffle(&mut members);
            }
            let members: Vec<String> =
                members.into_iter().map(|(key, value)| format!("{}: {}", json!(key), text(value, shuffle))).collect();
            format!("{{{}}}", members.join(", "))
        }
        Json::Array(items) => format!("[{}]", items.iter().map(|item| text(item, shuffle)).collect::<Vec<_>>().join(", ")),
        other => other.to_string(),
    }
}

/// Values that a fact may have where a need names it: of every type one or two.
pub fn completions() -> Vec<Json> {
    vec![
        json!(true),
        json!(false),
        json!("a"),
        json!("ab"),
        json!(2),
        json!(1000),
        json!("20 EUR"),
        json!("2026-03-03"),
        json!("17:30"),
        json!("2026-03-03T09:30:00Z"),
        json!("3 days"),
        json!("member"),
        json!("boss"),
        json!([]),
        json!(["a"]),
        json!([3]),
        json!("ann"),
        json!({"id": "ann"}),
        json!(["ann", "ann"]),
        json!({}),
    ]
}

impl World {
    /// The names of a path as they are in JSON.
    pub fn keys(&self, path: &str) -> Vec<String> {
        let mut names = path.split('.');
        let root = names.next().unwrap_or_default();
        let mut kind = self.facts.iter().find(|fact| fact.name == root).and_then(|fact| fact.ty.kind());
        let mut keys = vec![root.to_owned()];
        for name in names {
            let field = kind.and_then(|kind| self.kinds[kind].fields.iter().find(|field| field.name == name));
            keys.push(field.map_or(name, |field| &field.key).to_owned());
            kind = field.and_then(|field| field.ty.kind());
        }
        keys
    }

    /// The request without some of the facts that are required: neither optional nor assumed.
    pub fn without_required(&self, whole: &Json, rng: &mut Rng) -> Json {
        let mut partial = whole.clone();
        let most = if whole.get("entities").is_some() { 5 } else { 24 };
        for _ in 0..1 + rng.below(most) {
            let fewer = self.each_without_required(&partial);
            if !fewer.is_empty() {
                partial = rng.choose(&fewer).clone();
            }
        }
        partial
    }

    /// The requests that lack one required fact each.
    ///
    /// Where there is a table of entities, only what it says is taken away: without an object's own member its entry counts,
    /// and that may say something else.
    pub fn each_without_required(&self, whole: &Json) -> Vec<Json> {
        let mut found = Vec::new();
        if let Some(Json::Object(table)) = whole.get("entities") {
            return self.fewer_entries(table).into_iter().map(|table| with(whole, "entities", table)).collect();
        }
        // Who acts and what is acted on is no fact that may be missing: it is another question.
        let acting = whole.get("robot").is_some();
        for (key, value) in whole.as_object().unwrap() {
            if acting && ["user", "robot"].contains(&key.as_str()) {
                continue;
            }
            let told = ["resource", "subject"].contains(&key.as_str()).then(|| value.get("type").and_then(Json::as_str)).flatten();
            let root = told.unwrap_or(key);
            let kind = self.facts.iter().find(|fact| fact.name == root).and_then(|fact| fact.ty.kind());
            let mut fewer: Vec<Option<Json>> = kind.map_or_else(Vec::new, |kind| self.fewer(kind, value)).into_iter().map(Some).collect();
            let optional = self.facts.iter().any(|fact| fact.name == key && fact.presence != Presence::Required);
            if !["action", "resource", "subject"].contains(&key.as_str()) && !optional {
                fewer.push(None);
            }
            found.extend(fewer.into_iter().map(|member| with(whole, key, member)));
        }
        found
    }

    /// A value of a kind, or a list of these, without one required member at any depth.
    fn fewer(&self, kind: usize, value: &Json) -> Vec<Json> {
        match value {
            Json::Array(items) => {
                let one = |at: usize| self.fewer(kind, &items[at]).into_iter().map(move |item| (at, item));
                (0..items.len())
                    .flat_map(one)
                    .map(|(at, item)| {
                        let mut items = items.clone();
                        items[at] = item;
                        Json::Array(items)
                    })
                    .collect()
            }
            Json::Object(members) => members.iter().flat_map(|(key, member)| self.fewer_members(kind, value, key, member)).collect(),
            _ => Vec::new(),
        }
    }

    fn fewer_members(&self, kind: usize, whole: &Json, key: &str, member: &Json) -> Vec<Json> {
        let field = self.kinds[kind].fields.iter().find(|field| field.key == key);
        let below = field.and_then(|field| field.ty.kind()).map_or_else(Vec::new, |kind| self.fewer(kind, member));
        let mut found: Vec<Json> = below.into_iter().map(|member| with(whole, key, Some(member))).collect();
        if key == "id" || field.is_some_and(|field| field.presence == Presence::Required) {
            found.push(with(whole, key, None));
        }
        found
    }

    /// Puts the mark into every private fact, whatever its type; how many there are.
    pub fn mark_private(&self, request: &mut Json, mark: &str) -> usize {
        let mut marked = 0;
        for (key, value) in request.as_object_mut().unwrap() {
            let told = ["resource", "subject"].contains(&key.as_str()).then(|| value.get("type").and_then(Json::as_str)).flatten();
            let root = told.unwrap_or(key).to_owned();
            if let Some(kind) = self.facts.iter().find(|fact| fact.name == root).and_then(|fact| fact.ty.kind()) {
                marked += self.mark(kind, value, mark);
            }
        }
        marked
    }

    fn mark(&self, kind: usize, value: &mut Json, mark: &str) -> usize {
        match value {
            Json::Array(items) => items.iter_mut().map(|item| self.mark(kind, item, mark)).sum(),
            Json::Object(members) => self.kinds[kind].fields.iter().map(|field| self.mark_field(field, members, mark)).sum(),
            _ => 0,
        }
    }

    fn mark_field(&self, field: &Field, members: &mut Map<String, Json>, mark: &str) -> usize {
        if !field.private {
            let below = field.ty.kind().and_then(|kind| members.get_mut(&field.key).map(|value| self.mark(kind, value, mark)));
            return below.unwrap_or(0);
        }
        let value = match field.ty {
            Ty::Texts => json!([mark]),
            Ty::Labels => json!({"color": mark}),
            Ty::Thing(_) | Ty::Reference(_) => json!({"id": mark, "name": mark, "country": mark, "role": mark, "limit": mark}),
            Ty::Things(_) | Ty::References(_) => json!([{"id": mark, "name": mark}, mark]),
            _ => json!(mark),
        };
        members.insert(field.key.clone(), value);
        1
    }
}

/// An object with another value of a member, or without it.
fn with(whole: &Json, key: &str, member: Option<Json>) -> Json {
    let mut members = whole.as_object().unwrap().clone();
    match member {
        Some(member) => _ = members.insert(key.to_owned(), member),
        None => _ = members.remove(key),
    }
    Json::Object(members)
}
