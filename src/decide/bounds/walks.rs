//! What lies in what: which lists of the request walks upwards read, and which things might be put into them or taken out.
//!
//! A thing on the left of `is in` is put directly into what stands on the right, and every list on a walk upwards may lose what leads
//! on. That is enough to make any pattern of what is in what: put each thing directly into all that it is to be in, and take out all
//! else that leads to anything that is asked for. A thing then is in exactly what was wanted, because what is in something that is in
//! another is wanted in that one, too. Where no `is inside` line lets a thing lie in another directly, it takes a third between them,
//! and which there might be is not known: then it is tried what the request brings, and said that this is not all.

use super::Finder;
use super::facts::is_in_table;
use crate::decide::datum::{Datum, Entity};
use crate::decide::entities::World;
use crate::decision::asked::{Asked, Fact};
use crate::decision::trace::PlaceStep;
use crate::plan::{NodeId, Op, SlotRoot, TermId, TermOp};
use crate::value::Value;
use crate::vocabulary::{KindId, Presence, Type};
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::rc::Rc;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

/// How many things are looked at on the way up.
const MOST_THINGS: usize = 200;
/// Into how many things one is put.
const MOST_GOALS: usize = 64;
/// In the place of how many others a thing is tried, and through how many it is put into what it cannot lie in directly.
pub(super) const MOST_OTHERS: usize = 20;

/// Where a list of what a thing lies in stands.
type Keys = Vec<String>;

/// The things from which rules look upwards.
#[derive(Default)]
pub(super) struct Walks<'a> {
    starts: Vec<Start<'a>>,
    by_keys: BTreeMap<Keys, usize>,
    /// From which of them conditions look upwards, and which terms do.
    by_node: BTreeMap<NodeId, BTreeSet<usize>>,
    by_term: BTreeMap<TermId, BTreeSet<usize>>,
}

struct Start<'a> {
    thing: Entity<'a>,
    keys: Keys,
    path: String,
    /// In what it may have to be.
    goals: Vec<Entity<'a>>,
    /// The kinds of which the things above it are looked at.
    kinds: BTreeSet<&'a str>,
    /// Might it lie in something that is not tried?
    beyond: bool,
    /// What is above it, once somebody asks.
    above: Option<Rc<[Entity<'a>]>>,
}

impl<'a> Finder<'a> {
    /// What `X is in Y` asks.
    pub(super) fn inside(&mut self, node: NodeId, inner: TermId, outer: TermId) {
        let (thing, goal) = (self.thing(inner), self.thing(outer));
        let kinds = (thing.and_then(|thing| thing.kind), goal.and_then(|goal| goal.kind));
        if let (Some(one), Some(other)) = kinds
            && one != other
        {
            self.read(inner, Asked::Read);
            self.read(outer, Asked::Read);
        } else {
            self.compared(inner, outer, None, crate::value::Letters::Exact);
            self.compared(outer, inner, None, crate::value::Letters::Exact);
        }
        let Some(start) = thing.and_then(|thing| self.start(inner, thing)) else {
            self.read(inner, Asked::Elsewhere);
            self.read(outer, Asked::Elsewhere);
            return;
        };
        self.walks.by_node.entry(node).or_default().insert(start);
        if self.may_be_another(inner) {
            self.read(inner, Asked::Elsewhere);
        }
        let goal = goal.filter(|_| !self.evaluator.is_private(outer));
        if goal.is_none() || self.may_be_another(outer) {
            self.above_instead(start, inner, outer);
            self.read(outer, Asked::Elsewhere);
        }
        if let (Some(goal), Some(start)) = (goal, self.walks.starts.get_mut(start)) {
            let is_known = start.goals.iter().any(|known| known.row() == goal.row());
            start.beyond |= !is_known && start.goals.len() >= MOST_GOALS;
            if !is_known && start.goals.len() < MOST_GOALS {
                start.goals.push(goal);
            }
        }
    }

    /// What is asked of a thing by looking at what it lies in.
    pub(super) fn above(&mut self, term: TermId, of: TermId, kind: KindId) {
        let known = self.thing(of).and_then(|thing| self.start(of, thing));
        self.walks.by_term.entry(term).or_default().extend(known);
        let may_be_another = known.is_none() || self.may_be_another(of);
        self.read(of, if may_be_another { Asked::Elsewhere } else { Asked::Read });
        let key = self.evaluator.world().key(kind);
        if let Some(start) = known.and_then(|at| self.walks.starts.get_mut(at)) {
            start.kinds.extend(key);
            // Any thing of that kind might be above it.
            start.beyond = true;
        }
    }

    /// Where the outer may be another: it is one of those in which the inner is.
    fn above_instead(&mut self, start: usize, inner: TermId, outer: TermId) {
        if !self.is_leaf(outer) || self.evaluator.is_private(outer) {
            return;
        }
        let Some(known) = self.walks.starts.get_mut(start) else { return };
        let evaluator = &self.evaluator;
        let thing = known.thing;
        let above = Rc::clone(known.above.get_or_insert_with(|| evaluator.things_above(inner, thing).into()));
        let world = self.evaluator.world();
        let kinds: Vec<&str> = self.kinds_of(outer).into_iter().filter_map(|kind| world.key(kind)).collect();
        let fitting = above.iter().filter(|thing| thing.kind.is_some_and(|kind| kinds.contains(&kind)));
        let ids: Vec<String> = fitting.filter_map(|thing| thing.id).map(crate::decide::datum::Id::text).take(MOST_OTHERS).collect();
        ids.into_iter().for_each(|id| self.ask(outer, Asked::Value(Value::Text(id))));
    }

    /// The kinds of what a path may lead to.
    fn kinds_of(&mut self, leaf: TermId) -> Vec<KindId> {
        let plan = self.evaluator.plan;
        if let Some(TermOp::Element { level, steps }) = self.evaluator.nodes.term(leaf) {
            if let Some(last) = plan.steps.get(steps as usize).and_then(|steps| steps.last()) {
                return last.ty.kinds().to_vec();
            }
            let list = self.lists.get(usize::from(level)).copied().flatten().and_then(|over| over.list);
            let element = list.and_then(|list| self.found.facts.get(list)).and_then(|list| list.ty.element());
            return element.map_or_else(Vec::new, |element| element.kinds().to_vec());
        }
        let fact = self.fact_of(leaf).and_then(|at| self.found.facts.get(at));
        fact.map_or_else(Vec::new, |fact| fact.ty.kinds().to_vec())
    }

    fn thing(&mut self, term: TermId) -> Option<Entity<'a>> {
        let Datum::Entity(thing) = self.evaluator.whole(term) else { return None };
        (thing.kind.is_some() && thing.id.is_some()).then_some(thing)
    }

    /// Might a term mean another thing, if the request said so? Who somebody is does not change, and of lists elements come and go.
    fn may_be_another(&mut self, term: TermId) -> bool {
        match self.evaluator.nodes.term(term) {
            Some(TermOp::Entity(..)) => false,
            Some(TermOp::Slot(_) | TermOp::Element { .. }) => self.leaf_may_be_another(term),
            Some(_) | None => self.is_open(term),
        }
    }

    fn leaf_may_be_another(&mut self, term: TermId) -> bool {
        if let Some(TermOp::Element { steps, .. }) = self.evaluator.nodes.term(term)
            && self.is_whole(steps)
        {
            return self.scope.any;
        }
        let Some(fact) = self.fact_of(term).and_then(|at| self.found.facts.get(at)) else { return !self.is_of_nobody(term) };
        let is_itself = matches!(fact.ty, Type::Kind(_));
        fact.asked.contains(&Asked::Elsewhere) || (fact.may_change() && !is_itself)
    }

    /// The number of a thing from which rules look upwards; none where nobody may know which it is.
    fn start(&mut self, term: TermId, thing: Entity<'a>) -> Option<usize> {
        let world = self.evaluator.world();
        if self.evaluator.is_private(term) {
            return None;
        }
        let keys = keys_of(world.home_of_parents(thing, || self.evaluator.stands(term))?);
        if let Some(&known) = self.walks.by_keys.get(&keys) {
            return Some(known);
        }
        let path = if is_in_table(&keys) { world.need(thing) } else { alloc::format!("{}.in", self.evaluator.path(term)) };
        let (goals, kinds) = (Vec::new(), BTreeSet::new());
        self.walks.starts.push(Start { thing, keys: keys.clone(), path, goals, kinds, beyond: false, above: None });
        let at = self.walks.starts.len().saturating_sub(1);
        self.walks.by_keys.insert(keys, at);
        Some(at)
    }

    /// Adds the lists that the walks of the rules read, those of what is acted on last.
    pub(super) fn climb(&mut self) {
        let starts = core::mem::take(&mut self.walks.starts);
        let world = self.evaluator.world();
        let mut graph = Graph::of(world, &starts);
        self.found.whole &= graph.whole;
        starts.iter().for_each(|start| graph.join(world, start));
        graph.leave(&starts);
        let first = self.found.facts.len();
        let numbers: BTreeMap<&Keys, usize> = graph.order.iter().zip(first..).collect();
        let walk = |start: &Start<'a>| graph.read_from(start, &starts).iter().filter_map(|keys| numbers.get(keys).copied()).collect();
        self.found.walks = starts.iter().map(walk).chain(core::mem::take(&mut self.by_leaf).into_values()).collect();
        for keys in graph.order {
            let Some(list) = graph.lists.remove(&keys) else { continue };
            let ty = Type::List(Arc::new(Type::Text));
            let (presence, known) = (Presence::Required, list.told.is_some());
            self.found.facts.push(Fact {
                path: list.path,
                keys,
                root: None,
                steps: Vec::new(),
                ty,
                presence,
                held: false,
                fixed: false,
                known,
                absent: false,
                asked: list.asked,
            });
        }
    }
}

impl Finder<'_> {
    /// Notes which walks upwards are made for conditions on elements of lists, and to which rows their paths led, whatever they are.
    pub(super) fn walks_behind(&mut self) {
        if self.walks.by_keys.is_empty() && self.by_leaf.is_empty() {
            return;
        }
        let starts = self.walks.starts.len();
        let leaves: BTreeMap<TermId, usize> =
            self.by_leaf.keys().enumerate().map(|(at, leaf)| (*leaf, starts.saturating_add(at))).collect();
        let nodes: BTreeSet<NodeId> = self.nodes.iter().map(|(node, _)| *node).collect();
        for node in nodes {
            let reads = match self.evaluator.nodes.op(node) {
                Some(Op::Always(_) | Op::Not(_) | Op::Once { .. } | Op::And(_) | Op::Or(_) | Op::Inside(..)) | None => continue,
                Some(_) => self.evaluator.reads_of_node(node),
            };
            let insides = reads.insides.iter().filter_map(|node| self.walks.by_node.get(node));
            let climbs = reads.climbs.iter().filter_map(|term| self.walks.by_term.get(term));
            let rows = reads.leaves.iter().filter_map(|leaf| leaves.get(leaf).copied());
            let walks: BTreeSet<usize> = insides.chain(climbs).flatten().copied().chain(rows).collect();
            if !walks.is_empty() {
                self.found.behind.insert(node, walks);
            }
        }
    }
}

/// The lists that are read on the way up from the starts, and from what they might be put into.
struct Graph<'a> {
    lists: BTreeMap<Keys, List<'a>>,
    /// Breadth first.
    order: Vec<Keys>,
    whole: bool,
}

struct List<'a> {
    thing: Entity<'a>,
    path: String,
    told: Option<&'a Value>,
    /// The lists of what it lies in; none for what cannot be read.
    above: Vec<(&'a Value, Option<Keys>)>,
    is_unknown: bool,
    asked: Vec<Asked>,
}

impl<'a> Graph<'a> {
    fn of(world: World<'a>, starts: &[Start<'a>]) -> Self {
        let mut graph = Graph { lists: BTreeMap::new(), order: Vec::new(), whole: true };
        // Those of what is acted on come last.
        let acted_on = world.thing_of(SlotRoot::Resource).and_then(Entity::row);
        let is_acted_on = |start: &&Start<'a>| acted_on.is_some() && start.thing.row() == acted_on;
        let (last, first): (Vec<&Start<'a>>, Vec<&Start<'a>>) = starts.iter().partition(is_acted_on);
        let own = first.into_iter().chain(last).map(|start| (start.keys.clone(), start.thing, start.path.clone()));
        let row = |thing: Entity<'a>| Some((row_keys(thing)?, thing, world.need(thing)));
        let goals = starts.iter().flat_map(|start| &start.goals).filter_map(|&goal| row(goal));
        let mut waiting: alloc::collections::VecDeque<(Keys, Entity<'a>, String)> = own.chain(goals).collect();
        while let Some((keys, thing, path)) = waiting.pop_front() {
            if graph.lists.contains_key(&keys) {
                continue;
            }
            if graph.lists.len() >= MOST_THINGS {
                graph.whole = false;
                break;
            }
            let told = world.told_parents(thing);
            let items: &'a [Value] = if let Some(Value::List(items)) = told { items } else { &[] };
            let above = items.iter().map(|item| (item, world.named(item).and_then(row_keys))).collect();
            waiting.extend(items.iter().filter_map(|item| row(world.named(item)?)));
            let is_unknown = !matches!(told, Some(Value::List(_))) && world.parents(thing).is_err();
            graph.order.push(keys.clone());
            graph.lists.insert(keys, List { thing, path, told, above, is_unknown, asked: alloc::vec![Asked::Climbed] });
        }
        graph
    }

    fn ask(&mut self, keys: &[String], asked: Asked) {
        if let Some(list) = self.lists.get_mut(keys)
            && !list.asked.contains(&asked)
        {
            list.asked.push(asked);
        }
    }

    /// The lists that a walk from a start may read, if it is put into what is asked for, and so is all on the way up from there.
    fn read_from(&self, start: &Start<'a>, starts: &[Start<'a>]) -> Vec<Keys> {
        let mut from = alloc::vec![start.keys.clone()];
        loop {
            let found = self.reached(from.clone());
            let met = starts.iter().filter(|start| found.contains(&start.keys));
            let goals = met.flat_map(|start| &start.goals).filter_map(|&goal| row_keys(goal));
            let more: BTreeSet<Keys> = goals.filter(|goal| self.lists.contains_key(goal) && !found.contains(goal)).collect();
            if more.is_empty() {
                return found;
            }
            from.extend(more);
        }
    }

    /// The lists on the way up from some, these first.
    fn reached(&self, from: Vec<Keys>) -> Vec<Keys> {
        let mut found: Vec<Keys> = Vec::new();
        let mut seen: BTreeSet<&[String]> = BTreeSet::new();
        let mut waiting: Vec<&[String]> = from.iter().map(Vec::as_slice).collect();
        while let Some(keys) = waiting.pop() {
            let Some(list) = self.lists.get(keys) else { continue };
            if seen.insert(keys) {
                found.push(keys.to_vec());
                waiting.extend(list.above.iter().filter_map(|(_, above)| above.as_deref()));
            }
        }
        found
    }

    /// The things into which a start may be put, and others on the way up of which nothing is known.
    fn join(&mut self, world: World<'a>, start: &Start<'a>) {
        if start.beyond {
            self.ask(&start.keys, Asked::Beyond);
        }
        let reached = self.reached(alloc::vec![start.keys.clone()]);
        for goal in start.goals.iter().filter(|goal| goal.row() != start.thing.row()) {
            let Some(row) = goal.row().map(Value::Text) else { continue };
            let is_direct = world.may_lie_in(start.thing, *goal);
            let fitting: Vec<&Keys> = reached
                .iter()
                .filter(|keys| {
                    let list = self.lists.get(*keys);
                    list.is_some_and(|list| {
                        let is_here = if is_direct { **keys == start.keys || list.is_unknown } else { true };
                        is_here && list.thing.row() != goal.row() && world.may_lie_in(list.thing, *goal)
                    })
                })
                .collect();
            for keys in fitting {
                self.ask(keys, Asked::Joins(row.clone()));
            }
            if !is_direct {
                self.ask(&start.keys, Asked::Beyond);
                for between in world.between(start.thing, *goal).into_iter().take(MOST_OTHERS) {
                    self.ask(&start.keys, Asked::Joins(Value::Text(between)));
                }
            }
        }
    }

    /// What leads on to anything that is asked for, or to what is not known.
    fn leave(&mut self, starts: &[Start<'a>]) {
        let goals: BTreeSet<Keys> = starts.iter().flat_map(|start| &start.goals).filter_map(|&goal| row_keys(goal)).collect();
        let kinds: BTreeSet<&str> = starts.iter().flat_map(|start| &start.kinds).copied().collect();
        // What may be put into something leads on, too.
        let may_lead = starts.iter().filter(|start| !start.goals.is_empty()).map(|start| &start.keys);
        let mut below: BTreeMap<&Keys, Vec<&Keys>> = BTreeMap::new();
        let mut leading: BTreeSet<&Keys> = BTreeSet::new();
        let mut waiting: Vec<&Keys> = may_lead.collect();
        for (keys, list) in &self.lists {
            for above in list.above.iter().filter_map(|(_, above)| above.as_ref()) {
                below.entry(above).or_default().push(keys);
            }
            let is_unreadable = list.above.iter().any(|(_, above)| above.is_none());
            let is_looked_at = list.thing.kind.is_some_and(|kind| kinds.contains(kind));
            if list.is_unknown || is_unreadable || is_looked_at || goals.contains(keys) {
                waiting.push(keys);
            }
        }
        while let Some(keys) = waiting.pop() {
            if leading.insert(keys) {
                waiting.extend(below.get(keys).into_iter().flatten());
            }
        }
        let leads = |above: &Option<Keys>| above.as_ref().is_none_or(|above| leading.contains(above) || !self.lists.contains_key(above));
        let mut found: Vec<(Keys, Value)> = Vec::new();
        for (keys, list) in &self.lists {
            found.extend(list.above.iter().filter(|(_, above)| leads(above)).map(|(item, _)| (keys.clone(), (*item).clone())));
        }
        found.into_iter().for_each(|(keys, item)| self.ask(&keys, Asked::Leaves(item)));
    }
}

fn keys_of(home: Vec<PlaceStep>) -> Keys {
    home.iter().map(PlaceStep::key).collect()
}

fn row_keys(thing: Entity<'_>) -> Option<Keys> {
    Some(alloc::vec!["entities".into(), thing.row()?, "in".into()])
}
